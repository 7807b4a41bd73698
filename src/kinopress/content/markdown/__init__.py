"""Markdown as people write it: its marks, its HTML, its slips."""
