"""Addresses and marks: where a link leads, and what is said of one that was meant to be one."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from kinopress.content.markdown.mark_slips import mark_slips
from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from kinopress.content.text.addresses import address_problem
from kinopress.pages.anchors import anchor_problems
from kinopress.pages.published import Published
from kinopress.pages.render import render_site
from kinopress.problems import Problem
from support.projects import write

BASE = Path(__file__).parents[1] / "invalid" / "_base"
A_DAY = dt.date(2026, 11, 22)
ARTICLE = "docs/articles/first-steps.md"


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "//example.org/a",
        "mailto:anna@example.org?subject=Hi",
        "tel:+441234567890",
        "../muscles/glutes.md",
        "glutes.md#what-it-does",
        "#how-much",
        "whatsapp://send?phone=441234567890",
        "clam",
    ],
)
def test_good_addresses_are_let_be(target: str) -> None:
    assert address_problem(target, loads=False) is None


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("htp://example.org/a", "did you mean https://example.org/a?"),
        ("htpps://example.org", "did you mean https://example.org?"),
        ("http//example.org", "did you mean https://example.org?"),
        ("https:/example.org", "did you mean https://example.org?"),
        ("https:example.org", "did you mean https://example.org?"),
        ("http:://example.org", "did you mean https://example.org?"),
        ("www.example.org/a", "write https://www.example.org/a"),
        ("example.co.uk", "write https://example.co.uk"),
        ("anna@example.org", "write mailto:anna@example.org"),
        ("mailto:anna", "write it like mailto:name@example.org"),
        ("mailto:", "write it like mailto:name@example.org"),
        ("mialto:anna@example.org", "did you mean mailto:anna@example.org?"),
        ("tel:", "write it like tel:01234567890"),
        ("https://example", "write the whole address, like https://example.org/page"),
        ("http://localhost:8000/clam/", "link to the page itself, like [[clam]]"),
        ("http://127.0.0.1:8000/clam/", "link to the page itself, like [[clam]]"),
        ("C:\\films\\a.mp4", "put the file into docs/ and link to it there"),
        ("file:///home/anna/a.pdf", "put the file into docs/ and link to it there"),
        ("..\\muscles\\glutes.md", "write / instead"),
        ("javascript:alert(1)", "link to a page or a file"),
        ("data:text/html,a", "link to a page or a file"),
    ],
)
def test_a_slip_in_an_address_is_said_with_what_was_meant(target: str, hint: str) -> None:
    found = address_problem(target, loads=False)
    assert found is not None and found[1] == hint


def test_a_page_loads_nothing_from_elsewhere() -> None:
    assert address_problem("https://example.org/a.png", loads=False) is None
    found = address_problem("https://example.org/a.png", loads=True)
    assert found is not None and "docs/pictures/" in found[1]
    assert address_problem("data:image/png;base64,AAAA", loads=True) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("See [[clam].", "write [[clam]]"),
        ("See [clam]].", "write [[clam]]"),
        ("See [[clam", "write [[clam]]"),
        ("See [[clam|the clam].", "write [[clam]]"),
        ("So it is [weppler2010].", "write [@weppler2010]"),
        ("So it is [weppler2010; @kang2023].", "write [@weppler2010; @kang2023]"),
        ("So it is (@weppler2010).", "write [@weppler2010] in square brackets"),
        ("So it is [@weppler2010", "write [@weppler2010] in square brackets"),
        ("{{ contact }", "write {{ contact }}"),
        ("{ contact }}", "write {{ contact }}"),
        ("{{ contact", "write {{ contact }}"),
        ("[the clam] (../exercises/clam.md)", "remove the space"),
        ("(the clam)[../exercises/clam.md]", "write [the clam](../exercises/clam.md)"),
        ("[the clam](../exercises/clam.md", "write ) after the address"),
        ("[a](../my pictures/a.jpg)", "write %20 instead, or rename the file"),
        ("[a](my pictures/a.jpg)", "write %20 instead, or rename the file"),
        ("![a](hip photo.jpg)", "write %20 instead, or rename the file"),
        ("[a](hip (1) .md)", "write %20 instead, or rename the file"),
        ("[a](and so on)", "write %20 instead, or rename the file"),
        ("[a](\u00a0../a.jpg)", "remove the space"),
        ("[a]( b.md )", "remove the space"),
        ("[a](b.md 'A title' )", "remove the space"),
    ],
)
def test_half_a_mark_is_said_with_the_whole_one(text: str, hint: str) -> None:
    (slip,) = mark_slips(f"a\n{text}\nb", 7, {"weppler2010", "kang2023"})
    assert (slip.line, slip.hint) == (8, hint)


@pytest.mark.parametrize(
    "text",
    [
        "[[clam]] [@weppler2010] [a](b.md) ![a](b.png) [a][b] [a](<b c.md>)",
        "[a](b.md 'A title') [a](b_(c).md)",
        "- [ ] to do\n- [x] done",
        "[^1]\n\n[^1]: Words.",
        "[weppler2010]: https://example.org\n\nSee [weppler2010].",
        "Words [in brackets] (and more) of (these) [kinds].",
        "## A heading { #here }",
        "`[[clam]` and `{{ contact }`",
        "anna@example.org and (see below)[1]",
        "Words[^1](and more of them).\n\n[^1]: Words.",
    ],
)
def test_brackets_that_are_right_or_only_words_are_let_be(text: str) -> None:
    assert list(mark_slips(text, 1, {"weppler2010"})) == []


# On a page


def _project(folder: Path, words: str, settings: str = "") -> tuple[Library, list[Problem]]:
    project = folder / "project"
    shutil.copytree(BASE, project)
    write(project / "docs/pictures/knee.jpg", "a picture")
    write(project / ARTICLE, f"{(BASE / ARTICLE).read_text('utf-8')}\n{words}\n")
    write(project / "mkdocs.yml", (project / "mkdocs.yml").read_text("utf-8") + settings)
    library, report = read_library(project, today=A_DAY)
    return library, [*report, *anchor_problems(library)]


def _made(library: Library, folder: Path) -> str:
    knee = "docs/pictures/knee.jpg"
    published = Published(addresses={knee: "pictures/knee.jpg"})
    site = render_site(library, {}, folder / "project", published=published)
    return next(p.text for p in site.pages if p.path == "articles/first-steps.md")


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("[a](/muscles/glutes/)", "[a](../muscles/glutes.md)"),
        ("[a](/muscles/glutes)", "[a](../muscles/glutes.md)"),
        ("[a](/muscles/glutes/index.html#sources)", "[a](../muscles/glutes.md#sources)"),
        ("[a](/coach/muscles/glutes/)", "[a](../muscles/glutes.md)"),
        ("[a](/docs/muscles/glutes.md)", "[a](../muscles/glutes.md)"),
        ("[a](/muscles/)", "[a](../muscles/index.md)"),
        ("[a](/a-z/)", "[a](../a-z.md)"),
        ("[a](/)", "[a](../index.md)"),
        ("[a](/pictures/knee.jpg)", "[a](../pictures/knee.jpg)"),
        ("[a](../../muscles/glutes/)", "[a](../muscles/glutes.md)"),
        ("[a](../muscles/glutes.md\u200b)", "[a](../muscles/glutes.md)"),
        ("[[gl\u00adutes]]", "[Glutes](../muscles/glutes.md)"),
        ("<a href='../muscles/glutes.md'>a</a>", "<a href='../../muscles/glutes/'>a</a>"),
        ("<A HREF=/muscles/glutes/>a</A>", "<A HREF=../../muscles/glutes/>a</A>"),
        ("<a href='/pictures/knee.jpg'>a</a>", "<a href='../../pictures/knee.jpg'>a</a>"),
        ("<a href='https://example.org'>a</a>", "<a href='https://example.org'>a</a>"),
    ],
)
def test_links_lead_from_wherever_the_site_lies(tmp_path: Path, written: str, made: str) -> None:
    library, problems = _project(tmp_path, written, "site_url: https://example.org/coach/\n")
    assert problems == []
    assert made in _made(library, tmp_path)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("<a href='../muscles/none.md'>a</a>", "link-broken"),
        ('<img src="../pictures/none.png" alt="">', "link-broken"),
        ('<img srcset="../pictures/knee.jpg 1x, ../pictures/none.png 2x" alt="">', "link-broken"),
        ('<img src="../pictures/knee.jpg" srcset="../pictures/none.png 2x" alt="">', "link-broken"),
        (
            '<picture><source srcset="../pictures/none.png"><img src="../pictures/knee.jpg" alt="a"></picture>',
            "link-broken",
        ),
        ('<picture><source srcset="../pictures/knee.jpg"></picture>', "html-nesting"),
        ('<picture><img src="../pictures/knee.jpg" alt="a">Words</picture>', "html-nesting"),
        ('<source srcset="../pictures/knee.jpg">', "html-forbidden"),
        ('<table background="../pictures/none.jpg"><tr><td>a</td></tr></table>', "link-broken"),
        ('<img alt="a">', "link-broken"),
        ("Words<o:p></o:p>.", "html-unknown"),
        ("In <st1:place>Leeds</st1:place>.", "html-unknown"),
        ("<video poster=none.jpg></video>", "html-forbidden"),
        (
            '<video controls><source src="hip.mp4"><track src="hip.vtt">No film.</video>',
            "html-forbidden",
        ),
        ("<audio src='../pictures/knee.jpg'></audio>", "html-forbidden"),
        ("<img src='https://example.org/a.png' alt=''>", "link-broken"),
        ("![a](https://example.org/a.png)", "link-broken"),
        ("[a](/muscles/none/)", "link-broken"),
        ("[a](/pictures/none.jpg)", "link-broken"),
        ("[a]()", "link-broken"),
        ("[a](#nowhere)", "link-anchor"),
        ("<a href='#nowhere'>a</a>", "link-anchor"),
        ("[a](../../exercises/clam.md#nowhere)", "link-anchor"),
        ("[a](/exercises/#nowhere)", "link-anchor"),
        ("[a][b]\n\n[b]: #nowhere", "link-anchor"),
        ("<iframe src='https://example.org'></iframe>", "html-forbidden"),
        ("[weppler2010]", "mark-slip"),
        ("See [[clam].", "mark-slip"),
    ],
)
def test_what_leads_nowhere_is_said_with_its_line(tmp_path: Path, words: str, code: str) -> None:
    _, problems = _project(tmp_path, words)
    line = (BASE / ARTICLE).read_text("utf-8").count("\n") + 2 + words.count("\n")
    assert [(p.path, p.line, p.code) for p in problems] == [(ARTICLE, line, code)]


@pytest.mark.parametrize("address", ["\nnone.md", "\n  clam.md#no-such-place\n", " \nclam.md"])
def test_an_address_on_another_line_than_its_words_is_said(tmp_path: Path, address: str) -> None:
    # Readers would get a link, and where it leads was looked at by nobody.
    _, problems = _project(tmp_path, f"See [the clam]({address}) now.")
    line = (BASE / ARTICLE).read_text("utf-8").count("\n") + 2
    assert [(p.path, p.line, p.code) for p in problems] == [(ARTICLE, line, "mark-slip")]
    assert f"the address “{address.strip()}” is on another line" in problems[0].message


@pytest.mark.parametrize(
    "words",
    [
        "[a](#mine)\n\n## Mine",
        "[a](#here)\n\n## Mine { #here }",
        "[a](#what-it-is-about), [b](#sources), [c](#source-weppler2010), [d](#)",
        "[a](../../exercises/clam.md#how-to-do-it)",
        "[a](/exercises/clam/#how-much)",
        "<a href='#place'>a</a> <span id='place'>b</span>",
        "[a](#fn:1) b[^1]\n\n[^1]: c",
        "[a](https://example.org/#anything)",
    ],
)
def test_places_on_a_page_are_those_it_is_made_with(tmp_path: Path, words: str) -> None:
    assert _project(tmp_path, words)[1] == []
