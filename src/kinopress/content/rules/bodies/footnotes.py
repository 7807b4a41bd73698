"""Has each footnote a place where it is named and words of its own?"""

from __future__ import annotations

from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.model.pages import Exercise, Page
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

_FOOTNOTE_INSIDE = lazily(r"(?<![\\^])\^\[[^\[\]\n]+\](?![(\[])")
_FOOTNOTE = lazily(r"\[\^(?P<name>[^\]\s\[]+)\](?P<colon>:)?")
_FOOTNOTE_OF_WORDS = lazily(r"\[\^(?P<name>[^\]\n\[]*[^\S\n][^\]\n\[]*)\]")


def footnote_problems(page: Page) -> Iterator[Problem]:
    """A footnote has a place where it is named and a line where it is written, both in the text of a page."""
    if isinstance(page, Exercise):
        for step in page.steps:
            if found := _FOOTNOTE.search(step.text):
                yield Problem(
                    page.path,
                    f"a footnote {found[0]} cannot be used here",
                    "move it into the text of the page",
                    Code.FOOTNOTE_UNKNOWN,
                    line=step.line,
                    field="steps",
                )
    if "[^" not in page.body and "^[" not in page.body:
        return
    plain = blanked_code(page.body)
    for match in _FOOTNOTE_INSIDE.finditer(plain):
        yield Problem(
            page.path,
            f"a footnote cannot be written inside a sentence: {quoted(match[0])}",
            "write [^1] here, and below, on a line of its own: [^1]: Its words.",
            Code.FOOTNOTE_UNKNOWN,
            line=page.body_line + plain.count("\n", 0, match.start()),
        )
    for match in _FOOTNOTE_OF_WORDS.finditer(plain):
        name = "-".join(match["name"].split()) or "1"
        message = f"the name of the footnote {quoted(match[0])} holds a space"
        yield Problem(
            page.path,
            message,
            f"write [^{name}], here and where it is said",
            Code.FOOTNOTE_UNKNOWN,
            line=page.body_line + plain.count("\n", 0, match.start()),
        )
    said: dict[str, int] = {}
    named: dict[str, int] = {}
    for match in _FOOTNOTE.finditer(plain):
        line = page.body_line + plain.count("\n", 0, match.start())
        at_start = not plain[plain.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        defines = match["colon"] and at_start
        if defines and match["name"] in said:
            message = f"the footnote [^{match['name']}] is written twice, and readers see only one of them"
            hint = "rename one of the two"
            yield Problem(
                page.path, message, hint, Code.FOOTNOTE_UNUSED, line=line, severity="warning"
            )
        (said if defines else named).setdefault(match["name"], line)
    for name, line in named.items():
        if name not in said:
            message = f"the footnote [^{name}] has no text"
            hint = f"write it below, on a line of its own: [^{name}]: Its words."
            yield Problem(page.path, message, hint, Code.FOOTNOTE_UNKNOWN, line=line)
    for name, line in said.items():
        if name not in named:
            message = f"nothing refers to the footnote [^{name}]"
            hint = f"write [^{name}] after the word it belongs to, or remove it"
            yield Problem(
                page.path, message, hint, Code.FOOTNOTE_UNUSED, line=line, severity="warning"
            )
