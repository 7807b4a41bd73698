"""What a client sends back: a text with a line of code in it, found, proved, matched with its plan, and put in words.

The browser writes it (``web/src/handed/export.ts``). Messengers and mail wrap lines and put marks before them, so blanks
and ``>`` inside the code count for nothing; a sum finds what is missing.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kinopress.codes import Code
from kinopress.content.forms.private.plan import IDENTITY
from kinopress.content.forms.scalars import day_of
from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Plan
from kinopress.content.model.plans import PLAN_DAYS, TEST_DAYS, PainRule
from kinopress.content.relations.sessions import sessions_with_drafts
from kinopress.content.source.document import read_file
from kinopress.content.text.sums import sum_of
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.clients.folder import CAME_BACK, clients_of, names_of, plans_of
from kinopress.project.folder import cannot_write
from kinopress.system.atomic import make_private_folder, write_new

VERSION = 1
LARGEST_BYTES = 1_000_000
_NOTE_LONGEST = 4000
_FIGURES_MAX = 6
_CODE = re.compile(r"\[kinopress-plan:([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Day:
    """What was entered on a day: exercises done, the worst pain (0 to 10), whether it had settled by morning, a note."""

    done: tuple[str, ...] = ()
    pain: int | None = None
    settled: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """What a client sent.

    Attributes:
        identity: The plan it is of.
        start: Day 1, as 2026-12-01; ``None`` where none was chosen.
        sent: The day on which it was made.
        days: What was entered, by day.
        measured: Values by day, and by check and side (``ake-9090:left``).
        earlier: What was entered before a week was begun again.
    """

    identity: str
    start: str | None
    sent: str | None
    days: Mapping[int, Day]
    measured: Mapping[int, Mapping[str, float]]
    earlier: tuple[Export, ...] = ()


def export_in(text: str) -> Export:
    """The export that is in a text.

    Raises:
        Refusal: there is none, or it is damaged or of a newer edition (exit code 1).
    """
    codes = _CODE.findall(text)
    if not codes:
        raise _refused(
            "there is no export of a plan in this text",
            "use the file or the text that the client's plan made under “How it went”, all of it"
            " down to its last line in square brackets",
            Code.EXPORT_FOREIGN if "[kinopress-plan:" not in text else Code.EXPORT_DAMAGED,
        )
    version, _, rest = re.sub(r"[\s>]", "", codes[-1]).partition(":")
    if (_whole(version) or 0) > VERSION:
        raise _refused(
            "it was made by a newer edition of kinopress",
            "update kinopress, then read it again",
            Code.EXPORT_NEWER,
        )
    code, _, total = rest.rpartition(":")
    try:
        data = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        found = json.loads(data)
    except (binascii.Error, ValueError, RecursionError):
        raise _damaged() from None
    if version != str(VERSION) or sum_of(data) != total or not isinstance(found, dict):
        raise _damaged()
    export = _export(found)
    if export is None:
        raise _damaged()
    return export


def _export(found: Mapping[str, Any], *, inner: str | None = None) -> Export | None:
    identity = inner or found.get("id")
    if not isinstance(identity, str) or not IDENTITY.fullmatch(identity):
        return None
    earlier = found.get("earlier") if inner is None else None
    return Export(
        identity,
        _a_day(found.get("start")),
        _a_day(found.get("sent")),
        {
            int(number): _day(value)
            for number, value in _mapping(found.get("days")).items()
            if (_whole(number) or 0) in range(1, PLAN_DAYS + 1)
        },
        {
            int(number): _values(value)
            for number, value in _mapping(found.get("checks")).items()
            if _whole(number) in TEST_DAYS
        },
        tuple(
            past
            for one in (earlier if isinstance(earlier, list) else [])
            if isinstance(one, dict) and (past := _export(one, inner=identity)) is not None
        ),
    )


def _whole(figures: str) -> int | None:
    """A whole number of a few figures; Python refuses to read those of thousands."""
    return int(figures) if figures.isdecimal() and len(figures) <= _FIGURES_MAX else None


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _a_day(value: Any) -> str | None:
    return value if isinstance(value, str) and day_of(value) is not None else None


def _day(value: Any) -> Day:
    entry = _mapping(value)
    done, pain, settled, note = (entry.get(name) for name in ("done", "pain", "settled", "note"))
    is_score = isinstance(pain, int) and not isinstance(pain, bool) and 0 <= pain <= 10
    return Day(
        tuple(dict.fromkeys(n for n in done if isinstance(n, str)))
        if isinstance(done, list)
        else (),
        pain if is_score else None,
        settled if isinstance(settled, bool) else None,
        # JSON can name half of a letter, which nothing can show or write.
        note[:_NOTE_LONGEST].encode("utf-8", "replace").decode() if isinstance(note, str) else "",
    )


def _values(value: Any) -> dict[str, float]:
    return {
        name: float(number)
        for name, number in _mapping(value).items()
        if isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < 1e6
    }


def _refused(message: str, hint: str, code: Code) -> Refusal:
    return Refusal([Problem("the export", message, hint, code)], ExitCode.CONTENT)


def _damaged() -> Refusal:
    return _refused(
        "part of it is missing or was altered",
        "ask the client to send all of it again, best as a file",
        Code.EXPORT_DAMAGED,
    )


def plan_of(project: Path, library: Library, export: Export) -> PrivatePlan:
    """The plan that an export is of, of whichever client.

    Raises:
        Refusal: no client here has it (exit code 1).
    """
    folder = clients_of(project, library)
    for name in names_of(folder):
        for private in plans_of(project, folder / name, name):
            if private.about.identity == export.identity:
                return private
    raise _refused(
        "no client here has this plan",
        "it was made on another computer, or the plan was forgotten",
        Code.EXPORT_FOREIGN,
    )


def keep_export(project: Path, library: Library, private: PrivatePlan, text: str) -> bool:
    """Keep what came in the client's folder, once; whether it is new.

    One that was wrapped, quoted or sent with other words around it on its way is the same.

    Raises:
        Refusal: it cannot be written (exit code 3).
    """
    folder = clients_of(project, library) / private.client / CAME_BACK
    data = text.encode("utf-8", "replace")
    export = export_in(text)
    try:
        make_private_folder(folder)
        there = sorted(folder.glob("*.txt"))
        if any(_is_of(file, export) for file in there):
            return False
        number = len(there) + 1
        while os.path.lexists(to := folder / f"{number:03}.txt"):
            number += 1
        write_new(to, data, private=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    return True


def _is_of(file: Path, export: Export) -> bool:
    return kept_export(file) == export


def kept_export(file: Path) -> Export | None:
    """What a client sent, out of the file in which it is kept; ``None`` where that cannot be read."""
    data, _ = read_file(file, "")
    try:
        return None if data is None else export_in(data.decode("utf-8", "replace"))
    except Refusal:
        return None


def last_export(project: Path, library: Library, private: PrivatePlan) -> Export | None:
    """The last export of a client's plan that was kept; none where none has come."""
    folder = clients_of(project, library) / private.client / CAME_BACK
    for file in sorted(folder.glob("*.txt"), reverse=True):
        export = kept_export(file)
        if export is not None and export.identity == private.about.identity:
            return export
    return None


# In words


@dataclass(frozen=True, slots=True)
class Row:
    """A day in the table: its number, what was planned and done, its colour, its note; whether it had come when it was sent."""

    day: int
    planned: int
    done: int
    left_out: tuple[str, ...]
    pain: int | None
    colour: str
    settled: bool | None
    note: str
    to_come: bool = False


def colour_of(rule: PainRule | None, day: Day) -> str:
    """What a day's score means by the plan's rule; one that had not settled by morning counts one colour worse."""
    if rule is None or day.pain is None:
        return ""
    colours = ("green", "amber", "red")
    at = 0 if day.pain <= rule.green_max else 1 if day.pain <= rule.amber_max else 2
    return colours[min(at + (day.settled is False), 2)]


def rows_of(library: Library, plan: Plan, export: Export) -> list[Row]:
    """Every day of a plan beside what was entered."""
    sessions = sessions_with_drafts(library, plan)
    come = _days_come(export)
    rows = []
    for planned in plan.days:
        entry = export.days.get(planned.number, Day())
        to_come = planned.number > come and planned.number not in export.days
        ways = [sessions.of_day(way) for way in sessions.ways(planned)]
        # After an amber day another session is done: the one of which more was done was meant.
        way = max(ways, key=lambda way: sum(page.slug in entry.done for _, page in way))
        left = tuple(page.title for _, page in way if page.slug not in entry.done)
        rows.append(
            Row(
                planned.number,
                len(way),
                len(way) - len(left),
                left if entry.done else (),
                entry.pain,
                colour_of(plan.pain_rule, entry),
                entry.settled,
                entry.note,
                to_come,
            )
        )
    return rows


def _days_come(export: Export) -> int:
    """How many days had come when it was sent: by its dates, or where one is not said up to the last with an entry."""
    start, sent = (None if day is None else day_of(day) for day in (export.start, export.sent))
    if start is not None and sent is not None:
        return (sent - start).days + 1
    return max(export.days, default=0)


def in_sum(rows: list[Row]) -> str:
    """The whole in a sentence: how much was done, and how the pain went."""
    planned = [row for row in rows if row.planned and not row.to_come]
    whole = sum(row.done == row.planned for row in planned)
    part = sum(0 < row.done < row.planned for row in planned)
    so_far = " so far" if any(row.to_come for row in rows) else ""
    said = f"{whole} of {len(planned)} session{'' if len(planned) == 1 else 's'}{so_far} done whole, {part} in part"
    scores = [row for row in rows if row.pain is not None]
    if not scores:
        return f"{said}; no pain score."
    first, last = scores[0], scores[-1]
    reds = [str(row.day) for row in scores if row.colour == "red"]
    said += f"; pain {first.pain} on day {first.day}"
    if last is not first:
        highest = max(row.pain or 0 for row in scores)
        said += f", {last.pain} on day {last.day}, at most {highest}"
    return f"{said}; red on day {', '.join(reds)}." if reds else f"{said}; no red day."


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check in the table: its name, its values by day (the coach's own on day 0 too), and the change."""

    title: str
    unit: str
    values: Mapping[int, float]
    change: str


def checks_of(library: Library, private: PrivatePlan, export: Export) -> list[CheckRow]:
    """The values of each check, and whether their difference counts as real by what its source says."""
    return list(_checks(library, private, export))


def _checks(library: Library, private: PrivatePlan, export: Export) -> Iterator[CheckRow]:
    for test in private.plan.tests:
        check = library.shared.checks.get(test.test.text)
        if check is None:
            continue
        for side in ("left", "right") if check.sides else (None,):
            name = check.key if side is None else f"{check.key}:{side}"
            values = {
                day: value
                for day in TEST_DAYS
                for value in [
                    export.measured.get(day, {}).get(name, private.values_on(day).get(name))
                ]
                if value is not None
            }
            if not values:
                continue
            title = check.title if side is None else f"{check.title}, {side}"
            yield CheckRow(title, check.unit, values, _change(values, check.counts_from))


def _change(values: Mapping[int, float], counts_from: int | None) -> str:
    if len(values) < 2:
        return ""
    first, last = values[min(values)], values[max(values)]
    difference = last - first
    if difference == 0:
        return "no change"
    said = f"{difference:+g}".replace("-", "−")
    if counts_from is None:
        return f"{said}; nobody has established how much is a real change"
    real = abs(difference) >= counts_from
    return f"{said}; {'more' if real else 'less'} than {'or as much as ' if real else ''}chance alone ({counts_from})"


def titles_of(library: Library) -> Mapping[str, str]:
    """The titles of all exercises, by their file names."""
    pages = {**library.held, **library.pages}
    return {page.slug: page.title for page in pages.values() if isinstance(page, Exercise)}
