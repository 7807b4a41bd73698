"""Drawings written again from a list of what is allowed: elements, hidden words, words off the sheet."""
