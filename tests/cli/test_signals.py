"""A signal that ends the program is never lost, also where Python drops what is raised."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import HANGS_S

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are of another kind there")

PROGRAM = """
import os, signal, subprocess, sys, time, weakref
from kinopress.cli.terminal.signals import Stopped, stopped_by_signals

NUMBER = signal.{number}
came = 0

def come(*_):
    global came
    came += 1
    if came == 1:
        signal.raise_signal(NUMBER)
        for _ in range(10):
            pass

class Gone:
    def __del__(self):
        come()

class Watched:
    pass

def fork():
    # With something to do between fork and exec, Python forks itself.
    subprocess.run(["true"], preexec_fn=lambda: None)

def finish():
    gone = Gone()
    del gone

def watch():
    one = Watched()
    kept = weakref.ref(one, come)
    del one

if "{place}" == "fork":
    os.register_at_fork(after_in_parent=come)
try:
    with stopped_by_signals():
        {place}()
        print("went on", flush=True)
        time.sleep({hangs})
except Stopped:
    print("stopped")
print("stop" not in repr(signal.getsignal(NUMBER)), sys.unraisablehook is sys.__unraisablehook__)
"""


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("place", ["fork", "finish", "watch"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_is_not_lost_where_python_drops_what_is_raised(
    tmp_path: Path, place: str, name: str, *, at_once: bool
) -> None:
    """Nor where it comes again while what was dropped is still being said, as on a busy machine."""
    program = tmp_path / "program.py"
    at = "from kinopress.cli.terminal import signals\nsignals._AGAIN_AFTER_S = 0.0\n"
    program.write_text(
        (at if at_once else "") + PROGRAM.format(number=name, place=place, hangs=HANGS_S), "utf-8"
    )
    run = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, timeout=HANGS_S, check=False
    )
    assert run.stdout.endswith("stopped\nTrue True\n"), (
        run.stdout
    )  # perhaps in the middle of a line
    assert (run.returncode, run.stderr) == (0, "")


def test_what_else_is_dropped_there_is_said_as_before(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from kinopress.cli.terminal.signals import stopped_by_signals\n"
        "class Gone:\n"
        "    def __del__(self):\n"
        "        raise ValueError('something else')\n"
        "with stopped_by_signals():\n"
        "    Gone()\n",
        "utf-8",
    )
    run = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0 and "ValueError: something else" in run.stderr


HASTY = """
import signal, sys

class Comes:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            sys.meta_path.remove(self)
            signal.raise_signal(signal.{number})

import kinopress.cli.main
sys.meta_path.insert(0, Comes())
sys.argv = ["kinopress", "check"]
kinopress.cli.main.main()
"""


@pytest.mark.parametrize(
    "module",
    ["kinopress.cli.terminal.signals", "click", "kinopress.cli.verbs", "kinopress.cli.check"],
)
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_command_that_is_stopped_while_it_loads_shows_no_traceback(
    tmp_path: Path, module: str, name: str
) -> None:
    program = tmp_path / "program.py"
    program.write_text(HASTY.format(module=module, number=name), "utf-8")
    run = subprocess.run(
        [sys.executable, str(program)],
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        check=False,
        cwd=tmp_path,
    )
    # What hears a signal is loaded first; until then it ends us, as it does any program.
    heard = module != "kinopress.cli.terminal.signals"
    told = (3, "Stopped. Nothing was changed.\n") if heard else (-getattr(signal, name), "")
    assert (run.returncode, run.stderr.lstrip("\n"), run.stdout) == (*told, "")
