"""The marks in a page's text: links, citations, blocks, and the code in which nothing is a mark."""

from __future__ import annotations

import pytest

from kinopress.content.markdown.html import tags
from kinopress.content.markdown.marks import citation_keys, replace, scan, whole_link
from kinopress.content.text.blocks import split_block


def marks(text: str) -> list[tuple[str, str]]:
    return [(mark.kind, mark.target) for mark in scan(text)]


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("[[clam]]", "page", "clam"),
        ("[[ clam ]]", "page", "clam"),
        ("[[exercises/clam]]", "page", "exercises/clam"),
        ("[@weppler2010]", "citation", "@weppler2010"),
        ("[@a; @b]", "citation", "@a; @b"),
        ("{{ video hip-circles }}", "block", "video hip-circles"),
        ("   {{latest}}  ", "block", "latest"),
        ("Now: {{ latest }}", "stray", "{{ latest }}"),
        ("[words](clam.md)", "link", "clam.md"),
        ("[words](clam.md#why 'Why')", "link", "clam.md#why"),
        ("[words](<a b.md>)", "link", "<a b.md>"),
        ("[words](https://example.org/a_(b))", "link", "https://example.org/a_(b)"),
        ("![a picture](knee.jpg)", "picture", "knee.jpg"),
        ('![a picture](<the knee.jpg> "Knee"){ .small }', "picture", "the knee.jpg"),
        ("<img alt='a knee' src=knee.jpg>", "picture", "knee.jpg"),
        ('<a class="x" href="leaflet.pdf">a leaflet</a>', "html", "leaflet.pdf"),
        (r"\![a link](knee.jpg)", "link", "knee.jpg"),
        ("[knee]: ../knee.jpg", "link", "../knee.jpg"),
    ],
)
def test_a_mark_is_seen(text: str, kind: str, target: str) -> None:
    assert marks(f"Before\n{text}\nand after.") == [(kind, target)]


def test_a_link_may_have_words_of_its_own() -> None:
    (mark,) = scan("See [[clam|the quiet clam]].")
    assert (mark.target, mark.words) == ("clam", "the quiet clam")


def test_a_picture_is_one_mark_with_all_that_belongs_to_it() -> None:
    text = 'See ![the *hip*\nfrom [[clam]]](hip.jpg "Hip"){ .small } and [![in](a.png)](clam.md).'
    picture, inside, link = scan(text, first_line=7)
    assert text[picture.start : picture.end] == text[4 : text.index(" and")]
    assert (picture.line, picture.words) == (7, "the *hip*\nfrom [[clam]]")
    assert (inside.kind, inside.words) == ("picture", "in")
    assert (link.kind, link.target) == ("link", "clam.md")


def test_a_picture_by_a_label_is_seen_where_it_stands() -> None:
    text = "![the hip][h], ![h] and `![h]`\n\n[h]: hip.jpg"
    found = [(m.kind, m.line, m.words) for m in scan(text, first_line=3)]
    assert found == [("picture", 3, "the hip"), ("picture", 3, "h"), ("link", 5, None)]


@pytest.mark.parametrize(
    "text",
    [
        "`[[clam]]`",
        "``a ` [[clam]]``",
        "```\n[[clam]]\n\n{{ latest }}\n```",
        "~~~ md\n[x](y.md)\n~~~",
        "- a step:\n\n  ```\n  [[clam]]\n\n  [@a]\n  ```\n",
        "```\n[[clam]]\nand never closed",
        "````\n```\n[[clam]]\n```\n````",
        "<!-- [[clam]]\n\n{{ latest }} -->",
        "[^1]: a footnote",
        "a list [x] of [boxes]",
    ],
)
def test_what_stands_in_code_or_in_a_remark_is_no_mark(text: str) -> None:
    assert marks(text) == []


def test_a_backtick_used_as_a_quote_hides_nothing_in_the_next_paragraph() -> None:
    assert marks("The `lazy' ones.\n\n[[clam]] for `lazy' ones.") == [("page", "clam")]


def test_a_link_after_a_code_block_is_on_its_own_line() -> None:
    (mark,) = scan("```\na\nb\n```\n\nSee [[clam]].", first_line=10)
    assert mark.line == 15


def test_a_citation_may_name_several_sources() -> None:
    assert citation_keys("@a; @b, c") == ["a", "b", "c"]
    assert citation_keys("@") == []


@pytest.mark.parametrize("target", ["video hip-circles", "video: hip-circles", "video:hip-circles"])
def test_a_block_is_a_name_and_what_follows(target: str) -> None:
    assert split_block(target) == ("video", "hip-circles")


def test_marks_are_replaced_where_they_stand() -> None:
    text = "[[clam]] and `[[clam]]` and [x](clam.md)"
    assert replace(text, scan(text), lambda m: m.kind) == "page and `[[clam]]` and [x](link)"


@pytest.mark.parametrize(
    ("text", "whole", "words"),
    [
        ("See [the clam](clam.md) now", "[the clam](clam.md)", "the clam"),
        ("See [a [b] c](clam.md)", "[a [b] c](clam.md)", "a [b] c"),
        ('See [x](clam.md "The clam")!', '[x](clam.md "The clam")', "x"),
        ("See [x](<clam.md>)", "[x](<clam.md>)", "x"),
    ],
)
def test_the_whole_of_a_link_is_found_around_its_address(text: str, whole: str, words: str) -> None:
    (mark,) = scan(text)
    found = whole_link(text, mark)
    assert found is not None
    start, end, inside = found
    assert (text[start:end], inside) == (whole, words)


def test_an_address_on_a_line_of_its_own_has_no_words_around_it() -> None:
    (mark,) = scan("[clam]: clam.md")
    assert whole_link("[clam]: clam.md", mark) is None


def test_of_many_beginnings_only_those_with_an_end_near_them_are_searched_to_the_end() -> None:
    text = "<a " * 20_000
    assert "<" not in tags._bounded(text)
    assert tags._bounded("<a >" * 300) == "<a >" * 300
    assert tags._bounded("<a " * 150) == "<a " * 150, "few cost nothing"
    far = tags._bounded("<a " * 20_000 + ">")
    assert far.count("<") < 1_000 and far.endswith("<a >")
    long = '<a title="' + "x" * 9_000 + '">'
    assert tags._bounded(long * 300) == long * 300
