"""The drawn figure of an exercise: its key frames with their words, then the moving picture for who asks for it."""

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


def _void(tag: str, **attributes: str) -> str:
    """An element that holds nothing."""
    return element(tag, "", **attributes).removesuffix(f"</{tag}>")


def _frames(place: Place, figure: Figure, title: str) -> str:
    count = len(figure.says)
    rows = ""
    for i, words in enumerate(figure.says, 1):
        name = still_name(i)
        width, height = figure.sizes[name]
        picture = _void(
            "img",
            src=place.url(figure.site_path(name)),
            width=str(width),
            height=str(height),
            alt=f"Drawing {i} of {count}: {title}",
        )
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
