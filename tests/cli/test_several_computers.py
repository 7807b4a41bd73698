"""``kinopress video encode --all --scheduler`` and ``kinopress video worker``, as a person types them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import start, type_in
from support.projects import contents, small_project, write
from support.small_films import film_page, make_film

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a film that was encoded by a worker on this computer, and a film without a page."""
    project = small_project(tmp_path_factory.mktemp("several") / "site")
    make_film(project / "videos/hip.mov")
    film_page(project, "hip")
    write(project / "videos/other.mov", "no film")
    answer = start("video", "encode", "--all", "--scheduler", cwd=project)
    assert (answer.code, answer.err.count("encoded")) == (0, 1), answer.err
    assert answer.out.startswith("Ready: ")
    return project


@pytest.fixture
def project(encoded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(encoded, tmp_path / "site"))


def test_what_workers_made_is_there_for_whoever_encodes_next(
    project: Path, capsys: Capture
) -> None:
    before = contents(project / ".kinopress/media")
    answer = type_in(capsys, "video", "encode", "--all", "--project", project)
    assert (answer.code, answer.err) == (0, "")
    after = contents(project / ".kinopress/media")
    assert {name for name in after if name.endswith(".mp4")}
    assert {n: b for n, b in after.items() if n.endswith(".mp4")} == {
        n: b for n, b in before.items() if n.endswith(".mp4")
    }
    events = type_in(capsys, "video", "encode", "--all", "--json", "--project", project)
    said = [json.loads(line) for line in events.out.splitlines()]
    assert [(one["event"], one["slug"]) for one in said] == [("start", "hip"), ("done", "hip")]


@pytest.mark.parametrize("words", [[], ["hip", "--all"]])
def test_one_film_is_named_or_all_are_meant(
    words: list[str], project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "video", "encode", *words, "--project", project)
    assert (answer.code, "--all" in answer.err) == (2, True)


@pytest.mark.parametrize("verb", [["encode", "--all", "--scheduler"], ["worker"]])
@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("192.168.1.20:8786", 2, "[cluster-address]"),
        ("tcp://127.0.0.1:9", 3, "[cluster-lost]"),
    ],
)
def test_an_address_where_no_scheduler_is_is_a_sentence(
    verb: list[str], address: str, code: int, said: str, project: Path, capsys: Capture
) -> None:
    words = ["video", *verb, address]
    if "encode" in verb:
        words += ["--project", str(project)]
    # Loaded here: whoever only gathers the tests need not wait for it.
    import dask.config
    import distributed  # noqa: F401 - its settings are there once it is loaded

    with dask.config.set({"distributed.comm.timeouts.connect": "300ms"}):
        answer = type_in(capsys, *words)
    assert answer.code == code
    assert answer.err.rstrip().endswith(said)
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("module", ["farm", "worker"])
def test_without_the_extra_it_says_what_to_install(
    module: str, project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"kinopress.video.cluster.{module}", None)
    if module == "farm":
        words = ["encode", "--all", "--scheduler", "tcp://127.0.0.1:9", "--project", str(project)]
    else:
        words = ["worker", "tcp://127.0.0.1:9"]
    answer = type_in(capsys, "video", *words)
    assert (answer.code, "pip install 'kinopress[cluster]'" in answer.err) == (3, True)


def test_a_folder_is_here_and_there(capsys: Capture) -> None:
    answer = type_in(capsys, "video", "worker", "tcp://127.0.0.1:9", "--folder", "/films")
    assert (answer.code, "THERE=HERE" in answer.err) == (2, True)


def test_nobody_loads_dask_who_does_not_ask_for_it(project: Path) -> None:
    """It takes half a second, and most have not installed it."""
    code = (
        "import sys; from kinopress.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print('dask' in sys.modules, 'distributed' in sys.modules)"
    )
    argv = [sys.executable, "-c", code, "video", "encode", "--all", "--project", str(project)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "False False", done.stderr
