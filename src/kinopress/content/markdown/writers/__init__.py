"""Markdown as writers write it, made into Markdown that every engine reads alike."""
