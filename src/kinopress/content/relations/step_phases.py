"""Which steps of an exercise belong to which of its phases, so that whoever is led through it hears them all.

What is done comes first: the steps up to the last one that has a drawing or says how long to stay. A step that
names its seconds is the last of its phase. What follows, such as how to come out, is for when the muscle lets go.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kinopress.content.model.dosage import Amount, Dosage, Step
from kinopress.patterns import lazily

_STAYS = lazily(r"\b(?:hold|stay|roll)\b.*\bseconds\b", re.IGNORECASE)
_SECONDS = lazily(r"(\d+) seconds\b|\bseconds\b")


@dataclass(frozen=True, slots=True)
class StepPhases:
    """The steps of an exercise by what they are about; each step is in here once, in order.

    Attributes:
        work: What to do in a push, a hold or a set. Several take turns, set by set.
        relax: How to let go between a push and its stretch, where the steps tell it.
        stretch: How to ease in after a push.
        after: What to do when it is over: coming out, resting, changing sides.
    """

    work: tuple[tuple[Step, ...], ...]
    relax: tuple[Step, ...] = ()
    stretch: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()


def step_phases(steps: Sequence[Step], dosage: Dosage) -> StepPhases:
    """The steps of kind ``step``, by the phases of a dosage."""
    lines = [step for step in steps if step.kind == "step"]
    if not (dosage.hold or dosage.stretch):
        return StepPhases((tuple(lines),))
    stays = [n for n, step in enumerate(lines) if step.frame or _STAYS.search(step.text)]
    end = max(stays, default=len(lines) - 1) + 1
    doing, after = lines[:end], tuple(lines[end:])
    if doing and not dosage.stretch:
        doing[-1], then = _parted_after(doing[-1])
        after = (*then, *after)
    timed = [n for n, step in enumerate(doing) if _SECONDS.search(step.text)]
    if dosage.stretch:
        ease = timed[0] + 1 if timed else 1
        relax, stretch = _let_go_first(doing[ease:], dosage)
        return StepPhases((tuple(doing[:ease]),), relax, stretch, after)
    ends = [*(n + 1 for n in timed[:-1]), len(doing)]
    work = tuple(tuple(doing[first:last]) for first, last in zip([0, *ends], ends, strict=False))
    return StepPhases(work, after=after)


def _parted_after(step: Step) -> tuple[Step, tuple[Step, ...]]:
    """The last step of a hold, and what it says of afterwards: "Hold for 30 seconds. Then come out slowly."."""
    said = _SENTENCES.split(step.text)
    timed = [n for n, sentence in enumerate(said) if _SECONDS.search(sentence)]
    end = timed[-1] + 1 if timed else len(said)
    if not said[end:] or not said[end].startswith("Then "):
        return step, ()
    doing = dataclasses.replace(step, text=" ".join(said[:end]))
    then = dataclasses.replace(step, text=" ".join(said[end:]), frame=None)
    return doing, (then,)


def _let_go_first(
    steps: Sequence[Step], dosage: Dosage
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps of a stretch, without the sentence before it that tells how long to let go, and that sentence."""
    if not steps:
        return (), ()
    first, *more = steps
    said = _SENTENCES.split(first.text)
    named = _paced_by(said[0])
    is_of_relax = dosage.relax is not None and any(_has(dosage.relax, s) for s in named)
    if len(said) == 1 or not is_of_relax:
        return (), tuple(steps)
    relax = dataclasses.replace(first, text=said[0], frame=None)
    return (relax,), (dataclasses.replace(first, text=" ".join(said[1:])), *more)


def rep_s(steps: Sequence[Step], usual_s: float, set_: int | None = None) -> float:
    """The seconds of a repetition, as its steps tell them: "lower for three seconds", "pause for one breath".

    There are two ways, there and back, and a time that is told of one takes the place of half of the usual time; of more
    that are told the longest two count. A pause comes on top. Cues say again what the steps say: the first that names
    a time is asked where no step does. Of a range the middle counts.

    Args:
        steps: All steps of the exercise.
        usual_s: The seconds of a repetition of which nothing is told.
        set_: Which set it is in; ``None`` for one that has no steps of its own.
    """
    there = [step for step in steps if step.sets is None or (set_ and step.is_in(set_))]
    ways, pauses = _told_of(step for step in there if step.kind == "step")
    cues = [_told_of([step]) for step in there if step.kind == "cue"]
    ways = ways or next((own for own, _ in cues if own), [])
    pauses = pauses or next((own for _, own in cues if own), [])
    ways = sorted(ways)[-WAYS:]
    return sum(pauses) + sum(ways) + usual_s / WAYS * (WAYS - len(ways))


def _told_of(steps: Iterable[Step]) -> tuple[list[float], list[float]]:
    """The seconds that steps give to ways and to pauses."""
    ways: list[float] = []
    pauses: list[float] = []
    for step in steps:
        for clause in _CLAUSES.split(step.text):
            if _RESTS.search(clause) or _NOT_DONE.search(clause):
                continue
            for part in clause.split(" and "):
                found = [s for s in _middles_in(part) if 0 < s <= WAY_MAX_S]
                (pauses if _PAUSES.search(part) else ways).extend(found)
    return ways, pauses


def _middles_in(clause: str) -> Iterator[float]:
    """The seconds of each time, count or breath of a clause; of a range the middle."""
    clause = _SECOND_ONE.sub("", clause)
    for found in _TIME.finditer(clause):
        both = _seconds_in(found[0])
        yield sum(both) / len(both)
    yield from (_number(found["count"]) for found in _COUNT.finditer(clause))
    if _BREATH.search(clause):
        yield BREATH_S


def sets_of_their_own(steps: Sequence[Step]) -> int:
    """The last set that has a step of its own; 0 where all sets share all steps."""
    return max((step.sets[1] for step in steps if step.sets), default=0)


def alternates(steps: Sequence[Step]) -> bool:
    """Whether legs take turns: "Change legs." is part of the movement, and no number of times comes before it."""
    for step in steps:
        for said in _SENTENCES.split(step.text) if step.kind == "step" else ():
            if _AMOUNT.search(said):
                return False
            if _TURNS.fullmatch(said):
                return True
    return False


def share_one_hold(work: Sequence[Sequence[Step]], hold: Amount | None) -> bool:
    """Whether several steps share one hold: the seconds they name add up to it."""
    named = [
        sum(int(found[1] or 0) for step in group for found in _SECONDS.finditer(step.text))
        for group in work
    ]
    return hold is not None and len(named) > 1 and all(named) and sum(named) == hold.low


@functools.lru_cache(maxsize=1024)  # a page asks three times for each of its steps
def without_amounts(text: str) -> str:
    """Words of a step without how many and how often: with another dose than the usual one they are not true.

    Of a sentence that ends with it ("Swing the leg, ten times.") the beginning stays.
    """
    return _without(_AMOUNT.search, text)


def amounts_in(text: str) -> str:
    """The sentences of a step that say how many or how often, as they stand, and are true without those before them."""
    found = (said for said in _SENTENCES.split(text) if _AMOUNT.search(said))
    return " ".join(said for said in found if not _POINTS_BACK.match(said))


def without_other_times(text: str, dosage: Dosage, usual: Dosage) -> str:
    """Words of a step without the seconds and minutes that the usual dose has and another dose has not.

    A time that is in neither may be either's, so it goes as well; where no time differs, nothing does.
    """
    pairs = [(getattr(usual, name), getattr(dosage, name)) for name in _TIMES]
    if all(one == other for one, other in pairs) and usual.tempo == dosage.tempo:
        return text
    beats = {float(part) for part in re.findall(r"\d+", usual.tempo or "")}
    same_beats = beats if usual.tempo == dosage.tempo else set()

    def is_other(seconds: float) -> bool:
        if any(_has(one, seconds) and not _has(other, seconds) for one, other in pairs):
            return True
        return seconds not in same_beats and not any(_has(one, seconds) for one, _ in pairs)

    return _without(lambda clause: any(map(is_other, _seconds_in(clause))), text)


def without_what_follows(text: str) -> str:
    """Words of a step without going again and changing sides: what is left at the end is how to come out."""
    return _without(_AGAIN.search, text)


def without_another_round(text: str) -> str:
    """Words of a step without doing it again: true only of the side on which it was done."""
    return _without(_ROUND.search, text)


def without_one_leg(text: str) -> str:
    """Words of a step without what is said of one leg: both do it at once."""
    return _without(_ONE_LEG.search, text)


def _has(amount: Amount | None, seconds: float) -> bool:
    return amount is not None and amount.low <= seconds <= amount.high


def _seconds_in(clause: str) -> list[float]:
    """Every time that a clause names, in seconds; of a range both ends."""
    return [
        _number(number) * (60 if found["unit"].casefold().startswith("minute") else 1)
        for found in _TIME.finditer(clause)
        for number in (found["low"], found["high"])
        if number
    ]


def _number(told: str) -> float:
    return float(told) if told.isdigit() else _WORDS[told.casefold()]


def _paced_by(clause: str) -> list[float]:
    """The seconds that a clause gives to a movement: as a time, as a count or as a breath."""
    clause = _SECOND_ONE.sub("", clause)
    counts = [_number(found["count"]) for found in _COUNT.finditer(clause)]
    breaths = [BREATH_S] if _BREATH.search(clause) else []
    return [*_seconds_in(clause), *counts, *breaths]


def _without(is_unwanted: Callable[[str], object], text: str) -> str:
    return " ".join(filter(None, (_cut(is_unwanted, said) for said in _SENTENCES.split(text))))


def _cut(is_unwanted: Callable[[str], object], sentence: str) -> str:
    if not is_unwanted(sentence):
        return sentence
    clauses = sentence.split(", ")
    kept = list(takewhile(lambda clause: not is_unwanted(clause), clauses))
    if len(kept) == len(clauses):
        return ""  # it is only the whole sentence that says it
    # "Rest, then do a second set.": to rest is a phase of its own, and nothing to do while one moves.
    return f"{', '.join(kept)}." if kept and kept != ["Rest"] else ""


BREATH_S = 4.0
"""A calm breath: twelve to twenty a minute at rest are three to five seconds each."""
WAYS = 2
"""There and back."""
WAY_MAX_S = 10.0
"""A longer time is that of a walk or of a rest, and of no repetition."""
_BREATH = lazily(r"\bfor (?:one|a) breath\b", re.IGNORECASE)
_PAUSES = lazily(r"\b(?:pause|hold|stay)\b", re.IGNORECASE)
_RESTS = lazily(r"\brest\b", re.IGNORECASE)
_CLAUSES = lazily(r"(?<=[.!?]) +|[,;:] | but | then ", re.IGNORECASE)
_TURNS = lazily(r"Change (?:sides|legs|over)\.")
_TIMES = ("hold", "stretch", "relax", "rest")
_WORDS = {
    **dict.fromkeys(("a", "one"), 1.0),
    **{"half a": 0.5, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0},
    **{"eight": 8.0, "nine": 9.0, "ten": 10.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0},
    **{"thirty": 30.0, "forty": 40.0, "forty-five": 45.0, "sixty": 60.0},
}
_ONE_TIME = "|".join([r"\d+", *sorted(_WORDS, key=len, reverse=True)])
_A_TIME = rf"\b(?P<low>{_ONE_TIME})(?:(?:–|-| to | or )(?P<high>{_ONE_TIME}))? (?P<unit>seconds?|minutes?)\b"
_TIME = lazily(_A_TIME, re.IGNORECASE)
_NOT_DONE = lazily(
    r"\b(?:not|never|without|avoid|cannot|should|may|might)\b|n[’']t\b|^(?:if|when|unless)\b"
    rf"|\b(?:than|after|within|every)(?: about)? {_A_TIME}",
    re.IGNORECASE,
)
"""What is forbidden, or happens, or is a limit: nobody is told to take that long."""
_SECOND_ONE = lazily(r"\ba second (?!(?:at|and|or|then|on|in|as|before|when)\b)\w+", re.IGNORECASE)
_COUNT = lazily(rf"\bcount of (?P<count>{_ONE_TIME})\b", re.IGNORECASE)
_ONE_LEG = lazily(
    r"\b(?:(?:one|each|other|same) (?:leg|foot|side)|change (?:sides|legs|over))\b", re.IGNORECASE
)
_SENTENCES = lazily(r"(?<=[.!?]) +")
_NUMBER = r"(?:[0-9]+(?:[–-][0-9]+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_AMOUNT = lazily(
    rf"\b{_NUMBER}(?: (?:or|to) {_NUMBER})? (?:(?:more|slow|easy|full|gentle|short) )*"
    r"(?:times|rounds?|holds?|sets?|reps?|repetitions?|days a week)\b"
    r"|\b(?:once|times) (?:a|each|every|on each) |\btwice\b|\bevery (?:other |second )?day\b"
    r"|\b(?:most|alternate) days\b|\ba week\b"
    rf"|\b{_NUMBER} (?:more )?steps\b"
    r"|\bsecond set\b|\b(?:whole|full) dose\b|\bone day\b.*\bthe next\b|^that (?:is|makes) (?:one|two)\b"
    rf"|^(?:do|aim for|up to) {_NUMBER}\b|^{_NUMBER}(?:,|[.]?$| (?:on|a side|each|slow|easy)\b)",
    re.IGNORECASE,
)
_POINTS_BACK = lazily(r"(?:that (?:is|makes)|then)\b", re.IGNORECASE)
_ROUND = lazily(
    r"^(?:push|press|squeeze|pull)\b.*\bagain\b|^repeat\b|^then\b.*\bagain\b|\bgo again\b",
    re.IGNORECASE,
)
_AGAIN = lazily(
    r"\b(?:again|repeat|swap|change (?:sides|legs|over)|(?:other|second|each) (?:side|leg|foot|hip|way))\b",
    re.IGNORECASE,
)
