"""Nothing the program or a guide says is worded as no native speaker would: the list is in CONTRIBUTING.md."""

from __future__ import annotations

import ast
import functools
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kinopress.cli.verbs import kinopress
from support.guide import ROOT
from support.words import (
    FORMAT_TABLES,
    GUIDES,
    SEARCH_TABLES,
    script_comments,
    script_sentences,
)

_TITLE = "| not | but |"
_CODE = re.compile(
    r"```.*?^\s*```|``.+?``|`[^`\n]*`|\[[a-z]+(?:-[a-z]+)+\]", re.MULTILINE | re.DOTALL
)
"""Names of code, and codes of problems."""


@functools.cache
def avoided() -> re.Pattern[str]:
    """The words of the table in CONTRIBUTING.md: what is marked as code in its first column."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = text[text.index(_TITLE) :].split("\n\n")[0].splitlines()[2:]
    words = [word for row in rows for word in re.findall(r"`([^`]+)`", row.split("|")[1])]
    assert len(words) > 40
    return re.compile(r"(?<!there )\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def found_in(text: str) -> list[str]:
    plain = " ".join(_CODE.sub(" … ", text).split())
    return [plain[max(0, m.start() - 40) : m.end() + 20] for m in avoided().finditer(plain)]


def _sentences(path: Path) -> Iterator[str]:
    """Every string of a module that is a sentence; the pieces of a formatted one as one."""
    tree = ast.parse(path.read_text("utf-8"))
    pieces = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces |= {id(value) for value in node.values}
            text = "".join(
                str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values
            )
            if "(?" not in text:  # patterns are no sentences
                yield text
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in pieces
            and " " in node.value
            and "(?" not in node.value
        ):
            yield node.value


def test_no_message_and_no_docstring_has_a_word_that_the_list_avoids() -> None:
    modules = [
        path
        for path in sorted((ROOT / "src/kinopress").rglob("*.py"))
        if not path.as_posix().endswith((*SEARCH_TABLES, *FORMAT_TABLES))
    ]
    assert len(modules) > 200
    found = {
        path.relative_to(ROOT).as_posix(): hits
        for path in modules
        if (hits := [hit for text in _sentences(path) for hit in found_in(text)])
    }
    assert found == {}


def _comments(path: Path) -> Iterator[str]:
    """The comments of a module; lines of one that follow each other as one."""
    with tokenize.open(path) as file:
        last, said = -1, ""
        for token in tokenize.generate_tokens(file.readline):
            if token.type != tokenize.COMMENT:
                continue
            line = token.string.lstrip("# ")
            goes_on = token.start[0] == last + 1 and said
            if not goes_on and said:
                yield said
            said, last = (f"{said} {line}" if goes_on else line), token.start[0]
        if said:
            yield said


def test_no_comment_of_a_module_has_a_word_that_the_list_avoids() -> None:
    modules = [
        path
        for path in sorted((ROOT / "src/kinopress").rglob("*.py"))
        if not path.as_posix().endswith((*SEARCH_TABLES, *FORMAT_TABLES))
    ]
    comments = {path.relative_to(ROOT).as_posix(): list(_comments(path)) for path in modules}
    assert sum(map(len, comments.values())) > 500
    found = {
        path: hits
        for path, of in comments.items()
        if (hits := [h for t in of for h in found_in(t)])
    }
    assert found == {}


def test_no_script_says_a_word_that_the_list_avoids_and_no_comment_of_one() -> None:
    said = [*script_sentences(), *script_comments()]
    texts = [text for _, of_script in said for text in of_script]
    assert "Are any of these true?" in texts, "what readers see is among them"
    assert any("What is above all results" in text for text in texts), "and comments are"
    found = {path: hits for path, of in said if (hits := [h for t in of for h in found_in(t)])}
    assert found == {}


@pytest.mark.parametrize("name", GUIDES)
def test_no_guide_has_a_word_that_the_list_avoids(name: str) -> None:
    assert found_in((ROOT / name).read_text("utf-8")) == []


def _help(command: click.Command, words: str) -> Iterator[tuple[str, str]]:
    yield words, command.get_help(click.Context(command, info_name=words))
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _help(below, f"{words} {name}")


def test_no_help_has_a_word_that_the_list_avoids() -> None:
    helps = dict(_help(kinopress, "kinopress"))
    assert len(helps) > 12
    assert {words: hits for words, text in helps.items() if (hits := found_in(text))} == {}


def test_every_expected_report_is_free_of_them_too() -> None:
    reports = sorted((ROOT / "tests/invalid").glob("*/*/expected.txt"))
    assert len(reports) > 100
    found = {
        path.parent.name: hits
        for path in reports
        if (hits := found_in(path.read_text("utf-8").partition("\n\n")[2]))
    }
    assert found == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "a colon stands in this title",
        "the file lies beside its film",
        "write it anew",
        "a remark begins here",
        "a list is wanted here",
        "write them one a line",
        "this is no film",
    ],
)
def test_such_a_sentence_would_be_found(sentence: str) -> None:
    assert found_in(sentence) != []


@pytest.mark.parametrize(
    "sentence",
    [
        "`practice` stands for",
        "the picture stands still",
        "the field `remark`",
        "there is no film of that name",
        "clam.md:3: a comment [text-remark]",
    ],
)
def test_what_is_idiomatic_is_left_alone(sentence: str) -> None:
    assert found_in(sentence) == []
