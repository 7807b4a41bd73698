"""Settings: one place, ``mkdocs.yml`` under ``extra.kinopress``, checked like everything else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kinopress.content import fields as f
from kinopress.content.document import read_text
from kinopress.content.form import Desk, Field, Form, Reader
from kinopress.content.nodes import Fields, Node, Text
from kinopress.content.yaml_reader import parse_fields, scalar_below
from kinopress.problems import ExitCode, Problem, Refusal

FILE = "mkdocs.yml"
SOURCE_FOLDERS = (
    "docs",
    "exercises",
    "videos",
    "scripts",
    "src",
    "tests",
    "web",
    "benchmarks",
    ".git",
    ".kinopress",
)


@dataclass(frozen=True, slots=True)
class Coach:
    """Who the reader can turn to. What is not set is said to be not set, never made up."""

    name: str | None = None
    role: str | None = None
    place: str | None = None
    qualifications: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    booking_url: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who goes through pages."""

    key: str
    name: str
    clinician: bool = False


@dataclass(frozen=True, slots=True)
class VideoDefaults:
    """How films are made; the size is the short side of the picture in pixels."""

    short_side_max_px: int = 720


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    site_name: str = "Kinopress"
    site_url: str | None = None
    site_description: str | None = None
    site_dir: str = "site"
    timezone: str = "Europe/London"
    copyright: str | None = None
    coach: Coach = Coach()
    reviewers: Mapping[str, Reviewer] = field(default_factory=dict)
    video: VideoDefaults = VideoDefaults()


def _email(node: Node, desk: Desk) -> str | None:
    value = f.any_text(node, desk)
    if value is not None and not re.fullmatch(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+", value):
        desk.report(
            node.line,
            f"“{value}” is not an e-mail address",
            "write it like name@example.org, or remove the line",
            "settings-email",
        )
        return None
    return value


def _url(node: Node, desk: Desk) -> str | None:
    value = f.any_text(node, desk)
    if value is not None and not re.fullmatch(r"https?://[^\s<>\"']+", value):
        desk.report(
            node.line,
            f"“{value}” is not a web address",
            "write it like https://example.org/book",
            "settings-url",
        )
        return None
    return value


def _timezone(node: Node, desk: Desk) -> str | None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - needed only when the setting is written

    value = f.any_text(node, desk)
    if value is None:
        return None
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        desk.report(
            node.line,
            f"there is no time zone “{value}”",
            "write it like Europe/London",
            "settings-timezone",
        )
        return None
    return value


COACH = Form(
    Field("name", f.text, "Your name.", "Jen Coppock"),
    Field("role", f.text, "What you are.", "Biomechanics Coach (level 4)"),
    Field("place", f.text, "Where you work.", "Llangollen, North Wales"),
    Field(
        "qualifications",
        f.list_of(f.any_text),
        "Your qualifications, one a line.",
        "[Level 2 Coach in Running Fitness]",
    ),
    Field("email", _email, "Where readers can write to.", "name@example.org"),
    Field("phone", f.any_text, "Where readers can call.", '"01234 567890"'),
    Field("booking_url", _url, "Where readers can book.", "https://example.org/book"),
    what="the coach",
)
VIDEO = Form(
    Field(
        "short_side_max_px",
        f.whole(144, 2160),
        "The largest size to make, by the short side of the picture in pixels.",
        "720",
    ),
    what="the video settings",
)
REVIEWER = Form(
    Field("name", f.text, "The reviewer's name.", "Jen Coppock", required=True),
    Field("clinician", f.flag, "true only for a registered health professional.", "false"),
    what="a reviewer",
)


def _form(form: Form) -> Reader[dict[str, object]]:
    return form.read


def _reviewers(node: Node, desk: Desk) -> dict[str, Reviewer] | None:
    if not isinstance(node, Fields):
        desk.report(
            node.line,
            "the reviewers are named groups",
            "write a key for each, with name: below it",
            "fields-wanted",
        )
        return None
    found = {}
    for key, value in node.entries.items():
        values = REVIEWER.read(value, desk.at(key))
        if values and "name" in values:
            found[key] = Reviewer(key, values["name"], values.get("clinician", False))
    return found


SETTINGS = Form(
    Field("timezone", _timezone, "Whose midnight counts for dates in the future.", "Europe/London"),
    Field("coach", _form(COACH), "Who you are and how readers reach you.", "{name: Jen Coppock}"),
    Field(
        "reviewers", _reviewers, "Those who go through pages, by key.", "{jen: {name: Jen Coppock}}"
    ),
    Field("video", _form(VIDEO), "How films are made.", "{short_side_max_px: 720}"),
    what="the settings",
)
_TOP = ("site_name", "site_url", "site_description", "site_dir", "docs_dir", "copyright")


def read_settings(project: Path) -> Settings:
    """Read and check the settings of a project.

    Raises:
        Refusal: with exit code 2 and every problem found.
    """
    problems: list[Problem] = []
    text, found = read_text(project / FILE, FILE)
    problems += found
    values: dict[str, Any] = {}
    if text is not None:
        top, found = parse_fields(text, FILE, below=("extra", "kinopress"))
        problems += [
            Problem(
                p.path,
                p.line,
                p.field,
                p.message,
                p.hint,
                p.code.replace("front-matter", "settings"),
            )
            for p in found
        ]
        if top is not None:
            before = len(problems)
            values = SETTINGS.read(top, Desk(FILE, problems).at("extra").at("kinopress")) or {}
            problems[before:] = [_as_setting(p) for p in problems[before:]]
            values |= _top_values(text, project, problems)
    errors = [p for p in problems if p.severity == "error"]
    if errors:
        raise Refusal(problems, ExitCode.USAGE)
    video = values.pop("video", None)
    coach = values.pop("coach", None)
    return Settings(
        **values,
        coach=Coach(**coach) if isinstance(coach, dict) else Coach(),
        video=VideoDefaults(**video) if isinstance(video, dict) else VideoDefaults(),
    )


def _as_setting(p: Problem) -> Problem:
    code = "setting-unknown" if p.code == "field-unknown" else p.code
    return Problem(p.path, p.line, p.field, p.message, p.hint, code, p.severity)


def _top_values(text: str, project: Path, problems: list[Problem]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name in _TOP:
        found = _top(text, name)
        if found is None:
            continue
        value, line = found
        if name == "docs_dir":
            if value.rstrip("/") != "docs":
                problems.append(
                    Problem(
                        FILE,
                        line,
                        name,
                        f"the pages would be looked for in “{value}”",
                        "remove the line: pages live in docs/",
                        "settings-docs",
                    )
                )
        elif name == "site_dir":
            values[name] = value
            problem = output_problem(project, value)
            if problem:
                problems.append(
                    Problem(
                        FILE,
                        line,
                        name,
                        problem,
                        "choose a folder of its own, like site",
                        "settings-output",
                    )
                )
        elif value:
            values[name] = value
    return values


def _top(text: str, name: str) -> tuple[str, int] | None:
    node = scalar_below(text, name)
    return (node.text, node.line) if isinstance(node, Text) and node.type != "nothing" else None


def output_problem(project: Path, site_dir: str) -> str | None:
    """Why a folder must not be used for the finished site, or ``None``."""
    root = project.resolve()
    out = (root / site_dir).resolve()
    if out == Path(out.anchor):
        return "the site would be written to the root of the disk"
    if out == Path.home().resolve():
        return "the site would be written into your home folder"
    if out == root or out in root.parents:
        return "the site would be written over the project itself"
    for name in SOURCE_FOLDERS:
        source = root / name
        if out == source or source in out.parents:
            return f"the site would be written into {name}/, where sources live"
    return None
