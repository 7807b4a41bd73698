"""The forms of a pose file: what it says of a body, of things and of a film."""
