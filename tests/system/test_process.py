"""What a process of ours starts ends with it, in a forked one as well."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from kinopress.system.process import run
from support.command import HANGS_S
from support.starts import fork

_STAYS = """
import os, sys, time
open(sys.argv[1] + ".new", "w").write(str(os.getpid()))
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(3600)
"""


def _is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a program ends when nobody reads it")
def test_what_a_killed_process_has_started_ends_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = fork()
    if child == 0:
        run([sys.executable, "-c", _STAYS, str(note)], wall_s=HANGS_S)
        os._exit(1)
    ends = time.monotonic() + HANGS_S
    while not note.exists():
        assert time.monotonic() < ends
        time.sleep(0.01)
    started = int(note.read_text("ascii"))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while _is_there(started):
        assert time.monotonic() < ends
        time.sleep(0.01)
