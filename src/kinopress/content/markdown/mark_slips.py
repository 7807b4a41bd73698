"""Marks with a slip in them: half a bracket, a character left out, a space too many (pure).

Markdown shows such a mark as it was typed, so readers meet the brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.marks import scan, whole_link
from kinopress.patterns import lazily
from kinopress.problems import quoted

_ADDRESS = r"(?:https?:|mailto:|www\.|\.{1,2}/|/|#)[^()\[\]\n]*|[\w/-]+\.(?:md|jpe?g|png|webp|pdf)[^()\[\]\n]*"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: the line, what is wrong, what to do."""

    line: int
    message: str
    hint: str


def _spaced(to: str) -> tuple[str, str]:
    """What is wrong with an address that holds a space: in it, or only beside it or after its title."""
    address = re.sub(r"[ \t\u00a0]+(?:\"[^\"]*\"|'[^']*')$", "", to.strip())
    if re.search(r"[ \t\u00a0]", address):
        message = f"there is a space in the address {quoted(address)}"
        return message, "write %20 instead, or rename the file"
    return f"there is a space before or after the address {quoted(address)}", "remove the space"


_Words = Callable[[re.Match[str]], tuple[str, str]]

_SLIPS: tuple[tuple[re.Pattern[str], _Words], ...] = (
    (
        lazily(r"(?<!\[)\[\[(?P<name>[^\[\]\n|]{1,80})(?:\|[^\[\]\n]*)?\](?!\])"),
        lambda m: (f"{quoted(m[0])} is missing its last bracket", f"write [[{m['name'].strip()}]]"),
    ),
    (
        lazily(r"(?<![\[!])\[(?P<name>[^\[\]\n|]{1,80})(?:\|[^\[\]\n]*)?\]\](?!\])"),
        lambda m: (
            f"{quoted(m[0])} is missing its first bracket",
            f"write [[{m['name'].strip()}]]",
        ),
    ),
    (
        lazily(r"\[\[(?P<name>[\w/-]+)(?:\|[^\[\]\n]*)?(?=[^\[\]\n]*$)", re.MULTILINE),
        lambda m: (f"{quoted(m[0])} is not closed", f"write [[{m['name'].strip()}]]"),
    ),
    (
        lazily(r"[(（]@(?P<name>[\w-]+)[)）]|\[@(?P<open>[\w-]+)(?=[^\[\]\n]*$)", re.MULTILINE),
        lambda m: (
            f"{quoted(m[0])} is not a citation",
            f"write [@{m['name'] or m['open']}] in square brackets",
        ),
    ),
    (
        lazily(
            r"\{\{(?P<words>[^{}\n]*)\}?(?=[^}]|$)|(?<!\{)\{(?P<late>[^{}\n]*)\}\}", re.MULTILINE
        ),
        lambda m: (
            f"{quoted(m[0])} is missing a bracket",
            f"write {{{{ {(m['words'] or m['late'] or '').strip()} }}}}",
        ),
    ),
    (
        lazily(rf"(?<![\]\w])\[(?P<words>[^\[\]\n]+)\][ \t\u00a0]+\((?P<to>{_ADDRESS})\)"),
        lambda m: (
            f"there is a space between {quoted('[' + m['words'] + ']')} and its address",
            "remove the space",
        ),
    ),
    (
        lazily(rf"\((?P<words>[^()\[\]\n]+)\)\[(?P<to>{_ADDRESS})\]"),
        lambda m: (
            f"the brackets of {quoted(m[0])} stand the wrong way round",
            f"write [{m['words']}]({m['to']})",
        ),
    ),
    (
        lazily(rf"\[[^\[\]\n]+\]\((?P<to>{_ADDRESS})(?=$)", re.MULTILINE),
        lambda m: (f"the link to {quoted(m['to'])} is not closed", "write ) after the address"),
    ),
    (
        lazily(
            r"\[(?!\^)[^\[\]\n]+\]\((?P<to>(?:[^()\[\]\n]|\([^()\[\]\n]*\))*[ \t\u00a0](?:[^()\[\]\n]|\([^()\[\]\n]*\))*)\)"
        ),
        lambda m: _spaced(m["to"]),
    ),
    (
        lazily(r"\[(?!\^)[^\[\]\n]+\]\([ \t]*\n[ \t]*(?P<to>[^()\s]+)[ \t]*\n?[ \t]*\)"),
        lambda m: (
            f"the address {quoted(m['to'])} is on another line than the ( before it",
            "write it right after the (, on the same line",
        ),
    ),
)


def mark_slips(text: str, first_line: int, references: Collection[str]) -> Iterator[Slip]:
    """Slips in a text without comments.

    Args:
        text: The text of a page or of a step.
        first_line: The line of the file on which it begins.
        references: Keys of known sources: a word in brackets that is one was meant as a citation.
    """
    if not _has_any(text):
        return
    places = sorted(_places_of_marks(text, first_line))
    ends = [0, *(end for _, end in places)]
    begins = [*(start for start, _ in places), len(text)]
    if not _has_any("".join(text[at:to] for at, to in zip(ends, begins, strict=True))):
        return  # every bracket belongs to a good mark
    plain = _without_marks(text, places)
    if not _has_any(plain):
        return
    taken = bytearray(len(plain))  # a character that belongs to one slip belongs to no other
    for form, words in _SLIPS:
        for match in form.finditer(plain):
            if 1 in taken[match.start() : match.end()]:
                continue
            taken[match.start() : match.end()] = b"\1" * len(match[0])
            yield Slip(first_line + text.count("\n", 0, match.start()), *words(match))
    for match in _SINGLE.finditer(plain):
        keys = [key.strip() for key in re.split(r"[;,]", match["keys"])]
        if f"[{match['keys']}]:" in plain:
            continue  # a label of Markdown
        if all(key.lstrip("@") in references for key in keys):
            right = "; ".join(f"@{key.lstrip('@')}" for key in keys)
            line = first_line + text.count("\n", 0, match.start())
            yield Slip(line, f"{quoted(match[0])} is not a citation without @", f"write [{right}]")


def _has_any(text: str) -> bool:
    return "[" in text or "]" in text or "{" in text or "}" in text or "(@" in text


_SINGLE = lazily(r"(?<!\])\[(?P<keys>@?[\w-]+(?:[ ]*[;,][ ]*@?[\w-]+)*)\](?![(\[:])")


def _without_marks(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with code, escaped brackets and every good mark blanked, all characters in their places."""
    plain = re.sub(r"\\[\[\](){}]", "  ", blanked_code(text))  # escaped: meant as they are
    parts: list[str] = []
    at = 0
    for start, end in places:
        parts += [plain[at:start], _SEEN.sub(" ", plain[max(at, start) : end])]
        at = max(at, end)
    return "".join([*parts, plain[at:]])


_SEEN = lazily(r"[^\n]")


def _places_of_marks(text: str, first_line: int) -> Iterator[tuple[int, int]]:
    for mark in scan(text, first_line):  # as every check asks, so that it is read once
        whole = whole_link(text, mark) if mark.kind == "link" else None
        yield whole[:2] if whole is not None else (mark.start, mark.end)
