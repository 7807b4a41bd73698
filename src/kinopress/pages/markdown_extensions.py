"""The dialect of Markdown in which all pages are written: one list for every engine and for our own reading."""

from __future__ import annotations

from typing import Any

MARKDOWN_EXTENSIONS: dict[str, dict[str, Any]] = {
    "toc": {"permalink": False},
    "tables": {},
    "fenced_code": {},
    "attr_list": {},
    "admonition": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "pymdownx.tilde": {"subscript": False},
    "sane_lists": {},
}
"""Extension → its options."""
