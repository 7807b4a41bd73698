"""A plan that is handed over: as one page that needs nothing else, and as a message in plain words."""
