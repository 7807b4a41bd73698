"""Forms of what is about one person, and never on the way to the site."""
