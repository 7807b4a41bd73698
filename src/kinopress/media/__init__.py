"""The values in which words and footage meet: what was made of a film, and where it is."""
