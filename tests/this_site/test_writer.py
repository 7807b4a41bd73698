"""Every field of every page of this site can be changed, and no byte outside its value is another."""

from __future__ import annotations

import re

import pytest

from kinopress.content.forms.pages import FORMS
from kinopress.content.model.kinds import KINDS
from kinopress.content.source.scan import SourceFile, scan_project
from kinopress.content.source.writer import Body, Put, Remove, body_text, changed_page, fields_of
from support.guide import ROOT

_PAGES = scan_project(ROOT).pages
_OTHER = "Other: words # and 😀"


@pytest.mark.parametrize("kind", KINDS)
def test_no_byte_outside_the_value_changes(kind: str) -> None:
    for page in (page for page in _PAGES if page.kind == kind):
        before = page.file.read_bytes()
        fields = fields_of(before, page.path)
        assert isinstance(fields, dict)
        for name in FORMS[page.kind].fields:
            _change(page, before, dict(fields), name)
        now = changed_page(before, page.path, [Body(body_text(before, page.path) + "More.\n")])
        assert now == before + b"More.\n"


def _change(page: SourceFile, before: bytes, fields: dict[str, object], name: str) -> None:
    after = changed_page(before, page.path, [Put((name,), _OTHER)])
    assert fields_of(after, page.path) == {**fields, name: _OTHER}
    if name not in fields:
        assert after.count(b"\n") == before.count(b"\n") + 1
        assert changed_page(after, page.path, [Remove((name,))]) == before
        return
    start, stop = _lines_of(before, name)
    assert after.startswith(before[:start])
    assert after.endswith(before[stop:])
    gone = changed_page(before, page.path, [Remove((name,))])
    assert gone == before[:start] + before[stop:]


def _lines_of(page: bytes, name: str) -> tuple[int, int]:
    """Where the lines of a field begin and end, by their indentation alone."""
    found = re.search(rb"^%s:.*\n(?:[ ].*\n)*" % re.escape(name.encode()), page, re.MULTILINE)
    assert found is not None
    return found.span()
