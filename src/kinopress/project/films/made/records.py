"""Keeping the list of encoded films, also while two commands write it at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kinopress.project.films.made.list import LIST, Record, read_records, write_records
from kinopress.system import disk
from kinopress.system.lock import hold

_WAIT_S = 10.0
"""Far longer than anybody needs to write a list."""


def remember(project: Path, slug: str, record: Record | None) -> None:
    """Note what was made of one film; ``None``: nothing that could be shown.

    Raises:
        OSError: the list cannot be written.
        Refusal: another run holds the list (exit code 5).
    """

    def change(records: dict[str, Record]) -> None:
        if record is None:
            records.pop(slug, None)
        else:
            records[slug] = record

    _change(project, change)


def forget(project: Path, gone: Mapping[str, Record]) -> None:
    """Take films out of the list that are no longer there, unless somebody made them again meanwhile.

    Raises:
        OSError: the list cannot be written.
        Refusal: another run holds the list (exit code 5).
    """

    def change(records: dict[str, Record]) -> None:
        for slug, record in gone.items():
            if records.get(slug) == record:
                del records[slug]

    if gone:
        _change(project, change)


def _change(project: Path, change: Callable[[dict[str, Record]], None]) -> None:
    """Read, change and write as one step that no other run can come between."""
    place = project / LIST
    disk.make_folder(place.parent)
    doing = "noting which films are encoded"
    with hold(place.parent, path=LIST.name, doing=doing, wait_s=_WAIT_S, name=f"{LIST.stem}.lock"):
        before = read_records(project)
        after = dict(before)
        change(after)
        if after != before or not place.exists():
            write_records(project, after)
