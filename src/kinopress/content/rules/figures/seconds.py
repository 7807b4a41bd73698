"""Do the seconds that a figure counts or names agree with the dosage of its exercise?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kinopress.codes import Code
from kinopress.content.model.dosage import Amount, Dosage
from kinopress.content.model.pages import Exercise
from kinopress.content.source.unread_files import POSE_ENDING
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

if TYPE_CHECKING:  # loaded only where an exercise has a pose file
    from kinopress.figures.pose import Motion

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("twelve", "fifteen", "twenty", "thirty", "forty", "forty-five", "sixty", "ninety"),
)
_NUMBERS = (*range(1, 11), 12, 15, 20, 30, 40, 45, 60, 90)
_SPOKEN = dict(zip(_WORDS, _NUMBERS, strict=True))
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_SECONDS = lazily(
    rf"\b({_NUMBER})(?:(?: to | or | ?[-–] ?)({_NUMBER}))?[- ]?(?:s|secs?|seconds?)\b",
    re.IGNORECASE,
)


def pose_seconds_problems(
    exercises: Mapping[str, Exercise], motions: Mapping[str, Motion]
) -> Iterator[Problem]:
    """Seconds in pose files that neither the dosage nor the steps of the exercise have.

    Args:
        exercises: All exercises by name, drafts too.
        motions: What their pose files say.
    """
    for slug, motion in motions.items():
        page = exercises.get(slug)
        if page is None:
            continue
        dosed = _of_dosage(page.dosage)
        if not dosed:
            continue
        known = [*dosed, *(amount for step in page.steps for amount in _in_words(step.text))]
        for step in motion.film:
            found = [("film.say", step.say, amount) for amount in _in_words(step.say)]
            if step.count_s is not None:
                count = Amount(step.count_s, step.count_s)
                found.insert(0, ("film.count", str(count), count))
            for field, written, amount in found:
                if any(k.low <= amount.low and amount.high <= k.high for k in known):
                    continue
                said = " and ".join(f"{k} s" for k in dict.fromkeys(dosed))
                yield Problem(
                    f"exercises/{slug}{POSE_ENDING}",
                    f"{quoted(written)} does not agree with the exercise: its dosage has {said}",
                    f"write seconds that it has, or change the dosage in {page.path}",
                    Code.POSE_SECONDS,
                    line=step.line,
                    field=field,
                    severity="warning",
                )


def _of_dosage(dosage: Dosage) -> list[Amount]:
    """The seconds of an exercise in which somebody does something: not its rests."""
    times = (dosage.hold, dosage.stretch, dosage.relax)
    beats = [float(beat) for beat in re.findall(r"\d+", dosage.tempo or "")]
    return [*(t for t in times if t is not None), *(Amount(beat, beat) for beat in beats)]


def _in_words(text: str) -> Iterator[Amount]:
    for found in _SECONDS.finditer(text):
        low, high = (_number(word) for word in (found[1], found[2] or found[1]))
        yield Amount(min(low, high), max(low, high))


def _number(word: str) -> float:
    return float(word) if word.isdigit() else float(_SPOKEN[word.lower()])
