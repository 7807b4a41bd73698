"""The lists: exercises by technique and region, muscles and symptoms by region, articles by date, films by week, A–Z."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinopress.content.model.kinds import LISTED, KindOfPage, kind_of
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Kind, Page, Plan, Technique, Term, Video
from kinopress.content.relations.related import by_family
from kinopress.finder.page_words import regions_of
from kinopress.pages.lists import find as find_page
from kinopress.pages.lists import reviews as review_page
from kinopress.pages.parts import choices, parts, warning_signs
from kinopress.pages.parts.body_map import region_path
from kinopress.pages.parts.choices import Choice
from kinopress.pages.parts.html import element, escape
from kinopress.pages.parts.wording import FAMILY_LABELS, week_label
from kinopress.pages.place import Place


@dataclass(frozen=True, slots=True)
class IndexPage:
    """A list that is made automatically."""

    path: str
    title: str
    description: str
    render: Callable[[Place], str]


def _compact(place: Place, pages: Iterable[Page]) -> str:
    """Links only, in columns: for long lists one scans."""
    items = "".join(f"<li>{place.link(page)}</li>" for page in pages)
    return element("ul", items, class_="kp-list", role="list") if items else ""


def _by_region(place: Place, pages: Sequence[Page], level: int = 2) -> str:
    """Links under a heading for each part of the body, with a row of links down to them."""
    regions = place.library.shared.regions
    groups: dict[str, list[Page]] = {key: [] for key in regions}
    for page in pages:
        for key in regions_of(place.library, page):
            if key in groups:
                groups[key].append(page)
    filled = {key: found for key, found in groups.items() if found}
    jump = parts.jump_list(
        [(f"region-{key}", regions[key].label) for key in filled], "Parts of the body"
    )
    return parts.block(jump) + "".join(
        parts.section(regions[key].label, _compact(place, found), level, f"region-{key}")
        for key, found in filled.items()
    )


def _exercises(place: Place) -> str:
    exercises = place.library.exercises
    if not exercises:
        return _none_yet(kind_of(Exercise))
    families = by_family(place.library, exercises)
    chosen = _by_choices(place, exercises)
    jump = parts.jump_list(
        [
            *((f"family-{family}", FAMILY_LABELS[family]) for family, _ in families),
            ("by-region", "By part of the body"),
            *((anchor, title) for anchor, title, _ in chosen),
        ],
        "Groups of exercises",
    )
    by_technique = "".join(
        parts.section(FAMILY_LABELS[family], parts.cards(place, found), 3, f"family-{family}")
        for family, found in families
    )
    regions = _by_region(place, exercises, 3)
    return (
        parts.block(jump)
        + f"## By technique\n\n{by_technique}"
        + f"## By part of the body {{ #by-region }}\n\n{regions}"
        + "".join(f"## {title} {{ #{anchor} }}\n\n{html}" for anchor, title, html in chosen)
    )


def _by_choices(place: Place, exercises: Sequence[Exercise]) -> list[tuple[str, str, str]]:
    """The lists by level, position and what one needs: place on the page, heading, lists below it."""
    ways: tuple[tuple[str, str, Callable[[Exercise], Sequence[Choice]], Sequence[str]], ...] = (
        ("by-level", "By level", lambda e: _one(choices.level_of(e)), choices.LEVELS),
        ("by-position", "By position", lambda e: _one(choices.position_of(e)), choices.POSITIONS),
        ("by-need", "By what you need", choices.needs_of, ()),
    )
    made = []
    for anchor, title, choose, order in ways:
        groups = choices.by_choice([(e, choose(e)) for e in exercises], order)
        html = "".join(
            parts.section(choice.label, _compact(place, found), 3, choice.anchor)
            for choice, found in groups
        )
        if html:
            made.append((anchor, title, html))
    return made


def _one(choice: Choice | None) -> tuple[Choice, ...]:
    return (choice,) if choice else ()


def _symptoms(place: Place) -> str:
    return parts.block(warning_signs.sudden(place)) + _by_region(place, place.library.symptoms)


def _muscles(place: Place) -> str:
    return _by_region(place, place.library.muscles)


def _techniques(place: Place) -> str:
    groups: dict[str, list[Technique]] = {}
    for technique in place.library.techniques:
        groups.setdefault(technique.family, []).append(technique)
    return "".join(
        parts.section(label, parts.cards(place, groups[family]))
        for family, label in FAMILY_LABELS.items()
        if family in groups
    )


def _plans(place: Place) -> str:
    plans = place.library.plans
    if not plans:
        return _none_yet(kind_of(Plan))
    return (
        parts.block(element("p", escape(place.library.shared.help.say("plans"))))
        + parts.block(warning_signs.sudden(place))
        + parts.block(parts.cards(place, plans))
    )


def _month(page: Page) -> str:
    return f"{page.date:%B %Y}" if page.date else "Undated"


def _week(page: Page) -> str:
    return week_label(page.date) if page.date else "Undated"


def _under_headings(place: Place, row: KindOfPage, heading_of: Callable[[Page], str]) -> str:
    """Cards under a heading for each month, each week, in the order in which the pages stand."""
    groups: dict[str, list[Page]] = {}
    for page in place.library.of_kind(row.page):
        groups.setdefault(heading_of(page), []).append(page)
    return "".join(
        parts.section(label, parts.cards(place, found)) for label, found in groups.items()
    ) or _none_yet(row)


def _in_cards(place: Place, row: KindOfPage) -> str:
    if row.newest_first:
        return _under_headings(place, row, _month)
    return parts.block(parts.cards(place, place.library.of_kind(row.page))) or _none_yet(row)


def _none_yet(row: KindOfPage) -> str:
    return parts.block(element("p", f"There is no {row.label.lower()} yet."))


def _videos(place: Place) -> str:
    return _under_headings(place, kind_of(Video), _week)


_OF_THEIR_OWN: Mapping[Kind, Callable[[Place], str]] = {
    "exercise": _exercises,
    "symptom": _symptoms,
    "muscle": _muscles,
    "technique": _techniques,
    "plan": _plans,
    "video": _videos,
}


def _list_of(row: KindOfPage) -> Callable[[Place], str]:
    """What writes the list of a kind; one without a list of its own shows cards, the newest under their months."""
    return _OF_THEIR_OWN.get(row.name) or functools.partial(_in_cards, row=row)


def _letter(name: str) -> str:
    first = unicodedata.normalize("NFKD", name.lstrip("'\"‘“ "))[:1].upper()
    return first if first.isascii() and first.isalpha() else "0–9"


def _a_to_z(place: Place) -> str:
    """Every name of every muscle and symptom, Latin or plain, under its first letter."""
    entries: dict[str, list[tuple[str, str]]] = {}
    for term in (*place.library.muscles, *place.library.symptoms, *place.library.techniques):
        for name, line in _names(place, term):
            entries.setdefault(_letter(name), []).append((name, line))
    letters = sorted(entries)
    jump = parts.jump_list([(f"letter-{letter.lower()}", letter) for letter in letters], "Letters")
    html = [parts.block(jump)]
    for letter in letters:
        items = "".join(
            f"<li>{line}</li>"
            for _, line in sorted(entries[letter], key=lambda e: (e[0].casefold(), e[1]))
        )
        names = element("ul", items, class_="kp-list", role="list")
        html.append(parts.section(letter, names, anchor=f"letter-{letter.lower()}"))
    return "".join(html)


def _names(place: Place, term: Term) -> list[tuple[str, str]]:
    kind = element("span", parts.kind_label(term).lower(), class_="kp-list__kind")
    names = [(term.title, f"{place.link(term)} {kind}")]
    seen = {term.title.casefold()}
    for name in (*term.aliases, *term.lay):
        if name.casefold() not in seen:
            seen.add(name.casefold())
            names.append((name, f"{escape(name)}: see {place.link(term)}"))
    return names


def index_pages(library: Library) -> list[IndexPage]:
    """All lists of a site."""
    # Every list is there, even an empty one: no link leads nowhere.
    return [
        *(IndexPage(row.index, row.labels, row.listed, _list_of(row)) for row in LISTED),
        IndexPage(
            "a-z.md",
            "A–Z of muscles, symptoms and techniques",
            "Every name there is, Latin or plain, from abs to weak glutes.",
            _a_to_z,
        ),
        IndexPage(
            review_page.PATH,
            "Who has checked what",
            "Every page with who went through it last, when, and when it is due again.",
            review_page.render_reviews,
        ),
        IndexPage(
            find_page.FIND,
            "Find a muscle, a symptom or an exercise",
            "Search in your own words, point at the body, or look a name up.",
            find_page.render_find,
        ),
        IndexPage(
            find_page.BODY,
            "Body map",
            "Point at the part of the body that hurts, on the front or on the back.",
            find_page.render_body_map,
        ),
        *(
            IndexPage(
                region_path(key),
                title,
                f"Symptoms, muscles, tendons and nerves: {library.shared.regions[key].label.lower()}.",
                functools.partial(find_page.render_region, key=key),
            )
            for key, title in find_page.region_titles(library).items()
        ),
    ]
