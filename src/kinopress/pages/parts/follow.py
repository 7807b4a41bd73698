"""Following an exercise along: its phases, words and pictures as data, and the button that starts it.

The script shows what is here and works out none of it: which phase follows which, how long each takes and what is
said in it come from the dosage, the steps and the figure's film.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from kinopress.content.model.dosage import Amount, Dosage, Phase, Step
from kinopress.content.model.pages import Exercise, Symptom, Technique
from kinopress.content.relations.phases import SIDE_S, pace_of, phases, takes_turns
from kinopress.content.relations.step_phases import (
    StepPhases,
    amounts_in,
    share_one_hold,
    step_phases,
    without_amounts,
    without_another_round,
    without_one_leg,
    without_other_times,
    without_what_follows,
)
from kinopress.media.figure import MOVING, Figure, Scene, still_name
from kinopress.pages.parts.html import element, spoken_text
from kinopress.pages.parts.wording import (
    PHASE_LABELS,
    PHASE_WORDS,
    REST_AND_BACK,
    days_words,
    dosage_sentence,
    time_words,
)
from kinopress.pages.place import Place

PHASES_MAX = 600
"""More than an hour of an exercise is a typing mistake; a page would grow heavy with it."""
_SYMPTOMS_MAX = 2
HALF_S = 20.0
"""A hold as long as this says when half of it is over."""

WORDS_PER_S = 2.3
"""The pace of a browser's voice at its plain rate; slower than a person who reads aloud."""

_ROLLS = re.compile(r"\broll\b", re.IGNORECASE)
_SORE = re.compile(
    r"\b(?:sore|good)[ -](?:side|leg|hip|knee|foot|ankle|heel|calf|buttock|one)\b", re.IGNORECASE
)
"""A side that is named by how it feels: true of the side one begins with, and not of the other."""
_SECONDS = re.compile(r",?\s*\d+(?:[–-]\d+)?\s*s\b")
"""Seconds at the end of a figure's words: the voice says them from the dosage."""


@dataclasses.dataclass(frozen=True)
class Limits:
    """What a symptom asks to be heeded while an exercise is done.

    Attributes:
        words: All of it: read beside every phase in which something is done, and said before the first.
        form: The sentences of it that ask for another form than the usual one: they are what is read first.
        others: The sentences that do not.
        with_both_legs: Whether both legs do at once what steps and drawings tell of one.
        is_most: Whether the dose is the most of it.
    """

    words: str
    form: str = ""
    others: str = ""
    with_both_legs: bool = False
    is_most: bool = False


def start_button(
    place: Place,
    page: Exercise,
    dosage: Dosage,
    name: str | None = None,
    *,
    limits: Limits | None = None,
    own: bool = False,
) -> str:
    """The button that starts an exercise, hidden until a script is there; nothing where no dose is told.

    ``name`` is what a screen reader says of it where several doses can be started, ``limits`` what is to be
    heeded all the while, if anything. ``own`` is for the exercise's own dose, as in :func:`follow_data`.
    """
    data = follow_data(place, page, dosage, limits, own=own)
    if data is None:
        return ""
    if following := _what_next(place, page, dosage):
        data["next"] = following
    words = (
        place.in_html("Start: follow along")
        if name is None
        else place.in_html("Start with this dose")
    )
    button = element("button", words, type="button", class_="kp-start", aria_label=name)
    started = element("kp-follow", button, hidden=True, data_follow=as_json(data))
    return element(
        "div", started
    )  # Markdown would take an element that it does not know for words of a paragraph


def _what_next(place: Place, page: Exercise, dosage: Dosage) -> list[list[str]]:
    """What is offered at the end, where no plan says what comes: a sentence, its link's words and its address.

    What is easier and harder, when to do it again, and the symptoms that the exercise is for.
    """
    library = place.library
    found: list[list[str]] = []
    for sentence, slug in (
        (place.phrase("Was it too much? Easier: {link}."), page.easier),
        (place.phrase("No trouble at all? Harder: {link}."), page.harder),
    ):
        other = library.get(Exercise, slug)
        if other is not None:
            found.append([sentence, other.title, place.url(other)])
    if dosage.days_per_week:
        often = days_words(dosage.days_per_week, place.words)
        found.append([place.phrase("Again: {often}.", often=often), "", ""])
    for_what = (term for term in library.terms(page.tags) if isinstance(term, Symptom))
    found += [
        [place.phrase("Back to: {link}"), symptom.title, place.url(symptom)]
        for symptom in itertools.islice(for_what, _SYMPTOMS_MAX)
    ]
    return found


def as_json(data: Any) -> str:
    """Data for a script, as short as JSON can be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def follow_data(
    place: Place,
    page: Exercise,
    dosage: Dosage,
    limits: Limits | None = None,
    *,
    own: bool = False,
    mirrored: bool = False,
) -> dict[str, Any] | None:
    """What the script is told of an exercise; ``None`` where there is nothing to lead through.

    Args:
        place: The page that holds it; addresses are written as from there.
        page: The exercise.
        dosage: How much of it, as its own page, a plan or a symptom asks.
        limits: What is to be heeded all the while.
        own: Whether it is the exercise's own dose, asked for by nobody else: only then is it true what the steps
            say of how many and how often.
        mirrored: It is done by the other side than the one that is drawn.
    """
    steps = step_phases(page.steps, dosage)
    words_of = _own_words(page.steps) if own else _words_for(dosage, page.dosage, limits)
    how_much = [said for step in page.steps if own and (said := _amounts(step))]
    steps = _told_by(words_of, steps)
    pace = pace_of(page)
    page = _reworded(page, words_of)
    told = _shared(phases(dosage, pace), steps, dosage)
    is_told = any((dosage.sets, dosage.reps, dosage.hold, dosage.stretch))
    if not is_told or len(told) > PHASES_MAX:
        return None
    shows_other = limits is not None and limits.with_both_legs
    figure = None if shows_other else place.figures.get(page.slug)
    about = _Told(place, page, dosage, steps, told, turns=takes_turns(dosage, pace))
    moments: list[dict[str, Any]] = []
    numbers = {}
    for alike, phase in about.unlike.items():
        moment = _moment(about, figure, phase)
        if phase.kind == "ready":
            moment["notes"] += how_much
        if limits:
            _limit(moment, limits)
        if phase.side > 1:
            _turn_over(place, moment)
        if moment not in moments:
            moments.append(moment)
        numbers[alike] = moments.index(moment)
    order = [[numbers[about.alike(phase)], phase.set_, phase.round_, phase.side] for phase in told]
    return {
        "slug": page.slug,
        "title": page.title,
        "dose": _dose(place, dosage, limits),
        "figure": _figure(place, figure) | ({"mirrored": True} if mirrored else {})
        if figure
        else None,
        "moments": moments,
        "order": order,
        "sets": max(phase.set_ for phase in told),
        # The parts of a hold that several steps share are one round of it, as the dose says.
        "rounds": 1 if about.shares else max(phase.round_ for phase in told),
        "sides": max(phase.side for phase in told),
        "out": [line for line in map(without_what_follows, _texts(steps.after)) if line],
    }


def _reworded(page: Exercise, words_of: Callable[[Step], str]) -> Exercise:
    found = (dataclasses.replace(step, text=words_of(step)) for step in page.steps)
    # dataclasses.replace would read all of the page, and whoever shows its dose would depend on each word of it.
    reworded = copy.copy(page)
    reworded.__dict__["steps"] = tuple(step for step in found if step.text)
    return reworded


def _told_by(words_of: Callable[[Step], str], steps: StepPhases) -> StepPhases:
    """The steps with what is left of their words; one of which nothing is left is left out."""

    def plain(group: Iterable[Step]) -> tuple[Step, ...]:
        found = (dataclasses.replace(step, text=words_of(step)) for step in group)
        return tuple(step for step in found if step.text)

    work = tuple(map(plain, steps.work))
    return StepPhases(work, plain(steps.relax), plain(steps.stretch), plain(steps.after))


def _own_words(steps: Sequence[Step]) -> Callable[[Step], str]:
    """The words of a step with its own dose, without how many and how often: that is said once, while one gets ready.

    Where no step says anything besides they keep it: there would be no words to do it by.
    """
    doing = [step for step in steps if step.kind == "step"]
    is_told = any(without_amounts(step.text) for step in doing)

    def words(step: Step) -> str:
        return without_amounts(step.text) if is_told and step.kind == "step" else step.text

    return words


def _amounts(step: Step) -> str:
    """What a step says of how many and how often, as a reader hears it."""
    return spoken_text(amounts_in(step.text)) if step.kind == "step" else ""


def _words_for(dosage: Dosage, usual: Dosage, limits: Limits | None) -> Callable[[Step], str]:
    """What is true of a step with another dose than the usual one; when to stop always is."""

    def words(step: Step) -> str:
        if step.kind == "caution":
            return step.text
        text = step.text
        if limits and limits.with_both_legs:
            text = without_one_leg(text)
        if step.kind == "prepare":
            return text
        return without_amounts(without_other_times(text, dosage, usual))

    return words


def _dose(place: Place, dosage: Dosage, limits: Limits | None) -> str:
    said = dosage_sentence(dosage, place.words)
    if not (said and limits and limits.is_most):
        return said
    most = place.phrase("at most {dose}", dose=said)
    return most[:1].upper() + most[1:]


def _limit(moment: dict[str, Any], limits: Limits) -> None:
    """Put the limits into a moment: another form in place of its words, which follow; all else beside them."""
    kind, words, notes = moment["kind"], limits.words, moment["notes"]
    if kind in ("side", "rest"):
        return
    if limits.form and kind in ("ready", *_DONE) and kind != "stretch":
        moment["notes"] = [line for line in (limits.others, moment["words"], *notes) if line]
        moment["words"] = limits.form
    else:
        moment["notes"] = [words, *notes]
    if kind == "ready":
        # Who only listens hears it before the steps, which tell the usual form.
        head, *more = moment["speak"]
        moment["speak"] = [head, words, *more]


def _turn_over(place: Place, moment: dict[str, Any]) -> None:
    """Say on the second side whom the words mean that were written of the first: the sore side is now the other."""
    words, notes, speak = moment["words"], moment["notes"], moment["speak"]
    said = " ".join((words, *notes, *speak))
    found = _SORE.findall(said)
    if not found:
        return
    if any(name.casefold().startswith("good") for name in found):
        now = place.phrase(
            "The same the other way round: “sore” now means this side, “good” the other."
        )
    else:
        now = place.phrase("The same the other way round: “sore” now means this side.")
    moment["notes"] = [now, *notes]
    if _SORE.search(" ".join(speak)):
        head, *more = speak
        moment["speak"] = [head, now, *more]


@dataclasses.dataclass(frozen=True)
class _Told:
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
        where one is sore.
        """
        part = (
            phase.round_ if self.shares else int(phase is self.phases[-1] and bool(self._left[1]))
        )
        side = phase.side if self._names_sore else 1
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
        return share_one_hold(self.steps.work, self.dosage.hold)

    @functools.cached_property
    def _names_sore(self) -> bool:
        return any(_SORE.search(step.text) for step in self.page.steps)

    def lines(self, phase: Phase) -> list[str]:
        """The steps that belong to a phase."""
        steps = self.steps
        match phase.kind:
            case "push" | "hold" | "reps" | "work":
                return _texts(self.doing(phase)) + self._left_over(phase)
            case "stretch":
                return _texts(steps.stretch) + self._left_over(phase)
            case "relax" if steps.relax:
                return _texts(steps.relax)
            case "relax" if not self.dosage.stretch:
                return _texts(steps.after)
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
        return _texts(
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
            if phase.kind in _DONE:
                last = phase.set_
            else:
                found[id(phase)] = last
        return found

    def after(self, phase: Phase) -> list[str]:
        """How to come out, at rest or changing sides; in a rest between steps that take turns it is too early."""
        if phase.kind == "side":
            # Another round is for the same side: on the other nothing has been done yet.
            return [line for line in map(without_another_round, _texts(self.steps.after)) if line]
        early = phase.kind == "rest" and self._turn_after(phase) > 0
        return _texts(self.steps.after) if phase.kind == "rest" and not early else []

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
        unseen = [step for group in self.steps.work[turns:] for step in group] if turns else []
        has_after = "rest" in kinds or "side" in kinds or (last == "hold" and "relax" in kinds)
        return last, _texts(unseen if has_after else (*unseen, *self.steps.after))

    def too_long(self) -> list[str]:
        """Steps that cannot be said in the time of their phase: they are said while one gets ready."""
        found: dict[str, None] = {}
        later = {spoken_text(s.text) for s in self.page.steps if s.sets and not s.is_in(1)}
        for phase in self.unlike.values():
            if phase.kind in _DONE and not _fits(lines := self.lines(phase), phase):
                found.update(dict.fromkeys(lines))
        return [line for line in found if line not in later]


_DONE = ("push", "hold", "stretch", "reps", "work")


def _texts(steps: Iterable[Step]) -> list[str]:
    return [spoken_text(step.text) for step in steps]


def _fits(lines: Sequence[str], phase: Phase) -> bool:
    """Whether steps can be said in a phase, with the last seconds left for counting."""
    if phase.kind in ("reps", "work"):
        return False  # repetitions are counted from the first second on
    words = sum(len(line.split()) for line in lines)
    return words / WORDS_PER_S + 3 <= phase.seconds


def _shared(told: tuple[Phase, ...], steps: StepPhases, dosage: Dosage) -> tuple[Phase, ...]:
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


def _figure(place: Place, figure: Figure) -> dict[str, Any]:
    return {
        "moving": place.url(figure.site_path(MOVING)),
        "stills": [
            place.url(figure.site_path(still_name(number + 1)))
            for number in range(len(figure.says))
        ],
        "size": figure.sizes[still_name(1)],
    }


def _moment(told: _Told, figure: Figure | None, phase: Phase) -> dict[str, Any]:
    """All that is shown and said in a phase, apart from which set, round and side it is."""
    scene = told.scene(figure, phase) if figure else None
    words = _words(told, phase, scene)
    counted = phase.seconds - phase.lead_s
    moment: dict[str, Any] = {
        "kind": phase.kind,
        "seconds": phase.seconds,
        "lead": phase.lead_s,
        "reps": phase.reps,
        "beat": list(phase.beat),
        "half": counted >= HALF_S and phase.kind in ("hold", "stretch"),
        "head": _head(told, phase),
        "words": words,
        "notes": [line for line in _notes(told, phase, words) if line != words],
        "speak": _spoken(told, phase, words),
        "still": scene.still if scene else 0,
    }
    if figure and scene:
        moment["film"] = _film(figure, phase, scene, turns=told.turns, alone=told.drawn(phase) > 0)
    return moment


def _film(figure: Figure, phase: Phase, scene: Scene, *, turns: bool, alone: bool) -> list[float]:
    """Where the film is in a phase: where it moves from, and where it stays.

    Where legs take turns each has half of it. ``alone``: of a set that has a drawing of its own only that is shown.

    Repetitions go through all of it: where it is at the beginning and after each part of a beat. A beat of three
    parts goes into the last position, stays there and comes back, as the film does.
    """
    if phase.kind in ("reps", "work"):
        last, length = figure.scenes[-1], round(figure.length_s, 2)
        if alone:
            later = figure.scenes[figure.scenes.index(scene) + 1 :]
            end = round(later[0].comes_s, 2) if later else length
            into, stays, leaves = (round(at, 2) for at in (scene.comes_s, scene.from_s, scene.to_s))
            return [into, stays, leaves, end] if len(phase.beat) == 3 else [into, end]
        if turns:
            return [0.0, round(length / 2, 2), length]
        match len(phase.beat):
            case 3:
                return [0.0, round(last.from_s, 2), round(last.to_s, 2), length]
            case 2:
                return [0.0, round((last.from_s + last.to_s) / 2, 2), length]
            case parts:
                return [
                    round(length * number / max(parts, 1), 2) for number in range(max(parts, 1) + 1)
                ]
    middle = (scene.from_s + scene.to_s) / 2
    return [round(scene.comes_s if phase.lead_s else middle, 2), round(middle, 2)]


def scene_of(figure: Figure, dosage: Dosage, phase: Phase) -> Scene | None:
    """The step of a figure's film that belongs to a phase.

    The film counts the seconds of the dosage: that is how a push and a stretch are told apart. Where two steps
    count the same (a straight knee, then a bent one) they take turns, set by set.
    """
    scenes = figure.scenes
    if not scenes:
        return None
    counted = [scene for scene in scenes if scene.count_s]
    push = _counting(scenes, dosage.hold) or counted[:1]
    stretch = _counting(scenes, dosage.stretch) or counted[1:] if dosage.stretch else []
    match phase.kind:
        case "push" | "hold" if push:
            return push[(phase.set_ - 1) % len(push)]
        case "stretch" if stretch:
            return stretch[-1]
        case "relax" if push:
            after = scenes.index(push[-1]) + 1
            between = scenes[after : scenes.index(stretch[-1])] if stretch else ()
            return (between or scenes)[
                0
            ]  # where nothing is drawn for it, the position before the push
        case "stretch" | "hold" | "reps" | "work":
            return scenes[-1]
        case _:
            return scenes[0]


def _counting(scenes: tuple[Scene, ...], amount: Amount | None) -> list[Scene]:
    return [
        scene
        for scene in scenes
        if amount and scene.count_s and amount.low <= scene.count_s <= amount.high
    ]


def _steps(page: Exercise, *kinds: str) -> list[str]:
    return [spoken_text(step.text) for step in page.steps if step.kind in kinds]


def _head(told: _Told, phase: Phase) -> str:
    """What a phase is called; rolling is no hold."""
    found = (told.place.library.vocabulary.resolve(tag.text) for tag in told.page.tags)
    cares = any(isinstance(term, Technique) and term.family == "self-care" for term in found)
    if phase.kind == "hold" and cares and any(map(_ROLLS.search, told.lines(phase))):
        return told.place.phrase("Roll")
    return told.place.phrase(PHASE_LABELS[phase.kind])


def _words(told: _Told, phase: Phase, scene: Scene | None) -> str:
    """The sentence of a phase: of its steps, where there is time to say them, else of the figure's film."""
    page, lines = told.page, told.lines(phase)
    said_of_kind = told.place.phrase(PHASE_WORDS[phase.kind])
    if phase.kind == "ready":
        return next(iter(_steps(page, "prepare")), said_of_kind)
    if phase.kind in ("side", "rest"):
        return told.place.phrase(REST_AND_BACK) if phase.goes_back else said_of_kind
    if lines and phase.kind in ("reps", "work"):
        # What only some sets have is what tells them apart.
        own = _texts(step for step in told.doing(phase) if step.sets)
        return lines[0] if lines[0] in own else " ".join((lines[0], *own))
    if lines and (phase.kind == "relax" or _fits(lines, phase)):
        return lines[0]
    lets_go = phase.kind == "relax" and scene is not None and scene.comes_s > 0
    if phase.kind in ("push", "hold", "stretch") or lets_go:
        said = _SECONDS.sub("", scene.say).strip() if scene else ""
        if said:
            return said if said.endswith((".", "!", "?")) else f"{said}."
    return next(iter(lines), said_of_kind)


def _notes(told: _Told, phase: Phase, words: str) -> list[str]:
    """What can be read beside the sentence: how to lie down and when to stop, how hard to push, how to breathe."""
    page, effort = told.page, told.dosage.effort
    if phase.kind == "ready":
        return [*_steps(page, "prepare")[1:], *_steps(page, "caution")]
    if phase.kind in ("push", "hold", "reps", "work"):
        about = told.place.phrase("About {percent}% of your strength.", percent=effort)
        hard = [about] if effort else []
        lines = [line for line in told.lines(phase) if line not in words]
        return [*hard, *lines, *_steps(page, "breathe")]
    coming = told.new_in_next(phase)
    return [*told.after(phase), *told.lines(phase), *_again(told, phase), *coming]


def _again(told: _Told, phase: Phase) -> list[str]:
    """How to set up on the other side, where the time for it was made."""
    again = phase.kind == "side" and phase.seconds > SIDE_S
    return _steps(told.page, "prepare") if again else []


def _spoken(told: _Told, phase: Phase, words: str) -> list[str]:
    """What the voice says as a phase begins, in sentences short enough for any browser's voice."""
    head, lines = _head(told, phase), told.lines(phase)
    counted = round(phase.seconds - phase.lead_s)
    match phase.kind:
        case "ready":
            steps = told.too_long()
            then = [told.place.phrase("What you will do:"), *steps] if steps else []
            set_up = _steps(told.page, "prepare") or [words]
            return [f"{head}.", *set_up, *_steps(told.page, "caution"), *then]
        case "push" | "hold":
            first = f"{head}, {time_words(Amount(counted, counted), told.place.words)}."
            return [first, *(lines if lines and _fits(lines, phase) else [words])]
        case "stretch":
            return [f"{head}.", *(lines if lines and _fits(lines, phase) else [words])]
        case "reps" if told.turns:
            return [told.place.phrase("{n} on each side, in turns.", n=phase.reps)]
        case "reps":
            return [told.place.counted(phase.reps, "{n} repetition.", "{n} repetitions.")]
        case "relax":
            return [f"{head}.", words.partition(". ")[0].rstrip(".") + "."]
        case "side" | "rest":
            # How to come out is said first; then what comes.
            coming = told.new_in_next(phase)
            return [*told.after(phase), words, *lines, *_again(told, phase), *coming]
        case _:
            return [f"{head}.", words]
