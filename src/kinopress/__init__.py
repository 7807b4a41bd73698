"""Kinopress: the publishing toolkit and the site of a biomechanics coach."""

__version__ = "0.1.0"
