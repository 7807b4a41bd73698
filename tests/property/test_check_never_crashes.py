"""Whatever a file holds, ``check`` says what is wrong with it in its own words, and soon."""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinopress.cli.terminal.report import print_json, print_problems, summary
from kinopress.content.data.shared import data_forms
from kinopress.content.forms.groups import DOSAGE
from kinopress.content.forms.pages import FORMS
from kinopress.content.forms.settings.read import COACH, SETTINGS
from kinopress.content.markdown.marks import scan
from kinopress.content.read import read_library
from kinopress.content.rules.held import count
from kinopress.problems import Problem, Refusal

BASE = Path(__file__).parents[1] / "invalid" / "_base"
PLAN = BASE.parent / "accepted" / "plan"
GOOD = {
    file.relative_to(folder).as_posix(): file.read_text("utf-8")
    for folder in (BASE, PLAN)
    for file in sorted(folder.rglob("*"))
    if file.suffix in (".md", ".yml", ".vtt")
}
MANY = settings(max_examples=80)
RUNS_AWAY_S = 60
"""Seconds of processor time. What these tests look for takes many minutes, what is right takes a second or two."""


@dataclass
class Project:
    """The base in a folder of its own, in which one file at a time is replaced."""

    folder: Path

    def check(self, path: str, data: bytes) -> list[Problem]:
        """Every problem with ``data`` in the place of a file, and the file as it was again."""
        return self.check_all({path: data})

    def check_all(self, changed: dict[str, bytes]) -> list[Problem]:
        """Every problem with other data in the place of some files, and these as they were again."""
        for path, data in changed.items():
            (self.folder / path).write_bytes(data)
        try:
            library, report = read_library(self.folder)
            problems = list(report)
            with redirect_stdout(io.StringIO()) as printed:
                print_problems(problems)
                print_json(problems, count(library))
                assert summary(problems, count(library))
            assert printed.getvalue().encode("utf-8")
        except Refusal as refusal:
            problems = refusal.problems
            assert problems
        finally:
            for path in changed:
                (self.folder / path).write_text(GOOD[path], "utf-8")
        for problem in problems:
            self.make_sense(problem, changed)
        return problems

    def make_sense(self, problem: Problem, changed: dict[str, bytes]) -> None:
        """A problem names a file, a line of it, what happened and what to do."""
        assert problem.path and problem.message and problem.hint
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", problem.code)
        assert problem.severity in ("error", "warning", "note")
        assert re.match(r".+: .+; .+ \[[a-z0-9-]+\]$", str(problem))
        assert len(str(problem).splitlines()) == 1
        if problem.line is not None:
            text = changed.get(problem.path)
            if text is None:
                text = (self.folder / problem.path).read_bytes()
            lines = re.sub(rb"\r\n?", b"\n", text).count(b"\n") + 1
            assert 1 <= problem.line <= lines, str(problem)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("words") / "project"
    shutil.copytree(BASE, folder)
    shutil.copytree(PLAN, folder, dirs_exist_ok=True)
    yield Project(folder)


places = st.sampled_from(sorted(GOOD))

AWKWARD = [
    *("true", "no", "~", "null", "on", "1:30", "2026-02-30", "2026-11-22", "30", "30 s"),
    *("8–12", "1e999", "-1", "0x10", ".inf", "999999999999999999999", "9" * 400),
    *("[", "]", "{", "}", "&a", "*a", "!x", "!!python/name:os.system", "|", ">", "%", "@"),
    *(
        '"',
        "'",
        "#",
        "---",
        "...",
        "- ",
        "? ",
        ": ",
        "<<",
        "\t",
        "\x85",
        "\u2028",
        "\ufeff",
    ),
    *("strength", "Gluteus Medius", "weppler2010", "clam", "../../etc/passwd", "buttock"),
    *("[[clam]]", "[[", "]]", "[@weppler2010]", "{{ video x }}", "{{", "](", "](clam.md)"),
    *(
        "](http://[)",
        "[a](//a℀b)",
        "[b](../x.md)",
        "%00",
        "\x00",
        "\x1b[31m",
        "\u202e",
        "é",
        "e\u0301",
        "🏃",
        "<script>",
    ),
    *("-->", "00:01.000 --> 00:02.000", "WEBVTT", "`", "```\n", "<!--", "~~~"),
]
"""What breaks programs that read text."""

words = st.sampled_from(AWKWARD) | st.text(max_size=12)

names = st.sampled_from(
    sorted(
        {"site_name", "site_url", "site_dir", "docs_dir", "plugins", "theme", "extra", "kinopress"}
        | {name for form in (*FORMS.values(), *data_forms().values()) for name in form.fields}
        | {name for form in (DOSAGE, SETTINGS, COACH) for name in form.fields}
    )
)
values = st.recursive(
    words,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(names | words, inner, max_size=3).map(
            lambda fields: "{" + ", ".join(f"{k}: {v}" for k, v in fields.items()) + "}"
        ),
        st.lists(inner, max_size=3).map(lambda items: "".join(f"\n  - {item}" for item in items)),
        inner.map(lambda text: f'"{text}"'),
    ),
    max_leaves=8,
)
fields = st.lists(st.tuples(names | words, values), max_size=10).map(
    lambda found: "".join(f"{name}: {value}\n" for name, value in found)
)
bodies = st.lists(words, max_size=30).map(" ".join)


@st.composite
def nearly_good(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file after a few slips of the hand: cut, doubled, mistyped, swapped."""
    path = draw(places)
    text = GOOD[path]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        to = draw(st.integers(at, min(len(text), at + 40)))
        text = text[:at] + draw(st.sampled_from(["", text[at:to] * 2]) | words) + text[to:]
    return path, text.encode("utf-8", "replace")


@MANY
@given(path=places, data=st.binary(max_size=200))
def test_any_bytes(project: Project, path: str, data: bytes) -> None:
    project.check(path, data)


@MANY
@given(path=places, text=st.text(max_size=200))
def test_any_text(project: Project, path: str, text: str) -> None:
    project.check(path, text.encode("utf-8", "replace"))


@MANY
@given(path=places, front=fields, body=bodies)
def test_any_fields_and_any_words_below_them(
    project: Project, path: str, front: str, body: str
) -> None:
    text = f"---\n{front}---\n\n{body}\n" if path.endswith(".md") else front
    project.check(path, text.encode("utf-8", "replace"))


@MANY
@given(name=names, value=values)
def test_any_value_in_any_field_of_a_good_file(project: Project, name: str, value: str) -> None:
    # Pages are each read for themselves, so they are broken together; settings can end it before any is read.
    pages = "exercises/clam.md", "docs/symptoms/weak-glutes.md", "docs/plans/weak-glutes-14.md"
    for paths in (pages, ("mkdocs.yml",)):
        broken = {}
        for path in paths:
            changed = re.sub(
                rf"(?m)^( *{name}:).*$", lambda m: f"{m[1]} {value}", GOOD[path], count=1
            )
            if changed == GOOD[path]:
                changed = changed.replace("\n", f"\n{name}: {value}\n", 1)
            broken[path] = changed.encode("utf-8", "replace")
        project.check_all(broken)


FRONT = [path for path in GOOD if path.endswith((".md", ".yml"))]
TOGETHER = {
    "settings": [path for path in FRONT if path == "mkdocs.yml"],
    "data": [path for path in FRONT if path.startswith("docs/data/")],
    "pages": [path for path in FRONT if path.endswith(".md")][::2],
    "other pages": [path for path in FRONT if path.endswith(".md")][1::2],
}
"""Files that are broken at the same time, while all others are good: what is read of one is checked against those."""


def test_each_file_with_fields_is_broken() -> None:
    assert sorted(path for paths in TOGETHER.values() for path in paths) == sorted(FRONT)


@pytest.mark.parametrize("paths", TOGETHER.values(), ids=TOGETHER)
def test_every_awkward_value_in_every_field_at_once(project: Project, paths: list[str]) -> None:
    """One field's mistake hides no other's: each is read for itself, as long as the YAML holds."""
    told: set[str] = set()
    for word in AWKWARD:
        for value in (word, f'"{word}"', f"[{word}, {word}]", f"{{{word}: {word}}}"):
            changed = {
                path: re.sub(
                    r"(?m)^( *[a-z_-]+:)( .+)$", lambda m, v=value: f"{m[1]} {v}", GOOD[path]
                ).encode("utf-8", "replace")
                for path in paths
            }
            told |= {problem.path for problem in project.check_all(changed)}
    assert told >= {*paths}


@MANY
@given(broken=nearly_good())
def test_a_good_file_after_a_few_slips(project: Project, broken: tuple[str, bytes]) -> None:
    project.check(*broken)


RUNAWAYS = {
    "brackets": "tags: " + "[" * 100_000,
    "braces": "tags: " + "{a: " * 50_000,
    "dashes": "- " * 50_000,
    "questions": "? " * 50_000,
    "question at the end": "title: Clam\n? # which one?",
    "indents": "\n".join(" " * depth + "a:" for depth in range(2_000)),
    "hyphens": "-" * 100_000,
    "fields": "\n".join(f"field{number}: 1" for number in range(5_000)),
    "tags": "tags: [" + ", ".join(f"tag{number}" for number in range(5_000)) + "]",
    "digits": "title: " + "1" * 100_000 + "x",
    "spaces": "date: 1" + " " * 100_000 + "x",
    "stops": "extra: {kinopress: {coach: {email: a@" + "." * 50_000 + "@}}}",
    "long name": "n" * 100_000 + ": 1",
    "anchors": "\n".join(f"a{n}: &a{n} [*a{max(n - 1, 0)}, *a{max(n - 1, 0)}]" for n in range(60)),
}
ENDLESS_BODIES = (
    "`",
    "`a ``",
    "<!--",
    "[[",
    "](",
    "](<",
    "{{",
    "[@",
    "~~~\n",
    "[a]:",
    "![",
    "-->\n",
)


@pytest.mark.parametrize("text", RUNAWAYS.values(), ids=RUNAWAYS)
@pytest.mark.parametrize("path", ["exercises/clam.md", "docs/data/regions.yml", "mkdocs.yml"])
def test_nothing_runs_away(project: Project, path: str, text: str) -> None:
    text = f"---\n{text}\n---\n\nWords.\n" if path.endswith(".md") else text
    begun = time.process_time()
    assert project.check(path, text.encode("utf-8")) != []
    assert time.process_time() - begun < RUNS_AWAY_S


@pytest.mark.parametrize("sign", ENDLESS_BODIES)
def test_a_text_of_one_sign_is_read_through_once(sign: str) -> None:
    begun = time.process_time()
    scan(f"[[clam]] {sign * (200_000 // len(sign))} [[clam]]")
    assert time.process_time() - begun < RUNS_AWAY_S


@pytest.mark.parametrize("sign", ENDLESS_BODIES)
@pytest.mark.parametrize("path", ["exercises/clam.md", "videos/hip-circles.en.vtt"])
def test_no_sign_repeated_a_thousand_times_takes_long(
    project: Project, path: str, sign: str
) -> None:
    begun = time.process_time()
    project.check(path, (GOOD[path] + "[[clam]]" + sign * 10_000 + "[[clam]]\n").encode("utf-8"))
    assert time.process_time() - begun < RUNS_AWAY_S
