"""What the last build made, so that the next one makes only pages that come out otherwise.

Of each page it holds a digest of all that the page was made from, the digest of its file, and where its links led. A page that
would be made from the same is copied from the site that is in place, once its file is proved to be the one that was made;
any other is made. A memory that is damaged, or of other programs, is not used: that costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kinopress.system.atomic import write_json

_VERSION = 2


@dataclass(frozen=True, slots=True)
class PageMade:
    """A page as it was made.

    Attributes:
        made_from: A digest of all that it was made from, but where its links lead.
        sha256: The SHA-256 of its file.
        links: Each place in the tree that a link named → the address it has; empty where there is nothing.
    """

    made_from: str
    sha256: str
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """The pages of the last build, and those of this one.

    Attributes:
        site: The folder with the last site.
        last: What was made then, by place in the tree.
        made: What is made now: the engine fills this and what follows.
        files: Path on the new site → SHA-256, of all its pages.
        kept: The files of the new site that were copied from the last one.
        packed: SHA-256 of a file → how many bytes it is sent as. Packing a file takes longer than all else that
            is done with one that has not changed.
    """

    site: Path
    last: Mapping[str, PageMade] = field(default_factory=dict)
    made: dict[str, PageMade] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    packed: dict[str, int] = field(default_factory=dict)

    def page(
        self, path: str, made_from: str, file: str, address_of: Callable[[str], str]
    ) -> tuple[PageMade, bytes] | None:
        """A page of the last site that would be made again just as it is; ``None`` when there is none.

        Args:
            path: Its place in the tree.
            made_from: What it would be made from now.
            file: Its file on the site.
            address_of: What a place in the tree has for an address now.
        """
        last = self.last.get(path)
        if last is None or last.made_from != made_from:
            return None
        if any(address_of(link) != address for link, address in last.links.items()):
            return None
        try:
            data = (self.site / file).read_bytes()
        except OSError:
            return None
        return (last, data) if hashlib.sha256(data).hexdigest() == last.sha256 else None

    def add(self, path: str, file: str, page: PageMade, *, kept: bool) -> None:
        """Remember a page of the new site."""
        self.made[path] = page
        self.files[file] = page.sha256
        if kept:
            self.kept.add(file)


def read_memory(file: Path, site: Path, *, programs: str) -> Memory:
    """What is remembered of the last build; nothing where that cannot be used.

    Args:
        file: Where it was written.
        site: The folder with the last site.
        programs: A digest of the programs that make pages now.
    """
    try:
        value = json.loads(file.read_text("utf-8"))
        said = value["said"]
        if value["check"] != _check(programs, said):
            return Memory(site)
        known = json.loads(said)
        pages = {
            path: PageMade(made, sha, links) for path, (made, sha, links) in known["pages"].items()
        }
        return Memory(site, pages, packed=known["packed"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Memory(site)


def write_memory(file: Path, memory: Memory, *, programs: str) -> None:
    """Write down what a build made, once its site is in place.

    Raises:
        OSError: it cannot be written.
    """
    pages = {
        path: [page.made_from, page.sha256, dict(page.links)] for path, page in memory.made.items()
    }
    said = json.dumps({"pages": pages, "packed": memory.packed}, separators=(",", ":"))
    write_json(file, {"check": _check(programs, said), "said": said})


def _check(programs: str, said: str) -> str:
    """A digest of all that is remembered, and of who remembers it."""
    return hashlib.sha256(f"{_VERSION} {programs} {said}".encode()).hexdigest()
