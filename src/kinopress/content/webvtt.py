"""WebVTT as data: what is said when, the same a little earlier, and chapters (pure).

Every time a coach writes or makes belongs to the camera film. A reader sees the trimmed
film, which begins at 0: here the times are moved, once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kinopress.content.kinds import Chapter, Trim

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}([ \t].*)?$", re.MULTILINE)
_INSIDE = re.compile(rf"<{_TIME}>")
_TAG = re.compile(r"<[^<>]*>")

# A pause in which a speaker takes breath and turns to the next thought.
_PAUSE_S = 2.0
# A longer paragraph is hard to find one's place in.
_PARAGRAPH_SIGNS = 400


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from one second to another, without marks."""

    begins_s: float
    ends_s: float
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a transcript and the second at which it begins."""

    at_s: float
    words: str


def read_cues(text: str) -> tuple[Cue, ...]:
    """All cues of a WebVTT text, in its order."""
    cues = []
    for block in re.split(r"\n[ \t]*\n", text):
        timing = _TIMING.search(block)
        if timing is None:
            continue
        words = html.unescape(_TAG.sub("", block[timing.end() :]))
        parts = timing.groups()
        cues.append(Cue(_seconds(*parts[:4]), _seconds(*parts[4:8]), " ".join(words.split())))
    return tuple(cues)


def moved(text: str, from_s: float, to_s: float | None) -> str:
    """Captions of a film as captions of its part from ``from_s`` to ``to_s``."""
    kept = []
    for block in re.split(r"\n[ \t]*\n", text.strip("\n")):
        timing = _TIMING.search(block)
        if timing is None:
            kept.append(block)
            continue
        parts = timing.groups()
        begins_s, ends_s = _seconds(*parts[:4]), _seconds(*parts[4:8])
        if ends_s <= from_s or (to_s is not None and begins_s >= to_s):
            continue
        ends_s = ends_s if to_s is None else min(ends_s, to_s)
        times = f"{clock(max(0.0, begins_s - from_s))} --> {clock(ends_s - from_s)}"
        words = _INSIDE.sub(
            lambda at: f"<{clock(max(0.0, _seconds(*at.groups()) - from_s))}>",
            block[timing.end() :],
        )
        kept.append(f"{block[: timing.start()]}{times}{parts[8] or ''}{words}")
    return "\n\n".join(kept) + "\n"


def shown_chapters(
    chapters: Sequence[Chapter], trim: Trim | None, length_s: float | None = None
) -> tuple[Chapter, ...]:
    """The chapters of the film a reader sees; what lies outside it is left out.

    Args:
        chapters: In order, at seconds of the camera film.
        trim: The part that is shown.
        length_s: How long the shown film lasts, where that is known.
    """
    from_s = trim.from_s if trim else 0.0
    to_s = trim.to_s if trim else None
    end_s = length_s if to_s is None else to_s - from_s
    following = [*(c.at_s for c in chapters[1:]), None][: len(chapters)]
    return tuple(
        Chapter(max(0.0, chapter.at_s - from_s), chapter.title)
        for chapter, next_s in zip(chapters, following, strict=True)
        if (next_s is None or next_s > from_s) and (end_s is None or chapter.at_s - from_s < end_s)
    )


def write_chapters(chapters: Sequence[Chapter], length_s: float) -> str:
    """Chapters as a WebVTT text; each lasts until the next."""
    blocks = ["WEBVTT"]
    ends_s = [*(c.at_s for c in chapters[1:]), length_s]
    for chapter, end_s in zip(chapters, ends_s, strict=True):
        title = html.escape(chapter.title, quote=False)
        blocks.append(f"{clock(chapter.at_s)} --> {clock(end_s)}\n{title}")
    return "\n\n".join(blocks) + "\n"


def paragraphs(cues: Iterable[Cue]) -> tuple[Paragraph, ...]:
    """A transcript: cues joined to paragraphs at pauses and, when they grow long, at sentences."""
    found: list[Paragraph] = []
    last: Cue | None = None
    for cue in sorted(cues, key=lambda cue: cue.begins_s):
        if not cue.words or (last is not None and cue.words == last.words):
            continue
        goes_on = (
            last is not None
            and cue.begins_s - last.ends_s < _PAUSE_S
            and not (
                len(found[-1].words) > _PARAGRAPH_SIGNS and last.words.endswith((".", "!", "?"))
            )
        )
        if goes_on:
            found[-1] = Paragraph(found[-1].at_s, f"{found[-1].words} {cue.words}")
        else:
            found.append(Paragraph(cue.begins_s, cue.words))
        last = cue
    return tuple(found)


def clock(seconds: float) -> str:
    """Seconds as WebVTT writes them: ``00:01:02.500``."""
    thousandths = round(1000 * seconds)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _seconds(hours: str | None, minutes: str, secs: str, millis: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + int(millis) / 1000
