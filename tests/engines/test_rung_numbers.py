"""Numbers to call are links wherever a page says them, and nowhere a link may not be."""

from __future__ import annotations

import pytest

from kinopress.content.data.help import number_links
from kinopress.engines.mkdocs.rung_numbers import rung

NUMBERS = ("116 123", "999", "111")


def test_numbers_in_a_sentence_ring() -> None:
    assert rung("<p>Call 999, or <em>111</em>; 116 123.</p>", NUMBERS) == (
        '<p>Call <a href="tel:999">999</a>, or <em><a href="tel:111">111</a></em>;'
        ' <a href="tel:116123">116 123</a>.</p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="tel:999">Call 999 <b>now</b> 999</a></p>',
        "<pre><code>999</code> 999</pre>",
        '<h2 id="call-999">Call 999</h2>',
        '<script type="application/json">{"say": "Call 999"}</script>',
        '<p data-say="Call 999">Call</p>',
        "<p title='a > b, 999'>Call</p>",
        "<!-- Call 999 -->",
        "<p>1999, 1,999; 999.5; 20-111; 111%; &#999; 9991</p>",
        "<p>2010;40(2):103–111</p>",
        "<p>103–999; 103 – 111; from 103 to 111; 111–120; 111 – 120; p. 111; pp. 999</p>",
        "<p>111.wales.nhs.uk, https://111.wales.nhs.uk/111/999, 111@example.org, see?page=111</p>",
        "<svg><text>999</text></svg>",
        "<button>Call 999</button>",
        "<summary>Call 999</summary>",
    ],
)
def test_where_no_link_may_be_there_is_none(html: str) -> None:
    assert rung(html, NUMBERS) == html


@pytest.mark.parametrize(
    "words",
    [
        "Ring {}. Then",
        "call {}—now",
        "{}, or 9",
        "(call {})",
        "{} – now",
        "{}: at once",
        "“{}”",
        "911 or {}",
    ],
)
def test_beside_what_is_neither_a_range_nor_an_address_numbers_ring(words: str) -> None:
    link = '<a href="tel:999">999</a>'
    assert rung(f"<p>{words.format(999)}</p>", NUMBERS) == f"<p>{words.format(link)}</p>"
    assert number_links(words.format(999), NUMBERS) == words.format(link)


def test_after_what_is_left_alone_numbers_ring_again() -> None:
    assert rung("<h2>999<code></h2><p>999</p>", NUMBERS).endswith('<a href="tel:999">999</a></p>')
    assert rung("<p>A 1 < 2 line, 999</p>", ()) == "<p>A 1 < 2 line, 999</p>"
