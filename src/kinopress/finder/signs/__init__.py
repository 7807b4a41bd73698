"""Warning signs for the finder: the rules by which a browser recognises them, and the file in which they travel."""
