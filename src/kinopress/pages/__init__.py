"""What the reader sees: the library rendered to plain Markdown pages that any engine can build."""
