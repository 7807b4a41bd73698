"""However a run is ended, no FFmpeg and no server stays behind, and the next run resumes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.command import HANGS_S, start
from support.ports import quiet_port
from support.projects import small_project
from support.small_films import film_page, make_film
from video.conftest import alive, gone
from video.encode.test_store import assert_whole, results

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc shows who is there")
ROOT = Path(__file__).parents[3]
NOISY = ("-vf", "noise=alls=60:allf=t", "-an")
"""Noise takes long to encode, which these tests need; the sound comes before, and they would wait for it."""
ENDING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]


def begin(argv: list[str], cwd: Path, **environment: str) -> subprocess.Popen[str]:
    """Start a process for which no signal is ignored, as in a terminal."""

    def listen() -> None:
        for name in ENDING:
            signal.signal(getattr(signal, name), signal.SIG_DFL)

    return subprocess.Popen(
        argv,
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listen,  # noqa: PLW1509 - nothing else runs here
    )


def kinopress(*words: str) -> list[str]:
    return [sys.executable, "-m", "kinopress.cli.main", *words]


def children(pid: int) -> list[int]:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()))
    return []


def encoder_of(run: subprocess.Popen[str], media: Path) -> int:
    """The FFmpeg of a run, once it writes parts."""
    ends = time.monotonic() + HANGS_S
    while time.monotonic() < ends and run.poll() is None:
        if list(media.glob(".tmp-*/parts/*/*.nut")) and (pids := children(run.pid)):
            (pid,) = pids
            return pid
        time.sleep(0.02)
    raise AssertionError(f"it encoded nothing: {run.communicate()}")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("film") / "hip.mov"
    return make_film(file, *NOISY, size="320x180", seconds=12)


@pytest.fixture
def project(tmp_path: Path, film: Path) -> Path:
    folder = small_project(tmp_path / "site")
    shutil.copy(film, folder / "videos")
    film_page(folder, "hip")
    return folder


@pytest.fixture
def brief(project: Path) -> Path:
    """The project with a film that a test can encode to its end, if it holds the encoder meanwhile."""
    make_film(project / "videos/hip.mov", *NOISY, size="320x180", seconds=3)
    return project


def assert_tidy(project: Path) -> None:
    media = project / ".kinopress/media"
    assert results(media) == []
    assert list(media.glob(".tmp-*")) == []
    assert not (project / "site").exists()


@pytest.mark.parametrize("name", ENDING)
def test_a_build_ended_by_a_signal_leaves_no_ffmpeg_and_says_what_is_kept(
    project: Path, name: str
) -> None:
    run = begin(kinopress("build"), project)
    encoder = encoder_of(run, project / ".kinopress/media")
    run.send_signal(getattr(signal, name))
    out, err = run.communicate(timeout=HANGS_S)
    assert not alive(encoder), "gone before the run itself"
    assert (run.returncode, out) == (3, "")
    assert list(filter(None, err.splitlines()))[-2:] == [
        "videos/hip.mov: stopped; what has been encoded is kept, and the next run resumes from there",
        "Stopped. What was finished is kept, and the next run resumes from there.",
    ]
    assert "Traceback" not in err
    assert_tidy(project)


def test_a_signal_that_comes_twice_does_not_disturb_the_tidying(project: Path) -> None:
    run = begin(kinopress("video", "encode", "hip", "--json"), project)
    encoder = encoder_of(run, project / ".kinopress/media")
    for name in ("SIGINT", "SIGINT", "SIGTERM", "SIGHUP"):
        run.send_signal(getattr(signal, name))
    out, err = run.communicate(timeout=HANGS_S)
    assert (run.returncode, alive(encoder)) == (3, False)
    assert '{"event": "stopped", "slug": "hip"}' in out.splitlines()
    assert "Traceback" not in err
    assert_tidy(project)


def test_nohup_is_obeyed(brief: Path) -> None:
    run = begin(["nohup", *kinopress("video", "encode", "hip", "--quick")], brief)
    encoder = encoder_of(run, brief / ".kinopress/media")
    os.kill(encoder, signal.SIGSTOP)  # the run is at work when it hears of the end
    run.send_signal(signal.SIGHUP)
    os.kill(encoder, signal.SIGCONT)
    run.communicate(timeout=HANGS_S)
    assert run.returncode == 0
    assert_whole(brief / ".kinopress/media")
    assert len(results(brief / ".kinopress/media")) == 1


def test_ffmpeg_dies_with_a_run_that_is_killed_even_if_it_stands_still(brief: Path) -> None:
    media = brief / ".kinopress/media"
    run = begin(kinopress("build"), brief)
    encoder = encoder_of(run, media)
    os.kill(encoder, signal.SIGSTOP)  # it cannot find its pipe closed
    run.kill()
    run.communicate(timeout=HANGS_S)
    assert gone(encoder)
    assert results(media) == []
    answer = start("build", "--quick", cwd=brief)
    assert answer.code == 0, answer.err
    assert_whole(media)


# The scripts that set up first


WRAPPER = """
import sys
sys.path.insert(0, "scripts")
import _setup
_setup.ready = lambda: None
_setup.PYTHON = sys.executable
sys.argv = sys.argv[:1] + sys.argv[2:]
_setup.kinopress({verb!r})
"""


def script(verb: str, project: Path, *words: str) -> list[str]:
    """``scripts/VERB.py`` in an environment that is set up already."""
    return [sys.executable, "-c", WRAPPER.format(verb=verb), "-", "--project", str(project), *words]


def listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


@pytest.mark.parametrize("name", [*ENDING, "SIGKILL"])
def test_a_stopped_serve_script_leaves_its_port_free(tmp_path: Path, name: str) -> None:
    project = small_project(tmp_path / "site")
    port = quiet_port()
    run = begin(script("serve", project, "--port", str(port)), ROOT)
    ends = time.monotonic() + HANGS_S
    while not listens(port):
        assert run.poll() is None and time.monotonic() < ends, run.communicate()
        time.sleep(0.05)
    run.send_signal(getattr(signal, name))
    _, err = run.communicate(timeout=HANGS_S)
    assert not listens(port)
    assert "Traceback" not in err


def test_a_killed_build_script_leaves_no_ffmpeg(project: Path) -> None:
    run = begin(script("build", project), ROOT)
    encoder = encoder_of(run, project / ".kinopress/media")
    run.kill()
    run.communicate(timeout=HANGS_S)
    assert gone(encoder)


WAITING = """
import sys
sys.path.insert(0, "scripts")
import _setup
program = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
sys.exit(_setup.run([sys.executable, "-c", program]))
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_stopped_script_stops_the_step_for_which_it_waits(name: str) -> None:
    run = begin([sys.executable, "-c", WAITING], ROOT)
    assert run.stdout is not None
    step = int(run.stdout.readline())
    run.send_signal(getattr(signal, name))
    run.communicate(timeout=HANGS_S)
    assert not alive(step)
    assert run.returncode != 0


HASTY = """
import os, signal, subprocess, sys
sys.path.insert(0, "scripts")
import _setup

class Hasty(subprocess.Popen):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        print(self.pid, flush=True)
        os.kill(os.getpid(), signal.{name})

subprocess.Popen = Hasty
sys.exit(_setup.run([sys.executable, "-c", "import time; time.sleep(600)"]))
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_that_comes_before_the_step_is_known_stops_it_too(name: str) -> None:
    run = begin([sys.executable, "-c", HASTY.format(name=name)], ROOT)
    assert run.stdout is not None
    step = int(run.stdout.readline())
    run.wait(timeout=HANGS_S)  # not for its output: a step that stays would hold that open
    stays = alive(step)
    with contextlib.suppress(ProcessLookupError):
        os.kill(step, signal.SIGKILL)
    assert not stays
    assert run.returncode != 0


SETTING_UP = """
import signal, sys
sys.path.insert(0, "scripts")
import _setup
_setup.ready = lambda: signal.raise_signal(signal.SIGINT)
_setup.kinopress("check")
"""


def test_a_setting_up_that_is_stopped_says_so_in_a_sentence() -> None:
    run = begin([sys.executable, "-c", SETTING_UP], ROOT)
    out, err = run.communicate(timeout=HANGS_S)
    assert (run.returncode, out) == (3, "")
    assert err == "Stopped while setting up; nothing of yours was changed. Run it again.\n"
