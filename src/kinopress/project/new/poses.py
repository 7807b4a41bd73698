"""A pose file to begin from, one for each way to lie, sit or stand: it can be drawn as it is."""

from __future__ import annotations

from collections.abc import Mapping

from kinopress.content.forms.placeholders import IN_FIELDS

_LYING_ON_A_SIDE = """\
seen: {{from: {seen}, high: 42}}
poses:
  ready:
    floor: [{low} hip side, {low} shoulder side, {low} knee outside, {low} ankle outside]
    both: {{hip: {{flex: 45}}, knee: 90, ankle: 0}}
    touch: {{{top} ankle inside: {low} ankle inside, {top} palm: {top} hip front, {low} head side: {low} wrist}}
  move:
    as: ready
    {top}: {{hip: {{flex: 45, abduct: 32, rotate: 48}}, knee: 90}}
"""

_POSES: Mapping[str, str] = {
    "stand": """\
seen: {from: 60, high: 8}
poses:
  ready: {floor: [R foot, L foot]}
  move:
    as: ready
    keep: [R foot, L foot]
    pelvis: {tilt: 28}
    both: {hip: {flex: 52}, knee: 48, ankle: 20}
""",
    "kneel": """\
seen: {from: 80, high: 10}
poses:
  ready:
    floor: [R knee, L knee, R toe, L toe]
    both: {hip: {flex: 0}, knee: 94, ankle: -20}
  move:
    as: ready
    keep: [R knee, L knee]
    both: {knee: 104}
""",
    "sit": """\
seen: {from: 72, high: 10}
things: [{box: [0.5, 0.46, 0.46], at: [-0.06, 0]}]    # a chair: ahead, up, right in metres
poses:
  ready:
    floor: [R foot, L foot]
    on: {R sit bone: 0.46, L sit bone: 0.46}
    pelvis: {tilt: 0}
    both: {hip: {flex: 78}, knee: 86, ankle: 0}
    touch: {R palm: R thigh low, L palm: L thigh low}
  move:
    as: ready
    floor: [L foot]
    R: {hip: {flex: 84}, knee: 30, ankle: 0}
""",
    "all fours": """\
seen: {from: 80, high: 10}
poses:
  ready:
    floor: [R palm, L palm, R knee, L knee, R instep, L instep]
    both: {hip: {flex: 90}, knee: 90, ankle: -45, shoulder: {flex: 90}, elbow: 0}
  move:
    as: ready
    keep: [R palm, L palm, R knee, L knee]
    pelvis: {tilt: -48}
    lumbar: {flex: 65}
    neck: {flex: 55}
    both: {hip: {flex: 58}}
""",
    "lie back": """\
seen: {from: 75, high: 14}
poses:
  ready:
    floor: [back, R foot, L foot, R palm, L palm]
    both: {hip: {flex: 52}, knee: 118, ankle: -16, shoulder: {abduct: 20}}
  move:
    as: ready
    floor: [back, L foot, R palm, L palm]
    R: {hip: {flex: 95}, knee: 95}
""",
    "lie front": """\
seen: {from: 72, high: 20}
poses:
  ready:
    floor: [front, R thigh front, L thigh front, L knee, R elbow, L elbow]
    on: {forehead: 0.05}
    both: {hip: {flex: 0}, knee: 2, ankle: -50, shoulder: {flex: 130, abduct: 20}, elbow: 100, forearm: 120}
  move:
    as: ready
    R: {knee: 88, ankle: -20}
""",
    "lie right": _LYING_ON_A_SIDE.format(low="R", top="L", seen=-108),
    "lie left": _LYING_ON_A_SIDE.format(low="L", top="R", seen=108),
}

_FILM = f"""\
film:
  - {{pose: ready, hold: 1, say: {IN_FIELDS["prepare"]!r}}}
  - {{pose: move, move: 1.5, hold: 1, say: {IN_FIELDS["step"]!r}}}
"""


def new_poses(start: str) -> str:
    """The text of a pose file that begins from one of :data:`~kinopress.figures.pose.STARTS`: two poses and a film of them."""
    side = "side: L\n" if start == "lie right" else ""
    return f"start: {start}\n{side}{_POSES[start]}{_FILM}"
