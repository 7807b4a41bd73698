"""Killed at any moment, a run leaves what was whole before whole, and nothing half that counts."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from kinopress.system.kept import read_kept
from kinopress.video.encode.making import run as encoding
from kinopress.video.produce import produce
from kinopress.video.settings import H264_360, VideoSettings
from support.starts import fork
from video.conftest import Make, alive, picture_times
from video.encode.test_store import assert_whole, results

# Every moment of a run's own changes of the disk is replayed in tests/property/test_power_cuts.py; these
# kills are for what FFmpeg leaves, and for going on with it.
KILLS = int(os.environ.get("KINOPRESS_KILLS", "25"))
# Parts of half a second, so that many runs go on where one was killed.
SETTINGS = VideoSettings(rungs=(H264_360,), gop_s=0.5, part_s=0.5)


def has_parts(media_dir: Path) -> bool:
    """Whether a run, at work or killed, has listed something that another could go on with."""
    for path in media_dir.glob(".tmp-*/parts/*/parts.json"):
        known = read_kept(path, dict)
        if known is not None and known["parts"]:
            return True
    return False


def wait_for_parts(media_dir: Path, child: int) -> None:
    """Wait until a run has listed a part, or is over; it is left to be waited for."""
    while not has_parts(media_dir) and alive(child):
        time.sleep(0.001)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals of POSIX")
def test_kills_at_random_leave_no_half_result(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "_LOOK_EVERY_S", 0.0)
    # Longer than x264 looks ahead, or all parts become whole in the last moment.
    source = make("killed.mp4", size="64x64", seconds=12.0, fps="20")
    before = source.read_bytes()
    chance = random.Random(7)  # noqa: S311 - moments, not secrets

    def work(media_dir: Path) -> None:
        produce(source, display_path="videos/t.mp4", media_dir=media_dir, settings=SETTINGS)

    def takes_s(name: str) -> float:
        begun = time.monotonic()
        work(tmp_path / name)
        return time.monotonic() - begun

    longest_s = min(takes_s("first"), takes_s("second"))
    killed = finished = left_parts = 0
    while killed < KILLS:
        # A run that was done before its end came leaves nothing to kill there.
        media_dir = tmp_path / f"media-{finished}"
        child = fork()
        if child == 0:
            work(media_dir)
            os._exit(0)
        if killed % 2:  # every other one once there is something to go on with
            wait_for_parts(media_dir, child)
            time.sleep(chance.uniform(0, longest_s / 5))
        else:
            time.sleep(chance.uniform(0, longest_s))
        os.kill(child, signal.SIGKILL)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL:
            killed += 1
        else:
            finished += 1
            longest_s *= 0.9  # the machine is less busy than it was when this was measured
        if media_dir.exists():
            assert_whole(media_dir)
            left_parts += has_parts(media_dir)
    assert left_parts > KILLS / 10, "hardly a run had anything to go on with"
    assert source.read_bytes() == before
    for media_dir in tmp_path.glob("media-*"):
        work(media_dir)
        (folder,) = results(media_dir)
        assert_whole(media_dir)
        at_s = picture_times(folder / "h264-64.mp4")
        assert at_s == pytest.approx([number / 20 for number in range(240)], abs=1e-4)
        assert list(media_dir.glob(".tmp-*")) == []
