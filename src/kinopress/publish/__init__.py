"""From a built site to readers: what is on a host, what has to be done, and how each host takes it."""
