"""The words of a new page that are there to be replaced, and where they still are.

``kinopress new`` and ``kinopress add`` write these words, the check looks for the same: a page
on which one of them is left is not ready. No page to fill in holds a real tag, a real source or
a real number in their place, because nobody could tell those from what a coach meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kinopress.codes import Code
from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.patterns import lazily
from kinopress.problems import Problem, Severity, quoted

IN_FIELDS: Mapping[str, str] = {
    "reader_gets": "One sentence that says what the reader gets.",
    "good_for": "One sentence that says what it is good for.",
    "weeks_for": "One sentence that says what the two weeks are for.",
    "film_shows": "One sentence that says what the film shows.",
    "is_and_does": "One sentence that says what it is and does.",
    "helps_with": "One sentence that says what this page helps with.",
    "page_holds": "One sentence that says what this page holds.",
    "seen": "One sentence that says what is seen, for those who cannot see it.",
    "tags": "the tags it belongs to",
    "sources": "a key of references.yml",
    "level": "easy, medium or hard",
    "position": "how you lie, sit or stand",
    "sets": "how many sets",
    "reps": "how many repetitions",
    "per_side": "true or false",
    "days_per_week": "how many days a week",
    "prepare": "Say how to lie, sit or stand.",
    "step": "Say what to do.",
    "breathe": "Say when to breathe out.",
    "caution": "Say when to stop.",
    "for": "the symptoms it is for",
    "not_for": "a key of red_flags.yml",
    "minutes": "from and to, like 5–15 min",
    "tests": "a key of tests.yml",
    "exercise": "the file name of an exercise",
    "structure": "muscle, group, tendon, fascia, nerve or joint",
    "regions": "a key of regions.yml",
    "actions": "what it does",
    "suspects": "what it can be",
    "family": "met, stretch, strength, mobility, self-care or movement",
}
"""What is in the fields of a new page, each until the coach writes something else there."""

IN_TEXT: Mapping[str, str] = {
    "words": "Write here what the page is for.",
    "marks": "Write here what there is to say. Two signs `##` begin a heading.",
    "why": "Write here why it helps.",
    "feel": "Write here where it should be felt.",
    "stop": "Write here what means stop.",
    "exercises": "Write here why it is these exercises.",
    "film": "Write here a few words about the film.",
    "runs": "Write here what it does when you run, and what helps.",
    "for_whom": "Write here who it is for, and who should leave it alone.",
    "can_be": "Write here what it can be.",
    "try": "Write here what to try this week.",
    "leave": "Write here what to leave out for now.",
    "see": "Write here when to see someone.",
    "how": "Write here how it is done.",
}
"""What is in the text of a new page. All begin alike, so that one look finds a page without any."""

_OF_EARLIER_VERSIONS_IN_FIELDS = (
    "What is seen, for those who cannot see it.",
    "How you lie, sit or stand.",
    "How to lie, sit or stand.",
)
_OF_EARLIER_VERSIONS_IN_TEXT = (
    "Write here.",
    "A few words about the film.",
    "What it does when you run, and what helps.",
)
_BEGINNINGS = tuple(
    re.compile(words.replace(" ", r"\s+"))
    for words in ("write here", "a few words about the film", "what it does when you run")
)
"""One by one: each begins with letters that are found fast, as alternatives of one pattern are not."""

_FILLER = lazily(
    r"\b(?:lorem ipsum|dolor sit amet|(?:your|the|some) (?:text|words) (?:goes|go) here|(?:insert|add|your) (?:your )?text here)\b"
    r"|(?<!\[)\[(?:insert|add) [^\[\]\n]{0,80}\](?!\()",
    re.IGNORECASE,
)
_REMINDER = lazily(r"\b(?:TODO|FIXME)\b")
"""What fills a page until there are words, in any program, and what a writer leaves for later, in
capitals."""

_SENTENCES = lazily(r"(?<=[.!?:;])\s+")
_MARKUP = lazily(r"^(?:[#>*+-]|\d+[.)]|\s)+")


def _normal(sentence: str) -> str:
    """Words as they are compared: no case, one kind of space, no marks around them."""
    return " ".join(sentence.casefold().split()).strip(" .!?:;,\"'“”‘’*_")


def _sentences(words: str) -> Iterator[str]:
    yield _normal(words)
    for sentence in _SENTENCES.split(words):
        yield _normal(sentence)


_FIELD_WORDS = frozenset(map(_normal, (*IN_FIELDS.values(), *_OF_EARLIER_VERSIONS_IN_FIELDS)))
_FIELD_BEGINNINGS = frozenset(words[:12] for words in _FIELD_WORDS)
"""What any of them begins with: a page without one of these holds none."""
_TEXT_WORDS = frozenset(
    _normal(sentence)
    for words in (*IN_TEXT.values(), *_OF_EARLIER_VERSIONS_IN_TEXT)
    for sentence in (words, *_SENTENCES.split(words))
)


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Words of a new page that were never replaced: their line and their field; ``None`` is the text.

    ``filler`` are words that fill a page anywhere, not those of our own new pages.
    """

    line: int
    field: str | None
    filler: str | None = None

    def as_problem(self, path: str, *, is_draft: bool) -> Problem:
        """A note on a draft, an error on a page that readers would see."""
        severity: Severity = "note" if is_draft else "error"
        hint = "write your own words" if self.field else "write your own words, or delete the line"
        until = "before you remove the draft line" if is_draft else "or set draft: true until then"
        said = "this still says what the empty page said"
        if self.filler is not None:
            said = f"{quoted(self.filler)} is not meant for readers"
        return Problem(
            path,
            said,
            f"{hint}, {until}",
            Code.TEXT_PLACEHOLDER,
            line=self.line,
            field=self.field,
            severity=severity,
        )


def take_out(front: Fields) -> tuple[Fields, frozenset[str], list[Unfilled]]:
    """Fields without what was never filled in, so that nobody reads it as if it were meant.

    Returns:
        The fields, the names of those of which nothing is left, and what was taken out.
    """
    texts: list[str] = []
    _gather(front, texts)
    words = " ".join(texts).lower().replace("\n", " ")
    if "  " in words:
        words = " ".join(words.split())
    for beginning in _FIELD_BEGINNINGS:
        if beginning in words:
            break
    else:
        if not _may_fill("\n".join(texts)) or not any(_filler(text) for text in texts):
            return (
                front,
                frozenset(),
                [],
            )  # as most pages are: one look is cheaper than all sentences
    found: list[Unfilled] = []
    entries = {}
    for name, node in front.entries.items():
        before = len(found)
        entries[name] = _without(node, name, found)
        if len(found) == before:
            entries[name] = node
    gone = frozenset(name for name, node in entries.items() if node is None)
    kept = {name: node for name, node in entries.items() if node is not None}
    return Fields(front.line, kept, front.key_lines), gone, found


def _filler(words: str) -> str | None:
    """The first words that only fill space, or are a writer's own reminder."""
    if not _may_fill(words):
        return None
    found = _REMINDER.search(words) or _FILLER.search(words)
    return None if found is None else found[0]


def _may_fill(words: str) -> bool:
    """Whether a look for such words can find any: a text is searched for parts of them ten times as fast."""
    if "TODO" in words or "FIXME" in words:
        return True
    # No part has a letter with another form that counts as the same but stays in lower case (long s, dotless i).
    small = words.lower()
    return any(
        part in small for part in ("lorem", "amet", "go here", "text here", "[a", "[i", "[\u0131")
    ) or ("goe" in small and " here" in small)


def _gather(node: Items | Fields, texts: list[str]) -> None:
    for inner in node.items if isinstance(node, Items) else node.entries.values():
        if isinstance(inner, Text):
            texts.append(inner.text)
        else:
            _gather(inner, texts)


def _without(node: Node, field: str, found: list[Unfilled]) -> Node | None:
    if isinstance(node, Text):
        if node.type == "text" and not _FIELD_WORDS.isdisjoint(_sentences(node.text)):
            found.append(Unfilled(node.line, field))
            return None
        if node.type == "text" and (filler := _filler(node.text)) is not None:
            found.append(Unfilled(node.line, field, filler))
            return None
        return node
    if isinstance(node, Items):
        items = []
        for item in node.items:
            before = len(found)
            kept = _without(item, field, found)
            if kept is not None and len(found) == before:  # half of a step is not one
                items.append(item)
        return Items(node.line, items) if items or not node.items else None
    entries = {}
    for name, value in node.entries.items():
        kept = _without(value, f"{field}.{name}", found)
        if kept is None and isinstance(value, Items):
            kept = Items(value.line, [])  # its name stays: others may speak of it
        if kept is not None:
            entries[name] = kept
    return Fields(node.line, entries, node.key_lines) if entries or not node.entries else None


def left_in_text(body: str, body_line: int) -> Iterator[Unfilled]:
    """Where the text of a page still holds words of the empty page, paragraph by paragraph.

    Args:
        body: The text.
        body_line: The line of the file on which it begins.
    """
    if _filler(body) is not None:
        for number, line in enumerate(blanked_code(body).split("\n"), start=body_line):
            if (filler := _filler(line)) is not None:
                yield Unfilled(number, None, filler)
    plain = body.lower()
    if not any(words.search(plain) for words in _BEGINNINGS):
        return
    lines: list[str] = []
    begins = body_line
    for number, line in enumerate([*body.split("\n"), ""], start=body_line):
        if line.strip():
            begins = begins if lines else number
            lines.append(_MARKUP.sub("", line))
            continue
        for at, one in enumerate(lines):
            if not _TEXT_WORDS.isdisjoint(_sentences(one)):
                yield Unfilled(begins + at, None)
                break
        else:
            if not _TEXT_WORDS.isdisjoint(_sentences(" ".join(lines))):
                yield Unfilled(begins, None)
        lines = []
