"""The verbs of ``kinopress video``."""
