"""Which steps belong to which phase, and which phases are alike."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from kinopress.content.model.dosage import Dosage, Phase, Step
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.step_phases import (
    StepPhases,
    share_one_hold,
    without_another_round,
)
from kinopress.media.figure import Figure, Scene
from kinopress.pages.parts.follow.film import scene_of
from kinopress.pages.parts.html import spoken_text
from kinopress.pages.place import Place

DONE = ("push", "hold", "stretch", "reps", "work")
"""Phases in which something is done."""
WORDS_PER_S = 2.3
"""The pace of a browser's voice at its plain rate; slower than a person who reads aloud."""
_PARTS = "leg|hip|knee|foot|ankle|heel|calf|thigh|buttock"
NAMED_SIDE = re.compile(
    r"\b(?:(?:the|your) )?(?P<feels>sore|painful|tight|stiff|good)[ -]side(?: (?P<of_side>"
    + _PARTS
    + r"))?\b|\b(?:the|your) (?P<part_feels>sore|painful|tight|stiff|good) (?P<part>"
    + _PARTS
    + r"|one)\b",
    re.IGNORECASE,
)
"""A side that is named by how it feels: true of the side one begins with, and not of the other.

"A sore knee" names none: that is anybody's.
"""


@dataclasses.dataclass(frozen=True)
class Told:
    """What the words of each phase are chosen from."""

    place: Place
    page: Exercise
    dosage: Dosage
    steps: StepPhases
    phases: Sequence[Phase]
    turns: bool = False

    def alike(self, phase: Phase) -> tuple[object, ...]:
        """What the words and pictures of a phase depend on.

        Its round only where a hold is shared, or in the last one where something is said that comes after; its side
        where one is named by how it feels.
        """
        part = (
            phase.round_ if self.shares else int(phase is self.phases[-1] and bool(self._left[1]))
        )
        side = phase.side if self._names_side else 1
        return (
            phase.kind,
            phase.seconds,
            phase.lead_s,
            phase.reps,
            phase.beat,
            phase.set_,
            part,
            side,
            phase.goes_back,
        )

    @functools.cached_property
    def unlike(self) -> dict[tuple[object, ...], Phase]:
        """Of the phases that are alike the first, in order: of a hundred repetitions a handful is left."""
        found: dict[tuple[object, ...], Phase] = {}
        for phase in self.phases:
            found.setdefault(self.alike(phase), phase)
        return found

    @functools.cached_property
    def shares(self) -> bool:
        """Whether several steps are the parts of one hold."""
        return share_one_hold(self.steps.work, self.dosage.hold)

    @functools.cached_property
    def _names_side(self) -> bool:
        return any(NAMED_SIDE.search(step.text) for step in self.page.steps)

    def lines(self, phase: Phase) -> list[str]:
        """The steps that belong to a phase."""
        steps = self.steps
        match phase.kind:
            case "push" | "hold" | "reps" | "work":
                return texts(self.doing(phase)) + self._left_over(phase)
            case "stretch":
                return texts(steps.stretch) + self._left_over(phase)
            case "relax" if steps.relax:
                return texts(steps.relax)
            case "relax" if not self.dosage.stretch:
                return texts(steps.after)
            case _:
                return []

    def doing(self, phase: Phase) -> list[Step]:
        """The steps of a set."""
        steps = self.steps.work[self._turn(phase)]
        return [step for step in steps if step.is_in(phase.set_)]

    def drawn(self, phase: Phase) -> int:
        """The drawing that shows a set, where sets have drawings of their own; 0 where all of the film shows it."""
        has_own = any(step.sets and step.frame for step in self.page.steps)
        if phase.kind not in ("reps", "work") or not has_own:
            return 0
        doing = [step for step in self.doing(phase) if step.frame]
        own = [step for step in doing if step.sets]
        return next((step.frame or 0 for step in (*own, *reversed(doing))), 0)

    def scene(self, figure: Figure, phase: Phase) -> Scene | None:
        """The scene of a figure's film that shows a phase; none for a set that is not drawn, where others are."""
        if phase.kind not in ("reps", "work") or not any(step.sets for step in self.page.steps):
            return scene_of(figure, self.dosage, phase)
        if number := self.drawn(phase):
            return next((scene for scene in figure.scenes if scene.still == number), None)
        shown = any(step.frame for step in self.page.steps)
        if shown and not any(step.frame for step in self.doing(phase)):
            return None
        return scene_of(figure, self.dosage, phase)

    def new_in_next(self, phase: Phase) -> list[str]:
        """In the time before a set, what is done in it and was not in the set before."""
        if phase.kind not in ("rest", "side"):
            return []
        coming = phase.set_ + 1 if phase.kind == "rest" else phase.set_
        before = self._before.get(id(phase), 0)
        return texts(
            step
            for group in self.steps.work
            for step in group
            if step.sets and step.is_in(coming) and not step.is_in(before)
        )

    @functools.cached_property
    def _before(self) -> dict[int, int]:
        """The set that was done before each rest and each change of sides."""
        found, last = {}, 0
        for phase in self.phases:
            if phase.kind in DONE:
                last = phase.set_
            else:
                found[id(phase)] = last
        return found

    def after(self, phase: Phase) -> list[str]:
        """How to come out, at rest or changing sides; in a rest between steps that take turns it is too early."""
        if phase.kind == "side":
            # Another round is for the same side: on the other nothing has been done yet.
            return [line for line in map(without_another_round, texts(self.steps.after)) if line]
        early = phase.kind == "rest" and self._turn_after(phase) > 0
        return texts(self.steps.after) if phase.kind == "rest" and not early else []

    def _turn_after(self, phase: Phase) -> int:
        return self._turn(dataclasses.replace(phase, set_=phase.set_ + 1))

    def _turn(self, phase: Phase) -> int:
        """Which of the steps that take turns: by set, or by part of a hold that they share."""
        return ((phase.round_ if self.shares else phase.set_) - 1) % len(self.steps.work)

    def _left_over(self, phase: Phase) -> list[str]:
        """What comes after, where no phase comes after; with steps that there are too few sets for.

        Doing it again is not said where the last round is done.
        """
        last, texts = self._left
        if phase.kind != last:
            return []
        is_last = phase is self.phases[-1]
        return [line for line in map(without_another_round, texts) if line] if is_last else texts

    @functools.cached_property
    def _left(self) -> tuple[str, list[str]]:
        """In phases of which kind that is said, and its words: each phase asks for them."""
        kinds = {phase.kind: None for phase in self.phases}
        last = "stretch" if "stretch" in kinds else next((k for k in kinds if k != "ready"), "")
        turns = 0
        if not self.shares:
            turns = max(phase.set_ for phase in self.phases)
        usual = max(self.page.dosage.sets.high if self.page.dosage.sets else 1, 1)
        # With fewer sets than usual the steps of the others are not done.
        is_all = not turns or turns >= usual
        unseen = (
            [step for group in self.steps.work[turns:] for step in group]
            if turns and is_all
            else []
        )
        has_after = "rest" in kinds or "side" in kinds or (last == "hold" and "relax" in kinds)
        return last, texts(unseen if has_after else (*unseen, *self.steps.after))

    def too_long(self) -> list[str]:
        """Steps that cannot be said in the time of their phase: they are said while one gets ready."""
        found: dict[str, None] = {}
        later = {spoken_text(s.text) for s in self.page.steps if s.sets and not s.is_in(1)}
        for phase in self.unlike.values():
            if phase.kind in DONE and not fits(lines := self.lines(phase), phase):
                found.update(dict.fromkeys(lines))
        return [line for line in found if line not in later]


def texts(steps: Iterable[Step]) -> list[str]:
    """The words of steps, as a reader hears them."""
    return [spoken_text(step.text) for step in steps]


def fits(lines: Sequence[str], phase: Phase) -> bool:
    """Whether steps can be said in a phase, with the last seconds left for counting."""
    if phase.kind in ("reps", "work"):
        return False  # repetitions are counted from the first second on
    words = sum(len(line.split()) for line in lines)
    return words / WORDS_PER_S + 3 <= phase.seconds


def shared(told: tuple[Phase, ...], steps: StepPhases, dosage: Dosage) -> tuple[Phase, ...]:
    """The phases, with a hold that several steps share in as many parts."""
    if not share_one_hold(steps.work, dosage.hold):
        return told

    def parts(phase: Phase) -> Iterator[Phase]:
        if phase.kind != "hold":
            yield phase
            return
        count = len(steps.work)
        each = (phase.seconds - phase.lead_s) / count
        for number in range(count):
            lead = 0.0 if number else phase.lead_s
            yield dataclasses.replace(phase, seconds=each + lead, lead_s=lead, round_=number + 1)

    return tuple(part for phase in told for part in parts(phase))
