"""One piece of work on all processors."""
