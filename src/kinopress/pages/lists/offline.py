"""The page about reading without a network; a link to a page that a device does not keep leads here too."""

from __future__ import annotations

from kinopress.pages.parts import parts
from kinopress.pages.parts.html import element
from kinopress.pages.place import Place

PATH = "offline.md"
MISSING = "missing"
"""Where the worker leads whoever asked for a page that is not kept: only then is that said."""


def render_offline(place: Place) -> str:
    """What is kept, where it is, and the place for the buttons, which a script makes."""
    said = (
        place.in_html(
            "On a good connection, your phone or computer keeps this site after your first visit: all pages, plans, drawings"
            " and the search. On a slow connection, or where you save data, it does so only when you ask for it here."
        ),
        place.in_html(
            "Films are large, so each is kept on its own: press “Keep for offline” below the film."
        ),
        place.in_html(
            "What is kept stays on this device. When the site changes, the next visit brings the new pages. Some browsers"
            " remove what is kept when you have not been here for a week or more, or when space is short."
        ),
    )
    missing = place.in_html(
        "There is no network just now, and the page you asked for is not kept on this device. It opens again when you are"
        " online."
    )
    home = element("a", place.in_html("the home page"), href=place.url("index.md"))
    body = (
        element("p", missing, id=MISSING, class_="kp-missing")
        # Between paragraphs other engines would make one of what they do not know.
        + element("div", element("kp-offline", "", hidden=True))
        + "".join(element("p", one) for one in said)
        + element(
            "p", place.in_html("What is kept opens from {home} and from the menu.", home=home)
        )
    )
    return parts.block(body)
