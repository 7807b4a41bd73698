"""Films encoded on several computers are the films that one computer makes, whatever happens to the others."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kinopress.codes import Code
from kinopress.media.trim import Trim
from kinopress.problems import ExitCode, Refusal
from kinopress.video.encode import outputs as making
from kinopress.video.encode.making import pictures as working
from kinopress.video.encode.produced import Produced
from kinopress.video.plan import FilmPlan, plan_film
from kinopress.video.produce import make
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.packets import keyframes
from video.cluster.farm import Workers, reach, scheduler, send, until
from video.conftest import ffmpeg, gone, picture_times
from video.encode.test_parts import SETTINGS, numbered, numbers

if TYPE_CHECKING:  # it loads Dask
    from kinopress.video.cluster.farm import Farm

PICTURES = 90
SECONDS = 3.0
AWAY_S = 2.0
"""Longer than the client waits between two looks, and far shorter than Dask waits for anybody."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with scheduler(tmp_path_factory.mktemp("scheduler")) as (address, _):
        yield address


@pytest.fixture
def workers(address: str, tmp_path: Path) -> Iterator[Workers]:
    some = Workers(address, tmp_path)
    yield some
    some.end()


@pytest.fixture(autouse=True)
def _not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "too_large", lambda *_: {})


@pytest.fixture(scope="module")
def camera_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film whose every picture shows its number, with a keyframe every half second, and pictures out of order."""
    folder = tmp_path_factory.mktemp("camera")
    plain, film = numbered(folder / "plain.mov", seconds=SECONDS), folder / "film.mov"
    ffmpeg("-i", plain, "-c:v", "libx264", "-g", 15, "-bf", 2, "-crf", 12, "-c:a", "copy", film)
    assert len(keyframes(film, 0)) >= PICTURES // 15
    return film


@pytest.fixture
def film(tmp_path: Path, camera_film: Path) -> Path:
    (tmp_path / "videos").mkdir()
    return Path(shutil.copy(camera_film, tmp_path / "videos/numbered.mov"))


def plan(film: Path) -> FilmPlan:
    planned = plan_film(film, display_path="videos/numbered.mov", settings=SETTINGS)
    assert isinstance(planned, FilmPlan)
    return planned


def assert_whole(made: Produced) -> None:
    """Both renditions show every picture of the film once, at its time."""
    assert made.folder is not None and made.manifest is not None
    assert [one.path for one in made.manifest.renditions] == ["av1-64.mp4", "h264-64.mp4"]
    for one in made.manifest.renditions:
        assert numbers(made.folder / one.path) == list(range(PICTURES))
        times = picture_times(made.folder / one.path)
        assert times == pytest.approx([n * 1001 / 30000 for n in range(PICTURES)], abs=1e-3)


class Run:
    """A film that is being made elsewhere, in a thread: the test sees to the computers meanwhile."""

    def __init__(self, farm: Farm, film: Path, media_dir: Path) -> None:
        self.shares: list[float] = []
        self.stop = False
        with_thread = ThreadPoolExecutor(1)

        def tell(share: float) -> None:
            self.shares.append(share)
            if self.stop:
                raise KeyboardInterrupt

        def run() -> Produced:
            return make(plan(film), media_dir=media_dir, elsewhere=farm, on_progress=tell)

        self.future: Future[Produced] = with_thread.submit(run)
        with_thread.shutdown(wait=False)

    def result(self) -> Produced:
        return self.future.result()

    @property
    def over(self) -> bool:
        return self.future.done()


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What each run of FFmpeg on this computer was to make: else a test might show how well it falls back on itself."""
    runs: list[list[str]] = []
    original = working.encode

    def note(recipe: Recipe, *arguments: Any, **how: Any) -> Any:
        runs.append(sorted(recipe.names))
        return original(recipe, *arguments, **how)

    monkeypatch.setattr(working, "encode", note)
    return runs


def test_it_is_the_film_that_one_computer_makes(
    workers: Workers, film: Path, tmp_path: Path, made_here: list[list[str]]
) -> None:
    workers()
    workers()
    with reach(workers.address) as farm:
        run = Run(farm, film, tmp_path / "media")
        made = run.result()
    assert made_here == [["poster.avif", "poster.jpg", "poster.webp", "storyboard.webp"]]
    assert made.problems == []
    alone = make(plan(film), media_dir=tmp_path / "alone")
    assert_whole(made)
    assert run.shares == sorted(run.shares) and run.shares[-1] == 1.0
    assert alone.manifest is not None and made.manifest is not None
    # Same result, same recipes, same names; what is in no part is the same to the byte.
    assert made.manifest.digest == alone.manifest.digest
    outputs = {one.path: one for one in made.manifest.outputs}
    assert {path: one.recipe for path, one in outputs.items()} == {
        one.path: one.recipe for one in alone.manifest.outputs
    }
    for one in alone.manifest.outputs:
        if one.kind != "rendition":
            assert outputs[one.path].sha256 == one.sha256, one.path
    # Any number of computers makes the same bytes, so does one of this process's own.
    with reach(None) as farm:
        again = make(plan(film), media_dir=tmp_path / "own", elsewhere=farm)
    assert again.manifest is not None
    assert again.manifest.address == made.manifest.address


@pytest.mark.parametrize("trim", [Trim(1.0, None), Trim(0.7, 2.4), Trim(1.9, None)])
def test_a_trimmed_film_shows_the_same_pictures(film: Path, tmp_path: Path, trim: Trim) -> None:
    def made(folder: Path, elsewhere: Farm | None) -> list[list[int]]:
        planned = plan_film(film, display_path="x", settings=SETTINGS, trim=trim)
        result = make(planned, media_dir=folder, elsewhere=elsewhere)
        assert result.manifest is not None and result.folder is not None
        return [numbers(result.folder / one.path) for one in result.manifest.renditions]

    with reach(None) as farm:
        assert made(tmp_path / "own", farm) == made(tmp_path / "alone", None)


def test_a_worker_that_is_killed_costs_its_part(
    workers: Workers, film: Path, tmp_path: Path
) -> None:
    first = workers()
    with reach(workers.address) as farm:
        run = Run(farm, film, tmp_path / "media")
        encoder = first.freeze()
        send(first.process, signal.SIGKILL)
        assert gone(encoder.pid), "its FFmpeg went with it"
        workers()
        assert_whole(run.result())


def test_a_network_that_is_gone_for_a_while_costs_nothing(
    film: Path, tmp_path: Path, made_here: list[list[str]]
) -> None:
    """Scheduler and worker stand still with their connections open, as what cannot be reached does; then they go on."""
    with scheduler(tmp_path) as (address, process):
        workers = Workers(address, tmp_path)
        only = workers()
        try:
            with reach(address) as farm:
                run = Run(farm, film, tmp_path / "media")
                encoder = only.freeze()
                for one in (only.process, process):
                    send(one, signal.SIGSTOP)
                time.sleep(AWAY_S)
                for one in (only.process, process):
                    send(one, signal.SIGCONT)
                encoder.resume()
                made = run.result()
        finally:
            workers.end()
    assert made.problems == []
    assert len(made_here) == 1, "nothing was made here instead"
    assert_whole(made)


def test_what_takes_too_long_is_made_by_another_one_too(
    workers: Workers, film: Path, tmp_path: Path
) -> None:
    cut_off = workers()
    with reach(workers.address, part_s=0.5) as farm:
        run = Run(farm, film, tmp_path / "media")
        cut_off.freeze()
        send(cut_off.process, signal.SIGSTOP)
        workers()
        made = run.result()
        assert_whole(made)
        send(cut_off.process, signal.SIGCONT)
        # It comes back to a part that nobody wants any more.
        until(lambda: not [one for one in cut_off.encoders() if one.status() == "running"])


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_scheduler_that_is_lost_is_a_sentence_and_parts_are_kept(
    film: Path, tmp_path: Path, how: signal.Signals
) -> None:
    """Whether it ends, or no longer answers and nobody knows why."""
    media_dir = tmp_path / "media"
    with scheduler(tmp_path) as (address, process):
        workers = Workers(address, tmp_path)
        worker = workers()
        try:
            with reach(address, scheduler_s=2.0, workers_s=2.0, part_s=60.0) as farm:
                run = Run(farm, film, media_dir)
                until(lambda: any(share > 0 for share in run.shares) or run.over)
                worker.freeze()
                send(process, how)
                with pytest.raises(Refusal) as refused:
                    run.result()
            send(process, signal.SIGKILL)
            worker.process.join()
            assert worker.process.exitcode == ExitCode.ENVIRONMENT
        finally:
            workers.end()
    assert refused.value.exit_code == ExitCode.ENVIRONMENT
    assert [problem.code for problem in refused.value.problems] == [Code.CLUSTER_LOST]
    assert list(media_dir.glob(".parts/*/000000.nut")), "what had come back is there"
    shares: list[float] = []
    made = make(plan(film), media_dir=media_dir, on_progress=shares.append)
    assert shares[0] > 0, "this computer goes on from there"
    assert_whole(made)


def test_a_full_disk_is_a_sentence_and_its_parts_go_elsewhere(
    workers: Workers, film: Path, tmp_path: Path
) -> None:
    # Files of at most one block: the kernel itself refuses the rest, as it does on a full disk.
    full = workers(files_max_bytes=512)
    with reach(workers.address) as farm:
        with pytest.raises(Refusal) as refused:
            Run(farm, film, tmp_path / "media").result()
        [problem] = refused.value.problems
        assert problem.code == Code.CLUSTER_WORKERS
        assert f"{full.address}: its disk is full" in problem.message
        workers()
        made = Run(farm, film, tmp_path / "media").result()
    assert_whole(made)
    assert [p.code for p in made.problems] in ([], [Code.CLUSTER_LEFT_OUT])
    assert all(p.severity == "warning" and full.address in p.message for p in made.problems)
    until(lambda: not list((tmp_path / "work-0").rglob("*.nut")))  # and nothing stays on it


def test_other_versions_are_refused_in_words(workers: Workers, film: Path, tmp_path: Path) -> None:
    other = workers(version="0.0.9")
    with reach(workers.address) as farm, pytest.raises(Refusal) as refused:
        make(plan(film), media_dir=tmp_path / "media", elsewhere=farm)
    [problem] = refused.value.problems
    assert refused.value.exit_code == ExitCode.ENVIRONMENT
    assert problem.code == Code.CLUSTER_WORKERS
    assert f"{other.address}: its Kinopress is 0.0.9+" in problem.message


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_film_is_sent_to_whom_cannot_see_it(
    workers: Workers, film: Path, tmp_path: Path, at_once: int
) -> None:
    workers("--folder", f"{film.parent}=/nowhere", "--at-once", str(at_once))
    with reach(workers.address) as farm:
        made = make(plan(film), media_dir=tmp_path / "media", elsewhere=farm)
        assert made.problems == []
        assert_whole(made)
    assert not list((tmp_path / "work-0").rglob("*.film")), "it is removed afterwards"
    with (
        reach(workers.address, film_max_bytes=1000) as farm,
        pytest.raises(Refusal, match=r"it does not find .*that are sent"),
    ):
        make(plan(film), media_dir=tmp_path / "other", elsewhere=farm)


def test_a_second_client_does_not_encode_the_same_film(
    workers: Workers, film: Path, tmp_path: Path
) -> None:
    first = workers()
    with reach(workers.address) as farm, reach(workers.address) as other:
        run = Run(farm, film, tmp_path / "media")
        encoder = first.freeze()
        with pytest.raises(Refusal) as refused:
            make(plan(film), media_dir=tmp_path / "elsewhere", elsewhere=other)
        assert refused.value.exit_code == ExitCode.BUSY
        assert [problem.code for problem in refused.value.problems] == [Code.CLUSTER_BUSY]
        with pytest.raises(Refusal) as refused:
            make(plan(film), media_dir=tmp_path / "media", elsewhere=other, wait_s=0.0)
        assert [problem.code for problem in refused.value.problems] == [Code.MEDIA_BUSY]
        encoder.resume()
        assert_whole(run.result())
        # Then it may.
        assert_whole(make(plan(film), media_dir=tmp_path / "elsewhere", elsewhere=other))


def test_whoever_stops_leaves_no_ffmpeg_on_a_worker(
    workers: Workers, film: Path, tmp_path: Path
) -> None:
    worker = workers()
    with reach(workers.address) as farm:
        run = Run(farm, film, tmp_path / "media")
        encoder = worker.freeze()
        run.stop = True
        with pytest.raises(KeyboardInterrupt):
            run.result()
        encoder.resume()
        assert gone(encoder.pid)
        until(lambda: not worker.encoders())
        # Its half part goes a moment after whoever was writing it has ended.
        until(lambda: not list((tmp_path / "work-0").rglob("*.nut")))
        assert list((tmp_path / "media").iterdir())
        # The worker is well, and the next run has everything made.
        assert_whole(Run(farm, film, tmp_path / "media").result())


def test_a_film_that_changes_meanwhile_is_not_kept(
    workers: Workers, film: Path, tmp_path: Path
) -> None:
    worker = workers()
    with reach(workers.address) as farm:
        run = Run(farm, film, tmp_path / "media")
        encoder = worker.freeze()
        os.utime(film, (1, 1))
        encoder.resume()
        made = run.result()
    assert made.manifest is None
    assert made.problems[0].code == Code.MEDIA_CHANGED
    assert not list((tmp_path / "media").glob("*/manifest.json"))


@pytest.mark.parametrize(
    ("address", "code", "exit_code"),
    [
        ("192.168.1.20:8786", Code.CLUSTER_ADDRESS, ExitCode.USAGE),
        ("tcp://", Code.CLUSTER_ADDRESS, ExitCode.USAGE),
        ("tcp://name:port", Code.CLUSTER_ADDRESS, ExitCode.USAGE),
        ("http://name:80", Code.CLUSTER_ADDRESS, ExitCode.USAGE),
        ("tcp://127.0.0.1:9", Code.CLUSTER_LOST, ExitCode.ENVIRONMENT),
        ("tls://127.0.0.1:9", Code.CLUSTER_LOST, ExitCode.ENVIRONMENT),
    ],
)
def test_a_wrong_address_is_a_sentence(address: str, code: Code, exit_code: ExitCode) -> None:
    import dask.config

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "500ms"}),
        pytest.raises(Refusal) as refused,
    ):
        reach(address)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert refused.value.exit_code == exit_code
