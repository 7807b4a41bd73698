"""HTML in a coach's text: its elements and tags, where it stands, and what is handed on as it was typed."""
