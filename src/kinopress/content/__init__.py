"""What the coach writes: read, checked and cross-checked. Knows nothing of films or web pages."""
