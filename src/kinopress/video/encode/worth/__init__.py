"""Whether what was made is worth its bytes."""
