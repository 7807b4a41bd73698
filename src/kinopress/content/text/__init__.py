"""What is in the body of a page: marks, links, blocks, prose."""
