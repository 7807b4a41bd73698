"""The operating system: files, folders, locks, processes. Nothing of films or words."""
