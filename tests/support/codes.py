"""Every problem code the program can give, and the guide's tables that are made of them.

``python tests/support/codes.py`` writes the tables of ``COACH.md`` ("Every message") anew.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import kinopress
from kinopress.codes import Code, Section
from kinopress.content.model.kinds import KINDS

PACKAGE = Path(kinopress.__file__).parent
GUIDE = Path(__file__).resolve().parents[2] / "COACH.md"

_GIVEN = re.compile(r"\bCode\.([A-Z][A-Z0-9_]*)\b")
_BY_KIND = re.compile(r"Code\.named\(f\"\{[a-z.]+\}-unknown\"\)")
"""The name of a page that is not there; the kind of page (one of ``KINDS``) stands before it."""
_AS_SETTINGS = re.compile(r"Code\.named\(.*\"front-matter\", \"settings\"\)")
"""The settings are read by the same reader as front matter, under names of their own."""


def problem_codes() -> dict[str, set[str]]:
    """Code → the source files (relative to the package) that give it."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        if path.name == "codes.py":
            continue
        text = path.read_text("utf-8")
        given = {Code[name] for name in _GIVEN.findall(text)}
        if _BY_KIND.search(text):
            given |= {code for code in Code if code.removesuffix("-unknown") in KINDS}
        if _AS_SETTINGS.search(text):
            given |= {
                code
                for code in Code
                if code.startswith("settings-")
                and code.replace("settings", "front-matter") in set(Code)
            }
        for code in given:
            found.setdefault(code.value, set()).add(path.relative_to(PACKAGE).as_posix())
    return found


def message_table(section: Section) -> str:
    """The guide's table of a section; codes that follow each other and mean the same share a row."""
    codes = [code for code in Code if code.section is section]
    rows = [
        f"| {' '.join(f'`{code.value}`' for code in alike)} | {sentence} |"
        for sentence, alike in itertools.groupby(codes, lambda code: code.sentence)
    ]
    return "\n".join(["| code | what to do |", "|---|---|", *rows])


def with_tables(guide: str) -> str:
    """The guide with its tables of messages as they should be."""
    for section in Section:
        heading = f"### {section.value}\n"
        assert guide.count(heading) == 1, section
        before, _, after = guide.partition(heading)
        table = re.search(r"^\|(?:.*\n)+?(?=\n|\Z)", after, re.MULTILINE)
        assert table is not None
        guide = (
            f"{before}{heading}{after[: table.start()]}{message_table(section)}\n"
            f"{after[table.end() :]}"
        )
    return guide


if __name__ == "__main__":
    GUIDE.write_text(with_tables(GUIDE.read_text("utf-8")), "utf-8")
