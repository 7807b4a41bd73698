"""A plan as one file: its letters, its policy, the words that its scripts say."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from kinopress.engines.handed import handed_page
from kinopress.pages.handed.article import Article
from kinopress.pages.handed.packed import FilmInside, as_address, slim

WORDS = json.dumps(
    {"forms": {"Yes": ["Ydw – “ie” </script> 😀"]}, "formFor": [1]}, ensure_ascii=False
)


@pytest.fixture
def page() -> bytes:
    inside = "<h1>“Plan” – ŵ</h1><p class='kp-lead'>Words</p>"
    return handed_page(
        Article(inside, {}, [], ()), {"side": FilmInside(bytes(range(256)) * 4)}, title="14 “days”", language="cy", words=WORDS
    )  # fmt: skip


def test_all_but_what_is_packed_is_ascii(page: bytes) -> None:
    plain = re.sub(rb'<script type="text/plain"[^>]*>.*?</script>', b"", page, flags=re.DOTALL)
    text = plain.decode("ascii")
    assert "&#8220;Plan&#8221; &#8211; &#373;" in text
    assert page.count(b"</script>") == 4  # words, what is packed, a film, the first script
    assert page.index(b'charset="windows-1252"') < 1024


def test_the_policy_names_what_is_there_and_allows_no_address(page: bytes) -> None:
    text = page.decode("latin-1")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    first = text[text.index("<script>") + len("<script>") : text.index("</script>")]
    for inside in (style, first):
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "http" not in policy
    assert "unsafe" not in policy
    assert re.findall(r"(\S+)-src data:", policy) == ["img"]


def test_words_of_another_language_are_told_to_the_scripts(page: bytes) -> None:
    (said,) = re.findall(rb'data-kp-words="site">(.*?)</script>', page)
    assert json.loads(said) == json.loads(WORDS)


def test_the_style_holds_what_can_be_shown_and_nothing_of_other_pages(page: bytes) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", page.decode("latin-1"), re.DOTALL)
    assert ".kp-lead" in style
    assert ".kp-follow" in style  # the script shows it
    assert "kp-finder" not in style
    assert ".kp-header" not in style
    assert ":has(.kp-step)" not in style


def test_a_slim_still_draws_the_same_with_less() -> None:
    still = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="fig"><title>Clam</title><desc>Words # of it</desc>'
        "<style>.fig{--k:#e6b995;--z:#fff}@media screen and (prefers-color-scheme:dark){.fig{--k:#123456}}"
        ".fig .k{fill:var(--k)}.fig .z,.fig .k{stroke:none}.fig .z{fill:var(--z)}</style>"
        '<path class="k" d="M1 2"/></svg>'
    )
    assert slim(still) == (
        '<svg xmlns="http://www.w3.org/2000/svg" class="fig">'
        "<style>.fig{--k:#e6b995;}@media screen and (prefers-color-scheme:dark){.fig{--k:#123456}}"
        ".fig .k{fill:var(--k)}.fig .k{stroke:none}</style>"
        '<path class="k" d="M1 2"/></svg>'
    )
    address = as_address(still)
    assert address.startswith("data:image/svg+xml,<svg")
    assert not set(address) & set('"#')
