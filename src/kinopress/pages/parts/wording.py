"""The few words that data needs before a reader sees it: labels, amounts, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from kinopress.content.model.dosage import Amount, Dosage, PhaseKind
from kinopress.content.model.words import Words

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

THEORY = frozenset(
    {"why do it", "why it works", "background", "the theory", "what the studies say"}
)
"""Headings below which an exercise says why, and not what to do: readers on the mat find it folded."""


def time_words(amount: Amount) -> str:
    """Seconds in words a reader uses: 30 seconds, 1 min 30 s, 5–10 seconds."""
    if amount.low == amount.high and amount.low >= 60:
        minutes, secs = divmod(round(amount.low), 60)
        return (
            f"{minutes} min {secs} s" if secs else f"{minutes} minute{'s' if minutes > 1 else ''}"
        )
    return f"{amount} second{'' if amount.low == amount.high == 1 else 's'}"


def _times(amount: Amount, one: str, many: str) -> str:
    return one if amount.low == amount.high == 1 else f"{amount} {many}"


def days_words(amount: Amount) -> str:
    """How often in a week."""
    if amount.low == 7:
        return "every day"
    return _times(amount, "1 day a week", "days a week")


def dosage_rows(d: Dosage) -> list[tuple[str, str]]:
    """Label and value of everything a dosage says, in the order in which one needs it."""
    rows: list[tuple[str, str | None]] = [
        ("Sets", str(d.sets) if d.sets else None),
        ("Reps", str(d.reps) if d.reps else None),
        ("Push or hold" if d.stretch else "Hold", time_words(d.hold) if d.hold else None),
        ("Effort", f"{d.effort}% of your strength" if d.effort else None),
        ("Let go", time_words(d.relax) if d.relax else None),
        ("Then ease in", time_words(d.stretch) if d.stretch else None),
        ("Tempo", d.tempo),
        ("Stop with", f"{_times(d.reserve, '1 rep', 'reps')} to spare" if d.reserve else None),
        ("Rest", time_words(d.rest) if d.rest else None),
        ("Sides", "each side" if d.per_side else None),
        ("A day", _times(d.sessions_per_day, "once", "times") if d.sessions_per_day else None),
        ("How often", days_words(d.days_per_week) if d.days_per_week else None),
        ("For", _times(d.weeks, "1 week", "weeks") if d.weeks else None),
    ]
    return [(label, value) for label, value in rows if value]


def dosage_line(d: Dosage) -> str:
    """The heart of a dosage in one line for cards: ``3 × 8–12 · 7 s · each side``."""
    parts = []
    if d.sets and d.reps:
        parts.append(f"{d.sets} × {d.reps}")
    elif d.reps:
        parts.append(f"{d.reps} times")
    elif d.sets and d.hold:
        parts.append(f"{d.sets} × {time_words(d.hold)}")
    if d.hold and not (d.sets and not d.reps):
        parts.append(time_words(d.hold))
    if d.per_side:
        parts.append("each side")
    return " · ".join(parts)


def dosage_sentence(d: Dosage) -> str:
    """Everything one needs while doing it, in a line: ``3 times · push 7 seconds, then ease in 15 seconds · each side``."""
    parts = []
    if d.sets and d.reps:
        parts.append(f"{d.sets} × {d.reps}")
    elif d.reps or d.sets:
        parts.append(_times(d.reps or d.sets or Amount(1, 1), "once", "times"))
    if d.hold and d.stretch:
        parts.append(f"push {time_words(d.hold)}, then ease in {time_words(d.stretch)}")
    elif d.hold:
        parts.append(f"hold {time_words(d.hold)}")
    if d.effort:
        parts.append(f"{d.effort}% effort")
    if d.tempo:
        parts.append(f"tempo {d.tempo}")
    if d.per_side:
        parts.append("each side")
    if d.rest:
        parts.append(f"rest {time_words(d.rest)}")
    return " · ".join(parts)


def minutes_words(low: int, high: int) -> str:
    """9 minutes, 9–13 minutes."""
    return f"{low} minute{'' if low == 1 else 's'}" if low == high else f"{low}–{high} minutes"


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


def number_list(numbers: Sequence[int]) -> str:
    """3; 3 and 7; 3, 7 and 12."""
    words = [str(number) for number in numbers]
    return " and ".join(x for x in (", ".join(words[:-1]), *words[-1:]) if x)
