"""Does anything readers would get tell where, when or with what it was filmed?

``kinopress build`` walks the whole new site before it is put in place; ``kinopress stage`` and
plain ``mkdocs build`` look at every file before it is copied. What is not known to be harmless
stops them, and so does a file of a kind that is not known. Films, pictures and handouts are made
without such data; this proves it on what readers get, whoever brought it there.
"""

from __future__ import annotations

import mmap
import os
import posixpath
from collections.abc import Container, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from kinopress.codes import Code
from kinopress.privacy.drawn import figure_traces, is_figure
from kinopress.privacy.traces import Trace, find_traces
from kinopress.problems import Problem
from kinopress.system.processors.shared import do_all
from kinopress.system.release_record import RECORD
from kinopress.system.walking import paths_below

_SMALL_BYTES = 1_000_000
_LOT = 10
"""So many files are looked at in one step: that is as much to do as the least that steps are shared out for."""


def private_data(
    site: Path, files: Mapping[str, Path], project: Path, *, looked_at: Container[str] = ()
) -> list[Problem]:
    """A problem for every file of a site that carries traces of its source.

    Args:
        site: The folder of the new site.
        files: Path on the site → the file it was copied from.
        project: The project's folder, to name a file as the coach knows it.
        looked_at: Paths on the site of files that were looked at before, and are the same byte for byte.

    Raises:
        OSError: a file cannot be read.
    """
    names = [
        name
        for name in paths_below(site)
        if name not in looked_at and posixpath.basename(name) != RECORD
    ]
    lots = [names[at : at + _LOT] for at in range(0, len(names), _LOT)]
    looks = [partial(_found_in, site, lot) for lot in lots]
    # A site of a hundred pages is looked through sooner than another process has begun.
    found = do_all(looks, [1] * len(looks))
    return [
        _finding(_known_as(name, files, project), traces)
        for lot in found
        for name, traces in lot.items()
    ]


def _found_in(site: Path, names: Sequence[str]) -> dict[str, list[Trace]]:
    return {name: traces for name in names if (traces := traces_of(site / name, name))}


def private_files(files: Mapping[str, Path], project: Path) -> list[Problem]:
    """A problem for every file that is to be copied and carries traces of its source.

    Args:
        files: Path on the site → the file it is copied from.
        project: The project's folder, to name a file as the coach knows it.

    Raises:
        OSError: a file cannot be read.
    """
    return [
        _finding(_known_as(name, files, project), traces)
        for name, file in sorted(files.items())
        if (traces := traces_of(file, name))
    ]


def traces_of(file: Path, name: str = "") -> list[Trace]:
    """What a file still tells about its source.

    Args:
        file: The file on this computer.
        name: Its name on the site, which must agree with what it holds; without one it is not asked.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        size = os.fstat(opened.fileno()).st_size
        if size == 0:
            return []
        # Camera films are larger than memory; only the pages that are looked at are read.
        mapped = (
            opened.read()
            if size <= _SMALL_BYTES
            else mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        )
        data = cast("bytes", mapped)  # a map is bytes to everything that reads it
        if name.endswith(".svg") and is_figure(data):
            return list(figure_traces(data))
        return find_traces(data, name)


def _known_as(name: str, files: Mapping[str, Path], project: Path) -> str:
    source = files.get(name)
    if source is None or not source.is_relative_to(project):
        return f"site/{name}"
    return source.relative_to(project).as_posix()


def _finding(path: str, traces: list[Trace]) -> Problem:
    found = ", ".join(dict.fromkeys(trace.what for trace in traces))
    if path.startswith(("docs/", "videos/")):
        hint = "save it again without that (text as plain text in UTF-8) and use that instead"
    elif path.startswith(".kinopress/"):
        hint = "delete its folder in .kinopress and build again; if it happens again, report it"
    else:
        hint = "report this file: the site builder brought it in"
    return Problem(path, f"readers could see {found}", hint, Code.MEDIA_PRIVATE)
