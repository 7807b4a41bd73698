"""What is kept is read as it was written, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kinopress.system.kept import DAMAGED, parse, read_kept, read_said, write_kept, write_said

VALUE = {"files": [["a.jpg", 3, 0.5]], "title": "Ä \ud800", "none": None}
DAMAGE = {
    "empty": b"",
    "brackets": b"[" * 100_000,
    "objects": b'{"a":' * 100_000,
    "binary": bytes(range(256)),
    "not a number": b"NaN",
    "without end": b'{"check": "", "kept": Infinity}',
    "a list": b"[]",
    "a text": b'"kept"',
    "digits without end": b"9" * 100_000,
    "no digest": b'{"kept": {}}',
    "another digest": b'{"check": "0", "kept": {}}',
    "a digest of another kind": b'{"check": {}, "kept": {}}',
}


def _check(said: str) -> str:
    return f"{len(said)}"


def test_what_was_kept_is_read(tmp_path: Path) -> None:
    write_kept(tmp_path / "a.json", VALUE, indent=1)
    write_said(tmp_path / "b.json", _check, VALUE)
    assert read_kept(tmp_path / "a.json", dict) == VALUE
    assert read_said(tmp_path / "b.json", _check, dict) == VALUE


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_not_there(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(DAMAGE[damage])
    assert read_kept(file, dict) is None
    assert read_said(file, _check, dict) is None
    assert read_kept(file, lambda value: value["files"][0], unchecked=True) is None


def test_a_value_that_nothing_can_be_made_of_is_not_there(tmp_path: Path) -> None:
    write_kept(tmp_path / "a.json", VALUE)
    for error in DAMAGED:

        def take(_: object, error: type[Exception] = error) -> object:
            raise error

        assert read_kept(tmp_path / "a.json", take) is None


def test_every_single_bit_counts(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_kept(file, {"w": 12, "s": "ab"})
    data = file.read_bytes()
    for at in range(len(data) * 8):
        turned = bytearray(data)
        turned[at // 8] ^= 1 << at % 8
        file.write_bytes(bytes(turned))
        assert read_kept(file, dict) is None, bytes(turned)


def test_a_file_of_an_earlier_version_is_read_where_that_is_meant(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"title": "Clam"}), "utf-8")
    assert read_kept(file, dict) is None
    assert read_kept(file, dict, unchecked=True) == {"title": "Clam"}


def test_a_pipe_or_a_folder_is_not_there_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder", "nothing"):
        assert read_kept(tmp_path / name, dict, unchecked=True) is None


def test_what_is_no_number_is_refused() -> None:
    for text in ("NaN", "[-Infinity]", '{"a": Infinity}'):
        with pytest.raises(ValueError, match=r"NaN|Infinity"):
            parse(text)
