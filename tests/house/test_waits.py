"""A test waits for what it looks at, as long as that takes: the ways to forget it that once failed on a busy machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
_FUNCTION = re.compile(r"\s*(?:async\s+)?(?:\w+|\([^()]*\))\s*=>")


def _rests(node: ast.AST) -> bool:
    """Whether it rests between two looks, but for a loop within that ends by the clock."""
    if isinstance(node, ast.Attribute) and node.attr in ("wait_for_timeout", "sleep"):
        return True
    return any(_rests(one) for one in ast.iter_child_nodes(node) if not isinstance(one, ast.While))


def _is_address(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node).endswith("page.url")


def _waits_for_an_expression(call: ast.Call) -> bool:
    """Whether a page is to wait for what it would have to read as a program, which its policy forbids."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "wait_for_function"):
        return False
    words = call.args[0] if call.args else None
    if isinstance(words, ast.JoinedStr):
        words = words.values[0]
    is_literal = isinstance(words, ast.Constant) and isinstance(words.value, str)
    return is_literal and not _FUNCTION.match(words.value)


def impatient(source: str) -> Iterator[tuple[int, str]]:
    """Each line of a test that does not wait for what it needs, and what to write instead."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert):
            compared = [one for one in ast.walk(node) if isinstance(one, ast.Compare)]
            if any(_is_address(side) for one in compared for side in (one.left, *one.comparators)):
                yield node.lineno, "an address changes after a click: expect(page).to_have_url"
        if isinstance(node, ast.For) and _rests(node):
            yield node.lineno, "so many looks are not so much time: wait_for_function, or HANGS_S"
        if isinstance(node, ast.Call):
            if _waits_for_an_expression(node):
                yield node.lineno, "a page's policy lets only a function wait: () => …"
            for named in node.keywords:
                limit = named.value.value if isinstance(named.value, ast.Constant) else None
                if named.arg == "timeout" and isinstance(limit, int | float):
                    yield (
                        node.lineno,
                        "a busy machine takes forty times as long: HANGS_S or PATIENCE_MS",
                    )


def test_every_test_waits_for_what_it_looks_at() -> None:
    found = {
        f"{path.relative_to(TESTS)}:{line}: {what}"
        for path in sorted(TESTS.rglob("*.py"))
        if "invalid" not in path.parts
        for line, what in impatient(path.read_text("utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize(
    "source",
    [
        "assert page.url == before",
        "assert visit.page.url == site.url('a-z/')",
        "for _ in range(9):\n    if film(): break\n    page.wait_for_timeout(50)",
        "for _ in range(5):\n    time.sleep(1)",
        "run.communicate(timeout=60)",
        "page.wait_for_function('window.arrived')",
        "page.wait_for_function('[...all].some(one => one.open)')",
        "page.wait_for_function(f'scrollY > {before}')",
    ],
)
def test_each_way_to_forget_it_is_found(source: str) -> None:
    assert len(list(impatient(source))) == 1
