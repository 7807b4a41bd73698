"""This repository's own content: what the coach has written, and the site that is made of it."""
