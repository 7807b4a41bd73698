"""From nodes to values: which fields may stand where, and what is said of the others."""
