"""The house: nothing goes round in circles. The floors themselves are contracts in pyproject.toml."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "kinopress"


def circles(imports: dict[str, set[str]]) -> list[set[str]]:
    """Modules that reach themselves by their imports, together with those on the way (Tarjan)."""
    found: list[set[str]] = []
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_now: list[str] = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        open_now.append(module)
        for imported in imports.get(module, set()):
            if imported not in index:
                visit(imported)
                low[module] = min(low[module], low[imported])
            elif imported in open_now:
                low[module] = min(low[module], index[imported])
        if low[module] == index[module]:
            at = open_now.index(module)
            together = set(open_now[at:])
            del open_now[at:]
            if len(together) > 1:
                found.append(together)

    for module in imports:
        if module not in index:
            visit(module)
    return found


def test_no_modules_import_each_other_in_a_circle() -> None:
    # Those for types alone count as well: they would only hide a circle.
    graph = grimp.build_graph("kinopress", cache_dir=None, exclude_type_checking_imports=False)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(imports) > 200
    assert circles(imports) == []


def test_what_is_loaded_by_its_name_is_there() -> None:
    """A name in quotes does not move with its module. (Names with one dot are keys in a browser.)"""
    named = {
        (path.relative_to(SOURCE).as_posix(), name)
        for path in sorted(SOURCE.rglob("*.py"))
        for name in re.findall(r'"(kinopress(?:\.[a-z_0-9]+){2,})"', path.read_text("utf-8"))
    }
    assert len(named) > 5
    assert {one for one in named if not _is_there(one[1])} == set()


def _is_there(name: str) -> bool:
    at = SOURCE.parent.joinpath(*name.split("."))
    return at.with_suffix(".py").is_file() or (at / "__init__.py").is_file()


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_no_room_holds_more_modules_than_one_can_keep_in_mind() -> None:
    package = Path(__file__).parents[2] / "src/kinopress"
    rooms = [package, *(path for path in package.rglob("*") if path.is_dir())]
    modules = {
        str(room.relative_to(package)): sum(p.name != "__init__.py" for p in room.glob("*.py"))
        for room in rooms
    }
    assert sum(modules.values()) > 300
    assert {room: count for room, count in modules.items() if count > 14} == {}


def test_no_two_files_of_tests_share_a_name_and_none_reads_another() -> None:
    """pytest takes files outside packages by their bare names: of two with the same name a whole run reads neither."""
    tests = ROOT / "tests"
    alone = [
        file for file in tests.rglob("test_*.py") if not (file.parent / "__init__.py").exists()
    ]
    names = Counter(file.name for file in alone)
    assert len(names) > 100
    assert {name for name, many in names.items() if many > 1} == set()
    rooms = {file.parent.name for file in alone}
    reads = re.compile(rf"^from (?:{'|'.join(sorted(rooms))})\.test_", re.MULTILINE)
    assert {
        file.name for file in tests.rglob("*.py") if reads.search(file.read_text("utf-8"))
    } == set()
