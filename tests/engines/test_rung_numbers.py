"""Numbers to call are links wherever a page says them, and nowhere a link may not be."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import pytest

from kinopress.content.data.phones import call, number_links
from kinopress.engines.mkdocs.rung_numbers import rung

CASES = json.loads((Path(__file__).parents[1] / "golden/numbers.json").read_text("utf-8"))
"""What the pages and the search agree on; a number that rings is between two asterisks (web/test/phones.test.ts)."""
NUMBERS = tuple(CASES["numbers"])


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
        "<p>&#999;</p>",
        '<ol class="kp-sources"><li>Ring 999<ol></ol>111</li></ol>',
        '<p class="a kp-flag__basis">of 111 adults, or 999</p>',
        "<svg><text>999</text></svg>",
        "<button>Call 999</button>",
        "<summary>Call 999</summary>",
    ],
)
def test_where_no_link_may_be_there_is_none(html: str) -> None:
    assert rung(html, NUMBERS) == html


@pytest.mark.parametrize("words", CASES["ring"])
def test_beside_what_is_neither_a_range_nor_an_address_numbers_ring(words: str) -> None:
    said, before = escape(words, quote=False), escape(words.replace("*", ""), quote=False)
    linked = re.sub(r"\*([^*]+)\*", lambda m: f'<a href="{call(m[1])}">{m[1]}</a>', said)
    assert number_links(before, NUMBERS) == linked
    assert rung(f"<p>{before}</p>", NUMBERS) == f"<p>{linked}</p>"


@pytest.mark.parametrize("words", [*CASES["silent"], *CASES["silent_on_pages"]])
def test_in_a_range_an_address_a_source_or_a_count_no_number_rings(words: str) -> None:
    assert number_links(words, NUMBERS) == words
    assert rung(f"<p>{words}</p>", NUMBERS) == f"<p>{words}</p>"


def test_after_what_is_left_alone_numbers_ring_again() -> None:
    assert rung("<h2>999<code></h2><p>999</p>", NUMBERS).endswith('<a href="tel:999">999</a></p>')
    sources = '<ol class="kp-sources"><li><ol>999</ol></li></ol>'
    assert rung(f"{sources}999", NUMBERS) == f'{sources}<a href="tel:999">999</a>'
    assert rung("<p>A 1 < 2 line, 999</p>", ()) == "<p>A 1 < 2 line, 999</p>"
