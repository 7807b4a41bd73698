"""The coach's words below a moving picture, and the ring that closes as the seconds go by."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from kinopress.figures.drawing.film import Film, Span
from kinopress.figures.drawing.smil import Timeline, number

LETTER = 18.5
"""A letter of a caption takes so many units at most on average, whichever font a computer has."""


def captions(film: Film, timeline: Timeline, width: float, height: float) -> tuple[str, int]:
    """The words of all steps, each while it is held, and how many lines the longest takes.

    Args:
        film: The film.
        timeline: Its times.
        width: Units of the picture.
        height: Units from its top at which they begin.
    """
    out, most = "", 0
    for span in film.spans:
        if not span.step.say:
            continue
        inset = 46 if span.step.count_s else 8
        lines = _broken_words(span.step.say, int((width - inset) / LETTER))
        most = max(most, len(lines))
        fade, first = timeline.fade(
            [(span.start + 0.2, max(span.end - 0.2, span.start + 0.3))], 0.2
        )
        words = "".join(
            f'<text x="{inset}" y="{height + 34 + 38 * i:.0f}">{escape(line)}</text>'
            for i, line in enumerate(lines)
        )
        ring = _ring(timeline, span, height + 24) if span.step.count_s else ""
        out += f'<g opacity="{first}">{fade}{ring}{words}</g>'
    return out, most


def _ring(timeline: Timeline, span: Span, y: float) -> str:
    """A ring that closes as the seconds go by."""
    start, end = (number(t / timeline.duration, 3) for t in (span.start, span.end))
    css = "x" if span.step.stretch else "w"
    circle = f'<circle cx="22" cy="{y:.0f}" r="14" class="r'
    run = timeline.smil("stroke-dashoffset", ["0", start, end, "1"], ["1", "1", "0", "0"])
    return (
        f'{circle}0"/>{circle}{css}" pathLength="1" stroke-dasharray="1" stroke-dashoffset="1"'
        f' transform="rotate(-90 22 {y:.0f})">{run}</circle>'
    )


def _broken_words(words: str, width: int) -> list[str]:
    """Words in lines of about equal length, none longer than so many letters."""
    if len(words) <= width:
        return [words]
    each = max(len(words) / math.ceil(len(words) / width) + 4, 8)
    lines = [""]
    for word in words.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= min(each, width) or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
