"""From nodes to values: which fields may be where, and what is said of the others."""
