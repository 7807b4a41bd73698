"""HTML in a coach's text: its tags, whether each is closed, and what this site allows (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate
from typing import Literal

from kinopress.codes import Code
from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.html.elements import BLOCKS, FORBIDDEN, HOLDS_MARKDOWN, VOID, WORDS
from kinopress.patterns import lazily

_BEGINS = lazily(
    r"<(?:[A-Za-z][\w+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s@]+)>|</?(?P<name>[A-Za-z][\w-]*)(?P<attribute>\s+[\w-]+\s*=)?"
)
_OF_A_PROGRAM = lazily(r"(?:[a-z]|st1|wp|pic):[a-z][\w-]*")
"""Elements that Word and its kin leave in what is copied from them."""

_TOLD = ("set_cdata_mode", "handle_starttag", "handle_startendtag", "handle_endtag")
_QUOTE_LEFT_OPEN = lazily(r"<|\n[ \t]*\n")
_NO_TAG = lazily(r"(?<=\]\()<[^<>\n]*>|(?<=\]:)[ \t]*<[^<>\n]*>|\\<")
"""Addresses of links between < and >, and a < that is escaped."""

_ATTRIBUTE = lazily(
    r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+)))?"
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its name, its value, and where the value is in the text."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a tag and what to do; no message where another tag says it, or where it is only words."""

    message: str
    hint: str
    code: Code


@dataclass(slots=True)
class Tag:
    """One tag as it is in a text.

    Attributes:
        wrong: What is wrong with it, if anything: such a tag is shown as it was typed.
        partner: The tag that closes it, or that it closes.
    """

    name: str
    kind: Literal["open", "close", "void"]
    start: int
    end: int
    line: int
    attributes: tuple[Attribute, ...] = ()
    wrong: Wrong | None = None
    partner: Tag | None = field(default=None, repr=False)


def read_tags(text: str, first_line: int = 1) -> list[Tag]:
    """All tags of a text outside its code, in order, each paired or with what is wrong.

    ``first_line`` is the line of the file on which the text begins.
    """
    if not re.search(r"<[A-Za-z/!?]", text):
        return []
    plain = _NO_TAG.sub(lambda m: " " * len(m[0]), blanked_code(text))
    reader = _Reader(plain, first_line)
    reader.feed(_bounded(re.sub(r"<(?=[!?])", " ", plain)))
    _pair(reader.text, reader.found)
    for match in re.finditer(r"<[!?]", reader.text):
        line = reader.line_of(match.start())
        wrong = Wrong(
            f"{match[0]} cannot be used here", "remove it, or write &lt;", Code.HTML_FORBIDDEN
        )
        if text.startswith("<!--", match.start()):
            message = "a comment begins here and is not closed"
            wrong = Wrong(message, "write --> where it ends", Code.REMARK_NOT_CLOSED)
        tag = Tag(match[0][1:], "void", match.start(), match.end(), line, wrong=wrong)
        reader.found.append(tag)
    reader.found += _unfinished(plain, reader)
    reader.found.sort(key=lambda tag: tag.start)
    return reader.found


# A reader of HTML looks for the end of each tag, so many that never end would take it the square of their number.
_MANY_TAGS, _FAR = 200, 2000


def _bounded(plain: str) -> str:
    """A text, where it begins many tags, without those beginnings whose end is nowhere or far behind the next ones."""
    if plain.count("<") <= _MANY_TAGS:
        return plain
    left = list(plain)
    end, following = -1, len(plain)
    for at in range(len(plain) - 1, -1, -1):
        if plain[at] == ">":
            end = at
        elif plain[at] == "<":
            if end < 0 or (following < end and end - at > _FAR):
                left[at] = " "
            following = at
    return "".join(left)


def _unfinished(plain: str, reader: _Reader) -> list[Tag]:
    """What begins like a tag and is not one: words, or an element whose quotation mark or > is missing."""
    found = sorted((tag.start, tag.end, tag.wrong is None) for tag in reader.found)
    starts = [start for start, _, _ in found]
    # How far the tags reach that begin up to each of them: all, and those with nothing wrong.
    reach = list(accumulate((end for _, end, _ in found), max, initial=0))
    good_reach = list(accumulate((end * good for _, end, good in found), max, initial=0))
    left: list[Tag] = []
    for match in _BEGINS.finditer(plain):
        at = match.start()
        before = bisect_left(starts, at)
        is_one = before < len(starts) and starts[before] == at
        if match["name"] is None or is_one or good_reach[before] > at:
            continue
        name = match["name"].lower()
        meant = reach[before] <= at and is_known(name) and match["attribute"] is not None
        wrong = _not_finished(name) if meant else _said()
        left.append(Tag(name, "void", at, at + 1, reader.line_of(at), wrong=wrong))
    return left


def is_known(name: str) -> bool:
    """Whether browsers know an element, allowed here or not."""
    return name in BLOCKS or name in WORDS or name in VOID or name in FORBIDDEN


def _is_address(name: str) -> bool:
    """``<https://example.org>`` and ``<anna@example.org>`` are links of Markdown; ``<o:p>`` comes from Word."""
    return bool(set(":@.") & set(name)) and not _OF_A_PROGRAM.fullmatch(name)


class _Reader:
    """What Python's reader of HTML finds in a text."""

    def __init__(self, text: str, first_line: int) -> None:
        # It takes as long to load as a dozen pages to check, and most sites hold no HTML.
        from html.parser import HTMLParser  # noqa: PLC0415

        self.text, self.first_line = text, first_line
        self.found: list[Tag] = []
        self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.parser = HTMLParser(convert_charrefs=False)
        for name in _TOLD:
            setattr(self.parser, name, getattr(self, name))

    def feed(self, text: str) -> None:
        """Read a text of the same length."""
        self.parser.feed(text)
        self.parser.close()

    def set_cdata_mode(self, *_: object, **__: object) -> None:
        """No element hides tags here: one that is not closed would hide all that follow."""

    def place(self) -> int:
        line, column = self.parser.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _is_address(tag):
            return
        start, written = self.place(), self.parser.get_starttag_text() or ""
        head = len(tag) + 1
        attributes = tuple(
            Attribute(
                match["name"].lower(),
                unescape(match["double"] or match["single"] or match["bare"] or ""),
                start + head + max(match.span(way)[0] for way in ("double", "single", "bare")),
                start + head + max(match.span(way)[1] for way in ("double", "single", "bare")),
            )
            for match in _ATTRIBUTE.finditer(written[head:].removesuffix(">"))
        )
        self.add(tag, "void" if tag in VOID else "open", start, start + len(written), attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self.place()
        if self.text.startswith("</", start) and not _is_address(tag):
            self.add(tag, "close", start, self.text.find(">", start) + 1, ())

    def add(
        self,
        name: str,
        kind: Literal["open", "close", "void"],
        start: int,
        end: int,
        attributes: tuple[Attribute, ...],
    ) -> None:
        self.found.append(Tag(name, kind, start, end, self.line_of(start), attributes))

    def line_of(self, at: int) -> int:
        """The line of the file on which a place of the text is."""
        return self.first_line + bisect_right(self.starts, at) - 1


def _pair(text: str, tags: list[Tag]) -> None:
    open_: list[Tag] = []
    names: Counter[str] = Counter()
    for tag in tags:
        if _QUOTE_LEFT_OPEN.search(text, tag.start + 1, tag.end):
            tag.wrong = _not_finished(tag.name)
        elif tag.name in FORBIDDEN:
            wrong = Wrong(
                f"<{tag.name}> cannot be used here", FORBIDDEN[tag.name], Code.HTML_FORBIDDEN
            )
            tag.wrong = _said() if tag.kind == "close" else wrong
        elif not is_known(tag.name):
            wrong = Wrong(
                f"no browser knows <{tag.name}>, so nobody would see it",
                f"write &lt;{text[tag.start + 1 : tag.end]} if readers should see it, or remove it",
                Code.HTML_UNKNOWN,
            )
            tag.wrong = _said() if tag.kind == "close" else wrong
        elif tag.kind == "open":
            open_.append(tag)
            names[tag.name] += 1
        elif tag.kind == "close":
            _close(text, tag, open_, names)
    for left in open_:
        _not_closed(left)
    for at, tag in enumerate(tags):
        if tag.name == "picture" and tag.partner is not None and tag.kind == "open":
            _check_picture(text, tag, tags[at + 1 : tags.index(tag.partner, at)])
    _say_once(tags)


def _check_picture(text: str, picture: Tag, inside: list[Tag]) -> None:
    """A ``<picture>`` is one ``<img>``; any ``<source>`` beside it is allowed there, and only there."""
    between = text[picture.end : picture.partner.start] if picture.partner else ""
    for tag in inside:
        between = between.replace(text[tag.start : tag.end], "", 1)
    names = [tag.name for tag in inside]
    whole = names.count("img") == 1 and not set(names) - {"img", "source"} and not between.strip()
    for tag in inside:
        if tag.name == "source":
            tag.wrong = None if whole else _said()
    if not whole and picture.partner is not None:
        picture.wrong = Wrong(
            "a <picture> may contain one <img> and any number of <source>, and nothing else",
            "write the picture like ![what is seen](address) instead",
            Code.HTML_NESTING,
        )
        picture.partner.wrong = _said()
        picture.partner.partner = None
        picture.partner = None


def _say_once(tags: list[Tag]) -> None:
    """What is inside a ``<video>`` or an ``<audio>`` is wrong because that is."""
    film = False
    for tag in tags:
        if tag.name in ("video", "audio"):
            film = tag.kind == "open"
        elif film and tag.name in ("source", "track"):
            tag.wrong = _said()


def _close(text: str, tag: Tag, open_: list[Tag], names: Counter[str]) -> None:
    """Pair a closing tag with its opening one; ``names`` counts those that are open."""
    if not names[tag.name]:
        tag.wrong = Wrong(
            f"</{tag.name}> closes what was not opened",
            f"remove it, or write <{tag.name}> where it should begin",
            Code.HTML_NOT_OPEN,
        )
        return
    while open_[-1].name != tag.name:
        names[open_[-1].name] -= 1
        _not_closed(open_.pop(), tag.name)
    begun = open_.pop()
    names[begun.name] -= 1
    at_start = not text[text.rfind("\n", 0, begun.start) + 1 : begun.start].strip() or (
        begun.name in HOLDS_MARKDOWN and begins_entry(text, begun)
    )
    if re.search(r"\n[ \t]*\n", text[begun.end : tag.start]) and not (
        begun.name in BLOCKS and at_start
    ):
        hint = (
            "begin it on a line of its own"
            if begun.name in BLOCKS
            else f"close it with </{begun.name}> in each paragraph and open it again in the next"
        )
        message = f"<{begun.name}> runs on into another paragraph"
        begun.wrong = Wrong(message, hint, Code.HTML_NESTING)
        tag.wrong = _said()
        return
    begun.partner, tag.partner = tag, begun


def begins_entry(text: str, tag: Tag) -> bool:
    """Whether a tag is the first of an entry of a list."""
    return _ENTRY.fullmatch(text, text.rfind("\n", 0, tag.start) + 1, tag.start) is not None


_ENTRY = lazily(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")


def _not_finished(name: str) -> Wrong:
    hint = "close its quotation mark and write >"
    return Wrong(f"<{name} is not finished", hint, Code.HTML_NOT_CLOSED)


def _said() -> Wrong:
    return Wrong("", "", Code.HTML_NOT_CLOSED)


def _not_closed(tag: Tag, closed_first: str = "") -> None:
    message = f"<{tag.name}> is opened here and not closed"
    if tag.name in HOLDS_MARKDOWN:
        hint = f"write </{tag.name}> on a line of its own where it ends"
    else:
        hint = f"write </{tag.name}> where it ends"
    if closed_first:
        hint += f", before </{closed_first}>"
    tag.wrong = Wrong(message, hint, Code.HTML_NOT_CLOSED)
