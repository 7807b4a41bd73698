"""Data that many pages share: regions, red flags, home checks, references.

They live in ``docs/data/*.yml`` and are named by key from front matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kinopress.content import fields as f
from kinopress.content.document import read_text
from kinopress.content.fields import Mention
from kinopress.content.form import Desk, Field, Form
from kinopress.content.nodes import Fields, Node
from kinopress.content.yaml_reader import parse_fields
from kinopress.problems import Problem

LEVELS = ("999", "urgent", "gp")
"""How soon: call 999 or go to A&E; NHS 111 or the same day; a GP or physiotherapist."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the body a reader can point at."""

    key: str
    label: str
    view: str


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A warning sign, how urgent it is, what to do, and where the wording rests."""

    key: str
    level: str
    title: str
    sign: str
    action: str
    basis: str
    line: int


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
    """The four files, by key, each in its own order."""

    regions: Mapping[str, Region]
    red_flags: Mapping[str, RedFlag]
    checks: Mapping[str, Check]
    references: Mapping[str, Reference]


def _doi(node: Node, desk: Desk) -> str | None:
    value = f.any_text(node, desk)
    if value is not None and not re.fullmatch(r"10\.\d{4,9}/[^\s\"<>]+", value):
        desk.report(
            node.line,
            f"“{value}” is not a DOI",
            "write it like 10.2522/ptj.20090012, without https",
            "doi-form",
        )
        return None
    return value


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
        what="a region",
    ),
    "red_flags": Form(
        Field("level", f.choice(*LEVELS), "999, urgent or gp.", '"999"', required=True),
        Field("title", f.any_text, "A few plain words.", "Numb between the legs", required=True),
        Field("sign", f.any_text, "What the reader notices.", "A foot that slaps.", required=True),
        Field("action", f.any_text, "What to do now.", "Call 999.", required=True),
        Field("basis", f.any_text, "Where the wording rests.", "NHS wording.", required=True),
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


def _entries(
    project: Path, name: str, problems: list[Problem]
) -> dict[str, tuple[dict[str, Any], int]]:
    path = FILES[name]
    text, found = read_text(project / path, path)
    problems += found
    if text is None:
        return {}
    top, found = parse_fields(text, path)
    problems += found
    entries: dict[str, tuple[dict[str, Any], int]] = {}
    form = _FORMS[name]
    for key, node in (top or Fields(1)).entries.items():
        line = top.key_lines[key] if top else 1
        desk = Desk(path, problems).at(key)
        if not f.SLUG.fullmatch(key):
            desk.report(
                line,
                f"“{key}” cannot be used as a key",
                "use small letters, numbers and hyphens",
                "name-slug",
            )
            continue
        values = form.read(node, desk)
        needed = [n for n, field in form.fields.items() if field.required]
        if values is not None and all(n in values for n in needed):
            entries[key] = (values, line)
    return entries


def read_shared_data(project: Path) -> tuple[SharedData, list[Problem]]:
    """Read the four files of ``docs/data/``. A wrong entry is left out and said."""
    problems: list[Problem] = []
    data = SharedData(
        regions={k: Region(k, **v) for k, (v, _) in _entries(project, "regions", problems).items()},
        red_flags={
            k: RedFlag(k, **v, line=line)
            for k, (v, line) in _entries(project, "red_flags", problems).items()
        },
        checks={
            k: Check(k, **{"sources": (), **v})
            for k, (v, _) in _entries(project, "tests", problems).items()
        },
        references={
            k: Reference(k, **{"year": None, "doi": None, **v}, line=line)
            for k, (v, line) in _entries(project, "references", problems).items()
        },
    )
    return data, problems
