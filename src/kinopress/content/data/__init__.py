"""The data that many pages share, below docs/data/."""
