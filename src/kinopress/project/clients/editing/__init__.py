"""A client's plan in the fields of a form, and back to its file."""
