"""Kinopress: the publishing toolkit and the site of a biomechanics coach."""

import os

__version__ = "0.1.0"

# The sums of figures and of the proof of films are small: with NumPy's own threads, which it begins as it is loaded, a
# figure takes three times the processor time and comes no sooner. Whoever has set a number keeps it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
