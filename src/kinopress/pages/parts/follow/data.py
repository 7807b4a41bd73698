"""What the script is told of an exercise: each different moment once, and their order."""

from __future__ import annotations

from typing import Any

from kinopress.content.model.dosage import Dosage, Phase
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.phases import pace_of, phases, takes_turns
from kinopress.content.relations.step_phases import step_phases, without_what_follows
from kinopress.media.figure import MOVING, Figure, still_name
from kinopress.pages.parts.follow.film import film_of
from kinopress.pages.parts.follow.limits import Limits, dose_of, limit, turn_over
from kinopress.pages.parts.follow.reworded import (
    amounts_of,
    own_words,
    reworded,
    told_by,
    words_for,
)
from kinopress.pages.parts.follow.sentences import head_of, notes_of, spoken_of, words_of
from kinopress.pages.parts.follow.told import Told, shared, texts
from kinopress.pages.place import Place

PHASES_MAX = 600
"""More than an hour of an exercise is a typing mistake; a page would grow heavy with it."""
HALF_S = 20.0
"""A hold as long as this says when half of it is over."""


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
    words_of = own_words(page.steps) if own else words_for(dosage, page.dosage, limits)
    how_much = [said for step in page.steps if own and (said := amounts_of(step))]
    steps = told_by(words_of, steps)
    pace = pace_of(page)
    page = reworded(page, words_of)
    told = shared(phases(dosage, pace), steps, dosage)
    is_told = any((dosage.sets, dosage.reps, dosage.hold, dosage.stretch))
    if not is_told or len(told) > PHASES_MAX:
        return None
    shows_other = limits is not None and limits.with_both_legs
    figure = None if shows_other else place.figures.get(page.slug)
    about = Told(place, page, dosage, steps, told, turns=takes_turns(dosage, pace))
    moments: list[dict[str, Any]] = []
    numbers = {}
    for alike, phase in about.unlike.items():
        moment = _moment(about, figure, phase)
        if phase.kind == "ready":
            moment["notes"] += how_much
        if limits:
            limit(moment, limits)
        if phase.side > 1:
            turn_over(moment)
        if moment not in moments:
            moments.append(moment)
        numbers[alike] = moments.index(moment)
    order = [[numbers[about.alike(phase)], phase.set_, phase.round_, phase.side] for phase in told]
    return {
        "slug": page.slug,
        "title": page.title,
        "dose": dose_of(place, dosage, limits),
        "figure": _figure(place, figure) | ({"mirrored": True} if mirrored else {})
        if figure
        else None,
        "moments": moments,
        "order": order,
        "sets": max(phase.set_ for phase in told),
        # The parts of a hold that several steps share are one round of it, as the dose says.
        "rounds": 1 if about.shares else max(phase.round_ for phase in told),
        "sides": max(phase.side for phase in told),
        "out": [line for line in map(without_what_follows, texts(steps.after)) if line],
    }


def _figure(place: Place, figure: Figure) -> dict[str, Any]:
    return {
        "moving": place.url(figure.site_path(MOVING)),
        "stills": [
            place.url(figure.site_path(still_name(number + 1)))
            for number in range(len(figure.says))
        ],
        "size": figure.sizes[still_name(1)],
    }


def _moment(told: Told, figure: Figure | None, phase: Phase) -> dict[str, Any]:
    """All that is shown and said in a phase, apart from which set, round and side it is."""
    scene = told.scene(figure, phase) if figure else None
    words = words_of(told, phase, scene)
    counted = phase.seconds - phase.lead_s
    moment: dict[str, Any] = {
        "kind": phase.kind,
        "seconds": phase.seconds,
        "lead": phase.lead_s,
        "reps": phase.reps,
        "beat": list(phase.beat),
        "half": counted >= HALF_S and phase.kind in ("hold", "stretch"),
        "head": head_of(told, phase),
        "words": words,
        "notes": [line for line in notes_of(told, phase, words) if line != words],
        "speak": spoken_of(told, phase, words, scene),
        "still": scene.still if scene else 0,
    }
    if figure and scene:
        moment["film"] = film_of(
            figure, phase, scene, turns=told.turns, alone=told.drawn(phase) > 0
        )
    return moment
