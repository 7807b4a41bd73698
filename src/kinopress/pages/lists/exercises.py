"""The list of exercises: cards with a drawing, and ways to narrow them down that need no script.

Each filter is a link down the page to a list of what it leaves. Where a script runs it shows only those cards
instead (web/src/narrow.ts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kinopress.content.model.kinds import kind_of
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.related import by_family
from kinopress.finder.page_words import regions_of
from kinopress.pages.parts import parts
from kinopress.pages.parts.choices import (
    LEVELS,
    POSITIONS,
    Choice,
    by_choice,
    level_of,
    needs_of,
    position_of,
)
from kinopress.pages.parts.figure import thumbnail
from kinopress.pages.parts.html import element, escape, in_a_row
from kinopress.pages.parts.wording import FAMILY_LABELS, dosage_line
from kinopress.pages.place import Place

IN_SIGHT = 4
"""So many cards are on the first screen of a phone: their drawings come within the page."""


@dataclass(frozen=True, slots=True)
class Group:
    """One way to narrow the list: the beginning of its anchors, its name, and what each of its values leaves."""

    key: str
    label: str
    values: Sequence[tuple[Choice, Sequence[Exercise]]]


def groups(place: Place) -> list[Group]:
    """Every way to narrow the list, without values that leave nothing."""
    exercises = place.library.exercises
    return [
        Group("family", place.phrase("Technique"), _families(place)),
        Group("region", place.phrase("Part of the body"), _by_region(place)),
        Group(
            "position",
            place.phrase("Position"),
            by_choice([(e, _one(position_of(e))) for e in exercises], POSITIONS),
        ),
        Group("need", place.phrase("Equipment"), by_choice([(e, needs_of(e)) for e in exercises])),
        Group(
            "level",
            place.phrase("Level"),
            by_choice([(e, _one(level_of(e))) for e in exercises], LEVELS),
        ),
    ]


def _families(place: Place) -> list[tuple[Choice, Sequence[Exercise]]]:
    return [
        (Choice(f"family-{key}", place.phrase(FAMILY_LABELS[key])), found)
        for key, found in by_family(place.library, place.library.exercises)
    ]


def _by_region(place: Place) -> list[tuple[Choice, Sequence[Exercise]]]:
    exercises = place.library.exercises
    found = [
        (
            Choice(f"region-{key}", region.label),
            [e for e in exercises if key in regions_of(place.library, e)],
        )
        for key, region in place.library.shared.regions.items()
    ]
    return [(choice, left) for choice, left in found if left]


def _one(choice: Choice | None) -> tuple[Choice, ...]:
    return (choice,) if choice else ()


def render_exercises(place: Place) -> str:
    """The filters, the cards by technique, and for each other filter the list it leads to."""
    exercises = place.library.exercises
    if not exercises:
        kind = place.phrase(kind_of(Exercise).label).lower()
        none = place.in_html("There is no {kind} yet.", kind=escape(kind))
        return parts.block(element("p", none))
    found = groups(place)
    tags: dict[str, list[str]] = {}
    for group in found:
        for choice, left in group.values:
            for exercise in left:
                tags.setdefault(exercise.slug, []).append(choice.anchor)
    in_order = [exercise.slug for _, left in found[0].values for exercise in left]
    first = frozenset(
        in_order[:IN_SIGHT]
    )  # by name: to compare two pages is to read all that both say
    cards = "".join(
        parts.section(
            choice.label,
            element(
                "ul",
                "".join(_card(place, e, tags[e.slug], is_first=e.slug in first) for e in left),
                class_="kp-cards kp-cards--list",
                role="list",
            ),
            2,
            choice.anchor,
        )
        for choice, left in found[0].values
    )
    return parts.block(_filters(place, found)) + cards + parts.block(_lists(place, found[1:]))


def _filters(place: Place, found: Sequence[Group]) -> str:
    folds = "".join(
        element(
            "details",
            element("summary", escape(group.label))
            + element(
                "p",
                " ".join(
                    element(
                        "a",
                        f"{escape(place.phrase(choice.label))} {element('span', str(len(left)))}",
                        href=f"#{choice.anchor}",
                    )
                    for choice, left in group.values
                ),
                class_="kp-letters",
            ),
            class_="kp-narrow__group",
            data_group=group.key,
        )
        for group in found
        if group.values
    )
    label = place.phrase("Narrow the list")
    return element("nav", folds, class_="kp-narrow", aria_label=label, data_kp_narrow=True)


def _card(place: Place, exercise: Exercise, tags: Sequence[str], *, is_first: bool) -> str:
    picture = thumbnail(place, exercise.slug, is_within=is_first)
    things = ", ".join(exercise.equipment)
    needed = place.phrase("you need: {things}", things=things) if things else ""
    meta = " · ".join(
        x
        for x in (dosage_line(exercise.dosage, place.words), place.phrase(exercise.level), needed)
        if x
    )
    inner = (
        picture
        + element(
            "a",
            escape(exercise.title),
            class_="kp-card__title",
            href=place.url(exercise),
            lang=place.lang_of(exercise),
        )
        + element("span", escape(in_a_row(meta)), class_="kp-card__meta")
    )
    drawn = " kp-card--drawn" if picture else ""
    return element(
        "li", inner, class_=f"kp-card kp-card--exercise{drawn}", data_tags=" ".join(tags)
    )


def _lists(place: Place, found: Sequence[Group]) -> str:
    """What each filter leaves, as links only, for readers without a script; a link to a list opens its fold."""
    sections = "".join(
        _fold(
            place,
            group,
            "".join(
                element("h3", escape(place.phrase(choice.label)), id=choice.anchor)
                + element(
                    "ul",
                    "".join(f"<li>{place.link(exercise)}</li>" for exercise in left),
                    class_="kp-list",
                    role="list",
                )
                for choice, left in group.values
            ),
        )
        for group in found
        if group.values
    )
    heading = element("h2", place.in_html("The same exercises in other lists"), id="other-lists")
    return element("div", heading + sections, class_="kp-narrow__lists") if sections else ""


def _fold(place: Place, group: Group, lists: str) -> str:
    count = len(group.values)
    said = element("span", escape(place.counted(count, "{n} list", "{n} lists")))
    summary = element("summary", f"{element('strong', escape(group.label))} {said}")
    return element("details", summary + lists, class_="kp-letter", id=f"by-{group.key}")
