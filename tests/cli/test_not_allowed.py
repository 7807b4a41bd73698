"""Files and folders that a person may not read or write: a sentence with the path, never a traceback."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.command import type_in
from support.projects import page, small_project, write

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")

ARTICLE = "title: Hills\ndescription: Up.\ndate: 2026-01-01\ntags: [strength]\nsources: [practice]"
VERBS: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "build": ("build",),
    "status": ("status",),
    "doctor": ("doctor",),
    "films": ("video", "list"),
    "plans": ("plan", "list"),
    "a plan": ("plan", "new", "sk-1"),
    "another name": ("rename", "clam", "clams"),
    "gone": ("remove", "exercises/clam"),
    "back": ("back",),
}
CAPABILITIES_V3 = 0x20080522
OVERRIDES = 1 << 1 | 1 << 2
"""What lets root read and write whatever the modes say (linux/capability.h: DAC_OVERRIDE and DAC_READ_SEARCH)."""


@pytest.fixture(scope="module")
def built() -> Iterator[Path]:
    """A built project."""
    top = Path(tempfile.mkdtemp(prefix="kinopress-rights-"))
    top.chmod(0o755)
    project = small_project(top / "mine")
    write(project / "docs/articles/hills.md", page(ARTICLE))
    yield project
    shutil.rmtree(top)


@pytest.fixture
def project(built: Path, capsys: Capture) -> Path:
    """The same; every verb was run in it once, so that all its modules are loaded."""
    if not (built / "site").exists():
        assert type_in(capsys, "build", "--project", built).code == 0
        rehearsed = shutil.copytree(built, built.with_name("rehearsed"))
        for words in VERBS.values():
            type_in(capsys, *words, "--project", rehearsed)
    return built


@contextlib.contextmanager
def without_rights(path: Path, mode: int) -> Iterator[None]:
    """A file or folder with other rights, seen by somebody who has no more than these."""
    before = path.stat().st_mode
    path.chmod(mode)
    held = _effective(lambda now: now & ~OVERRIDES) if os.geteuid() == 0 else None
    try:
        yield
    finally:
        if held is not None:
            _effective(lambda _: held)
        path.chmod(before)


def _effective(change: Callable[[int], int]) -> int:
    """Change what this thread may do, and say what it was. Root stays root: what it imports meanwhile is still its own."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_V3, 0)
    data = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice
    assert libc.capget(header, data) == 0
    before = int(data[0])
    data[0] = change(before)
    assert libc.capset(header, data) == 0, os.strerror(ctypes.get_errno())
    return before


@pytest.mark.parametrize("mode", [0o000, 0o400], ids=["nothing", "only its list"])
@pytest.mark.parametrize("folder", [".kinopress", "docs", "exercises", "docs/data"])
def test_a_folder_that_may_not_be_looked_into_is_named(
    project: Path, folder: str, mode: int, capsys: Capture
) -> None:
    for verb, words in VERBS.items():
        with without_rights(project / folder, mode):
            answer = type_in(capsys, *words, "--project", project)
        said = answer.out + answer.err
        assert "Traceback" not in said, (verb, said)
        assert answer.code in (0, 1, 2, 3), (verb, said)
        if verb in ("check", "build"):
            assert answer.code in (1, 3), said
            assert str(project / folder) in said or f"{folder}/" in said or f"{folder}:" in said
            assert "permission denied" in said


@pytest.mark.parametrize("folder", [".kinopress", ".kinopress/cache"])
def test_what_may_not_be_opened_is_said_with_what_to_do(
    project: Path, folder: str, capsys: Capture
) -> None:
    with without_rights(project / folder, 0o000):
        answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 3
    assert f"{project / folder}: it cannot be opened (permission denied)" in answer.err
    assert f"chmod u+rwX {project / folder}" in answer.err.replace("\n", " ")
    assert "[cannot-open]" in answer.err


@pytest.mark.parametrize("folder", [".kinopress/cache", "."])
def test_what_may_only_be_read_is_checked_and_not_built(
    project: Path, folder: str, capsys: Capture
) -> None:
    with without_rights(project / folder, 0o500):
        assert type_in(capsys, "check", "--project", project).code == 0
        answer = type_in(capsys, "build", "--project", project, "--force")
    assert answer.code == 3, answer.err
    assert "[cannot-write]" in answer.err


def test_one_page_that_may_not_be_read_is_one_problem_among_others(
    project: Path, capsys: Capture
) -> None:
    with without_rights(project / "docs/articles/hills.md", 0o000):
        answer = type_in(capsys, "check", "--project", project)
    assert (answer.code, "docs/articles/hills.md: the file cannot be read" in answer.out) == (
        1,
        True,
    )
    assert "[file-unreadable]" in answer.out


def test_settings_that_may_not_be_read_are_named(project: Path, capsys: Capture) -> None:
    for verb in ("check", "build", "status", "doctor"):
        with without_rights(project / "mkdocs.yml", 0o000):
            answer = type_in(capsys, verb, "--project", project)
        said = answer.out + answer.err
        assert "Traceback" not in said
        assert "mkdocs.yml" in said, verb
        assert answer.code in (2, 3), (verb, said)
