"""What the coach offers, and the one quiet way there from pages about what hurts and what helps."""

from __future__ import annotations

from kinopress.content.model.settings import Assessment
from kinopress.content.relations.reaching import CONTACT, page_to_ask
from kinopress.pages.coach.coach import facts
from kinopress.pages.links import page_path
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place


def offered(place: Place) -> str:
    """What is measured, how long it takes, what it costs, where it is, and the ways to ask for it."""
    return facts(_rows(place, place.library.settings.assessment)) + _ask(place)


def _rows(place: Place, offer: Assessment) -> list[tuple[str, str]]:
    measures = "".join(element("li", escape(thing.text)) for thing in offer.measures)
    online = {
        True: place.phrase("possible"),
        False: place.phrase("not possible, only in person"),
        None: "",
    }
    rows = (
        (place.in_html("What is measured"), element("ul", measures) if measures else ""),
        (place.in_html("Length"), escape(offer.length or "")),
        (place.in_html("Price"), escape(offer.price or "")),
        (place.in_html("Place"), escape(offer.place or "")),
        (place.in_html("Online"), escape(online[offer.remote])),
        (
            place.in_html("If you cannot come"),
            escape(offer.cancellation.text) if offer.cancellation else "",
        ),
    )
    return [(label, html) for label, html in rows if html]


def _ask(place: Place) -> str:
    """Links to book a time and to the page with all other ways; nothing while there are none."""
    coach = place.library.settings.coach
    ways = []
    if coach.booking_url:
        ways.append(
            element("a", place.in_html("Book a time"), href=coach.booking_url, rel="noopener")
        )
    contact = place.library.pages.get(("page", CONTACT))
    if coach.can_be_asked and contact is not None and page_path(contact) != place.path:
        ways.append(place.link(contact, place.phrase("Ask the coach")))
    return element("p", " · ".join(ways), class_="kp-ways") if ways else ""


def way_there(place: Place) -> str:
    """One line to what the coach offers; nothing while there is no way to ask her, so that no page leads to an empty one."""
    target = page_to_ask(place.library)
    if target is None:
        return ""
    settings = place.library.settings
    offer = settings.assessment
    terms = " · ".join(
        x
        for x in (
            settings.coach.name,
            offer.place or settings.coach.place,
            offer.length,
            offer.price,
        )
        if x
    )
    lead = element("p", place.in_html("Rather not work it out alone?"), class_="kp-ask__lead")
    return element(
        "div",
        lead
        + element("p", place.link(target), class_="kp-ask__way")
        + (element("p", escape(terms), class_="kp-ask__terms") if terms else ""),
        class_="kp-ask",
    )
