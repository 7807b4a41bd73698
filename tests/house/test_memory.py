"""``scripts/test.py`` keeps the files of a run in memory where there is room, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from support.guide import ROOT

sys.path.append(str(ROOT / "scripts"))

import _memory

if not hasattr(os, "ST_NOEXEC"):
    pytest.skip("there is no such folder on this system", allow_module_level=True)

GIB = 1 << 30
BLOCK = 4096


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A computer with 8 GiB in the folder and 16 in all; what a test says otherwise is otherwise."""
    says = SimpleNamespace(room=8 * GIB, flags=0, free=16 * GIB, mounted=True, limit=None)

    def looked_at(folder: Path) -> SimpleNamespace:
        write_files()
        blocks = says.room // BLOCK
        return SimpleNamespace(f_bavail=blocks, f_frsize=BLOCK, f_flag=says.flags)

    def write_files() -> None:
        (tmp_path / "meminfo").write_text(
            f"MemTotal:       99 kB\nMemAvailable:   {says.free >> 10} kB\n", "utf-8"
        )
        if says.limit is not None:
            (tmp_path / "max").write_text(f"{says.limit}\n", "utf-8")
            (tmp_path / "current").write_text(f"{GIB}\n", "utf-8")

    monkeypatch.setattr(_memory, "_MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(_memory, "_LIMIT", tmp_path / "max")
    monkeypatch.setattr(_memory, "_USED", tmp_path / "current")
    monkeypatch.setattr(os, "statvfs", looked_at)
    monkeypatch.setattr(os.path, "ismount", lambda folder: says.mounted)
    return says


def test_memory_is_used_where_there_is_room(computer: SimpleNamespace, tmp_path: Path) -> None:
    assert _memory.roomy(tmp_path, 6 * GIB) == tmp_path
    computer.limit = "max"
    assert _memory.roomy(tmp_path, 6 * GIB) == tmp_path
    computer.limit = 13 * GIB  # one of which is in use
    assert _memory.roomy(tmp_path, 6 * GIB) == tmp_path


@pytest.mark.parametrize(
    "otherwise",
    [
        {"room": 6 * GIB - BLOCK},
        {"free": 12 * GIB - 1024},
        {"flags": os.ST_NOEXEC},
        {"flags": os.ST_RDONLY},
        {"mounted": False},
        {"limit": 13 * GIB - 1},
    ],
    ids=lambda otherwise: next(iter(otherwise)),
)
def test_a_disk_is_used_where_there_is_a_doubt(
    computer: SimpleNamespace, tmp_path: Path, otherwise: dict[str, object]
) -> None:
    vars(computer).update(otherwise)
    assert _memory.roomy(tmp_path, 6 * GIB) is None


def test_a_system_without_such_a_folder_uses_its_disk(tmp_path: Path) -> None:
    assert _memory.roomy(tmp_path / "shm") is None


def test_what_a_run_starts_keeps_its_files_in_the_folder_of_the_run_which_then_is_gone(
    tmp_path: Path,
) -> None:
    before = os.environ.get("TMPDIR")
    asked = [sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"]
    with _memory.folder_of_run(tmp_path) as folder:
        assert folder.parent == tmp_path
        (folder / "kept").write_text("something", "utf-8")
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        assert Path(told) == folder
    assert list(tmp_path.iterdir()) == []
    assert os.environ.get("TMPDIR") == before


def test_without_room_in_memory_it_is_the_usual_place(tmp_path: Path) -> None:
    before = os.environ.get("TMPDIR")
    with _memory.folder_of_run(None) as folder:
        assert folder.parent == Path(tempfile.gettempdir())
        assert os.environ.get("TMPDIR") == before
    assert not folder.exists()


_HOLDS = """
import sys
from pathlib import Path
sys.path.append(sys.argv[1])
from _memory import folder_of_run
with folder_of_run(Path(sys.argv[2])) as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def _another_run(shared: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    command = [sys.executable, "-c", _HOLDS, str(ROOT / "scripts"), str(shared)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())


def _made_long_ago(folder: Path) -> None:
    os.utime(folder, (0, 0))


def test_what_a_killed_run_has_left_is_removed_and_what_another_one_uses_is_not(
    tmp_path: Path,
) -> None:
    with _another_run(tmp_path) as (killed, left):
        killed.send_signal(signal.SIGKILL)
    with _another_run(tmp_path) as (_, used):
        new = tmp_path / "kp-new"
        new.mkdir()
        tomorrow = time.time() + 86_400
        os.utime(new, (tomorrow, tomorrow))
        theirs = tmp_path / "theirs"
        theirs.mkdir()
        for folder in (left, used, theirs):
            _made_long_ago(folder)
        with _memory.folder_of_run(tmp_path) as folder:
            assert set(tmp_path.iterdir()) == {used, new, theirs, folder}
    shutil.rmtree(new)
    assert list(tmp_path.iterdir()) == [theirs]
