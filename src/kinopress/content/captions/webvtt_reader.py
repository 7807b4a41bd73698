"""The one reader of WebVTT: what a browser shows of a text, and what it leaves out (pure).

It follows the parser of the WebVTT specification (https://www.w3.org/TR/webvtt1/#webvtt-parser-algorithm)
block by block. What it reads is what the check judges, what the transcript says, what a trim moves
and what is published: there is no second opinion. Three slips that browsers punish are forgiven,
because the captions are written again before anybody sees them: characters nobody sees in a line of times,
spaces on an empty line, and a comment that holds times.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kinopress.content.captions.cue_text import clean, seconds, words_of
from kinopress.content.captions.webvtt import Cue
from kinopress.content.model.characters import plain_spaces
from kinopress.patterns import lazily

_TIME = r"(?:([0-9]{1,6}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING = lazily(rf"[ \t\f]*{_TIME}[ \t\f]*-->[ \t\f]*{_TIME}(?![0-9])(.*)")
_HEADER = lazily(r"\ufeff*WEBVTT(?:[ \t\n]|$)")
_HEADER_FIELD = lazily(r"[\w-]+[ \t]*[:=]")
_NOTE = lazily(r"NOTE(?:[ \t]|$)")
_LOOKS = lazily(r"(?:STYLE|REGION)[ \t]*")
_NUMBER_OF_A_CUE = lazily(r"#?([0-9]{1,9})[.):]?")
_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?)"
_PERCENT = r"(?:(?:100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]+)?)%)"
_SETTING = lazily(
    r"vertical:(?:rl|lr)|align:(?:start|center|end|left|right)"
    rf"|line:(?:-?{_NUMBER}|{_PERCENT})(?:,(?:start|center|end))?"
    rf"|position:{_PERCENT}(?:,(?:line-left|center|line-right))?"
    rf"|size:{_PERCENT}"
)
_ALMOST_TIME = r"[0-9]{1,3}(?:\s*:\s*[0-9]{1,2}){1,2}(?:\s*[.,]\s*[0-9]{1,4})?"
_EXACT_TIME = r"[0-9]{1,3}(?::[0-9]{2}){1,2}[.,][0-9]{3}"
ALMOST_TIMING = lazily(
    rf"\s*{_ALMOST_TIME}\s*"
    r"(?:[-–—−―‒_=~]{0,4}\s?(?:>|&gt;|›|»|[\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff])+)"
    rf"\s*{_ALMOST_TIME}"
    rf"|\s*{_ALMOST_TIME}\s*[.,]\s*[0-9]{{1,4}}\s*[-–—−―‒]+\s*{_ALMOST_TIME}\s*[.,]\s*[0-9]{{1,4}}\s*$"
    r"|\s*[0-9:.,]*[0-9][0-9:.,]*\s*[-–—−―‒]{1,3}>"
    rf"|\s*{_EXACT_TIME}(?:\s*[^\W\d_]{{1,5}}\s*|\s+){_EXACT_TIME}\s*$"
)
"""Two times with what editors and phones make of an arrow between them (``—>``, ``→``, ``->``, ``to``)."""


@dataclass(slots=True)
class Captions:
    """What is in a text of captions.

    Attributes:
        cues: What is shown, in the order of time.
        header: Whether the first line is the one browsers ask for.
        not_times: Line and text of each line that was meant as a pair of times and is not one.
        empty: Lines of the times below which nothing is.
        lost: Line and text of words that no browser shows, because they have no times.
        comments: Lines of comments with times, which browsers would show.
        looks: Lines where colours or regions are laid down, which are omitted.
        settings: Line and text of settings behind the times that mean nothing.
    """

    cues: list[Cue] = field(default_factory=list)
    header: bool = True
    not_times: list[tuple[int, str]] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    looks: list[int] = field(default_factory=list)
    settings: list[tuple[int, str]] = field(default_factory=list)


def read_webvtt(text: str) -> Captions:
    """Read captions. Nothing raises; what is wrong is noted with its line.

    Args:
        text: The file's text, with one kind of line end.
    """
    return _Reader(text).read()


def begins_as_webvtt(text: str) -> bool:
    """Whether a text begins as every WebVTT file does and no other one."""
    return _HEADER.match(text) is not None


def is_arrow(line: str) -> bool:
    """Whether a line holds the arrow between two times."""
    return "-->" in line


@dataclass(slots=True)
class _Block:
    """Lines up to an empty one, or up to the next arrow."""

    line: int
    above: list[str] = field(default_factory=list)
    cue: Cue | None = None
    failed: bool = False
    below: list[str] = field(default_factory=list)
    before_arrow: bool = False


class _Reader:
    def __init__(self, text: str) -> None:
        self.found = Captions(header=begins_as_webvtt(text))
        self.lines = [_plain_timing(line) for line in text.split("\n")]
        self.at = 0
        self.next_number: int | None = None
        """The number the next cue must have, in a file that numbers them."""

    def read(self) -> Captions:
        if self.found.header:
            self.at = 1
            if self.at < len(self.lines) and self.lines[self.at]:
                self.header()
        while self.at < len(self.lines):
            if self.lines[self.at]:
                self.keep(self.block())
            else:
                self.at += 1
        self.found.cues.sort(key=lambda cue: cue.begins_s)
        return self.found

    def header(self) -> None:
        """Lines right below WEBVTT up to an empty one or an arrow: fields of other programs."""
        while self.at < len(self.lines) and (line := self.lines[self.at]) and not is_arrow(line):
            after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
            if ALMOST_TIMING.match(line):
                return  # a cue was meant
            if not _HEADER_FIELD.match(line) and line.strip() and not is_arrow(after):
                self.found.lost.append((self.at + 1, line.strip()))
            if is_arrow(after):
                self.count(line)
            self.at += 1

    def block(self) -> _Block:
        block = _Block(self.at + 1)
        count, seen_arrow = 0, False
        while self.at < len(self.lines):
            line = self.lines[self.at]
            count += 1
            if is_arrow(line):
                if count > 2 or seen_arrow:
                    block.before_arrow = True
                    break
                seen_arrow = True
                block.cue = self.timing(line)
                block.failed = block.cue is None
            elif not line:
                self.at += 1
                break
            elif block.cue is not None:
                block.below.append(line)
            else:
                block.above.append(line)
            self.at += 1
        return block

    def timing(self, line: str) -> Cue | None:
        match = _TIMING.match(line)
        if match is None:
            self.found.not_times.append((self.at + 1, line.strip()))
            return None
        parts = match.groups()
        settings = []
        for setting in (parts[8] or "").split():
            if _SETTING.fullmatch(setting):
                settings.append(setting)
            elif not setting.startswith("region:"):
                self.found.settings.append((self.at + 1, setting))
        return Cue(seconds(*parts[:4]), seconds(*parts[4:8]), "", " ".join(settings), self.at + 1)

    def keep(self, block: _Block) -> None:
        """Note what a block gives."""
        is_note = bool(block.above) and _NOTE.match(block.above[0]) is not None
        if block.cue is not None:
            if is_note:
                self.found.comments.append(block.line)
                return
            self.cue(block.cue, block)
        elif len(block.above) > 1 and _LOOKS.fullmatch(block.above[0]):
            self.found.looks.append(block.line)
        elif not is_note and not block.failed:
            self.without_times(block)

    def without_times(self, block: _Block) -> None:
        written = [(block.line + n, line.strip()) for n, line in enumerate(block.above)]
        written = [(number, line) for number, line in written if line]
        almost = [
            (number, line)
            for number, line in written
            if _may_be_timing(line) and ALMOST_TIMING.match(line)
        ]
        self.found.not_times += almost
        if written and not almost and not (len(written) == 1 and written[0][1].isdecimal()):
            self.found.lost.append(written[0])

    def cue(self, cue: Cue, block: _Block) -> None:
        """A cue and the words below its times; a line of spaces was meant as an empty one."""
        if block.above:
            self.count(block.above[-1])
        chunks: list[list[str]] = [[]]
        for line in block.below:
            if line.strip():
                chunks[-1].append(line)
            elif chunks[-1]:
                chunks.append([])
        if block.before_arrow and len(chunks) > 1 and len(chunks[-1]) == 1:
            self.count(chunks.pop()[0])  # the name of the next cue
        elif block.before_arrow and len(chunks[-1]) > 1 and self.is_next(chunks[-1][-1]):
            self.count(chunks[-1].pop())
        spoken = [
            line for chunk in chunks if not (chunk and _NOTE.match(chunk[0])) for line in chunk
        ]
        for n, line in enumerate(block.below, start=cue.line + 1):
            if _may_be_timing(line) and ALMOST_TIMING.match(line):
                self.found.not_times.append((n, line.strip()))
        payload = clean("\n".join(spoken))
        if not words_of(payload):
            self.found.empty.append(cue.line)
            return
        self.found.cues.append(Cue(cue.begins_s, cue.ends_s, payload, cue.settings, cue.line))

    def is_next(self, line: str) -> bool:
        """Whether a line right above times is the number that was to come, and no word."""
        number = _NUMBER_OF_A_CUE.fullmatch(line.strip())
        return number is not None and int(number[1]) == self.next_number

    def count(self, name: str) -> None:
        """Note the name of a cue, which in most files is its number."""
        number = _NUMBER_OF_A_CUE.fullmatch(name.strip())
        self.next_number = int(number[1]) + 1 if number else None


def _may_be_timing(line: str) -> bool:
    """Whether a line begins as times do: most are words, and much sooner told."""
    return line.lstrip()[:1] in _TIMES_BEGIN


_TIMES_BEGIN = frozenset("0123456789:.,")


def _plain_timing(line: str) -> str:
    """A line of times without characters nobody sees; any other line as it is."""
    if line.isascii():
        return line
    plain = plain_spaces(line)
    return plain if is_arrow(plain) else line
