"""Readers for how much, how long and how hard. A number without its unit is never guessed at."""

from __future__ import annotations

import re

from kinopress.codes import Code
from kinopress.content.forms.form import Desk, Reader, said
from kinopress.content.model.characters import plain_figures, plain_hyphens, plain_spaces
from kinopress.content.model.dosage import Amount
from kinopress.content.model.nodes import Node, Text
from kinopress.patterns import lazily

LONGEST_S = 24 * 60 * 60
"""A day: no hold, rest or film is longer."""


_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_RANGE = lazily(rf"^{_NUMBER}(?:\s*(?:-|–|—|to)\s*{_NUMBER})?\s*(.*)$")
_HOURS, _MINUTES, _SECONDS = r"h(?:rs?|ours?)?", r"m(?:in(?:ute)?s?)?", r"s(?:ec(?:ond)?s?)?"
_CLOCK = lazily(
    rf"^(?:{_NUMBER}\s*{_HOURS}\s*)?(?:{_NUMBER}\s*{_MINUTES}\s*)?(?:{_NUMBER}\s*{_SECONDS})?$",
    re.IGNORECASE,
)
_COMMA = lazily(r"(?<=[0-9]),(?=[0-9])")
_COMMAS = lazily(
    rf"[0-9]+(?:[.,][0-9]+)?(?:\s*(?:-|–|—|to)\s*[0-9]+(?:[.,][0-9]+)?)?\s*(?:{_SECONDS}|{_MINUTES}|{_HOURS})",
    re.IGNORECASE,
)
"""A time as it is written where a comma stands before tenths."""
_UNIT = lazily(f"{_SECONDS}|{_MINUTES}", re.IGNORECASE)


def _typed(node: Node) -> str:
    """What was written, in the characters of a keyboard: programs put others in that look the same."""
    if not isinstance(node, Text):
        return ""
    return plain_hyphens(plain_figures(plain_spaces(node.text))).strip()


def _range_of(words: str) -> tuple[float, float, str] | None:
    """Both ends of a number or a range of numbers, alike where it is one, and what is written after it."""
    parts = _RANGE.match(words)
    if parts is None:
        return None
    low, high, unit = parts.groups()
    return float(low), float(high or low), unit


def seconds(node: Node, desk: Desk) -> float | None:
    """One duration or moment with its unit: ``30 s``, ``1 min 30 s``. Seconds."""
    amount = duration(node, desk)
    if amount is None:
        return None
    if amount.low != amount.high:
        desk.report(
            node.line,
            f"{said(node)} is a range",
            "write one time, like 12.5 s",
            Code.DURATION_RANGE,
        )
        return None
    return amount.low


_PICTURE = lazily(r"\.(?:jpe?g|png|webp|avif|hei[cf]|gif)$", re.IGNORECASE)


def moment(node: Node, desk: Desk) -> float | None:
    """A moment of a film with its unit; ``0 s`` is the beginning. Seconds."""
    words = _typed(node)
    if _PICTURE.search(words):
        desk.report(
            node.line,
            f"{said(node)} is a picture; this should be a time in the film",
            "leave this line out and put the picture beside the film under the film's name, like"
            " hip.poster.jpg beside hip.mp4",
            Code.POSTER_NAMED,
        )
        return None
    if re.fullmatch(rf"0+(?:\.0+)?\s*(?:{_SECONDS}|{_MINUTES})", words):
        return 0.0
    return seconds(node, desk)


def duration(node: Node, desk: Desk) -> Amount | None:
    """A duration with its unit, or a range of seconds or minutes (``5–10 s``). Seconds."""
    words = _typed(node)
    clock = _CLOCK.match(words)
    if clock and any(clock.groups()):
        hours, minutes, secs = (float(part) if part else 0.0 for part in clock.groups())
        total = hours * 3600 + minutes * 60 + secs
        return _time(total, total, node, desk)
    if _COMMA.search(words) and _COMMAS.fullmatch(words):
        desk.report(
            node.line,
            f"{said(node)} has a comma where a point belongs",
            f"write {_COMMA.sub('.', words)}",
            Code.DURATION_FORM,
        )
        return None
    parts = _range_of(words)
    if parts is not None and _UNIT.fullmatch(parts[2]):
        low, high, unit = parts
        unit_s = 60 if unit[0] in "mM" else 1
        return _time(low * unit_s, high * unit_s, node, desk)
    if parts is not None and not parts[2]:
        desk.report(
            node.line,
            f"{said(node)} has no unit",
            f"write {words} s or {words} min",
            Code.DOSAGE_UNIT,
        )
    elif re.fullmatch(r"[0-9]+:[0-9]{1,2}(:[0-9]{1,2})?", words):
        desk.report(
            node.line,
            f"{said(node)} can be read in two ways",
            "write the units, like 1 min 30 s",
            Code.DOSAGE_UNIT,
        )
    else:
        desk.report(
            node.line,
            f"{said(node)} is not a length of time",
            "write it like 30 s, 1 min 30 s or 5–10 s",
            Code.DURATION_FORM,
        )
    return None


def percent(node: Node, desk: Desk) -> Amount | None:
    """A percentage with its character, or a range: ``20%``, ``20–25%``. 0 to 100."""
    words = _typed(node)
    parts = _range_of(words)
    if parts is not None and not parts[2]:
        desk.report(node.line, f"{said(node)} has no unit", f"write {words}%", Code.DOSAGE_UNIT)
        return None
    if parts is None or parts[2] != "%":
        desk.report(
            node.line,
            f"{said(node)} is not a percentage",
            "write it like 20% or 20–25%",
            Code.DOSAGE_RANGE,
        )
        return None
    low, high, _ = parts
    if high > 100:
        desk.report(
            node.line,
            f"{said(node)} is more than your full strength",
            "write a number up to 100%",
            Code.DOSAGE_RANGE,
        )
        return None
    return _something(_ordered(low, high, node, desk), node, desk)


def count(low: int, high: int) -> Reader[Amount]:
    """A whole number or a range of whole numbers within ``low`` and ``high`` (``3``, ``3–5``, ``3-5``)."""

    def read(node: Node, desk: Desk) -> Amount | None:
        words = _typed(node)
        parts = _range_of(words)
        if parts is not None and parts[2] in ("", "reps") and "." not in words:
            first, last, _ = parts
            if low <= min(first, last) and max(first, last) <= high:
                return _ordered(first, last, node, desk)
        like = max(low, 3)
        desk.report(
            node.line,
            f"{said(node)} is not a number from {low} to {high}",
            f"write a number like {like} or a range like {like}–{like + 2}",
            Code.DOSAGE_RANGE,
        )
        return None

    return read


def _time(low: float, high: float, node: Node, desk: Desk) -> Amount | None:
    if max(low, high) > LONGEST_S:
        desk.report(
            node.line,
            f"{said(node)} is longer than a day",
            "write the time you mean",
            Code.DOSAGE_RANGE,
        )
        return None
    return _something(_ordered(low, high, node, desk), node, desk)


def _ordered(low: float, high: float, node: Node, desk: Desk) -> Amount | None:
    if low > high:
        desk.report(
            node.line,
            f"{said(node)} goes down instead of up",
            "write the smaller number first",
            Code.DOSAGE_RANGE,
        )
        return None
    return Amount(low, high)


def _something(amount: Amount | None, node: Node, desk: Desk) -> Amount | None:
    if amount is not None and amount.high <= 0:
        desk.report(
            node.line,
            f"{said(node)} is less than any exercise needs",
            "write a number above 0 or remove the line",
            Code.DOSAGE_RANGE,
        )
        return None
    return amount
