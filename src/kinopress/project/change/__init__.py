"""Changing what the coach wrote, at her command: a form is saved, a page gets another name."""
