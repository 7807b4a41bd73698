"""A run that ends early loses little: the next one resumes where it was, and no picture shows it."""

from __future__ import annotations

import functools
import math
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from kinopress.media.trim import Trim
from kinopress.system.kept import read_kept, write_kept
from kinopress.video.encode import outputs as making
from kinopress.video.encode.making import pictures as working
from kinopress.video.encode.making import run as encoding
from kinopress.video.encode.produced import Produced
from kinopress.video.produce import produce
from kinopress.video.recipe.part_files import Begun
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.settings import VideoSettings
from support.starts import fork
from video.conftest import ffmpeg, picture_times
from video.encode.test_store import assert_whole, results

# Parts of half a second instead of eight, and every rendition kept, however small.
SETTINGS = VideoSettings(gop_s=0.5, part_s=0.5, saving_min=-math.inf)
BITS = 12
HLG = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:log-level=0"
FILMS = {
    "plain": ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
    "hdr": ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"],
}


def numbered(path: Path, how: str = "plain", *, seconds: float = 5.0) -> Path:
    """A film with sound whose every picture shows its own number, as twelve black or white bars.

    Encoders look two seconds ahead, and what they hold is lost: where a test counts what is left, 10 s are needed.
    """
    path.write_bytes(_numbered(path.suffix, how, seconds))
    return path


@functools.cache
def _numbered(suffix: str, how: str, seconds: float) -> bytes:
    bars = f"255*mod(floor(N/pow(2\\,floor(X*{BITS}/W)))\\,2)"
    # Worked out for one pixel a bar: for each pixel of the film it takes FFmpeg ten times as long.
    small = f"color=black:s={BITS}x2:r=30000/1001:d={seconds},format=gray,geq=lum='{bars}'"
    picture = f"{small},scale=192:64:flags=neighbor,setsar=1"
    sound = ["-f", "lavfi", "-i", f"sine=440:d={seconds}", "-c:a", "aac"]
    colours = ["-x265-params", HLG] if how == "hdr" else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"numbered{suffix}"
        ffmpeg("-f", "lavfi", "-i", picture, *sound, *FILMS[how], *colours, path)
        return path.read_bytes()


def numbers(path: Path) -> list[int]:
    """The numbers that the pictures of a film show."""
    found = []
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            plane = frame.reformat(format="gray").planes[0]
            line = bytes(plane)[frame.height // 2 * plane.line_size :]
            step = frame.width // BITS
            bars = [int(line[step * bit + step // 2] > 127) << bit for bit in range(BITS)]
            found.append(sum(bars))
    return found


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Begun]]:
    """What there was already at each run of FFmpeg."""
    monkeypatch.setattr(encoding, "_TELL_EVERY_S", 0.0)
    monkeypatch.setattr(encoding, "_LOOK_EVERY_S", 0.0)
    runs: list[dict[str, Begun]] = []
    original = working.encode

    def note(recipe: Recipe, *arguments: object, **how: object) -> object:
        runs.append({name: row.begun for name, row in how["rows"].items()})  # type: ignore[attr-defined]
        return original(recipe, *arguments, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(working, "encode", note)
    return runs


def make(source: Path, media_dir: Path, **how: object) -> Produced:
    return produce(source, display_path="x", media_dir=media_dir, settings=SETTINGS, **how)  # type: ignore[arg-type]


def stop_at(share: float, source: Path, media_dir: Path, **how: object) -> None:
    """A run that somebody stops with Ctrl-C when it has done this much."""

    def tell(done: float) -> None:
        if done >= share:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(source, media_dir, on_progress=tell, **how)


@pytest.fixture(scope="module")
def store_left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a stopped run leaves its store; the first test that asks for one makes it."""
    return tmp_path_factory.mktemp("stopped") / "media"


@pytest.fixture
def stopped(
    tmp_path: Path, media_dir: Path, store_left: Path, begun: list[dict[str, Begun]]
) -> Path:
    """A film of five seconds, of which a run was stopped when it had done most of it."""
    source = numbered(tmp_path / "numbered.mov")
    if not store_left.exists():
        stop_at(0.8, source, store_left)
        begun.clear()
    shutil.copytree(store_left, media_dir)
    return source


@pytest.fixture(autouse=True)
def _not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Films of 64 pixels warrant few bytes, and what is made again lower is the matter of test_caps.py."""
    monkeypatch.setattr(making, "too_large", lambda *_: {})


def left(media_dir: Path) -> list[Path]:
    return sorted(media_dir.glob(".parts/*/*"))


def assert_shows(made: Produced, wanted: range) -> None:
    """Every rendition shows these pictures and no others, evenly, with its sound."""
    assert made.problems == [] and made.folder is not None and made.manifest is not None
    assert len(made.manifest.renditions) == 2
    for rendition in made.manifest.renditions:
        path = made.folder / rendition.path
        assert numbers(path) == list(wanted)
        at_s = picture_times(path)
        assert at_s == pytest.approx([n * 1001 / 30000 for n in range(len(wanted))], abs=1e-4)
        with av.open(str(path)) as film:
            (sound,) = film.streams.audio
            assert sound.duration is not None and sound.time_base is not None
            length_s = float(sound.duration * sound.time_base)
            assert length_s == pytest.approx(len(wanted) * 1001 / 30000, abs=0.06)
    assert [path.name for path in made.folder.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(
    ("how", "trim", "wanted"),
    [
        ("plain", None, range(300)),
        ("hdr", None, range(300)),
        ("plain", Trim(1.0, 9.0), range(30, 270)),
    ],
)
def test_a_stopped_run_is_gone_on_with_and_every_picture_is_there_once(
    tmp_path: Path,
    media_dir: Path,
    begun: list[dict[str, Begun]],
    how: str,
    trim: Trim | None,
    wanted: range,
) -> None:
    source = numbered(tmp_path / "numbered.mov", how, seconds=10.0)
    stop_at(0.4, source, media_dir, trim=trim)
    assert results(media_dir) == [] and list(media_dir.glob(".tmp-*")) == []
    stop_at(0.8, source, media_dir, trim=trim)
    shares: list[float] = []
    made = make(source, media_dir, trim=trim, on_progress=shares.append)
    first, second, third = begun
    assert set(first) == set(second) == set(third) == {"av1-64.mp4", "h264-64.mp4"}
    for name in first:
        assert 0 == first[name].pictures < second[name].pictures <= third[name].pictures
        assert third[name].pictures > 0.4 * len(wanted)
    assert shares[0] > 0.4 and shares == sorted(shares)
    assert_shows(made, wanted)
    assert left(media_dir) == []
    assert_whole(media_dir)
    assert not make(source, media_dir, trim=trim).encoded


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals of POSIX")
def test_a_killed_run_is_gone_on_with(
    tmp_path: Path, media_dir: Path, begun: list[dict[str, Begun]]
) -> None:
    source = numbered(tmp_path / "numbered.mov", seconds=10.0)
    child = fork()
    if child == 0:
        make(source, media_dir, on_progress=lambda share: os.kill(os.getpid(), 9 * (share > 0.6)))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    made = make(source, media_dir)
    assert all(one.pictures > 30 for one in begun[0].values())
    assert_shows(made, range(300))


def test_a_quick_run_leaves_what_a_stopped_one_had_and_is_gone_on_with_itself(
    tmp_path: Path, media_dir: Path, begun: list[dict[str, Begun]]
) -> None:
    source = numbered(tmp_path / "numbered.mov", seconds=10.0)
    stop_at(0.6, source, media_dir)
    stop_at(0.6, source, media_dir, quick=True)
    quick = make(source, media_dir, quick=True)
    assert quick.manifest is not None and quick.folder is not None
    assert [one.path for one in quick.manifest.renditions] == ["h264-64.mp4"]
    assert numbers(quick.folder / "h264-64.mp4") == list(range(300))
    assert_shows(make(source, media_dir), range(300))
    _, _, quickly, whole = begun
    assert all(one.pictures > 30 for one in [*quickly.values(), *whole.values()])


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def blank(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def blank_middle(path: Path) -> None:
    data = path.read_bytes()
    third = len(data) // 3
    path.write_bytes(data[:third] + bytes(third) + data[2 * third :])


@pytest.mark.parametrize("damage", [cut, empty, blank, blank_middle, Path.unlink])
def test_what_a_power_cut_took_of_a_part_is_made_again(
    stopped: Path,
    media_dir: Path,
    begun: list[dict[str, Begun]],
    damage: Callable[[Path], None],
) -> None:
    damaged = [path for path in left(media_dir) if path.stem == "000003"]
    assert len(damaged) == 2
    for path in damaged:
        damage(path)
    assert_shows(make(stopped, media_dir), range(150))
    assert {one.parts for one in begun[0].values()} == {3}


def test_parts_that_do_not_fit_together_cost_a_second_try(
    stopped: Path, media_dir: Path, begun: list[dict[str, Begun]]
) -> None:
    for folder in (media_dir / ".parts").iterdir():
        known = read_kept(folder / "parts.json", dict)
        assert known is not None
        known["parts"][1]["pictures"] += 7
        write_kept(folder / "parts.json", known)
    assert_shows(make(stopped, media_dir), range(150))
    assert [any(one.parts for one in run.values()) for run in begun] == [True, False]


@pytest.mark.parametrize("text", ["", "[]", '{"recipe": 1}', '{"recipe": "x", "parts": []}'])
def test_a_list_of_parts_that_cannot_be_read_is_no_list(
    stopped: Path, media_dir: Path, begun: list[dict[str, Begun]], text: str
) -> None:
    for path in left(media_dir):
        if path.name == "parts.json":
            path.write_text(text, "utf-8")
    assert_shows(make(stopped, media_dir), range(150))
    assert all(one == Begun() for one in begun[0].values())


def test_another_film_under_the_same_name_takes_nothing_of_the_old_one(
    stopped: Path, media_dir: Path, begun: list[dict[str, Begun]]
) -> None:
    numbered(stopped, seconds=1.0)
    assert_shows(make(stopped, media_dir), range(30))
    assert all(one == Begun() for one in begun[0].values())
    assert left(media_dir) != []


def test_what_nobody_came_back_for_in_two_weeks_is_removed(stopped: Path, media_dir: Path) -> None:
    long_ago = time.time() - 15 * 86_400
    for folder in (media_dir / ".parts").iterdir():
        os.utime(folder, (long_ago, long_ago))
    make(numbered(stopped.with_name("other.mov"), seconds=1.0), media_dir)
    assert list((media_dir / ".parts").iterdir()) == []


def test_a_film_that_is_no_good_leaves_no_parts(
    tmp_path: Path, media_dir: Path, begun: list[dict[str, Begun]]
) -> None:
    source = numbered(tmp_path / "half.mkv")
    data = source.read_bytes()
    # Nor does the file say how long it is, as one whose recording was broken off.
    at = data.index(b"\x18\x53\x80\x67") + 4
    data = data[:at] + b"\x01" + b"\xff" * 7 + data[at + 8 :]
    source.write_bytes(data[: len(data) // 2])
    made = make(source, media_dir)
    assert [problem.code for problem in made.problems] == ["media-truncated"]
    assert len(begun) == 1, "nobody knew before it was encoded"
    assert left(media_dir) == [] and results(media_dir) == []
