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
_NEAR_PAST = {"today": 0, "yesterday": -1}
_SURE_DAYS = 180
"""A day without a year that was longer ago may as well be one that has not come yet."""
_SHORTEST = 3
"""So many letters of a month or a weekday are enough."""


def day_from(words: str, today: dt.date, *, past: bool = False, near: bool = False) -> dt.date:
    """The day that words mean: without a year the next one that is not over, by a weekday the next one after today.

    Args:
        words: As somebody typed them.
        today: The day it is.
        past: The day has come: without a year the last one is meant, by a weekday the last one before today.
        near: It was not long ago: one without a year that would be is not guessed.

    Raises:
        ValueError: they mean none, or two; it says what to write instead.
    """
    plain = " ".join(re.sub(r"[‐-―−]", "-", words.casefold()).replace(",", " ").split())
    by_word = _NEAR_PAST if past else _NEAR
    if plain in by_word:
        return today + dt.timedelta(days=by_word[plain])
    if past and plain.startswith("next "):
        raise ValueError(
            f"{quoted(words)} has not come yet; write a day that has, like {today.isoformat()} or yesterday"
        )
    weekday = _begins(plain.removeprefix("next ").removeprefix("on "), _WEEKDAYS)
    if weekday is not None and past:
        return today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
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
            f" {today.day} {today:%B} or {'yesterday' if past else 'tomorrow'}"
        )
    if match["year"]:
        return _day(words, int(match["year"]), month + 1, int(match["day"]))
    step = -1 if past else 1
    for year in range(
        today.year, today.year + 9 * step, step
    ):  # 29 February may be eight years away
        try:
            day = dt.date(year, month + 1, int(match["day"]))
        except ValueError:
            continue
        if near and past and (today - day).days > _SURE_DAYS and match["day"] != "29":
            raise ValueError(
                f"{quoted(words)} was last {day.isoformat()}, long ago; write the year as well,"
                f" like {day.isoformat()}, if that is meant"
            )
        if (day <= today) if past else (day >= today):
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

    def __init__(self, *, past: bool = False, near: bool = False) -> None:
        self.past = past
        self.near = near

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The day that was meant, or what to write instead."""
        if isinstance(value, dt.date):
            return value
        try:
            return day_from(str(value), dt.date.today(), past=self.past, near=self.near)
        except ValueError as error:
            self.fail(str(error), param, ctx)
