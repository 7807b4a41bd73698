"""Drawn figures: from a few lines of pose to a picture that moves.

`joints`, `places` and `pose` are words and values and need no library; whatever draws imports numpy, so a
build with nothing to draw never asks for it.
"""
