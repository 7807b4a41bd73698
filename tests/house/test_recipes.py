"""The recipes for publishing on the day are right in their own languages, and do what they say."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.guide import ROOT

RECIPES = ROOT / "recipes"
SCRIPT = RECIPES / "publish-daily.sh"


class _Timer(configparser.RawConfigParser):
    def optionxform(self, optionstr: str) -> str:
        return optionstr


def _minutes() -> dict[str, list[int]]:
    """Every recipe's minutes, a tick each."""
    actions = (RECIPES / "github-actions.yml").read_text("utf-8")
    timer = (RECIPES / "site-publish.timer").read_text("utf-8")
    gitlab = (RECIPES / "gitlab-ci.yml").read_text("utf-8")
    cron = (RECIPES / "crontab").read_text("utf-8")

    def ticks(line: tuple[str, str]) -> list[int]:
        return [int(line[0])] * len(line[1].split(","))

    line = r"(\d+) (\d+(?:,\d+)*) \* \* \*"
    return {
        "actions": [m for one in re.findall(line, actions) for m in ticks(one)],
        "timer": [int(m) for m in re.findall(r"^OnCalendar=.* \d\d:(\d\d)$", timer, re.M)],
        "gitlab": [m for one in re.findall(line, gitlab) for m in ticks(one)],
        "crontab": [m for one in re.findall(line, cron) for m in ticks(one)],
    }


@pytest.mark.parametrize(("recipe", "minutes"), _minutes().items())
def test_there_are_several_runs_a_day_at_odd_minutes(recipe: str, minutes: list[int]) -> None:
    assert len(minutes) >= 3
    assert all(minute % 2 and 0 < minute < 60 for minute in minutes)


def _shell_in_recipes() -> dict[str, str]:
    actions = yaml.safe_load((RECIPES / "github-actions.yml").read_text("utf-8"))
    steps = actions["jobs"]["publish"]["steps"]
    gitlab = yaml.safe_load((RECIPES / "gitlab-ci.yml").read_text("utf-8"))
    last = (RECIPES / "crontab").read_text("utf-8").splitlines()[-1]
    return {
        "script": SCRIPT.read_text("utf-8"),
        **{step["name"]: step["run"] for step in steps if "run" in step},
        "gitlab": "\n".join(gitlab["publish"]["script"]),
        "crontab": last.split(maxsplit=5)[5],
    }


@pytest.mark.parametrize(("where", "shell"), _shell_in_recipes().items())
def test_the_shell_in_a_recipe_is_shell(where: str, shell: str) -> None:
    done = subprocess.run(["sh", "-n"], input=shell, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for file in re.findall(r"recipes/[\w.-]+", shell):
        assert (ROOT / file).is_file()


def test_actions_can_be_started_by_hand_and_never_run_twice_at_once() -> None:
    actions: dict[Any, Any] = yaml.safe_load((RECIPES / "github-actions.yml").read_text("utf-8"))
    begins = actions[True]  # YAML 1.1 reads "on" so
    assert set(begins) == {"workflow_dispatch", "schedule"}
    assert actions["concurrency"]["cancel-in-progress"] is False
    assert "secrets.KINOPRESS_WEB_TOKEN" in str(actions["jobs"]["publish"]["steps"])


def test_the_timer_makes_up_for_a_run_that_was_missed() -> None:
    timer, service = _Timer(strict=False), _Timer()
    timer.read(RECIPES / "site-publish.timer", "utf-8")
    service.read(RECIPES / "site-publish.service", "utf-8")
    assert timer["Timer"]["Persistent"] == "true"
    assert service["Service"]["Type"] == "oneshot"
    assert shlex.split(service["Service"]["ExecStart"])[:2] == [
        "/bin/sh",
        "recipes/publish-daily.sh",
    ]


def _compose() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((RECIPES / "encoding.compose.yml").read_text("utf-8"))
    return services["services"]


def test_what_the_services_for_encoding_run_can_be_typed() -> None:
    from distributed.cli.dask_scheduler import main as scheduler

    from kinopress.cli.video.worker import command as worker

    runs = {name: service["command"] for name, service in _compose().items()}
    assert runs["scheduler"][:2] == ["dask", "scheduler"]
    assert runs["worker"][:3] == ["kinopress", "video", "worker"]
    scheduler.make_context("scheduler", runs["scheduler"][2:], resilient_parsing=False)
    given = worker.make_context("worker", runs["worker"][3:], resilient_parsing=False).params
    port = runs["scheduler"][runs["scheduler"].index("--port") + 1]
    assert given["address"] == f"tcp://scheduler:{port}"
    assert given["folders"][0].endswith("=/films")


def test_the_services_for_encoding_are_open_only_where_somebody_says_so_and_write_to_no_film() -> (
    None
):
    services = _compose()
    [port] = services["scheduler"]["ports"]
    assert port.startswith("${KINOPRESS_ADDRESS:?"), "without an address nothing begins"
    assert "ports" not in services["worker"]
    films, _ = services["worker"]["volumes"]
    assert films.endswith(":/films:ro")


def _copied() -> list[str]:
    """What of this folder gets into the image for encoding."""
    lines: str = _compose()["scheduler"]["build"]["dockerfile_inline"]
    copies = [line.split()[1:] for line in lines.splitlines() if line.startswith(("COPY", "ADD"))]
    assert copies
    for *paths, target in copies:
        assert target.startswith("/kinopress/")
        for path in paths:
            name = path.rpartition("/")[2]
            assert target in (f"/kinopress/{path}", f"/kinopress/{path.removesuffix(name)}")
    return [path for *paths, _ in copies for path in paths]


def test_the_image_for_encoding_has_the_program_and_nothing_of_a_site() -> None:
    tracked = set(_git("ls-files"))
    private = (
        "clients/",
        "docs/",
        "exercises/",
        "videos/",
        "film-scripts/",
        "site/",
        ".",
        "tests/",
    )
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    shared = set(packed["targets"]["wheel"]["force-include"])
    for path in _copied():
        assert re.fullmatch(r"[\w./-]+", path), "no pattern, which could be any file"
        assert path in shared or not path.startswith(private), path
        assert ".." not in path
        assert any(file == path or file.startswith(f"{path}/") for file in tracked), path


def test_the_image_for_encoding_has_all_that_is_needed_to_install_it() -> None:
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    needed = {*packed["targets"]["sdist"]["include"], *packed["targets"]["wheel"]["force-include"]}
    copied = _copied()
    assert needed - set(copied) == {"web"}, "of the scripts their sources, and what bundles them"
    web = {path for path in _git("ls-files", "web") if not path.startswith("web/test/")}
    assert {p for p in web if not any(p == c or p.startswith(f"{c}/") for c in copied)} == set()


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder in which a build writes down that it ran."""
    (tmp_path / "mkdocs.yml").write_text("site_name: A site\n", "utf-8")
    (tmp_path / "scripts").mkdir()
    build = "import pathlib, sys\npathlib.Path('ran').write_text('build\\n')\nsys.exit({})\n"
    (tmp_path / "scripts/build.py").write_text(build.format(0), "utf-8")
    publish = "import pathlib, sys\npathlib.Path('ran').write_text('publish ' + sys.argv[1])\n"
    (tmp_path / "scripts/publish.py").write_text(publish, "utf-8")
    return tmp_path


def _run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if "KINOPRESS" not in name}
    return subprocess.run(
        ["sh", str(SCRIPT), str(folder)],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_publishes_what_is_due(project: Path) -> None:
    done = _run(project)
    assert done.returncode == 0, done.stderr
    assert (project / "ran").read_text("utf-8") == "publish --due"


def test_with_a_command_of_ones_own_it_builds_first(project: Path) -> None:
    done = _run(project, KINOPRESS_PUBLISH="echo publish >> ran")
    assert done.returncode == 0, done.stderr
    assert (project / "ran").read_text("utf-8").split() == ["build", "publish"]


def test_a_build_that_fails_publishes_nothing(project: Path) -> None:
    build = project / "scripts/build.py"
    build.write_text(build.read_text("utf-8").replace("sys.exit(0)", "sys.exit(1)"), "utf-8")
    assert _run(project, KINOPRESS_PUBLISH="echo publish >> ran").returncode == 1
    assert (project / "ran").read_text("utf-8").split() == ["build"]


def test_a_dry_run_only_says_what_it_would_do(project: Path) -> None:
    done = _run(project, KINOPRESS_PUBLISH="echo 'a b' >> ran", KINOPRESS_DRY="1")
    assert done.stdout.splitlines() == [
        "would run: python3 scripts/build.py",
        "would run: echo 'a b' >> ran",
    ]
    assert not (project / "ran").exists()


def test_a_folder_that_is_no_project_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    done = _run(tmp_path_factory.mktemp("empty"), KINOPRESS_PUBLISH="true")
    assert (done.returncode, done.stderr.startswith("There is no mkdocs.yml")) == (2, True)
