"""Readers for how much, how long and how hard. A number without its unit is never guessed at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinopress.content.form import Desk, Reader, said
from kinopress.content.nodes import Node, Text


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range of numbers, both ends included. The field says the unit."""

    low: float
    high: float

    def __str__(self) -> str:
        low, high = _plain(self.low), _plain(self.high)
        return low if low == high else f"{low}–{high}"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"


_NUMBER = r"(\d+(?:\.\d+)?)"
_RANGE = re.compile(rf"^{_NUMBER}(?:\s*(?:-|–|to)\s*{_NUMBER})?\s*(.*)$")
_CLOCK = re.compile(
    rf"^(?:{_NUMBER}\s*h(?:ours?)?\s*)?(?:{_NUMBER}\s*(?:min|minutes?|m)\s*)?(?:{_NUMBER}\s*(?:s|sec|seconds?)\s*)?$"
)


def seconds(node: Node, desk: Desk) -> float | None:
    """One duration or moment with its unit: ``30 s``, ``1 min 30 s``. Seconds."""
    amount = duration(node, desk)
    if amount is None:
        return None
    if amount.low != amount.high:
        desk.report(
            node.line, f"{said(node)} is a range", "write one time, like 12.5 s", "duration-range"
        )
        return None
    return amount.low


def moment(node: Node, desk: Desk) -> float | None:
    """A moment of a film with its unit; ``0 s`` is the beginning. Seconds."""
    if isinstance(node, Text) and re.fullmatch(
        r"0+(\.0+)?\s*(s|sec|seconds?|min|minutes?)", node.text.strip()
    ):
        return 0.0
    return seconds(node, desk)


def duration(node: Node, desk: Desk) -> Amount | None:
    """A duration with its unit, or a range of seconds or minutes (``5–10 s``). Seconds."""
    if isinstance(node, Text):
        words = node.text.strip()
        if node.type in ("whole", "decimal"):
            desk.report(
                node.line,
                f"“{words}” has no unit",
                f"write {words} s or {words} min",
                "dosage-unit",
            )
            return None
        if re.fullmatch(r"\d+:\d{1,2}(:\d{1,2})?", words):
            desk.report(
                node.line,
                f"“{words}” can be read in two ways",
                "write the units, like 1 min 30 s",
                "dosage-unit",
            )
            return None
        match = _CLOCK.match(words)
        if match and any(match.groups()):
            hours, minutes, secs = (float(part) if part else 0.0 for part in match.groups())
            total = hours * 3600 + minutes * 60 + secs
            return _ordered(total, total, node, desk)
        match = _RANGE.match(words)
        if match:
            unit = {"s": 1, "sec": 1, "seconds": 1, "min": 60, "minutes": 60}.get(match.group(3))
            if unit is not None:
                low = float(match.group(1)) * unit
                high = float(match.group(2) or match.group(1)) * unit
                return _ordered(low, high, node, desk)
            if not match.group(3):
                desk.report(
                    node.line,
                    f"“{words}” has no unit",
                    f"write {words} s or {words} min",
                    "dosage-unit",
                )
                return None
    desk.report(
        node.line,
        f"{said(node)} is not a length of time",
        "write it like 30 s, 1 min 30 s or 5–10 s",
        "duration-form",
    )
    return None


def percent(node: Node, desk: Desk) -> Amount | None:
    """A percentage with its sign, or a range: ``20 %``, ``20–25 %``. 0 to 100."""
    if isinstance(node, Text):
        match = _RANGE.match(node.text.strip())
        if match and match.group(3) == "%":
            low, high = float(match.group(1)), float(match.group(2) or match.group(1))
            if high > 100:
                desk.report(
                    node.line,
                    f"{said(node)} is more than everything",
                    "write a number up to 100 %",
                    "dosage-range",
                )
                return None
            return _ordered(low, high, node, desk)
        if match and not match.group(3):
            desk.report(
                node.line,
                f"{said(node)} has no unit",
                f"write {node.text.strip()} %",
                "dosage-unit",
            )
            return None
    desk.report(
        node.line,
        f"{said(node)} is not a percentage",
        "write it like 20 % or 20–25 %",
        "dosage-range",
    )
    return None


def count(low: int, high: int) -> Reader[Amount]:
    """A whole number or a range of whole numbers within ``low`` and ``high`` (``3``, ``3–5``, ``3-5``)."""

    def read(node: Node, desk: Desk) -> Amount | None:
        if isinstance(node, Text):
            match = _RANGE.match(node.text.strip())
            if match and match.group(3) in ("", "reps") and "." not in node.text:
                first, last = float(match.group(1)), float(match.group(2) or match.group(1))
                if low <= first and last <= high:
                    return _ordered(first, last, node, desk)
        desk.report(
            node.line,
            f"{said(node)} is not a number from {low} to {high}",
            f"write a number like {max(low, 3)} or a range like {max(low, 3)}–{max(low, 3) + 2}",
            "dosage-range",
        )
        return None

    return read


def _ordered(low: float, high: float, node: Node, desk: Desk) -> Amount | None:
    if low > high:
        desk.report(
            node.line,
            f"{said(node)} goes down instead of up",
            "write the smaller number first",
            "dosage-range",
        )
        return None
    if high <= 0:
        desk.report(
            node.line,
            f"{said(node)} is nothing",
            "write a number above 0 or remove the line",
            "dosage-range",
        )
        return None
    return Amount(low, high)
