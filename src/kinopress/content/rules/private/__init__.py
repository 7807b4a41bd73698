"""Rules of what is kept for a client alone."""
