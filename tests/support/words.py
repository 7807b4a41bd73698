"""Every word a person can read here: on the site's pages, in the guides, in the program's messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import markdown

from kinopress.content.model.library import Library
from kinopress.engines.look import THEME
from kinopress.engines.mkdocs.converting.own_html import OwnHtml
from kinopress.engines.settings import MARKDOWN_EXTENSIONS
from kinopress.pages.render import render_site
from support.guide import ROOT

GUIDES = (
    "README.md",
    "COACH.md",
    "WRITING.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "FIGURES.md",
    "CHANGELOG.md",
)
SCRIPTS = sorted((ROOT / "film-scripts").glob("[0-9]*.md"))
"""What the coach may say in her weekly films."""

SPOKEN = ("alt", "aria-label", "title", "placeholder")
"""Attributes that are read out or shown."""

SEARCH_TABLES = (
    "finder/denied.ts",
    "finder/small_words.ts",
    "finder/signs/dialect.py",
    "finder/normal.ts",
    "finder/stems.py",
    "finder/lexicon.py",
    "finder/typos.py",
    "finder/signs.ts",
    "finder/signs/rules.py",
)
"""Modules full of stems and typing slips by which the search knows words: nobody is told them."""

FORMAT_TABLES = (
    "privacy/traces/drawing/names.py",
    "privacy/traces/iso.py",
    "pictures/handouts/entries.py",
    "figures/drawing/style.py",
    "engines/colours.py",
)
"""Modules full of names that a file format gives its parts."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_PROSE = re.compile(
    r"```.*?^```|`[^`\n]*`|https?://\S+|\]\([^)]*\)|[\w.-]+@[\w.-]+|\{[^{}\n]*\}",
    re.MULTILINE | re.DOTALL,
)
_CODE_WORD = re.compile(r"\S*(?:[_/=<>\\%$&#@+]|\w\.\w|--|\d)\S*")
"""What has a slash, an underscore, a number or a dot inside is a name of the computer's, not a word."""


_TS_NO_TEXT = re.compile(
    r"/\*.*?\*/|^\s*//[^\n]*$|^(?:import|export) [^\n]*from [^\n]*$", re.MULTILINE | re.DOTALL
)
_TS_STRING = re.compile(r"\"([^\"\n]*)\"|`([^`]*)`")
_TS_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.MULTILINE | re.DOTALL)
_TS_VALUE = re.compile(r"\$\{[^{}]*\}")


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if name in SPOKEN and value]
        if tag in ("code", "pre", "script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.texts.append(data)


def shown_text(html: str) -> str:
    """What a reader sees or hears of a piece of HTML; code is left out."""
    parser = _Shown()
    parser.feed(html)
    parser.close()
    return "\n".join(parser.texts)


def words_in(text: str) -> set[str]:
    """The words of a text, in its own capitals; parts of a hyphened word count by themselves."""
    plain = _CODE_WORD.sub(" ", _NO_PROSE.sub(" ", text))
    return {word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(plain)}


def site_words(library: Library) -> Iterator[tuple[str, set[str]]]:
    """Page of the site → its words. Names of authors and journals are left out: no dictionary has them."""
    cites = [reference.cite for reference in library.shared.references.values()]
    convert = markdown.Markdown(
        extensions=[*MARKDOWN_EXTENSIONS, OwnHtml()], extension_configs=MARKDOWN_EXTENSIONS
    )
    for page in render_site(library, {}, ROOT).pages:
        text = shown_text(convert.reset().convert(page.text))
        for cite in cites:
            text = text.replace(cite, "")
        yield page.source or page.path, words_in(f"{page.title}\n{page.description}\n{text}")


def theme_words() -> Iterator[tuple[str, set[str]]]:
    """Template of the theme → its words."""
    for template in sorted(THEME.rglob("*.html")):
        written = template.read_text("utf-8")
        text = re.sub(r"\{[{%#].*?[}%#]\}", " ", written, flags=re.DOTALL)
        phrases = re.findall(r'phrase\("([^"]+)"\)', written)
        yield template.name, words_in("\n".join([shown_text(text), *phrases]))


def guide_words() -> Iterator[tuple[str, set[str]]]:
    """Guide or film script → its words, code left out."""
    for path in (*(ROOT / name for name in GUIDES), *SCRIPTS):
        yield path.relative_to(ROOT).as_posix(), words_in(path.read_text("utf-8"))


def message_words() -> Iterator[tuple[str, set[str]]]:
    """Module → the words of its sentences: messages, hints, help, and its docstrings; patterns are none."""
    for path in sorted((ROOT / "src/kinopress").rglob("*.py")):
        if path.as_posix().endswith((*SEARCH_TABLES, *FORMAT_TABLES)):
            continue
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        texts = [
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        sentences = [text for text in texts if len(text.split()) > 2 and "(?" not in text]
        yield path.relative_to(ROOT).as_posix(), words_in("\n".join(sentences))


def script_sentences() -> Iterator[tuple[str, list[str]]]:
    """Script of the browser → its texts: strings of more than one word, as a reader sees them."""
    for path in sorted((ROOT / "web/src").rglob("*.ts")):
        if path.as_posix().endswith(SEARCH_TABLES):
            continue
        code = _TS_NO_TEXT.sub("", path.read_text("utf-8"))
        strings = (plain or template for plain, template in _TS_STRING.findall(code))
        texts = [text for text in strings if " " in _TS_VALUE.sub(" ", text).strip()]
        yield path.relative_to(ROOT).as_posix(), [_TS_VALUE.sub(" … ", text) for text in texts]


def script_comments() -> Iterator[tuple[str, list[str]]]:
    """Script of the browser → what its comments say."""
    for path in sorted((ROOT / "web/src").rglob("*.ts")):
        comments = _TS_COMMENT.findall(path.read_text("utf-8"))
        lines = [re.sub(r"(?m)^\s*(?:/\*\*|\*/?|//)", " ", text) for text in comments]
        yield path.relative_to(ROOT).as_posix(), lines


def script_words() -> Iterator[tuple[str, set[str]]]:
    """Script of the browser → the words of its texts."""
    for path, sentences in script_sentences():
        yield path, words_in("\n".join(sentences))
