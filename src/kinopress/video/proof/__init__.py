"""Is what was made the film it was made of? What is lost, and where."""
