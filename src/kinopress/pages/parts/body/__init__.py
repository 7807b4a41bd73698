"""The map of the body: its outlines, its parts, and the drawing of links that both make."""
