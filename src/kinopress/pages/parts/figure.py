"""The drawn figure of an exercise: its key frames with their words, the moving picture in a fold, and a small still."""

from __future__ import annotations

from kinopress.content.model.pages import Muscle
from kinopress.media.figure import MOVING, SHEET, Figure, still_name
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place


def figure_block(place: Place, slug: str, title: str) -> str:
    """The figure of an exercise, or nothing where none is drawn.

    Nothing moves unasked: the stills stand on the page, and the moving picture starts when its fold is opened
    (an ``<img>``, because a picture costs a phone nothing while it is out of sight). Readers who asked for less
    motion, and paper, get the sheet of key frames instead.
    """
    figure = place.figures.get(slug)
    if figure is None:
        return ""
    inner = _frames(place, figure, title) + _moving(place, figure, title) + _key(place, figure)
    return element("div", inner, class_="kp-figure")


def thumbnail(place: Place, slug: str) -> str:
    """The last still of an exercise, small beside its title, or nothing where none is drawn.

    Its alternative text is empty, since the title says what it is. The last still shows the position that the
    exercise leads to; the first is often only how to lie down.
    """
    figure = place.figures.get(slug)
    return _still(place, figure, len(figure.says), "", loading="lazy") if figure else ""


def _still(place: Place, figure: Figure, number: int, alt: str, **attributes: str) -> str:
    name = still_name(number)
    width, height = figure.sizes[name]
    source = place.url(figure.site_path(name))
    return _void("img", src=source, width=str(width), height=str(height), alt=alt, **attributes)


def _void(tag: str, **attributes: str) -> str:
    """An element that holds nothing."""
    return element(tag, "", **attributes).removesuffix(f"</{tag}>")


def _frames(place: Place, figure: Figure, title: str) -> str:
    count = len(figure.says)
    rows = ""
    for i, words in enumerate(figure.says, 1):
        picture = _still(place, figure, i, f"Drawing {i} of {count}: {title}")
        rows += element("li", picture + element("span", escape(words)))
    return element("ol", rows, class_="kp-frames")


def _moving(place: Place, figure: Figure, title: str) -> str:
    width, height = figure.sizes[MOVING]
    sheet = place.url(figure.site_path(SHEET))
    sources = "".join(
        _void("source", media=media, srcset=sheet)
        for media in ("(prefers-reduced-motion: reduce)", "print")
    )
    picture = _void(
        "img",
        src=place.url(figure.site_path(MOVING)),
        width=str(width),
        height=str(height),
        alt=f"Moving drawing: {title}",
        loading="lazy",
    )
    inner = element("summary", "Show the movement") + element("picture", sources + picture)
    return element("details", inner, class_="kp-moving")


def _key(place: Place, figure: Figure) -> str:
    """Which muscles the stripes and the dots are."""
    said = []
    for words, css, names in (
        ("Striped: works", "kp-works", figure.works),
        ("Dotted: is stretched", "kp-stretches", figure.stretches),
    ):
        if names:
            shown = ", ".join(_muscle(place, name) for name in names)
            said.append(element("span", f"{words}: {shown}.", class_=css))
    return element("p", " ".join(said), class_="kp-figure-key") if said else ""


def _muscle(place: Place, name: str) -> str:
    page = place.library.pages.get(("muscle", name))
    return place.link(page) if isinstance(page, Muscle) else escape(name.replace("-", " "))
