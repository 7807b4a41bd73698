"""What the studio does in processes of its own, and how they say how far it is."""
