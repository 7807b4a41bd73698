"""Calendar files (RFC 5545): the entries that a reader's calendar shows, and no others.

Programs add who invited whom, when the entry was written, and the exact place beside its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinopress.privacy.traces.trace import Trace

_SHOWN = frozenset(
    [
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "NAME",
        "X-WR-CALNAME",
        "X-WR-TIMEZONE",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "DURATION",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "URL",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "SEQUENCE",
        "STATUS",
        "TRANSP",
        "CATEGORIES",
        "TZID",
        "TZNAME",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TRIGGER",
        "ACTION",
        "REPEAT",
    ]
)
"""What is shown, or needed to show it: an entry must have a number of its own and a time at which it was made."""

_SHOWN_BESIDE = frozenset(["TZID", "VALUE", "LANGUAGE", "RELATED"])
_PARTS = frozenset(["VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM"])
_FOLDED = re.compile(r"\r?\n[ \t]")
_ENTRY = re.compile(
    r"(?P<name>[\w-]+)(?P<beside>(?:;[\w-]+=(?:\"[^\"]*\"|[^\";:])*)*):(?P<value>.*)"
)


def walk(data: bytes) -> Iterator[Trace]:
    """Every entry of a calendar that its readers would not see, once."""
    told: set[str] = set()
    for line in _FOLDED.sub("", bytes(data).decode("utf-8", "replace")).splitlines():
        for name in _unseen(line) if line.strip() else ():
            if name not in told:
                told.add(name)
                yield Trace(name, "an entry of a calendar that its readers do not see")


def _unseen(line: str) -> Iterator[str]:
    match = _ENTRY.fullmatch(line.removeprefix("\ufeff"))
    if match is None:
        yield "a line that is not an entry"
        return
    name = match["name"].upper()
    is_part = name in ("BEGIN", "END")
    if name not in _SHOWN:
        yield name
    elif is_part and match["value"].strip().upper() not in _PARTS:
        yield match["value"].strip().upper()
    for beside in re.findall(r";([\w-]+)=", match["beside"]):
        if beside.upper() not in _SHOWN_BESIDE:
            yield f"{name};{beside.upper()}"
