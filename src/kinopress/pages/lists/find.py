"""Finding a page: the search field, the page of results, the body map and a page for each part of the body."""

from __future__ import annotations

from collections.abc import Mapping

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Muscle, Page, Symptom
from kinopress.content.model.shared import Region
from kinopress.content.relations.reaching import leads_on
from kinopress.pages.parts import parts, warning_signs
from kinopress.pages.parts.body.map import VIEWS, body_map, is_drawn, region_path
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place

FIND = "find.md"
BODY = "body/index.md"

_FORM = "kp-find kp-find--large"


def search_form(place: Place, ident: str = "kp-find-main") -> str:
    """The large search field. Without a script it says why it cannot search, and leads to the page with the body map.

    The field has no name, so that a form sent without a script carries no word to a server.
    """
    example = place.phrase("stiff in the morning")
    return element(
        "form",
        element("label", place.in_html("Search in your own words"), for_=ident)
        + element(
            "div",
            f'<input id="{ident}" type="search" autocomplete="off" autocapitalize="none"'
            f' spellcheck="false" enterkeyhint="search" placeholder="{escape(example)}">'
            + element("button", place.in_html("Search"), type="submit"),
            class_="kp-find__row",
        )
        + element("noscript", _why_not(place)),
        class_=_FORM,
        role="search",
        action=place.url(FIND),
        data_kp_finder=True,
    )


def has_search_form(body: str) -> bool:
    """Whether a page's body holds the large search field."""
    return f'<form class="{_FORM}"' in body


def _why_not(place: Place) -> str:
    """What somebody reads whose browser runs no scripts."""
    words, lang = place.linked(
        "This field cannot search here: it needs JavaScript, which is switched off or blocked. What you type is"
        " sent nowhere. Look your words up in the {a_to_z}, or choose where it hurts.",
        a_to_z=("A–Z of all names", place.url("a-z.md")),
    )
    return element("p", words, class_="kp-find__why", lang=lang)


def is_on_the_body(library: Library) -> bool:
    """Whether any page is about a part of the body: until then, pointing at one leads to nothing."""
    return bool(library.symptoms or library.muscles)


_PAST = "past-the-body"


def where_it_hurts(place: Place, current: str = "") -> str:
    """The body map and, beside it, the same as a list; ``current`` is the part a page is about."""
    if not is_on_the_body(place.library):
        kind = place.phrase(KINDS["symptom"].label).lower()
        return element("p", escape(place.phrase("There is no {kind} yet.", kind=kind)))
    both = body_map(place, current) + region_list(place, current)
    if not both:
        return ""
    # Each part is there twice, drawn and in the list: whoever goes from link to link may go past all of them.
    past = place.in_html("Skip the parts of the body")
    return element(
        "div",
        element("a", past, href=f"#{_PAST}", class_="kp-skip")
        + element("div", both, class_="kp-where")
        + element("div", id=_PAST),
    )


def region_list(place: Place, current: str = "") -> str:
    """The parts of the body as links, front and back apart."""
    by_view: dict[str, list[tuple[str, Region]]] = {view: [] for view in VIEWS}
    for key, region in place.library.shared.regions.items():
        by_view[region.view].append((key, region))
    columns = []
    for view, found in by_view.items():
        items = "".join(
            element(
                "li",
                element(
                    "a",
                    escape(region.label),
                    href=place.url(region_path(key)),
                    data_region=key,
                    aria_current="page" if key == current else None,
                ),
            )
            for key, region in found
        )
        if items:
            columns.append(
                element(
                    "div",
                    element("p", place.in_html(VIEWS[view]), class_="kp-label")
                    + element("ul", items, class_="kp-list", role="list"),
                )
            )
    return element("div", "".join(columns), class_="kp-regions") if columns else ""


def render_find(place: Place) -> str:
    """The page of results. Until a script fills it, it holds the other two ways: the body map and the A–Z."""
    stays, lang = place.linked(
        "What you type stays in your browser and is sent nowhere. You can also choose below where it hurts, or look"
        " a name up in the {a_to_z}.",
        a_to_z=("A–Z of all names", place.url("a-z.md")),
    )
    return "".join(
        [
            parts.block(search_form(place)),
            parts.block(
                element("div", "", class_="kp-found", data_kp_results=True, data_ways=_ways(place))
            ),
            parts.block(element("p", stays, lang=lang)),
            parts.section(
                place.phrase("Where does it hurt?"), where_it_hurts(place), anchor="body-map"
            ),
        ]
    )


def _ways(place: Place) -> str:
    """Where somebody can go who found nothing: address and words of each, for the script."""
    ways = [(place.url("a-z.md"), place.phrase("A–Z of all names"))]
    if is_on_the_body(place.library):
        drawn = is_drawn(place.library)
        pointing = place.phrase("Point at the body" if drawn else "Choose where it hurts")
        ways.insert(0, (place.url(BODY), pointing))
    contact = place.library.pages.get(("page", "contact"))
    if contact is not None and leads_on(place.library, contact):
        ways.append((place.url(contact), place.phrase("Ask the coach")))
    return "|".join(f"{url}>{words}" for url, words in ways)


def render_body_map(place: Place) -> str:
    """Front and back of the body; each part leads to its page."""
    instead, lang = place.linked(
        "{search} instead.", search=("Search in your own words", place.url(FIND))
    )
    return parts.block(where_it_hurts(place)) + parts.block(element("p", instead, lang=lang))


def render_region(place: Place, key: str) -> str:
    """Everything about one part of the body: what is felt there first, then what is there."""
    library = place.library

    def here(pages: list[Symptom] | list[Muscle]) -> list[Page]:
        return [p for p in pages if key in {m.text for m in p.regions}]

    symptoms = library.shared.regions[key].common_first(
        here(library.symptoms), library.vocabulary.resolve
    )
    muscles = here(library.muscles)
    nothing = (
        ""
        if symptoms or muscles
        else element(
            "p",
            place.in_html("Nothing on this site is about this part of the body yet."),
            class_="kp-none",
        )
    )
    return "".join(
        [
            parts.block(warning_signs.sudden(place)),
            parts.section(place.phrase("What you may feel here"), parts.cards(place, symptoms)),
            parts.section(place.phrase("What lies here"), parts.cards(place, muscles)),
            parts.block(nothing),
            parts.section(place.phrase("Other parts of the body"), where_it_hurts(place, key)),
        ]
    )


def region_titles(library: Library) -> Mapping[str, str]:
    """Titles of the parts' pages by key; a muscle may have the part's own name."""
    phrase = library.shared.words.phrase
    return {
        key: phrase("{part}: what hurts and what lies there", part=region.label)
        for key, region in library.shared.regions.items()
    }
