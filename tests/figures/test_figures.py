"""Figures: a pose is found, what no body could do is said, and the drawing is what browsers can show."""

from __future__ import annotations

import dataclasses
import gzip
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from kinopress.content.forms.poses.file import read_motion
from kinopress.content.relations.step_frames import key_frames
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.figures.anatomy.muscles import GROUPS, NAMES, PATCHES
from kinopress.figures.anatomy.ribbons import RIBBONS
from kinopress.figures.body import MIRROR, Body
from kinopress.figures.checks import check
from kinopress.figures.draw import Drawn, draw, draw_views, solve
from kinopress.figures.drawing.arrows import push_line, way_of
from kinopress.figures.drawing.cutting import Cutting
from kinopress.figures.drawing.film import Film
from kinopress.figures.drawing.layers import conflicts
from kinopress.figures.drawing.smil import Timeline
from kinopress.figures.drawing.style import style
from kinopress.figures.joints import INDEX, LIMB_RANGES, LIMITS, MOVEMENTS, SIDES
from kinopress.figures.places import GROUPS as PLACE_GROUPS
from kinopress.figures.places import PLACES, spread
from kinopress.figures.pose import BUILDS, Force, Motion, Pose, Prop, Step
from kinopress.figures.solve import box_of
from support.clam import CLAM, CLOSED

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def clam() -> Drawn:
    return draw(CLAM, "clam")


@pytest.fixture(scope="module")
def body() -> Body:
    return Body("woman")


def one_pose(**given: object) -> Motion:
    """A motion of one pose, standing unless it says otherwise."""
    start = str(given.pop("begins", "stand"))
    props = given.pop("props", ())
    pose = Pose("only", **given)  # type: ignore[arg-type]  # a test's shorthand
    return Motion("One", start, (pose,), (Step("only", hold_s=1),), props=props)  # type: ignore[arg-type]


# Bodies


@pytest.mark.parametrize("build", BUILDS)
def test_a_body_has_every_place_that_a_pose_may_name(build: str) -> None:
    body = Body(build)
    assert set(body.site) == set(PLACES)
    assert {p for names in PLACE_GROUPS.values() for p in names} <= set(PLACES)
    assert 1.5 < body.v[:, 1].max() - body.v[:, 1].min() < 1.9
    assert np.allclose(body.w.sum(1), 1)


def test_a_mirrored_pose_is_the_mirror_image(body: Body) -> None:
    chance = np.random.default_rng(7)
    q, mirrored = np.zeros(len(MOVEMENTS)), np.zeros(len(MOVEMENTS))
    for name in LIMB_RANGES:
        low, high = LIMB_RANGES[name]
        right, left = chance.uniform(low, high, 2)
        q[INDEX[f"R.{name}"]], q[INDEX[f"L.{name}"]] = right, left
        mirrored[INDEX[f"R.{name}"]], mirrored[INDEX[f"L.{name}"]] = left, right
    for name in ("lumbar.side", "lumbar.turn", "neck.side", "neck.turn"):
        q[INDEX[name]] = chance.uniform(-20, 20)
        mirrored[INDEX[name]] = -q[INDEX[name]]
    one, two = body.bend(q, np.eye(3)), body.bend(mirrored, np.eye(3))
    for side, other in (("R", "L"), ("L", "R")):
        for bone in ("hand", "foot"):
            here, there = one[side + bone][2][0], two[other + bone][2][0]
            # the mesh itself is not quite even on both sides
            assert np.linalg.norm(here - MIRROR @ there) < 0.004


def test_every_muscle_can_be_shown() -> None:
    shown = {*PATCHES, *RIBBONS}
    assert set(NAMES) == shown | set(GROUPS)
    assert {m for members in GROUPS.values() for m in members} <= shown


# Poses


def test_what_lies_on_the_floor_lies_there_and_what_was_asked_is_kept(body: Body) -> None:
    poses, found = solve(CLAM)
    assert [f for f in found if f.kind != "contact"] == []
    for name in ("closed", "open"):
        solved = poses.solved[name]
        bent = poses.solver.bend(solved.q[None])
        for place in spread(CLOSED.floor):
            assert abs(poses.body.at(bent, place)[0][1]) < 0.025
        skin = poses.body.skinned(bent, solved.hands)
        assert skin[:, 1].min() > -0.03
        for movement, angle in zip(MOVEMENTS[3:], solved.q[3:], strict=True):
            low, high = LIMITS[movement]
            assert low - 3 <= angle <= high + 3
    knee = (
        poses.solved["open"].q[INDEX["R.hip.abduct"]]
        - poses.solved["closed"].q[INDEX["R.hip.abduct"]]
    )
    assert knee > 15


def test_on_all_fours_hands_are_below_the_shoulders_with_the_fingers_ahead() -> None:
    """Nothing in the file says so; a search that begins elsewhere ends with the fingers at the knees."""
    floor = tuple(f"{s} {place}" for s in SIDES for place in ("palm", "knee", "instep"))
    bends = {"hip.flex": 90.0, "knee.flex": 90.0, "ankle.flex": -45.0, "shoulder.flex": 90.0}
    angles = {f"{s}.{bend}": angle for s in SIDES for bend, angle in bends.items()}
    poses, found = solve(one_pose(begins="all fours", floor=floor, angles=angles))
    assert [f for f in found if f.kind != "contact"] == []
    bent = poses.solver.bend(poses.solved["only"].q[None])
    for s, outwards in zip(SIDES, (1, -1), strict=True):
        tips, wrist, shoulder = (
            poses.body.at(bent, f"{s} {place}")[0] for place in ("fingertips", "wrist", "shoulder")
        )
        assert tips[0] - wrist[0] > 0.06  # ahead
        assert abs(tips[1]) < 0.04
        assert wrist[2] * outwards > 0.1  # hands do not cross
        assert abs(wrist[0] - shoulder[0]) < 0.2


def test_a_pose_that_keeps_a_place_leaves_it_where_it_was() -> None:
    first = Pose("first", floor=("R foot", "L foot"), angles={"R.knee.flex": 5.0})
    second = Pose(
        "second", start="first", keep=("R heel",), angles={"R.knee.flex": 60.0, "L.knee.flex": 60.0}
    )
    motion = Motion("Squat", "stand", (first, second), (Step("first"), Step("second", hold_s=1)))
    poses, _ = solve(motion)
    places = [
        poses.body.at(poses.solver.bend(poses.solved[n].q[None]), "R heel")[0]
        for n in ("first", "second")
    ]
    assert np.linalg.norm(places[0] - places[1]) < 0.025


@pytest.mark.parametrize(
    ("motion", "kind", "words"),
    [
        (
            one_pose(begins="lie back", floor=("back",), touch=(("R heel", "crown"),)),
            "range",
            "hip flex (R)",
        ),
        (
            one_pose(begins="lie back", floor=("back", "R palm", "L palm"), touch=(("R knee", "L shoulder"), ("L knee", "R shoulder"))),
            "contact",
            "R knee",
        ),
        (
            one_pose(floor=("R foot", "L foot"), angles={"pelvis.tilt": 80.0, "R.hip.flex": 10.0, "L.hip.flex": 10.0, "R.ankle.flex": 20.0, "L.ankle.flex": 20.0}),
            "balance",
            "topple",
        ),
        (
            one_pose(begins="sit", on=(("R sit bone", 0.46), ("L sit bone", 0.46)), angles={"pelvis.tilt": -75.0, "R.hip.flex": 86.0, "L.hip.flex": 86.0, "R.knee.flex": 92.0, "L.knee.flex": 92.0}, props=(Prop("box", at=(-0.06, 0.0), size=(0.5, 0.46, 0.46)),)),
            "balance",
            "its seat and its feet",
        ),
        (
            one_pose(wall=("R palm",), floor=("R foot", "L foot"), at=(("L heel", (1.2, None, None)),), props=(Prop("wall", at=(0.6,)),)),
            "floor",
            "the wall",
        ),
    ],
    ids=["a heel over the head", "knees that cannot cross", "nobody stands like that", "nobody sits like that", "a foot in the wall"],
)  # fmt: skip
def test_what_no_body_could_do_is_said(motion: Motion, kind: str, words: str) -> None:
    _, found = solve(motion)
    assert any(f.kind == kind and words in f.what for f in found), found


def test_a_body_that_sinks_into_the_floor_is_seen() -> None:
    poses, found = solve(one_pose(begins="lie back", floor=("back",)))
    assert [f.kind for f in found if f.kind == "floor"] == []
    solved = poses.solved["only"]
    sunk = solved.q.copy()
    sunk[1] -= 0.06
    poses.solved["only"] = dataclasses.replace(solved, q=sunk)
    assert any(f.kind == "floor" and "the floor" in f.what for f in check(poses))


def test_a_muscle_that_gets_no_longer_is_not_said_to_be_stretched() -> None:
    bent = Pose("bent", floor=("back",), angles={"R.hip.flex": 90.0, "R.knee.flex": 90.0})
    straight = Pose("straight", start="bent", angles={"R.knee.flex": 20.0})
    for muscle, wrong in (("hamstrings", False), ("rectus-femoris", True)):
        film = (Step("bent", hold_s=1), Step("straight", hold_s=1, stretch=(("R", muscle),)))
        drawn = draw(Motion("One", "lie back", (bent, straight), film), "one")
        assert any(f.kind == "muscle" for f in drawn.findings) == wrong


def test_of_a_muscle_that_is_not_stretched_is_said_how_long_it_is_and_what_would_stretch_it() -> (
    None
):
    bent = Pose("bent", floor=("back",), angles={"R.hip.flex": 90.0, "R.knee.flex": 90.0})
    straight = Pose("straight", start="bent", angles={"R.knee.flex": 20.0})
    film = (
        Step("bent", hold_s=1),
        Step("straight", hold_s=1, stretch=(("R", "rectus-femoris"),)),
    )
    _, found = solve(Motion("One", "lie back", (bent, straight), film))
    (told,) = [f for f in found if f.kind == "muscle"]
    here, there = (float(n) for n in re.findall(r"([\d.]+) %", told.what))
    assert here < there
    assert told.what.startswith("rectus-femoris (R) is said to be stretched")
    assert told.what.endswith("% in bent")
    assert "more knee flex (R) (now 20°)" in told.hint


# Drawings


def pictures(drawn: Drawn) -> dict[str, str]:
    return {"moving": drawn.moving, "sheet": drawn.sheet} | {
        f"still {i}": svg for i, svg in enumerate(drawn.stills, 1)
    }


def test_a_drawing_is_well_formed_and_says_what_it_shows(clam: Drawn) -> None:
    for svg in pictures(clam).values():
        root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
        assert root.find(f"{SVG}title") is not None
        assert root.findtext(f"{SVG}title") == "Clam & friends"
        assert root.findtext(f"{SVG}desc") == "Lie on your side."
        ids = [e.get("id", "") for e in root.iter() if e.get("id")]
        assert bool(ids) is ('class="w' in svg)  # a pattern for the muscle, and for nothing else
        assert len(ids) == len(set(ids))
        assert all(name.startswith("clam-") for name in ids)
        assert "script" not in svg
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_what_moves_can_be_read_by_every_browser(clam: Drawn) -> None:
    animated = list(ElementTree.fromstring(clam.moving).iter(f"{SVG}animate"))  # noqa: S314
    assert len(animated) > 10
    for animate in animated:
        times = animate.attrib["keyTimes"]
        assert re.fullmatch(r"0(?:;(?:0|1|0\.\d+))*;1", times), times
        numbers = [float(t) for t in times.split(";")]
        assert numbers == sorted(numbers)
        values = animate.attrib["values"].split(";")
        assert len(values) == len(numbers)
        if animate.attrib["attributeName"] == "d":
            # a browser moves from one path to another only if both have the same commands
            shapes = {re.sub(r"[-\d. ]+", "n", value) for value in values}
            counts = {len(re.findall(r"-?\d+", value)) for value in values}
            assert len(shapes) == len(counts) == 1


def test_stills_hold_nothing_that_moves_and_no_words(clam: Drawn) -> None:
    assert len(clam.stills) == 2
    for svg in (*clam.stills, clam.sheet):
        assert "<animate" not in svg
    for svg in clam.stills:
        assert "<text" not in svg
    assert clam.says == ("Heels together", CLAM.film[1].say)
    assert clam.sheet.count("<text") == 2


def test_a_film_whose_stills_are_all_left_out_still_has_its_last() -> None:
    step = Step("only", hold_s=1, say="Stand", key=False)
    motion = dataclasses.replace(one_pose(floor=("R foot", "L foot")), film=(step,))
    drawn = draw(motion, "one")
    assert (len(drawn.stills), drawn.says) == (1, ("Stand",))
    assert key_frames(motion) == (step,)
    assert draw_views(motion, "one").count("<title>One") == 6


def test_work_and_stretch_differ_by_more_than_colour(clam: Drawn) -> None:
    assert 'class="w' in clam.stills[1]
    assert 'class="w' not in clam.stills[0]
    assert ".fig .w{fill:url(#clam-w)" in clam.moving
    assert '<pattern id="clam-w"' in clam.moving
    assert "prefers-color-scheme:dark" in clam.moving
    last = dataclasses.replace(CLAM.film[-1], work=(), stretch=(("R", "gluteus-maximus"),))
    stretched = draw(dataclasses.replace(CLAM, film=(*CLAM.film[:-1], last)), "clam").moving
    assert ".fig .x{fill:url(#clam-x)" in stretched
    assert '<pattern id="clam-x"' in stretched


def test_a_drawing_has_the_rules_of_all_that_is_in_it_and_of_nothing_else(clam: Drawn) -> None:
    assert re.search(r'<circle [^>]*class="rw"', clam.moving)  # a class that stands last counts too
    for svg in (*pictures(clam).values(), draw_views(CLAM, "clam")):
        there = {css for said in re.findall(r' class="([^"]*)"', svg) for css in said.split()}
        sheet = "".join(re.findall(r"<style>(.*?)</style>", svg))
        assert set(re.findall(r"\.fig (?:circle)?\.(\w+)", sheet)) == there - {"fig"}
        assert (".fig text{" in sheet) is ("<text" in svg)
        used = set(re.findall(r"var\(--(\w+)\)", svg))
        assert set(re.findall(r"--(\w+):", sheet)) == used


def test_a_rule_never_hides_another_of_the_same_drawing() -> None:
    everything = "".join(f'<circle class="{css}"/>' for css in ("bo", "ao", "rw", "n"))
    sheet = style("one", "light", everything)
    assert sheet.index(".fig .ao,.fig .bo{") < sheet.index(".fig .bo{stroke-width:11")
    assert sheet.index(".fig .rw{fill:none") < sheet.index(".fig .rw{stroke:var(--w)}")


def test_a_film_comes_back_by_the_instants_it_went_by_and_strays_no_further() -> None:
    """A browser shows straight ways between key times; what is written again costs next to nothing."""
    there = [f"instant {k}" for k in range(13)]
    keys = [(t**1.2, one) for t, one in enumerate([*there, *reversed(there)])]
    length = keys[-1][0]
    bend = np.sin(np.arange(13) * 0.4) * 10
    values = [np.array([[x, 2 * x]]) for x in [*bend, *reversed(bend)]]
    words = [f"M{x:.0f} {y:.0f}" for ((x, y),) in values]
    written = Timeline(keys, length).animate("d", words, values, 3.0)
    times = [float(t) * length for t in re.findall(r'keyTimes="([^"]*)"', written)[0].split(";")]
    shown = re.findall(r'values="([^"]*)"', written)[0].split(";")
    half = len(shown) // 2
    assert shown[:half] == shown[: -half - 1 : -1]
    assert 6 < len(shown) < 20
    ways = np.array([[float(n) for n in word[1:].split()] for word in shown])
    for (t, _), value in zip(keys, values, strict=True):
        at = [np.interp(t, times, ways[:, k]) for k in (0, 1)]
        assert np.abs(at - value[0]).max() < 3.0 + 0.7  # a half for whole numbers


def test_a_figure_is_a_few_kilobytes(clam: Drawn) -> None:
    size = {name: len(gzip.compress(svg.encode(), 9)) for name, svg in pictures(clam).items()}
    assert size["moving"] < 14_000
    assert max(size[name] for name in size if name.startswith("still")) < 5_000


def test_the_same_pose_gives_the_same_drawing_whatever_was_drawn_before(clam: Drawn) -> None:
    """The body is cut once for all figures of a process; the muscles of one are not those of the next."""
    last = dataclasses.replace(
        CLAM.film[-1], work=(("R", "piriformis"),), stretch=(("L", "soleus"),)
    )
    draw(dataclasses.replace(CLAM, film=(*CLAM.film[:-1], last)), "clam")
    assert draw(CLAM, "clam") == clam


@pytest.mark.parametrize("high", [0.0, -10.0])
def test_a_figure_can_be_seen_from_the_height_of_the_floor_and_from_below(high: float) -> None:
    """Its shadow is a line there."""
    drawn = draw(dataclasses.replace(CLAM, seen_high=high), "clam")
    root = ElementTree.fromstring(drawn.stills[0])  # noqa: S314 - our own drawing
    shadow = next(e for e in root.iter() if e.get("class") == "g")
    assert shadow.get("d")
    assert "nan" not in drawn.moving


def test_a_way_is_that_of_the_film_and_ends_where_its_place_does() -> None:
    poses, _ = solve(CLAM)
    film = Film(CLAM, poses.body, Cutting(poses.body), poses)
    line = way_of(film, "R knee", "closed", "open")
    back = way_of(film, "R knee", "open", "closed")
    ends = [
        film.camera.flat(poses.body.at(poses.solver.bend(poses.solved[n].q[None]), "R knee"))[0]
        for n in ("closed", "open")
    ]
    assert np.allclose(line[[0, -1]], ends)
    assert np.allclose(back, line[::-1])
    # between two instants of the film it is where a pose that is looked for there would be
    half = poses.solver.bend(poses.between("closed", "open", 0.5)[None])
    assert np.linalg.norm(line[3] - film.camera.flat(poses.body.at(half, "R knee"))[0]) < 6


def test_a_place_that_two_poses_put_elsewhere_goes_from_one_to_the_other() -> None:
    """It stayed at the first pose's place, and the whole body was at the second's in the last instant."""
    first = Pose("first", floor=("L foot",), at=(("R heel", (0.1, 0.05, 0.12)),))
    second = Pose("second", start="first", at=(("R heel", (0.4, 0.05, 0.12)),))
    motion = Motion("One", "stand", (first, second), (Step("first"), Step("second", hold_s=1)))
    poses, _ = solve(motion)
    ahead = [
        poses.body.at(poses.solver.bend(poses.between("first", "second", x)[None]), "R heel")[0][0]
        for x in (0, 0.25, 0.5, 0.75, 1)
    ]
    assert np.allclose(np.diff(ahead), 0.075, atol=0.03)


def test_a_place_that_the_next_pose_keeps_stays_there_on_the_way() -> None:
    """The toes slid ahead as a heel was raised, and jumped back in the last instant."""
    arms = {
        f"{s}.{name}": x
        for s in SIDES
        for name, x in (("shoulder.flex", 62.0), ("elbow.flex", 50.0))
    }
    low = arms | {"R.hip.flex": 0.0, "R.knee.flex": 0.0, "L.hip.flex": 0.0, "L.knee.flex": 70.0}
    raised = {"R.ankle.flex": -38.0, "R.toes.flex": -38.0}
    hands, fore = ("R palm", "L palm"), ("R ball in", "R ball out")
    first = Pose("first", floor=("R foot",), wall=hands, angles=low)
    second = Pose("second", start="first", floor=fore, wall=hands, keep=fore, angles=raised)
    film = (Step("first"), Step("second", hold_s=1))
    wall = Prop("wall", at=(0.55,))
    poses, _ = solve(Motion("Raise", "stand", (first, second), film, props=(wall,)))
    places = [
        poses.body.at(poses.solver.bend(poses.between("first", "second", x)[None]), "R ball in")[0]
        for x in (0, 0.3, 0.6, 0.9, 1)
    ]
    assert max(np.linalg.norm(place - places[0]) for place in places) < 0.03


def test_things_stand_in_the_picture() -> None:
    everything = (
        Prop("wall", at=(0.6,)),
        Prop("box", at=(0.4, 0.0), size=(0.3, 0.2, 0.4)),
        Prop("strap", places=("R palm", "R toe")),
        Prop("band", places=("R knee", "L knee")),
        Prop("ball", places=("R knee inside", "L knee inside"), size=(0.08,)),
        Prop("roller", at=(0.3, 0.1), size=(0.07, 0.4)),
        Prop("cushion", at=(-0.3, 0.1), size=(0.15, 0.05)),
    )
    motion = dataclasses.replace(one_pose(floor=("R foot", "L foot")), props=everything)
    still = draw(motion, "things").stills[0]
    for css, count in {
        "u": 2,
        "u1": 2,
        "u2": 2,
        "p": 1,
        "pb": 1,
        "pc": 1,
        "pr": 2,
        "pe": 1,
    }.items():
        assert len(re.findall(rf'class="{css}"', still)) == count, css


@pytest.mark.parametrize(("seen_from", "ball_comes_last"), [(0.0, True), (180.0, False)])
def test_a_ball_is_hidden_only_by_what_is_nearer(seen_from: float, ball_comes_last: bool) -> None:
    ball = Prop("ball", places=("chest",), size=(0.05,))
    motion = dataclasses.replace(
        one_pose(floor=("R foot", "L foot")), props=(ball,), seen_from=seen_from
    )
    still = draw(motion, "ball").stills[0]
    assert (still.index('class="pc"') > still.index('class="t"')) is ball_comes_last


def test_an_arrow_has_an_edge_that_sets_it_off_from_a_muscle(clam: Drawn) -> None:
    edge, arrow = clam.stills[1].index('class="ao"'), clam.stills[1].index('class="a"')
    assert clam.stills[1].index('class="w') < edge < arrow


def test_a_dotted_way_lies_on_an_edge_without_gaps(clam: Drawn) -> None:
    """An edge in dots leaves what is below it between the dots: on stripes nobody could follow it."""
    found = re.findall(r"\.fig \.(b|bo)\{([^}]*)\}", clam.sheet)
    rules = {css: ";".join(look for one, look in found if one == css) for css in ("b", "bo")}
    assert "stroke-dasharray" in rules["b"]
    assert "stroke-dasharray" not in rules["bo"]
    way, edge = (float(re.findall(r"stroke-width:([\d.]+)", rules[css])[-1]) for css in ("b", "bo"))
    assert edge >= 2 * way


def test_an_arrow_into_the_floor_ends_at_it() -> None:
    push = Force("R ball", "R.ankle.flex", -1)
    film = (Step("only", hold_s=1, pushes=(push,)),)
    motion = dataclasses.replace(one_pose(floor=("R foot", "L foot")), film=film, seen_high=0)
    poses, _ = solve(motion)
    pressed = Film(motion, poses.body, Cutting(poses.body), poses)
    start, tip = push_line(pressed, film[0], push)
    assert start[1] < tip[1] - 20  # down in the picture is more
    assert abs(tip[1]) < 1


def test_a_short_way_is_drawn_long_enough_to_be_seen_and_from_a_pose_that_no_still_shows() -> None:
    low = Pose("low", floor=("R foot", "L foot"), angles={"R.shoulder.flex": 40.0})
    high = Pose("high", start="low", angles={"R.shoulder.flex": 45.0})
    film = (Step("low", hold_s=1, key=False), Step("high", hold_s=1), Step("high", hold_s=1))
    motion = Motion("One", "stand", (low, high), film, path="R palm")
    palms = [
        way_of(Film(motion, poses.body, Cutting(poses.body), poses), "R palm", "low", "high")
        for poses in solve(motion)[:1]
    ]
    assert 8 < np.linalg.norm(palms[0][-1] - palms[0][0]) < 40
    moved, rests = draw(motion, "short").stills
    (dots,) = re.findall(r'class="b" d="M(-?[\d.]+) (-?[\d.]+)', moved)
    (head,) = re.findall(r'class="bh" d="M(-?[\d.]+) (-?[\d.]+)', moved)
    assert np.hypot(float(dots[0]) - float(head[0]), float(dots[1]) - float(head[1])) > 44
    assert 'class="bh"' not in rests


@pytest.mark.parametrize(("seen_from", "told"), [(80, True), (92, False), (200, False)])
def test_a_wall_that_is_seen_from_behind_is_said(seen_from: float, told: bool) -> None:
    motion = one_pose(floor=("R foot", "L foot"))
    motion = dataclasses.replace(motion, props=(Prop("wall", at=(0.6,)),), seen_from=seen_from)
    found = draw(motion, "wall").findings
    assert any("wall is seen from behind" in f.what for f in found) is told


@pytest.mark.parametrize(("abduct", "told"), [(-25.0, True), (35.0, False)])
def test_an_arm_inside_the_trunk_is_said(abduct: float, told: bool) -> None:
    angles = {"R.shoulder.abduct": abduct, "R.shoulder.flex": -5.0}
    _, found = solve(one_pose(floor=("R foot", "L foot"), angles=angles))
    assert any(f.kind == "crossing" and "inside the trunk" in f.what for f in found) is told


def test_a_squeeze_has_an_arrow_from_each_side() -> None:
    pushes = tuple(Force(f"{s} knee outside", f"{s}.hip.abduct", -1) for s in SIDES)
    film = (Step("only", hold_s=1, pushes=pushes),)
    motion = dataclasses.replace(one_pose(floor=("R foot", "L foot")), film=film, seen_from=0)
    drawn = draw(motion, "squeeze")
    for picture in (drawn.moving, drawn.stills[0]):
        arrows = re.findall(r'class="a" d="M(-?\d+) -?\d+L(-?\d+)', picture)
        ways = [int(end) - int(begin) for begin, end in arrows]
        assert sorted(way > 0 for way in ways) == [False, True]


@pytest.mark.parametrize("build", BUILDS)
def test_no_throat_is_drawn_over_a_shirt(build: str) -> None:
    body = Body(build)
    cutting = Cutting(body)
    height, ahead = (cutting.grown(body.v)[cutting.parts["head"].ids][:, k] for k in (1, 0))
    neck = body.joint["neck"]
    collar = neck[1] + 0.012 - 0.35 * (ahead - neck[0])
    assert (collar - height).max() < 0.02  # a seam that cloth standing off the skin needs


def test_a_palm_on_a_wall_lies_flat_on_it_with_the_hand_bent_back() -> None:
    arms = {
        f"{s}.{name}": angle
        for s in SIDES
        for name, angle in (("shoulder.flex", 70.0), ("elbow.flex", 40.0))
    }
    motion = one_pose(
        floor=("R foot", "L foot"),
        wall=("R palm", "L palm"),
        angles=arms,
        props=(Prop("wall", at=(0.6,)),),
    )
    poses, found = solve(motion)
    assert not found
    solved = poses.solved["only"]
    bent = poses.solver.bend(solved.q[None])
    for side in SIDES:
        assert solved.q[INDEX[f"{side}.wrist.flex"]] < -30
        for place in ("palm", "fingertips"):
            assert 0.57 < poses.body.at(bent, f"{side} {place}")[0][0] < 0.61


def test_a_pose_that_was_found_in_one_room_is_sought_again_in_another() -> None:
    def at(ahead: float) -> float:
        motion = one_pose(
            wall=("R palm",), floor=("R foot", "L foot"), props=(Prop("wall", at=(ahead,)),)
        )
        poses, _ = solve(motion)
        return float(poses.body.at(poses.solver.bend(poses.solved["only"].q[None]), "R palm")[0][0])

    assert [round(at(ahead), 1) for ahead in (0.6, 0.4, 0.6)] == [0.6, 0.4, 0.6]


def test_a_check_of_solved_poses_can_be_asked_for_alone() -> None:
    poses, found = solve(CLAM)
    assert check(poses) == found


@pytest.mark.parametrize(
    ("abducted", "kind"), [(0, None), (-15, "press"), (-25, "crossing")], ids=str
)
def test_thighs_may_be_pressed_together_and_not_be_in_one_place(
    abducted: float, kind: str | None
) -> None:
    angles = {f"{side}.hip.abduct": float(abducted) for side in SIDES}
    _, found = solve(one_pose(begins="lie back", floor=("back",), angles=angles))
    about = [f.kind for f in found if "left thigh" in f.what and "right thigh" in f.what]
    assert about == ([] if kind is None else [kind])


@pytest.mark.parametrize(
    ("muscle", "way", "told"),
    [
        ("hamstrings", -1, False),
        ("hamstrings", 1, True),
        ("psoas-major", 1, False),
        ("psoas-major", -1, True),
    ],
)
def test_a_muscle_that_could_not_push_that_way_is_said(muscle: str, way: int, told: bool) -> None:
    lifted = Pose("lifted", floor=("back",), angles={"R.hip.flex": 60.0, "R.knee.flex": 10.0})
    push = Force("R heel", "R.hip.flex", way)
    film = (Step("lifted", hold_s=1, work=(("R", muscle),), pushes=(push,)),)
    _, found = solve(Motion("One", "lie back", (lifted,), film))
    assert any(f.kind == "muscle" and "arrow" in f.what for f in found) is told
    for finding in (f for f in found if f.kind == "muscle"):
        before, after = (float(n) for n in re.findall(r"([\d.]+) %", finding.what))
        assert before <= after
        assert f"{'more' if way > 0 else 'less'} hip flex (R)" in finding.what
        assert f"{muscle} (R) would get shorter by " in finding.hint


def test_parts_that_pass_one_another_are_found_with_the_moment() -> None:
    before = {("Lfarm", "Rfarm"): 20.0, ("Lthigh", "Lleg"): 20.0, ("head", "Rhand"): 3.0}
    after = {("Lfarm", "Rfarm"): -20.0, ("Lthigh", "Lleg"): -20.0, ("head", "Rhand"): -3.0}
    order = ["Rfarm", "Lfarm", "Lthigh", "Lleg", "Rhand", "head"]
    assert conflicts([before, before, after], order) == {("Lfarm", "Rfarm"): 2}


def test_a_film_in_which_an_arm_goes_behind_the_back_says_so() -> None:
    front = {"R.shoulder.flex": 25.0, "R.elbow.flex": 95.0, "R.shoulder.rotate": -70.0}
    back = {"R.shoulder.flex": -45.0, "R.elbow.flex": 100.0, "R.shoulder.rotate": -80.0}
    ahead = Pose("ahead", floor=("R foot", "L foot"), angles=front)
    film = (Step("ahead", hold_s=1), Step("behind", hold_s=1))
    poses = (ahead, Pose("behind", start="ahead", angles=back))
    found = [
        f
        for f in draw(Motion("One", "stand", poses, film, seen_from=10), "one").findings
        if f.kind == "order"
    ]
    assert len(found) == 1
    assert "the right forearm" in found[0].what
    assert "change places" in found[0].what


def test_a_doorway_is_two_posts_with_a_gap_that_holds_a_heel() -> None:
    text = """\
start: lie back
things: [{doorway: [0.43, -0.35], size: [0.8, 1.3]}]
poses:
  up:
    floor: [back, L heel]
    at: {R heel: [0.37, free, 0.12]}
    R: {hip: {flex: 74}, knee: 6, ankle: 0}
film:
- {pose: up, hold: 1}
"""
    top, found = parse_fields(text, "exercises/one.pose.yml")
    assert top is not None
    motion, more = read_motion(top, "exercises/one.pose.yml", "One")
    assert motion is not None and [*found, *more] == []
    right, left = (box_of(prop) for prop in motion.props)
    assert right[0][2] - left[1][2] == pytest.approx(0.8)
    poses, said = solve(motion)
    assert [f for f in said if f.kind in {"floor", "contact"}] == []
    heel = poses.body.at(poses.solver.bend(poses.solved["up"].q[None]), "R heel")[0]
    assert right[0][2] < heel[2] < right[1][2]
