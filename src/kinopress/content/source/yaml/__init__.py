"""The lines of front matter and settings -> nodes that know their place, or the mistake in words."""
