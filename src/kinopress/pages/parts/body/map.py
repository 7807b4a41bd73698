"""The body map: front and back of a body whose parts are links. Inline SVG; it needs no script."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from kinopress.content.model.library import Library
from kinopress.content.model.shared import Region
from kinopress.pages.parts.body.outlines import GAPS, OUTLINES
from kinopress.pages.parts.body.shapes import (
    DETAILS,
    HAIR,
    HEIGHT,
    LEFT,
    SHAPES,
    TOP,
    WAIST,
    WIDTH,
    Points,
    Shape,
)
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place

VIEWS = {"front": "From the front", "back": "From behind"}
"""The two sides of the body map, and their headings."""


def region_path(key: str) -> str:
    """The page of a part of the body in the plain tree."""
    return f"body/{key}.md"


def body_map(place: Place, current: str = "") -> str:
    """Front and back of the body, each part a link to its page, in the order of the project's list.

    A part that the drawing does not know is left to the list of links; one that the project
    does not have stays plain body.

    Args:
        place: The page it is on.
        current: The key of the part this page is about; then the map is small and marks it.
    """
    views = "".join(_view(place, view, current) for view in VIEWS)
    small = " kp-body--small" if current else ""
    return element("div", views, class_=f"kp-body{small}") if views else ""


def is_drawn(library: Library) -> bool:
    """Whether a part of the body can be pointed at, and not only chosen from a list."""
    return any(key in SHAPES[region.view] for key, region in library.shared.regions.items())


def _view(place: Place, view: str, current: str) -> str:
    """One side of the body; nothing when no part of it can be chosen."""
    shapes = SHAPES[view]
    links = [
        _link(place, key, region, shapes[key], current)
        for key, region in place.library.shared.regions.items()
        if region.view == view and key in shapes
    ]
    if not links:
        return ""
    top = WAIST if current else TOP
    drawing = element(
        "svg",
        _body(view) + "".join(links),
        viewBox=f"{LEFT} {top} {WIDTH} {HEIGHT + TOP - top}",
        role="group",
        aria_label=place.phrase(VIEWS[view]),
    )
    return element(
        "div",
        element("p", place.in_html(VIEWS[view]), class_="kp-label", aria_hidden="true") + drawing,
        class_="kp-body__view",
    )


@functools.cache
def _body(view: str) -> str:
    """The plain body behind the parts."""
    half = OUTLINES[view]
    lines = "".join(
        element("path", d=_curve(side), class_="kp-body__line")
        for points in DETAILS[view]
        for side in (points, _mirrored(points))
    )
    gaps = (GAPS[view], _mirrored(GAPS[view]))
    whole = "".join(_curve(line, closed=True) for line in (_whole(half), *gaps))
    skin = element("path", d=whole, fill_rule="evenodd", class_="kp-body__skin")
    hair = element("path", d=_curve(_whole(HAIR[view]), closed=True), class_="kp-body__hair")
    return skin + hair + lines


def _link(place: Place, key: str, region: Region, shape: Shape, current: str) -> str:
    """A part as a link. Its name is shown over the drawing while one points at it."""
    name = element(
        "text",
        escape(region.label),
        x=0,
        y=_name_y(shape),
        class_="kp-body__name",
        aria_hidden="true",
    )
    return element(
        "a",
        _drawn(shape) + name,
        href=place.url(region_path(key)),
        aria_label=region.label,
        aria_current="page" if key == current else None,
        class_="kp-body__part",
    )


def _name_y(shape: Shape) -> float:
    """The foot of the name's line: just above the part."""
    return min(y for _, y in shape.points) - 7


def _drawn(shape: Shape) -> str:
    """Outline and margin of a part, on both sides of the body."""
    outlines = [_whole(shape.points)] if shape.across else [shape.points, _mirrored(shape.points)]
    margins = [shape.margin, _mirrored(shape.margin)] if shape.margin else []
    return "".join(
        [
            *(element("path", d=_polygon(points), class_="kp-body__margin") for points in margins),
            *(
                element("path", d=_curve(points, closed=True), class_="kp-body__shape")
                for points in outlines
            ),
        ]
    )


def _mirrored(points: Points) -> Points:
    return [(-x, y) for x, y in points]


def _whole(half: Points) -> Points:
    """A closed outline from its half with x > 0; both ends are in the middle."""
    return [*half, *_mirrored(half[-2:0:-1])]


def _polygon(points: Points) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _curve(points: Points, *, closed: bool = False) -> str:
    """A smooth path through points: a centripetal Catmull–Rom spline as Bézier curves.

    Centripetal, because it makes no loops where points are at uneven distances
    (Yuksel, Schaefer, Keyser 2011, doi:10.1016/j.cad.2010.08.008).
    """
    count = len(points)
    spans = count if closed else count - 1

    def at(i: int) -> tuple[float, float]:
        return points[i % count] if closed else points[min(max(i, 0), count - 1)]

    first = points[0]
    path = [f"M{first[0]:g} {first[1]:g}"]
    for i in range(spans):
        a, b, c, d = at(i - 1), at(i), at(i + 1), at(i + 2)
        out, into = _handle(a, b, c), _handle(d, c, b)
        path.append("C" + " ".join(f"{round(v, 1):g}" for v in (*out, *into, *c)))
    return "".join(path) + ("Z" if closed else "")


def _handle(
    before: tuple[float, float], here: tuple[float, float], after: tuple[float, float]
) -> Sequence[float]:
    """The Bézier handle of ``here`` on the way to ``after``."""
    # Square roots of the distances: the spline's knots.
    u = _distance(before, here) ** 0.5
    v = _distance(here, after) ** 0.5
    if u == 0:
        return here
    return [
        (u * u * q - v * v * p + (2 * u * u + 3 * u * v + v * v) * h) / (3 * u * (u + v))
        for p, h, q in zip(before, here, after, strict=True)
    ]


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
