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
    view = place.phrase(plate.view)
    where = view
    if not plate.both:
        where = place.phrase("{view}, on the right side of the body", view=view)
    picture = element(
        "img",
        "",
        src=place.url(plate.site_path),
        width=str(plate.width),
        height=str(plate.height),
        alt=place.phrase("Drawing of where it is: {title}, {where}", title=page.title, where=where),
        loading="lazy",
    ).removesuffix("</img>")
    said = [f"{escape(view[0].upper() + view[1:])}."]
    full = ", ".join(_name(place, name, page) for name in plate.shows)
    drawn = place.in_html("Yellow line") if plate.line else place.in_html("Striped")
    said.append(f"{drawn}: {full}.")
    if plate.beside:
        beside = ", ".join(_name(place, n, page) for n in plate.beside)
        said.append(place.in_html("Faint beside it: {names}.", names=beside))
    caption = element("figcaption", " ".join(said))
    return element("figure", picture + caption, class_="kp-plate")


def _name(place: Place, name: str, here: Muscle) -> str:
    page = place.library.pages.get(("muscle", name))
    if page is None or name == here.slug:
        return escape(page.title if page else name.replace("-", " "))
    return place.link(page)
