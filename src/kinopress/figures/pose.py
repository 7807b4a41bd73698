"""What a pose file says, as values: poses, the steps of the film, what is in the room.

Nothing here asks whether a body could do it; `solve` finds that out and `checks` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

STARTS: tuple[str, ...] = (
    "stand",
    "kneel",
    "sit",
    "all fours",
    "lie back",
    "lie front",
    "lie right",
    "lie left",
)
"""How the body is turned in the room before any angle is asked for; `lie right` is on the right side."""

PROP_KINDS: tuple[str, ...] = (
    "wall",
    "box",
    "strap",
    "band",
    "ball",
    "roller",
    "cushion",
)
"""What can stand, lie or be held: a step, a chair, a bench and a bed are boxes, a doorway is two."""

HANDS = ("flat", "soft", "grip")
BUILDS = ("woman", "man", "heavier", "older")
SKINS = ("light", "middle", "dark")


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the picture.

    Attributes:
        kind: One of :data:`PROP_KINDS`.
        at: Where: for a wall its distance ahead of the start in metres; for a box its middle (ahead, right) and
            for the others one or more places of the body.
        size: Metres: a box ahead × up × right, else the radius first.
        low: How high above the floor a box begins, in metres.
    """

    kind: str
    places: tuple[str, ...] = ()
    at: tuple[float, ...] = ()
    size: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Pose:
    """One pose.

    Attributes:
        start: The pose it begins from, or ``None`` for the starting position.
        angles: Asked for, in degrees, by names of :data:`~kinopress.figures.joints.MOVEMENTS`.
        floor: Places that are on the floor.
        keep: Places that stay where they were in the pose before.
        touch: Places that meet one another.
        wall: Places that are at the wall.
        on: Places that rest at a height above the floor, in metres.
        at: Places that are at a point of the room: ahead, up, right in metres; ``None`` leaves one free.
        point: Directions of the fingers, by palm: ahead, up, right.
    """

    name: str
    start: str | None = None
    angles: dict[str, float] = field(default_factory=dict)
    floor: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    touch: tuple[tuple[str, str], ...] = ()
    wall: tuple[str, ...] = ()
    on: tuple[tuple[str, float], ...] = ()
    at: tuple[tuple[str, tuple[float | None, float | None, float | None]], ...] = ()
    point: tuple[tuple[str, tuple[float, float, float]], ...] = ()
    hands: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Force:
    """A push: at which place, and into which movement it would go if nothing held it."""

    place: str
    movement: str
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch of the film: into a pose, and how long it stays.

    Attributes:
        pose: Name of the pose.
        move_s: Seconds that the movement into it takes.
        hold_s: Seconds that it stays.
        say: Words below the picture.
        count_s: Seconds of the exercise that the ring shows going by; ``None`` shows none.
        work: Muscles that work, as (side, name).
        stretch: Muscles that are stretched, as (side, name).
        pushes: The forces: a squeeze has one from each side.
        key: Is it one of the frames of the still?
        words: The steps of the exercise beside which its still is shown.
    """

    pose: str
    move_s: float = 1.5
    hold_s: float = 0.0
    say: str = ""
    count_s: float | None = None
    work: tuple[tuple[str, str], ...] = ()
    stretch: tuple[tuple[str, str], ...] = ()
    pushes: tuple[Force, ...] = ()
    key: bool = True
    line: int = 1
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Motion:
    """A whole pose file.

    Attributes:
        start: One of :data:`STARTS`.
        side: The side that is meant where a muscle names none.
        seen_from: Degrees round the body: 0 is from ahead, 90 from its right.
        seen_high: Degrees above the floor.
        path: The place whose way is dotted in the still.
        back_s: Seconds from the last pose back to the first.
    """

    title: str
    start: str
    poses: tuple[Pose, ...]
    film: tuple[Step, ...]
    side: str = "R"
    build: str = "woman"
    skin: str = "light"
    hands: str = "soft"
    seen_from: float = 80.0
    seen_high: float = 12.0
    path: str | None = None
    back_s: float = 1.6
    props: tuple[Prop, ...] = ()
    words: tuple[str, ...] = ()

    def pose(self, name: str) -> Pose:
        """The pose of that name."""
        return next(p for p in self.poses if p.name == name)

    @property
    def drawn_side(self) -> str:
        """The side that is shown doing it: that of all its muscles, or the one that is meant where they have both or none."""
        sides = {side for step in self.film for side, _ in (*step.work, *step.stretch)}
        return sides.pop() if len(sides) == 1 else self.side
