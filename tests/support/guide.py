"""The coach's guide, taken apart: its sections, tables, examples and command lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "COACH.md").read_text("utf-8")
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROSE = FENCED.sub("", GUIDE)
HEADED = FENCED.sub(lambda fenced: fenced[0].replace("\n#", "\n "), GUIDE)
"""The guide without the headings that belong to its examples."""


@dataclass(frozen=True)
class Example:
    """A block of text between two fences, and the file the line before it names."""

    language: str
    text: str
    path: str

    def __str__(self) -> str:
        return self.path


def _all_examples() -> Iterator[Example]:
    for match in FENCED.finditer(GUIDE):
        before = GUIDE[: match.start()].rstrip().rpartition("\n")[2]
        named = re.findall(r"`((?:docs|exercises|videos)/[^`]+|mkdocs\.yml)`", before)
        yield Example(match[1], match[2], named[-1] if named else "")


def examples(*languages: str) -> list[Example]:
    """The examples whose fences name one of these languages, in order."""
    return [example for example in _all_examples() if example.language in languages]


def section(title: str) -> str:
    """A heading's text, up to the next heading as high as it."""
    match = re.search(rf"^(#+) {re.escape(title)}$", HEADED, re.MULTILINE)
    assert match, f"the guide has no heading “{title}”"
    rest = HEADED[match.end() :]
    following = re.search(rf"^#{{1,{len(match[1])}}} ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def table(title: str) -> list[list[str]]:
    """The rows of the table below a heading, without its head."""
    rows = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def in_code(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", text)


def command_lines() -> list[str]:
    """Every line that can be typed; the bare name of a command (``kinopress new``) is none."""
    names = {f"kinopress {verb}" for verb in VERBS}
    typed = [line for example in examples("sh") for line in example.text.splitlines()]
    named = [code for code in in_code(PROSE) if code.startswith(("kinopress", "python3 "))]
    return [*typed, *(code for code in named if code not in names)]
