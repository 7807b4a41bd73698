"""Captions beside a film: are they WebVTT that every browser can show?

Checked here, in a coach's words; the times are compared with each other, not
with the film, which this room does not open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kinopress.content.document import read_text
from kinopress.content.film_names import Film
from kinopress.problems import Problem, quoted

_TIME = r"(?:([0-9]{2,5}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?$")
_SRT_TIMING = re.compile(r"^[0-9:]+,[0-9]+[ \t]*-->[ \t]*[0-9:]+,[0-9]+")


def _seconds(hours: str | None, minutes: str, secs: str, millis: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + int(millis) / 1000


def check_vtt(text: str, path: str) -> list[Problem]:
    """Problems of one WebVTT text: its first line, its times, cues without words."""
    lines = [line.strip() for line in text.split("\n")]
    times = [(number, line) for number, line in enumerate(lines, start=1) if "-->" in line]
    srt = [number for number, line in times if _SRT_TIMING.match(line)]
    if srt and not _begins_well(text):
        return [_header(path, "this is SRT under the name of WebVTT")]
    problems: list[Problem] = []
    if not _begins_well(text):
        problems.append(_header(path, "the file does not begin with WEBVTT"))
    if srt:
        message = "a comma stands in these times"
        if len(srt) > 1:
            message += f" and in {len(srt) - 1} more below"
        hint = "write a dot instead, like 00:04.000 --> 00:07.500"
        problems.append(Problem(path, srt[0], None, message, hint, "captions-time"))
    for number, line in times:
        if number not in srt:
            problems += _cue(path, number, line, lines[number] if number < len(lines) else "")
    if not times and not problems:
        message = "there are no words in these captions"
        hint = "write times and words, or remove the file"
        problems.append(Problem(path, 1, None, message, hint, "captions-empty", "warning"))
    return problems


def _begins_well(text: str) -> bool:
    return re.match(r"WEBVTT(?:[ \t\n]|$)", text) is not None


def _header(path: str, message: str) -> Problem:
    hint = "write WEBVTT on the first line and leave the next one empty"
    if "SRT" in message:
        hint = f"{hint}; write the times with a dot, like 00:04.000 --> 00:07.500"
    return Problem(path, 1, None, message, hint, "captions-header")


def _cue(path: str, number: int, line: str, below: str) -> Iterator[Problem]:
    """Problems of one pair of times and of the line below it."""
    match = _TIMING.match(line)
    if match is None:
        hint = "write it like 00:04.000 --> 00:07.500"
        message = f"{quoted(line)} is not a pair of times"
        yield Problem(path, number, None, message, hint, "captions-time")
        return
    parts = match.groups()
    if _seconds(*parts[4:]) <= _seconds(*parts[:4]):
        message = "these words end before they begin"
        hint = "give the second time a later value"
        yield Problem(path, number, None, message, hint, "captions-order")
    if not below:
        message, hint = "no words stand below these times", "write the words on the next line"
        yield Problem(path, number, None, message, hint, "captions-empty", "warning")


def check_captions(project: Path, films: Mapping[str, Film]) -> list[Problem]:
    """Problems of all captions of a project."""
    problems: list[Problem] = []
    for film in films.values():
        for path in film.captions.values():
            text, found = read_text(project / path, path)
            problems += found
            if text is not None:
                problems += check_vtt(text, path)
    return problems
