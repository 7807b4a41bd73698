"""Signs that keyboards, word processors and web pages put in without being asked (pure).

A Mac types a no-break space for Option and Space, a phone curls quotation marks, a word processor
makes a dash of two hyphens, and text copied from a web page carries signs that nobody sees.
"""

from __future__ import annotations

import re

UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""As a class of characters: soft hyphen, zero-width signs, signs that turn the order of letters
round, a byte-order mark inside. The zero-width joiner and non-joiner are not among them, since
emoji and some scripts need them."""

_UNSEEN = re.compile(f"[{UNSEEN}]")
_LATIN_JOINER = re.compile(r"(?<=[\x00-\u024f])[\u200c\u200d](?=[\x00-\u024f])")
"""Between Latin letters a joiner joins nothing."""

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""As a class of characters: spaces that look like one and are none to a program."""

_SPACES = re.compile(f"[{SPACES}]")


def without_unseen(text: str) -> str:
    """A text without the signs that nobody sees."""
    return text if text.isascii() else _LATIN_JOINER.sub("", _UNSEEN.sub("", text))


def plain_spaces(text: str) -> str:
    """A text without the signs that nobody sees, in which every space is an ordinary one."""
    return text if text.isascii() else _SPACES.sub(" ", without_unseen(text))
