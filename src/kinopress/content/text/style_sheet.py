"""A coach's style sheet: which files it names, and how readers get it, without her own notes (pure)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from kinopress.patterns import lazily

_PARTS = lazily(
    r"""(?s)(?P<comment>/\*(?P<notice>!)?.*?(?:\*/|\Z))"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?i:url)\(\s*(?!["'])[^)]*\)"""
)
_ADDRESS = lazily(
    r"""(?P<before>(?i:url)\(\s*(?P<quote>["']?)|@(?i:import)\s+(?P<mark>["']))(?P<address>[^"')]+)"""
    r"""(?=(?P=quote)\s*\)|(?P=mark))"""
)


def is_style_sheet(path: str) -> bool:
    """Whether a file is one, by its name."""
    return path.casefold().endswith(".css")


def without_comments(text: str) -> str:
    """The same rules; a comment that begins with ``/*!``, by which licences ask to be kept, stays.

    What looks like a comment in quotes or in an address is not one. In place of a comment an empty one stays, since
    two words on either side of it are two.

    Args:
        text: The style sheet.
    """
    return _PARTS.sub(
        lambda m: "/**/" if m["comment"] is not None and m["notice"] is None else m[0], text
    )


def named_in(sheet: str, text: str) -> Iterator[str]:
    """The files that a style sheet names, by their paths in the project, whether they are there or not.

    Args:
        sheet: Its own path.
        text: What is in it; what only a comment names is not used.
    """
    for match in _ADDRESS.finditer(without_comments(text)):
        yield _file(sheet, match["address"])


def with_addresses(sheet: str, text: str, new: Callable[[str], str | None]) -> str:
    """A style sheet that leads to its files where they are on the site.

    Args:
        sheet: Its own path.
        text: What is in it.
        new: A file's path in the project → its address from the sheet; ``None`` leaves it as it is written. What
            follows after # or ?, such as one shape of a drawing, stays.
    """

    def written(match: re.Match[str]) -> str:
        place = new(_file(sheet, match["address"]))
        if place is None:
            return match[0]
        return f"{match['before']}{place}{_parted(match['address'])[1]}"

    return _ADDRESS.sub(written, text)


def _file(sheet: str, address: str) -> str:
    plain = unquote(_parted(address)[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(sheet), plain))


def _parted(address: str) -> tuple[str, str]:
    """The file that an address names, and what follows after # or ?."""
    plain = re.split("[?#]", address.strip(), maxsplit=1)[0]
    return plain, address.strip().removeprefix(plain)
