"""Readers for what only a plan has: its days, blocks, tests, swaps and pain rule."""

from __future__ import annotations

from functools import partial

from kinopress.codes import Code
from kinopress.content.forms import groups
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.model.names import SLUG
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.content.model.plans import (
    PLAN_DAYS,
    TEST_DAYS,
    Block,
    PainRule,
    PlanDay,
    PlanTest,
    Portion,
    Swap,
)
from kinopress.problems import quoted

_OF_A_WEEK = ("sessions_per_day", "days_per_week", "weeks")
"""What a plan says by its days and not by a dosage."""

PORTION = Form(
    Field("exercise", f.slug, "The exercise, by its file name.", "glute-bridge", required=True),
    *(field for name, field in groups.DOSAGE.fields.items() if name not in _OF_A_WEEK),
    what="an exercise of a block",
)


def blocks(node: Node, desk: Desk, form: Form = PORTION) -> tuple[Block, ...] | None:
    """Blocks by name: each a list of exercises, by file name alone or with what the plan changes (``form``)."""
    if not isinstance(node, Fields):
        desk.report(
            node.line,
            "each block needs a name",
            "write one per line, like loosen-a: [sciatic-slider, leg-swings]",
            Code.PLAN_BLOCKS,
        )
        return None
    found = []
    for name, entries in node.entries.items():
        line = node.key_lines[name]
        if not SLUG.fullmatch(name):
            desk.report(
                line,
                f"{quoted(name)} cannot be the name of a block",
                "use lower-case letters, numbers and hyphens, like strong-1",
                Code.NAME_SLUG,
            )
        before = len(desk.problems)
        portions = f.list_of(partial(_portion, form=form))(entries, desk.at(name))
        whole = len(desk.problems) == before
        found.append(Block(name, line, portions or (), whole))
    return tuple(found)


def _portion(node: Node, desk: Desk, form: Form) -> Portion | None:
    if isinstance(node, Text):
        exercise = f.slug(node, desk)
        return None if exercise is None else Portion(exercise)
    values = form.read(node, desk)
    if values is None or "exercise" not in values:
        return None
    groups.unlikely_times(values, node, desk)
    apart = {name: values.pop(name) for name in ("side", "words") if name in values}
    if "side" in apart:
        values["per_side"] = False
    return Portion(values.pop("exercise"), values, **apart)


DAY = Form(
    Field("do", groups.mentions, "The blocks of the session, by name.", "[loosen-a]"),
    Field(
        "swap_if_amber",
        f.mention,
        "The block to do instead after an amber or red strength day, or while it has not been green twice.",
        "strong-1",
    ),
    Field("also", f.text, "Anything else for that day.", "An easy run or a walk."),
    Field(
        "progress",
        f.text,
        "What to add when the two sessions of this kind before it were green.",
        "Add a set of bridges.",
    ),
    what="a day",
)


def days(node: Node, desk: Desk) -> tuple[PlanDay, ...] | None:
    """Days by number, from 1 to ``PLAN_DAYS``, in their order."""
    if not isinstance(node, Fields):
        desk.report(
            node.line,
            "each day needs its number",
            "write one per line, like 1: {do: [loosen-a]}",
            Code.PLAN_DAYS,
        )
        return None
    found = []
    for key, entry in node.entries.items():
        line = node.key_lines[key]
        number = int(key) if key.isascii() and key.isdigit() and len(key) < 4 else 0
        if str(number) != key or not 1 <= number <= PLAN_DAYS:
            desk.at(key).report(
                line,
                f"a plan has no day {quoted(key)}",
                f"number the days from 1 to {PLAN_DAYS}",
                Code.PLAN_DAY_UNKNOWN,
            )
            continue
        values = DAY.read(entry, desk.at(key))
        if values is not None:
            found.append(PlanDay(number, line, **values))
            fields = set(entry.entries) if isinstance(entry, Fields) else set()
            if fields <= set(DAY.fields) and not fields & {"do", "also"}:
                desk.at(key).report(
                    line,
                    "there is nothing to do on this day",
                    "list its blocks under do, or say under also that it is a rest day",
                    Code.PLAN_DAY_EMPTY,
                )
    return tuple(sorted(found, key=lambda day: day.number))


def _test_days(node: Node, desk: Desk) -> tuple[int, ...] | None:
    parts = node.items if isinstance(node, Items) else [node]
    words = [part.text.strip() if isinstance(part, Text) else "" for part in parts]
    found = tuple(day for day in TEST_DAYS if str(day) in words)
    if len(found) != len(words) or 0 not in found or len(found) < 2:
        desk.report(
            node.line,
            f"a test is done on day 0 and again on day {' or '.join(map(str, TEST_DAYS[1:]))}",
            f"write {list(TEST_DAYS)} or [0, {TEST_DAYS[-1]}], or remove the line",
            Code.PLAN_TEST_DAYS,
        )
        return None
    return found


TEST = Form(
    Field("test", f.mention, "A key of docs/data/tests.yml.", "ake-9090", required=True),
    Field("when", _test_days, "On which days; 0, 7 and 14 if omitted.", "[0, 14]"),
    Field(
        "real_change",
        f.text,
        "What counts as a change, where it is not what the test says.",
        "8 degrees or more.",
    ),
    what="a test of a plan",
)


def tests(node: Node, desk: Desk) -> tuple[PlanTest, ...] | None:
    """What is measured: keys of tests, alone or with days and a change of their own."""
    return f.list_of(_test)(node, desk)


def _test(node: Node, desk: Desk) -> PlanTest | None:
    if isinstance(node, Text):
        test = f.mention(node, desk)
        return None if test is None else PlanTest(test)
    values = TEST.read(node, desk)
    return PlanTest(**values) if values is not None and "test" in values else None


SWAP = Form(
    Field("exercise", f.slug, "The exercise to leave.", "met-hamstring-strap", required=True),
    Field("use", f.slug, "The one to do instead.", "met-hamstring-ri", required=True),
    Field("when", f.text, "When to change over.", "Holding the strap hurts.", required=True),
    what="a swap",
)


def swaps(node: Node, desk: Desk) -> tuple[Swap, ...] | None:
    """Which exercise may stand in for which, and when."""
    return f.list_of(_swap)(node, desk)


def _swap(node: Node, desk: Desk) -> Swap | None:
    values = SWAP.read(node, desk)
    return Swap(**values) if values is not None and len(values) == len(SWAP.fields) else None


LIGHT = Form(
    Field("max", f.whole(0, 9), "The highest score that still counts.", "3", required=True),
    Field("do", f.text, "What to do at such a score.", "Carry on.", required=True),
    what="a colour of the pain rule",
)
RED = Form(
    Field("do", f.text, "What to do at such a score.", "Stop for today.", required=True),
    Field(
        "twice",
        f.text,
        "What to do after red twice in a row.",
        "Stop the plan and ask a physiotherapist.",
    ),
    what="red",
)
PAIN_RULE = Form(
    Field("green", LIGHT.read, "The low scores.", "{max: 3, do: Carry on.}", required=True),
    Field(
        "amber",
        LIGHT.read,
        "The middle scores.",
        "{max: 5, do: Fine if it has settled by next morning.}",
        required=True,
    ),
    Field("red", RED.read, "Everything above.", "{do: Stop for today.}", required=True),
    Field(
        "stop_now",
        groups.mentions,
        "Warning signs that end the plan: keys of docs/data/red_flags.yml.",
        "[cauda-equina]",
    ),
    what="a pain rule",
)


def pain_rule(node: Node, desk: Desk) -> PainRule | None:
    """The traffic light, for scores from 0 to 10."""
    values = PAIN_RULE.read(node, desk)
    if values is None or not {"green", "amber", "red"} <= set(values):
        return None
    green, amber, red = values["green"], values["amber"], values["red"]
    if any(len(light) < 2 for light in (green, amber)) or "do" not in red:
        return None
    if green["max"] >= amber["max"]:
        desk.report(
            node.line,
            "green does not end below amber",
            "give amber the higher max, like 3 for green and 5 for amber",
            Code.PLAN_PAIN_ORDER,
        )
        return None
    return PainRule(
        green["max"],
        amber["max"],
        green["do"],
        amber["do"],
        red["do"],
        stop_now=values.get("stop_now", ()),
        **({"twice": red["twice"]} if "twice" in red else {}),
    )


def private(line: int, desk: Desk) -> None:
    """What belongs to one client has no place among public files; nothing of it is repeated."""
    desk.report(
        line,
        "this is about one person, and every file here is public",
        "remove the lines; a client's own copy of a plan is kept outside this folder",
        Code.PLAN_PRIVATE,
    )


PRIVATE = (
    *("private", "plan_ref", "client", "side", "dose_overrides", "baseline", "expires"),
    *("plan_id", "assessed", "measured", "shown_name", "own_words", "consent", "delete_on"),
)
"""Fields of a client's own copy; the second row is what a private plan says of its client."""
