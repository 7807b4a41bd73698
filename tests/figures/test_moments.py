"""A moving picture at a second: every value is on its way, and nothing is left that only a browser knows."""

from __future__ import annotations

import itertools
import math
import re
from xml.etree import ElementTree

import pytest

from kinopress.figures.drawing.moments import Moments, path_length

MOVING = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="0 0 100 90"><title>Clam</title>'
    "<style>.fig{--k:#abc;--w:#c9361f}@media screen and (prefers-color-scheme:dark){.fig{--k:#000}}"
    ".fig .k{fill:var(--k)}</style>"
    '<rect style="fill:var(--w)"/>'
    '<path class="k" d="M10 10l20-20" pathLength="100" stroke-dasharray="50 50" stroke-dashoffset="-50">'
    '<animate attributeName="d" dur="4s" repeatCount="indefinite" keyTimes="0;0.5;1"'
    ' values="M10 10l20-20;M10 30l40-20;M10 10l20-20"/>'
    '<animate attributeName="stroke-dashoffset" dur="4s" repeatCount="indefinite" keyTimes="0;0.5;1"'
    ' values="-50;-10;-50"/></path>'
    '<g opacity="1"><circle r="3"/><text x="1" y="80">Open the knee</text></g></svg>'
)
PATH = "{http://www.w3.org/2000/svg}path"


def drawn_at(second: float) -> ElementTree.Element:
    return ElementTree.fromstring(Moments(MOVING, 60).at(second))  # noqa: S314 - our own drawing


@pytest.mark.parametrize(
    ("second", "numbers"),
    [
        (0, [10, 10, 20, -20]),
        (1, [10, 20, 30, -20]),
        (2, [10, 30, 40, -20]),
        (3.5, [10, 15, 25, -20]),
        (5, [10, 20, 30, -20]),
    ],
    ids=["the start", "on the way", "there", "on the way back", "the second round"],
)
def test_a_shape_is_between_two_of_its_moments(second: float, numbers: list[float]) -> None:
    path = drawn_at(second).find(PATH)
    assert path is not None
    line = path.attrib["d"]
    assert [float(n) for n in re.findall(r"-?[0-9.]+", line)] == numbers
    assert re.findall(r"[a-zA-Z]", line) == ["M", "l"]


def test_dashes_are_as_long_as_the_line_they_are_hundredths_of() -> None:
    path = drawn_at(2).find(PATH)
    assert path is not None
    length = math.hypot(40, 20)
    dashes = [float(word) for word in path.attrib["stroke-dasharray"].split()]
    assert dashes == pytest.approx([length / 2, length / 2], abs=0.01)
    assert float(path.attrib["stroke-dashoffset"]) == pytest.approx(-length / 10, abs=0.01)
    assert "pathLength" not in path.attrib


def test_asking_for_one_second_leaves_the_others_as_they_are() -> None:
    moments = Moments(MOVING, 60)
    first = moments.at(0.5)
    moments.at(1.7)
    assert moments.at(0.5) == first


def test_nothing_moves_any_more_and_the_words_are_left_to_the_film() -> None:
    svg = Moments(MOVING, 60).at(1)
    assert "animate" not in svg
    assert "Open the knee" not in svg
    assert "circle" not in svg
    assert 'viewBox="0 0 100 60"' in svg


def test_colours_are_the_light_ones_written_out() -> None:
    svg = Moments(MOVING, 60).at(1)
    assert "var(" not in svg
    assert "@media" not in svg
    assert "fill:#abc" in svg
    assert "fill:#c9361f" in svg


def test_it_knows_its_title_and_how_long_it_takes() -> None:
    moments = Moments(MOVING, 60)
    assert (moments.title, moments.length_s) == ("Clam", 4)


def test_a_circle_of_bends_is_as_long_as_a_circle() -> None:
    # eight bends through the corners of an octagon round a circle of radius 100
    corner = 100 * math.tan(math.pi / 8)
    points = [(100 * math.cos(k * math.pi / 4), 100 * math.sin(k * math.pi / 4)) for k in range(9)]
    line = f"M{points[0][0]:.4f} {points[0][1]:.4f}"
    for k, ((x, y), (u, v)) in enumerate(itertools.pairwise(points)):
        angle = k * math.pi / 4
        bend = (x - corner * math.sin(angle), y + corner * math.cos(angle))
        line += f"q{bend[0] - x:.4f} {bend[1] - y:.4f} {u - x:.4f} {v - y:.4f}"
    assert path_length(line + "z") == pytest.approx(2 * math.pi * 100, rel=0.01)


def test_a_bend_that_goes_on_mirrors_the_one_before() -> None:
    assert path_length("M0 0q10 20 20 0t20 0") == pytest.approx(2 * path_length("M0 0q10 20 20 0"))


def test_a_command_that_nothing_here_draws_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="a"):
        path_length("M0 0a5 5 0 0 1 10 0")
