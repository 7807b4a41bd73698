"""What a build remembers of pages until the next one."""
