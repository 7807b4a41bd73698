"""The site on a reader's device: what makes it an app there, and what keeps it."""
