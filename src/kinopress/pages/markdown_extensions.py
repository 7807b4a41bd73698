"""The dialect of Markdown in which all pages are written: one list for every engine and for our own reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

_SIGNS = {
    "tables": ("|",),
    "fenced_code": ("```", "~~~"),
    "admonition": ("!!!",),
    "def_list": ("\n:",),
    "footnotes": ("[^",),
    "md_in_html": (' markdown="',),
    "pymdownx.tilde": ("~~",),
}
"""Extensions that do nothing on a page without any of these signs."""


def extensions_needed(pages: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    """The extensions that make a difference to any of these pages: the others would cost time on each of them."""
    texts = list(pages)
    return {
        name: options
        for name, options in MARKDOWN_EXTENSIONS.items()
        if name not in _SIGNS or any(sign in text for sign in _SIGNS[name] for text in texts)
    }
