"""A new site for a coach who has none yet: what she is asked, and what she begins with."""
