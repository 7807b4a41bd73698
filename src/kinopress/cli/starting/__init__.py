"""Beginning a site."""
