"""The walks of ARCHITECTURE.md are those that the code takes: every room on the way is there, and the one above leads into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
WALKS = ("A page, from file to site", "A film, from camera to page", "A figure, from pose to page")
BETWEEN = 1
"""So many modules may be passed through on the way from one line of a walk to the next below it."""


class Step(NamedTuple):
    """A line of a walk: how far in, where, and which modules it names as its own."""

    depth: int
    place: str
    beside: tuple[str, ...]


def steps(title: str) -> list[Step]:
    """The lines of a walk."""
    walk = GUIDE.split(f"### {title}\n", 1)[1].split("```", 2)[1].strip("\n")
    found = []
    for line in walk.split("\n"):
        match = re.match(r"(?P<in> *)(?P<place>[\w./]+)(?P<words>.*)", line)
        assert match is not None, line
        # What is in brackets after a wide gap names modules, one or several, until its first colon.
        named = re.search(r" {2,}\((?P<names>[\w., ;]+)\)$", match["words"].split(":")[0])
        names = re.split(r"[,;] ", named["names"]) if named else []
        beside = tuple(name for name in names if re.fullmatch(r"[a-z_.]+", name))
        found.append(Step(len(match["in"]) // 2, match["place"], beside))
    return found


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("kinopress", cache_dir=None)


def wrong(walk: list[Step], graph: grimp.ImportGraph) -> Iterator[str]:
    """What a walk says that is not so."""
    above: list[str] = []
    for depth, place, beside in walk:
        if "/" in place:
            if not (ROOT / place).exists():
                yield f"{place} is not there"
            continue
        names = [f"kinopress.{place}", *(f"{one.rpartition('.')[0]}.{place}" for one in above)]
        module = next((name for name in names if name in graph.modules), None)
        if module is None:
            yield f"{place} is no module"
            continue
        del above[depth:]
        if above and not near(above[-1], module, graph):
            yield f"nothing leads from {above[-1]} to {place}"
        above.append(module)
        reached = {module}
        for _ in range(BETWEEN + 1):
            reached |= {
                to for one in reached for to in graph.find_modules_directly_imported_by(one)
            }
        rooms = {module, *reached, *(one.rpartition(".")[0] for one in reached)}
        for name in beside:
            if not any(one.endswith(f".{name}") for one in rooms):
                yield f"nothing leads from {place} to {name}"


def near(one: str, other: str, graph: grimp.ImportGraph) -> bool:
    """Whether a module asks another, or one that asks it."""
    chain = graph.find_shortest_chain(one, other)
    return chain is not None and len(chain) <= BETWEEN + 2


@pytest.mark.parametrize("title", WALKS)
def test_a_walk_is_the_one_that_the_code_takes(title: str, graph: grimp.ImportGraph) -> None:
    walk = steps(title)
    assert len(walk) > 12
    assert list(wrong(walk, graph)) == []


def test_a_wrong_turn_would_be_seen(graph: grimp.ImportGraph) -> None:
    walk = [
        Step(0, "project.prepare", ("read", "nobody")),
        Step(1, "content.forms.nothing", ()),
        Step(1, "video.ffmpeg.graph", ()),
        Step(0, "web/src/nowhere", ()),
    ]
    assert list(wrong(walk, graph)) == [
        "nothing leads from project.prepare to nobody",
        "content.forms.nothing is no module",
        "nothing leads from kinopress.project.prepare to video.ffmpeg.graph",
        "web/src/nowhere is not there",
    ]


def test_every_module_and_file_that_the_guide_names_is_there() -> None:
    package = ROOT / "src/kinopress"
    rooms = [path.name for path in package.iterdir() if path.is_dir()]
    dotted = re.findall(rf"`((?:{'|'.join(rooms)})(?:\.\w+)+)`", GUIDE)
    files = re.findall(r"`([\w./-]+\.(?:py|ts))`", GUIDE)
    assert len(dotted) > 10
    assert len(files) > 50
    gone = [
        name
        for name in dotted
        # A module, or something in one.
        if not any(
            (path.is_dir() or path.with_suffix(".py").exists())
            for path in (
                package / name.replace(".", "/"),
                (package / name.replace(".", "/")).parent,
            )
        )
    ]
    known = {f"/{path.relative_to(ROOT).as_posix()}" for path in all_files()}
    gone += [name for name in files if not any(one.endswith(f"/{name}") for one in known)]
    assert gone == []


def all_files() -> Iterator[Path]:
    """The files of the project that are written by hand."""
    for top in ("src", "web/src", "web/theme", "tests", "scripts", "benchmarks", "docs", "videos"):
        yield from (path for path in (ROOT / top).rglob("*") if path.is_file())
    yield from (path for path in (ROOT / "web").glob("*") if path.is_file())
