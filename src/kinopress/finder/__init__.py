"""The finder: from the Library to a small index that a reader's browser searches."""
