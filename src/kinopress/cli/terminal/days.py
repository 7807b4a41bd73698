"""Days as people write them: ``tomorrow``, ``1 Dec``, ``2026-12-01``. What could mean two days is not guessed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import click

from kinopress.content.forms.scalars import YEARS, year_is_wrong
from kinopress.problems import quoted

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"today": 0, "tomorrow": 1}
_SHORTEST = 3
"""So many letters of a month or a weekday are enough."""


def day_from(words: str, today: dt.date) -> dt.date:
    """The day that words mean: without a year the next one that is not over, by a weekday the next one after today.

    Args:
        words: As somebody typed them.
        today: The day it is.

    Raises:
        ValueError: they mean none, or two; it says what to write instead.
    """
    plain = " ".join(re.sub(r"[‐-―−]", "-", words.casefold()).replace(",", " ").split())
    if plain in _NEAR:
        return today + dt.timedelta(days=_NEAR[plain])
    weekday = _begins(plain.removeprefix("next ").removeprefix("on "), _WEEKDAYS)
    if weekday is not None:
        return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if match := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", plain):
        return _day(words, int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", plain):
        return _by_figures(words, int(match[1]), int(match[2]), int(match[3]))
    match = re.fullmatch(
        r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]+)\.?(?: (?P<year>[0-9]{4}))?",
        plain,
    ) or re.fullmatch(
        r"(?P<month>[a-z]+)\.? (?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: (?P<year>[0-9]{4}))?",
        plain,
    )
    month = _begins(match["month"], _MONTHS) if match else None
    if match is None or month is None:
        raise ValueError(
            f"{quoted(words)} is not written as a date; write it like {today.isoformat()},"
            f" {today.day} {today:%B} or tomorrow"
        )
    if match["year"]:
        return _day(words, int(match["year"]), month + 1, int(match["day"]))
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away
        try:
            day = dt.date(year, month + 1, int(match["day"]))
        except ValueError:
            continue
        if day >= today:
            return day
    return _day(words, today.year, month + 1, int(match["day"]))


def _begins(word: str, names: tuple[str, ...]) -> int | None:
    found = [at for at, name in enumerate(names) if name.startswith(word)]
    return found[0] if len(word) >= _SHORTEST and len(found) == 1 else None


def _by_figures(words: str, one: int, two: int, year: int) -> dt.date:
    """Day and month, which some people write the other way round."""
    months = range(1, len(_MONTHS) + 1)
    if one in months and two in months and one != two:
        days = [dt.date(year, two, one), dt.date(year, one, two)]
        meant = [f"{day.isoformat()} for {day.day} {day:%B}" for day in days]
        raise ValueError(f"{quoted(words)} can be two days; write {meant[0]}, or {meant[1]}")
    return _day(words, year, two, one) if two in months else _day(words, year, one, two)


def _day(words: str, year: int, month: int, day: int) -> dt.date:
    if year not in YEARS:
        raise ValueError("; ".join(year_is_wrong(f"{year:04d}")))
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(
            f"there is no day {quoted(words)}; check the calendar and correct the date"
        ) from None


class Day(click.ParamType):  # type: ignore[type-arg] # generic only in newer versions of click
    """A day on the command line, as people write it."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The day that was meant, or what to write instead."""
        if isinstance(value, dt.date):
            return value
        try:
            return day_from(str(value), dt.date.today())
        except ValueError as error:
            self.fail(str(error), param, ctx)
