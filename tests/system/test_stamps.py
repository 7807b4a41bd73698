"""A stamp tells one state of a file from another, and where it cannot, it is known not to."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kinopress.system import stamps
from kinopress.system.stamps import HashCache, is_racy, stamp_of

SECOND_NS = 10**9
NOW_NS = 2_000_000_000 * SECOND_NS
YEAR_NS = 365 * 86_400 * SECOND_NS

_BEFORE = {"st_ino": 1, "st_size": 2, "st_mtime_ns": 3, "st_ctime_ns": 4}


def _status(**values: int) -> Any:
    return SimpleNamespace(**{**_BEFORE, **values})


@pytest.mark.parametrize("name", _BEFORE)
def test_whatever_changes_of_a_file_changes_its_stamp(name: str) -> None:
    assert stamp_of(_status(**{name: 5})) != stamp_of(_status())


@pytest.mark.parametrize(
    ("modified_ns", "changed_ns", "racy"),
    [
        (-60 * SECOND_NS, -60 * SECOND_NS, False),
        (-SECOND_NS, -SECOND_NS, True),
        (-60 * SECOND_NS, -SECOND_NS, True),  # dated back just now
        (SECOND_NS, SECOND_NS, True),  # a disk of the network has a clock of its own
        (YEAR_NS, -SECOND_NS, True),
        (YEAR_NS, -60 * SECOND_NS, False),  # a camera's clock was a year ahead
        (YEAR_NS, YEAR_NS, False),
    ],
)
def test_only_what_was_saved_only_just_could_keep_its_stamp(
    modified_ns: int, changed_ns: int, racy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "time", SimpleNamespace(time_ns=lambda: NOW_NS))
    status = _status(st_mtime_ns=NOW_NS + modified_ns, st_ctime_ns=NOW_NS + changed_ns)
    assert is_racy(status) is racy


def test_the_digest_of_what_was_saved_only_just_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date a year ahead does not hide that it was saved only just."""
    film = tmp_path / "film.mp4"
    film.write_bytes(b"one")
    os.utime(film, ns=(film.stat().st_mtime_ns + YEAR_NS,) * 2)
    hashes = HashCache(tmp_path / "hashes.json")
    first = hashes.sha256(film)
    monkeypatch.setattr(stamps, "stamp", lambda path: "always the same")
    film.write_bytes(b"two")
    assert hashes.sha256(film) != first
    monkeypatch.setattr(stamps, "RACY_NS", 0)
    second = hashes.sha256(film)
    film.write_bytes(b"three")
    assert hashes.sha256(film) == second
