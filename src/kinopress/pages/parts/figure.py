"""The drawn figure of an exercise: one still that moves when asked, a still beside each step, and a small one for cards."""

from __future__ import annotations

from urllib.parse import quote

from kinopress.content.model.pages import Exercise, Muscle
from kinopress.content.relations.step_frames import frames_of, without_a_step
from kinopress.media.figure import MOVING, SHEET, Figure, still_name
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place


def moving_figure(place: Place, page: Exercise) -> str:
    """The last still of an exercise; who taps it sees the movement. Nothing where no figure is drawn.

    Nothing moves unasked: the still is the summary of a fold, as a poster is of a film, and the moving picture
    replaces it (an ``<img>``, because a picture costs a phone nothing while it is out of sight). The page's script
    steers it then, so that a slow phone has time left. Readers who asked for less motion get the sheet of key frames
    instead.
    """
    figure = place.figures.get(page.slug)
    if figure is None:
        return ""
    still = _still(
        place, figure, len(figure.says), place.phrase("Drawing: {title}", title=page.title)
    )
    words = element("span", place.in_html("Show the movement"), class_="kp-moving__show")
    stop = element("span", place.in_html("Back to the still"), class_="kp-moving__stop")
    summary = element("summary", words + stop + still)
    return element("details", summary + _movement(place, figure, page.title), class_="kp-moving")


def step_stills(place: Place, page: Exercise) -> list[str]:
    """The still that belongs to each step; nothing for a step without one."""
    figure = place.figures.get(page.slug)
    if figure is None:
        return [""] * len(page.steps)
    return [
        _frame(place, figure, number, lazy=True) if number else ""
        for number in frames_of(page.steps, len(figure.says))
    ]


def other_stills(place: Place, page: Exercise) -> str:
    """The stills that belong to no step, side by side, each with its words."""
    figure = place.figures.get(page.slug)
    numbers = without_a_step(page.steps, len(figure.says)) if figure else ()
    if figure is None or not numbers:
        return ""
    rows = "".join(
        element(
            "li",
            _frame(place, figure, number, lazy=False)
            + element("span", escape(figure.says[number - 1])),
            value=str(number),
        )
        for number in numbers
    )
    return element("ol", rows, class_="kp-frames")


def figure_key(place: Place, page: Exercise) -> str:
    """Which muscles the stripes and the dots are."""
    figure = place.figures.get(page.slug)
    said = []
    for words, css, names in (
        (place.in_html("Striped: works"), "kp-works", figure.works if figure else ()),
        (place.in_html("Dotted: is stretched"), "kp-stretches", figure.stretches if figure else ()),
    ):
        if names:
            shown = ", ".join(_muscle(place, name) for name in names)
            said.append(element("span", f"{words}: {shown}.", class_=css))
    return element("p", " ".join(said), class_="kp-figure-key") if said else ""


def thumbnail(place: Place, slug: str, *, is_within: bool = False) -> str:
    """The last still of an exercise, small beside its title, or nothing where none is drawn.

    Its alternative text is empty, since the title says what it is. The last still shows the position that the
    exercise leads to; the first is often only how to lie down.

    Args:
        place: The page.
        slug: The exercise.
        is_within: Within the page itself: on the first screen of a long list, which then waits for no journey of each.
    """
    figure = place.figures.get(slug)
    if figure is None:
        return ""
    if is_within and figure.last:
        inside = f"data:image/svg+xml,{quote(figure.last, safe=_PLAIN)}"
        return _still(place, figure, len(figure.says), "", source=inside)
    return _still(place, figure, len(figure.says), "", loading="lazy")


_PLAIN = " !$()*+,-./:;=?@_~'"
"""What an address of data may hold as it is, in quotation marks."""


def _still(
    place: Place, figure: Figure, number: int, alt: str, source: str = "", **attributes: str
) -> str:
    name = still_name(number)
    width, height = figure.sizes[name]
    source = source or place.url(figure.site_path(name))
    return _void("img", src=source, width=str(width), height=str(height), alt=alt, **attributes)


def _void(tag: str, **attributes: str) -> str:
    """An element that holds nothing."""
    return element(tag, "", **attributes).removesuffix(f"</{tag}>")


def _frame(place: Place, figure: Figure, number: int, *, lazy: bool) -> str:
    words = figure.says[number - 1]
    alt = place.phrase("Drawing {n} of {all}", n=number, all=len(figure.says))
    alt += f": {words}" if words else ""
    return _still(place, figure, number, alt, **({"loading": "lazy"} if lazy else {}))


def _movement(place: Place, figure: Figure, title: str) -> str:
    width, height = figure.sizes[MOVING]
    rest = _void(
        "source",
        media="(prefers-reduced-motion: reduce)",
        srcset=place.url(figure.site_path(SHEET)),
    )
    picture = _void(
        "img",
        src=place.url(figure.site_path(MOVING)),
        width=str(width),
        height=str(height),
        alt=place.phrase("Moving drawing: {title}", title=title),
        loading="lazy",
    )
    return element("picture", rest + picture)


def _muscle(place: Place, name: str) -> str:
    page = place.library.pages.get(("muscle", name))
    return place.link(page) if isinstance(page, Muscle) else escape(name.replace("-", " "))
