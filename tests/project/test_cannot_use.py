"""Whatever the system refuses is said of the file that it is about, and of no folder that has nothing to do with it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kinopress.cli import verbs
from kinopress.cli.main import main
from kinopress.project.folder import cannot_use


def _error(number: int, *file: str) -> OSError:
    return OSError(number, os.strerror(number), *file)


@pytest.mark.parametrize(
    "error",
    [
        _error(errno.ECONNREFUSED),
        _error(errno.EMFILE),
        _error(errno.EACCES),
        _error(errno.ETIMEDOUT),
        FileNotFoundError("Object at location a not found"),
    ],
)
def test_what_names_no_file_is_no_folders_fault(
    error: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cannot_use(error) is None

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(verbs.kinopress, "main", fail)
    with pytest.raises(type(error)) as raised:  # as any defect of the program
        main(["check"])
    assert raised.value is error


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_in_trouble_is_said_even_where_it_names_no_file(number: int) -> None:
    said = cannot_use(_error(number))
    assert said is not None
    assert os.strerror(number).lower() in said.problems[0].message


def test_a_file_that_is_named_is_said(tmp_path: Path) -> None:
    said = cannot_use(_error(errno.EACCES, str(tmp_path / "a.md")))
    assert said is not None
    assert said.problems[0].path == str(tmp_path / "a.md")
