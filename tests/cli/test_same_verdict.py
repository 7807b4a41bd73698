"""What stops a build is said by a check before, and nothing is waited for that never comes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.plugins import EVENTS

from kinopress.engines.mkdocs.hooks import ANSWERS
from kinopress.problems import ExitCode
from kinopress.project.clients.folder import name_problem
from kinopress.publish.hosts.archive import Archive
from kinopress.publish.hosts.folder import Folder
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.target import HostError
from kinopress.system.lock import LOCK_NAME, hold
from support.command import type_in
from support.projects import SETTINGS, page, small_project, write

Capture = pytest.CaptureFixture[str]
Change = Callable[[Path], object]
ARTICLE = "title: Hills\ndescription: Up.\ndate: 2026-01-01\ntags: [strength]\nsources: [practice]"


def _settings(old: str, new: str) -> Change:
    assert old in SETTINGS
    return lambda project: write(project / "mkdocs.yml", SETTINGS.replace(old, new))


def _clam(old: str, new: str) -> Change:
    def change(project: Path) -> None:
        text = (project / "exercises/clam.md").read_text("utf-8")
        assert old in text
        write(project / "exercises/clam.md", text.replace(old, new))

    return change


def _hook(project: Path) -> None:
    write(project / "hook.py", "raise RuntimeError('run by a check')\n")
    _settings("extra:\n", "hooks: [hook.py]\nvalidation: {links: {not_found: warn}}\nextra:\n")(
        project
    )


def _hook_of(lines: str) -> Change:
    def change(project: Path) -> None:
        write(project / "hook.py", lines)
        _settings("extra:\n", "hooks: [hook.py]\nextra:\n")(project)

    return change


def _broken_hook(project: Path) -> None:
    write(project / "hook.py", "def (\n")
    _settings("extra:\n", "hooks: [hook.py]\nextra:\n")(project)


STOPS: dict[str, tuple[Change, int, str]] = {
    "a page of HTML in the place of a page": (
        lambda project: write(project / "docs/index.html", "<p>Home"),
        1,
        "docs/index.html: this file is where a page of the site belongs",
    ),
    "a plugin that is not there": (
        _settings("  - kinopress\n", "  - kinopress\n  - nonsense\n"),
        2,
        "plugin is not installed",
    ),
    "an option that the plugin has not": (
        _settings("  - kinopress\n", "  - kinopress: {x: 1}\n"),
        2,
        "Unrecognised configuration name: x",
    ),
    "the same as a mapping": (
        _settings("plugins:\n  - kinopress\n", "plugins:\n  kinopress: {x: 1}\n"),
        2,
        "Unrecognised configuration name: x",
    ),
    "a value that only MkDocs knows": (
        _settings("extra:\n", "validation: {links: {not_found: maybe}}\nextra:\n"),
        2,
        "got 'maybe'",
    ),
    "a hook that is not Python": (_broken_hook, 2, "hook.py is not a script in Python"),
    "a dosage of nothing": (
        _clam("{sets: 2, reps: 15}", "{}"),
        1,
        "dosage: a dosage needs at least one field here",
    ),
    "a coach of nothing": (
        _settings("    coach:\n      name: Anna Example\n", "    coach: {}\n"),
        2,
        "the coach needs at least one field here",
    ),
    "letters turned round": (
        lambda project: write(
            project / "docs/articles/hills.md", page(ARTICLE, "Some \u202ewords.")
        ),
        1,
        "docs/articles/hills.md:9: an invisible character on this line turns the order",
    ),
}


@pytest.mark.parametrize("case", STOPS)
def test_what_stops_a_build_is_said_by_a_check(tmp_path: Path, case: str, capsys: Capture) -> None:
    change, code, words = STOPS[case]
    project = small_project(tmp_path / "mine")
    change(project)
    for verb in ("check", "build"):
        answer = type_in(capsys, verb, "--project", project)
        assert answer.code == code, (verb, answer)
        assert words in answer.out + answer.err, verb


def test_what_only_mkdocs_refuses_hides_no_mistake_of_a_page(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "mine")
    STOPS["a plugin that is not there"][0](project)
    _clam("{sets: 2, reps: 15}", "{}")(project)
    for verb in ("check", "build"):
        answer = type_in(capsys, verb, "--project", project)
        assert answer.code == ExitCode.USAGE, (verb, answer)
        said = answer.out + answer.err
        for words in ("plugin is not installed", "dosage: a dosage needs at least one field"):
            assert said.count(words) == 1, (verb, words, said)


@pytest.mark.parametrize(
    "lines",
    [
        "def on_config(config):\n    config.nav = 5\n    return config\n",
        "def on_files(files, config):\n    files.__dict__.clear()\n    return files\n",
        "def on_env(env, config, files):\n    env.filters.clear()\n    return env\n",
    ],
)
def test_a_hook_that_spoils_what_it_is_given_is_named(
    tmp_path: Path, lines: str, capsys: Capture
) -> None:
    project = small_project(tmp_path / "mine")
    _hook_of(lines)(project)
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == ExitCode.USAGE, answer
    assert "hook.py: the site cannot be built with what was changed in this hook: " in answer.err
    assert "Traceback" not in answer.out + answer.err


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("import os\nimport nosuchmodule\n", ":2: this hook cannot be run (ModuleNotFoundError: No module named"),
        ("import sys\nsys.exit('enough')\n", ":2: this hook cannot be run (SystemExit: enough)"),
        ("x = (\n", "hook.py is not a script in Python"),
        (
            "def on_page_markdown(markdown, **_):\n    return markdown[{}]\n",
            ":2: this hook cannot be run (TypeError:",
        ),
        ("def on_config(config):\n    raise OSError(2, 'No such file or directory')\n", ":2: this hook cannot be run"),
    ],
)  # fmt: skip
def test_a_hook_that_cannot_be_run_is_named_with_its_line(
    tmp_path: Path, lines: str, said: str, capsys: Capture
) -> None:
    project = small_project(tmp_path / "mine")
    _hook_of(lines)(project)
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == ExitCode.USAGE
    assert f"hook.py{said}" in answer.err or said in answer.err
    assert "Traceback" not in answer.out + answer.err


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), MemoryError()])
def test_a_full_disk_is_not_blamed_on_a_hook(
    tmp_path: Path, error: Exception, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path / "mine")
    _hook_of("def on_config(config):\n    return config\n")(project)

    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("kinopress.engines.mkdocs.build.build_pages", fails)
    if isinstance(error, OSError):
        answer = type_in(capsys, "build", "--project", project)
        assert (answer.code, "hook.py" in answer.err) == (ExitCode.ENVIRONMENT, False), answer
    else:
        with pytest.raises(MemoryError):
            type_in(capsys, "build", "--project", project)


READ_BY_NOBODY = {"startup", "shutdown", "pre_build", "post_build", "build_error"}


def test_of_every_event_it_is_known_what_a_hook_may_answer() -> None:
    assert set(EVENTS) == set(ANSWERS) | READ_BY_NOBODY


@pytest.mark.parametrize("event", sorted(set(ANSWERS) - {"serve"}))
def test_a_hook_that_answers_something_else_is_named_with_its_line(
    tmp_path: Path, event: str, capsys: Capture
) -> None:
    project = small_project(tmp_path / "mine")
    _hook_of(f"x = 1\n\n\ndef on_{event}(*_, **__):\n    return True\n")(project)
    answer = type_in(capsys, "build", "--project", project)
    said = f"hook.py:4: on_{event} must return {ANSWERS[event][1]}, or nothing, and returned True"
    assert (answer.code, said in answer.err) == (ExitCode.USAGE, True), answer
    assert "[settings-hook]" in answer.err


@pytest.mark.parametrize("value", ["dict(config)", "[]", "5", "0", "''"])
def test_whatever_a_hook_makes_of_the_settings_is_said_in_its_place(
    tmp_path: Path, value: str, capsys: Capture
) -> None:
    project = small_project(tmp_path / "mine")
    _hook_of(f"def on_config(config, **_):\n    return {value}\n")(project)
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == ExitCode.USAGE
    assert "hook.py:1: on_config must return the settings that it is given" in answer.err


def test_a_hook_that_takes_other_arguments_is_named_with_its_line(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "mine")
    _hook_of("\ndef on_files(files):\n    return files\n")(project)
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == ExitCode.USAGE
    assert "hook.py:2: on_files cannot be called as MkDocs calls it (" in answer.err
    assert "let it take its first argument and **kwargs" in answer.err


def test_a_hook_that_answers_what_it_should_or_nothing_does_its_work(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "mine")
    _hook_of(
        "def on_config(config, **_):\n    return config\n\n\n"
        "def on_page_content(html, **_):\n    return html + '<p>Signed.</p>'\n\n\n"
        "def on_nav(nav, **_):\n    pass\n"
    )(project)
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 0, answer
    assert "<p>Signed.</p>" in (project / "site/exercises/clam/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("docs/index.html", "file-as-page"),
        ("docs/exercises/index.html", "file-as-page"),
        ("docs/exercises/clam/index.html", "file-as-page"),
        ("docs/pictures/index.html", "file-unlinked"),
        ("docs/leaflets/old/index.html", "file-unlinked"),
    ],
)
def test_a_page_of_html_is_in_the_way_only_where_a_page_is(
    tmp_path: Path, path: str, code: str, capsys: Capture
) -> None:
    project = small_project(tmp_path / "mine")
    write(project / path, "<p>Words")
    for verb in ("check", "build"):
        answer = type_in(capsys, verb, "--project", project)
        said = answer.out + answer.err
        assert answer.code == (1 if code == "file-as-page" else 0), answer
        assert re.search(rf"^{path}: .*\[{code}\]$", said, re.MULTILINE), answer


def test_a_check_runs_no_hook(tmp_path: Path, capsys: Capture) -> None:
    project = small_project(tmp_path / "mine")
    _hook(project)
    assert type_in(capsys, "check", "--project", project).code == 0


PIPES = (
    "docs/articles/hills.md",
    "docs/pictures/hill.png",
    "docs/data/words.yml",
    "exercises/clam.pose.yml",
    "videos/hip.mp4",
    "videos/hip.en.vtt",
    "videos/hip.en.srt",
    "videos/hip.poster.jpg",
    "videos/hip.film.json",
    ".kinopress/cache/build.json",
    ".kinopress/cache/films.json",
    ".kinopress/cache/pages.json",
    ".kinopress/cache/rendered.pickle",
    ".kinopress/cache/read.pickle",
    ".kinopress/media/hashes.json",
    ".kinopress/pictures/looked.json",
    ".kinopress/pictures/cards.json",
)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("path", PIPES)
def test_nothing_waits_for_a_named_pipe(tmp_path: Path, path: str, capsys: Capture) -> None:
    project = small_project(tmp_path / "mine")
    write(
        project / "docs/articles/walks.md",
        page(ARTICLE, "![A hill](../pictures/hill.png)\n" if "hill.png" in path else "Words."),
    )
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(project / path)
    for verb in ("check", "build"):
        answer = type_in(capsys, verb, "--project", project)
        if path.startswith(".kinopress"):
            assert answer.code in (ExitCode.OK, ExitCode.ENVIRONMENT), answer
        else:
            assert Path(path).name in answer.out + answer.err, (verb, answer)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_nothing_is_published_into_a_pipe_or_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", Path("/dev/null")):
        for host in (Archive(place, NO_LIMITS), Folder(place)):
            with pytest.raises(HostError, match="a pipe, a socket or a device"):
                host.read_record()
            with pytest.raises(HostError, match="a pipe, a socket or a device"), host.lock():
                pass


def test_a_lock_tells_nothing_of_this_computer_once_its_run_has_failed(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold(tmp_path, path="x", doing="x", wait_s=1):
        assert (tmp_path / LOCK_NAME).read_bytes() != b""
        raise ZeroDivisionError
    assert (tmp_path / LOCK_NAME).read_bytes() == b""


@pytest.mark.parametrize("name", ["con", "nul", "aux", "com1", "lpt9"])
def test_no_client_has_a_name_that_windows_refuses(name: str) -> None:
    problem = name_problem(name)
    assert problem is not None
    assert f"like {name[0]}-1" in problem.hint
