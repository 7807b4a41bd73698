"""Words of the program that no catalogue has, on a page in another language: marked as English (WCAG 3.1.2).

A renderer writes them as HTML, among others, and need not know which a catalogue has. So they are looked for in the finished
page: a text between two tags that is one of them, whole or as a part of a line, gets ``lang="en"``; likewise what is said
of an element and not shown in it. Whoever has the page read out hears them in the voice they are in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape

from kinopress.content.data.words import catalogue, words_by_form
from kinopress.content.markdown.html.elements import VOID
from kinopress.content.model.language.words import ENGLISH, LANGUAGES_WITH_WORDS
from kinopress.patterns import lazily

_TAG = lazily(
    r"<!--.*?-->|<!\w[^>]*>|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)"
    r"(?P<said>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)/?>",
    re.DOTALL,
)
_ATTRIBUTE = lazily(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BLANK = lazily(r"\{\w+\}")
_PARTS = lazily(r"(\s·\s|\s–\s|[,;:]\s|\n|\s(?=\[))")
_ENDS = lazily(r"^([\s(\[]*)(.*?)([\s:.,;)\]·–…]*)$", re.DOTALL)
_SPOKEN = ("aria-label", "alt", "placeholder", "title")
_RAW = frozenset({"script", "style", "textarea", "code", "pre"})
_LETTERS_MIN = 4
"""A text with fewer letters is the same word in several languages, or an abbreviation."""


@dataclass(frozen=True, slots=True)
class _Still:
    """What is in English on a page in some language.

    Attributes:
        texts: Whole phrases, and pieces of those around something, without the signs at their ends.
        filled: Phrases with values in them.
    """

    texts: frozenset[str]
    filled: re.Pattern[str] | None

    def has(self, words: str) -> bool:
        """Whether words are one of them."""
        plain = _plain(words)
        if sum(sign.isalpha() for sign in plain) < _LETTERS_MIN:
            return False
        return plain in self.texts or bool(self.filled and self.filled.fullmatch(plain))


@dataclass(slots=True)
class _Open:
    """An element that is open: its name, language and place in what is written, and what was found in it."""

    name: str
    lang: str
    at: int
    said: Mapping[str, str]
    english: int = 0
    other: int = 0
    parts: list[tuple[int, str]] = field(default_factory=list)


def with_english_marked(page: str, own: Iterable[str] = ()) -> str:
    """A page with its English words marked, where it is in another language; a page in English as it is.

    Args:
        page: The finished page.
        own: English words that the coach has replaced by her own, in the language of her site.
    """
    first = next((tag for tag in _TAG.finditer(page) if tag["name"]), None)
    if first is None or not any(f'lang="{one}' in page for one in LANGUAGES_WITH_WORDS[1:]):
        return page
    body = page.find("<body")
    if body < 0:
        return page
    lang = _attributes(first["said"]).get("lang", ENGLISH)
    return page[:body] + _marked(page[body:], lang, frozenset(own))


def _marked(page: str, lang: str, own: frozenset[str]) -> str:
    written: list[str] = []
    around = _Open("", lang, -1, {})
    opened = [around]
    at, raw = 0, ""
    for tag in _TAG.finditer(page):
        name = (tag["name"] or "").casefold()
        if raw and not (tag["end"] and name == raw):
            continue
        _text(page[at : tag.start()], opened[-1], written, own, is_raw=bool(raw))
        at, raw = tag.end(), ""
        written.append(tag[0])
        if not name:
            continue
        if tag["end"]:
            while len(opened) > 1:
                closed = opened.pop()
                _close(closed, written, own)
                opened[-1].other += closed.other
                opened[-1].english += closed.english
                if closed.name == name:
                    break
            continue
        said = _attributes(tag["said"])
        element = _Open(name, said.get("lang", opened[-1].lang), len(written) - 1, said)
        if name in VOID or tag[0].endswith("/>"):
            _close(element, written, own)
        else:
            opened.append(element)
            raw = name if name in _RAW else ""
    written.append(page[at:])
    return "".join(written)


def _text(
    text: str, element: _Open, written: list[str], own: frozenset[str], *, is_raw: bool
) -> None:
    if is_raw or not text.strip():
        written.append(text)
        return
    still = _still(element.lang, own)
    if still is None:
        element.other += 1
    elif still.has(unescape(text)):
        element.english += 1
        element.parts.append((len(written), text))
    else:
        element.other += 1
        parts = _PARTS.split(text)
        text = "".join(_span(part) if still.has(unescape(part)) else part for part in parts)
    written.append(text)


def _close(element: _Open, written: list[str], own: frozenset[str]) -> None:
    """Mark an element that is English through and through, else the texts in it that are."""
    if "lang" in element.said:
        is_whole = False
    elif element.parts and not element.other and element.english == len(element.parts):
        is_whole = True
    else:
        still = None if element.other or element.english else _still(element.lang, own)
        is_whole = still is not None and any(
            still.has(unescape(element.said.get(name, ""))) for name in _SPOKEN
        )
    if is_whole:
        start = written[element.at]
        cut = len(element.name) + 1
        written[element.at] = f'{start[:cut]} lang="{ENGLISH}"{start[cut:]}'
        return
    for at, text in element.parts:
        written[at] = _span(text)


def _span(text: str) -> str:
    found = _ENDS.match(text)
    before, words, after = found.groups() if found else ("", text, "")
    return f'{before}<span lang="{ENGLISH}">{words}</span>{after}' if words else text


def _attributes(said: str) -> dict[str, str]:
    return {name.casefold(): one or two for name, one, two in _ATTRIBUTE.findall(said)}


def _plain(words: str) -> str:
    found = _ENDS.match(" ".join(words.split()))
    return (found[2] if found else words).casefold()


@functools.lru_cache(maxsize=8)
def _still(lang: str, own: frozenset[str]) -> _Still | None:
    """What is in English on a page in a language; ``None``: it is in English itself, or no catalogue is for it."""
    language = lang.partition("-")[0].casefold()
    if language == ENGLISH or language not in LANGUAGES_WITH_WORDS:
        return None
    known, _ = catalogue(language)
    texts: set[str] = set()
    filled: list[str] = []
    for forms in words_by_form():
        if forms[0] in known:
            continue
        for form in forms:
            if form in own:
                continue
            pieces = [_plain(piece) for piece in _BLANK.split(form)]
            if len(pieces) == 1:
                texts.add(pieces[0])
                continue
            # Something of the page is where a name in braces was: another element, or a value.
            texts.update(piece for piece in pieces if " " in piece)
            if sum(sign.isalpha() for piece in pieces for sign in piece) >= _LETTERS_MIN:
                parts = [re.escape(part) for part in _BLANK.split(_plain(form))]
                filled.append(".{1,80}?".join(parts))
    return _Still(frozenset(texts), re.compile("|".join(filled)) if filled else None)
