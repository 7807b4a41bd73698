"""The words of a cue: which of the marks inside them are published, and how they are written (pure).

WebVTT knows eight elements and times inside a cue (https://www.w3.org/TR/webvtt1/#cue-text-parsing).
A character ``<`` that begins none of them hides what follows it from readers, up to the next ``>``; here
it is written as ``&lt;``, so that what the coach wrote is what readers see. Of the elements only those
are published that change how words are read. Programs that transcribe write the names of speakers
into ``<v Name>``, and names of any sort into classes, where readers do not see them: those are
omitted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from kinopress.patterns import lazily

_ELEMENTS = "ruby|lang|rt|c|i|b|u|v"
_TIME = (
    r"(?:(?P<hours>[0-9]{1,6}):)?(?P<minutes>[0-5][0-9]):"
    r"(?P<seconds>[0-5][0-9])\.(?P<thousandths>[0-9]{3})"
)
_MARK = lazily(
    rf"<(?P<end>/?)(?P<name>{_ELEMENTS})(?:\.[^\s<>]*)*(?:[ \t\n][^<>]*)?>"
    rf"|<(?P<at>{_TIME})>"
    r"|</?(?:font|span|div|p)\b[^<>\n]*>"
    r"|<(?P<line_end>br)[ \t]*/?>",
    re.IGNORECASE,
)
_PLACING = lazily(r"\{\\[^{}\n]*\}")
"""Where and how words are shown, in the language of SubStation Alpha, from which other captions are often made."""
_BREAK = lazily(r"\\([Nh])")
"""Likewise a new line, and a space that does not break."""
_PUBLISHED = ("b", "i", "u", "ruby", "rt")
_SHOWN_AS_WORDS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})


def clean(payload: str) -> str:
    r"""The words below a pair of times as every browser shows them.

    Bold, italics, lines under words and ruby stay, without what else is in their marks; voices,
    classes, languages, ``<font>`` and the like are omitted, not the words in them; every other ``<`` is a character like others. Empty lines, which would end the cue, are
    left out; so are the marks of SubStation Alpha (``{\\an8}``). What is clean stays as it is.
    """
    pieces: list[str] = []
    at = 0
    for mark in _MARK.finditer(payload) if "<" in payload else ():
        pieces += [_written(payload[at : mark.start()]), _kept(mark)]
        at = mark.end()
    pieces.append(_written(payload[at:]))
    lines = _without_placing("".join(pieces)).split("\n")
    return "\n".join(line for line in map(_trimmed, lines) if line)


def words_of(payload: str) -> str:
    """What is read in a clean payload, on one line and without marks."""
    return " ".join(html.unescape(_MARK.sub("", payload) if "<" in payload else payload).split())


def with_times(payload: str, change: Callable[[float], float | None]) -> str:
    """A clean payload whose inner times are changed; those that become ``None`` are left out."""

    def changed(mark: re.Match[str]) -> str:
        if mark["at"] is None:
            return mark[0]
        at_s = change(_at(mark))
        return "" if at_s is None else f"<{clock(at_s)}>"

    return _MARK.sub(changed, payload)


def clock(seconds: float) -> str:
    """Seconds as WebVTT writes them: ``00:01:02.500``."""
    thousandths = round(1000 * seconds)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _written(words: str) -> str:
    return html.unescape(words).replace("\r", "\n").translate(_SHOWN_AS_WORDS)


def _without_placing(words: str) -> str:
    while "\\" in words:
        before = words
        words = _BREAK.sub(lambda m: "\n" if m[1] == "N" else " ", _PLACING.sub("", words))
        if words == before:
            break
    return words


def _trimmed(line: str) -> str:
    return line.strip(" \t\f\v")


def _kept(mark: re.Match[str]) -> str:
    if mark["at"] is not None:
        return f"<{clock(_at(mark))}>"
    if mark["line_end"] is not None:
        return "\n"
    if mark["name"] is None:
        return ""
    name = mark["name"].lower()
    return f"<{mark['end']}{name}>" if name in _PUBLISHED else ""


def seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    """Seconds from the parts of a time, as exact as the same number of thousandths read anywhere."""
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return (1000 * whole + int(thousandths)) / 1000


def _at(mark: re.Match[str]) -> float:
    return seconds(*mark.group("hours", "minutes", "seconds", "thousandths"))
