"""``kinopress plan``: plans for one client each."""
