"""What a coach notes in her style sheet stays with her, and its rules stay as they are."""

from __future__ import annotations

import pytest

from kinopress.pages.style_sheet import without_comments


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
    assert without_comments(written.encode()) == published.encode()
