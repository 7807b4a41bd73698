"""Making it, and proving that it was made."""
