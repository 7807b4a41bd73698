"""Films that are encoded on several computers: who wants them made, and who makes them."""
