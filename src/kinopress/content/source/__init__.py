"""From bytes to nodes: which files there are, and what stands in them."""
