"""One motion as a file of poses gives it, for tests that draw: lying on the side, the top knee opens."""

from __future__ import annotations

from kinopress.figures.joints import SIDES
from kinopress.figures.pose import Force, Motion, Pose, Step

CLOSED = Pose(
    "closed",
    angles={f"{s}.hip.flex": 45.0 for s in SIDES}
    | {f"{s}.knee.flex": 90.0 for s in SIDES}
    | {f"{s}.ankle.flex": 0.0 for s in SIDES},
    floor=("L hip side", "L shoulder side", "L knee outside", "L ankle outside"),
    touch=(("R ankle inside", "L ankle inside"), ("R palm", "R hip front")),
    line=4,
)
OPEN = Pose("open", start="closed", angles={"R.hip.abduct": 32.0, "R.hip.rotate": 48.0}, line=8)
CLAM = Motion(
    title="Clam & friends",
    start="lie left",
    poses=(CLOSED, OPEN),
    film=(
        Step("closed", hold_s=0.6, say="Heels together"),
        Step(
            "open",
            move_s=1.4,
            hold_s=0.9,
            say="Open the top knee as far as it goes of its own accord",
            count_s=2,
            work=(("R", "gluteus-medius"),),
            pushes=(Force("R knee", "R.hip.abduct"),),
        ),
    ),
    seen_from=108,
    seen_high=42,
    path="R knee",
    words=("Lie on your side.",),
)
