"""HTML that is right in itself and is in the wrong place, or has the name of another place (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.html.elements import BLOCKS
from kinopress.content.markdown.html.tags import Tag
from kinopress.content.markdown.mark_slips import Slip
from kinopress.content.markdown.typed_signs import attributes_in, braces_in, place_in
from kinopress.patterns import lazily

_PARTS_WORDS = BLOCKS - {"picture", "video", "audio"}
"""Elements that end the paragraph in which they begin: what follows them is in none."""

_TAG = lazily(r"<[^<>]*>")
_ENTRY_OR_CELL = lazily(r"[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]|.*\|")
"""An entry of a list and a cell of a table may hold blocks."""


def blocks_in_words(text: str, tags: Sequence[Tag]) -> Iterator[Slip]:
    """Blocks that begin in a line of words: browsers end its paragraph there, and the rest of it is in none.

    Args:
        text: The text of a page.
        tags: All its tags.
    """
    inside = 0  # where the outermost block ends that has been found
    for tag in tags:
        if tag.name not in _PARTS_WORDS or tag.kind == "close" or tag.wrong is not None:
            continue
        if tag.start < inside:
            continue
        if tag.partner is not None:
            inside = tag.partner.end
        before = text[text.rfind("\n", 0, tag.start) + 1 : tag.start]
        if _TAG.sub("", before).strip(" \t>") and not _ENTRY_OR_CELL.match(before):
            message = f"<{tag.name}> begins in the middle of a line, which ends the paragraph there"
            hint = "begin it on a line of its own, with an empty line above it and below its end"
            yield Slip(tag.line, message, hint)


def named_twice(text: str, tags: Sequence[Tag]) -> Iterator[Slip]:
    """Elements that have the name (``id``) of an earlier place on the page.

    Args:
        text: The text of a page.
        tags: All its tags.
    """
    named = [(tag, one.value) for tag in tags for one in tag.attributes if one.name == "id"]
    if not named:
        return
    places: set[str | None] = set()
    if "#" in text and "{" in text:
        inner = [match["inner"] for match in braces_in(blanked_code(text))]
        places |= {place_in(words) for words in inner if attributes_in(words)}
    for tag, name in named:
        if tag.wrong is None and name in places:
            message = (
                f'another place on this page has id="{name}" as well, and links lead to the first'
            )
            yield Slip(tag.line, message, "give this one another name, or remove it")
        places.add(name)
