"""What a computer can do to a run: a full disk, a wrong clock, a dead encoder, two runs at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from kinopress.content import read as reading
from kinopress.media.manifest import Manifest, read_manifest
from kinopress.problems import ExitCode, Refusal
from kinopress.project.films.made.list import read_records
from kinopress.system.stamps import sha256_of
from kinopress.video import plan as planning
from kinopress.video.encode.making import pictures as working
from kinopress.video.ffmpeg import commands as ordering
from kinopress.video.ffmpeg.binary import Encoder, find_encoder
from kinopress.video.produce import produce
from kinopress.video.recipe.part_files import Begun
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.film import Probe
from kinopress.video.source.probe import probe
from support.command import HANGS_S, Answer, files_no_larger_than, start, type_in
from support.projects import contents, small_project, write
from support.small_films import film_page, make_film
from video.conftest import Make, start_producing, wait_for_progress
from video.encode.test_store import assert_whole, results

Capture = pytest.CaptureFixture[str]
posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small site with one film that is not yet encoded."""
    folder = small_project(tmp_path / "site-of-anna")
    make_film(folder / "videos/hip.mov")
    film_page(folder, "hip")
    return folder


def shown(project: Path, slug: str = "hip") -> Manifest:
    """What the list of films leads to."""
    return read_manifest(project / read_records(project)[slug].folder / "manifest.json")


# A full disk


@pytest.fixture
def small_disk(project: Path) -> Iterator[Callable[[str], None]]:
    """The store of the project on a disk of its own; calling it gives the disk another size."""
    media = project / ".kinopress/media"
    media.mkdir(parents=True)

    def mount(size: str, *options: str) -> None:
        option = ",".join([f"size={size}", *options])
        argv = ["mount", "-t", "tmpfs", "-o", option, "tmpfs", str(media)]
        done = subprocess.run(argv, capture_output=True, check=False)
        if done.returncode:
            raise PermissionError(done.stderr)

    try:
        mount("200k")
    except (PermissionError, FileNotFoundError):
        pytest.skip("only root may mount a small disk here; the limit on file sizes is tested")
    try:
        yield lambda size: mount(size, "remount")
    finally:
        subprocess.run(["umount", "-l", str(media)], check=True)


def assert_told_of_the_disk(answer: Answer) -> None:
    assert (answer.code, answer.out) == (3, "")
    (line,) = [line for line in answer.err.splitlines() if line.endswith("]")]
    assert line == (
        "videos/hip.mov: the disk is full (or does not allow so large a file), so its web videos could "
        "not be written; free some space and run the command again; nothing finished was lost "
        "[media-disk-full]"
    )
    assert "Traceback" not in answer.err


def assert_all_is_there(project: Path) -> None:
    manifest = shown(project)
    assert {one.kind for one in manifest.outputs} == {
        *("rendition", "poster", "storyboard", "storyboard-index")
    }
    assert_whole(project / ".kinopress/media")


def test_a_disk_that_fills_up_while_encoding_ends_with_3_and_the_next_run_succeeds(
    project: Path, small_disk: Callable[[str], None]
) -> None:
    sources = contents(project / "videos")
    assert_told_of_the_disk(start("build", cwd=project))
    media = project / ".kinopress/media"
    assert results(media) == []
    assert [path.name for path in media.iterdir() if path.name not in ("lock", "hashes.json")] == []
    assert not (project / "site").exists()
    assert contents(project / "videos") == sources
    small_disk("50m")
    assert start("build", cwd=project).code == 0
    assert_all_is_there(project)
    assert (project / "site/videos/hip/index.html").is_file()


@posix
@pytest.mark.parametrize("size", [2_000, 60_000])
def test_a_limit_on_the_size_of_files_is_a_full_disk(project: Path, size: int) -> None:
    answer = start("video", "encode", "hip", cwd=project, before=files_no_larger_than(size))
    assert_told_of_the_disk(answer)
    media = project / ".kinopress/media"
    assert results(media) == []
    assert list(media.glob(".tmp-*")) == [] and list(media.glob("*.tmp")) == []
    assert start("video", "encode", "hip", cwd=project).code == 0
    assert_all_is_there(project)


def test_a_full_disk_leaves_what_was_made_before(
    project: Path, small_disk: Callable[[str], None]
) -> None:
    small_disk("4m")
    assert start("video", "encode", "hip", cwd=project).code == 0
    before = shown(project)
    make_film(project / "videos/hip.mov", "-vf", "hue=h=120")
    filler = project / ".kinopress/media/filler"
    with contextlib.suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(bytes(4096))
            file.flush()
    assert_told_of_the_disk(start("video", "encode", "hip", cwd=project))
    assert_whole(project / ".kinopress/media")
    assert shown(project) == before


# A wrong clock


@pytest.mark.parametrize("days", [-400, -1, 1])
def test_a_film_replaced_while_the_clock_was_wrong_is_made_anew(
    project: Path, capsys: Capture, days: int
) -> None:
    assert type_in(capsys, "build", "--project", project).code == 0
    old = shown(project)
    film = project / "videos/hip.mov"
    make_film(film, "-vf", "hue=h=120")
    moment = time.time() + days * 86_400
    os.utime(film, (moment, moment))
    assert type_in(capsys, "build", "--project", project).code == 0
    new = shown(project)
    assert new.source_sha256 == sha256_of(film) != old.source_sha256
    html = (project / "site/videos/hip/index.html").read_text("utf-8")
    assert new.site_name in html and old.site_name not in html
    # And back to the right clock: nothing is made twice, nothing old comes back.
    now = time.time()
    os.utime(film, (now, now))
    assert type_in(capsys, "build", "--project", project).code == 0
    assert shown(project) == new


@pytest.mark.parametrize("days", [-1, 1])
def test_words_changed_while_the_clock_was_wrong_are_shown(
    project: Path, capsys: Capture, days: int
) -> None:
    assert type_in(capsys, "build", "--project", project).code == 0
    page = project / "exercises/clam.md"
    text = page.read_text("utf-8")
    assert "A small lift" in text
    before = page.stat()
    write(page, text.replace("A small lift", "A large lift"))
    moment = before.st_mtime + days * 86_400
    os.utime(page, (moment, moment))
    assert type_in(capsys, "build", "--project", project).code == 0
    assert "A large lift" in (project / "site/exercises/clam/index.html").read_text("utf-8")
    # The old words again, with the time they had: a backup that is put back.
    write(page, text)
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert type_in(capsys, "build", "--project", project).code == 0
    assert "A small lift" in (project / "site/exercises/clam/index.html").read_text("utf-8")


def test_a_clock_set_back_a_day_holds_back_what_is_not_yet_due(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def clock(day: int) -> None:
        class Clock(dt.datetime):
            @classmethod
            def now(cls, tz: dt.tzinfo | None = None) -> Clock:
                return cls(2026, 1, day, 12, tzinfo=tz)

        monkeypatch.setattr(reading.dt, "datetime", Clock)

    page = project / "site/videos/hip/index.html"
    for day, there in ((5, True), (4, False), (5, True)):
        clock(day)
        assert type_in(capsys, "build", "--project", project).code == 0
        assert page.exists() is there
    assert len(results(project / ".kinopress/media")) == 1


def test_a_clock_that_has_begun_again_in_1970_takes_no_page_from_the_site(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Clock:
            return cls(1970, 1, 2, 12, tzinfo=tz)

    monkeypatch.setattr(reading.dt, "datetime", Clock)
    answer = type_in(capsys, "check", "--project", project)
    assert answer.code == 1
    assert "it says 2 January 1970" in answer.err + answer.out
    assert "[clock-wrong]" in answer.err + answer.out


# An encoder that dies


@posix
def test_an_encoder_that_is_ended_from_outside_is_not_the_films_fault(
    make: Make, media_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "ffmpeg"
    script.write_text("#!/bin/sh\nkill -9 $$\n")
    script.chmod(0o755)
    known = find_encoder()
    dying = Encoder(str(script), known.version, known.encoders)
    with monkeypatch.context() as patch:
        patch.setattr(planning, "find_encoder", lambda: dying)
        with pytest.raises(Refusal) as refused:
            produce(make("plain.mp4"), display_path="videos/plain.mp4", media_dir=media_dir)
    assert refused.value.exit_code is ExitCode.ENVIRONMENT
    assert str(refused.value) == (
        "videos/plain.mp4: FFmpeg was stopped part of the way through (signal 9), usually because the "
        "computer ran out of memory; close other programs and run the command again; what was "
        "finished is kept [ffmpeg-ended]"
    )
    assert results(media_dir) == [] and list(media_dir.glob(".tmp-*")) == []
    assert produce(make("plain.mp4"), display_path="x", media_dir=media_dir).problems == []


def test_a_film_is_decoded_once(
    make: Make, media_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[object] = []
    original = working.encode

    def note(*arguments: object, **how: object) -> object:
        runs.append(arguments)
        return original(*arguments, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(working, "encode", note)
    assert produce(make("plain.mp4"), display_path="x", media_dir=media_dir).complete
    assert len(runs) == 1


# Encoders that are not there


@pytest.mark.parametrize("lacking", [{"libsvtav1"}, {"libsvtav1", "libaom-av1"}])
def test_without_svt_a_film_is_made_with_libaom_or_as_h264_only(
    make: Make, media_dir: Path, monkeypatch: pytest.MonkeyPatch, lacking: set[str]
) -> None:
    known = find_encoder()
    poorer = Encoder(known.path, known.version, known.encoders - lacking)
    monkeypatch.setattr(planning, "find_encoder", lambda: poorer)
    commands: list[list[str]] = []
    original = ordering.encoding

    def note(
        recipe: Recipe,
        source: Path,
        folder: Path,
        begun: Mapping[str, Begun] | None = None,
        *,
        to_the_end: bool = False,
    ) -> list[str]:
        commands.append(original(recipe, source, folder, begun, to_the_end=to_the_end))
        return commands[-1]

    monkeypatch.setattr(ordering, "encoding", note)
    made = produce(
        make("large.mp4", size="1920x1080", seconds=0.4, fps="10"),
        display_path="x",
        media_dir=media_dir,
    )
    assert made.problems == [] and made.manifest is not None and made.folder is not None
    (command,) = commands
    assert "libsvtav1" not in command
    plain = ["h264-720.mp4", "h264-360.mp4"]
    names = [one.path for one in made.manifest.renditions]
    if "libaom-av1" in lacking:
        assert names == plain
        assert {one.mime for one in made.manifest.posters} == {"image/jpeg", "image/webp"}
        return
    assert "libaom-av1" in command
    assert names == ["av1-720.mp4", *plain]
    one = made.manifest.renditions[0]
    assert one.codecs is not None and one.codecs.startswith("av01.0.")
    found = probe(made.folder / one.path, display_path="x")
    assert isinstance(found, Probe)
    assert (found.codec, found.width, found.height, found.pix_fmt) == ("av1", 1280, 720, "yuv420p")
    assert found.duration_s == pytest.approx(0.4, abs=0.05)


# Two runs at once


def begin(*words: str, cwd: Path) -> subprocess.Popen[str]:
    argv = [sys.executable, "-m", "kinopress.cli.main", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(argv, cwd=cwd, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")


def test_two_builds_at_once_both_end_well_or_the_second_says_who_is_at_work(project: Path) -> None:
    runs = [begin("build", cwd=project) for _ in range(2)]
    said = [run.communicate(timeout=HANGS_S) for run in runs]
    codes = [run.returncode for run in runs]
    assert 0 in codes and set(codes) <= {0, 5}
    for (out, err), code in zip(said, codes, strict=True):
        assert "Traceback" not in out + err
        if code == 5:
            assert "Kinopress has been building the site since " in err
    assert (project / "site/videos/hip/index.html").is_file()
    assert_all_is_there(project)
    assert len(results(project / ".kinopress/media")) == 1


def test_an_encode_beside_a_build_keeps_the_films_of_both(project: Path) -> None:
    for name in ("knee", "foot"):
        make_film(project / f"videos/{name}.mov", size="160x90", seconds=1)
        film_page(project, name, "draft: true")
    runs = [
        begin("build", cwd=project),
        begin("video", "encode", "knee", cwd=project),
        begin("video", "encode", "foot", cwd=project),
    ]
    for run in runs:
        out, err = run.communicate(timeout=HANGS_S)
        assert "Traceback" not in out + err
    done = {"hip", "knee", "foot"} if all(run.returncode == 0 for run in runs) else set()
    assert all(run.returncode in (0, 5) for run in runs)
    names = ("hip", "knee", "foot")
    ended_well = {name for name, run in zip(names, runs, strict=True) if run.returncode == 0}
    assert done <= ended_well == set(read_records(project))


REMEMBER = """
import sys
from pathlib import Path
from kinopress.project.films.made.records import remember
from kinopress.project.films.made.list import Record
project, name = Path(sys.argv[1]), sys.argv[2]
for number in range(40):
    remember(project, f"{name}-{number}", Record(f"media/{name}-{number}", "stamp"))
"""


def test_no_line_of_the_list_of_films_is_lost_when_many_write_it(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", REMEMBER, str(tmp_path)]
    runs = [subprocess.Popen([*argv, name]) for name in ("a", "b", "c")]
    assert [run.wait(HANGS_S) for run in runs] == [0, 0, 0]
    assert len(read_records(tmp_path)) == 120


@posix
def test_ctrl_c_in_the_terminal_stops_at_once_and_says_so(project: Path) -> None:
    make_film(project / "videos/hip.mov", "-vf", "noise=alls=60:allf=t", size="320x180", seconds=12)
    run = begin("video", "encode", "hip", "--json", cwd=project)
    assert run.stdout is not None
    for line in run.stdout:
        if '"encoding"' in line:
            break
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=HANGS_S)
    assert run.returncode not in (0, 1)  # a run that continues to the end answers 0
    assert "Traceback" not in err and "Stopped" in err
    media = project / ".kinopress/media"
    assert results(media) == [] and list(media.glob(".tmp-*")) == []


@posix
def test_a_bit_that_flips_while_a_run_is_killed_is_found_all_the_same(
    make: Make, media_dir: Path
) -> None:
    source = make("four-seconds.mp4", seconds=4.0)
    made = produce(source, display_path="videos/four.mp4", media_dir=media_dir, quick=True)
    assert made.folder is not None
    damaged = made.folder / "h264-72.mp4"
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 4
    damaged.write_bytes(data)
    process = start_producing(source, media_dir, hold_at=0.2)
    wait_for_progress(process, 0.2)
    process.kill()
    process.communicate()
    whole = produce(source, display_path="videos/four.mp4", media_dir=media_dir)
    assert whole.manifest is not None and whole.folder is not None
    for output in whole.manifest.outputs:
        assert sha256_of(whole.folder / output.path) == output.sha256
