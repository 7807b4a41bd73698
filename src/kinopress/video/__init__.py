"""From camera file to renditions: probe, ladder, recipe, encode, verify, store. `produce` is its door."""
