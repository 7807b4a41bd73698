"""The few words that data needs before a reader sees it: labels, amounts, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from kinopress.content.model.dosage import Amount, Dosage, PhaseKind
from kinopress.content.model.language.words import IN_ENGLISH, Words

FAMILY_LABELS = {
    "met": "Muscle energy (MET)",
    "stretch": "Stretch",
    "strength": "Strength",
    "mobility": "Mobility",
    "self-care": "Self-care",
    "movement": "Running and load",
}
"""In the order in which exercises are grouped."""

STRUCTURE_LABELS = {
    "muscle": "Muscle",
    "group": "Muscle group",
    "tendon": "Tendon",
    "fascia": "Fibrous band",
    "nerve": "Nerve",
    "joint": "Joint",
}
STEP_LABELS = {
    "prepare": "Set up",
    "step": "Do",
    "cue": "Notice",
    "breathe": "Breathe",
    "caution": "Careful",
}
PHASE_LABELS: Mapping[PhaseKind, str] = {
    "ready": "Get ready",
    "push": "Push",
    "hold": "Hold",
    "relax": "Let go",
    "stretch": "Ease in",
    "reps": "Move",
    "work": "Go",
    "side": "Change sides",
    "rest": "Rest",
}
PHASE_WORDS: Mapping[PhaseKind, str] = {
    "ready": "Get into position.",
    "push": "Push gently, and let nothing move.",
    "hold": "Hold the position.",
    "relax": "Breathe out and let it go soft.",
    "stretch": "Ease into the new range and stay there.",
    "reps": "Move slowly, there and back.",
    "work": "At your own pace.",
    "side": "Now the other side.",
    "rest": "Take a rest.",
}
"""What is said in a phase where neither a figure nor the steps have words for it."""
REST_AND_BACK = "Rest, then change back to the first side."
"""What is said in a rest after the second side, where the first is next."""
TURN_OVER = "Turn over onto your other side."
REST_AND_TURN = "Rest, then turn back onto the first side."
"""The same of what is done on one side of the body."""

THEORY = frozenset(
    {"why do it", "why it works", "background", "the theory", "what the studies say"}
)
"""Headings below which an exercise says why, and not what to do: readers on the mat find it folded."""


def time_words(amount: Amount, words: Words = IN_ENGLISH) -> str:
    """Seconds in words a reader uses: 30 seconds, 1 min 30 s, 5–10 seconds."""
    if amount.low == amount.high and amount.low >= 60:
        minutes, secs = divmod(round(amount.low), 60)
        if secs:
            return words.phrase("{minutes} min {seconds} s", minutes=minutes, seconds=secs)
        return words.counted(minutes, "{n} minute", "{n} minutes")
    if amount.low == amount.high == round(amount.low):
        return words.counted(round(amount.low), "{n} second", "{n} seconds")
    return words.phrase("{several} seconds", several=amount)


def _times(amount: Amount, one: str, many: str) -> str:
    return one if amount.low == amount.high == 1 else many


def days_words(amount: Amount, words: Words = IN_ENGLISH) -> str:
    """How often in a week."""
    if amount.low == 7:
        return words.phrase("every day")
    many = words.phrase("{several} days a week", several=amount)
    return _times(amount, words.phrase("1 day a week"), many)


def dosage_rows(d: Dosage, words: Words = IN_ENGLISH) -> list[tuple[str, str]]:
    """Label and value of everything a dosage says, in the order in which one needs it."""
    phrase = words.phrase
    hold = phrase("Push or hold") if d.stretch else phrase("Hold")
    rows: list[tuple[str, str | None]] = [
        (phrase("Sets"), str(d.sets) if d.sets else None),
        (phrase("Rounds") if d.stretch else phrase("Reps"), str(d.reps) if d.reps else None),
        (hold, time_words(d.hold, words) if d.hold else None),
        (
            phrase("Effort"),
            phrase("{percent}% of your strength", percent=d.effort) if d.effort else None,
        ),
        (phrase("Let go"), time_words(d.relax, words) if d.relax else None),
        (phrase("Then ease in"), time_words(d.stretch, words) if d.stretch else None),
        (phrase("Tempo"), d.tempo),
        (phrase("Stop with"), _reserve(d.reserve, words) if d.reserve else None),
        (phrase("Rest"), time_words(d.rest, words) if d.rest else None),
        (phrase("Sides"), phrase("each side") if d.per_side else None),
        (phrase("A day"), often(d.sessions_per_day, words) if d.sessions_per_day else None),
        (phrase("How often"), days_words(d.days_per_week, words) if d.days_per_week else None),
        (phrase("For"), _weeks(d.weeks, words) if d.weeks else None),
    ]
    return [(label, value) for label, value in rows if value]


def _reserve(amount: Amount, words: Words) -> str:
    many = words.phrase("{several} reps to spare", several=amount)
    return _times(amount, words.phrase("1 rep to spare"), many)


def often(amount: Amount, words: Words = IN_ENGLISH) -> str:
    """Once, 3 times, 2–3 times."""
    many = words.phrase("{several} times", several=amount)
    return _times(amount, words.phrase("once"), many)


def _weeks(amount: Amount, words: Words) -> str:
    many = words.phrase("{several} weeks", several=amount)
    return _times(amount, words.phrase("1 week"), many)


def dosage_line(d: Dosage, words: Words = IN_ENGLISH) -> str:
    """The heart of a dosage in one line for cards: ``3 × 8–12 · 7 s · each side``."""
    parts = []
    if d.sets and d.reps:
        parts.append(f"{d.sets} × {d.reps}")
    elif d.reps:
        parts.append(words.phrase("{several} times", several=d.reps))
    elif d.sets and d.hold:
        parts.append(f"{d.sets} × {time_words(d.hold, words)}")
    if d.hold and not (d.sets and not d.reps):
        parts.append(time_words(d.hold, words))
    if d.per_side:
        parts.append(words.phrase("each side"))
    return " · ".join(parts)


def dosage_sentence(d: Dosage, words: Words = IN_ENGLISH) -> str:
    """Everything one needs while doing it, in a line: ``3 times · push 7 seconds, then ease in 15 seconds · each side``."""
    phrase = words.phrase
    parts = []
    if d.sets and d.reps:
        parts.append(f"{d.sets} × {d.reps}")
    elif d.reps or d.sets:
        parts.append(often(d.reps or d.sets or Amount(1, 1), words))
    if d.hold and d.stretch:
        pushed, eased = time_words(d.hold, words), time_words(d.stretch, words)
        parts.append(phrase("push {time}, then ease in {more_time}", time=pushed, more_time=eased))
    elif d.hold:
        parts.append(phrase("hold {time}", time=time_words(d.hold, words)))
    if d.effort:
        parts.append(phrase("{percent}% effort", percent=d.effort))
    if d.tempo:
        parts.append(phrase("tempo {tempo}", tempo=d.tempo))
    if d.per_side:
        parts.append(phrase("each side"))
    if d.rest:
        parts.append(phrase("rest {time}", time=time_words(d.rest, words)))
    return " · ".join(parts)


def minutes_words(low: int, high: int, words: Words = IN_ENGLISH) -> str:
    """9 minutes, 9–13 minutes."""
    if low == high:
        return words.counted(low, "{n} minute", "{n} minutes")
    return words.phrase("{low}–{high} minutes", low=low, high=high)


def block_label(name: str) -> str:
    """The name of a plan's block as a reader sees it: ``loosen-a`` → Loosen A."""
    first, *rest = name.split("-")
    return " ".join(
        [first.capitalize(), *(word.upper() if len(word) == 1 else word for word in rest)]
    )


def week_label(words: Words, date: dt.date) -> str:
    """The Monday that begins a date's week, in words."""
    monday = date - dt.timedelta(days=date.weekday())
    return words.phrase("Week of {day}", day=words.day(monday))


def number_list(numbers: Sequence[int], words: Words = IN_ENGLISH) -> str:
    """3; 3 and 7; 3, 7 and 12."""
    *others, last = [str(number) for number in numbers] or [""]
    return (
        words.phrase("{others} and {last}", others=", ".join(others), last=last) if others else last
    )
