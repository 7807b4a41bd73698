"""What a client gets says all that the plan's own page says, in the file and in the message."""

from __future__ import annotations

import errno
import html
import re
import shutil
from pathlib import Path

import pytest

from browser.test_handed import POSES
from kinopress.content.forms.settings.read import read_settings
from kinopress.pictures.store import FOLDER
from kinopress.problems import ExitCode, Refusal
from kinopress.project.clients import hand_over
from support.clients import PLAN, change, project_with_plan
from support.command import type_in
from support.drawn import have_drawn
from support.projects import write
from support.small_films import film_page

Capture = pytest.CaptureFixture[str]
SIT_BONE = """\
---
title: Sit bone pain
description: When sitting hurts at the bone.
regions: [buttock]
suspects: [gluteus-medius]
techniques: [strength]
red_flags: [not-settling]
sources: [practice]
---

## What it can be

Often the tendon.
"""
LUMP = """\
lump:
  level: gp
  title: A lump that grows
  sign: There is a lump that was not there before.
  action: Let it be looked at.
  basis: A rule of thumb.
"""


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = project_with_plan(tmp_path / "site-of-anna")
    write(project / "exercises/clam.pose.yml", POSES)
    clam = (project / "exercises/clam.md").read_text("utf-8")
    shell = clam.replace("title: Clam", "title: Shell").replace("harder: glute-bridge\n", "")
    write(project / "exercises/shell.md", shell)
    write(project / "docs/symptoms/sit-bone-pain.md", SIT_BONE)
    flags = project / "docs/data/red_flags.yml"
    write(flags, flags.read_text("utf-8") + LUMP)
    symptom = project / "docs/symptoms/weak-glutes.md"
    change(symptom, "red_flags: [not-settling]", "red_flags: [not-settling, lump]")
    return have_drawn(tmp_path_factory, project)


def handed_over(project: Path, capsys: Capture) -> tuple[str, str]:
    """The page of a client's plan without its tags, and the message."""
    where = ("--project", project)
    new = ("plan", "new", "sk-1", "--from", PLAN, "--consent", "2026-11-30")
    assert type_in(capsys, *new, *where).code == 0
    own = project / "clients/sk-1"
    change(own / "plan.md", "not_for: [not-settling]", "not_for: [not-settling, Sit bone pain]")
    change(
        own / "plan.md",
        "after: ",
        "measured: {0: {toe-touch: -3}}\nswaps: [{exercise: clam, use: shell, when: Lying hurts.}]\nafter: ",
    )
    for form in ([], ["--text"]):
        answer = type_in(capsys, "plan", "make", "sk-1", *form, *where)
        assert answer.code == 0, answer
    page = (own / "14-days.html").read_text("latin-1")
    page = page[: page.index('<script type="text/plain"')]
    text = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", page))
    plain = re.sub(r" ([,.])", r"\1", " ".join(text.split()))
    return plain, (own / "14-days.txt").read_text("utf-8")


@pytest.mark.parametrize("draft", ["", "docs/symptoms/sit-bone-pain.md"])
def test_what_rules_a_plan_out_is_in_the_file_and_in_the_message(
    project: Path, capsys: Capture, draft: str
) -> None:
    if draft:
        change(project / draft, "title:", "draft: true\ntitle:")
    page, message = handed_over(project, capsys)
    for said in (page, message):
        for words in (
            "No better after six weeks",
            "Ask the coach",
            "Sit bone pain",
            "A lump that grows",
            "There is a lump that was not there before.",
            "−3 cm (day 0)",
            "Lying hurts. Leave Clam, do Shell.",
        ):
            assert words in said, words
    assert "Begin on its own page" not in page


def test_whoever_is_to_be_asked_is_named_with_what_reaches_her(
    project: Path, capsys: Capture
) -> None:
    """The file is opened without the site: at “Ask the coach” and at its foot."""
    page, message = handed_over(project, capsys)
    assert "@" not in page + message
    shutil.rmtree(project / "clients")
    name = read_settings(project).coach.name
    change(project / "mkdocs.yml", f"      name: {name}\n    rev", f"      name: {name}\n      email: a@hips.example\n      phone: 01234 567890\n    rev")  # fmt: skip
    page, message = handed_over(project, capsys)
    for said in (page, message):
        contact = f"{name} · a@hips.example · 01234 567890"
        assert said.count(contact) == 2
        asked = said.index("Ask the coach")
        assert asked < said.index(contact) < asked + 120
        assert said.rindex(contact) > said.casefold().index("after day 14")
    file = (project / "clients/sk-1/14-days.html").read_text("latin-1")
    assert 'href="mailto:a@hips.example"' in file
    assert 'href="tel:01234567890"' in file


@pytest.mark.parametrize("draft", ["", "draft: true\n"])
def test_an_exercise_that_waits_is_drawn_for_a_client_like_any_other(
    project: Path, capsys: Capture, draft: str
) -> None:
    change(project / "exercises/clam.md", "title:", f"{draft}title:")
    if draft:
        shutil.rmtree(project / FOLDER)  # what waits has not been drawn before
    handed_over(project, capsys)
    page = (project / "clients/sk-1/14-days.html").read_text("latin-1")
    assert len(re.findall(r'<img src="data:image/svg', page)) == 1
    codes = type_in(capsys, "plan", "check", "sk-1", "--json", "--project", project).codes
    assert codes == ["client-unshown"]  # of the bridge, which has no drawing


def test_what_the_disk_refuses_is_said(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A drawing that cannot be kept, and a film that another run cleared away."""
    with pytest.raises(Refusal) as gone:
        hand_over._film(tmp_path / "film.mp4")
    assert gone.value.exit_code == ExitCode.ENVIRONMENT

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(hand_over, "ready_figures", full)
    where = ("--project", project)
    new = ("plan", "new", "sk-1", "--from", PLAN, "--consent", "2026-11-30")
    assert type_in(capsys, *new, *where).code == 0
    answer = type_in(capsys, "plan", "make", "sk-1", *where)
    assert answer.code == 3, answer


def test_a_film_that_does_not_go_with_a_plan_is_said(project: Path, capsys: Capture) -> None:
    """Where it was asked for, and where its exercise has no drawing."""
    where = ("--project", project)
    new = ("plan", "new", "sk-1", "--from", PLAN, "--consent", "2026-11-30")
    assert type_in(capsys, *new, *where).code == 0
    film_page(project, "knee", "exercises: [clam]")
    write(project / "videos/knee.mp4", "as it came from a camera")

    def said(*options: str) -> list[str]:
        answer = type_in(capsys, "plan", "make", "sk-1", *options, *where)
        assert answer.code == 0, answer
        return [line for line in answer.out.splitlines() if "videos/knee.md" in line]

    missing = (
        "clients/sk-1/plan.md: the film videos/knee.md cannot go with it: it has not been made for the web on this"
        " computer; run kinopress video encode knee, then do this again [client-unshown]"
    )
    assert (said(), said("--films")) == ([], [missing])
    (project / "exercises/clam.pose.yml").unlink()
    assert said() == [missing]
