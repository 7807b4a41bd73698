"""What stands in the text of pages: marks, links, footnotes, pictures."""
