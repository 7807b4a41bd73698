"""Which texts are read for links to a place on a page."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kinopress.content.markdown.marks import plain_address, scan
from kinopress.pages.anchors import _TOP, _may_lead

_PIECES = (
    "#",
    "##",
    " ",
    "\n",
    "[a](",
    ")",
    "<a href=",
    '"',
    ">",
    "[[",
    "]]",
    "|",
    "b.md",
    "&#35;",
)
_MORE = ("&num;", "[c]: ", "<", "{", "}", "`", "\\", "top", "é", "%23", "'", "\t")


@given(st.lists(st.sampled_from([*_PIECES, *_MORE]), max_size=12).map("".join))
@example("[a](#b)")
@example('[a](<b.md#c d> "Title")')
@example("<a href=&num;b>c</a>")
@example("[a]\n\n[a]: b.md#c")
def test_a_text_that_is_not_read_has_no_such_link(text: str) -> None:
    if not _may_lead(text):
        places = {plain_address(mark.target).partition("#")[2] for mark in scan(text, 1)}
        assert places <= set(_TOP)


def test_headings_are_no_reason_to_read_a_text() -> None:
    assert not _may_lead("# One\n\n## Two ##\n\n###\n\n#### #\n")
