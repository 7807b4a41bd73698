"""The form of a pose file: from what a coach wrote to a motion, or problems with their lines."""

from __future__ import annotations

from typing import Any

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.forms.poses.film import read_step
from kinopress.content.forms.poses.pose import read_pose
from kinopress.content.forms.poses.things import HOW_THINGS, stands, thing
from kinopress.content.forms.poses.words import number, read_place
from kinopress.content.model.nodes import Fields, Items
from kinopress.figures.pose import BUILDS, HANDS, SKINS, STARTS, Motion, Pose

SEEN = Form(
    Field("from", number(-180, 180), "Degrees round the body: 0 from ahead, 90 from its right.", "80", required=True),
    Field("high", number(-10, 80), "Degrees above the floor.", "12"),
    what="the view",
)  # fmt: skip

POSES_MAX, STEPS_MAX = 16, 32
"""Each takes seconds to solve or to draw; the longest film of this site has five steps."""

FILE = Form(
    Field("start", f.choice(*STARTS), "How the body lies or stands.", "lie back", required=True),
    Field("side", f.choice("R", "L"), "The side of the muscles that name none.", "R"),
    Field("body", f.choice(*BUILDS), "Who does it.", "woman"),
    Field("skin", f.choice(*SKINS), "Whose skin.", "middle"),
    Field("hands", f.choice(*HANDS), "Hands that touch nothing.", "soft"),
    Field("seen", SEEN.read, "From where it is seen.", "{from: 80, high: 12}"),
    Field("things", f.list_of(thing), "What is in the room or is held.", "[{wall: 0.6}]"),
    Field("poses", lambda node, desk: node, "The poses by name.", "{ready: {floor: [back]}}", required=True),
    Field("film", lambda node, desk: node, "The steps of the film.", "[{pose: ready, hold: 1}]", required=True),
    Field("path", read_place, "A place whose way is dotted.", "R knee"),
    Field("back", number(0.2, 10), "Seconds from the last pose to the first.", "1.6"),
    what="a pose file",
)  # fmt: skip


def read_motion(top: Fields, path: str, title: str) -> tuple[Motion | None, list[Any]]:
    """A motion, or `None` with problems.

    Args:
        top: What is in the file.
        path: The file, for the problems.
        title: The exercise's.
    """
    desk = Desk(path, [])
    values = FILE.read(top, desk)
    if values is None or "poses" not in values or "film" not in values:
        return None, desk.problems
    side = values.get("side", "R")
    poses: list[Pose] = []
    written = values["poses"]
    if isinstance(written, Fields):
        for name, node in written.entries.items():
            known = [p.name for p in poses]
            poses.append(
                read_pose(name, written.key_lines[name], node, desk.at(f"poses.{name}"), known)
            )
    names = [p.name for p in poses]
    steps_node = values["film"]
    items = steps_node.items if isinstance(steps_node, Items) else []
    steps = [s for n in items if (s := read_step(n, desk.at("film"), names, side)) is not None]
    for what, count, most in (("poses", len(poses), POSES_MAX), ("film", len(items), STEPS_MAX)):
        if count > most:
            desk.at(what).report(
                top.key_lines[what],
                f"there are {count} of them, and a figure of one exercise has {most} at most",
                "keep those in which something new begins, since the way between two is drawn by itself",
                Code.FIGURE_LONG,
            )
    if not poses or not items:
        what = "film" if poses else "poses"
        desk.at(what).report(
            top.key_lines[what],
            "there is nothing here that can be drawn",
            f"write it like {FILE.fields[what].example}",
            Code.FIELDS_WANTED,
        )
    walls = any(one.kind == "wall" for one in values.get("things", ()))
    for pose in poses:
        if pose.wall and not walls:
            desk.at(f"poses.{pose.name}.wall").report(
                pose.line,
                "there is no wall in the picture",
                f"add a line like things: [{HOW_THINGS['wall']}]",
                Code.POSE_THING,
            )
    if any(p.severity == "error" for p in desk.problems):
        return None, desk.problems
    seen = values.get("seen") or {}
    motion = Motion(
        title=title,
        start=values.get("start", "stand"),
        poses=tuple(poses),
        film=tuple(steps),
        side=side,
        build=values.get("body", "woman"),
        skin=values.get("skin", "light"),
        hands=values.get("hands", "soft"),
        seen_from=seen.get("from", 80.0),
        seen_high=seen.get("high", 12.0),
        path=values.get("path"),
        back_s=values.get("back", 1.6),
        props=tuple(part for one in values.get("things", ()) for part in stands(one)),
    )
    return motion, desk.problems
