"""Readers for what only settings hold: addresses, opening hours, a file and a time zone."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk
from kinopress.content.model.characters import plain_hyphens, plain_spaces
from kinopress.content.model.kinds import SOURCE_TOPS
from kinopress.content.model.nodes import Node, Text
from kinopress.content.model.settings import Hours
from kinopress.problems import quoted

CLIENTS_IN_SITE = (
    "this folder is, or is in, one that is published or read for the site",
    "name a folder of its own, like clients, or one outside the project, like ../clients",
)
"""What is said of a folder of clients in which others could read, and what to do."""
_OF_THE_SITE = (*SOURCE_TOPS, "site", ".kinopress")


def folder_name(node: Node, desk: Desk) -> str | None:
    """A folder by its name; a bare number or true/false is nearly always meant for another setting."""
    if isinstance(node, Text) and node.type not in ("text", "nothing"):
        desk.report(
            node.line,
            f"only {quoted(node.text)} is written here",
            "write the name of a folder; put it in quotes if you mean it",
            Code.TEXT_WANTED,
        )
        return None
    return f.one_name(node, desk)


def clients_folder(node: Node, desk: Desk) -> str | None:
    """A folder for private plans: by its place seen from the project, and none of those of the site."""
    value = folder_name(node, desk)
    if value is None:
        return None
    parts = [part for part in value.replace("\\", "/").split("/") if part not in ("", ".")]
    up = 0
    while up < len(parts) and parts[up] == "..":
        up += 1
    below = parts[up:]
    if not below or ".." in below or (up == 0 and below[0].casefold() in _OF_THE_SITE):
        desk.report(node.line, *CLIENTS_IN_SITE, Code.CLIENT_FOLDER)
        return None
    return value


def email(node: Node, desk: Desk) -> str | None:
    """An e-mail address: something, @, something with a dot."""
    value = f.one_name(node, desk)
    if value is not None and value.casefold().startswith("mailto:"):
        desk.report(
            node.line,
            "mailto: belongs only in links, and is added automatically here",
            f"write the address alone: {quoted(value[len('mailto:') :].strip())}",
            Code.SETTINGS_EMAIL,
        )
        return None
    if value is not None and not re.fullmatch(
        r"[^@\s<>\"']+@(?:[^@\s<>\"'.]+\.)+[^@\s<>\"'.]+", value
    ):
        desk.report(
            node.line,
            f"{quoted(value)} is not an e-mail address",
            "write it like name@example.org, or remove the line",
            Code.SETTINGS_EMAIL,
        )
        return None
    return value


_DIGITS_MIN, _DIGITS_MAX = 2, 15
"""France calls 15 for an ambulance; the longest number has 15 digits (https://www.itu.int/rec/T-REC-E.164)."""


def phone(node: Node, desk: Desk) -> str | None:
    """One number that can be called: figures, and the characters that people put between them."""
    value = f.one_name(node, desk)
    if value is None:
        return None
    plain = plain_hyphens(plain_spaces(value)).strip()
    figures = re.sub(r"[^0-9]", "", plain)
    if (
        not re.fullmatch(r"[+(]*[0-9][-0-9 ().–/]*", plain)
        or not _DIGITS_MIN <= len(figures) <= _DIGITS_MAX
    ):
        desk.report(
            node.line,
            f"{quoted(value)} is not a single telephone number",
            'write the number alone, like "01234 567890", or remove the line',
            Code.SETTINGS_PHONE,
        )
        return None
    return plain


_DIGITS_OF_A_PERSON = 5
"""The numbers of whole countries have five (the Falklands, St Helena); shorter ones are services."""


def coach_phone(node: Node, desk: Desk) -> str | None:
    """A number at which a person answers: longer than those of an ambulance."""
    value = phone(node, desk)
    if value is not None and len(re.sub(r"[^0-9]", "", value)) < _DIGITS_OF_A_PERSON:
        desk.report(
            node.line,
            f"{quoted(value)} is too short: nobody can call you there",
            'write the whole number, like "01234 567890", or remove the line',
            Code.SETTINGS_PHONE,
        )
        return None
    return value


def url(node: Node, desk: Desk, like: str = "https://example.org/book") -> str | None:
    """A web address with its ``https://``; ``like`` is one for the same field."""
    value = f.one_name(node, desk)
    # A password is never repeated, so this comes before anything that quotes.
    if value is not None and re.match(
        r"(?:\w+:)?//[^\s/?#]*@|(?!mailto:)[^\s/@:]+:[^\s/@]*@", value
    ):
        desk.report(
            node.line,
            "this web address contains a name or a password, and readers would see it",
            "remove everything between // and @, and the @ as well",
            Code.SETTINGS_URL,
        )
        return None
    if value is not None and not (
        re.fullmatch(r"https?://[^\s<>\"'\\]+", value)
        and _is_host(_parts(value).hostname)
        and not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in value)
    ):
        desk.report(
            node.line,
            f"{quoted(value)} is not a web address",
            f"write it like {like}",
            Code.SETTINGS_URL,
        )
        return None
    return value


_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_HOST_MAX = 253


def _is_host(name: str | None) -> bool:
    """Whether a computer can have this name or number (https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4)."""
    if name and ":" in name:
        return True  # what is between brackets was read as a number already
    try:
        plain = (name or "").removesuffix(".").encode("idna").decode("ascii").casefold()
    except UnicodeError:  # it has an empty part, or one that is too long
        return False
    return len(plain) <= _HOST_MAX and all(map(_LABEL.fullmatch, plain.split(".")))


def booking_url(node: Node, desk: Desk) -> str | None:
    """Where readers book: what they write there must not travel in the open, and it is the same place for all."""
    value = url(node, desk)
    if value is None:
        return None
    parts = _parts(value)
    if not parts.hostname or _only_here(parts.hostname):
        _no_place_for_readers(node, desk, value, "write the address at which readers can book")
        return None
    if parts.scheme != "https":
        desk.report(
            node.line,
            f"what readers write cannot be sent to {quoted(value)} safely",
            "write the address of the booking page that begins with https://, or remove the line",
            Code.SETTINGS_URL,
        )
        return None
    return value


def _no_place_for_readers(node: Node, desk: Desk, value: str, instead: str) -> None:
    desk.report(
        node.line,
        f"{quoted(value)} is no use to readers: it leads to their own computers, not to a place on the web",
        f"{instead}, or remove the line",
        Code.SETTINGS_URL,
    )


def form_url(node: Node, desk: Desk) -> str | None:
    """Where a form is sent to: what readers write in it must not travel in the open."""
    value = url(node, desk)
    if value is None:
        return None
    parts = _parts(value)
    if parts.scheme == "https" and re.fullmatch(_HOST, parts.hostname or ""):
        return value
    if parts.scheme == "https" and (plain := _in_ascii(parts.hostname or "")):
        desk.report(
            node.line,
            f"the name {quoted(parts.hostname or '')} has letters that a page's security policy cannot name",
            f"write it as computers do: {value.replace(parts.netloc, plain, 1)}",
            Code.SETTINGS_URL,
        )
        return None
    desk.report(
        node.line,
        f"what readers write cannot be sent to {quoted(value)} safely",
        "write the address that the form service gave you, beginning with https://",
        Code.SETTINGS_URL,
    )
    return None


def _in_ascii(host: str) -> str | None:
    """The name of a computer in other letters than English ones as the network writes it, if it is one."""
    if host.isascii():
        return None
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return plain if re.fullmatch(_HOST, plain) else None


_HOST = r"(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\.)+[a-z][-a-z0-9]*[a-z0-9]"
"""A name that the policy of a page can repeat as it is."""


def field_name(node: Node, desk: Desk) -> str | None:
    """The name of a field of a form, as services take it."""
    value = f.one_name(node, desk)
    if value is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", value):
        desk.report(
            node.line,
            f"{quoted(value)} is not the name of a field",
            "write the name that the form service asks for, like _gotcha, or remove the line",
            Code.SETTINGS_FORM,
        )
        return None
    if value in OF_THE_FORM:
        desk.report(
            node.line,
            f"readers themselves fill in a field with the name {quoted(value)}",
            "write the name that the form service asks for, like _gotcha, or remove the line",
            Code.SETTINGS_FORM,
        )
        return None
    return value


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_HOURS = re.compile(
    rf"(?P<days>{_DAY}(?:\s*[-–]\s*{_DAY})?(?:\s*,\s*{_DAY}(?:\s*[-–]\s*{_DAY})?)*)"
    r"\s+(?P<opens>\d{1,2}[:.]\d\d)\s*[-–]\s*(?P<closes>\d{1,2}[:.]\d\d)",
    re.IGNORECASE | re.ASCII,
)


def hours(node: Node, desk: Desk) -> Hours | None:
    """Days and times at which somebody is there: ``Mon–Fri 9:00–17:00``."""
    value = f.one_name(node, desk)
    if value is None:
        return None
    found = _HOURS.fullmatch(plain_spaces(value).strip())
    opens, closes = (_clock(found[name]) if found else "" for name in ("opens", "closes"))
    if found and opens and opens < closes:
        return Hours(value.strip(), _days(found["days"]), opens, closes)
    if found and opens and closes:
        what = f"{quoted(value)} ends before it begins"
        hint = "write the earlier time first; hours past midnight are two lines, to 23:59 and from 00:00"
    else:
        what = f"{quoted(value)} is not understood as days and times"
        hint = (
            "write it like Mon–Fri 09:00–17:00, in 24-hour time, one line for each different time"
        )
    desk.report(node.line, what, hint, Code.SETTINGS_HOURS)
    return None


def _clock(time: str) -> str:
    """A time as ``09:00``; empty where no clock shows it."""
    hour, minute = map(int, re.split("[:.]", time))
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def _days(words: str) -> tuple[int, ...]:
    """Which days of the week are named, alone or from one to another (also over a weekend)."""
    days: set[int] = set()
    for part in words.split(","):
        ends = [_DAYS.index(day.strip()[:3].casefold()) for day in re.split("[-–]", part)]
        first, last = ends[0], ends[-1]
        days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return tuple(sorted(days))


OF_THE_FORM = ("name", "email", "message")
"""The fields of the form that are a reader's."""


def site_url(node: Node, desk: Desk) -> str | None:
    """As MkDocs takes it: nothing means that the address is not known yet.

    The addresses of all pages begin with it, so it must lead readers to the folder of the site.
    """
    if isinstance(node, Text) and (node.type == "nothing" or not node.text.strip()):
        return None
    value = url(node, desk, "https://example.org")
    if value is None:
        return None
    parts = _parts(value)
    if parts.query or parts.fragment or value.endswith(("?", "#")):
        sign = "?" if "?" in value else "#"
        desk.report(
            node.line,
            f"the addresses of pages cannot be added to what comes after {sign}",
            f"write it without {sign} and what follows: {value.partition(sign)[0]}",
            Code.SETTINGS_URL,
        )
        return None
    if wrong := _misspelt(value):
        hint = "write the address as a browser shows it when the site is open, or remove the line"
        desk.report(node.line, wrong, hint, Code.SETTINGS_URL)
        return None
    if not parts.hostname or _only_here(parts.hostname):
        instead = "write the address at which readers will find the site"
        _no_place_for_readers(node, desk, value, instead)
        return None
    return value


_SITE_URL_MAX = 1000
"""Characters: the name of a page is still to come, and a phone's camera reads no more than 2,300 of both."""


def _misspelt(address: str) -> str | None:
    """What keeps the address of a folder from being the beginning of the addresses of its pages."""
    if len(address) > _SITE_URL_MAX:
        return f"this web address has {len(address)} characters, and at most {_SITE_URL_MAX} are allowed"
    path = _parts(address).path
    if re.search(r"%(?![0-9A-Fa-f]{2})", path):
        return f"a % in {quoted(address)} is not followed by two hexadecimal digits (0–9, A–F)"
    steps = [unquote(step) for step in path.split("/")]
    if "." in steps or ".." in steps:
        return f"browsers do not keep the . and .. in {quoted(address)}"
    if "" in steps[1:-1]:
        return f"there are two / beside each other in {quoted(address)}"
    return None


def _parts(address: str) -> SplitResult:
    """An address in its parts; one that has none is all path."""
    try:
        parts = urlsplit(address)
        _ = parts.port, parts.hostname
    except ValueError:
        return SplitResult("", "", address, "", "")
    return parts


def _only_here(host: str) -> bool:
    """Whether a name or number of a computer means another one to each reader."""
    if host == "localhost" or host.endswith((".localhost", ".local")):
        return True
    try:
        number = ip_address(host)
    except ValueError:
        return "." not in host
    return number.is_private or number.is_loopback or number.is_unspecified


def help_file(node: Node, desk: Desk) -> str | None:
    """A YAML file in ``docs/data/`` by its path."""
    value = f.one_name(node, desk)
    if value is not None and not re.fullmatch(r"docs/data/[\w.-]+\.ya?ml", value):
        desk.report(
            node.line,
            f"{quoted(value)} is not a YAML file in docs/data/",
            "write it like docs/data/help-nz.yml, or remove the line",
            Code.SETTINGS_HELP,
        )
        return None
    return value


def check_help_file(path: str, line: int, project: Path, desk: Desk) -> None:
    """Whether the file is there that the settings name."""
    if not (project / path).exists():
        desk.report(
            line,
            f"there is no file {path}",
            "write that file, name the one that is there, or remove the line",
            Code.SETTINGS_HELP,
        )


def timezone(node: Node, desk: Desk) -> str | None:
    """A time zone by its name in the IANA list."""
    value = f.one_name(node, desk)
    if value is None:
        return None
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        desk.report(
            node.line,
            f"there is no time zone {quoted(value)}",
            "write it like Europe/London",
            Code.SETTINGS_TIMEZONE,
        )
        return None
    return value
