"""What will be made of it? Decided before anything runs."""
