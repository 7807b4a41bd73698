"""The lists: exercises by technique and region, muscles and symptoms by region, articles by date, films by week, A–Z."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinopress.content.model.kinds import LISTED, KindOfPage, kind_of
from kinopress.content.model.language.words import Words
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Kind, Page, Plan, Technique, Term, Video
from kinopress.finder.page_words import regions_of
from kinopress.pages.lists import find as find_page
from kinopress.pages.lists import offline as offline_page
from kinopress.pages.lists import reviews as review_page
from kinopress.pages.lists.exercises import render_exercises
from kinopress.pages.parts import parts, warning_signs
from kinopress.pages.parts.body.map import is_drawn, region_path
from kinopress.pages.parts.html import element, escape
from kinopress.pages.parts.plan_figures import continue_plan
from kinopress.pages.parts.wording import FAMILY_LABELS, week_label
from kinopress.pages.place import Place


@dataclass(frozen=True, slots=True)
class IndexPage:
    """A list that is made automatically.

    Attributes:
        path: Its place in the plain tree.
        title: Its title.
        description: What is in it.
        render: What writes it.
        is_empty: Whether there is nothing to list so far.
    """

    path: str
    title: str
    description: str
    render: Callable[[Place], str]
    is_empty: bool = False


def _fold(name: str, items: str, count: str, fold: str, names: str) -> str:
    """Links in a line that opens, by a press or by a link to them; its name is a heading to go by."""
    listed = element("ul", items, class_="kp-list", role="list", id=names)
    summary = element("summary", f"{element('h2', escape(name))} {element('span', count)}")
    return element("details", summary + listed, class_="kp-letter", id=fold)


def _by_region(place: Place, pages: Sequence[Page], count: Callable[[int], str]) -> str:
    """A line for each part of the body that opens: one page is in several, so all at once are eight screens of a phone."""
    regions = place.library.shared.regions
    groups: dict[str, list[Page]] = {key: [] for key in regions}
    for page in pages:
        for key in regions_of(place.library, page):
            if key in groups:
                groups[key].append(page)
    filled = {
        key: regions[key].common_first(found, place.library.vocabulary.resolve)
        for key, found in groups.items()
        if found
    }
    return parts.block(
        "".join(
            _fold(
                regions[key].label,
                "".join(f"<li>{place.link(page)}</li>" for page in found),
                count(len(found)),
                f"fold-{key}",
                f"region-{key}",
            )
            for key, found in filled.items()
        )
    )


def _symptoms(place: Place) -> str:
    return parts.block(warning_signs.sudden(place)) + _by_region(
        place,
        place.library.symptoms,
        lambda n: escape(place.counted(n, "{n} symptom", "{n} symptoms")),
    )


def _muscles(place: Place) -> str:
    return _by_region(place, place.library.muscles, functools.partial(_names_counted, place))


def _names_counted(place: Place, n: int) -> str:
    return escape(place.counted(n, "{n} name", "{n} names"))


def _techniques(place: Place) -> str:
    groups: dict[str, list[Technique]] = {}
    for technique in place.library.techniques:
        groups.setdefault(technique.family, []).append(technique)
    return "".join(
        parts.section(place.phrase(label), parts.cards(place, groups[family]))
        for family, label in FAMILY_LABELS.items()
        if family in groups
    )


def _plans(place: Place) -> str:
    plans = place.library.plans
    if not plans:
        return _none_yet(place, kind_of(Plan))
    return (
        parts.block(continue_plan(place))
        + parts.block(
            element("p", escape(place.library.shared.help.say("plans")), lang=place.told_lang)
        )
        + parts.block(warning_signs.sudden(place))
        + parts.block(parts.cards(place, plans))
    )


def _month(words: Words, page: Page) -> str:
    return words.month(page.date) if page.date else words.phrase("Undated")


def _week(words: Words, page: Page) -> str:
    return week_label(words, page.date) if page.date else words.phrase("Undated")


def _under_headings(place: Place, row: KindOfPage, heading_of: Callable[[Words, Page], str]) -> str:
    """Cards under a heading for each month, each week, in the order in which the pages stand."""
    groups: dict[str, list[Page]] = {}
    for page in place.library.of_kind(row.page):
        groups.setdefault(heading_of(place.words, page), []).append(page)
    return "".join(
        parts.section(label, parts.cards(place, found)) for label, found in groups.items()
    ) or _none_yet(place, row)


def _in_cards(place: Place, row: KindOfPage) -> str:
    if row.newest_first:
        return _under_headings(place, row, _month)
    return parts.block(parts.cards(place, place.library.of_kind(row.page))) or _none_yet(place, row)


def _none_yet(place: Place, row: KindOfPage) -> str:
    kind = place.phrase(row.label).lower()
    return parts.block(element("p", escape(place.phrase("There is no {kind} yet.", kind=kind))))


def _videos(place: Place) -> str:
    return _under_headings(place, kind_of(Video), _week)


_OF_THEIR_OWN: Mapping[Kind, Callable[[Place], str]] = {
    "exercise": render_exercises,
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
    return parts.block(
        "".join(_of_letter(place, letter, entries[letter]) for letter in sorted(entries))
    )


def _of_letter(place: Place, letter: str, entries: Iterable[tuple[str, str]]) -> str:
    """One letter in a line that opens: all names at once are thirty screens of a phone."""
    lines = [line for _, line in sorted(entries, key=lambda e: (e[0].casefold(), e[1]))]
    return _fold(
        letter,
        "".join(f"<li>{line}</li>" for line in lines),
        _names_counted(place, len(lines)),
        f"letter-{letter.lower()}",
        f"names-{letter.lower()}",
    )


def _names(place: Place, term: Term) -> list[tuple[str, str]]:
    kind = element("span", parts.kind_label(place, term).lower(), class_="kp-list__kind")
    names = [(term.title, f"{place.link(term)} {kind}")]
    seen = {term.title.casefold()}
    for name in (*term.aliases, *term.lay):
        if name.casefold() not in seen:
            seen.add(name.casefold())
            link = place.link(term)
            names.append((name, place.in_html("{name}: see {link}", name=escape(name), link=link)))
    return names


def index_pages(library: Library) -> list[IndexPage]:
    """All lists of a site."""
    phrase = library.shared.words.phrase
    can_point = find_page.is_on_the_body(library) and is_drawn(library)
    # Every list is there, even an empty one: no link of a coach's, no old address and no bookmark leads nowhere.
    return [
        *(
            IndexPage(
                row.index,
                phrase(row.labels),
                phrase(row.listed),
                _list_of(row),
                is_empty=not library.of_kind(row.page),
            )
            for row in LISTED
        ),
        IndexPage(
            "a-z.md",
            phrase("A–Z of muscles, symptoms and techniques"),
            phrase("Every name there is, Latin or plain."),
            _a_to_z,
        ),
        IndexPage(
            review_page.PATH,
            phrase("Who has checked what"),
            phrase("Every page with who went through it last, when, and when it is due again."),
            review_page.render_reviews,
        ),
        *(
            [
                IndexPage(
                    offline_page.PATH,
                    phrase("Reading without a network"),
                    phrase(
                        "What of this site your phone or computer keeps, and how to change that."
                    ),
                    offline_page.render_offline,
                )
            ]
            if library.settings.offline
            else []
        ),
        IndexPage(
            find_page.FIND,
            phrase("Find a muscle, a symptom or an exercise"),
            phrase(
                "Search in your own words, point at the body, or look a name up."
                if can_point
                else "Search in your own words, or look a name up."
            ),
            find_page.render_find,
        ),
        IndexPage(
            find_page.BODY,
            phrase("Body map"),
            phrase(
                "Point at the part of the body that hurts, on the front or on the back."
                if can_point
                else "Choose the part of the body that hurts."
            ),
            find_page.render_body_map,
            is_empty=not find_page.is_on_the_body(library),
        ),
        *(
            IndexPage(
                region_path(key),
                title,
                phrase(
                    "Symptoms, muscles, tendons and nerves: {part}.",
                    part=library.shared.regions[key].label.lower(),
                ),
                functools.partial(find_page.render_region, key=key),
            )
            for key, title in find_page.region_titles(library).items()
        ),
    ]
