"""Small, safe pieces of HTML and Markdown."""

from __future__ import annotations

import functools
import json
import re
from html import escape as escaped
from html import unescape
from typing import Any

import markdown
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.toc import slugify

from kinopress.pages.markdown_extensions import MARKDOWN_EXTENSIONS

__all__ = [
    "anchors_of",
    "as_json",
    "classes",
    "converted",
    "element",
    "escape",
    "heading_anchor",
    "in_words_alone",
    "inline",
    "markdown_text",
    "plain_text",
    "spoken_text",
]

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]#|~])")
_ANY_SIGN = re.compile(r"[\\`*_\[\]<>&~]")
_FOR_HTML = re.compile(r"[&<>\"']")
_converter: markdown.Markdown | None = None


def as_json(data: Any) -> str:
    """Data for a script, as short as JSON can be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def escape(words: str, quote: bool = True) -> str:
    """Words for HTML. Most have nothing that means something there, and a build asks 300 times for each page."""
    return escaped(words, quote) if _FOR_HTML.search(words) else words


def element(tag: str, content: str = "", /, **attributes: Any) -> str:
    """One element. ``content`` is HTML already; attribute values are escaped, ``None`` and ``False`` left out.

    ``class_`` and ``for_`` lose their underscore; other underscores become hyphens.
    """
    written = ""
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = _written(name)
        written += f" {key}" if value is True else f' {key}="{escape(str(value))}"'
    return f"<{tag}{written}>{content}</{tag}>"


@functools.lru_cache(maxsize=1024)
def _written(name: str) -> str:
    """A name of an attribute as HTML has it: a build writes the same few some hundred thousand times."""
    return name.rstrip("_").replace("_", "-")


def markdown_text(words: str) -> str:
    """Words as Markdown that shows exactly these words: characters with a meaning are escaped."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", escape(words, quote=False))


def inline(words: str) -> str:
    """One line of Markdown as HTML without the paragraph around it. HTML in it is shown, not obeyed."""
    global _converter  # noqa: PLW0603 - building a converter takes longer than using it
    if not _ANY_SIGN.search(words):
        return words
    if _converter is None:
        _converter = markdown.Markdown(
            extensions=["pymdownx.tilde"],
            extension_configs={"pymdownx.tilde": {"subscript": False}},
        )
        _converter.preprocessors.deregister("html_block")
        _converter.inlinePatterns.deregister("html")
    html: str = _converter.reset().convert(escape(words, quote=False).replace("&amp;", "&"))
    return html.removeprefix("<p>").removesuffix("</p>")


def heading_anchor(title: str) -> str:
    """The place that a heading becomes on a page, from its Markdown, where no other has the same words.

    Empty where that cannot be said: of a heading with links, HTML or an anchor of its own.
    """
    if re.search(r"[<{]|\]\(", title):
        return ""
    return slugify(unescape(plain_text(title)), "-")


def converted(text: str) -> str:
    """The Markdown of a page as HTML, as engines read it."""
    converter = markdown.Markdown(
        extensions=list(MARKDOWN_EXTENSIONS), extension_configs=MARKDOWN_EXTENSIONS
    )
    html: str = converter.convert(text)
    return html


def anchors_of(text: str) -> frozenset[str]:
    """The places on a page that a link can lead to, from its Markdown as engines read it."""
    return frozenset(unescape(found) for found in _ID.findall(converted(text)))


_ID = re.compile(r"<[^<>]*?\s(?:id|name)=[\"']([^\"'<>]+)[\"']")


def plain_text(words: str) -> str:
    """Markdown words without their marks, for descriptions and alternative texts."""
    return _MARKS.sub("", _without_links(words))


def _without_links(words: str) -> str:
    """Markdown whose links to pages are their words, without citations; few words have either."""
    if "[" not in words:
        return words
    return _CITED.sub("", _PAGE_LINK.sub(r"\1", words))


_PAGE_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")
_CITED = re.compile(r"\s*\[@[^\[\]]*\]")
_MARKS = re.compile(r"[*_`]")
_TAG = re.compile(r"<[^<>]*>")


def in_words_alone(words: str) -> str:
    """Markdown whose links are their words and whose pictures what they show: for where no other page can be reached."""
    if "[" not in words:
        return words
    words = _PAGE_LINK.sub(r"\1", words)
    words = re.sub(
        r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+[\"'][^\"']*[\"'])?\)(?:\{[^{}]*\})?", r"\1", words
    )
    return _CITED.sub("", words)


@functools.lru_cache(maxsize=1024)  # a page asks a dozen times for each of its steps
def spoken_text(words: str) -> str:
    """The coach's line as it would be read aloud: the words of its links, no citations, no marks, no HTML."""
    return unescape(_TAG.sub("", inline(_without_links(words))))


def classes(written: str) -> str | None:
    """The classes of ``{ .left .small }`` behind a picture, as the pages' Markdown reads them."""
    pairs, _ = get_attrs_and_remainder(written.strip().strip("{}").lstrip(":"))
    names = [value for key, value in pairs if key == "."]
    names += [value for key, value in pairs if key == "class"]
    return " ".join(names) or None


def in_a_row(words: str) -> str:
    """Words with dots between them: a dot ends a line rather than beginning one."""
    return words.replace(" ·", "\N{NO-BREAK SPACE}·")
