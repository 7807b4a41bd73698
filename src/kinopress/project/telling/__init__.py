"""What every door tells a person in the same words and figures: the week, what a build would change, how far a film is."""
