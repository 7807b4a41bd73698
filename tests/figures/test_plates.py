"""The drawings of muscle pages: what they name is there, muscles go from bone to bone, files are what is drawn now."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from kinopress.figures.anatomy.bones import BONES
from kinopress.figures.anatomy.muscles import COVERS, GROUPS, NAMES, PATCHES
from kinopress.figures.anatomy.plates import FRAMES, NERVES, PLATES, VIEWS, data_digest, shown_by
from kinopress.figures.anatomy.ribbons import RIBBONS, Ribbon
from kinopress.figures.body import Array, Bent, Body
from kinopress.figures.drawing.plate import plate
from kinopress.figures.drawing.tissue import place_of, smooth
from kinopress.figures.joints import MOVEMENTS, SIDES
from kinopress.privacy.walk import traces_of
from kinopress.project.drawings.plates import FOLDER

SVG = "{http://www.w3.org/2000/svg}"
LIGHT_BYTES = 5_000
FROM_BONE_M = 0.025
STRAY_UNITS = 8.0
NOT_ON_BONE = {*NERVES, "pelvic-floor", "achilles-tendon", "gluteal-tendons", "proximal-hamstring-tendon"} | {
    "tensor-fasciae-latae", "iliotibial-band", "abdominals", "deep-hip-rotators", "gluteus-maximus",
}  # fmt: skip
"""What ends in other tissue at one end: nerves, tendons that begin in their muscle, what is fixed to a sheet."""


def drawn(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text("utf-8")


def paths(svg: str) -> list[tuple[str, np.ndarray]]:
    """Class and first points of each path."""
    found = re.findall(r'<path class="([^"]+)" d="M(-?\d+) ?(-?\d+)', svg)
    return [(css, np.array([float(x), float(y)])) for css, x, y in found]


def test_a_plate_names_only_what_there_is() -> None:
    for name, what in PLATES.items():
        assert what.view in VIEWS, name
        assert what.frame in FRAMES, name
        assert {*shown_by(name), *what.beside} <= set(RIBBONS), name
        assert {*what.over, *what.bare} <= set(BONES), name
        assert not set(shown_by(name)) & set(what.beside), name
        assert name not in what.beside, name


def test_every_structure_can_be_shown_working_and_has_a_plate() -> None:
    assert set(PATCHES) <= set(RIBBONS)
    assert set(NAMES) == set(PLATES)
    assert set(COVERS) <= set(NAMES)
    for name, members in GROUPS.items():
        assert set(members) <= set(RIBBONS), name


def test_there_is_one_file_for_each_plate() -> None:
    assert {file.stem for file in FOLDER.glob("*.svg")} == set(PLATES)


def test_the_files_were_drawn_from_the_data_as_they_are() -> None:
    drawn_from = (FOLDER / "drawn-from.txt").read_text("utf-8").strip()
    assert drawn_from == data_digest(), "run scripts/bake_plates.py and look at what changed"


@pytest.mark.parametrize("name", [next(n for n in PLATES if PLATES[n].view == v) for v in VIEWS])
def test_the_file_is_what_is_drawn_now(name: str) -> None:
    """Sums differ a little from one processor to the next; a change to the data differs by more."""
    before, now = paths(drawn(name)), paths(plate(name))
    assert [css for css, _ in before] == [css for css, _ in now]
    for (css, old), (_, new) in zip(before, now, strict=True):
        assert np.abs(old - new).max() <= STRAY_UNITS, css


@pytest.mark.parametrize("name", sorted(PLATES))
def test_a_plate_is_small_says_what_it_shows_and_holds_nothing_else(name: str) -> None:
    svg = drawn(name)
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    title = root.findtext(f"{SVG}title") or ""
    assert title.casefold() == name.replace("-", " ")
    assert "een from" in (root.findtext(f"{SVG}desc") or "")
    assert "prefers-color-scheme:dark" in svg
    assert len(gzip.compress(svg.encode(), 9)) <= LIGHT_BYTES
    assert traces_of(Path(FOLDER / f"{name}.svg"), f"figures/muscles/{name}.svg") == []
    assert any(css.startswith("w") for css, _ in paths(svg))


@pytest.mark.parametrize(
    "name", [n for n, p in PLATES.items() if p.frame == "pelvis" and not p.both]
)
def test_the_right_side_is_on_our_left_from_the_front_and_on_our_right_from_behind(
    name: str,
) -> None:
    svg = drawn(name)
    width = float(re.findall(r'<svg x="\d+" y="0" width="(\d+)"', svg)[0])
    of_it = [start[0] for css, start in paths(svg) if css == "w"]
    assert of_it
    on_the_left = PLATES[name].view == "front"
    assert all((x < width / 2) == on_the_left for x in of_it), of_it


# From bone to bone


@pytest.fixture(scope="module")
def upright() -> tuple[Body, Bent]:
    body = Body("woman")
    return body, body.bend(np.zeros((1, len(MOVEMENTS))), np.eye(3))


@pytest.fixture(scope="module")
def bones(upright: tuple[Body, Bent]) -> tuple[Array, Array]:
    """Points all over the bones, and how thick each is there."""
    solids = [s for pieces in BONES.values() for ribbon in pieces for s in _solid(*upright, ribbon)]
    return np.array([p for p, _ in solids]), np.array([r for _, r in solids])


def _solid(body: Body, bent: Bent, ribbon: Ribbon) -> list[tuple[Array, float]]:
    ways = [
        smooth([place_of(body, bent, "R", s) for s in edge], 8 * len(edge)) for edge in ribbon.edges
    ]
    if len(ways) == 2:
        ways = [ways[0] + (ways[1] - ways[0]) * t for t in np.linspace(0, 1, 12)]
    half = max(s.half_m for s in ribbon.edges[0])
    return [(point, half) for way in ways for point in way]


@pytest.mark.parametrize("name", sorted({*RIBBONS} - NOT_ON_BONE))
def test_a_muscle_begins_and_ends_at_a_bone(
    name: str, upright: tuple[Body, Bent], bones: tuple[Array, Array]
) -> None:
    middles, radii = bones
    for ribbon in RIBBONS[name]:
        for at in (0, -1):
            ends = [place_of(*upright, "R", edge[at]) for edge in ribbon.edges]
            away = np.linalg.norm(middles - np.mean(ends, axis=0), axis=1) - radii
            assert away.min() < FROM_BONE_M, (name, at, round(float(away.min()), 3))


def test_nothing_lies_outside_the_body(upright: tuple[Body, Bent]) -> None:
    body, bent = upright
    skin = body.skinned(bent, dict.fromkeys(SIDES, "soft"))
    normals = body.normals(skin)
    arms = [s + b for s in SIDES for b in ("uarm", "farm", "hand")]  # they hang at the hips
    near = ~np.isin(body.own, arms)
    skin, normals = skin[near], normals[near]
    for name, pieces in RIBBONS.items():
        for station in (s for ribbon in pieces for edge in ribbon.edges for s in edge):
            point = place_of(body, bent, "R", station)
            nearest = int(np.linalg.norm(skin - point, axis=1).argmin())
            over = float((point - skin[nearest]) @ normals[nearest])
            assert over < 0.012, (name, station, round(over, 3))
