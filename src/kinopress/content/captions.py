"""Captions beside a film: what is read of them, and what is wrong with them in a coach's words.

The times are compared with each other, not with the film, which this room does not open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kinopress.content.document import read_text
from kinopress.content.film_names import Film
from kinopress.content.subrip import read_subrip
from kinopress.content.webvtt import Cue
from kinopress.content.webvtt_reader import read_webvtt
from kinopress.problems import Problem, Severity, quoted

_SRT_TIMING = re.compile(r"\s*[0-9:]+,[0-9]+[ \t]*-->[ \t]*[0-9:]+,[0-9]+")

_DEGREES = r"[-+]?[0-9]{1,3}\.[0-9]{4,}"
_PLACE = re.compile(
    r"\b(?:lat|latitude|lon|long|lng|longitude|longtitude)\b\W{0,6}[0-9]+[.,°][0-9]"
    r"|\b(?:GPS|HOME)\b\s*[(\[:=]+\W*[NSEW]?\W*[0-9]"
    r"|\b(?:SrtCnt|FrameCnt|DiffTime|BAROMETER|rel_alt|abs_alt)\b"
    rf"|(?<![0-9.]){_DEGREES}(?:\s*[,;/]\s*|\s+|(?=[-+])){_DEGREES}(?![0-9.])"
    r"|[0-9]{1,3}\s?°\s?[0-9]{1,2}\s?['′’]\s?(?:[0-9.]+\s?(?:[\"″”]|'')\s?)?[NSEW]\b",
    re.IGNORECASE,
)
"""What drones and action cameras write instead of words: where they were, and how high."""


def read_captions(path: str, text: str) -> tuple[tuple[Cue, ...], list[Problem]]:
    """Captions as cues, in the order of time, and every problem.

    The check and the films' pages both come here, so that what is called good is what is shown.
    A cue that cannot be used is a problem and left out.

    Args:
        path: What the coach calls the file; its ending tells WebVTT from SubRip.
        text: The file's text with one kind of line end.
    """
    is_subrip = path.casefold().endswith(".srt")
    cues, problems = _from_subrip(path, text) if is_subrip else _from_webvtt(path, text)
    problems += _places(path, cues)
    good: list[Cue] = []
    for cue in cues:
        if cue.ends_s > cue.begins_s:
            good.append(cue)
            continue
        message, hint = "these words end before they begin", "give the second time a later value"
        problems.append(Problem(path, cue.line, None, message, hint, "captions-order"))
    if not cues and not problems:
        message = "there are no words in these captions"
        hint = "write times and words, or remove the file"
        problems.append(Problem(path, 1, None, message, hint, "captions-empty", "warning"))
    return tuple(good), problems


def check_vtt(text: str, path: str) -> list[Problem]:
    """Problems of one WebVTT text."""
    return read_captions(path, text)[1]


def check_captions(project: Path, films: Mapping[str, Film]) -> list[Problem]:
    """Problems of all captions of a project."""
    problems: list[Problem] = []
    for film in films.values():
        for path in (*film.captions.values(), *film.subrip.values()):
            text, found = read_text(project / path, path)
            problems += found
            if text is not None:
                problems += read_captions(path, text)[1]
    return problems


def _from_webvtt(path: str, text: str) -> tuple[list[Cue], list[Problem]]:
    found = read_webvtt(text)
    commas = [number for number, line in found.not_times if _SRT_TIMING.match(line)]
    if commas and not found.header:
        return [], [_header(path, "this is SRT under the name of WebVTT")]
    problems: list[Problem] = []
    if not found.header:
        problems.append(_header(path, "the file does not begin with WEBVTT"))
    if commas:
        message = f"a comma stands in these times{_more(commas, 'in ')}"
        hint = "write a dot instead, like 00:04.000 --> 00:07.500"
        problems.append(Problem(path, commas[0], None, message, hint, "captions-time"))
    for number, line in found.not_times:
        if number not in commas:
            problems.append(_not_times(path, number, line, "00:04.000 --> 00:07.500"))
    problems += _empty(path, found.empty)
    problems += _lost(path, found.lost if found.header else (), "empty line above")
    if found.remarks:
        message = "these times and words are in a NOTE and are omitted"
        hint = "to show them, put an empty line below NOTE; to omit them, delete them"
        problems.append(_left_out(path, found.remarks[0], message, hint))
    if found.looks:
        message = "the site gives all captions one look, so STYLE and REGION are omitted"
        hint = "remove them"
        problems.append(_left_out(path, found.looks[0], message, hint))
    if found.settings:
        number, setting = found.settings[0]
        message = f"{quoted(setting)} after the times means nothing and is omitted"
        hint = "remove it, or write it like line:0"
        problems.append(_left_out(path, number, message, hint))
    return found.cues, problems


def _from_subrip(path: str, text: str) -> tuple[list[Cue], list[Problem]]:
    found = read_subrip(text)
    problems = [
        _not_times(path, number, line, "00:00:04,000 --> 00:00:07,500")
        for number, line in found.not_times
    ]
    problems += _empty(path, found.empty)
    if found.cues:
        problems += _lost(path, found.lost, None)
    return found.cues, problems


def _places(path: str, cues: Iterable[Cue]) -> Iterator[Problem]:
    for cue in cues:
        if place := _PLACE.search(cue.words):
            yield Problem(
                path,
                cue.line,
                None,
                f"these are a camera's own notes, which tell where the film was made ({quoted(place[0])})",
                "remove the file, or write captions of what is said",
                "captions-place",
            )
            return


def _header(path: str, message: str) -> Problem:
    hint = "write WEBVTT on the first line and leave the next one empty"
    if "SRT" in message:
        hint = f"{hint}; write the times with a dot, like 00:04.000 --> 00:07.500"
    return Problem(path, 1, None, message, hint, "captions-header")


def _not_times(path: str, number: int, line: str, like: str) -> Problem:
    message = f"{quoted(line)} is not a pair of times"
    return Problem(path, number, None, message, f"write it like {like}", "captions-time")


def _empty(path: str, lines: list[int]) -> Iterator[Problem]:
    if lines:
        message = f"no words stand below these times{_more(lines)}"
        hint = "write the words on the next line"
        yield Problem(path, lines[0], None, message, hint, "captions-empty", "warning")


def _lost(path: str, lost: Iterable[tuple[int, str]], above: str | None) -> Iterator[Problem]:
    lines = list(lost)
    if not lines:
        return
    number, words = lines[0]
    message = f"browsers do not show {quoted(words)}"
    if len(lines) > 1:
        message += f", and more in {len(lines) - 1} other places"
    hint = f"remove the {above} it, or write times above it" if above else "write times above it"
    yield _left_out(path, number, message, hint)


def _left_out(path: str, number: int, message: str, hint: str) -> Problem:
    severity: Severity = "warning"
    return Problem(path, number, None, message, hint, "captions-left-out", severity)


def _more(lines: list[int], where: str = "") -> str:
    return f" and {where}{len(lines) - 1} more below" if len(lines) > 1 else ""
