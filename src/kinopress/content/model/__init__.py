"""What a coach wrote, as values and look-ups. Nothing is read or written here."""
