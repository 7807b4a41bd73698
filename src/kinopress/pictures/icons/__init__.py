"""Icons of a site."""
