"""Laws of the coach's Markdown: whatever is written, the page's own parts stand outside it."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kinopress.content.markdown.code_spans import blanked_code, without_remarks
from kinopress.content.markdown.html.elements import VOID
from kinopress.content.markdown.html.tags import read_tags
from kinopress.content.markdown.marks import MARK, marks_and_code
from kinopress.content.markdown.writers.doubts import may_doubt
from kinopress.content.markdown.writers.settle import settle
from kinopress.engines.mkdocs.converting.own_html import OwnHtml
from kinopress.pages.markdown_extensions import MARKDOWN_EXTENSIONS, extensions_needed

LAWS = settings(max_examples=400, derandomize=True, database=None, deadline=None)
PIECES = st.sampled_from(
    [
        *("\n", "\n", "\n\n", " ", "  ", "    ", "\t", "a ", "b.", "of:\n", "\\", "\\\n"),
        *(
            "- ",
            "* ",
            "1. ",
            "2) ",
            "2024. ",
            "> ",
            "## ",
            "#",
            "---\n",
            "| a | b |\n",
            "|---|---|\n",
        ),
        *("```", "~~~", "`", "``", "**", "~~", "[x]", "](y)", "[^1]", "[^1]: ", ": ", "!!! note\n"),
        *("<div>", "</div>", "<b>", "</b>", "<details>", "</details>", "<summary>", "</summary>"),
        *(
            "<p>",
            "</p>",
            "<br>",
            "<table>",
            "<pre>",
            "</pre>",
            "<script>",
            "<x y>",
            "<a href='",
            "'>",
        ),
        *("<!--", "-->", "<?", "<![CDATA[", "&lt;", "<", ">", "\u00a0", "\u200b", "• ", "– "),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


class _Depth(HTMLParser):
    """How deep the page's own heading stands."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("id") == "own-heading":
            self.found.append(list(self.open))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


@LAWS
@given(TEXTS)
def test_the_pages_own_heading_stands_outside_whatever_the_coach_wrote(text: str) -> None:
    body, remarks = without_remarks(text)
    settled = settle(body, remarks).text.strip("\n").rstrip()
    converter = markdown.Markdown(
        extensions=list(MARKDOWN_EXTENSIONS), extension_configs=MARKDOWN_EXTENSIONS
    )
    reader = _Depth()
    reader.feed(converter.convert(f"{settled}\n\n## Own heading\n\nOwn words.\n"))
    assert reader.found == [[]]


@LAWS
@given(TEXTS)
def test_a_settled_text_keeps_its_words_and_lines_keep_their_places(text: str) -> None:
    body, remarks = without_remarks(text)
    assert body.count("\n") == text.count("\n")
    assert len(blanked_code(body)) == len(body)
    assert all(body[tag.start] == "<" for tag in read_tags(body))
    for word in ("a", "b"):
        assert settle(body, remarks).text.count(f"{word}.") >= body.count(f"{word}.")


@LAWS
@given(text=TEXTS)
def test_no_doubt_is_missed_by_the_first_look(text: str) -> None:
    if settle(text).doubts:
        assert may_doubt(text)


def test_a_space_that_is_none_to_an_engine_makes_no_entry_of_the_line_above() -> None:
    """A line separator, as it comes with text copied from a web page, lets ``-`` begin no list."""
    for blank in ("\u2028", "\u00a0", "\x0b", "\x0c", "\x1c", "\x85", "\u3000"):
        text = f"-{blank}words\n* more"
        assert may_doubt(text) or not settle(text).doubts


_MARKS = st.sampled_from(
    [
        *("[[", "]]", "[[a]]", "[[a|b]]", "[@a]", "[@a](b)", "{{", "}}", "{{ a b }}", "{{ a }}\n"),
        *("[a](b)", '[a](b "c")', "![a](<b c>)", "](", ")", "[a]: b", "\n[a]: b", "[sign:"),
        *("`", "``", "```\n", "\n```\n", "~~~\n", "\n  ~~~", "\\", "<!--", "-->", "<a", "|"),
        *("\n", "\n\n", " ", "  ", "    ", "\t", "a", "@", "!", "[", "]", "(", "{", "}", "<"),
        *("\n- ", "\n1. ", "\n> ", ">", "\n• ", "\n- ```\n", "\n> ~~~\n", "\n2) `"),
    ]
)


@LAWS
@given(text=st.lists(_MARKS, max_size=30).map("".join))
def test_marks_are_found_wherever_the_pattern_finds_them(text: str) -> None:
    found = [(m.span(), m.groupdict()) for m in marks_and_code(text)]
    assert found == [(m.span(), m.groupdict()) for m in MARK.finditer(text)]


@LAWS
@given(TEXTS)
@example("a\\_b")
@example("a `b`")
@example("a *b*")
@example("a _b_")
@example("a [b](c)")
@example("a <b>c</b>")
@example("a &lt; b")
@example("a ~~b~~")
@example("a  \nb")
@example("a\tb\n\n\tc")
@example("a\r\nb\rc")
@example("a\n \nb \n  \n\n    c")
@example("\x02a\x03")
@example("```\na | b\n```")
@example("!!! note\n    a")
@example("| a | b |\n|---|---|\n| c | d |")
@example("a \\| b")
def test_words_without_a_sign_are_passed_over_and_nothing_else(text: str) -> None:
    short = markdown.Markdown(
        extensions=[*MARKDOWN_EXTENSIONS, OwnHtml()], extension_configs=MARKDOWN_EXTENSIONS
    )
    short.preprocessors.deregister("kinopress_own_html")  # this law is of what stands inside a line
    long = markdown.Markdown(
        extensions=list(MARKDOWN_EXTENSIONS), extension_configs=MARKDOWN_EXTENSIONS
    )
    whole = long.convert(text)
    assert short.convert(text) == whole
    needed = extensions_needed([text])
    assert (
        markdown.Markdown(extensions=list(needed), extension_configs=needed).convert(text) == whole
    )
