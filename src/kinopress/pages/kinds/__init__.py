"""The page of each kind."""
