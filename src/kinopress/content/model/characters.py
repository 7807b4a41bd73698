"""Characters that keyboards, word processors and web pages put in without being asked (pure).

A Mac types a no-break space for Option and Space, a phone curls quotation marks, a word processor
makes a dash of two hyphens, and text copied from a web page carries characters that nobody sees.
"""

from __future__ import annotations

from kinopress.patterns import lazily

UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""As a class of characters: soft hyphen, zero-width characters, characters that turn the order of letters
round, a byte-order mark inside. The zero-width joiner and non-joiner are not among them, since
emoji and some scripts need them."""

_UNSEEN = lazily(f"[{UNSEEN}]")
_LATIN_JOINER = lazily(r"(?<=[\x00-\u024f])[\u200c\u200d](?=[\x00-\u024f])")
"""Between Latin letters a joiner joins nothing."""

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""As a class of characters: spaces that look like one and are none to a program."""

_SPACES = lazily(f"[{SPACES}]")


def _signs(written: str) -> tuple[str, ...]:
    """Each character of a class of them: to look for them one by one is much quicker than by a pattern."""
    signs = ""
    for sign in written:
        begins = signs[-1:] == "-"
        signs = (
            signs[:-1] + "".join(map(chr, range(ord(signs[-2]) + 1, ord(sign) + 1)))
            if begins
            else signs + sign
        )
    return tuple(signs)


SPACE_SIGNS, UNSEEN_SIGNS = _signs(SPACES), _signs(UNSEEN)


# Where the figures from 0 to 9 begin: Arabic, Persian, Devanagari, Bengali, Thai, and of a whole square.
_FIGURES_FROM = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10)
_TYPED_WIDE = {
    **{start + digit: str(digit) for start in _FIGURES_FROM for digit in range(10)},
    0x066B: ",",
    0x060C: ",",
    0xFF1A: ":",
    0xFF0C: ",",
    0xFF0E: ".",
    0xFF0D: "-",
    0xFF1E: ">",
}
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"))


def plain_figures(text: str) -> str:
    """A text whose figures and characters of times are European ones, not of another script or a whole square."""
    return text if text.isascii() else text.translate(_TYPED_WIDE)


def plain_hyphens(text: str) -> str:
    """A text whose hyphens and minus characters are the one on the keyboard."""
    return text if text.isascii() else text.translate(_HYPHENS)


def without_unseen(text: str) -> str:
    """A text without the characters that nobody sees."""
    if text.isascii():
        return text
    if any(sign in text for sign in UNSEEN_SIGNS):
        text = _UNSEEN.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = _LATIN_JOINER.sub("", text)
    return text


def plain_spaces(text: str) -> str:
    """A text without the characters that nobody sees, in which every space is an ordinary one."""
    if text.isascii():
        return text
    text = without_unseen(text)
    return _SPACES.sub(" ", text) if any(sign in text for sign in SPACE_SIGNS) else text
