"""WebVTT as data: what is said when, the same a little earlier, and chapters (pure).

Every time a coach writes or makes belongs to the camera film. A reader sees the trimmed
film, which begins at 0: here the times are moved, once. Captions come in through
:mod:`kinopress.content.captions.webvtt_reader` or :mod:`kinopress.content.captions.subrip`.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kinopress.content.captions.cue_text import clock, with_times, words_of
from kinopress.content.model.pages import Chapter
from kinopress.media.transcript import Paragraph
from kinopress.media.trim import Trim

# A pause in which a speaker takes breath and turns to the next thought.
_PAUSE_S = 2.0
# A longer paragraph is hard to find one's place in.
_PARAGRAPH_SIGNS = 400


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from one second to another.

    Attributes:
        begins_s: The second of the film at which the words appear.
        ends_s: The second at which they go.
        payload: The words with the marks WebVTT knows, as :func:`~kinopress.content.captions.cue_text.clean` gives them.
        settings: Where the words are placed, as WebVTT writes it; empty for the usual place.
        line: The line of the coach's file on which the times are; 0 for none.
    """

    begins_s: float
    ends_s: float
    payload: str
    settings: str = ""
    line: int = 0

    @property
    def words(self) -> str:
        """The words without marks, on one line."""
        return words_of(self.payload)


def write_webvtt(cues: Iterable[Cue]) -> str:
    """Cues as a WebVTT text: what is shown and when, and nothing else."""
    blocks = ["WEBVTT"]
    for cue in cues:
        settings = f" {cue.settings}" if cue.settings else ""
        times = f"{clock(cue.begins_s)} --> {clock(cue.ends_s)}{settings}"
        blocks.append(f"{times}\n{cue.payload}")
    return "\n\n".join(blocks) + "\n"


def moved(cues: Iterable[Cue], from_s: float, to_s: float | None) -> tuple[Cue, ...]:
    """Captions of a film as captions of its part from ``from_s`` to ``to_s``."""
    kept = []
    for cue in cues:
        if cue.ends_s <= from_s or (to_s is not None and cue.begins_s >= to_s):
            continue
        begins_s = max(0.0, cue.begins_s - from_s)
        ends_s = (cue.ends_s if to_s is None else min(cue.ends_s, to_s)) - from_s

        def inner(at_s: float, begins_s: float = begins_s, ends_s: float = ends_s) -> float | None:
            at_s -= from_s
            return at_s if begins_s < at_s < ends_s else None

        payload = with_times(cue.payload, inner)
        kept.append(replace(cue, begins_s=begins_s, ends_s=ends_s, payload=payload))
    return tuple(kept)


def shown_chapters(
    chapters: Sequence[Chapter], trim: Trim | None, length_s: float | None = None
) -> tuple[Chapter, ...]:
    """The chapters of the film a reader sees; what is outside it is left out.

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
