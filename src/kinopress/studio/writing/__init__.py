"""Pages as forms: the words of each field, and the changes that typing makes."""
