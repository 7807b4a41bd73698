"""Text that is nested deeper than an engine reads is named before one would try."""

from __future__ import annotations

import pytest

from kinopress.content.markdown.html.tags import read_tags
from kinopress.content.markdown.nesting import DEEPEST, OPEN_MOST, is_too_deep, too_deep

_MANY = 2000


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{'  ' * n}- in" for n in range(_MANY)),
        "\n".join(f"{'    ' * n}1. in" for n in range(_MANY)),
        "\n\n".join(f"{'    ' * n}!!! note" for n in range(300)) + "\n\n" + " " * 1200 + "In.",
        "- " * _MANY + "in",
        "1. " * _MANY + "in",
        "> - " * _MANY + "in",
        ">" * _MANY + "in",
        "<div>\n" * 200 + "In.\n" + "</div>\n" * 200,
        "<b>" * 200 + "in" + "</b>" * 200,
    ],
    ids=["lists", "numbers", "boxes", "row", "numbers-row", "quotations", "signs", "html", "words"],
)
def test_what_is_nested_without_end_is_named_with_its_line(text: str) -> None:
    (slip,) = too_deep(f"Words.\n\n{text}", 9, read_tags(text, 11))
    several_lines = "\n" in text
    assert (slip.line > 11 + DEEPEST / 2) is several_lines or slip.line == 11
    assert str(DEEPEST) in slip.message
    assert is_too_deep(text)


@pytest.mark.parametrize(
    "text",
    ["[[", "[", "![", "![a", "[a][", "[a](", "[a](b ", "[ word\n", "<![", "[^"],
)
def test_brackets_without_end_are_named_with_the_line_of_the_first(text: str) -> None:
    (slip,) = too_deep(f"[Words].\n\nMore\n{text * _MANY}", 9, [])
    assert slip.line == 12
    assert str(OPEN_MOST) in slip.message


def test_brackets_that_are_closed_or_code_or_in_other_paragraphs_are_no_mistake() -> None:
    for text in (r"\[", "[a](b) ", "[[a]] ", "- [ ] do\n", "`[` ", "[0, 1)\n\n", "![a](b)[^1]"):
        assert [*too_deep(text * _MANY, 1, [])] == [], text
    assert [*too_deep("```\n" + "[" * _MANY + "\n```\n", 1, [])] == []


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{'  ' * n}- in" for n in range(DEEPEST)),
        "- in\n" * _MANY,
        "- - - - - -\n" * 50 + "- " * 50,
        "* " * 60 + "\n\n" + "> > > > quoted\n" * 50,
        "```\n" + "\n".join(f"{'  ' * n}- in" for n in range(60)) + "\n```",
        "Words\n" + " " * 200 + "- 12\n" * 60,
        "<div>in</div>\n" * 60,
        "<br>" * 60,
    ],
)
def test_a_long_page_is_not_a_deep_one(text: str) -> None:
    assert not is_too_deep(text)
