r"""SubRip captions (``.srt``) as WebVTT, which is what browsers show (pure).

SubRip has no standard. What editing programs, phones and transcription services write is
accepted: times with a comma or a dot, with or without numbers above them, empty lines inside
the words. Of its marks ``<i>``, ``<b>`` and ``<u>`` mean the same in WebVTT and are kept;
``<font>`` and ``{\an8}`` have no meaning there and are dropped; everything else is words
and is shown as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinopress.content.webvtt import clock
from kinopress.problems import Problem, quoted

_TIME = r"(\d{1,3}):([0-5]?\d):([0-5]?\d)(?:[,.](\d{1,3}))?"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_ALMOST_TIMING = re.compile(r"^\s*[\d:.,]*\d[\d:.,]*\s*-+>|-->\s*\d+:\d")
_KEPT = re.compile(r"&lt;(/?)([ibu])&gt;", re.IGNORECASE)
_DROPPED = re.compile(r"</?font\b[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)")


@dataclass(slots=True)
class _Cue:
    line: int
    begins_s: float
    ends_s: float
    words: list[str]


def to_webvtt(text: str, path: str) -> tuple[str, list[Problem]]:
    """Convert captions; a cue that cannot be used is a problem and left out.

    Args:
        text: The file's text with one kind of line end, without a byte-order mark.
        path: What the coach calls the file.
    """
    cues, problems = _read(text, path)
    blocks = ["WEBVTT"]
    for cue in cues:
        if cue.ends_s <= cue.begins_s:
            problems.append(
                Problem(
                    path,
                    cue.line,
                    None,
                    "these words end before they begin",
                    "give the second time a later value",
                    "captions-order",
                )
            )
            continue
        words = [written for line in cue.words if (written := _words(line))]
        if words:
            blocks.append("\n".join([f"{clock(cue.begins_s)} --> {clock(cue.ends_s)}", *words]))
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
    return "\n\n".join(blocks) + "\n", problems


def _read(text: str, path: str) -> tuple[list[_Cue], list[Problem]]:
    cues: list[_Cue] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        timing = _TIMING.match(line)
        if timing is not None:
            if cues:
                _drop_number(cues[-1].words)
            parts = timing.groups()
            cues.append(_Cue(number, _seconds(*parts[:4]), _seconds(*parts[4:]), []))
        elif _ALMOST_TIMING.search(line):
            problems.append(
                Problem(
                    path,
                    number,
                    None,
                    f"{quoted(line.strip())} is not a pair of times",
                    "write it like 00:00:04,000 --> 00:00:07,500",
                    "captions-time",
                )
            )
        elif cues:
            cues[-1].words.append(line)
    return cues, problems


def _drop_number(words: list[str]) -> None:
    """The number of the next cue stands above its times, after an empty line."""
    while words and not words[-1].strip():
        words.pop()
    if words and words[-1].strip().isdigit() and (len(words) == 1 or not words[-2].strip()):
        words.pop()


def _seconds(hours: str, minutes: str, seconds: str, fraction: str | None) -> float:
    part = int((fraction or "").ljust(3, "0")) / 1000
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + part


def _words(line: str) -> str:
    plain = _AMPERSAND.sub("&amp;", _DROPPED.sub("", line)).strip()
    escaped = plain.replace("<", "&lt;").replace(">", "&gt;")
    return _KEPT.sub(lambda mark: f"<{mark[1]}{mark[2].lower()}>", escaped)
