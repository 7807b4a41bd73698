"""Parts make a whole film, whatever its number of pictures, its rate and the name of its folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from kinopress.video.encode.making.parts import Row
from kinopress.video.ffmpeg.graph import rendition_options
from kinopress.video.produce import produce
from kinopress.video.proof.joining import JoinError, Order, count_joined, count_part, join, numbered
from kinopress.video.recipe.ladder import plan_ladder
from kinopress.video.recipe.part_files import NUMBERED
from kinopress.video.recipe.recipe import Recipe, plan_recipe
from kinopress.video.settings import Codec, VideoSettings
from video.conftest import ffmpeg
from video.films import CAMCORDER_SILENT

SETTINGS = VideoSettings()
USUAL = [
    *(Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001)),
    *(Fraction(30), Fraction(50), Fraction(60000, 1001), Fraction(60)),
]
ODD = [Fraction(26777, 1000), Fraction(1), Fraction(1, 2), Fraction(1, 7), Fraction(15)]


def recipe_at(fps: Fraction) -> Recipe:
    film = replace(CAMCORDER_SILENT, width=64, height=64, fps=fps)
    return replace(plan_recipe(film, plan_ladder(film, SETTINGS), SETTINGS), fps=fps)


def encode_parts(folder: Path, fps: Fraction, lengths: list[int], codec: Codec) -> dict[int, Row]:
    """Real parts of films of some lengths, encoded by one process as the product encodes them."""
    recipe = recipe_at(fps)
    rendition = next(one for one in recipe.renditions if one.codec == codec)
    options = [
        word
        for key, value in rendition_options(recipe, rendition).items()
        for word in (f"-{key}", *([] if value is None else [str(value)]))
    ]
    argv = ["-f", "lavfi", "-i", f"testsrc2=s=64x64:r={fps},format=yuv420p"]
    for length in lengths:
        place = folder / str(length)
        place.mkdir(parents=True)
        argv += ["-map", "0:v", *options, "-threads", "1", "-frames:v", str(length)]
        argv += ["-f", "segment", "-segment_format", "nut", "-segment_time", "8.000"]
        argv += [f"file:{place}/{NUMBERED}"]
    ffmpeg(*argv)
    rows = {length: Row(folder / str(length), "") for length in lengths}
    for row in rows.values():
        row.look(ended=True)
    return rows


def assert_whole(film: Path, fps: Fraction, pictures: int) -> None:
    """Every picture is there, decodes, and is shown exactly at its time; also without our own eyes."""
    assert count_joined(film, fps) == pictures
    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        assert stream.time_base is not None and stream.duration is not None
        times = [frame.pts * stream.time_base for frame in opened.decode(stream)]
        assert times == [number / fps for number in range(pictures)]
        # An edit list counts in milliseconds.
        assert abs(stream.duration * stream.time_base - pictures / fps) < Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class LongFilm:
    """A film of three parts at least.

    Attributes:
        fps: How many pictures are shown in a second.
        pictures: How many it has.
        row: Its parts.
    """

    fps: Fraction
    pictures: int
    row: Row


@pytest.fixture(scope="module", params=[*USUAL, *ODD], ids=str)
def long_film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LongFilm:
    """One at each rate, which the tests that ask for it share."""
    fps: Fraction = request.param
    pictures = max(20, round(19 * fps))
    rows = encode_parts(tmp_path_factory.mktemp("long"), fps, [pictures], "h264")
    return LongFilm(fps, pictures, rows[pictures])


def around_the_parts(film: LongFilm) -> list[int]:
    """Numbers of pictures at which a last part has one, two or three, or is nearly whole."""
    first, second = (part.pictures for part in film.row.parts[:2])
    both = first + second
    near = [*range(first - 1, first + 3), both - 1, both + 1]
    return sorted({n for n in (1, 2, 3, *near) if n > 0})


def test_films_around_each_multiple_of_a_part_are_whole(
    tmp_path: Path, long_film: LongFilm
) -> None:
    fps, lengths = long_film.fps, around_the_parts(long_film)
    rows = encode_parts(tmp_path, fps, lengths, "h264")
    lasts = [row.parts[-1].pictures for row in rows.values() if len(row.parts) > 1]
    assert lasts.count(1) >= 2, "hardly a film had a last part of one picture"
    for length, row in rows.items():
        assert row.begun.pictures == length
        join(row.paths, None, tmp_path / "film.mp4", fps)
        assert_whole(tmp_path / "film.mp4", fps, length)


def test_av1_is_joined_as_well(tmp_path: Path) -> None:
    for length, row in encode_parts(tmp_path, Fraction(5), [1, 2, 39, 40, 41, 42], "av1").items():
        join(row.paths, None, tmp_path / "film.mp4", Fraction(5))
        assert_whole(tmp_path / "film.mp4", Fraction(5), length)


def test_any_number_of_pictures_is_whole_at_every_rate(tmp_path: Path) -> None:
    # Parts of 100 and 20 pictures and one more of 1 to 20, as the encoder made them.
    rows = encode_parts(tmp_path, Fraction(30), [*range(1, 21), 100], "h264")
    made = {length: row.paths[0] for length, row in rows.items()}
    rates = [*USUAL, *ODD]
    film = tmp_path / "film.mp4"
    # Beyond, only the number of full parts grows; the law below asks each length at each rate.
    for length in (*range(1, 222), *range(681, 702)):
        hundreds, rest = divmod(length - 1, 100)
        twenties, rest = divmod(rest, 20)
        fps = rates[length % len(rates)]
        join([*[made[100]] * hundreds, *[made[20]] * twenties, made[rest + 1]], None, film, fps)
        assert count_joined(film, fps) == length, f"{length} pictures at {fps}"


def order_of(pictures: int, between: int) -> Order:
    """How an encoder stores a part: each picture that others lean on before those that lean on it."""
    shown_as = [0]
    while (done := len(shown_as)) < pictures:
        last = min(done + between, pictures - 1)
        rest = [n for n in range(done, last) if n != (done + last) // 2]
        middle = [(done + last) // 2] if last > done else []
        shown_as += [last, *middle, *rest]
    return Order(tuple(shown_as))


def keyframes(pictures: int, fps: Fraction) -> range:
    """The keyframes of a film without cuts; at a cut, the encoder sets one more and counts on from there."""
    return range(0, pictures, max(1, round(fps * Fraction(SETTINGS.gop_s))))


def part_lengths(
    pictures: int, fps: Fraction, keys: Iterable[int], *, late: bool = False
) -> list[int]:
    """The parts of a film: each ends before the first keyframe from a multiple of eight seconds on.

    Args:
        pictures: How many the film has.
        fps: How many are shown in a second.
        keys: Which are keyframes.
        late: One exactly on the multiple is passed over, as FFmpeg does at some rates and not at others.
    """
    part_s = Fraction(SETTINGS.part_s)
    begins, cut_s = [0], part_s
    for key in keys:
        if key / fps > cut_s or (key / fps == cut_s and not late):
            begins.append(key)
            cut_s += part_s
    return [after - before for before, after in pairwise([*begins, pictures])]


@pytest.mark.parametrize(
    ("fps", "between"),
    [*((fps, 3) for fps in [*USUAL, *ODD] if fps >= 1), (Fraction(25), 0), (Fraction(25), 16)],
    ids=str,
)
def test_every_picture_has_its_own_time_at_every_length_and_rate(
    fps: Fraction, between: int
) -> None:
    orders: dict[int, Order] = {}
    shortest = set()
    films = {
        tuple(part_lengths(pictures, fps, keyframes(pictures, fps), late=late))
        for pictures in range(1, 701)
        for late in (False, True)
    }
    for lengths in films:
        pictures = sum(lengths)
        shortest.add(lengths[-1])
        film = [orders.setdefault(n, order_of(n, between)) for n in lengths]
        shown, decoded = zip(*numbered(film), strict=True)
        assert sorted(shown) == [*range(pictures)]
        # One after the other, none after it is shown, and no earlier than any has to be.
        assert decoded == tuple(range(decoded[0], decoded[0] + pictures))
        assert max(d - s for s, d in zip(shown, decoded, strict=True)) == 0
    assert {1, 2, 3} <= shortest


def keyframes_of(parts: Iterable[Path]) -> list[int]:
    """Which pictures of a film are keyframes, counted over its parts as they are shown."""
    found: list[int] = []
    before = 0
    for part in parts:
        with av.open(str(part)) as opened:
            packets = [one for one in opened.demux(video=0) if one.pts is not None]
        shown = sorted(one.pts for one in packets)
        found += [before + shown.index(one.pts) for one in packets if one.is_keyframe]
        before += len(packets)
    return found


def test_the_parts_of_the_law_are_those_of_the_encoder(long_film: LongFilm) -> None:
    fps, pictures, row = long_film.fps, long_film.pictures, long_film.row
    made = [part.pictures for part in row.parts]
    assert len(made) >= 3
    keys = keyframes_of(row.paths)
    assert made in [part_lengths(pictures, fps, keys, late=late) for late in (False, True)]
    # A keyframe every two seconds, or sooner: of so many the law's own films are made.
    assert max(b - a for a, b in pairwise(keys)) == keyframes(pictures, fps).step


# What is no part, or no whole film, is never counted as one


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("parts")
    return encode_parts(folder, Fraction(25), [202], "h264")[202].paths


def without_pictures(path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-f", "nut", path)


def from_the_middle(path: Path) -> None:
    whole = path.with_name("whole.nut")
    path.rename(whole)
    ffmpeg("-i", whole, "-c", "copy", "-copyinkf", "-bsf:v", "noise=drop=eq(n\\,0)", path)


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(bytes(5000)),
        without_pictures,
        from_the_middle,
    ],
)
def test_what_is_no_part_has_no_number_of_pictures_and_makes_no_film(
    tmp_path: Path, parts: list[Path], damage: Callable[[Path], object]
) -> None:
    own = [Path(shutil.copy(part, tmp_path)) for part in parts]
    damage(own[1])
    assert count_part(own[1]) is None
    with pytest.raises(JoinError, match=own[1].name):
        join(own, None, tmp_path / "film.mp4", Fraction(25))


@pytest.mark.parametrize(
    "how",
    [
        ["-an", "-vf", "select=not(eq(n\\,9))", "-fps_mode", "passthrough"],  # a hole
        ["-an", "-vf", "setpts=PTS+1/TB"],  # begins late
        ["-an", "-vf", "fps=24"],  # another rate
        ["-vn"],  # only sound
    ],
)
def test_a_film_whose_pictures_are_not_each_at_their_time_has_no_number(
    tmp_path: Path, how: list[str]
) -> None:
    picture = ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=25:d=1"]
    sound = ["-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac"]
    ffmpeg(*picture, *sound, *how, "-movflags", "negative_cts_offsets", tmp_path / "film.mp4")
    assert count_joined(tmp_path / "film.mp4", Fraction(25)) is None
    ffmpeg(*picture, tmp_path / "good.mp4")
    assert count_joined(tmp_path / "good.mp4", Fraction(25)) == 25


# Whole films, through the program's door


@pytest.mark.parametrize(
    ("pictures", "rate"),
    [(201, "25"), (193, "24"), (217, "26777/1000"), (20, "1"), (9, "1/2"), (2, "1")],
)
def test_a_film_with_a_short_last_part_can_be_published(
    tmp_path: Path, pictures: int, rate: str
) -> None:
    made_fps = max(Fraction(rate), Fraction(1))  # fewer than one picture a second are doubled
    made_pictures = int(pictures * made_fps / Fraction(rate))
    source = tmp_path / "film.mp4"
    picture = f"testsrc2=s=96x64:r={rate},format=yuv420p"
    seconds = float(pictures / Fraction(rate))
    ffmpeg(
        *["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=d={seconds}"],
        *["-frames:v", pictures, "-c:v", "libx264", "-c:a", "aac", source],
    )
    made = produce(source, display_path="film.mp4", media_dir=tmp_path / "media")
    assert made.problems == [] and made.folder is not None and made.manifest is not None
    assert {one.path for one in made.manifest.renditions} >= {"h264-64.mp4"}
    for rendition in made.manifest.renditions:
        assert_whole(made.folder / rendition.path, made_fps, made_pictures)


@pytest.mark.parametrize(
    "name", ["#1? it's 100%", '50%d & "so" %06d', "Ünïcødé 膝", "a;b|c,[x]=$HOME", "file:x"]
)
def test_the_name_of_the_projects_folder_means_nothing(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    source = folder / f"{name}.mp4"
    source.write_bytes(small_film(tmp_path).read_bytes())
    made = produce(source, display_path="film.mp4", media_dir=folder / ".kinopress/media")
    assert made.problems == [] and made.folder is not None and made.manifest is not None
    for rendition in made.manifest.renditions:
        assert_whole(made.folder / rendition.path, Fraction(10), 81)


def small_film(folder: Path) -> Path:
    path = folder / "plain.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=8.1,format=yuv420p", path)
    return path
