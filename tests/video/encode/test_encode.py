"""No run of a program outlives its limits, and none is believed without measuring."""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kinopress.media.manifest import Output
from kinopress.problems import Problem
from kinopress.system.process import Finished, run
from kinopress.video.encode.making import parts
from kinopress.video.encode.making import run as encoding
from kinopress.video.encode.making import sound as sound_work
from kinopress.video.encode.making.run import encode, wall_limit_s
from kinopress.video.encode.making.sound import make_sound
from kinopress.video.encode.verify import verify
from kinopress.video.ffmpeg.binary import find_encoder
from kinopress.video.proof.joining import join
from kinopress.video.proof.proof import Demand, demand_of
from kinopress.video.recipe.ladder import plan_ladder
from kinopress.video.recipe.part_files import FOLDER as PARTS_FOLDER
from kinopress.video.recipe.part_files import SOUND_NAME
from kinopress.video.recipe.recipe import Recipe, plan_recipe
from kinopress.video.settings import VideoSettings
from kinopress.video.source.film import Probe
from kinopress.video.source.probe import probe
from support.command import HANGS_S
from video.conftest import Make, ffmpeg, gone, loudness, start_producing, wait_for_progress
from video.films import PLAIN

posix = pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")
# A program that starts another and ignores being asked to end. A shell says so within milliseconds,
# long before its limit, however busy the machine is.
STUBBORN = "trap '' TERM; sleep 3600 & echo $!; sleep 3600"


def recipe_for(path: Path) -> Recipe:
    film = probe(path, display_path=path.name)
    assert isinstance(film, Probe)
    settings = VideoSettings()
    return plan_recipe(film, plan_ladder(film, settings), settings)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
@pytest.mark.parametrize("limit", ["time", "silence"])
def test_a_stubborn_program_and_its_children_end_with_the_limit(limit: str) -> None:
    pids: list[int] = []

    def note(line: str) -> bool:
        pids.append(int(line))
        return True

    begun, limit_s = time.monotonic(), 1.0
    while not pids:  # a busy machine may not even have started it by then
        limit_s *= 2
        finished = run(
            ["/bin/sh", "-c", STUBBORN],
            wall_s=limit_s if limit == "time" else HANGS_S,
            silence_s=None if limit == "time" else limit_s,
            on_line=note,
        )
        assert finished.stopped == limit
    assert time.monotonic() - begun < HANGS_S  # it would go on for an hour
    assert gone(pids[0])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_an_error_while_reading_progress_ends_the_program_too() -> None:
    pids: list[int] = []

    def interrupt(line: str) -> bool:
        pids.append(int(line))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(["/bin/sh", "-c", STUBBORN], wall_s=HANGS_S, on_line=interrupt)
    assert gone(pids[0])


def test_a_program_that_floods_its_errors_neither_hangs_nor_fills_the_memory() -> None:
    flood = "import sys; [print('x' * 200, file=sys.stderr) for _ in range(50_000)]; sys.exit(3)"
    finished = run([sys.executable, "-c", flood], wall_s=HANGS_S)
    assert (finished.returncode, finished.stopped) == (3, None)
    assert len(finished.stderr) < 200_000


@posix
def test_the_program_has_no_input_a_group_of_its_own_and_low_priority() -> None:
    lines: list[str] = []
    code = (
        f"import os, sys, time; ends = time.monotonic() + {HANGS_S}\n"
        "while os.nice(0) != 10 and time.monotonic() < ends: time.sleep(0.01)\n"
        "print(sys.stdin.read() == '', os.getpgrp() == os.getpid(), os.nice(0))"
    )

    def keep(line: str) -> bool:
        lines.append(line)
        return True

    run([sys.executable, "-c", code], wall_s=HANGS_S, on_line=keep)
    assert lines == ["True True 10\n"]


def test_a_longer_or_larger_film_gets_more_time_but_never_forever() -> None:
    minute = wall_limit_s(replace(PLAIN, duration_s=60.0))
    assert minute < wall_limit_s(replace(PLAIN, duration_s=120.0))
    assert minute < wall_limit_s(replace(PLAIN, duration_s=60.0, width=3840, height=2160))
    assert wall_limit_s(replace(PLAIN, duration_s=None, fps=None)) < 12 * 3600


def begin(recipe: Recipe, folder: Path) -> parts.Rows:
    """Folders for the parts of a recipe's renditions."""
    return parts.begin(folder / "store", folder, dict.fromkeys(recipe.films, "0" * 64))


def test_progress_rises_to_the_whole(make: Make, tmp_path: Path) -> None:
    path = make("plain.mp4")
    shares: list[float] = []
    recipe = recipe_for(path)
    encoded = encode(
        recipe,
        path,
        tmp_path,
        rows=begin(recipe, tmp_path),
        ffmpeg=find_encoder().path,
        display_path="videos/plain.mp4",
        on_progress=shares.append,
    )
    assert not isinstance(encoded, Problem) and encoded.pictures == 60
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0, abs=0.05)


def test_progress_is_told_long_before_the_last_output_begins(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The storyboard's file begins when the film ends; until then FFmpeg's own report is silent.
    monkeypatch.setattr(encoding, "_TELL_EVERY_S", 0.0)
    path = make("long.mp4", size="64x64", seconds=12.0)
    shares: list[float] = []
    recipe = recipe_for(path)
    encoded = encode(
        recipe,
        path,
        tmp_path,
        rows=begin(recipe, tmp_path),
        ffmpeg=find_encoder().path,
        display_path="videos/long.mp4",
        on_progress=shares.append,
    )
    assert not isinstance(encoded, Problem) and encoded.pictures == 360
    assert any(0.1 < share < 0.5 for share in shares)


def test_making_the_sound_tells_how_far_it_is(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "_TELL_EVERY_S", 0.0)

    def tells_often(argv: list[str], **how: Any) -> Finished:
        """FFmpeg says every 0.01 s how far it is: half a second would do for an hour's sound."""
        often = [
            "0.01" if before == "-stats_period" else word
            for before, word in zip(["", *argv], argv, strict=False)
        ]
        return run(often, **how)

    monkeypatch.setattr(sound_work, "run", tells_often)
    path = make("a-lecture.mp4", size="64x64", fps="1", seconds=60.0)
    shares: list[float] = []
    sound = tmp_path / "sound.m4a"
    heard = make_sound(
        recipe_for(path),
        path,
        sound,
        ffmpeg=find_encoder().path,
        display_path="x",
        on_progress=shares.append,
    )
    assert not isinstance(heard, Problem)
    assert heard[-1][1] == pytest.approx(60.0, abs=0.01)
    assert loudness(sound)[0] == pytest.approx(-16.0, abs=1.0)
    assert list(tmp_path.iterdir()) == [sound], "the decoded sound is gone"
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert any(0.02 < share < 0.38 for share in shares), "while it is decoded"
    assert any(0.42 < share < 0.68 for share in shares), "while it is measured"


def test_a_film_that_hangs_ffmpeg_is_stopped_and_said(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "wall_limit_s", lambda probe: 0.2)
    path = make("hd.mp4", size="1280x720")
    recipe = recipe_for(path)
    rows = begin(recipe, tmp_path)
    problem = encode(
        recipe, path, tmp_path, rows=rows, ffmpeg=find_encoder().path, display_path="videos/hd.mp4"
    )
    assert isinstance(problem, Problem)
    assert problem.code == "media-timeout"


def test_a_storyboard_alone_tells_how_far_it_is(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its only picture is ready when the film ends; until then FFmpeg's own report says nothing.
    monkeypatch.setattr(encoding, "_TELL_EVERY_S", 0.0)
    path = make("lecture.mp4", size="640x360", seconds=4.0)
    shares: list[float] = []
    encoded = encode(
        replace(recipe_for(path), wanted=frozenset({"storyboard.webp"})),
        path,
        tmp_path,
        rows={},
        ffmpeg=find_encoder().path,
        display_path="videos/lecture.mp4",
        on_progress=shares.append,
    )
    assert not isinstance(encoded, Problem)
    assert len({share for share in shares if 0.05 < share < 0.95}) > 50


@posix
def test_an_ffmpeg_that_says_nothing_more_is_stopped(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "SILENCE_S", 0.5)
    script = tmp_path / "ffmpeg"
    script.write_text("#!/bin/sh\necho 'frame:1    pts:1    pts_time:0.04'\nexec sleep 3600\n")
    script.chmod(0o755)
    path = make("plain.mp4")
    begun = time.monotonic()
    problem = encode(
        recipe_for(path),
        path,
        tmp_path,
        rows={},
        ffmpeg=str(script),
        display_path="videos/plain.mp4",
    )
    assert problem is not None and problem.code == "media-timeout"
    assert time.monotonic() - begun < HANGS_S  # it would go on for an hour


def test_ffmpegs_failure_is_said_in_our_words_and_its_own_go_into_a_file(
    make: Make, tmp_path: Path
) -> None:
    path, log = make("plain.mp4"), tmp_path / "last-failure.log"
    problem = encode(
        recipe_for(path),
        path,
        tmp_path / "no such folder",
        rows={},
        ffmpeg=find_encoder().path,
        display_path="videos/plain.mp4",
        log=log,
    )
    assert problem is not None
    assert problem.code == "media-encode-failed"
    assert "\n" not in str(problem)
    assert "No such file" not in str(problem) and "folder" not in problem.message
    assert "No such file" in log.read_text("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_called_a_full_disk(make: Make, tmp_path: Path) -> None:
    path = make("plain.mp4")
    script = tmp_path / "ffmpeg"
    script.write_text("#!/bin/sh\ncat /dev/zero > /dev/full\n")
    script.chmod(0o755)
    problem = encode(
        recipe_for(path),
        path,
        tmp_path,
        rows={},
        ffmpeg=str(script),
        display_path="videos/plain.mp4",
    )
    assert problem is not None
    assert problem.code == "media-disk-full"


@posix
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_ffmpeg_dies_when_its_parent_is_killed(make: Make, tmp_path: Path) -> None:
    path = make("four-seconds.mp4", seconds=4.0)
    process = start_producing(path, tmp_path, hold_at=0.01)
    wait_for_progress(process, 0.01)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    process.communicate()
    assert len(children) == 1
    assert gone(int(children[0]))


Done = tuple[Recipe, Path, Demand]


def check(done: Done) -> tuple[Output, ...] | Problem:
    """Verify with a digest for each output."""
    recipe, folder, demand = done
    digests = dict.fromkeys([*recipe.names, "storyboard.vtt"], "d" * 64)
    return verify(recipe, folder, digests, demand, display_path="x")


@pytest.fixture(scope="module")
def encoded(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Done:
    tmp_path = tmp_path_factory.mktemp("encoded")
    path = make("plain.mp4")
    recipe = recipe_for(path)
    encoder = find_encoder().path
    rows = begin(recipe, tmp_path)
    sound = tmp_path / PARTS_FOLDER / SOUND_NAME
    heard = make_sound(recipe, path, sound, ffmpeg=encoder, display_path="x")
    assert not isinstance(heard, Problem)
    assert heard[-1][1] == pytest.approx(2.0, abs=0.01)
    made = encode(recipe, path, tmp_path, rows=rows, ffmpeg=encoder, display_path="x")
    assert not isinstance(made, Problem)
    assert made.pictures == len(made.decoded_s) == 60
    for name, row in rows.items():
        assert row.begun.pictures == 60
        join(row.paths, tmp_path / "parts/sound.m4a", tmp_path / name, recipe.fps)
    (tmp_path / "storyboard.vtt").write_text("WEBVTT\n")
    return recipe, tmp_path, demand_of(recipe, path, heard)


class TestVerify:
    """Files that are not what was asked for do not count."""

    @pytest.fixture
    def done(self, encoded: Done, tmp_path: Path) -> Done:
        """What was encoded once, in a folder in which it may be spoilt."""
        recipe, folder, demand = encoded
        return recipe, Path(shutil.copytree(folder, tmp_path / "done")), demand

    def test_a_good_result_is_listed_with_its_facts(self, done: Done) -> None:
        outputs = check(done)
        assert not isinstance(outputs, Problem)
        assert [one.path for one in outputs] == [
            *["av1-72.mp4", "h264-72.mp4", "poster.avif", "poster.webp", "poster.jpg"],
            *["storyboard.webp", "storyboard.vtt"],
        ]
        assert all(one.bytes == (done[1] / one.path).stat().st_size for one in outputs)

    @pytest.mark.parametrize(
        "name", ["av1-72.mp4", "h264-72.mp4", "poster.avif", "poster.jpg", "storyboard.webp"]
    )
    def test_a_missing_or_empty_file(self, done: Done, name: str) -> None:
        for change in (lambda path: path.write_bytes(b""), Path.unlink):
            change(done[1] / name)
            problem = check(done)
            assert isinstance(problem, Problem)
            assert problem.code == "media-verify-failed"
            assert name in problem.message

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["-t", "1"], "media-truncated"),
            (["-an"], "media-verify-failed"),
            (["-vf", "scale=160:90"], "media-verify-failed"),
            (["-c:v", "mpeg4"], "media-verify-failed"),
            (["-pix_fmt", "yuv444p"], "media-verify-failed"),
            (["-vf", "tpad=stop_duration=9:stop_mode=clone"], "media-time-stamps"),
        ],
    )
    def test_another_film_than_planned(
        self, done: Done, make: Make, arguments: list[str], code: str
    ) -> None:
        ffmpeg("-i", make("plain.mp4"), *arguments, done[1] / "h264-72.mp4")
        problem = check(done)
        assert isinstance(problem, Problem)
        assert problem.code == code

    def test_a_rendition_whose_end_does_not_decode(self, done: Done) -> None:
        path = done[1] / "h264-72.mp4"
        data = bytearray(path.read_bytes())
        data[len(data) // 3 :] = bytes(len(data) - len(data) // 3)
        path.write_bytes(data)
        problem = check(done)
        assert isinstance(problem, Problem)
        assert "does not decode to its end" in problem.message
