"""An empty page of any kind, for ``kinopress new`` and ``kinopress add``."""
