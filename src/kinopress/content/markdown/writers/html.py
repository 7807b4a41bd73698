"""HTML in a text that cannot leak: what is wrong is shown as it was typed, and what holds Markdown says so (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.html.tags import begins_entry, read_tags
from kinopress.content.markdown.html.typed import as_typed, is_told_blocks, reads_markdown
from kinopress.content.markdown.typed_signs import meant_signs


@dataclass(frozen=True, slots=True)
class SettledHtml:
    """A text whose HTML cannot leak.

    Attributes:
        text: The text.
        typed: Of the elements in which no Markdown is read, their first and last lines.
        holding: The lines of entries that begin with an element in which it is read.
    """

    text: str
    typed: Mapping[int, int]
    holding: frozenset[int]


def settle_html(text: str) -> SettledHtml:
    """Show a tag that is wrong as it was typed, and have the Markdown in an element read."""
    changes: list[tuple[int, int, str]] = []
    if "\\<" in text:  # an escape that not every engine knows
        escaped = re.finditer(r"\\<", blanked_code(text))
        changes += [(match.start(), match.end(), "&lt;") for match in escaped]
    read_until = 0  # where the outermost element ends in which Markdown is read
    tags = read_tags(text)
    whole = [tag for tag in as_typed(text, tags) if tag.partner]
    typed = {tag.line: tag.partner.line for tag in whole if tag.partner}
    spans = [(tag.start, tag.end) for tag in tags if tag.wrong is None]
    spans += [(tag.start, tag.partner.end) for tag in whole if tag.partner]
    holding = frozenset(
        tag.line for tag in tags if reads_markdown(text, tag) == "1" and begins_entry(text, tag)
    )
    meant = meant_signs(text, spans)
    links = {start for start, _, _ in meant}
    changes += meant
    for tag in tags:
        if tag.wrong is not None:
            if tag.start in links:
                continue
            changes.append((tag.start, tag.start + 1, "&lt;"))
        elif tag.kind == "open" and tag.partner is not None and is_told_blocks(tag):
            read_until = max(read_until, tag.partner.end)
        elif tag.kind == "open" and (reads := reads_markdown(text, tag)):
            if (reads == "span" and tag.start >= read_until) or tag.line in holding:
                continue  # nobody would take the attribute away again
            if reads == "1" and tag.partner is not None:
                read_until = max(read_until, tag.partner.end)
            at = tag.start + len(tag.name) + 1
            changes.append((at, at, f' markdown="{reads}"'))
    for start, end, instead in sorted(changes, reverse=True):
        text = text[:start] + instead + text[end:]
    return SettledHtml(text, typed, holding)
