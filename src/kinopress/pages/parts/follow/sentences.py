"""What is read and heard in a phase."""

from __future__ import annotations

import re

from kinopress.content.model.dosage import Amount, Phase
from kinopress.content.model.pages import Exercise, Technique
from kinopress.content.relations.efforts import has_other_effort, names_effort
from kinopress.content.relations.phases import on_feet, turns_over
from kinopress.media.figure import Scene
from kinopress.pages.parts.follow.told import Told, fits, texts
from kinopress.pages.parts.html import spoken_text
from kinopress.pages.parts.wording import (
    PHASE_LABELS,
    PHASE_WORDS,
    REST_AND_BACK,
    REST_AND_TURN,
    TURN_OVER,
    time_words,
)

_ROLLS = re.compile(r"\broll\b", re.IGNORECASE)
WHOLE_MAX = 180
"""Letters of a repetition that are read at a glance, in large words."""
_SECONDS = re.compile(r",?\s*\d+(?:[–-]\d+)?\s*s\b")
"""Seconds at the end of a figure's words: the voice says them from the dosage."""


def head_of(told: Told, phase: Phase) -> str:
    """What a phase is called; rolling is no hold."""
    rolls = phase.kind == "hold" and any(map(_ROLLS.search, told.lines(phase)))
    if rolls and _is_self_care(told):
        return told.place.phrase("Roll")
    return told.place.phrase(PHASE_LABELS[phase.kind])


def _is_self_care(told: Told) -> bool:
    found = (told.place.library.vocabulary.resolve(tag.text) for tag in told.page.tags)
    return any(isinstance(term, Technique) and term.family == "self-care" for term in found)


def words_of(told: Told, phase: Phase, scene: Scene | None) -> str:
    """The sentence of a phase: of its steps, where there is time to say them, else of the figure's film."""
    page, lines = told.page, told.lines(phase)
    said_of_kind = told.place.phrase(PHASE_WORDS[phase.kind])
    if phase.kind == "ready":
        return next(iter(_steps(page, "prepare")), said_of_kind)
    if phase.kind in ("side", "rest"):
        return _changing(told, phase) or said_of_kind
    if lines and phase.kind in ("reps", "work"):
        return _repetition(told, phase) or lines[0]
    if lines and phase.kind == "push":
        # The push itself is what the last step tells; how to get there and how hard are read beside it.
        return _sentences(texts(told.doing(phase))[-1])[0] if told.doing(phase) else lines[0]
    if lines and (phase.kind == "relax" or fits(lines, phase)):
        return lines[0]
    lets_go = phase.kind == "relax" and scene is not None and scene.comes_s > 0
    if (phase.kind in ("push", "hold", "stretch") or lets_go) and (said := _drawn(scene)):
        return said
    return next(iter(lines), said_of_kind)


def _drawn(scene: Scene | None) -> str:
    """The words of a figure's film as a sentence."""
    said = _SECONDS.sub("", scene.say).strip() if scene else ""
    return said if not said or said.endswith((".", "!", "?")) else f"{said}."


def _repetition(told: Told, phase: Phase) -> str:
    """A whole repetition: all its steps where they are short, else the first of them and how the others begin.

    What only some sets have is what tells them apart, and is there in full; what is for some readers ("If that was
    easy") is read beside it.
    """
    doing = told.doing(phase)
    own = texts(step for step in doing if step.sets)
    lines = [line for line in texts(doing) if line in own or not line.startswith("If ")]
    whole = " ".join(lines)
    if len(whole) <= WHOLE_MAX:
        return whole
    first, *more = lines
    return " ".join((first, *(line if line in own else _sentences(line)[0] for line in more)))


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) +", text)


def notes_of(told: Told, phase: Phase, words: str) -> list[str]:
    """What can be read beside the sentence: how to lie down and when to stop, how hard to push, how to breathe."""
    page = told.page
    if phase.kind == "ready":
        return [*_steps(page, "prepare")[1:], *_steps(page, "caution")]
    if phase.kind in ("push", "hold", "reps", "work"):
        hard = _how_hard(told)
        if not _is_other(told) and any(map(names_effort, told.lines(phase))):
            hard = []  # the step says it
        shown = set(_sentences(words))
        left = ([s for s in _sentences(line) if s not in shown] for line in told.lines(phase))
        return [*hard, *(" ".join(said) for said in left if said), *_steps(page, "breathe")]
    coming = told.new_in_next(phase)
    return [*told.after(phase), *told.lines(phase), *_again(told, phase), *coming]


def _how_hard(told: Told) -> list[str]:
    effort = told.dosage.effort
    return (
        [told.place.phrase("About {percent}% of your strength.", percent=effort)] if effort else []
    )


def _is_other(told: Told) -> bool:
    """Whether another effort is asked for than the exercise's own, which is all that its steps can tell."""
    return has_other_effort(told.dosage, told.page.dosage)


def spoken_of(told: Told, phase: Phase, words: str, scene: Scene | None) -> list[str]:
    """What the voice says as a phase begins, in sentences short enough for any browser's voice."""
    head, lines = head_of(told, phase), told.lines(phase)
    if phase.kind == "push":
        words = _drawn(scene) or words  # fewer words than the step's
    counted = round(phase.seconds - phase.lead_s)
    hard = _how_hard(told) if _is_other(told) else []
    match phase.kind:
        case "ready":
            steps = told.too_long()
            then = [told.place.phrase("What you will do:"), *steps] if steps else []
            set_up = _steps(told.page, "prepare") or [words]
            return [f"{head}.", *set_up, *_steps(told.page, "caution"), *then]
        case "push" | "hold":
            first = f"{head}, {time_words(Amount(counted, counted), told.place.words)}."
            return [first, *(lines if lines and fits(lines, phase) else [words]), *hard]
        case "stretch":
            return [f"{head}.", *(lines if lines and fits(lines, phase) else [words])]
        case "reps" if told.turns:
            return [told.place.phrase("{n} on each side, in turns.", n=phase.reps), *hard]
        case "reps":
            return [told.place.counted(phase.reps, "{n} repetition.", "{n} repetitions."), *hard]
        case "relax":
            return [f"{head}.", words.partition(". ")[0].rstrip(".") + "."]
        case "side" | "rest":
            # How to come out is said first; then what comes.
            coming = told.new_in_next(phase)
            return [*told.after(phase), words, *lines, *_again(told, phase), *coming]
        case _:
            return [f"{head}.", words]


def _changing(told: Told, phase: Phase) -> str:
    """How one changes sides, where it is more than a step."""
    turns = turns_over(told.page)
    if phase.kind == "side":
        return told.place.phrase(TURN_OVER) if turns else ""
    if not phase.goes_back:
        return ""
    return told.place.phrase(REST_AND_TURN if turns else REST_AND_BACK)


def _again(told: Told, phase: Phase) -> list[str]:
    """How to set up on the other side, and back on the first one, where one lies, sits or kneels."""
    changes = phase.kind == "side" or phase.goes_back
    return _steps(told.page, "prepare") if changes and not on_feet(told.page) else []


def _steps(page: Exercise, *kinds: str) -> list[str]:
    return [spoken_text(step.text) for step in page.steps if step.kind in kinds]
