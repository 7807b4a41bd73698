"""A process that holds the program and no tests, and forks for each piece of work: to be killed, or to be waited for.

A fork copies the tables of all memory, and each side copies each page that it then writes to. A process that has gathered
all tests has 250 to 380 MB, this one a fifth of that.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

Work = Callable[..., None]
"""Of a module; its first argument is called when what may be killed begins, the others are texts and numbers."""


class Ended(NamedTuple):
    """How a piece of work ended.

    Attributes:
        killed: Whether it was still at work when it was killed.
        took_s: Seconds since it said that it begins.
    """

    killed: bool
    took_s: float


@dataclass(frozen=True)
class Lean:
    """Such a process."""

    _process: subprocess.Popen[str]

    def here(self, work: Work, *arguments: object) -> None:
        """Work in the process itself: what is loaded for it stays there for all that is forked."""
        self._ask(work, arguments, here=True)

    def forked(self, work: Work, *arguments: object, kill_after_s: float | None = None) -> Ended:
        """Work in a fork of it, which is killed so many seconds after it begins; not at all without a number."""
        return Ended(*self._ask(work, arguments, kill_after_s=kill_after_s))

    def _ask(self, work: Work, arguments: tuple[object, ...], **how: object) -> Any:
        asked = {"module": work.__module__, "name": work.__name__, "arguments": arguments, **how}
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline() or '"it has died, see above"')
        assert not isinstance(answer, str), answer
        return answer


@contextmanager
def lean_process() -> Iterator[Lean]:
    """Have one, until nobody asks it any more."""
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    ) as process:
        yield Lean(process)


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    os.fsync = lambda _: None  # as in all tests (tests/conftest.py)
    for line in sys.stdin:
        asked = json.loads(line)
        work = getattr(importlib.import_module(asked["module"]), asked["name"])
        if asked.get("here"):
            work(lambda: None, *asked["arguments"])
            answer = Ended(killed=False, took_s=0)
        else:
            answer = _forked(work, asked["arguments"], asked["kill_after_s"])
        print(json.dumps(answer), file=answers, flush=True)


def _forked(work: Work, arguments: list[Any], kill_after_s: float | None) -> Ended:
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(lambda: os.close(tell), *arguments)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(tell)
    os.read(told, 1)  # the end of the pipe
    os.close(told)
    begun_s = time.monotonic()
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in {0, -signal.SIGKILL}:
        raise SystemExit("What was forked failed (above).")
    return Ended(code != 0, time.monotonic() - begun_s)


if __name__ == "__main__":
    _serve()
