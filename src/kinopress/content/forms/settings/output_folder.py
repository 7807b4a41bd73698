"""Where what is made may be written, so that nothing is in danger that nobody made here."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kinopress.content.model.kinds import SOURCE_TOPS

if TYPE_CHECKING:
    from kinopress.system.release import Place

SOURCE_FOLDERS = (
    *SOURCE_TOPS,
    "scripts",
    "src",
    "tests",
    "web",
    "benchmarks",
    ".git",
    ".kinopress",
    ".venv",
)

RELEASES = Path(".kinopress/releases")
"""Where the sites are kept that stood in the site's place before."""

_ALWAYS_OURS = "site"
"""What is in a folder of this name beside the settings is said and left alone, and the site goes in
beside it. Any other folder with things in it was most likely named by a slip."""


def output_problem(project: Path, site_dir: str) -> str | None:
    """Why a folder must not be used for what is made, or ``None``.

    Names are compared without case and in one form of their letters, since on many disks ``Docs``
    is ``docs``; and folders that are there are compared as the disk knows them, whatever links,
    junctions or short names lead to them.
    """
    if wrong := folder_problem(project, site_dir):
        return wrong
    try:
        root = project.resolve()
        out = (root / site_dir).resolve()
        home = Path.home().resolve()
        sources = {name: _led_to(root / name) for name in SOURCE_FOLDERS}
    except (OSError, ValueError, RuntimeError):
        return "this cannot be the name of a folder"
    disk = _Disk()
    if out == Path(out.anchor):
        return "the site would be written to the root of the disk"
    if disk.same(out, home):
        return "the site would be written into your home folder"
    if disk.within(root, out):
        return "the site would overwrite the project itself"
    for name, source in sources.items():
        if any(disk.within(out, one) for one in {source, root / name}):
            return f"the site would be written into {name}/, where your sources are"
        if disk.within(source, out) and os.path.lexists(root / name):
            return f"the site would overwrite what {name}/ leads to"
    if disk.within(home, out):
        return "the site would overwrite your home folder"
    return "there is a file of this name" if os.path.lexists(out) and not out.is_dir() else None


_NAME_MAX = 200
"""Bytes of a name in UTF-8. Disks take 255, and beside a folder we fill another, with a longer name, for a while."""
_OF_THE_SYSTEM = ("/proc", "/sys")


def folder_problem(project: Path, folder: str) -> str | None:
    """Why there can never be a folder of this name, or ``None``.

    That it is not there, or may not be written to, is another matter: it may be on a disk that is put in later.
    """
    if folder.startswith("~"):
        return "~ does not stand for your home folder here"
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in folder):
        return "this cannot be the name of a folder"
    if any(len(part.encode()) > _NAME_MAX for part in Path(folder).parts):
        return "this name is too long for a folder"
    try:
        at = (project.resolve() / folder).resolve()
        on_the_way = next((one for one in (at, *at.parents) if one.exists()), None)
        blocked = on_the_way is not None and not on_the_way.is_dir()
    except (OSError, ValueError, RuntimeError):
        return "this cannot be the name of a folder"
    if blocked and on_the_way == at:
        return "there is a file of this name"
    if blocked and on_the_way is not None:
        return f"{on_the_way.name} is a file, so there can be no folder in it"
    if os.name == "posix" and any(at.is_relative_to(one) for one in _OF_THE_SYSTEM):
        return "this folder belongs to the system, and nobody can put files there"
    return None


def holds_other_things(project: Path, site_dir: str) -> bool:
    """Whether a folder named in the settings was never filled by a build and is not empty."""
    if (project / site_dir).resolve() == project.resolve() / _ALWAYS_OURS:
        return False
    try:
        return not site_place(project, site_dir).is_ours()
    except OSError:  # it cannot be opened, and so not looked through
        return True


def site_place(project: Path, site_dir: str) -> Place:
    """The folder of the site, as what fills it knows it. A link stays a link: what it leads to is filled."""
    # Only what fills a folder knows how to; a check of a site in its usual place never asks.
    from kinopress.system.release import Place, owner  # noqa: PLC0415
    from kinopress.system.releases import Releases  # noqa: PLC0415

    folder = (project / site_dir).resolve()
    releases = Releases(project / RELEASES, has_spare=True)
    return Place(folder, owner(project, folder), _is_site_without_record, releases)


def _is_site_without_record(folder: Path) -> bool:
    """Whether a build of an earlier version filled a folder: those left no record."""
    try:
        page = (folder / "404.html").read_bytes()
        return b"kp-header" in page and (folder / "assets/kinopress.css").is_file()
    except OSError:
        return False


def is_private(project: Path, folder: str, published: Iterable[str]) -> bool:
    """Whether nothing of a folder is read for the site or published, whatever links lead there.

    Args:
        project: The project's folder.
        folder: Seen from the project.
        published: Folders that readers get, seen from the project.
    """
    try:
        root = project.resolve()
        own = (root / folder).resolve()
        others = [_led_to(root / name) for name in SOURCE_FOLDERS]
        others += [(root / name).resolve() for name in published]
    except (OSError, ValueError, RuntimeError):
        return False
    disk = _Disk()
    return not disk.within(root, own) and not any(disk.within(own, other) for other in others)


def _led_to(name: Path) -> Path:
    """What a name in a folder leads to that no link leads to: to find that out again for each takes half of the time here."""
    return name if os.name == "posix" and not name.is_symlink() else name.resolve()


class _Disk:
    """What the disk says of folders. Most of it is asked once while one question is answered, which has thirty pairs of them."""

    def __init__(self) -> None:
        self._above: dict[str, frozenset[tuple[int, int]]] = {}
        self._names: dict[str, tuple[str, ...]] = {}

    def within(self, inner: Path, outer: Path) -> bool:
        """Whether a folder is another one or is in it."""
        theirs = self._folded(outer)
        if self._folded(inner)[: len(theirs)] == theirs:
            return True
        return _identity(str(outer)) in self._identities(str(inner))

    def same(self, one: Path, other: Path) -> bool:
        """Whether two folders are one."""
        known = _identity(str(one))
        return self._folded(one) == self._folded(other) or (
            known is not None and known == _identity(str(other))
        )

    def _folded(self, folder: Path) -> tuple[str, ...]:
        known = str(folder)
        if known not in self._names:
            self._names[known] = tuple(
                unicodedata.normalize("NFC", part).casefold() for part in folder.parts
            )
        return self._names[known]

    def _identities(self, folder: str) -> frozenset[tuple[int, int]]:
        """A folder and all above it, those that are there, as the disk knows them."""
        waiting = []
        at = folder
        while at not in self._above:
            waiting.append(at)
            if (parent := os.path.dirname(at)) == at:  # noqa: PTH120 - hundreds of them: no Path is made of each
                break
            at = parent
        above = self._above.get(at, frozenset())
        for at in reversed(waiting):
            known = _identity(at)
            above = above if known is None else above | {known}
            self._above[at] = above
        return above


def _identity(folder: str) -> tuple[int, int] | None:
    """A folder as the disk knows it, if it is there."""
    try:
        at = os.stat(folder)  # noqa: PTH116 - as above
    except OSError:
        return None
    return at.st_dev, at.st_ino
