"""What can be done with the films of a project."""
