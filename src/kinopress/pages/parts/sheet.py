"""What an exercise has on paper only: room for two weeks of ticks, and the way back to its page."""

from __future__ import annotations

from kinopress.pages.links import url_of
from kinopress.pages.parts.html import element, escape
from kinopress.pages.phone_code import phone_code
from kinopress.pages.place import Place

_DAYS_A_WEEK, _WEEKS = 7, 2


def ticks(place: Place) -> str:
    """A box for each day of two weeks, and in letters where this page is, once the site's address is known."""
    rows = ""
    for week in range(_WEEKS):
        days = range(week * _DAYS_A_WEEK + 1, (week + 1) * _DAYS_A_WEEK + 1)
        cells = "".join(element("td", str(day)) for day in days)
        rows += element(
            "tr", element("th", place.in_html("Week {n}", n=str(week + 1)), scope="row") + cells
        )
    address = _address(place)
    where = element("span", escape(address)) if address else ""
    caption = element("caption", place.in_html("Tick each day on which you did it") + where)
    return element("table", caption + element("tbody", rows), class_="kp-ticks kp-sheet")


def way_back(place: Place) -> str:
    """The address of this page as a code for a phone; nothing while the site's address is not known."""
    address = _address(place)
    return element("div", _code(address), class_="kp-qr kp-sheet") if address else ""


def _address(place: Place) -> str:
    site = place.library.settings.site_url
    return f"{site.rstrip('/')}/{url_of(place.path)}" if site else ""


def _code(address: str) -> str:
    size, path = phone_code(address)
    drawn = element("path", d=path)
    return element("svg", drawn, viewBox=f"0 0 {size} {size}", aria_hidden="true")
