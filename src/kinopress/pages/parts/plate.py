"""The drawing of a muscle's page, with what it shows in words."""

from __future__ import annotations

from kinopress.content.model.pages import Muscle
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place


def plate_block(place: Place, page: Muscle) -> str:
    """Where it is, drawn, or nothing where there is no drawing of it."""
    plate = place.plates.get(page.slug)
    if plate is None:
        return ""
    where = plate.view if plate.both else f"{plate.view}, on the right side of the body"
    picture = element(
        "img",
        "",
        src=place.url(plate.site_path),
        width=str(plate.width),
        height=str(plate.height),
        alt=f"Drawing of where it is: {page.title}, {where}",
        loading="lazy",
    ).removesuffix("</img>")
    said = [f"{plate.view[0].upper()}{plate.view[1:]}."]
    full = ", ".join(_name(place, name, page) for name in plate.shows)
    said.append(f"{'Yellow line' if plate.line else 'Striped'}: {full}.")
    if plate.beside:
        said.append(f"Faint beside it: {', '.join(_name(place, n, page) for n in plate.beside)}.")
    caption = element("figcaption", " ".join(said))
    return element("figure", picture + caption, class_="kp-plate")


def _name(place: Place, name: str, here: Muscle) -> str:
    page = place.library.pages.get(("muscle", name))
    if page is None or name == here.slug:
        return escape(page.title if page else name.replace("-", " "))
    return place.link(page)
