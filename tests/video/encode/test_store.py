"""A stored result is whole or it is not there, whatever happens to the run that makes it."""

from __future__ import annotations

import json
import math
import os
import platform
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kinopress.media.manifest import read_manifest
from kinopress.problems import ExitCode, Refusal
from kinopress.system.lock import LOCK_NAME, hold, when
from kinopress.system.stamps import HashCache, sha256_of
from kinopress.video.encode.produced import Produced
from kinopress.video.produce import produce
from support.command import HANGS_S
from video.conftest import Make, after, gone, start_producing, wait_for_progress

Publish = Callable[[Path], Produced]
posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


def results(media_dir: Path) -> list[Path]:
    """Folders that a reader would take for finished."""
    return [path for path in media_dir.iterdir() if path.is_dir() and path.name[0] != "."]


def assert_whole(media_dir: Path) -> None:
    for folder in results(media_dir):
        for output in read_manifest(folder / "manifest.json").outputs:
            assert sha256_of(folder / output.path) == output.sha256


@posix
@pytest.mark.parametrize(
    ("how", "share"),
    [
        (signal.SIGKILL, 0.01),
        (signal.SIGKILL, 0.4),
        (signal.SIGKILL, 1.0),
        (signal.SIGINT, 0.3),
    ],
)
def test_a_killed_run_leaves_nothing_that_counts_as_done(
    make: Make, media_dir: Path, how: signal.Signals, share: float
) -> None:
    source = make("four-seconds.mp4", seconds=4.0)
    hold_at = share * 0.97 if share < 0.9 else math.inf
    process = start_producing(source, media_dir, hold_at=hold_at)
    wait_for_progress(process, share * 0.97)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    encoders = [int(pid) for pid in children.read_text().split()] if children.exists() else []
    process.send_signal(how)
    process.communicate()
    assert process.returncode != 0
    assert_whole(media_dir)
    assert all(gone(pid) for pid in encoders)
    if share < 0.9:
        assert encoders or sys.platform != "linux"
        assert results(media_dir) == []
    if how is signal.SIGINT:
        assert list(media_dir.glob(".tmp-*")) == []
    produced = produce(source, display_path="videos/four.mp4", media_dir=media_dir)
    assert produced.problems == []
    assert len(results(media_dir)) == 1
    assert_whole(media_dir)
    assert list(media_dir.glob(".tmp-*")) == []


@pytest.mark.parametrize("name", ["av1-72.mp4", "h264-72.mp4", "poster.avif", "storyboard.webp"])
def test_a_flipped_bit_is_found_and_the_film_encoded_anew(
    make: Make, publish: Publish, made_before: Publish, name: str
) -> None:
    first = made_before(make("plain.mp4"))
    assert first.folder is not None
    path = first.folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    modified = path.stat().st_mtime_ns
    path.write_bytes(data)
    os.utime(path, ns=(modified, modified))
    again = publish(make("plain.mp4"))
    assert again.encoded
    (warning,) = again.problems
    assert (warning.code, warning.severity) == ("media-stored-damaged", "warning")
    assert name in warning.message
    assert again.manifest == first.manifest, "the same film gives the same bytes"
    third = publish(make("plain.mp4"))
    assert (third.encoded, third.problems) == (False, [])


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda folder: (folder / "poster.jpg").unlink(), "poster.jpg is missing"),
        (lambda folder: (folder / "poster.jpg").write_bytes(b""), "poster.jpg has another size"),
        (lambda folder: (folder / "manifest.json").unlink(), "cannot be read"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "version"),
        (
            lambda folder: (folder / "manifest.json").write_text(
                (folder / "manifest.json").read_text().replace('"digest": "', '"digest": "0')
            ),
            "is not as it was written",
        ),
        (
            lambda folder: (folder / "manifest.json").write_text(
                replace(read_manifest(folder / "manifest.json"), digest="0" * 64).to_json()
            ),
            "belongs to another film",
        ),
    ],
)
def test_any_damage_is_repaired(
    make: Make,
    publish: Publish,
    made_before: Publish,
    damage: Callable[[Path], object],
    reason: str,
) -> None:
    folder = made_before(make("half-second.mp4", seconds=0.5)).folder
    assert folder is not None
    damage(folder)
    again = publish(make("half-second.mp4", seconds=0.5))
    (warning,) = again.problems
    assert warning.code == "media-stored-damaged"
    assert reason in warning.message
    assert_whole(folder.parent)


def test_a_failed_run_leaves_the_last_good_result(
    make: Make, publish: Publish, made_before: Publish, media_dir: Path, tmp_path: Path
) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(make("plain.mp4").read_bytes())
    made_before(make("plain.mp4"))
    good = publish(source).folder
    source.write_bytes(source.read_bytes()[:1000])
    assert publish(source).manifest is None
    assert results(media_dir) == [good]
    assert_whole(media_dir)


def test_a_second_run_hears_who_is_encoding(make: Make, media_dir: Path) -> None:
    media_dir.mkdir(parents=True)
    with (
        hold(media_dir, path="videos/hip.mov", doing="encoding videos/hip.mov", wait_s=0),
        pytest.raises(Refusal) as refused,
    ):
        produce(make("plain.mp4"), display_path="videos/plain.mp4", media_dir=media_dir, wait_s=0.2)
    assert refused.value.exit_code is ExitCode.BUSY
    sentence = str(refused.value)
    assert "Kinopress has been encoding videos/hip.mov since " in sentence
    assert str(os.getpid()) not in sentence and "T" not in sentence.partition("since")[2][:9]
    assert "[media-busy]" in sentence


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2026-11-29T04:01:30", "04:01"), ("2026-11-28T23:50:00", "23:50 on 28 November")],
)
def test_the_moment_is_said_as_a_clock_on_the_wall_shows_it(moment: str, said: str) -> None:
    assert when(datetime.fromisoformat(moment), datetime(2026, 11, 29, 9, 0)) == said


def test_a_run_on_another_computer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hold(tmp_path, path="site", doing="building the site", wait_s=0):
        monkeypatch.setattr(platform, "node", lambda: "laptop")
        with (
            pytest.raises(Refusal, match=r"Kinopress on the computer “.*” has been building the"),
            hold(tmp_path, path="site", doing="building the site", wait_s=0),
        ):
            pass


def test_a_second_run_waits_for_the_first_and_takes_its_result(make: Make, media_dir: Path) -> None:
    source = make("four-seconds.mp4", seconds=4.0)
    process = start_producing(source, media_dir)
    wait_for_progress(process, 0.0)
    produced = produce(source, display_path="videos/four.mp4", media_dir=media_dir, wait_s=HANGS_S)
    process.communicate()
    assert not produced.encoded
    assert produced.manifest is not None


def test_a_finished_film_needs_no_lock(
    make: Make, publish: Publish, made_before: Publish, media_dir: Path
) -> None:
    made_before(make("plain.mp4"))
    with hold(media_dir, path="videos/hip.mov", doing="encoding videos/hip.mov", wait_s=0):
        assert publish(make("plain.mp4")).manifest is not None


def test_a_lock_left_by_a_dead_run_holds_nobody_up(make: Make, media_dir: Path) -> None:
    media_dir.mkdir(parents=True)
    (media_dir / LOCK_NAME).write_text('{"pid": 1, "host": "x", "since": "2099", "doing": "y"}')
    assert produce(
        make("plain.mp4"), display_path="videos/plain.mp4", media_dir=media_dir, wait_s=0
    ).encoded


class TestHashes:
    """A hash is remembered while the stamp of its file stays."""

    @pytest.fixture
    def old(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A file whose times lie well behind the clock."""
        path = tmp_path / "film.mov"
        path.write_bytes(b"one")
        after(monkeypatch, [path], 2.1)
        return path

    def test_it_is_remembered_over_runs(
        self, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cache = HashCache.load(tmp_path / "hashes.json")
        digest = cache.sha256(old)
        assert digest == sha256_of(old)
        cache.save()
        monkeypatch.setattr("kinopress.system.stamps.sha256_of", lambda path: "read again")
        assert HashCache.load(tmp_path / "hashes.json").sha256(old) == digest
        before = old.stat()
        while old.stat().st_ctime_ns == before.st_ctime_ns:  # a file system's clock ticks slowly
            old.write_bytes(b"two")
        os.utime(old, ns=(before.st_mtime_ns, before.st_mtime_ns))
        assert HashCache.load(tmp_path / "hashes.json").sha256(old) == "read again"

    def test_a_file_just_written_is_not_remembered_yet(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "new.mov"
        path.write_bytes(b"one")
        after(monkeypatch, [path], 1.9)
        cache = HashCache(tmp_path / "hashes.json")
        cache.sha256(path)
        monkeypatch.setattr("kinopress.system.stamps.sha256_of", lambda path: "read again")
        assert cache.sha256(path) == "read again"

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}', '{"version": 9}', "null"])
    def test_a_damaged_cache_is_ignored(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "hashes.json"
        path.write_text(text)
        film = tmp_path / "film.mov"
        film.write_bytes(b"one")
        assert HashCache.load(path).sha256(film) == sha256_of(film)

    def test_the_cache_is_plain_json(self, old: Path, tmp_path: Path) -> None:
        cache = HashCache(tmp_path / "hashes.json")
        cache.sha256(old)
        cache.save()
        raw = json.loads((tmp_path / "hashes.json").read_text())
        assert list(raw["kept"]["sha256"].values()) == [sha256_of(old)]
        assert list(tmp_path.glob("*.tmp")) == []
