"""Style sheets: read as rules, and written again with fewer of them."""
