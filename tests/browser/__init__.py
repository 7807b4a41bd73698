"""The finished pages in a real browser: what a reader sees, reaches and plays."""
