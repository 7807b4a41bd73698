"""Where a figure's film is in a phase."""

from __future__ import annotations

from kinopress.content.model.dosage import Amount, Dosage, Phase
from kinopress.media.figure import Figure, Scene


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


def film_of(figure: Figure, phase: Phase, scene: Scene, *, turns: bool, alone: bool) -> list[float]:
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


def _counting(scenes: tuple[Scene, ...], amount: Amount | None) -> list[Scene]:
    return [
        scene
        for scene in scenes
        if amount and scene.count_s and amount.low <= scene.count_s <= amount.high
    ]
