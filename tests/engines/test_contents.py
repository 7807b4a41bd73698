"""Headings get the anchors that Markdown gives them, and a page that asks for its list of contents has it."""

from __future__ import annotations

from typing import Any

import pytest
from markdown import Markdown

from kinopress.engines.mkdocs.converting.contents import Contents
from kinopress.engines.mkdocs.converting.own_html import OwnHtml
from kinopress.pages.markdown_extensions import MARKDOWN_EXTENSIONS

HEADINGS = "# One *thing*\n\nWords.\n\n## Two & `three`\n\n## Two & `three`\n\n#### Four { #own }\n"


def _converted(text: str, toc: str | Contents) -> tuple[str, Any, str]:
    others = [name for name in MARKDOWN_EXTENSIONS if name != "toc"]
    options = {name: MARKDOWN_EXTENSIONS[name] for name in others}
    if toc == "toc":
        options["toc"] = MARKDOWN_EXTENSIONS["toc"]
    md = Markdown(extensions=[toc, *others, OwnHtml()], extension_configs=options)
    html = md.convert(text)
    return html, getattr(md, "toc_tokens", None), getattr(md, "toc", "")


@pytest.mark.parametrize(
    "text",
    [
        HEADINGS,
        f"[TOC]\n\n{HEADINGS}",
        f"{HEADINGS}\n- in a list\n\n    [TOC]\n",
        f'<div markdown="1">\n\n[TOC]\n\n</div>\n\n{HEADINGS}',
        f'<div class="a" markdown="1">[TOC]</div>\n\n{HEADINGS}',
        f"`[TOC]` and \\[TOC]\n\n{HEADINGS}",
        f"```\n[TOC]\n```\n\n{HEADINGS}",
        f"Words[^1].\n\n## Noted[^1]\n\n[^1]: [TOC]\n\n{HEADINGS}",
        '# <span title="a > b">One</span>\n\n!!! note "[TOC]"\n    Words.\n',
        "Words alone.\n",
    ],
)
def test_a_page_is_as_markdown_makes_it(text: str) -> None:
    ours, by_markdown = _converted(text, Contents(permalink=False)), _converted(text, "toc")
    assert ours[:2] == by_markdown[:2]
    if "[TOC]" in text:
        assert ours == by_markdown


def test_a_list_that_nobody_asks_for_is_not_made() -> None:
    assert _converted(HEADINGS, Contents(permalink=False))[2] == "<div></div>"


def test_a_converter_forgets_what_the_page_before_asked_for() -> None:
    md = Markdown(extensions=[Contents(permalink=False)])
    assert '<div class="toc">' in md.convert(f"[TOC]\n\n{HEADINGS}")
    assert '<div class="toc">' not in md.reset().convert(HEADINGS)
    assert '<div class="toc">' in md.reset().convert(f"{HEADINGS}\n[TOC]\n")
