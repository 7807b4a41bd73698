"""What a preview is made of: when a source was saved, and the sites one after the other."""
