"""Markdown as writers write it: one reading for every engine, and no word changes its meaning."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import markdown
import pytest

from kinopress.content.code_spans import without_remarks
from kinopress.content.html_tags import read_tags
from kinopress.content.library import Library, read_library
from kinopress.content.writers_markdown import settle
from kinopress.pages.body import split_sections
from kinopress.pages.html import inline
from kinopress.pages.markdown_extensions import MARKDOWN_EXTENSIONS, extensions_needed
from kinopress.pages.render import render_site
from support.projects import write

BASE = Path(__file__).parents[1] / "invalid" / "_base"
GOLDEN = Path(__file__).parents[1] / "golden" / "words"
A_DAY = dt.date(2026, 11, 22)


def html_of(text: str) -> str:
    """A settled text as an engine shows it."""
    extensions = list(MARKDOWN_EXTENSIONS)
    converter = markdown.Markdown(extensions=extensions, extension_configs=MARKDOWN_EXTENSIONS)
    body, remarks = without_remarks(text)
    html: str = converter.convert(settle(body, remarks).text)
    return re.sub(r">\n+<", "><", html).replace("\n", " ")


def project_with(folder: Path, **files: str) -> Library:
    project = folder / "project"
    shutil.copytree(BASE, project)
    for name, text in files.items():
        write(project / "docs/articles" / f"{name}.md", text)
    return read_library(project, today=A_DAY)[0]


# Lists


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Do:\n- a\n- b", "<p>Do:</p><ul><li>a</li><li>b</li></ul>"),
        ("Do:\n- a", "<p>Do:</p><ul><li>a</li></ul>"),
        ("**Do:**\n* a", "<p><strong>Do:</strong></p><ul><li>a</li></ul>"),
        ("Do\n- a\n- b", "<p>Do</p><ul><li>a</li><li>b</li></ul>"),
        ("Do:\n1. a\n2. b", "<p>Do:</p><ol><li>a</li><li>b</li></ol>"),
        ("Do\n1) a\n2) b", "<p>Do</p><ol><li>a</li><li>b</li></ol>"),
        ("Do:\n3. a\n4. b", '<p>Do:</p><ol start="3"><li>a</li><li>b</li></ol>'),
        ("Do:\n    - a\n    - b", "<p>Do:</p><ul><li>a</li><li>b</li></ul>"),
        ("Do:\n\n    - a\n    - b", "<p>Do:</p><ul><li>a</li><li>b</li></ul>"),
        ("Do:\n\t1. a\n\t2. b", "<p>Do:</p><ol><li>a</li><li>b</li></ol>"),
        ("## Do\n- a", '<h2 id="do">Do</h2><ul><li>a</li></ul>'),
        (
            "- a\n  - b\n    - c\n- d",
            "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
        ),
        ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\t- b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a\n   1. b\n2. c", "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"),
        ("- a\n  goes on\n- b", "<ul><li>a goes on</li><li>b</li></ul>"),
        ("- a\ngoes on\n- b", "<ul><li>a goes on</li><li>b</li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n## Next", '<ul><li>a</li></ul><h2 id="next">Next</h2>'),
        ("- a\n\nWords.", "<ul><li>a</li></ul><p>Words.</p>"),
        ("- a\n\n  more\n- b", "<ul><li><p>a</p><p>more</p></li><li><p>b</p></li></ul>"),
        ("-\u00a0a\n-\u00a0b", "<ul><li>a</li><li>b</li></ul>"),
        ("\u00a0- a\n\u200b- b", "<ul><li>a</li><li>b</li></ul>"),
        ("– a\n– b", "<ul><li>a</li><li>b</li></ul>"),
        ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("- [ ] a\n- [x] b", "<ul><li>☐ a</li><li>☑ b</li></ul>"),
        ("> Do:\n> - a\n> - b", "<blockquote><p>Do:</p><ul><li>a</li><li>b</li></ul></blockquote>"),
        ("- a\n<!-- remark -->\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n  <!-- re\n\nmark -->\n- b", "<ul><li>a</li><li>b</li></ul>"),
    ],
)
def test_a_list_is_a_list(text: str, html: str) -> None:
    assert html_of(text) == html
    assert settle(*without_remarks(text)).doubts == []


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("It was in\n2024. Then it rained.", []),
        ("See chapter\n2. The hip.", []),
        ("It fell to\n- 5 degrees at night.", [2]),
        ("There were two, and\n1. of them left.", [2]),
        ("calf\n+ hamstring", [2]),
        ("He said\n– and meant it –\nno.", []),
        ("***", []),
        ("a - b\nc * d", []),
        ("Words\n-5 degrees", []),
        ("1.5 km\n2.5 km", []),
        ("- at\n  2024. it rained", []),
    ],
)
def test_a_hard_wrapped_paragraph_stays_one_and_a_doubt_is_said(
    text: str, doubts: list[int]
) -> None:
    settled = settle(text)
    assert [doubt.line for doubt in settled.doubts] == doubts
    words = re.sub(r"\s+", " ", text)
    assert re.sub(r"\s+", " ", settled.text).strip() == words


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Up,\\\ndown.", "<p>Up,<br /> down.</p>"),
        ("Up,  \ndown.", "<p>Up,<br /> down.</p>"),
        ("~~No~~ yes", "<p><del>No</del> yes</p>"),
        ("H~2~O and ~5", "<p>H~2~O and ~5</p>"),
        ("##Then", '<h2 id="then">Then</h2>'),
        ("#1 of all", "<p>#1 of all</p>"),
        (
            "Words\n| a | b |\n|---|---|\n| 1 | 2 |",
            "<p>Words</p><table><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        ("Term\n: What it is.", "<dl><dt>Term</dt><dd>What it is.</dd></dl>"),
        ("a\n\u00a0\nb", "<p>a</p><p>b</p>"),
        ("```\n- a\n  - b\n```", "<pre><code>- a   - b </code></pre>"),
        ("Do:\n```\na\n```", "<p>Do:</p><pre><code>a </code></pre>"),
        ("    - code\n      - code", "<pre><code>- code   - code </code></pre>"),
        (
            "<details>\n<summary>A *b*</summary>\n- c\n- d\n\n**e**\n</details>\n\nf",
            "<details><summary>A <em>b</em></summary><ul><li>c</li><li>d</li></ul>"
            "<p><strong>e</strong></p></details><p>f</p>",
        ),
        (
            "<details open><summary>A</summary>b</details>\n\nc",
            "<details open><summary>A</summary>b</details><p>c</p>",
        ),
        (
            "a <details><summary>b</summary>c</details>",
            "<p>a <details><summary>b</summary>c</details></p>",
        ),
        (
            "<details>\n<summary>*a*</summary>\n\n<details>\n<summary>*b*</summary>\nc\n</details>\n</details>",
            "<details><summary><em>a</em></summary><details><summary><em>b</em></summary><p>c</p></details></details>",
        ),
        ("<div>*a*</div>\n\nb", "<div>*a*</div><p>b</p>"),
        ("<div class='x'>\n\n*a*\n\n</div>", '<div class="x"><p><em>a</em></p></div>'),
        ("a <b>c</b> <kbd>d</kbd>", "<p>a <b>c</b> <kbd>d</kbd></p>"),
    ],
)
def test_other_ways_of_writing(text: str, html: str) -> None:
    assert html_of(text) == html


def test_steps_are_read_the_same_way() -> None:
    assert inline("~~Not~~ **this**") == "<del>Not</del> <strong>this</strong>"


# Remarks


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a<!-- secret -->b", "ab"),
        ("a\n<!-- secret\n\nsecret -->\nb", "a\n\n\n\nb"),
        ("[//]: # (secret)\nb", "\nb"),
        ('[comment]: <> "secret"\nb', "\nb"),
        ("`<!-- kept -->`", "`<!-- kept -->`"),
        ("```\n<!-- kept -->\n```", "```\n<!-- kept -->\n```"),
        ("<div>\n<!-- secret -->\n</div>", "<div>\n\n</div>"),
        ("<!----><!-- a --><!-- b -->c", "c"),
    ],
)
def test_remarks_are_left_out_and_every_line_keeps_its_place(text: str, left: str) -> None:
    assert without_remarks(text)[0] == left


def test_a_remark_is_nowhere_in_the_tree(tmp_path: Path) -> None:
    page = (
        "---\ntitle: Fresh <!-- zebra -->air\ndescription: Good <!-- zebra --> air.\n"
        "date: 2026-01-12\ntags: [stretch]\nsources: [practice]\n---\n\n"
        "Seen.\n\n- one\n<!-- zebra -->\n- two\n\n<details>\n<summary>More</summary>\n"
        "<!-- zebra\nzebra -->\n\n</details>\n\n[//]: # (zebra)\n"
    )
    clam = tmp_path / "project/exercises/clam.md"
    library = project_with(tmp_path, fresh=page)
    steps = clam.read_text("utf-8").replace("Open the", "<!-- zebra -->Open the")
    write(clam, steps.replace("  - caution:", "  - Rest <!-- zebra -->here.\n  - caution:"))
    library, report = read_library(tmp_path / "project", today=A_DAY)
    assert report.errors == []
    site = render_site(library, {}, tmp_path / "project")
    everything = "".join(p.markdown for p in site.pages) + "".join(map(repr, site.made.values()))
    assert "Seen." in everything and "Fresh air" in everything and "Rest here." in everything
    assert "zebra" not in everything


# HTML


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a\n\n<details><summary>b</summary>\n\nc\n\n## d", 3, "html-not-closed"),
        ("<div>\n<section>\n</div>", 2, "html-not-closed"),
        ("<b>a <i>b</b> c</i>", 1, "html-not-closed"),
        ("a\n</div>\nb", 2, "html-not-open"),
        ("<b>a\n\nb</b>", 1, "html-nesting"),
        ("a <div>\n\nb\n\n</div>", 1, "html-nesting"),
        ("<iframe src='https://example.org'></iframe>", 1, "html-forbidden"),
        ("<script>alert('</div>')</script>", 1, "html-forbidden"),
        ("Write to <your name> now", 1, "html-unknown"),
        ("<!-- ask Anna\n\nb", 1, "remark-not-closed"),
        ("<!-- ask Anna\n\nb <!-- c -->", 1, "remark-not-closed"),
        ("a <?php b", 1, "html-forbidden"),
        ("``` ```<p>", 1, "html-not-closed"),
    ],
)
def test_html_that_would_leak_is_said_and_shown_as_it_was_typed(
    text: str, line: int, code: str
) -> None:
    body, _ = without_remarks(text)
    wrong = [tag for tag in read_tags(body) if tag.wrong]
    assert (wrong[0].line, wrong[0].wrong and wrong[0].wrong.code) == (line, code)
    html = html_of(f"{text}\n\n<p>own</p>\n\n## Own")
    assert html.endswith('<p>own</p><h2 id="own">Own</h2>')
    assert not re.search(r"<(?:script|iframe|your)", html)


@pytest.mark.parametrize(
    "text",
    [
        "<https://example.org> and <anna@example.org>",
        "a < b and b > c, 5<6",
        "`<div>` and\n\n```\n<div>\n```\n\n    <div>\n",
        "[a](<b c.md>)",
        "\\<div>",
        "a<br>b<br/>c <img src='a.png' alt=''>",
        "<DIV>\n\na\n\n</DIV>",
        "<table>\n<tr><td>a</td></tr>\n</table>",
    ],
)
def test_html_that_is_right_and_signs_that_are_none_are_let_be(text: str) -> None:
    assert [tag.wrong for tag in read_tags(text) if tag.wrong] == []


def test_a_heading_in_a_fold_begins_no_section() -> None:
    text = "a\n\n<details>\n\n## b\n\n</details>\n\n## c\n\nd\n\n```\n## e\n```"
    assert [title for title, _ in split_sections(text)] == ["", "c"]


def test_the_advice_of_a_symptom_never_stands_in_the_coachs_fold(tmp_path: Path) -> None:
    library = project_with(tmp_path)
    symptom = tmp_path / "project/docs/symptoms/weak-glutes.md"
    text = symptom.read_text("utf-8")
    write(symptom, f"{text}\n<details><summary>Mine</summary>\n\n## What to try\n\nA note.\n")
    library, _ = read_library(tmp_path / "project", today=A_DAY)
    site = render_site(library, {}, tmp_path / "project")
    page = next(p for p in site.pages if p.path == "symptoms/weak-glutes.md")
    assert "&lt;details>" in page.markdown and "<details><summary>Mine" not in page.markdown
    assert re.search(r"^## What to try$", page.markdown, re.MULTILINE)


# A whole page


def test_a_page_of_all_ways_of_writing_is_shown_as_it_was_meant(tmp_path: Path) -> None:
    name = "as-writers-write"
    library = project_with(tmp_path, **{name: (GOLDEN / f"{name}.md").read_text("utf-8")})
    site = render_site(library, {}, tmp_path / "project")
    page = next(p for p in site.pages if p.path == f"articles/{name}.md")
    _, _, text = page.markdown.partition("\n---\n\n")
    extensions = list(MARKDOWN_EXTENSIONS)
    html = markdown.Markdown(extensions=extensions, extension_configs=MARKDOWN_EXTENSIONS).convert(
        text
    )
    assert html + "\n" == (GOLDEN / f"{name}.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a[^1]\n\n[^1]: b", "footnotes"),
        ("Term\n:   b", "def_list"),
        ("~~a~~", "pymdownx.tilde"),
        ('<div markdown="1">\n\n*a*\n\n</div>', "md_in_html"),
    ],
)
def test_an_extension_left_out_where_no_page_needs_it_is_there_where_one_does(
    text: str, name: str
) -> None:
    assert name in extensions_needed(["plain words", text])
    without = extensions_needed(["plain words"])
    assert name not in without

    def html(extensions: Mapping[str, dict[str, Any]]) -> str:
        made: str = markdown.markdown(
            text, extensions=list(extensions), extension_configs=dict(extensions)
        )
        return made

    assert html(extensions_needed([text])) == html(MARKDOWN_EXTENSIONS) != html(without)
