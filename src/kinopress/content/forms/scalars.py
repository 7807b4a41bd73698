"""Readers for single fields: from what the coach wrote to a checked value.

A reader takes a node and a :class:`Desk` to report to and returns the value, or
``None`` after it has reported why there is none. Nothing is coerced silently:
a duration needs its unit, a switch is ``true`` or ``false`` and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from kinopress.codes import Code
from kinopress.content.forms.form import Desk, Reader, T, said
from kinopress.content.model.names import SLUG, TITLE_MAX, Mention, nearest
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.patterns import lazily
from kinopress.problems import quoted, shortened


def text(node: Node, desk: Desk) -> str | None:
    """One text. A bare number or true/false is refused: it is nearly always a slip."""
    if isinstance(node, Items | Fields):
        desk.report(
            node.line,
            "this should be a single piece of text, not a list",
            "write it on one line after the colon",
            Code.TEXT_WANTED,
        )
        return None
    if node.type == "nothing" or not _unremarked(node.text).strip():
        desk.report(
            node.line,
            "nothing is written here (what follows a # does not count)",
            "write a few words or remove the line",
            Code.TEXT_EMPTY,
        )
        return None
    if node.type != "text":
        desk.report(
            node.line,
            f"only {quoted(node.text)} is written here",
            "write words; put it in quotes if you mean it",
            Code.TEXT_WANTED,
        )
        return None
    _remark_behind(node, desk)
    words = _without_remarks(node, desk)
    _one_quotation_mark(words, node.line, desk)
    _all_in_quotes(words, node.line, desk)
    return words


_IN_QUOTES = lazily(r"“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|‘[^‘’]+’|‚[^‚‘’]+[‘’]")


def _all_in_quotes(words: str, line: int, desk: Desk) -> None:
    """A whole text in the quotation marks of a text: they were meant for the file, and readers see them."""
    if _IN_QUOTES.fullmatch(words):
        desk.report(
            line,
            f"readers see the quotation marks {words[0]} and {words[-1]} around these words: only straight ones belong to the file",
            'remove them, or type straight ones (") in their place',
            Code.FRONT_MATTER_QUOTES,
            "warning",
        )


def _one_quotation_mark(words: str, line: int, desk: Desk) -> None:
    """A curly quotation mark around a text that has no partner; after a figure it may stand for inches."""
    if words.startswith(("“", "„")) and not re.search(r"[“”\"]", words[1:]):
        message = f"the quotation mark {words[0]} at the beginning is not closed"
        hint = "write its partner ” where the quotation ends, or remove it"
    elif re.search(r"[^0-9]”$", words) and not re.search(r"[“„\"]", words[:-1]):
        message = "the quotation mark ” at the end has no partner before it"
        hint = "write its partner “ where the quotation begins, or remove it"
    else:
        return
    desk.report(line, message, hint, Code.FRONT_MATTER_QUOTES)


def _without_remarks(node: Text, desk: Desk) -> str:
    if "<!--" not in node.text:
        return " ".join(node.text.split())
    words = " ".join(_unremarked(node.text).split())
    if "<!--" in words:
        message = "a comment begins here and is not closed"
        desk.report(node.line, message, "write --> where it ends", Code.REMARK_NOT_CLOSED)
    return words


_REMARK = lazily(r"<!--.*?-->", re.DOTALL)
"""A comment, which in a field as in a text is for the writer alone."""


def _unremarked(written: str) -> str:
    return _REMARK.sub("", written) if "<!--" in written else written


_MARKUP = (
    lazily(r"(?<![*\w])(\*{1,3})(?=[^\s*])[^*]*(?<=[^\s*])\1(?![*\w])"),
    lazily(r"(?<![_\w])(_{1,3})(?=[^\s_])[^_]*(?<=[^\s_])\1(?![_\w])"),
    lazily(r"(?<!~)(~~)(?=\S)[^~]+~~(?!~)"),
    lazily(r"(?<![=\w])(==)(?=\S)[^=]+==(?![=\w])"),
    lazily(r"(`+)[^`]+`+"),
    lazily(r"(!?\[)[^\[\]]*\]\([^()]*\)|(\[\[)[^\[\]]+\]\]"),
    lazily(
        r"(</?)(?:b|i|em|strong|u|s|sub|sup|br|mark|small|span|a|p|div|img|code|h[1-6])\b[^<>]*>",
        re.IGNORECASE,
    ),
    lazily(r"^(#{1,6})[ \t]"),
    lazily(r"(&)(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});"),
)
"""Markdown and HTML, of which a field that is shown as it is written makes nothing."""


def plain(node: Node, desk: Desk) -> str | None:
    """A text that is shown as it is: in lists, in the browser's tab, by search engines and in shared links."""
    words = text(node, desk)
    if words is not None:
        _without_markup(words, node.line, desk)
    return words


def _without_markup(words: str, line: int, desk: Desk) -> None:
    for form in _MARKUP:
        if (found := form.search(words)) is not None:
            desk.report(
                line,
                f"readers see the markup of {quoted(found[0])}: no Markdown or HTML is read here",
                "write the words alone",
                Code.MARK_UNREAD,
                "warning",
            )
            return


def title(node: Node, desk: Desk) -> str | None:
    """The title of a page: words, not a bare number or date."""
    if isinstance(node, Text) and re.fullmatch(r"\s*\d[\d\s./:-]*", node.text):
        desk.report(
            node.line,
            f"{quoted(node.text)} is only a number or a date",
            "write words a reader understands",
            Code.TEXT_WANTED,
        )
        return None
    words = plain(node, desk)
    if words is not None and len(words) > TITLE_MAX:
        desk.report(node.line, *title_is_long(words), Code.TITLE_LONG)
    return words


def title_is_long(words: str) -> tuple[str, str]:
    """What is said of a title that has no room in lists, and what to do."""
    return (
        f"this title has {len(words)} characters, and lists, search results and shared links have room for {TITLE_MAX}",
        "write a short title, and what it leaves out as the description or in the text",
    )


def any_text(node: Node, desk: Desk) -> str | None:
    """A text that may look like a number (``3-0-3``, ``2026``)."""
    if isinstance(node, Text) and node.type != "nothing" and node.text.strip():
        _remark_behind(node, desk)
        return _without_remarks(node, desk)
    return text(node, desk)


def one_name(node: Node, desk: Desk) -> str | None:
    """A name or an address, which no reader sees as words: a comment after it is one."""
    if isinstance(node, Text):
        node = Text(node.line, node.text, node.type)
    return any_text(node, desk)


def _remark_behind(node: Text, desk: Desk) -> None:
    """A word about what follows words after a ``#``, where more words may have been meant."""
    if node.comment:
        desk.report(
            node.line,
            f"{quoted(node.comment)} is not shown, because # begins a comment",
            "to show it, put the whole text in quotes; if it is a comment, put it on a line of its own",
            Code.TEXT_REMARK,
            "warning",
        )


def flag(node: Node, desk: Desk) -> bool | None:
    """``true`` or ``false``."""
    word = node.text.strip().casefold() if isinstance(node, Text) else ""
    if isinstance(node, Text) and node.type == "flag":
        return word == "true"
    if word in ("true", "false"):
        desk.report(
            node.line,
            f"{said(node)} is in quotes",
            f"write {word} without them",
            Code.FLAG_WANTED,
        )
    else:
        meant = _MEANT_BY.get(word, "true or false")
        desk.report(
            node.line,
            f"{said(node)} is neither true nor false",
            f"write {meant}, without quotes",
            Code.FLAG_WANTED,
        )
    return None


_MEANT_BY = {
    **dict.fromkeys(("yes", "y", "on", "1"), "true"),
    **dict.fromkeys(("no", "n", "off", "0"), "false"),
}


def whole(low: int, high: int) -> Reader[int]:
    """A whole number between ``low`` and ``high``."""

    def read(node: Node, desk: Desk) -> int | None:
        if (
            isinstance(node, Text)
            and re.fullmatch(r"[0-9]{1,9}", node.text)
            and low <= int(node.text) <= high
        ):
            return int(node.text)
        desk.report(
            node.line,
            f"{said(node)} is not a whole number from {low} to {high}",
            "write a number within those limits",
            Code.NUMBER_WANTED,
        )
        return None

    return read


_HYPHENS = lazily("[\u2010-\u2015\u2212]")
"""What phones and word processors make of a hyphen between numbers."""


YEARS = range(1990, 2101)
"""The years that are meant by a date; one outside them is a slip of the keyboard."""


def year_is_wrong(year: str) -> tuple[str, str]:
    """What is said of a year that nobody means, and what to do."""
    return (
        f"the year {year} cannot be meant",
        f"write a year from {YEARS[0]} to {YEARS[-1]} in four figures",
    )


def day_of(words: str) -> dt.date | None:
    """The day that words like ``2026-11-22`` name, in exactly this form."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", words)
    return _day(*match.groups()) if match else None


def date(node: Node, desk: Desk) -> dt.date | None:
    """A day as ``2026-11-22``."""
    written = _HYPHENS.sub("-", node.text.strip()) if isinstance(node, Text) else ""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", written)
    if match and int(match[1]) not in YEARS:
        desk.report(node.line, *year_is_wrong(match[1]), Code.DATE_YEAR)
        return None
    if match and (found := _day(*match.groups())):
        return found
    if match:
        desk.report(
            node.line,
            f"there is no day {written}",
            "check the calendar and correct the date",
            Code.DATE_NO_SUCH_DAY,
        )
        return None
    british = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", written)
    short = re.fullmatch(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})", written)
    parts = british.groups()[::-1] if british else short.groups() if short else None
    meant = _day(*parts) if parts else None
    desk.report(
        node.line,
        f"{said(node)} is not written as a date",
        f"write year-month-day, like {meant or '2026-11-22'}",
        Code.DATE_FORM,
    )
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """Reads one word out of a few, whatever its case, as it is named here."""

    names: tuple[str, ...]

    def __call__(self, node: Node, desk: Desk) -> str | None:
        """The word, or ``None`` after reporting."""
        names, folded = self.names, {name.casefold(): name for name in self.names}
        if isinstance(node, Text):
            word = node.text.strip().casefold()
            if word in folded:
                return folded[word]
            close = nearest(word, folded)
            guess = f"did you mean {quoted(folded[close[0]])}? " if close else ""
            desk.report(
                node.line,
                f"{quoted(node.text)} is not one of the words for this field",
                f"{guess}choose from {', '.join(names)}",
                Code.CHOICE_UNKNOWN,
            )
            return None
        desk.report(
            node.line,
            "this should be one word",
            f"choose from {', '.join(names)}",
            Code.CHOICE_UNKNOWN,
        )
        return None


def choice(*names: str) -> Choice:
    """The reader of a field that takes one of these words."""
    return Choice(names)


def slug(node: Node, desk: Desk) -> Mention | None:
    """The file name of another page without its ending; looked up later."""
    value = one_name(node, desk)
    if value is None:
        return None
    if not SLUG.fullmatch(value):
        like = re.sub(r"[\s_]+", "-", value.rpartition("/")[2].casefold())
        like = re.sub(r"\.[a-z0-9]{2,4}$", "", like)
        if not SLUG.fullmatch(like) or value.startswith("."):
            like = "figure-four-stretch"
        desk.report(
            node.line,
            f"{quoted(value)} is not the name of a page",
            f"write the file's name without its folder and ending, like {like}",
            Code.NAME_SLUG,
        )
        return None
    return Mention(value, node.line, desk.field)


def mention(node: Node, desk: Desk) -> Mention | None:
    """A name of a term in any of its forms; looked up later."""
    value = one_name(node, desk)
    return None if value is None else Mention(value, node.line, desk.field)


_IN_BRACKETS = lazily(r"\[([^\[\]]*)\]")


def list_of(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list. One bare entry is accepted as a list of one, with a warning."""

    def read(node: Node, desk: Desk) -> tuple[T, ...] | None:
        if isinstance(node, Text):
            if node.type == "nothing":
                return ()
            # A bracket that was only closed is no part of the last entry.
            written = node.text
            quoted_list = _IN_BRACKETS.fullmatch(written)
            if quoted_list is not None:
                # Quotation marks around a list make it one text.
                written = quoted_list[1]
                entries = [Text(node.line, part.strip(), "text") for part in written.split(",")]
                desk.report(
                    node.line,
                    "the quotation marks make this list a single piece of text",
                    f"it was read as a list; it is better to write it without them: [{shortened(written)}]",
                    Code.LIST_AS_TEXT,
                    "warning",
                )
                return tuple(
                    value
                    for entry in entries
                    if entry.text and (value := reader(entry, desk)) is not None
                )
            if written.endswith("]") and "[" not in written:
                written = written[:-1].rstrip()
            named = reader in (mention, slug)
            shown = shortened(written.replace(";", ",") if named else written)
            if "," in written and reader is not text:
                desk.report(
                    node.line,
                    "this should be a list, and is a single piece of text",
                    f"it was read as a list; it is better to write [{shown}]",
                    Code.LIST_AS_TEXT,
                    "warning",
                )
                parts: list[Node] = [
                    Text(node.line, part.strip(), "text")
                    for part in written.split(",")
                    if part.strip()
                ]
            else:
                desk.report(
                    node.line,
                    "this should be a list, and is a single entry",
                    f"it was read as a list of one; it is better to write [{shown}]",
                    Code.LIST_AS_TEXT,
                    "warning",
                )
                parts = [node if written == node.text else Text(node.line, written, "text")]
        elif isinstance(node, Fields):
            desk.report(
                node.line,
                "this should be a list, not fields",
                "write [first, second], or one entry per line after a dash",
                Code.LIST_WANTED,
            )
            return None
        else:
            parts = node.items
        values = []
        for part in parts:
            value = reader(part, desk)
            if value is not None:
                values.append(value)
        return tuple(values)

    return read
