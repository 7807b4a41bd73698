"""The studio's screens: each module has ``routes``, and what they show is made in ``kinopress.project``."""
