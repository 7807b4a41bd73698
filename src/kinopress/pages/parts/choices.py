"""What readers choose exercises by: how hard, in which position, with what. One page has the lists, the others lead there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinopress.content.model.names import slug_from
from kinopress.content.model.pages import Exercise

LISTS = "exercises/index.md"
"""The page with the lists."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose by: its place on the page of lists, and what readers call it."""

    anchor: str
    label: str


_POSITIONS: Mapping[str, tuple[str, ...]] = {
    "Lying on your back": ("lying on back", "on your back", "supine"),
    "Lying on your front": ("lying on front", "on your front", "face down", "prone"),
    "Lying on your side": ("side-lying", "side lying", "on your side", "side plank"),
    "On hands and knees": ("hands and knees", "hands and one knee", "all fours"),
    "Kneeling": ("kneeling",),
    "Sitting": ("sitting", "seated"),
    "Standing": ("standing", "on a step"),
}
"""Groups of positions, with the words by which a page's own words are known; the first of them on the page counts."""

_LEVELS = {"easy": "Easy", "medium": "Medium", "hard": "Hard"}

NOTHING = Choice("need-nothing", "Nothing")
_OPTIONAL = " optional"


def level_of(page: Exercise) -> Choice | None:
    """How hard it is; nothing where the page does not say."""
    return Choice(f"level-{page.level}", _LEVELS[page.level]) if page.level in _LEVELS else None


def position_of(page: Exercise) -> Choice | None:
    """The group of its position; nothing where its words name none."""
    said = page.position.casefold()
    found = [
        (said.index(words), label)
        for label, names in _POSITIONS.items()
        for words in names
        if words in said
    ]
    return Choice(f"position-{slug_from(min(found)[1])}", min(found)[1]) if found else None


def ways(entry: str) -> list[Choice]:
    """The things of one entry, any of which will do: `strap or towel` names two."""
    words = " ".join(entry.casefold().split()).removesuffix(_OPTIONAL)
    named = [name.strip() for name in words.split(" or ") if name.strip()]
    # What is written in no Latin letters has no slug, and is its own anchor.
    return [Choice(f"need-{slug_from(name) or name}", _capital(name)) for name in named]


def needs_of(page: Exercise) -> list[Choice]:
    """What an exercise can be done with; also nothing, where all that it names can be left out."""
    found = [way for entry in page.equipment for way in ways(entry)]
    needed = [
        entry for entry in page.equipment if not entry.casefold().rstrip().endswith(_OPTIONAL)
    ]
    return list(dict.fromkeys(found if needed else [NOTHING, *found]))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def by_choice(
    pages: Iterable[tuple[Exercise, Iterable[Choice]]], order: Iterable[str] = ()
) -> list[tuple[Choice, list[Exercise]]]:
    """Exercises below what they are chosen by: in a given order of labels, else by name, nothing needed first."""
    groups: dict[str, tuple[Choice, list[Exercise]]] = {}
    for page, choices in pages:
        for choice in choices:
            groups.setdefault(choice.anchor, (choice, []))[1].append(page)
    ranks = {label: rank for rank, label in enumerate(order)}
    return sorted(
        groups.values(),
        key=lambda group: (
            ranks.get(group[0].label, len(ranks)),
            group[0] != NOTHING,
            group[0].label.casefold(),
        ),
    )


LEVELS: tuple[str, ...] = tuple(_LEVELS.values())
POSITIONS: tuple[str, ...] = tuple(_POSITIONS)
