"""What is kept for clients: found and read, so that no copy of it is published."""
