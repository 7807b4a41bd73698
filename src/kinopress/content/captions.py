"""Captions beside a film: are they WebVTT that every browser can show?

Checked here, in a coach's words; the times are compared with each other, not
with the film, which this room does not open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kinopress.content.document import read_text
from kinopress.content.scan import Film
from kinopress.problems import Problem

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?$")


def _seconds(hours: str | None, minutes: str, secs: str, millis: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + int(millis) / 1000


def check_vtt(text: str, path: str) -> list[Problem]:
    """Problems of one WebVTT text: its first line, its times, cues without words."""
    problems: list[Problem] = []
    lines = text.split("\n")
    if not re.match(r"^WEBVTT(?:[ \t].*)?$", lines[0]):
        problems.append(
            Problem(
                path,
                1,
                None,
                "the file does not begin with WEBVTT",
                "write WEBVTT on the first line and leave the next one empty",
                "captions-header",
            )
        )
    cues = 0
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        match = _TIMING.match(line.strip())
        if match is None:
            problems.append(
                Problem(
                    path,
                    number,
                    None,
                    f"“{line.strip()}” is not a pair of times",
                    "write it like 00:04.000 --> 00:07.500",
                    "captions-time",
                )
            )
            continue
        parts = match.groups()
        if _seconds(*parts[4:]) <= _seconds(*parts[:4]):
            problems.append(
                Problem(
                    path,
                    number,
                    None,
                    "these words end before they begin",
                    "give the second time a later value",
                    "captions-order",
                )
            )
        if number >= len(lines) or not lines[number].strip():
            problems.append(
                Problem(
                    path,
                    number,
                    None,
                    "no words stand below these times",
                    "write the words on the next line",
                    "captions-empty",
                    "warning",
                )
            )
        cues += 1
    if not cues and not problems:
        problems.append(
            Problem(
                path,
                1,
                None,
                "there are no words in these captions",
                "write times and words, or remove the file",
                "captions-empty",
                "warning",
            )
        )
    return problems


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
