"""From bytes to nodes: which files there are, and what is in them."""
