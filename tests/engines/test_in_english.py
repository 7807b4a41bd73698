"""Words of the program that a catalogue lacks are marked as English, and nothing else is."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kinopress.content.data.words import catalogue, words_by_form
from kinopress.content.markdown.html.elements import VOID
from kinopress.engines.in_english import with_english_marked
from kinopress.pages.parts.html import escape
from kinopress.project.build import build
from support.command import type_in
from support.projects import small_project, write

WELSH, _ = catalogue("cy")
LACKING = [forms for forms in words_by_form() if forms[0] not in WELSH]


class Languages(HTMLParser):
    """In which language each text between two tags is."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        lang = dict(attrs).get("lang") or self.open[-1][1]
        if tag not in {"br", "img", "input", "meta", "link", "path", "use", "circle"}:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"script", "style", "title"} & {tag for tag, _ in self.open}:
            self.texts.append((self.open[-1][1], " ".join(data.split())))


def page(body: str, lang: str = "cy") -> str:
    return f'<!doctype html><html lang="{lang}"><head><title>Reading offline</title></head><body>{body}</body></html>'


def body(html: str) -> str:
    return html.partition("<body>")[2].partition("</body>")[0]


def texts(html: str) -> list[tuple[str, str]]:
    reader = Languages()
    reader.feed(html)
    return reader.texts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a href='/'>Reading offline</a>", "<a lang=\"en\" href='/'>Reading offline</a>"),
        ("<p>Reading offline: <b>x</b></p>", '<p><span lang="en">Reading offline</span>: <b>x</b></p>'),
        ("<p>Gair · Reading offline</p>", '<p>Gair · <span lang="en">Reading offline</span></p>'),
        ("<input placeholder='Reading offline'>", "<input lang=\"en\" placeholder='Reading offline'>"),
        ("<img alt='Reading offline' src=a>", "<img lang=\"en\" alt='Reading offline' src=a>"),
        ("<button aria-label='Reading offline'></button>", "<button lang=\"en\" aria-label='Reading offline'></button>"),
    ],
)  # fmt: skip
def test_what_is_english_is_marked_where_it_stands(before: str, after: str) -> None:
    assert body(with_english_marked(page(before))) == after


@pytest.mark.parametrize(
    "same",
    [
        "<p>Geiriau eraill am Reading offline yma</p>",
        "<p lang='en'>Reading offline</p>",
        "<div class=kp-lang lang=\"en\"><p>Reading offline</p></div>",
        "<script>Reading offline</script>",
        "<pre>Reading offline</pre>",
        "<nav aria-label='Reading offline'><a href='/'>Cartref</a></nav>",
        "<p>Ymarferion</p>",
        "<!-- Reading offline -->",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_is(same: str) -> None:
    assert with_english_marked(page(same)) == page(same)


def test_a_page_in_english_and_the_coachs_own_words_are_left_alone() -> None:
    assert with_english_marked(page("<p>Reading offline</p>", "en")) == page("<p>Reading offline</p>", "en")  # fmt: skip
    own = page("<p>Reading offline</p>")
    assert with_english_marked(own, ["Reading offline"]) == own


def test_an_english_page_has_its_own_language_inside_one_of_another() -> None:
    inside = '<p>Reading offline</p><div lang="cy"><p>Reading offline</p></div>'
    marked = with_english_marked(page(inside, "en"))
    assert texts(page(inside, "en"))[1][0] == "cy"
    assert [lang for lang, _ in texts(marked)] == ["en", "en"]
    assert body(marked).startswith("<p>Reading")


def test_every_phrase_that_is_lacking_is_marked_alone_and_with_values_in_it() -> None:
    missed = []
    for forms in LACKING:
        for form in forms:
            if sum(sign.isalpha() for sign in re.sub(r"\{\w+\}", "", form)) < 4:
                continue  # the same in both, or an abbreviation
            shown = re.sub(r"\{\w+\}", "7", form)
            marked = with_english_marked(page(f"<p>{escape(shown, quote=False)}</p>"))
            if [lang for lang, _ in texts(marked)] != ["en"]:
                missed.append(form)
    assert missed == []


def test_phrases_that_are_known_are_never_marked() -> None:
    for forms in WELSH.values():
        for form in forms:
            shown = page(f"<p>{escape(re.sub(r'{.*?}', '7', form), quote=False)}</p>")
            assert with_english_marked(shown) == shown


def test_a_page_that_has_gone_says_so_in_english(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    settings = project / "mkdocs.yml"
    welsh = settings.read_text("utf-8").replace("name: material", "name: material\n  language: cy")
    settings.write_text(welsh, "utf-8")
    write(project / "docs/data/redirects.yml", "exercises/old: gone\n")
    assert build(project).report.errors == []
    gone = (project / "site/exercises/old/index.html").read_text("utf-8")
    assert "This page is no longer here" not in {form for forms in WELSH.values() for form in forms}
    assert ("en", "This page is no longer here") in texts(gone)
    lost = texts((project / "site/404.html").read_text("utf-8"))
    assert ("en", "Reading offline") in lost


def test_a_sentence_of_several_phrases_is_in_one_language(tmp_path: Path) -> None:
    """On pages that are made in Welsh, whatever of such a sentence has Welsh words, it is whole in English and says so."""
    project = small_project(tmp_path)
    settings = project / "mkdocs.yml"
    write(settings, settings.read_text("utf-8").replace("theme:\n", "theme:\n  language: cy\n"))
    build(project)
    whole = {
        "404.html": ["If the links below lead nowhere, try", "this folder", "the one above it"],
        "find/index.html": ["What you type stays in your browser", "A–Z of all names"],
    }
    for file, said in whole.items():
        found = texts((project / "site" / file).read_text("utf-8"))
        for words in said:
            langs = {lang for lang, text in found if text.startswith(words)}
            assert langs == {"en"}, (file, words, found)
    assert "A–Y o bob enw" in {*WELSH["A–Z of all names"]}
    index = json.loads((project / "site/assets/finder/index.json").read_text("utf-8"))
    joints = {label: joint for _, _, label, _, joint, *_ in index["kinds"]}
    assert joints["Ymarfer"] == "·"


def test_all_of_a_page_in_another_language_is_within_what_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever of our HTML is in it: the search field, the body map, facts and what people say of a symptom."""
    asked = {
        "--name": "Ann Example",
        "--language": "cy",
        "--country": "wales",
        "--subject": "shoulders",
    }
    options = [word for pair in asked.items() for word in pair]
    assert type_in(capsys, "init", tmp_path / "site", *options).code == 0
    build(tmp_path / "site")
    pages = [*(tmp_path / "site/site").rglob("*.html")]
    inside = [page for page in pages if 'class="kp-lang"' in page.read_text("utf-8")]
    assert len(inside) > 3
    for page in pages:
        assert not Nesting(page.read_text("utf-8")).wrong, page


class Nesting(HTMLParser):
    """Ends of elements that are not those of the element that is open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[tuple[str, list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A drawing's shape: it has no end."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append((tag, self.open[-3:]))
