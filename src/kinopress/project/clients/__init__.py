"""Plans for one client each: begun, checked, handed over, read back, deleted. Nothing here is on the way to the site."""
