"""Telephone numbers in a text: which figures are one, and the link that rings it.

A number becomes a link unless what is around it shows that nobody is to call it: part of a longer figure, of a range,
of an address, the page of a source, a count. In doubt it rings: a reader in danger is to touch it, and a link too
many harms nobody. `web/src/finder/phones.ts` rings the same; tests/golden/numbers.json holds both to it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from kinopress.patterns import lazily

_DASH = r"[\u2010-\u2014\u2212-]"
_NEAR = 80
"""So many letters on either side are looked at."""

_PART_BEFORE = lazily(rf"(?:[\w&#.,+=?@]|\d[:;]|{_DASH}|\d to )$")
_PART_AFTER = lazily(rf"(?:[\w%@]|[.,:;]\d|\(\d|{_DASH}\d|[.:][^\W\d])")
"""A longer figure, a range without spaces, a time of day, an issue of a journal, a name with a point in it."""
_ADDRESS = lazily(r"://|@|www\.|\w\.[^\W\d_]{2}")
"""In what is written without a space."""
_FROM = lazily(rf"(?:^|[^\d:./\u2010-\u2014\u2212-])(?<!\d )([1-9]\d+) {_DASH} $")
_UNTIL = lazily(
    rf" (?:{_DASH}|to) ([1-9]\d\d+)(?![\d%]|[ .,:]\d| (?:hour|day|night|week)s?\b)", re.IGNORECASE
)
"""The other end of a range with spaces; neither "365 days" nor "24 hours" is one."""
_CITED = lazily(
    r"\b(?:(?:pages?|pp?|vol|volumes?|issues?|chapters?|tables?|figures?|figs?|pmid)\b\.?|nos?\.)[: ] ?"
    rf"(?:\d+(?:, | and | or | to | ?{_DASH} ?))*$",
    re.IGNORECASE,
)
_COUNTED = lazily(
    r" (?:people|persons|adults|children|men|women|patients|participants|volunteers|athletes|runners|players"
    r"|dancers|studies|trials|times|metres|kilometres|miles|steps|calories|grams|kilograms|kg|km|cm|mm)\b",
    re.IGNORECASE,
)
_STROKE = lazily(r"\d/_|_/\d")
_CALLING = lazily(r"\b(?:call|ring|dial|phone|text) (?:[\d/]+/)?$", re.IGNORECASE)


def call(number: str) -> str:
    """The address that calls a number; the (0) of one with a country's code is not dialled."""
    if number.startswith("+"):
        number = number.replace("(0)", "")
    return "tel:" + re.sub(r"[^0-9+]", "", number)


def number_links(text: str, numbers: tuple[str, ...]) -> str:
    """Escaped text with each of these telephone numbers, the longest first, as a link that rings."""
    made: list[str] = []
    end = 0
    for begin, after in number_spots(text, numbers):
        made.extend((text[end:begin], linked(text[begin:after])))
        end = after
    return "".join([*made, text[end:]])


def linked(number: str) -> str:
    """A number as a link that rings it."""
    return f'<a href="{call(number)}">{number}</a>'


def number_spots(html: str, numbers: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where these numbers are in a text or in HTML, from the first on, each by itself.

    "Ring 111 – 24 hours a day" and "NHS 111/999" have some that ring; "pages 103 – 111", "1,999", "111.wales.nhs.uk"
    and "111 people" have none.
    """
    if not numbers:
        return
    written, strokes = _patterns(numbers)
    for found in written.finditer(html):
        begin, after = found.span()
        before = html[max(0, begin - _NEAR) : begin].rpartition(">")[2]
        then = html[after : after + _NEAR].partition("<")[0]
        if _is_alone(before, found[0], then) and _parts_calls(before, then, strokes):
            yield begin, after


@functools.cache
def _patterns(numbers: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds these numbers, and what finds those that a stroke parts from what is in the place of ``_``."""
    any_ = "|".join(map(re.escape, numbers))
    return re.compile(any_), re.compile(rf"(?<!\d)(?:{any_})/_|_/(?:{any_})(?!\d)")


def _is_alone(before: str, number: str, then: str) -> bool:
    beside = before.rpartition(" ")[2] + number + then.partition(" ")[0]
    if _PART_BEFORE.search(before) or _PART_AFTER.match(then) or _ADDRESS.search(beside):
        return False
    if number.isdigit():
        low, high = _FROM.search(before), _UNTIL.match(then)
        if (low and int(low[1]) < int(number)) or (high and int(number) < int(high[1])):
            return False
    if _CALLING.search(before):
        return True
    return not (_CITED.search(before) or _COUNTED.match(then))


def _parts_calls(before: str, then: str, strokes: re.Pattern[str]) -> bool:
    """Whether a stroke parts two numbers to call, or a number and a word: no date, no fraction."""
    if _CALLING.search(before):
        return True  # another country's number may be beside it
    beside = f"{before[-30:]}_{then}"
    return "/" not in beside or not _STROKE.search(strokes.sub("_", beside))
