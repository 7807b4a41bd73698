"""What is on a host: ``release.json``, which is there beside the pages and is the truth.

It is read again for each publication, so that another computer knows what this one has published, and
nothing is remembered that somebody has since deleted. It names only what readers may fetch anyway: paths
on the site, sizes and digests, days. No computer, no person, no folder of the coach's is in it.

Whoever publishes deletes by this list alone: a file that is not in it was put there by somebody.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

NAME = "release.json"
"""The record's path on the site."""
FORMAT = 1
KEPT_EDITIONS = 3
"""How many releases a host keeps the files of: the one that is live and those before it."""
ID_DIGITS = 16
BYTES_MAX = 50_000_000
"""A longer record is not ours: a site of ten thousand files has one of two million bytes."""

_ABOUT = (
    "What Kinopress published here. The next publication needs this list, and deletes nothing else."
)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ID = re.compile(rf"[0-9a-f]{{{ID_DIGITS}}}", re.ASCII)
_PROGRAM = re.compile(r"[0-9A-Za-z.+-]{1,40}", re.ASCII)


def is_page(path: str) -> bool:
    """Whether a file of a site is a page with an address of its own, as readers count them: not ``404.html``."""
    return path == "index.html" or path.endswith("/index.html")


class Kind(StrEnum):
    """What becomes of a file when a release is replaced."""

    LASTING = "lasting"
    """Its name tells its content (films, drawings, scripts): it never changes, and old pages may ask for it."""
    FILE = "file"
    """It keeps its name when its content changes, and pages need it: the search index, a handout."""
    PAGE = "page"
    """What a reader or a feed reader opens: it is replaced last, and gone with the release that drops it."""


@dataclass(frozen=True, slots=True)
class HostFile:
    """One file of a site: its size, its SHA-256 in hexadecimal, and its kind."""

    size_bytes: int
    sha256: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Edition:
    """One release, as it was published.

    Attributes:
        id: See :func:`release_id`.
        published: When, in UTC, to the second.
        program: The version of Kinopress.
        files: Path on the site → file; the record itself is not among them.
        before: When it was published the first time, in UTC, where it was put back since; ``None``: it was not.
    """

    id: str
    published: datetime
    program: str
    files: Mapping[str, HostFile]
    before: datetime | None = None

    @property
    def first_published(self) -> datetime:
        """When readers had it first, in UTC: what tells it from another that was put back just then."""
        return self.before or self.published


@dataclass(frozen=True, slots=True)
class Retired:
    """A file that the live release does not have and that is still there.

    Attributes:
        file: The file.
        since: When it went out of use, in UTC.
    """

    file: HostFile
    since: datetime


@dataclass(frozen=True, slots=True)
class HostRelease:
    """What is on a host.

    Attributes:
        editions: The live release, then those before it, at most :data:`KEPT_EDITIONS`; empty
            only while a first publication is under way.
        retired: Files that went out of use and are kept for a while, by path.
        begun: What a publication under way, or one that broke off, may have put under these paths.
            Only hosts that cannot switch in one step have any.
        site: Whose site it is: its address, or its name while it has none.
        films: Whose films these files are: path → the film's page. Those of the live release, and of the retired
            ones those whose page has another film now: search engines and feed readers know their addresses.
        taken_back: The id of the release that readers had until a rollback; empty where none was taken from them.
    """

    editions: tuple[Edition, ...] = ()
    retired: Mapping[str, Retired] = field(default_factory=dict)
    begun: Mapping[str, HostFile] = field(default_factory=dict)
    site: str = ""
    films: Mapping[str, str] = field(default_factory=dict)
    taken_back: str = ""

    @property
    def live(self) -> Edition | None:
        """The release that readers get."""
        return self.editions[0] if self.editions else None

    @property
    def id(self) -> str | None:
        """The id of the release that readers get."""
        return self.editions[0].id if self.editions else None

    def files(self) -> Mapping[str, HostFile]:
        """The files of the live release."""
        return self.editions[0].files if self.editions else {}

    def ours(self) -> set[str]:
        """Every path that we put there, or may have."""
        return {*self.files(), *self.retired, *self.begun}


class UnreadableRecord(Exception):  # noqa: N818 - an answer, not a defect
    """There is a record, and what is on the host cannot be told from it.

    Attributes:
        newer: A later version of Kinopress wrote it; otherwise it is damaged.
    """

    def __init__(self, *, newer: bool) -> None:
        self.newer = newer
        super().__init__("newer" if newer else "damaged")


def release_id(files: Mapping[str, HostFile]) -> str:
    """What tells one release from another: names and contents, and nothing of when or where.

    The same site has the same id on every computer, and again after it was put back.
    """
    every = hashlib.sha256()
    for path, file in sorted(files.items()):
        every.update(f"{path}\0{file.sha256}\n".encode("utf-8", "surrogateescape"))
    return every.hexdigest()[:ID_DIGITS]


def is_safe_path(path: str) -> bool:
    """Whether a path names something below the site and nothing else, on every system.

    Paths of a record are deleted by; so one that leads out of the site is never taken for ours.
    """
    return (
        0 < len(path) <= 1000
        and path.isprintable()
        and path != NAME
        and not any(sign in path for sign in '\\:*?"<>|')
        and all(part not in {"", ".", "..", ".git"} for part in path.split("/"))
    )


def record_bytes(release: HostRelease) -> bytes:
    """The record as it is put on the host."""
    rows: dict[tuple[str, HostFile], list[int]] = {}
    for number, edition in enumerate(release.editions):
        for path, file in edition.files.items():
            rows.setdefault((path, file), []).append(number)
    value = {
        "about": _ABOUT,
        "format": FORMAT,
        "site": release.site,
        "release": release.id,
        "releases": [
            {"id": one.id, "published": _stamp(one.published), "program": one.program}
            | ({"first": _stamp(one.before)} if one.before else {})
            for one in release.editions
        ],
        # A file that several releases share is one row: it names them by their place above.
        "files": [
            [path, *_row(file), numbers]
            for (path, file), numbers in sorted(rows.items(), key=lambda row: row[0][0])
        ],
        "retired": [
            [path, *_row(one.file), _stamp(one.since)]
            for path, one in sorted(release.retired.items())
        ],
        "begun": [[path, *_row(file)] for path, file in sorted(release.begun.items())],
    }
    if release.films:
        value["films"] = dict(sorted(release.films.items()))
    if release.taken_back:
        value["taken_back"] = release.taken_back
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def read_record(data: bytes) -> HostRelease:
    """What a record says.

    Raises:
        `UnreadableRecord`: it is not one, is damaged, or is of a later version.
    """
    try:
        if len(data) > BYTES_MAX:
            raise UnreadableRecord(newer=False)
        value = json.loads(data.decode("utf-8"))
        if isinstance(value["format"], int) and value["format"] > FORMAT:
            raise UnreadableRecord(newer=True)
        if value["format"] != FORMAT:
            raise UnreadableRecord(newer=False)
        return _release(value)
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OverflowError,
        RecursionError,
    ):
        raise UnreadableRecord(newer=False) from None


def id_in(data: bytes) -> str | None:
    """The id of the live release that a record names, without reading all of it; ``None``: it names none."""
    try:
        named = json.loads(data.decode("utf-8"))["release"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return named if isinstance(named, str) else None


def _release(value: Any) -> HostRelease:
    heads = value["releases"]
    if len(heads) > KEPT_EDITIONS:
        raise ValueError
    files: list[dict[str, HostFile]] = [{} for _ in heads]
    for path, size, sha256, kind, numbers in value["files"]:
        for number in numbers:
            if not isinstance(number, int) or number < 0:
                raise ValueError
            files[number][_path(path)] = _file(size, sha256, kind)
    editions = tuple(
        Edition(
            _matching(_ID, head["id"]),
            _moment(head["published"]),
            _matching(_PROGRAM, head["program"]),
            its_files,
            _moment(head["first"]) if "first" in head else None,
        )
        for head, its_files in zip(heads, files, strict=True)
    )
    if any(one.id != release_id(one.files) for one in editions):
        raise ValueError
    if value["release"] != (editions[0].id if editions else None):
        raise ValueError
    return HostRelease(
        editions,
        {
            _path(path): Retired(_file(size, sha256, kind), _moment(since))
            for path, size, sha256, kind, since in value["retired"]
        },
        {_path(path): _file(size, sha256, kind) for path, size, sha256, kind in value["begun"]},
        _words(value["site"]),
        # Earlier versions have none.
        {_path(path): _words(page) for path, page in value.get("films", {}).items()},
        _matching(_ID, value["taken_back"]) if "taken_back" in value else "",
    )


def _words(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError
    return text


def _row(file: HostFile) -> Iterable[object]:
    return file.size_bytes, file.sha256, file.kind.value


def _file(size: Any, sha256: Any, kind: Any) -> HostFile:
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise ValueError
    return HostFile(size, _matching(_SHA256, sha256), Kind(kind))


def _path(path: Any) -> str:
    if not isinstance(path, str) or not is_safe_path(path):
        raise ValueError
    return path


def _matching(pattern: re.Pattern[str], text: Any) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ValueError
    return text


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)
