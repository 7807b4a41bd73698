"""mkdocs.yml -> what the coach chose, or problems."""
