"""Captions beside a film: what is read of them, and what is wrong with them in a coach's words.

The times are compared with each other, not with the film, which this room does not open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.captions.formats import format_of
from kinopress.content.captions.subrip import read_subrip
from kinopress.content.captions.webvtt import Cue
from kinopress.content.captions.webvtt_reader import begins_as_webvtt, read_webvtt
from kinopress.content.model.characters import plain_figures
from kinopress.content.model.films import Film
from kinopress.content.source.document import read_text
from kinopress.patterns import lazily
from kinopress.problems import Problem, Severity, quoted

_SRT_TIMING = lazily(r"\s*[0-9:]+,[0-9]+[ \t]*-->[ \t]*[0-9:]+,[0-9]+")

_DEGREES = r"[-+−]?[0-9]{1,3}[.,][0-9]{4,}"
_TWO_PLACES = r"[-+−]?[0-9]{1,3}[.,][0-9]{2,}"
_THREE_PLACES = r"[-+−]?[0-9]{1,3}[.,][0-9]{3,}"
_MINUTES = r"[0-9]{1,3}\s?[°\s]\s?[0-9]{1,2}[.,][0-9]+\s?['′’]?"
_IS = r"[\s:=(\[]{0,4}"
_PLACE = lazily(
    rf"\b(?:latitude|longitude|longtitude)\b{_IS}[-+−]?[0-9]+[.,°][0-9]"
    rf"|\b(?:lat|lon|long|lng)\b\s*[:=]\s*(?:{_DEGREES}|[0-9]{{1,3}}\s?°\s?[0-9])"
    rf"|\blat\b\.?{_IS}[-+−]?[0-9]+[.,][0-9]+[\W_]{{0,6}}\b(?:lon|long|lng)\b\.?{_IS}[-+−]?[0-9]"
    rf"|\b(?:GPS|HOME)\b\s*[(\[:=]+\s*"
    rf"(?:[NSEW]\s?[0-9]+[.,°][0-9]|{_THREE_PLACES}\s?°?\s?[NSEW]?\s*[,;/\s]\s*[NSEW]?\s?{_THREE_PLACES})"
    r"|\b(?:SrtCnt|FrameCnt|DiffTime|BAROMETER|rel_alt|abs_alt)\b\s*[:=]\s*[-+]?[0-9]"
    rf"|(?<![0-9.,]){_DEGREES}(?:\s*[,;/]\s*|\s+|(?=[-+−])){_DEGREES}(?![0-9.])"
    r"|[0-9]{1,3}\s?°\s?[0-9]{1,2}(?:[.,][0-9]+)?\s?['′’]\s?(?:[0-9.]+\s?(?:[\"″”]|'')\s?)?[NSEW]\b"
    rf"|\b[NS]\s?(?:{_MINUTES}|{_TWO_PLACES}°?)\s*[,;/]?\s*[EW]\s?[0-9]{{1,3}}[\s°.,]"
    rf"|(?<![0-9])(?:{_MINUTES}|{_TWO_PLACES})\s?°?\s?[NS]\b\s*[,;/]?\s*[0-9]{{1,3}}[\s°.,][0-9. °'′’]*[EW]\b"
    r"|\b[0-9]{4}\.[0-9]+,?\s?[NS],?\s?[0-9]{5}\.[0-9]+,?\s?[EW]\b|\$G[A-Z](?:GGA|GLL|RMC),",
    re.IGNORECASE,
)
"""What drones, cameras and watches write instead of words: where they were, and how high.

Always figures as precise as a place needs, in pairs or beside their name, since words about running
hold a GPS, a home and figures as well.
"""


def read_captions(path: str, text: str) -> tuple[tuple[Cue, ...], list[Problem]]:
    """Captions as cues, in the order of time, and every problem.

    The check and the films' pages both come here, so that what is called good is what is shown.
    A cue that cannot be used is a problem and left out.

    Args:
        path: What the coach calls the file. Its ending tells WebVTT from SubRip, unless the text
            begins as only WebVTT does.
        text: The file's text with one kind of line end.
    """
    is_subrip = path.casefold().endswith(".srt")
    text = _figures_of_times(text)
    if is_subrip and not begins_as_webvtt(text):
        cues, problems = _from_subrip(path, text)
    else:
        cues, problems = _from_webvtt(path, text)
        if is_subrip:
            problems.append(_ending(path))
    if not cues and (foreign := _foreign(path, text, problems)) is not None:
        return (), [foreign]
    problems += _places(path, cues)
    good: list[Cue] = []
    for cue in cues:
        if cue.ends_s > cue.begins_s:
            good.append(cue)
            continue
        message, hint = "these words end before they begin", "give the second time a later value"
        if cue.ends_s == cue.begins_s:
            message = "these words end at the moment they begin, so nobody sees them"
        problems.append(Problem(path, message, hint, Code.CAPTIONS_ORDER, line=cue.line))
    if not cues and not problems:
        message = "there are no words in these captions"
        hint = "write times and words, or remove the file"
        problems.append(
            Problem(path, message, hint, Code.CAPTIONS_EMPTY, line=1, severity="warning")
        )
    return tuple(good), problems


def _figures_of_times(text: str) -> str:
    """A text whose lines with two times have them in plain figures, and so do the numbers right above these."""
    if text.isascii():
        return text
    lines = text.split("\n")
    plain = [plain_figures(line) for line in lines]
    below = [*plain[1:], ""]
    return "\n".join(
        other if "-->" in other or ("-->" in next_one and other.strip().isdecimal()) else line
        for line, other, next_one in zip(lines, plain, below, strict=True)
    )


def _ending(path: str) -> Problem:
    message = "these captions have a SubRip name but are WebVTT, and are read as WebVTT"
    hint = f"rename the file to {Path(path).stem}.vtt"
    return Problem(path, message, hint, Code.CAPTIONS_NAME, line=1, severity="warning")


def _foreign(path: str, text: str, problems: list[Problem]) -> Problem | None:
    """The one problem of captions of another format: what the readers say of its lines would mislead."""
    if any(p.code in _OF_A_KNOWN_FORMAT for p in problems) or _ARROW_AT_A_TIME.search(text):
        return None
    name = format_of(text) if not begins_as_webvtt(text) else None
    if name is None:
        return None
    message = f"these are not captions in SubRip or WebVTT, but {name}"
    hint = "export them from your program as SubRip (.srt) or WebVTT (.vtt)"
    return Problem(path, message, hint, Code.CAPTIONS_FORMAT, line=1)


_ARROW_AT_A_TIME = lazily(r"[0-9][ \t]*-->")
_OF_A_KNOWN_FORMAT = (
    Code.CAPTIONS_TIME,
    Code.CAPTIONS_EMPTY,
    Code.CAPTIONS_LEFT_OUT,
    Code.CAPTIONS_ORDER,
)
"""Problems of lines that show which format was meant."""


def check_vtt(text: str, path: str) -> list[Problem]:
    """Problems of one WebVTT text."""
    return read_captions(path, text)[1]


def check_captions(
    project: Path,
    films: Mapping[str, Film],
    judged: Callable[[str, Sequence[Cue]], Iterable[Problem]] = lambda _path, _cues: (),
) -> list[Problem]:
    """Problems of all captions of a project.

    Args:
        project: The folder with ``mkdocs.yml``.
        films: Films with the paths of their captions.
        judged: What else is wrong with the words that a file's captions say.
    """
    problems: list[Problem] = []
    for film in films.values():
        for path in (*film.captions.values(), *film.subrip.values()):
            text, found = read_text(project / path, path)
            problems += found
            if text is not None:
                cues, found = read_captions(path, text)
                problems += found
                problems += judged(path, cues)
    return problems


def _from_webvtt(path: str, text: str) -> tuple[list[Cue], list[Problem]]:
    found = read_webvtt(text)
    commas = [number for number, line in found.not_times if _SRT_TIMING.match(line)]
    if commas and not found.header:
        return [], [_header(path, "this is SubRip under a WebVTT name")]
    problems: list[Problem] = []
    if not found.header:
        problems.append(_header(path, "the file does not begin with WEBVTT"))
    if commas:
        message = f"there is a comma in these times{_more(commas, 'in ')}"
        hint = "write a dot instead, like 00:04.000 --> 00:07.500"
        problems.append(Problem(path, message, hint, Code.CAPTIONS_TIME, line=commas[0]))
    for number, line in found.not_times:
        if number not in commas:
            problems.append(_not_times(path, number, line, "00:04.000 --> 00:07.500"))
    problems += _empty(path, found.empty, found.not_times)
    problems += _lost(path, found.lost if found.header else (), "empty line above")
    if found.comments:
        message = "these times and words are in a NOTE and are omitted"
        hint = "to show them, put an empty line below NOTE; to omit them, delete them"
        problems.append(_left_out(path, found.comments[0], message, hint))
    if found.looks:
        message = "all captions on the site look the same, so STYLE and REGION are ignored"
        hint = "remove them"
        problems.append(_left_out(path, found.looks[0], message, hint))
    if found.settings:
        number, setting = found.settings[0]
        message = f"{quoted(setting)} after the times means nothing and is ignored"
        hint = "write words on the next line, and a setting like line:0"
        problems.append(_left_out(path, number, message, hint))
    return found.cues, problems


def _from_subrip(path: str, text: str) -> tuple[list[Cue], list[Problem]]:
    found = read_subrip(text)
    problems = [
        _not_times(path, number, line, "00:00:04,000 --> 00:00:07,500")
        for number, line in found.not_times
    ]
    problems += _empty(path, found.empty, found.not_times)
    if found.cues:
        problems += _lost(path, found.lost, None)
    return found.cues, problems


def _places(path: str, cues: Iterable[Cue]) -> Iterator[Problem]:
    for cue in cues:
        if not _may_be_place(cue.words):
            continue  # nearly all, and much sooner told
        if place := _PLACE.search(cue.words):
            yield Problem(
                path,
                f"these are a camera's own notes, which say where the film was made ({quoted(place[0])})",
                "remove the file, or write captions of what is said",
                Code.CAPTIONS_PLACE,
                line=cue.line,
            )
            return


def _may_be_place(words: str) -> bool:
    """Whether words hold what each of those notes has: a decimal, a degree, or a name that only they have."""
    if "°" in words or "$G" in words or _DECIMAL.search(words):
        return True
    folded = words.lower()
    return any(name in folded for name in ("cnt", "difftime", "barometer", "_alt"))


_DECIMAL = lazily(r"[0-9][.,][0-9]")


def _header(path: str, message: str) -> Problem:
    hint = "write WEBVTT on the first line and leave the next one empty"
    if "SRT" in message:
        hint = f"{hint}; write the times with a dot, like 00:04.000 --> 00:07.500"
    return Problem(path, message, hint, Code.CAPTIONS_HEADER, line=1)


def _not_times(path: str, number: int, line: str, like: str) -> Problem:
    before, arrow, after = (part.strip() for part in line.partition("-->"))
    figures = before[:1].isdigit() and after[:1].isdigit()
    if arrow and not figures and any(letter.isalpha() for letter in before):
        message = f"--> in {quoted(line)} is taken for the arrow between two times"
        return Problem(path, message, "in words, write → instead", Code.CAPTIONS_TIME, line=number)
    message = f"{quoted(line)} is not a pair of times"
    return Problem(path, message, f"write it like {like}", Code.CAPTIONS_TIME, line=number)


def _empty(path: str, lines: list[int], not_times: list[tuple[int, str]]) -> Iterator[Problem]:
    """Times without words, unless the words below them were taken for times, which is reported."""
    taken = {number - 1 for number, _ in not_times}
    lines = [number for number in lines if number not in taken]
    if lines:
        message = f"there are no words below these times{_more(lines)}"
        hint = "write the words on the next line"
        yield Problem(path, message, hint, Code.CAPTIONS_EMPTY, line=lines[0], severity="warning")


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
    return Problem(path, message, hint, Code.CAPTIONS_LEFT_OUT, line=number, severity=severity)


def _more(lines: list[int], where: str = "") -> str:
    return f" and {where}{len(lines) - 1} more below" if len(lines) > 1 else ""
