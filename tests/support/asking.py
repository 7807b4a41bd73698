"""Asking the finder's own script in Node, without a browser: what a library's readers would find."""

from __future__ import annotations

import functools
import importlib.util
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.finder.index import build_index, build_more

WEB = Path(__file__).resolve().parents[2] / "web"


@functools.cache
def _node() -> str:
    spec = importlib.util.spec_from_file_location("web_build", WEB / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.node())


_last: list[tuple[Library, bytes, bytes]] = []
"""The site that was asked last, and its files: tests ask one site many times, then the next."""


def _files(library: Library) -> tuple[bytes, bytes]:
    if not _last or _last[0][0] is not library:
        _last[:] = [(library, build_index(library, {}), build_more(library))]
    return _last[0][1:]


def ask(library: Library, queries: Sequence[str], folder: Path) -> list[list[str]]:
    """For each query the pages found (``exercises/clam``), best first, twenty at most.

    Args:
        library: What is searched.
        queries: What is typed.
        folder: A folder for the finder's files.
    """
    index, more = _files(library)
    (folder / "index.json").write_bytes(index)
    (folder / "more.json").write_bytes(more)
    done = subprocess.run(
        [_node(), str(WEB / "test" / "ask.ts"), str(folder)],
        input=json.dumps(list(queries)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    assert len(found) == len(queries)
    return found
