"""Lines of which nobody can tell whether they are entries of a list: what is said of one, and where there may be any (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinopress.content.markdown.typed_lists import BULLETS
from kinopress.content.markdown.writers.lines import HEADING
from kinopress.content.model.characters import UNSEEN_SIGNS
from kinopress.patterns import lazily


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that may be meant as an item of a list and is shown as words.

    Attributes:
        line: Its line of the text.
        sign: What it begins with.
        lacks_space: A space after the character would make an entry of it.
    """

    line: int
    sign: str
    lacks_space: bool = False


def may_doubt(text: str) -> bool:
    """Whether :func:`settle` could find a doubt in a text without comments: a cheap look that is sometimes wrong to say yes."""
    if (not text.isascii() and any(sign in text for sign in UNSEEN_SIGNS)) or _FIGURE.search(text):
        return True
    for item in _ITEM_LINE.finditer(text):
        above = text[text.rfind("\n", 0, item.start()) + 1 : item.start()]
        if above.startswith("#") and HEADING.match(above):
            continue
        if above.strip() and not (_BULLET.match(above) and _BULLET.match(text, item.start() + 1)):
            return True
    return False


_ITEM_LINE = lazily(rf"\n(?:[^\S\n]|>)*(?:[-*+·–—{BULLETS}]|0{{0,8}}1[.)])")
"""How a line begins of which it may be in doubt whether it is an entry: of numbers that is only 1."""
_FIGURE = lazily(r"^(?:[^\S\n]|>)*[-+–—][0-9]", re.MULTILINE)
"""``-5 degrees``, which may be an entry."""
_BULLET = lazily(r"[ ]{0,3}[-*+][ \t]+\S")
"""Where one such line follows another, both are items of a list or neither is the first in doubt."""
