"""Characters that keyboards, word processors and web pages put in without being asked (pure).

A Mac types a no-break space for Option and Space, a phone curls quotation marks, a word processor
makes a dash of two hyphens, and text copied from a web page carries characters that nobody sees.
"""

from __future__ import annotations

import re

UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""As a class of characters: soft hyphen, zero-width characters, characters that turn the order of letters
round, a byte-order mark inside. The zero-width joiner and non-joiner are not among them, since
emoji and some scripts need them."""

_UNSEEN = re.compile(f"[{UNSEEN}]")
_LATIN_JOINER = re.compile(r"(?<=[\x00-\u024f])[\u200c\u200d](?=[\x00-\u024f])")
"""Between Latin letters a joiner joins nothing."""

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""As a class of characters: spaces that look like one and are none to a program."""

_SPACES = re.compile(f"[{SPACES}]")


_TYPED_WIDE = {
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    0xFF1A: ":",
    0xFF0C: ",",
    0xFF0E: ".",
    0xFF0D: "-",
    0xFF1E: ">",
}
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"))


def plain_figures(text: str) -> str:
    """A text whose figures and the characters of times are not those that fill a whole square."""
    return text if text.isascii() else text.translate(_TYPED_WIDE)


def plain_hyphens(text: str) -> str:
    """A text whose hyphens and minus characters are the one on the keyboard."""
    return text if text.isascii() else text.translate(_HYPHENS)


def without_unseen(text: str) -> str:
    """A text without the characters that nobody sees."""
    if text.isascii():
        return text
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = _LATIN_JOINER.sub("", text)
    return text


def plain_spaces(text: str) -> str:
    """A text without the characters that nobody sees, in which every space is an ordinary one."""
    return text if text.isascii() else _SPACES.sub(" ", without_unseen(text))
