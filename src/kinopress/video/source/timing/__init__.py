"""When the pictures of a film come: from when to when, how fast, how many in a second."""
