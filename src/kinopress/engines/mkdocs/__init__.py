"""MkDocs: its events, its build, its preview."""
