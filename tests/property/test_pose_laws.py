"""Whatever stands in a pose file, it ends in a motion or in problems, and a motion in a drawing."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kinopress.content.forms.poses.file import FILE, read_motion
from kinopress.content.forms.poses.film import PUSH, STEP
from kinopress.content.forms.poses.pose import POSE
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.figures.anatomy.muscles import NAMES
from kinopress.figures.draw import draw
from kinopress.figures.joints import INDEX, LIMB_PARTS, LIMITS, SIDES, TRUNK_PARTS
from kinopress.figures.places import GROUPS, PLACES
from kinopress.figures.pose import BUILDS, STARTS, Motion, Pose, Prop, Step

KNOWN = [
    *FILE.fields,
    *POSE.fields,
    *STEP.fields,
    *PUSH.fields,
    *LIMB_PARTS,
    *TRUNK_PARTS,
    *("flex", "abduct", "rotate", "tilt", "wall", "box", "strap", "band", "ball", "size"),
]
WORDS = st.one_of(
    st.sampled_from([*KNOWN, *PLACES[::7], *GROUPS, *NAMES[::5], "ready", "R hip flex -", "up"]),
    st.text(max_size=12),
)


def _text(word: str) -> Text:
    return Text(1, word, "nothing" if not word else "text")


SCALARS = st.one_of(
    WORDS.map(_text),
    st.integers(-400, 400).map(lambda n: Text(1, str(n), "whole")),
    st.sampled_from(["nan", "inf", "-inf", "1e9", "0.5"]).map(lambda n: Text(1, n, "decimal")),
    st.just(Text(1, "true", "flag")),
)


def _fields(entries: dict[str, Node]) -> Fields:
    return Fields(1, entries, dict.fromkeys(entries, 1))


NODES: st.SearchStrategy[Node] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: Items(1, items)),
        st.dictionaries(WORDS, inner, max_size=4).map(_fields),
    ),
    max_leaves=12,
)
POSES = st.dictionaries(st.sampled_from(list(POSE.fields)), NODES, max_size=5).map(_fields)
STEPS = st.dictionaries(st.sampled_from(list(STEP.fields)), NODES, max_size=4).map(_fields)


@given(
    st.dictionaries(st.sampled_from(list(FILE.fields)), NODES, max_size=5),
    st.dictionaries(st.sampled_from(["ready", "open"]), POSES, min_size=1),
    st.lists(STEPS, max_size=3),
)
def test_a_pose_file_ends_in_a_motion_or_in_problems(
    others: dict[str, Node], some: dict[str, Fields], steps: list[Fields]
) -> None:
    ready = _fields({"pose": Text(1, "ready", "text"), "hold": Text(1, "1", "whole")})
    top = _fields(
        {
            "start": Text(1, "stand", "text"),
            **others,
            "poses": _fields(dict(some)),
            "film": Items(1, [ready, *steps]),
        }
    )
    motion, problems = read_motion(top, "exercises/clam.pose.yml", "Clam")
    if motion is None:
        assert [p for p in problems if p.severity == "error"]
        return
    assert motion.film
    names = [pose.name for pose in motion.poses]
    assert {step.pose for step in motion.film} <= set(names)
    for i, pose in enumerate(motion.poses):
        assert pose.start is None or pose.start in names[:i]
        for movement, angle in pose.angles.items():
            assert movement in INDEX
            low, high = LIMITS[movement]
            assert low <= angle <= high


def _pose(name: str, start: str | None = None) -> st.SearchStrategy[Pose]:
    """Angles within their ranges, and contacts that no body need be able to meet."""
    places = st.sampled_from(PLACES)
    metres = st.floats(-2, 2)
    angles = st.dictionaries(st.sampled_from(list(LIMITS)), st.floats(0, 1), max_size=8)
    return st.builds(
        lambda shares, **rest: Pose(
            name, start, {m: LIMITS[m][0] + x * (LIMITS[m][1] - LIMITS[m][0]) for m, x in shares.items()}, **rest
        ),
        angles,
        floor=st.lists(st.sampled_from([*PLACES, *GROUPS]), max_size=3).map(tuple),
        keep=st.lists(places, max_size=2 if start else 0).map(tuple),
        touch=st.lists(st.tuples(places, places), max_size=2).map(tuple),
        at=st.lists(
            st.tuples(places, st.tuples(metres, st.none(), metres)), max_size=1
        ).map(tuple),
    )  # fmt: skip


@given(
    st.sampled_from(STARTS),
    st.sampled_from(BUILDS),
    _pose("one"),
    _pose("two", "one"),
    st.lists(st.tuples(st.sampled_from(SIDES), st.sampled_from(NAMES)), max_size=3),
    st.lists(st.floats(0.001, 2), min_size=3, max_size=3),
    st.tuples(st.floats(-180, 180), st.floats(-10, 80)),
)
@settings(max_examples=3, phases=(Phase.explicit, Phase.generate))  # each takes seconds
def test_a_motion_that_no_body_could_make_still_ends_in_a_drawing_and_in_findings(
    start: str,
    build: str,
    one: Pose,
    two: Pose,
    muscles: list[tuple[str, str]],
    box: list[float],
    seen: tuple[float, float],
) -> None:
    motion = Motion(
        "One & another",
        start,
        (one, two),
        (Step("one", say="<one>"), Step("two", hold_s=1, work=tuple(muscles))),
        build=build,
        seen_from=seen[0],
        seen_high=seen[1],
        path="R heel",
        props=(Prop("box", at=(0.2, 0.1), size=tuple(box)),),
    )
    drawn = draw(motion, "clam")
    for svg in (drawn.moving, drawn.sheet, *drawn.stills):
        ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
        assert "nan" not in svg
    assert all(finding.what and finding.hint for finding in drawn.findings)
