"""Marks, links, footnotes and pictures in the text of pages."""
