"""Following an exercise along: its phases, words and pictures as data, and the button that starts it.

The script shows what is here and works out none of it: which phase follows which, how long each takes and what is
said in it come from the dosage, the steps and the figure's film.
"""

from __future__ import annotations

import json
import re
from typing import Any

from kinopress.content.model.dosage import Amount, Dosage, Phase
from kinopress.content.model.pages import Exercise
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.relations.phases import phases
from kinopress.media.figure import MOVING, Figure, Scene, still_name
from kinopress.pages.parts.html import element, spoken_text
from kinopress.pages.parts.wording import PHASE_LABELS, PHASE_WORDS, dosage_sentence, time_words
from kinopress.pages.place import Place

PHASES_MAX = 600
"""More than an hour of an exercise is a typing mistake; a page would grow heavy with it."""
HALF_S = 20.0
"""A hold as long as this says when half of it is over."""

_SECONDS = re.compile(r",?\s*\d+(?:[–-]\d+)?\s*s\b")
"""Seconds at the end of a figure's words: the voice says them from the dosage."""


def start_button(
    place: Place, page: Exercise, dosage: Dosage, name: str | None = None, *, limits: str = ""
) -> str:
    """The button that starts an exercise, hidden until a script is there; nothing where no dose is told.

    ``name`` is what a screen reader says of it where several doses can be started, ``limits`` what is to be
    heeded all the while.
    """
    data = follow_data(place, page, dosage, limits)
    if data is None:
        return ""
    words = "Start: follow along" if name is None else "Start with this dose"
    button = element("button", words, type="button", class_="kp-start", aria_label=name)
    started = element("kp-follow", button, hidden=True, data_follow=as_json(data))
    return element(
        "div", started
    )  # Markdown would take an element that it does not know for words of a paragraph


def as_json(data: Any) -> str:
    """Data for a script, as short as JSON can be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def follow_data(
    place: Place, page: Exercise, dosage: Dosage, limits: str = ""
) -> dict[str, Any] | None:
    """What the script is told of an exercise; ``None`` where there is nothing to lead through.

    Args:
        place: The page that holds it; addresses are written as from there.
        page: The exercise.
        dosage: How much of it, as its own page, a plan or a symptom asks.
        limits: Words to be read beside every phase in which something is done.
    """
    told = phases(dosage)
    is_told = any((dosage.sets, dosage.reps, dosage.hold, dosage.stretch))
    if not is_told or len(told) > PHASES_MAX:
        return None
    figure = place.figures.get(page.slug)
    moments: list[dict[str, Any]] = []
    order = []
    for phase in told:
        moment = _moment(page, dosage, figure, phase)
        if limits and phase.kind not in ("side", "rest"):
            moment["notes"] = [limits, *moment["notes"]]
        if moment not in moments:
            moments.append(moment)
        order.append([moments.index(moment), phase.set_, phase.round_, phase.side])
    return {
        "slug": page.slug,
        "title": page.title,
        "dose": dosage_sentence(dosage),
        "figure": _figure(place, figure) if figure else None,
        "moments": moments,
        "order": order,
        "sets": max(phase.set_ for phase in told),
        "rounds": max(phase.round_ for phase in told),
        "sides": max(phase.side for phase in told),
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


def _moment(page: Exercise, dosage: Dosage, figure: Figure | None, phase: Phase) -> dict[str, Any]:
    """All that is shown and said in a phase, apart from which set, round and side it is."""
    scene = scene_of(figure, dosage, phase) if figure else None
    words = _words(page, phase, scene)
    counted = phase.seconds - phase.lead_s
    moment: dict[str, Any] = {
        "kind": phase.kind,
        "seconds": phase.seconds,
        "lead": phase.lead_s,
        "reps": phase.reps,
        "beat": list(phase.beat),
        "half": counted >= HALF_S and phase.kind in ("hold", "stretch"),
        "head": PHASE_LABELS[phase.kind],
        "words": words,
        "notes": _notes(page, dosage, phase),
        "speak": _spoken(phase, words, counted),
        "still": scene.still if scene else 0,
    }
    if figure and scene:
        moment["film"] = _film(figure, phase, scene)
    return moment


def _film(figure: Figure, phase: Phase, scene: Scene) -> list[float]:
    """Where the film is in a phase: where it moves from, and where it stays.

    Repetitions go through all of it: where it is at the beginning and after each part of a beat. A beat of three
    parts goes into the last position, stays there and comes back, as the film does.
    """
    if phase.kind in ("reps", "work"):
        last, length = figure.scenes[-1], round(figure.length_s, 2)
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


def _words(page: Exercise, phase: Phase, scene: Scene | None) -> str:
    """The sentence of a phase: of the figure's film, else of the steps, else what can be said of any."""
    if phase.kind in ("ready", "reps", "work"):
        kind = "prepare" if phase.kind == "ready" else "step"
        return next(iter(_steps(page, kind)), PHASE_WORDS[phase.kind])
    lets_go = phase.kind == "relax" and scene is not None and scene.comes_s > 0
    if phase.kind in ("push", "hold", "stretch") or lets_go:
        said = _SECONDS.sub("", scene.say).strip() if scene else ""
        if said:
            return said if said.endswith((".", "!", "?")) else f"{said}."
        if phase.kind in ("push", "hold"):
            return next(iter(_steps(page, "step")), PHASE_WORDS[phase.kind])
    return PHASE_WORDS[phase.kind]


def _notes(page: Exercise, dosage: Dosage, phase: Phase) -> list[str]:
    """What can be read beside the sentence: how to lie down and when to stop, how hard to push, how to breathe."""
    if phase.kind == "ready":
        return [*_steps(page, "prepare")[1:], *_steps(page, "caution")]
    if phase.kind in ("push", "hold", "reps", "work"):
        effort = [f"About {dosage.effort}% of your strength."] if dosage.effort else []
        rest = _steps(page, "step")[1:] if phase.kind in ("reps", "work") else []
        return [*effort, *rest, *_steps(page, "breathe")]
    return []


def _spoken(phase: Phase, words: str, counted: float) -> list[str]:
    """What the voice says as a phase begins, in sentences short enough for any browser's voice."""
    head = PHASE_LABELS[phase.kind]
    match phase.kind:
        case "push" | "hold":
            return [f"{head}, {time_words(Amount(round(counted), round(counted)))}.", words]
        case "reps":
            return [f"{phase.reps} repetition{'' if phase.reps == 1 else 's'}.", words]
        case "ready" | "work" | "stretch" | "relax":
            return [f"{head}.", words]
        case _:
            return [words]


def continue_plan(place: Place) -> str:
    """Where a reader who has begun a plan finds today's session; hidden, and empty for everybody else.

    The script knows of a plan only from the reader's own device, so the page names all of them.
    """
    plans = [
        {"slug": plan.slug, "title": plan.title, "address": f"{place.url(plan)}#today"}
        for plan in place.library.plans
    ]
    if not plans:
        return ""
    data = {"days": PLAN_DAYS, "plans": plans}
    return element("div", element("kp-continue", "", hidden=True, data_plans=as_json(data)))
