"""What is read of pages is noted while it is read, so that each is known to depend on just that."""
