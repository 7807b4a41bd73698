"""The words of a page as a reader sees them: no fields' names, no marks, no addresses.

One reading serves the list of words to avoid, the reading grade and the spelling test, so the
three cannot disagree about what a page says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape

from kinopress.content.markdown.marks import Mark, replace, scan
from kinopress.content.model.pages import Exercise, Page, Symptom, Technique, Video, line_of
from kinopress.patterns import lazily

_HIDDEN = lazily(
    r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)|<!--.*?-->",
    re.MULTILINE | re.DOTALL,
)
_LINK = lazily(r"!?\[([^\[\]\n]*)\]\(\s*(?:\"[^\"\n]*\"|'[^'\n]*')?\s*\)")
_LABEL = lazily(r"^[ ]{0,3}\[[^\[\]\n]+\]:[^\n]*$", re.MULTILINE)
_TAG = lazily(r"</?[A-Za-z][^<>\n]*>")
_SIGNS = lazily(r"[*`]+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])|\{[ ]*[#.][^{}\n]*\}")
_GAP = lazily(r"[ \t]+(?=[.,;:!?])")
"""What a citation leaves before a full stop."""
_RULE = lazily(r"[\s|:=*_-]*")
_BEGINS = lazily(r"(?P<heading>#{1,6}[ \t])|[-+*][ \t]|\d{1,3}[.)][ \t]|>[ \t]?|\|")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are read in one go: a paragraph, an item of a list, a heading, a field.

    ``line`` is the line of the file on which it begins; line ends inside ``text`` are those of
    the file. ``field`` is the front-matter field, ``None`` for the text below.
    """

    line: int
    field: str | None
    text: str
    heading: bool = False

    def line_at(self, at: int) -> int:
        """The line of the file on which the character at ``at`` is; a field is one line."""
        return self.line if self.field else self.line + self.text.count("\n", 0, at)


def passages(
    page: Page, title_of: Callable[[str], str], *, with_lines: bool = True
) -> Iterator[Passage]:
    """Everything a page says in its own words, in the order in which it is read.

    Args:
        page: Any page.
        title_of: The title of the page that ``[[name]]`` means.
        with_lines: Look up the lines of fields; whoever has no use for them need not know what the front matter was.
    """
    place = partial(line_of, page) if with_lines else _nowhere
    yield from _field(place, "title", page.title, title_of, heading=True)
    yield from _field(place, "description", page.description, title_of)
    if isinstance(page, Video):
        yield from _field(place, "alt", page.alt, title_of)
    if isinstance(page, Technique):
        yield from _field(place, "evidence", page.evidence, title_of)
        yield from _field(place, "caution", page.caution or "", title_of)
    if isinstance(page, Exercise):
        for step in page.steps:
            yield Passage(step.line, "steps", plain_words(step.text, title_of, step.line))
    if isinstance(page, Symptom):
        for start in page.start_with or ():
            if start.words:
                line = start.exercise.line
                yield Passage(line, "start_with", plain_words(start.words, title_of, line))
    yield from _paragraphs(plain_words(page.body, title_of, page.body_line), page.body_line)


def _nowhere(name: str) -> None:
    """Nobody asks where a field is."""
    return


def _field(
    place: Callable[[str], int | None],
    name: str,
    words: str,
    title_of: Callable[[str], str],
    *,
    heading: bool = False,
) -> Iterator[Passage]:
    if words:
        yield Passage(place(name) or 1, name, plain_words(words, title_of), heading)


def plain_words(markdown: str, title_of: Callable[[str], str], first_line: int = 1) -> str:
    """Markdown without its marks. Every line stays on its line.

    Args:
        markdown: The text.
        title_of: The title of the page that ``[[name]]`` means.
        first_line: The line of the file on which it begins: asked as every check asks, the text is
            read for its marks once.
    """

    def words_of(mark: Mark) -> str:
        if mark.kind == "page":
            return mark.words or title_of(mark.target)
        if mark.kind in ("picture", "sign"):
            return mark.words or ""
        return ""

    text = markdown
    if "```" in text or "~~~" in text or "<!--" in text:
        text = _HIDDEN.sub(lambda hidden: "\n" * hidden[0].count("\n"), text)
    text = _GAP.sub("", replace(text, scan(text, first_line), words_of))
    text = _LINK.sub(r"\1", _LABEL.sub("", text))
    return unescape(_SIGNS.sub("", _TAG.sub("", text)))


def _paragraphs(text: str, first_line: int) -> Iterator[Passage]:
    begun, lines, heading = first_line, list[str](), False
    for number, written in enumerate(text.split("\n"), first_line):
        line = written.strip()
        begins = _BEGINS.match(line)
        if lines and (heading or begins or _RULE.fullmatch(line)):
            yield Passage(begun, None, "\n".join(lines), heading)
            lines = []
        if _RULE.fullmatch(line):
            continue
        if not lines:
            begun, heading = number, bool(begins and begins["heading"])
        lines.append(line[begins.end() :].strip() if begins else line)
    if lines:
        yield Passage(begun, None, "\n".join(lines), heading)
