"""The command ``kinopress`` as a person or another program meets it: words in, answer and exit code out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kinopress.cli.main import main

HANGS_S = 600.0
"""What has not ended by then never will. No test measures time by it: on a machine with eight jobs a
core, what takes half a second alone took 40."""


@dataclass(frozen=True)
class Answer:
    """What came back: the exit code, and what was printed on each stream."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """All of the output as one JSON value."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def codes(self) -> list[str]:
        """The codes of the problems in a JSON answer."""
        return [problem["code"] for problem in self.json["problems"]]


def type_in(capsys: pytest.CaptureFixture[str], *words: object) -> Answer:
    """Run the command in this process, through its real entry point."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return Answer(ended.value.code, said.out, said.err)


def start(
    *words: object,
    cwd: Path,
    before: Callable[[], None] | None = None,
    **environment: str,
) -> Answer:
    """Run the command as a process of its own; ``before`` sets its limits as it starts.

    A limit would also cut off what Python compiles, and leave half a module for every later process.
    """
    if before is not None:
        environment.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    done = subprocess.run(
        [sys.executable, "-m", "kinopress.cli.main", *map(str, words)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANGS_S,
        check=False,
        preexec_fn=before,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def files_no_larger_than(size: int) -> Callable[[], None]:
    """A limit that stops every write after ``size`` bytes, as a disk does that fills up."""
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
