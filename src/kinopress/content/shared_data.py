"""Data that many pages share: regions, red flags, home checks, references.

They live in ``docs/data/*.yml`` and are named by key from front matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kinopress.content import fields as f
from kinopress.content.document import read_text
from kinopress.content.fields import Mention
from kinopress.content.form import Desk, Field, Form
from kinopress.content.nicknames import Nickname, read_nicknames
from kinopress.content.nodes import Node
from kinopress.content.yaml_reader import parse_fields
from kinopress.problems import Problem, quoted

LEVELS = ("999", "urgent", "gp")
"""How soon: call 999 or go to A&E; NHS 111 or the same day; a GP or physiotherapist."""


Wording = tuple[tuple[str, ...], ...]
"""How somebody says something: parts that must all be there, each with its alternatives."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the body a reader can point at; ``say`` holds the words people use for it."""

    key: str
    label: str
    view: str
    say: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A warning sign, how urgent it is, what to do, and where the wording rests.

    ``say`` holds the wordings on which the search shows it: each a tuple of parts that must
    all be there, each part a tuple of alternatives.
    """

    key: str
    level: str
    title: str
    sign: str
    action: str
    basis: str
    line: int
    say: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Something a reader can try at home (``home``) or a clinician measures."""

    key: str
    title: str
    home: bool
    unit: str
    how: str
    real_change: str
    sources: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A source: how to cite it, its DOI where seen, what it found, and how far it was checked."""

    key: str
    cite: str
    finding: str
    checked: str
    year: int | None
    doi: str | None
    line: int

    @property
    def url(self) -> str | None:
        """Where to read it."""
        return None if self.doi is None else f"https://doi.org/{self.doi}"


@dataclass(frozen=True, slots=True)
class SharedData:
    """The four files, by key, each in its own order.

    ``nicknames`` are what people call things that have no page, with the pages that fit.
    ``left_out`` holds, by file, the keys of wrong entries; ``unread`` the files that could
    not be read. What they might have held is not missed a second time where it is named.
    """

    regions: Mapping[str, Region]
    red_flags: Mapping[str, RedFlag]
    checks: Mapping[str, Check]
    references: Mapping[str, Reference]
    nicknames: tuple[Nickname, ...] = ()
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    def entries(self, name: str) -> Mapping[str, object]:
        """The entries of ``docs/data/{name}.yml``."""
        files: dict[str, Mapping[str, object]] = {
            "regions": self.regions,
            "red_flags": self.red_flags,
            "tests": self.checks,
            "references": self.references,
        }
        return files[name]

    def misses(self, name: str, key: str) -> bool:
        """Whether ``docs/data/{name}.yml`` was read and holds no such entry, right or wrong."""
        return (
            key not in self.entries(name)
            and name not in self.unread
            and key not in self.left_out.get(name, ())
        )


def _doi(node: Node, desk: Desk) -> str | None:
    value = f.any_text(node, desk)
    if value is not None and not re.fullmatch(r"10\.\d{4,9}/[^\s\"<>]+", value):
        desk.report(
            node.line,
            f"{quoted(value)} is not a DOI",
            "write it like 10.2522/ptj.20090012, without https",
            "doi-form",
        )
        return None
    return value


def _wording(node: Node, desk: Desk) -> Wording | None:
    """``numb / tingling + between my legs``: parts joined by ``+``, alternatives by ``/``."""
    value = f.any_text(node, desk)
    if value is None:
        return None
    parts = tuple(
        tuple(" ".join(words.split()) for words in part.split("/")) for part in value.split("+")
    )
    if not all(re.search(r"\w", words) for part in parts for words in part):
        desk.report(
            node.line,
            f"in {quoted(value)} nothing stands beside a + or a /",
            "write words on both sides, like numb / tingling + between my legs",
            "say-form",
        )
        return None
    return parts


_FORMS = {
    "regions": Form(
        Field("label", f.text, "What the reader sees.", "Buttock", required=True),
        Field(
            "view",
            f.choice("front", "back"),
            "The side of the body on which it is drawn.",
            "back",
            required=True,
        ),
        Field(
            "say",
            f.list_of(f.any_text),
            "Words people use for this part, for the search.",
            "[bum, back pocket]",
        ),
        what="a region",
    ),
    "red_flags": Form(
        Field("level", f.choice(*LEVELS), "999, urgent or gp.", '"999"', required=True),
        Field("title", f.any_text, "A few plain words.", "Numb between the legs", required=True),
        Field("sign", f.any_text, "What the reader notices.", "A foot that slaps.", required=True),
        Field("action", f.any_text, "What to do now.", "Call 999.", required=True),
        Field("basis", f.any_text, "Where the wording rests.", "NHS wording.", required=True),
        Field(
            "say",
            f.list_of(_wording),
            "Wordings on which the search shows it: what must be there joined by +, alternatives by /.",
            "[numb / tingling + between my legs]",
        ),
        what="a red flag",
    ),
    "tests": Form(
        Field("title", f.any_text, "Its name.", "Knee to wall", required=True),
        Field("home", f.flag, "Whether a reader can do it alone.", "true", required=True),
        Field("unit", f.any_text, "What is counted.", "cm", required=True),
        Field("how", f.any_text, "How it is done.", "Stand facing a wall.", required=True),
        Field(
            "real_change",
            f.any_text,
            "The smallest change that is more than noise.",
            "Not established.",
            required=True,
        ),
        Field("sources", f.list_of(f.mention), "Keys of references.", "[neto2015]"),
        what="a test",
    ),
    "references": Form(
        Field(
            "cite",
            f.any_text,
            "Authors, journal, year.",
            "Weppler CH, Magnusson SP. Phys Ther 2010;90:438-449",
            required=True,
        ),
        Field(
            "finding",
            f.any_text,
            "What it found and how strong that is.",
            "Range grew, length did not.",
            required=True,
        ),
        Field(
            "checked",
            f.choice("read", "secondary", "none"),
            "read: abstract or record was read; secondary: seen through other pages.",
            "read",
            required=True,
        ),
        Field("year", f.whole(1900, 2100), "Year.", "2010"),
        Field("doi", _doi, "Its DOI.", "10.2522/ptj.20090012"),
        what="a reference",
    ),
}
FILES = {name: f"docs/data/{name}.yml" for name in _FORMS}


def data_forms() -> Mapping[str, Form]:
    """The form of one entry of each shared file."""
    return _FORMS


@dataclass(frozen=True, slots=True)
class _File:
    """One shared file: the values and line of each entry, the keys of wrong ones."""

    entries: Mapping[str, tuple[dict[str, Any], int]]
    left_out: frozenset[str] = frozenset()
    read: bool = True


def _read_file(project: Path, name: str, problems: list[Problem]) -> _File:
    path = FILES[name]
    text, found = read_text(project / path, path)
    problems += found
    if text is None:
        return _File({}, read=False)
    top, found = parse_fields(text, path)
    problems += found
    if top is None:
        return _File({}, read=False)
    entries: dict[str, tuple[dict[str, Any], int]] = {}
    form = _FORMS[name]
    for key, node in top.entries.items():
        line = top.key_lines[key]
        desk = Desk(path, problems).at(key)
        if not f.SLUG.fullmatch(key):
            desk.report(
                line,
                f"{quoted(key)} cannot be used as a key",
                "use small letters, numbers and hyphens",
                "name-slug",
            )
            continue
        values = form.read(node, desk)
        needed = [n for n, of_form in form.fields.items() if of_form.required]
        if values is not None and all(n in values for n in needed):
            entries[key] = (values, line)
    return _File(entries, frozenset(top.entries) - frozenset(entries))


def read_shared_data(project: Path) -> tuple[SharedData, list[Problem]]:
    """Read the files of ``docs/data/``. A wrong entry is left out and said."""
    problems: list[Problem] = []
    files = {name: _read_file(project, name, problems) for name in FILES}
    regions, red_flags, tests, references = (
        files[name].entries for name in ("regions", "red_flags", "tests", "references")
    )
    data = SharedData(
        regions={k: Region(k, **v) for k, (v, _) in regions.items()},
        red_flags={k: RedFlag(k, **v, line=line) for k, (v, line) in red_flags.items()},
        checks={k: Check(k, **{"sources": (), **v}) for k, (v, _) in tests.items()},
        references={
            k: Reference(k, **{"year": None, "doi": None, **v}, line=line)
            for k, (v, line) in references.items()
        },
        nicknames=read_nicknames(project, problems),
        left_out={name: file.left_out for name, file in files.items()},
        unread=frozenset(name for name, file in files.items() if not file.read),
    )
    return data, problems
