"""What is it? A camera's file, looked at."""
