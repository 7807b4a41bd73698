"""Where code is in a text: there nothing is a mark, a comment or HTML (pure)."""

from __future__ import annotations

import re

from kinopress.content.markdown.typed_lists import BULLETS
from kinopress.patterns import lazily

BEFORE_FENCE = rf"[ \t]*(?:(?:>|[-*+{BULLETS}]|[0-9]{{1,9}}[.)])[ \t]+|>)*"
"""What may be on the line of a fence before it: the characters of entries and quotations."""

CODE = (
    rf"^{BEFORE_FENCE}(?P<fence>`{{3,}}(?=[^`\n]*\n)|~{{3,}})[^\n]*\n"
    r"(?:.*?^[ \t>]*(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n|\n[ ]{0,3}<[A-Za-z/!?]).)+?(?<!`)(?P=ticks)(?!`)"
)
"""A fenced block, be it an item of a list or in a quotation, or words between ` characters that reach
neither into another paragraph nor to a line that begins with HTML, which is HTML for every engine."""

_CODE_OR_REMARK = lazily(
    rf"(?P<code>{CODE})|(?P<comment><!--(?:(?!<!--).)*?-->)", re.MULTILINE | re.DOTALL
)
_REMARK_LINE = lazily(
    r"^[ ]{0,3}\[(?://|comment|note|_)\]:[ \t]*(?:\#|<\#?>)[ \t]*(?:\(.*\)|\".*\"|'.*')?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""``[//]: # (ask Anna)``: a label nobody uses, which writers know as a comment."""

_LIST_ITEM = lazily(rf"[ \t]*(?:[-*+{BULLETS}]|[0-9]{{1,9}}[.)])[ \t\u00a0]+\S")
_HOLDS_MORE = lazily(r"[ ]{0,3}(?:\[\^[^\]\s]+\]:|!!![ ]?\w|:[ \t]+\S)")
"""A footnote, a box or what a term means: their further paragraphs are as far in as those of an entry."""


def without_remarks(text: str) -> tuple[str, frozenset[int]]:
    """A text without comments, every line on its line, and the indices of the lines that held nothing else.

    Comments are ``<!-- … -->`` and ``[//]: # (…)``. In code they are code and stay.
    """
    folded = text.lower() if "]:" in text else ""
    has_line = any(label in folded for label in ("[//]:", "[comment]:", "[note]:", "[_]:"))
    if "<!--" not in text and not has_line:
        return text, frozenset()
    touched: set[int] = set()
    parts: list[str] = []
    at = 0
    for match in _CODE_OR_REMARK.finditer(text) if "<!--" in text else ():
        if match["comment"] is None:
            continue
        first = text.count("\n", 0, match.start())
        touched.update(range(first, first + match[0].count("\n") + 1))
        parts += [text[at : match.start()], "\n" * match[0].count("\n")]
        at = match.end()
    text = "".join([*parts, text[at:]])
    hidden = blanked_code(text) if has_line else ""
    for match in _REMARK_LINE.finditer(hidden):
        touched.add(text.count("\n", 0, match.start()))
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    lines = text.split("\n")
    for number in touched:
        lines[number] = lines[number].rstrip(" \t")
    return "\n".join(lines), frozenset(n for n in touched if not lines[n])


def open_fence(text: str) -> int | None:
    """The index of the line on which a fenced block begins that is not closed, if there is one."""
    if "```" not in text and "~~~" not in text:
        return None
    for match in _CODE_OR_REMARK.finditer(text):
        if match["fence"]:
            last = match[0].rstrip("\n").rpartition("\n")[2].strip(" \t>")
            if "\n" not in match[0].rstrip("\n") or not re.fullmatch(r"`{3,}|~{3,}", last):
                return text.count("\n", 0, match.start())
    return None


def blanked_code(text: str) -> str:
    """A text of the same length and lines in which all code is spaces."""
    plain = text
    if "`" in text or "~~~" in text:
        plain = _CODE_OR_REMARK.sub(_blank_if_code, text)
    if "    " not in text and "\t" not in text:
        return plain
    return _without_indented_code(text, plain)


def _blank_if_code(match: re.Match[str]) -> str:
    return match[0] if match["code"] is None else re.sub(r"[^\n]", " ", match[0])


def _without_indented_code(text: str, plain: str) -> str:
    """Lines further in than three spaces after an empty line are code, unless a list is open."""
    found: list[str] = []
    in_list, code, after_gap, announced = False, False, True, False
    for written, line in zip(text.split("\n"), plain.split("\n"), strict=True):
        if not written.strip():
            after_gap = True
        elif not line.strip():
            after_gap, code = False, False  # blanked before
        else:
            inside = written.expandtabs(4).startswith("    ")
            if inside and announced and _LIST_ITEM.match(line):
                in_list = True  # a list that the words above announce, far in as it is
            code = inside and not in_list and (after_gap or code)
            if not inside:
                opens = _LIST_ITEM.match(line) or _HOLDS_MORE.match(line)
                in_list = opens is not None or (in_list and not after_gap)
            after_gap, announced = False, line.rstrip(" *_").endswith(":")
            if code:
                found.append(" " * len(line))
                continue
        found.append(line)
    return "\n".join(found)
