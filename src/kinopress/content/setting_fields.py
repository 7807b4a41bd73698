"""Readers for what only settings hold: addresses and a time zone."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from kinopress.content import fields as f
from kinopress.content.form import Desk
from kinopress.content.nodes import Node, Text
from kinopress.problems import quoted


def email(node: Node, desk: Desk) -> str | None:
    """An e-mail address: something, @, something with a dot."""
    value = f.any_text(node, desk)
    if value is not None and not re.fullmatch(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+", value):
        desk.report(
            node.line,
            f"{quoted(value)} is not an e-mail address",
            "write it like name@example.org, or remove the line",
            "settings-email",
        )
        return None
    return value


def url(node: Node, desk: Desk) -> str | None:
    """A web address with its ``https://``."""
    value = f.any_text(node, desk)
    if value is not None and not re.fullmatch(r"https?://[^\s<>\"']+", value):
        desk.report(
            node.line,
            f"{quoted(value)} is not a web address",
            "write it like https://example.org/book",
            "settings-url",
        )
        return None
    return value


def site_url(node: Node, desk: Desk) -> str | None:
    """As MkDocs takes it: nothing means that the address is not known yet."""
    if isinstance(node, Text) and (node.type == "nothing" or not node.text.strip()):
        return None
    return url(node, desk)


def timezone(node: Node, desk: Desk) -> str | None:
    """A time zone by its name in the IANA list."""
    value = f.any_text(node, desk)
    if value is None:
        return None
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        desk.report(
            node.line,
            f"there is no time zone {quoted(value)}",
            "write it like Europe/London",
            "settings-timezone",
        )
        return None
    return value
