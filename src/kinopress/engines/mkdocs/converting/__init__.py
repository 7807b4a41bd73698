"""How a page of Markdown becomes HTML: the converter, and a short way through it for HTML of ours."""
