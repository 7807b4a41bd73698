"""Markdown as writers write it: one reading for every engine, and no word changes its meaning."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import markdown
import pytest

from kinopress.content.markdown.code_spans import open_fence, without_remarks
from kinopress.content.markdown.html.tags import read_tags
from kinopress.content.markdown.html.typed import READS_NOTHING, shown_signs
from kinopress.content.markdown.marks import scan
from kinopress.content.markdown.shown_otherwise import shown_otherwise
from kinopress.content.markdown.unread_marks import unread_marks
from kinopress.content.markdown.writers.settle import settle
from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from kinopress.pages.markdown_extensions import MARKDOWN_EXTENSIONS, extensions_needed
from kinopress.pages.parts.html import inline
from kinopress.pages.render import render_site
from kinopress.pages.text import split_sections
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
        ("-a\n-b", "<ul><li>a</li><li>b</li></ul>"),
        ("-a\n\n-b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        (
            "Do\n-**a**\n goes on\n-b",
            "<p>Do</p><ul><li><strong>a</strong> goes on</li><li>b</li></ul>",
        ),
        ("Do:\n*a", "<p>Do:</p><ul><li>a</li></ul>"),
        ("- a\n-b", "<ul><li>a</li><li>b</li></ul>"),
        ("–a\n–b", "<ul><li>a</li><li>b</li></ul>"),
        ("1.a\n2.b\n3.c", "<ol><li>a</li><li>b</li><li>c</li></ol>"),
        ("1. a\n2)b", "<ol><li>a</li><li>b</li></ol>"),
        ("Do\n2. a\n3. b", '<p>Do</p><ol start="2"><li>a</li><li>b</li></ol>'),
        ("•a", "<ul><li>a</li></ul>"),
        ("● a\n\uf0b7 b", "<ul><li>a</li><li>b</li></ul>"),
        ("-\n  a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- [ ]a\n- [x]b", "<ul><li>☐ a</li><li>☑ b</li></ul>"),
        ("o\ta\no\tb", "<ul><li>a</li><li>b</li></ul>"),
        (
            "- a\n  > q\n- b",
            "<ul><li><p>a</p><blockquote><p>q</p></blockquote></li><li><p>b</p></li></ul>",
        ),
        (
            "1. a\n   > q\n2. b",
            "<ol><li><p>a</p><blockquote><p>q</p></blockquote></li><li><p>b</p></li></ol>",
        ),
        ("> q\n- a", "<blockquote><p>q</p></blockquote><ul><li>a</li></ul>"),
        ("Do:\n- \n- ", "<p>Do:</p><ul><li></li><li></li></ul>"),
        ("2024. a\n2025. b", '<ol start="2024"><li>a</li><li>b</li></ol>'),
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
        ("Words\n-5 degrees\n-6 degrees", [2]),
        ("*One* a\n*two* b", []),
        ("**One** a\n**two** b", []),
        ("*Not for\neveryone", []),
        ("--a\n--b", []),
        ("1.a", []),
        ("See e.g.\na. Then", []),
        ("It was in\n2023. Then in\n2024. it rained", []),
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
            '<details markdown="1">\n<summary>A *b*</summary>\nc **d**\n</details>',
            "<details><summary>A <em>b</em></summary><p>c <strong>d</strong></p></details>",
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
        (
            "- <details>\n  <summary>*a*</summary>\n\n  - b **x**\n\n  </details>\n- d",
            "<ul><li><p><details><summary><em>a</em></summary></p><ul><li>b <strong>x</strong></li></ul>"
            "</details></li><li><p>d</p></li></ul>",
        ),
        (
            "2. <div>\n   words *b*\n   </div>\n3. d",
            '<ol start="2"><li><p><div> words <em>b</em></div></p></li><li><p>d</p></li></ol>',
        ),
        ("- <div>*a*</div>\n- b", "<ul><li><div><em>a</em></div></li><li>b</li></ul>"),
        ("<div>*a*</div>\n\nb", "<div>*a*</div><p>b</p>"),
        ("<div class='x'>\n\n*a*\n\n</div>", '<div class="x"><p><em>a</em></p></div>'),
        ("One sentence.\n---\nb", "<p>One sentence.</p><hr /><p>b</p>"),
        ("Words\n---\nb", '<h2 id="words">Words</h2><p>b</p>'),
        (
            "!!! note\n    Do:\n    - a\n      - b\n\n    more\nafter",
            '<div class="admonition note"><p class="admonition-title">Note</p><p>Do:</p>'
            "<ul><li>a<ul><li>b</li></ul></li></ul><p>more</p></div><p>after</p>",
        ),
        (
            "!!! note\n    ```\n    a\n    ```\n\n    b",
            '<div class="admonition note"><p class="admonition-title">Note</p>'
            "<pre><code>a </code></pre><p>b</p></div>",
        ),
        (
            "> - a\n>\n> ```\n> b\n> ```",
            "<blockquote><ul><li>a<pre><code>b </code></pre></li></ul></blockquote>",
        ),
        ("a <b>c</b> <kbd>d</kbd>", "<p>a <b>c</b> <kbd>d</kbd></p>"),
    ],
)
def test_other_ways_of_writing(text: str, html: str) -> None:
    assert html_of(text) == html


@pytest.mark.parametrize(
    "lines",
    [
        ("a) one", "b) two"),
        ("a. one", "b. two", "c. three"),
        ("A: one", "B: two"),
        ("(1) one", "(2) two"),
        ("1 . one", "2 . two"),
        ("1- one", "2- two"),
        ("i. one", "ii. two", "iii. three", "iv. four", "v. five"),
        ("Step 1: one", "Step 2: two"),
        ("→ one", "→ two"),
        ("✅ one", "❌ two"),
    ],
)
def test_lines_that_count_in_other_ways_stay_lines(lines: tuple[str, ...]) -> None:
    words = "<br /> ".join(lines)
    assert html_of("\n".join(lines)) == f"<p>{words}</p>"
    assert html_of("Do:\n" + "\n".join(lines)) == f"<p>Do:<br /> {words}</p>"
    assert html_of("- Do:\n  " + "\n  ".join(lines)) == f"<ul><li>Do:<br /> {words}</li></ul>"
    assert html_of(lines[0]) == f"<p>{lines[0]}</p>"
    assert html_of(f"{lines[1]}\n{lines[0]}") in (
        f"<p>{lines[1]} {lines[0]}</p>",
        f"<p>{lines[1]}<br /> {lines[0]}</p>" if lines[0][0] in "→✅" else "",
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "- ```js\n  x\n  ```\n- b",
            "<ul><li><pre><code>x </code></pre></li><li><p>b</p></li></ul>",
        ),
        (
            "- a\n- ~~~\n  x\n\n  y\n  ~~~",
            "<ul><li><p>a</p></li><li><pre><code>x  y </code></pre></li></ul>",
        ),
        ("1. ```\n   x\n     y\n   ```", "<ol><li><pre><code>x   y </code></pre></li></ol>"),
        (
            "- a\n  - ```\n    x\n    ```",
            "<ul><li><p>a</p><ul><li><pre><code>x </code></pre></li></ul></li></ul>",
        ),
        ("• ```\n  # x\n  ```\n\nb", "<ul><li><pre><code># x </code></pre></li></ul><p>b</p>"),
        (
            "> ```\n> x\n>\n> y\n> ```\n> z",
            "<blockquote><pre><code>x  y </code></pre><p>z</p></blockquote>",
        ),
        (
            "- a\n  > ```\n  > x\n  > ```",
            "<ul><li><p>a</p><blockquote><pre><code>x </code></pre></blockquote></li></ul>",
        ),
    ],
)
def test_code_in_an_entry_or_a_quotation_is_code(text: str, html: str) -> None:
    assert html_of(text) == html
    for sign in ("[[clam]]", "<div>", "{{ find }}"):
        written = text.replace("x", sign)
        assert scan(written) == [] and read_tags(written) == []
        assert open_fence(written) is None
        assert [mark.target for mark in scan(f"{written}\n\n[[clam]]")] == ["clam"]


@pytest.mark.parametrize("sign", ["- ```\n  x", "> ~~~\n> x", "1. a\n2. ```\n   x"])
def test_code_in_an_entry_that_is_left_open_is_said(sign: str) -> None:
    assert open_fence(sign) == sign.split("x", maxsplit=1)[0].count("\n") - 1


# Blocks without an empty line between them

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
SHOWN = "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Next", '<h2 id="next">Next</h2>'),
        ("Words.", "<p>Words.</p>"),
        ("- x\n- y", "<ul><li>x</li><li>y</li></ul>"),
        ("1. x", "<ol><li>x</li></ol>"),
        ("> q", "<blockquote><p>q</p></blockquote>"),
        ("---", "<hr>"),
        ("***", "<hr>"),
    ],
)
def test_a_table_ends_where_no_row_is(text: str, html: str) -> None:
    settled = html_of(f"{TABLE}\n{text}").replace("<hr />", "<hr>")
    assert settled == SHOWN + html
    assert settle(f"{TABLE}\n{text}").doubts == []
    assert html_of(f"| a |\n|---|\n| 1 |\n{text}").count("<td>") == 1


@pytest.mark.parametrize("line", ["---", "***", "___", "- - -", "-----"])
@pytest.mark.parametrize(
    ("above", "html"),
    [
        ("- a", "<ul><li>a</li></ul>"),
        ("1. a", "<ol><li>a</li></ol>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- a\n  more", "<ul><li>a more</li></ul>"),
        ("> q", "<blockquote><p>q</p></blockquote>"),
    ],
)
def test_a_line_across_the_page_makes_no_title_of_an_entry(
    above: str, html: str, line: str
) -> None:
    assert html_of(f"{above}\n{line}\nWords.") == f"{html}<hr /><p>Words.</p>"
    assert "<h1" not in html_of(f"{above}\n===")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## C#", "C#"),
        ("### What is a ##", "What is a"),
        ("## Level ###", "Level"),
        ("### A# and B#", "A# and B#"),
        ("## Closed ##", "Closed"),
        ("## Closed##", "Closed"),
        ("##Closed##", "Closed"),
    ],
)
def test_a_title_loses_no_sign_of_its_own(text: str, shown: str) -> None:
    assert re.sub("<[^>]+>", "", html_of(text)) == shown


@pytest.mark.parametrize(
    "word", ["itâ€™s", "â€œHipâ€\x9d", "cafÃ©", "Â£5", "5Â\u00a0kg", "hip\ufffdflexor", "ðŸ™‚"]
)
def test_a_letter_that_was_lost_is_said_on_its_line(word: str) -> None:
    (slip,) = unread_marks(f"Words.\n\nHere {word} again {word}.", 7)
    assert (slip.line, "was lost" in slip.message) == (9, True)


@pytest.mark.parametrize("words", ["it’s “Hip” – café £5 NÃO SÃO Âge", "MENÜ« 37 °C ½ ÅÄÖ ðe Ð"])
def test_letters_of_other_languages_are_not_lost(words: str) -> None:
    assert list(unread_marks(words, 1)) == []


# HTML in which no Markdown is read


def test_html_is_handed_on_line_by_line_as_it_was_typed() -> None:
    inside = "- a\n• b\n-c\nDo:\n- d\n2) e\n##f\n\u00a0g\\\nh"
    for name in ("pre", "p", "table", "ul"):
        text = f"<{name}>\n{inside}\n</{name}>"
        assert settle(f"Words\n{text}\nwords").text == f"Words\n\n{text}\nwords"


@pytest.mark.parametrize("name", sorted(READS_NOTHING))
def test_in_each_of_these_elements_markdown_is_shown_as_typed_and_said(name: str) -> None:
    text = f"<{name}>**a**</{name}>"
    assert "**a**" in html_of(text)
    signs = [(sign.line, sign.words) for sign in shown_signs(text, read_tags(text))]
    assert signs == ([] if name == "pre" else [(1, "**a**")])


@pytest.mark.parametrize(
    "text",
    [
        "<b>**a**</b>",
        "a <div>**a**</div>",
        "<div>\n**a**\n</div>",
        "<details>\n<summary>**a**</summary>\n- **b**\n</details>",
        "- a\n\n    <p>**b**</p>",
        "<p>x</p> **a**",
        "<p><code>**a**</code>, 2*3*4, a_b_c</p>",
        '<p><a href="_a_b_">a</a></p>',
        '<p markdown="1">**a**</p>',
    ],
)
def test_where_markdown_is_read_or_meant_as_typed_nothing_is_said(text: str) -> None:
    assert list(shown_signs(text, read_tags(text))) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("<p>**a**</p>", "write <strong>a</strong>"),
        ("<td>_a_</td>", "write <em>a</em>"),
        ("<p>`a<b`</p>", "write <code>a&lt;b</code>"),
        ("<p>[a](clam.md)</p>", 'write <a href="clam.md">a</a>'),
        ("<section>**a**</section>", "put <section> and </section> on lines of their own"),
    ],
)
def test_what_a_hint_says_is_read_without_a_word(text: str, hint: str) -> None:
    (sign,) = shown_signs(text, read_tags(text))
    assert sign.hint == hint
    if hint.startswith("write"):
        again = text.replace(sign.words, hint.removeprefix("write "))
    else:
        again = text.replace(">**", ">\n**").replace("**<", "**\n<")
        assert "<strong>a</strong>" in html_of(again)
    assert list(shown_signs(again, read_tags(again))) == []


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
    everything = "".join(p.text for p in site.pages) + "".join(map(repr, site.made.values()))
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
    assert "&lt;details>" in page.text and "<details><summary>Mine" not in page.text
    assert re.search(r"^## What to try$", page.text, re.MULTILINE)


# Words of links


def test_words_of_a_link_are_markdown_also_where_none_is_read(tmp_path: Path) -> None:
    front = "---\ntitle: Links\ndescription: A test.\ndate: 2026-01-12\ntags: [stretch]\nsources: [practice]\n---\n\n"
    text = f"{front}See [[clam|the **clam**]].\n\n<p>And [[clam]].</p>\n"
    library = project_with(tmp_path, links=text)
    site = render_site(library, {}, tmp_path / "project")
    page = next(p for p in site.pages if p.path == "articles/links.md")
    assert "[the **clam**](../exercises/clam.md)" in page.text
    assert re.search(r'<p>And <a href="[^"]+">Clam</a>\.</p>', page.text)


def test_a_citation_stands_close_to_its_word_and_the_writers_own_raised_sign_where_it_was(
    tmp_path: Path,
) -> None:
    front = "---\ntitle: Links\ndescription: A test.\ndate: 2026-01-12\ntags: [stretch]\nsources: [practice]\n---\n\n"
    text = f'{front}It helps [@practice]. Ten m <sup class="own">2</sup>.\n'
    library = project_with(tmp_path, links=text)
    site = render_site(library, {}, tmp_path / "project")
    page = next(p for p in site.pages if p.path == "articles/links.md")
    assert 'It helps<sup class="kp-cite">' in page.body
    assert 'Ten m <sup class="own">2</sup>.' in page.body


# A whole page


def test_a_page_of_all_ways_of_writing_is_shown_as_it_was_meant(tmp_path: Path) -> None:
    name = "as-writers-write"
    library = project_with(tmp_path, **{name: (GOLDEN / f"{name}.md").read_text("utf-8")})
    site = render_site(library, {}, tmp_path / "project")
    page = next(p for p in site.pages if p.path == f"articles/{name}.md")
    text = page.text
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
        ("a | b\n--|--\nc | d", "tables"),
        ("```\na\n\nb\n```", "fenced_code"),
        ("~~~\na\n\nb\n~~~", "fenced_code"),
        ("!!! note\n    a", "admonition"),
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


# What is typed and what is shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<tel:+44 20 79>", '<p><a href="tel:+442079">+44 20 79</a></p>'),
        ("<sms:07911>", '<p><a href="sms:07911">07911</a></p>'),
        ("<https://x.org>", '<p><a href="https://x.org">https://x.org</a></p>'),
        ("<geo:51,0>", "<p>&lt;geo:51,0&gt;</p>"),
        ("`<tel:1>`", "<p><code>&lt;tel:1&gt;</code></p>"),
        ("## Reps {8-12 times}", '<h2 id="reps-8-12-times">Reps {8-12 times}</h2>'),
        ("## Reps {#reps .wide}", '<h2 class="wide" id="reps">Reps</h2>'),
        ("*a*{slowly}", "<p><em>a</em>{slowly}</p>"),
        ('*a*{onclick="x"}', '<p><em>a</em>{onclick="x"}</p>'),
        ("[a](b.md){target=_blank}", '<p><a href="b.md" target="_blank">a</a></p>'),
        ("a\n{8-12 times}", "<p>a {8-12 times}</p>"),
        ("`{a b}`", "<p><code>{a b}</code></p>"),
        (r"\"a\" \$5 10\% \& b", '<p>"a" $5 10% &amp; b</p>'),
        (r"\*a\* \\", "<p>*a* \\</p>"),
        ("2024. A year.", "<p>2024. A year.</p>"),
        ("3. c\n2. b\n1. a", "<p>3. c<br /> 2. b<br /> 1. a</p>"),
        (
            "|a|b|\n|—|—|\n|1|2|",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
    ],
)
def test_signs_are_shown_as_they_were_meant(text: str, html: str) -> None:
    assert html_of(text) == html


WRITTEN = (
    *("Call <tel:+44123> now", "Write to <sms:07911>", "See <geo:51,0>", "a < b and c > d"),
    *("## Reps {8-12 times}", "Do *this*{slowly}", "Do this\n{8-12 times}", "*a*{style=x}"),
    *("|a|b|\n|-|-|\n|1|2|3|", "|a|b|\n|1|2|", "|a|b|\n|-|-|\n\n|1|2|", "|a|b|\n|—|—|\n|1|2|"),
    *("> |a|b|\n> |-|-|\n> |1|2|3|", "a | b\n- | -\n1 | 2 | 3", "- |a|b|\n  |-|-|\n  |1|2|3|"),
    *("10. a\n9. b\n8. c", "2024. a", "1. a\n2. b\n4. c", "1. a\n\n3. b", "7. a\n\nb\n\n9. c"),
    *("Do:\n- \n- b", "a\n=", "a\n===", "- a\n  > q\n- b", "> q\n- a", "1. a\n   > q\n2. b"),
    *(
        "[x][]",
        "[x][y]",
        "[a]\n(b.md)",
        "[a](b.md)",
        r"\"a\" \$5",
        "o\ta\no\tb",
        "[^a]: b\n\nc[^a]",
    ),
    *("a\n\n\tfar in", "a\n\n    far in", "[lab]: words of more", "Term\n: said", "*[ROM]: range"),
)


@pytest.mark.parametrize("text", WRITTEN)
def test_every_word_that_was_written_is_shown_or_its_line_is_named(text: str) -> None:
    html = html_of(text)
    numbers = iter(int(found) for found in re.findall(r"<ol start=\"([0-9]+)\"", html))
    shown: list[str] = []
    for ordered in re.split(r"(?=<ol)", html):
        first = next(numbers, 1) if ordered.startswith("<ol start") else 1
        entries = ordered.count("<li>") if ordered.startswith("<ol") else 0
        shown += map(str, range(first, first + entries))
    shown += re.findall(r"\w+", unescape(re.sub(r"<[^<>]*>", " ", html)))
    scheme = ("tel", "sms", "md", "b") if "](" in text or "<tel" in text or "<sms" in text else ()
    lost = Counter(re.findall(r"\w+", text.replace("[^a]", ""))) - Counter(shown)
    lost -= Counter(dict.fromkeys((*scheme, "o"), 1)) + Counter({"o": 1})
    otherwise = "<pre>" in html or "<h1" in html or "<li></li>" in html or "|" in html
    named = [*unread_marks(text, 1), *shown_otherwise(text, 1)]
    assert not (lost or otherwise) or named, (lost, html)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#Warm up\n\nWords", "Warm up"),
        ("Words\n\n#Warm up #\n", "Warm up"),
        ("#hips", "hips"),
        ("#1 of all", None),
        ("#hips #glutes", None),
        ("#MeToo was a thing.", None),
        (r"\#hips", None),
        ("Words\n#hips\nmore", None),
        ("##Warm up", None),
    ],
)
def test_a_heading_without_its_space_is_named(text: str, words: str | None) -> None:
    hints = [slip.hint for slip in shown_otherwise(text, 1)]
    assert hints == (
        [] if words is None else [rf"write ## {words}, or \#{words} if the # is meant"]
    )
    if words is not None:
        assert "<h2" in html_of(f"## {words}")
        assert f"<p>#{words}</p>" in html_of(rf"\#{words}")
        assert not list(shown_otherwise(rf"\#{words}", 1))


def test_a_title_with_a_macs_space_is_named() -> None:
    (slip,) = shown_otherwise("#\u00a0Warm up\n", 1)
    assert slip.hint == "write ## Warm up"


def test_words_in_any_usual_shape_are_not_said_to_be_shown_otherwise() -> None:
    text = (
        "Words.\n\n## A heading {#here}\n\n1. a\n\n   more of it\n\n2. b\n   - c\n\n     far in\n\n"
        "A break.\n\n4. a list that goes on\n5. here\n\n* * *\n\n**Bold**\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nOne | two.\n\n[a][b] and [b]\n\n[b]: c.md\n\n"
        "```\n# no heading\n    far in\n| a | b |\n| 1 | 2 |\n```\n\n[[clam]] [[clam|it]] [@a][@b] a[^1][^2]\n\n"
        "It was in\n2024. Then\n7. May\n\n1. a\n1. b\n1. c\n\n---\n\n__________\n"
    )
    assert list(shown_otherwise(text, 1)) == []


@pytest.mark.parametrize("begins", ["[^1]: Words.", "!!! note\n\n    Words.", "Term\n:   Words."])
def test_a_further_paragraph_of_what_holds_several_is_not_said_to_be_code(begins: str) -> None:
    text = f"A[^1].\n\n{begins}\n\n    More words.\n\nB.\n\n    far in\n"
    assert "<pre>" not in html_of(text).partition("<p>B.")[0]
    (slip,) = shown_otherwise(text, 1)
    assert (slip.line, "far in" in slip.message) == (text.count("\n"), True)


@pytest.mark.parametrize("far_in", ["![Hip](pictures/hip.png)", "See [[clam]] first."])
def test_a_picture_or_a_link_far_in_is_never_meant_as_code(far_in: str) -> None:
    fenced = "```\ncode\n```\n\n"
    (slip,) = shown_otherwise(f"{fenced}Words.\n\n    {far_in}\n", 1)
    assert (slip.line, "far in" in slip.message) == (7, True)
    assert list(shown_otherwise(f"{fenced}Words.\n\n    more code\n", 1)) == []


def test_spaces_of_a_mac_that_make_code_are_named_too() -> None:
    (slip,) = shown_otherwise("Words.\n\n\u00a0\u00a0\u00a0\u00a0far words\n", 1)
    assert (slip.line, "far in" in slip.message) == (3, True)
    assert list(shown_otherwise("- a\n\n\u00a0\u00a0\u00a0\u00a0more of it\n", 1)) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("> [!NOTE]\n> Words", "[!NOTE]"),
        ("> [!warning]- Words", "[!warning]-"),
        ("Words {: .big }", "{: .big }"),
        ("- Words {.big}", "{.big}"),
        ("[a](b.md) {.button}", "{.button}"),
        ("[a](b.md){.button}", None),
        ("Words\n{: .big }", None),
        ("## Words {#here .big}", None),
        ("| a {.b} | c {.d} |\n|---|---|", None),
        ("The force is $F = m a$.", "$F = m a$"),
        ("Let $x$ be", "$x$"),
        (r"about $\frac{1}{2}$", r"$\frac{1}{2}$"),
        ("$$\nE = mc^2\n$$", "$$ E = mc^2 $$"),
        (r"a \(x^2\)", r"\(x^2\)"),
        (r"\[ y = 2 \]", r"\[ y = 2 \]"),
        (r"\begin{align*}", r"\begin{align*}"),
        ("$5 and $10, $5-$10, US$20 = $30, A $5=five", None),
        ("From $$ to $$$, or $$ and $$", None),
        (r"\(see below\) and \[this = that", None),
        ("`$x^2$`", None),
        ("%%to myself%%", "%%to myself%%"),
        ("100%% of 50%%", None),
        ("a {# to myself #}", "{# to myself #}"),
        ("a {>>to myself<<}", "{>>to myself<<}"),
        ("{% include a.html %}", "{% include a.html %}"),
        (":::tip\nWords\n:::", ":::tip"),
        ("::: {.note}\nWords\n:::", "::: {.note}"),
        ("Words.^[a note]", "^[a note]"),
    ],
)
def test_marks_that_no_engine_reads_here_are_named(text: str, seen: str | None) -> None:
    found = [slip.message for slip in unread_marks(text, 1)]
    assert found == ([] if seen is None else [f"readers see the markup of “{seen}”"])
