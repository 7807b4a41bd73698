"""What a coach notes in her style sheet stays with her, and its rules stay as they are."""

from __future__ import annotations

import pytest

from kinopress.content.text.style_sheet import named_in, with_addresses, without_comments


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("/* Anna, 12 High Street */p{}", "/**/p{}"),
        ("p /* a\n * b */ em{}", "p /**/ em{}"),
        ("p/**/.a{}", "p/**/.a{}"),
        ("p{} /* never closed", "p{} /**/"),
        ("/*! MIT, their name */p{}", "/*! MIT, their name */p{}"),
        ('p::after{content:"/* shown */"}', 'p::after{content:"/* shown */"}'),
        ("p::after{content:'it\\'s /* shown */'}", "p::after{content:'it\\'s /* shown */'}"),
        ("p{background:url(a/*b.png)} /* c */", "p{background:url(a/*b.png)} /**/"),
        ('p{content:"never closed\n} /* a */ em{}', 'p{content:"never closed\n} /**/ em{}'),
    ],
)
def test_comments_go_and_rules_stay(written: str, published: str) -> None:
    assert without_comments(written) == published


ADDRESSES = "a{b:URL(one%20two.png?f=2)} /* url(three.png) */ c{d:url( 'four.svg#e' )} @Import \"five.css\";"


def test_files_are_known_by_every_way_of_naming_them() -> None:
    assert list(named_in("docs/styles/mine.css", ADDRESSES)) == [
        "docs/styles/one two.png",
        "docs/styles/four.svg",
        "docs/styles/five.css",
    ]


def test_addresses_follow_what_was_made_elsewhere() -> None:
    places = {
        "docs/styles/four.svg": "../media/64.svg",
        "docs/styles/one two.png": "../media/1.png",
    }
    assert with_addresses("docs/styles/mine.css", ADDRESSES, places.get) == (
        "a{b:URL(../media/1.png?f=2)} /* url(three.png) */ c{d:url( '../media/64.svg#e' )} @Import \"five.css\";"
    )
