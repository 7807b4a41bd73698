"""The languages of a site and of its films, and the words of the program in them."""
