"""A coach's picture as HTML: the smallest file a browser can use, with its room kept free."""

from __future__ import annotations

import re
from itertools import groupby

from kinopress.content.markdown.marks import Mark, attribute
from kinopress.content.model.pages import Page
from kinopress.content.rules.bodies.pictures import alternative_text
from kinopress.content.text.targets import asset_of
from kinopress.pages.parts.html import classes, element, plain_text
from kinopress.pages.place import Place
from kinopress.pictures.made import Made, StoredFile

COLUMN_PX = 700
"""How wide the column of words is at most (35rem of 20 px in the style sheet)."""

PORTRAIT_PX = 88
"""How wide the coach's picture is shown (4.4rem)."""

_GUTTERS_PX = 36
"""Left and right of it on a phone."""

_NARROW = f"calc(100vw - {_GUTTERS_PX}px)"


def picture_element(place: Place, page: Page, mark: Mark) -> str | None:
    """The picture of a mark, or ``None`` when it means no file of docs/ that is published.

    A drawing that says no size has none here either.
    """
    asset = asset_of(place.library, page, mark)
    made = place.published.made.get(asset) if asset else None
    if asset is None or made is None:
        return None
    is_html = mark.rest.startswith("<")
    title = attribute(mark.rest, "title")
    braces = re.search(r"\{.*\}", mark.rest)
    named = attribute(mark.rest, "class") if is_html else classes(braces[0]) if braces else None
    alt = plain_text(alternative_text(mark) or "")
    css = f"kp-picture {named}" if named else "kp-picture"
    return _picture(place, asset, made, alt=alt, title=title, class_=css, loading="lazy")


def portrait(place: Place, asset: str, alt: str) -> str:
    """A small picture of a person in sight from the start; nothing while none was made of the file."""
    made = place.published.made.get(asset)
    if made is None:
        return ""
    return _picture(place, asset, made, alt=alt, class_="kp-portrait", sizes=f"{PORTRAIT_PX}px")


def _picture(place: Place, asset: str, made: Made, **attributes: str | None) -> str:
    """The picture in each kind that was made of it, the smallest first; ``sizes`` says how wide it is shown."""
    fallback = made.files[-1]
    sizes = attributes.pop("sizes", None) or _sizes(fallback)
    kinds = [list(files) for _, files in groupby(made.files, key=lambda file: file.mime)]
    image = element(
        "img",
        src=place.url(_address(place, asset, made, kinds[-1])),
        srcset=_srcset(place, made, kinds[-1]),
        sizes=sizes if len(kinds[-1]) > 1 else None,
        **attributes,
        width=fallback.width or None,
        height=fallback.height or None,
        decoding="async",
    ).removesuffix("</img>")
    sources = "".join(
        element(
            "source",
            type=files[0].mime,
            srcset=_srcset(place, made, files) or place.url(f"{made.site_folder}/{files[0].name}"),
            sizes=sizes if len(files) > 1 else None,
        ).removesuffix("</source>")
        for files in kinds[:-1]
    )
    return element("picture", sources + image) if sources else image


def _address(place: Place, asset: str, made: Made, files: list[StoredFile]) -> str:
    """The file for browsers that choose none: one from the middle is enough for a page."""
    if len(files) == 1:
        return place.published.addresses[asset]
    return f"{made.site_folder}/{files[len(files) // 2].name}"


def _srcset(place: Place, made: Made, files: list[StoredFile]) -> str | None:
    if len(files) == 1:
        return None
    return ", ".join(
        f"{place.url(f'{made.site_folder}/{file.name}')} {file.width}w" for file in files
    )


def _sizes(fallback: StoredFile) -> str:
    """How wide the picture is shown: the column, or itself where it is narrower."""
    if fallback.width >= COLUMN_PX:
        return f"(min-width: {COLUMN_PX + _GUTTERS_PX}px) {COLUMN_PX}px, {_NARROW}"
    return f"(min-width: {fallback.width + _GUTTERS_PX}px) {fallback.width}px, {_NARROW}"
