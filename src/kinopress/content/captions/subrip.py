r"""The reader of SubRip captions (``.srt``), which are published as WebVTT (pure).

SubRip has no standard. What editing programs, phones and transcription services write is
accepted: times with a comma or a dot, with or without hours, with or without numbers above them,
empty lines inside the words. ``<i>``, ``<b>`` and ``<u>`` mean the same in WebVTT and are kept;
``<font>`` and ``{\an8}`` have no meaning there and are dropped, and so are comments in ``<!-- -->``;
everything else is words and is shown as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kinopress.content.captions.cue_text import clean, seconds, words_of
from kinopress.content.captions.webvtt import Cue
from kinopress.content.captions.webvtt_reader import ALMOST_TIMING
from kinopress.content.model.characters import plain_spaces
from kinopress.patterns import lazily

_TIME = (
    r"(?:([0-9]{1,3})\s*:\s*)?([0-5]?[0-9])\s*:\s*([0-5]?[0-9])(?:\s*[,.]\s*([0-9]{1,3})(?![0-9]))?"
)
_TIMING = lazily(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s(?P<after>.*))?")
_PLACING = lazily(
    r"(?:[XY][12]:\s*-?[0-9.]+|(?:vertical|line|position|size|align|region):\S+)(?:\s+|$)",
    re.IGNORECASE,
)
"""Where words are placed, as old players and WebVTT write it after the times."""
_ARROW_AND_TIME = lazily(r"-->\s*[0-9]+:[0-9]")
_REMARK = lazily(r"<!--.*?-->", re.DOTALL)
_NUMBER = lazily(r"[0-9]{1,9}")
_WRITTEN_NUMBER = lazily(
    r"(?:#|no\.?|nr\.?)?\s?(?P<number>[0-9]{1,9})[.):]?(?P<name>\s+\S.*)?", re.IGNORECASE
)
"""The number of a cue as people and programs write it: ``#2``, ``2.``, ``2 Jen``."""


@dataclass(slots=True)
class SubRip:
    """What is in a SubRip text.

    Attributes:
        cues: What is shown, in the order of time.
        not_times: Line and text of each line that was meant as a pair of times and is not one.
        empty: Lines of the times below which nothing is.
        lost: Line and text of words above the first times.
    """

    cues: list[Cue] = field(default_factory=list)
    not_times: list[tuple[int, str]] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """One pair of times: the index of its line, the seconds, and the lines from there to the next."""

    at: int
    begins_s: float
    ends_s: float
    words: list[str] = field(default_factory=list)


def read_subrip(text: str) -> SubRip:
    """Read captions. Nothing raises; what is wrong is noted with its line.

    Args:
        text: The file's text, with one kind of line end, without a byte-order mark.
    """
    found = SubRip()
    text = _REMARK.sub(_only_line_ends, text)
    rows: list[_Row] = []
    above: list[str] = []
    for at, line in enumerate(text.split("\n")):
        plain = plain_spaces(line)
        timing = _TIMING.fullmatch(plain)
        if timing is not None:
            parts = timing.groups()
            rows.append(_Row(at, _time(*parts[:4]), _time(*parts[4:8])))
            if after := _PLACING.sub("", (timing["after"] or "").strip()).strip():
                rows[-1].words.append(after)
        elif ALMOST_TIMING.match(plain) or _ARROW_AND_TIME.search(plain):
            found.not_times.append((at + 1, plain.strip()))
        else:
            (rows[-1].words if rows else above).append(line)
    _drop_numbers(above, rows)
    words = [(n, line.strip()) for n, line in enumerate(above, start=1) if line.strip()]
    if (
        not found.not_times
    ):  # words below times that cannot be read are not lost: those are reported
        found.lost = [(n, line) for n, line in words if not _NUMBER.fullmatch(line)][:1]
    for row in rows:
        payload = clean("\n".join(row.words))
        if words_of(payload):
            found.cues.append(Cue(row.begins_s, row.ends_s, payload, "", row.at + 1))
        else:
            found.empty.append(row.at + 1)
    found.cues.sort(key=lambda cue: cue.begins_s)
    return found


def _only_line_ends(comment: re.Match[str]) -> str:
    """A comment without its words; one that holds times is not a comment but a slip."""
    if _ARROW_AND_TIME.search(comment[0]):
        return comment[0]
    return "\n" * comment[0].count("\n")


def _drop_numbers(above: list[str], rows: list[_Row]) -> None:
    """Take the numbers of the cues away, if the file numbers its cues; other figures are words.

    Whether it does is seen at the first pair of times, above which no words can be: what
    is there is a number or nothing. The other numbers are as far above their times as
    the first one does. Where the first has got lost, the others are known by counting, and so
    are numbers that are written with more than figures, and one that is left below the last words.
    """
    if not rows:
        return
    places = [above, *(row.words for row in rows[:-1])]
    first = _number_at_end(above)
    if first is None:
        _drop_counted(places)
        return
    numbered = [(above, first)]
    for number, place in enumerate(places[1:], start=first.number + 1):
        found = _number_at_end(place)
        if found is None or found.lines_below != first.lines_below:
            continue
        apart = found.at == 0 or not place[found.at - 1].strip()
        both_plain = found.form == first.form == "plain"
        if both_plain or (found.number == number and (apart or found.form != "named")):
            numbered.append((place, found))
    if first.form == "named" and len(numbered) == 1:
        return  # words above the first times, which is reported
    for place, found in numbered:
        del place[found.at :]
    last = _number_at_end(rows[-1].words)
    if (
        last is not None
        and last.form != "named"
        # One more than the last, also where the count began again or left some out.
        and last.number in (first.number + len(rows), numbered[-1][1].number + 1)
        and any(line.strip() for line in rows[-1].words[: last.at])
        and not rows[-1].words[last.at - 1].strip()
    ):
        del rows[-1].words[last.at :]


def _drop_counted(places: list[list[str]]) -> None:
    """Take numbers away that count on from 2, each below an empty line below words."""
    later = [_number_at_end(place) for place in places[1:]]
    counted = len(later) > 1 and all(
        found is not None
        and found.lines_below == 0
        and found.number == row
        and found.form != "named"
        and any(line.strip() for line in place[: found.at])
        and not place[found.at - 1].strip()
        for row, (found, place) in enumerate(zip(later, places[1:], strict=True), start=2)
    )
    if counted:
        for found, place in zip(later, places[1:], strict=True):
            if found is not None:
                del place[found.at :]


class _Number(NamedTuple):
    """A number on the last line that is not empty: its line's index, and how it is written."""

    at: int
    lines_below: int
    number: int
    form: Literal["plain", "marked", "named"]


def _number_at_end(lines: list[str]) -> _Number | None:
    at = len(lines) - 1
    while at >= 0 and not plain_spaces(lines[at]).strip():
        at -= 1
    line = plain_spaces(lines[at]).strip() if at >= 0 else ""
    written = _WRITTEN_NUMBER.fullmatch(line)
    if written is None:
        return None
    form: Literal["plain", "marked", "named"] = "named" if written["name"] else "marked"
    if _NUMBER.fullmatch(line):
        form = "plain"
    return _Number(at, len(lines) - 1 - at, int(written["number"]), form)


def _time(hours: str | None, minutes: str, whole: str, fraction: str | None) -> float:
    return seconds(hours, minutes, whole, (fraction or "").ljust(3, "0"))
