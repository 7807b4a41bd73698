"""Words and drawing agree: what a step says is measured in the pose beside which it is shown."""

from __future__ import annotations

import dataclasses

import pytest

from kinopress.figures.agreement.words import RULES, words_findings
from kinopress.figures.draw import draw, solve
from kinopress.figures.drawing.cutting import Cutting
from kinopress.figures.drawing.film import Film
from kinopress.figures.joints import INDEX
from kinopress.figures.pose import Motion, Pose, Prop, Step
from kinopress.figures.solve import Poses

BENT = {
    f"{side}.{name}": x for side in "RL" for name, x in (("hip.flex", 50.0), ("knee.flex", 100.0))
}
FLAT = Pose("only", floor=("back", "R foot", "L foot"), angles=BENT, line=3)


@pytest.fixture(scope="module")
def lying() -> Poses:
    poses, found = solve(Motion("One", "lie back", (FLAT,), (Step("only", hold_s=1),)))
    assert [f for f in found if f.kind == "words"] == []
    return poses


def contradicted(lying: Poses, words: str, **changed: float) -> list[str]:
    """What is said when a step has these words and some angles are otherwise."""
    solved = lying.solved["only"]
    q = solved.q.copy()
    for name, degrees in changed.items():
        q[INDEX[name.replace("_", ".")]] = degrees
    step = Step("only", hold_s=1, words=(words,), line=9)
    other = object.__new__(Poses)
    other.__dict__ |= lying.__dict__
    other.motion = dataclasses.replace(lying.motion, film=(step,))
    other.solved = {"only": dataclasses.replace(solved, q=q)}
    return [f.what for f in words_findings(other)]


STRAIGHT = {"R_knee_flex": 5.0}
AGREE: list[tuple[str, dict[str, float], dict[str, float]]] = [
    ("Lie on your back with both knees bent and feet flat.", {}, {"L_knee_flex": 20.0}),
    ("Lie on your back.", {}, {"pelvis_tilt": 90.0}),
    ("Straighten the knee slowly.", STRAIGHT, {}),
    ("Raise the looped leg, knee almost straight.", STRAIGHT, {}),
    ("Walk your heels away until the knees are only slightly bent.", {"R_knee_flex": 40.0, "L_knee_flex": 40.0}, {}),
    ("Bend the lower knee for balance.", {}, {"R_knee_flex": 5.0, "L_knee_flex": 5.0}),
    ("Thigh straight up", {"R_hip_flex": 90.0}, {}),
    ("Round your back up slowly.", {"lumbar_flex": 40.0}, {}),
    ("Chin to chest", {"neck_flex": 35.0}, {}),
    ("Look up", {"neck_flex": -30.0}, {}),
    ("Foot flat, heel down.", {}, {"R_ankle_flex": -10.0, "L_ankle_flex": -10.0}),
    ("Swing the outside leg back, from the hip.", {"R_hip_flex": -20.0}, {}),
    ("Let it swing forward again.", {}, {"R_hip_flex": 5.0, "L_hip_flex": 5.0}),
    ("Float the top leg up one centimetre.", {"R_knee_flex": 40.0}, {}),
    ("Raise your chest only as far as that tuck holds.", {"pelvis_tilt": 90.0}, {}),
    ("Swing the foot slowly inwards, past your midline.", {"R_hip_rotate": 40.0}, {}),
    ("Hug one knee.", {"R_hip_flex": 110.0, "R_shoulder_flex": 40.0}, {}),
    ("Keep both hands on the floor or on the front knee.", {"R_shoulder_flex": -14.0, "L_shoulder_flex": -14.0}, {}),
    ("Keep your hips straight.", {"R_hip_flex": 5.0, "L_hip_flex": 5.0}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "right", "wrong"), AGREE, ids=[words for words, *_ in AGREE])
def test_words_agree_with_one_pose_and_not_with_another(
    lying: Poses, words: str, right: dict[str, float], wrong: dict[str, float]
) -> None:
    assert contradicted(lying, words, **right) == []
    assert len(contradicted(lying, words, **wrong)) == 1


def test_what_contradicts_is_said_with_the_words_and_what_was_measured(lying: Poses) -> None:
    assert contradicted(lying, "Now straighten the knee.") == [
        "its step says “straighten the knee”, but here the knee that is bent less is bent by 101° (at most 28° agrees)"
    ]
    assert contradicted(lying, "Lift your hips into a bridge.")[0].startswith(
        "its step says “Lift your hips”, but here the hips are above the floor by"
    )


@pytest.mark.parametrize(
    "words",
    [
        "For less pressure, stand and pin the ball to a wall.",
        "Roll back until you lie flat.",
        "Keep the knees a hand apart.",
        "",
    ],
)
def test_words_that_describe_another_form_or_nothing_are_no_contradiction(
    lying: Poses, words: str
) -> None:
    assert contradicted(lying, words) == []


def test_each_row_of_the_table_leaves_a_range_and_names_its_measure() -> None:
    assert all(rule.low < rule.high and rule.what for rule in RULES)
    assert len({rule.words.pattern + rule.what for rule in RULES}) == len(RULES)


def test_a_muscle_that_no_still_shows_is_said_and_is_not_in_the_key() -> None:
    straight = Pose(
        "straight", start="only", angles={"R.hip.flex": 90.0, "R.knee.flex": 20.0}, floor=("back",)
    )
    film = (
        Step("only", hold_s=1),
        Step("only", hold_s=1, work=(("R", "gluteus-maximus"),), key=False, line=7),
        Step("straight", hold_s=1, stretch=(("R", "hamstrings"),)),
    )
    drawn = draw(Motion("One", "lie back", (FLAT, straight), film), "one")
    assert (drawn.works, drawn.stretches) == ((), ("hamstrings",))
    hidden = [(f.line, f.what) for f in drawn.findings if f.kind == "hidden"]
    assert hidden == [(7, "no still shows gluteus-maximus (R), which works")]


def test_a_box_hides_the_feet_under_it_and_not_the_body_that_lies_on_another() -> None:
    bed = Prop("box", at=(-0.3, 0.0), size=(2.6, 0.2, 0.9))
    over = Prop("box", at=(0.85, 0.0, 0.55), size=(0.4, 0.3, 1.2))
    lies = ("R shoulder blade", "L shoulder blade", "head back", "R heel", "L heel")
    pose = Pose("only", on=tuple((p, 0.2) for p in lies), at=(("sacrum", (0.0, 0.2, 0.0)),))
    motion = Motion(
        "One",
        "lie back",
        (pose,),
        (Step("only", hold_s=1),),
        props=(bed, over),
        seen_from=80,
        seen_high=35,
    )
    poses, _ = solve(motion)
    order = Film(motion, poses.body, Cutting(poses.body), poses).order
    assert order.index("box0") < min(order.index("shirt"), order.index("Rfoot"))
    assert order.index("box1") > max(order.index("Rfoot"), order.index("Lfoot"))
