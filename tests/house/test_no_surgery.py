"""A page of the site is a value until it is written: nothing cuts its finished text or puts something into it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kinopress

PACKAGE = Path(kinopress.__file__).parent
TEXTS = {"body", "text"}
"""What :class:`kinopress.pages.site.SitePage` says."""
CUTS = {
    *("split", "rsplit", "splitlines", "partition", "rpartition", "replace", "removeprefix"),
    *("removesuffix", "translate", "sub", "subn"),
}


def _is_finished_text(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr in TEXTS for part in ast.walk(node))


def surgery(source: str) -> Iterator[str]:
    """The expressions of a module that cut a page's text, or put something into it."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=of, attr=name)) if name in CUTS:
                # A method of the text itself, or of a pattern that is given it.
                given = node.args if name in ("sub", "subn", "split") else []
                if _is_finished_text(of) or any(map(_is_finished_text, given)):
                    yield ast.unparse(node)
            case ast.Subscript(value=ast.Attribute(attr=attr), slice=ast.Slice()) if attr in TEXTS:
                yield ast.unparse(node)


def _of_site_pages() -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        source = file.read_text("utf-8")
        if "SitePage" in source:
            yield file.relative_to(PACKAGE).as_posix(), source


def test_nothing_cuts_the_text_of_a_page_that_is_a_value() -> None:
    modules = dict(_of_site_pages())
    assert {"pages/site.py", "pages/render.py", "engines/page_file.py"} <= modules.keys()
    assert {name: found for name, source in modules.items() if (found := [*surgery(source)])} == {}


@pytest.mark.parametrize(
    "line",
    [
        'head, rest = page.text.split("\\n---\\n\\n", 1)',
        'html = made.body.replace("</p>", box)',
        "html = re.sub('<h1>', box, page.body)",
        "html = _HEADING.sub(box, page.body, count=1)",
        "first = page.body[:at]",
        "before, _, after = page.text.strip().partition('<p>')",
    ],
)
def test_what_would_is_seen(line: str) -> None:
    assert [*surgery(line)]


@pytest.mark.parametrize(
    "line",
    [
        "page = replace(page, body=made_when_asked(body))",
        "words = page.title.replace('-', ' ')",
        "whole = page.body.rstrip()",
    ],
)
def test_what_makes_another_value_is_not(line: str) -> None:
    assert [*surgery(line)] == []
