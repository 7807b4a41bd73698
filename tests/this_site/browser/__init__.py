"""The coach's own site in Chromium."""
