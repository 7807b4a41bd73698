"""Clients: a plan for one person, by what ``kinopress plan`` does."""
