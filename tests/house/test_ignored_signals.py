"""A test run starts its processes as a terminal would, whatever it was told to ignore itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import HANGS_S

ROOT = Path(__file__).parents[2]
DEAF = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGPIPE")
INNER = """
import subprocess

def test_what_is_started_ignores_and_blocks_nothing():
    said = subprocess.run(["sh", "-c", "cat /proc/self/status"], capture_output=True, text=True).stdout
    found = dict(line.split(":", 1) for line in said.splitlines() if line.startswith(("SigIgn", "SigBlk")))
    assert {key: int(value, 16) for key, value in found.items()} == {"SigIgn": 0, "SigBlk": 0}
"""


def deaf() -> None:
    """What ``nohup``, ``&`` and a careless starter do."""
    for name in DEAF:
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP, signal.SIGUSR1])


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what is ignored")
def test_what_a_run_was_told_to_ignore_is_not_handed_on(tmp_path: Path) -> None:
    inner = tmp_path / "test_inner.py"
    inner.write_text(INNER, encoding="utf-8")
    argv = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "-p",
        "conftest",
    ]
    run = subprocess.run(
        [*argv, f"--rootdir={tmp_path}", "-c", os.devnull, str(inner)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        preexec_fn=deaf,
        restore_signals=False,
        timeout=HANGS_S,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
