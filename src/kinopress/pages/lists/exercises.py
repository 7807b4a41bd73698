"""The list of exercises: cards with a drawing, and ways to narrow them down that need no script.

Each filter is a link down the page to a list of what it leaves. Where a script runs it shows only those cards
instead (web/src/narrow.ts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kinopress.content.model.kinds import kind_of
from kinopress.content.model.names import slug_from
from kinopress.content.model.pages import LEVELS, Exercise
from kinopress.content.relations.related import by_family
from kinopress.finder.page_words import regions_of
from kinopress.pages.parts import parts
from kinopress.pages.parts.figure import thumbnail
from kinopress.pages.parts.html import element, escape
from kinopress.pages.parts.wording import FAMILY_LABELS, dosage_line
from kinopress.pages.place import Place

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to narrow by: ``key`` is unique within its group and part of an address."""

    key: str
    label: str
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One way to narrow the list: ``key`` is the beginning of its anchors."""

    key: str
    label: str
    choices: tuple[Choice, ...]


def needs(equipment: Sequence[str]) -> list[str]:
    """The things with any of which an exercise can be done; ``nothing`` where all of them can be left out.

    ``strap or towel`` gives two ways, and ``chair optional`` asks for nothing.
    """
    found: list[str] = []
    for entry in equipment:
        words = " ".join(entry.split())
        if not words.endswith(" optional"):
            found += [one.strip() for one in words.split(" or ") if one.strip()]
    return list(dict.fromkeys(found)) or [NOTHING]


def groups(place: Place) -> list[Group]:
    """Every way to narrow the list, without values that leave nothing."""
    exercises = place.library.exercises
    regions = place.library.shared.regions
    by_need: dict[str, tuple[str, list[Exercise]]] = {NOTHING: (NOTHING, [])}
    for exercise in exercises:
        for need in needs(exercise.equipment):
            # What is written in no Latin letters has no slug, and is its own key.
            key = slug_from(need) or need
            by_need.setdefault(key, (need, []))[1].append(exercise)
    first, *others = by_need
    ways = (
        (
            "family",
            "Technique",
            [
                (key, FAMILY_LABELS[key], found)
                for key, found in by_family(place.library, exercises)
            ],
        ),
        (
            "region",
            "Part of the body",
            [
                (key, region.label, [e for e in exercises if key in regions_of(place.library, e)])
                for key, region in regions.items()
            ],
        ),
        (
            "need",
            "You need",
            [
                (key, by_need[key][0].capitalize(), by_need[key][1])
                for key in (first, *sorted(others))
            ],
        ),
        (
            "level",
            "Level",
            [
                (level, level.capitalize(), [e for e in exercises if e.level == level])
                for level in LEVELS
            ],
        ),
    )
    return [
        Group(
            key, label, tuple(Choice(k, words, tuple(found)) for k, words, found in values if found)
        )
        for key, label, values in ways
    ]


def render_exercises(place: Place) -> str:
    """The filters, the cards by technique, and for each other filter the list it leads to."""
    exercises = place.library.exercises
    if not exercises:
        row = kind_of(Exercise)
        return parts.block(element("p", f"There is no {row.label.lower()} yet."))
    found = groups(place)
    tags: dict[str, list[str]] = {}
    for group in found:
        for choice in group.choices:
            for exercise in choice.exercises:
                tags.setdefault(exercise.slug, []).append(f"{group.key}-{choice.key}")
    cards = "".join(
        parts.section(
            choice.label,
            element(
                "ul",
                "".join(
                    _card(place, exercise, tags[exercise.slug]) for exercise in choice.exercises
                ),
                class_="kp-cards kp-cards--list",
                role="list",
            ),
            2,
            f"family-{choice.key}",
        )
        for choice in found[0].choices
    )
    return parts.block(_filters(found)) + cards + parts.block(_lists(place, found[1:]))


def _filters(found: Sequence[Group]) -> str:
    folds = "".join(
        element(
            "details",
            element("summary", escape(group.label))
            + element(
                "p",
                " ".join(
                    element(
                        "a",
                        f"{escape(choice.label)} {element('span', str(len(choice.exercises)))}",
                        href=f"#{group.key}-{choice.key}",
                    )
                    for choice in group.choices
                ),
                class_="kp-letters",
            ),
            class_="kp-narrow__group",
            data_group=group.key,
        )
        for group in found
        if group.choices
    )
    return element(
        "nav", folds, class_="kp-narrow", aria_label="Narrow the list", data_kp_narrow=True
    )


def _card(place: Place, exercise: Exercise, tags: Sequence[str]) -> str:
    picture = thumbnail(place, exercise.slug)
    needed = f"you need: {', '.join(exercise.equipment)}" if exercise.equipment else ""
    meta = " · ".join(x for x in (dosage_line(exercise.dosage), exercise.level, needed) if x)
    inner = (
        picture
        + element("a", escape(exercise.title), class_="kp-card__title", href=place.url(exercise))
        + element("span", escape(meta), class_="kp-card__meta")
    )
    drawn = " kp-card--drawn" if picture else ""
    return element(
        "li", inner, class_=f"kp-card kp-card--exercise{drawn}", data_tags=" ".join(tags)
    )


def _lists(place: Place, found: Sequence[Group]) -> str:
    """What each filter leaves, as links only: for readers without a script."""
    sections = "".join(
        element("h2", escape(group.label), id=f"by-{group.key}")
        + "".join(
            element("h3", escape(choice.label), id=f"{group.key}-{choice.key}")
            + element(
                "ul",
                "".join(f"<li>{place.link(exercise)}</li>" for exercise in choice.exercises),
                class_="kp-list",
                role="list",
            )
            for choice in group.choices
        )
        for group in found
        if group.choices
    )
    return element("div", sections, class_="kp-narrow__lists")
