"""The pictures that stand for pages where they are shared: what is on one, and its drawing."""
