"""What was made is kept once, whoever else keeps it at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kinopress.pictures import store
from kinopress.pictures.made import MadeFile
from kinopress.pictures.store import FOLDER, Result
from kinopress.system import disk

DIGESTS = ("a" * 64, "b" * 64, "c" * 64)


def results() -> list[Result]:
    return [
        Result(digest, [MadeFile("a.jpg", "image/jpeg", 1, 1, digest.encode())])
        for digest in DIGESTS
    ]


def before(name: str, quicker: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another run come to its end right before this one does something with the disk."""
    really = getattr(disk, name)

    def slow(*words: object) -> object:
        monkeypatch.setattr(disk, name, really)
        quicker()
        return really(*words)

    monkeypatch.setattr(disk, name, slow)


@pytest.mark.parametrize("which", range(len(DIGESTS)))
def test_where_another_run_was_quicker_its_result_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    before("move", lambda: store.put_all(tmp_path, [results()[which]]), monkeypatch)
    made = store.put_all(tmp_path, results())
    assert [one.digest for one in made] == list(DIGESTS)
    assert made == [store.find(tmp_path, digest) for digest in DIGESTS]
    folders = [path.name for path in (tmp_path / FOLDER).iterdir()]
    assert sorted(folders) == [digest[:16] for digest in DIGESTS], "nothing is left aside"


def test_a_full_disk_costs_nothing_that_is_kept_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    there = store.put_all(tmp_path, results()[:2])
    monkeypatch.setattr(disk, "write", full)
    assert store.put_all(tmp_path, results()[:2]) == there
    with pytest.raises(OSError, match="No space left"):
        store.put_all(tmp_path, results())
