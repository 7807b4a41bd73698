"""Where a film is cut, from where a part is decoded, and what is kept of parts that come back in any order."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from kinopress.system.stamps import sha256_of
from kinopress.video.cluster.films import find_film, forget_film, keep_piece
from kinopress.video.cluster.orders import Film
from kinopress.video.encode.making import parts
from kinopress.video.encode.making.parts import Row
from kinopress.video.recipe.part_files import Begun
from kinopress.video.recipe.segments import (
    Segment,
    pictures_of_a_part,
    plan_segments,
    seek_second,
)
from video.conftest import ffmpeg

BOTH = {"a": Begun(), "b": Begun()}


def test_a_film_is_cut_at_its_parts_and_the_last_one_takes_what_is_left() -> None:
    ab = ("a", "b")
    assert plan_segments(250, 100, BOTH)[1:] == (Segment(100, 200, ab), Segment(200, None, ab))
    assert plan_segments(249, 100, BOTH) == (Segment(0, 100, ab), Segment(100, None, ab))
    assert plan_segments(20, 100, BOTH) == (Segment(0, None, ab),)
    assert plan_segments(0, 100, BOTH) == (Segment(0, None, ab),)


@pytest.mark.parametrize("length", range(1, 1000, 37))
def test_cuts_leave_nothing_out_and_the_last_part_is_about_as_long_as_the_others(
    length: int,
) -> None:
    segments = plan_segments(length, 100, {"a": Begun()})
    assert [one.first for one in segments] == [0, *(one.end for one in segments[:-1])]
    assert segments[-1].end is None
    assert all(one.end == one.first + 100 for one in segments[:-1])
    assert length < 50 or 50 <= length - segments[-1].first <= 150


def test_what_is_there_is_not_made_again() -> None:
    begun = {"a": Begun(2, 200), "b": Begun(1, 130)}
    assert plan_segments(400, 100, begun, {"b": {200: 100}}) == (
        Segment(130, 200, ("b",)),
        Segment(200, 300, ("a",)),
        Segment(300, None, ("a", "b")),
    )
    # A part that ends elsewhere does not fit between its neighbours.
    assert Segment(200, 300, ("b",)) in plan_segments(
        400, 100, begun | {"a": Begun(3, 300)}, {"b": {200: 90}}
    )


def test_a_part_has_whole_pictures() -> None:
    assert pictures_of_a_part(8.0, Fraction(30000, 1001)) == 240
    assert pictures_of_a_part(0.001, Fraction(25)) == 1


def test_decoding_begins_at_the_keyframe_before_the_last() -> None:
    keyframes_s = [0.0, 2.0, 4.0, 6.0]
    assert seek_second(keyframes_s, 7.0, 0.0) == 4.0
    assert seek_second(keyframes_s, 6.4, 0.0) == 2.0, "too near to the last one"
    assert seek_second(keyframes_s, 7.0, 5.0) is None, (
        "before the shown part, which is sought anyway"
    )
    assert seek_second(keyframes_s, 1.0, 0.0) is None
    assert seek_second([], 100.0, 0.0) is None


def nut(folder: Path, pictures: int) -> bytes:
    path = folder / f"{pictures}.nut"
    ffmpeg("-f", "lavfi", "-i", f"color=s=16x16:r=25:d={pictures / 25}", "-c:v", "libx264", path)
    return path.read_bytes()


def test_parts_that_come_in_any_order_are_a_row_as_soon_as_no_one_is_missing(
    tmp_path: Path,
) -> None:
    five, four = nut(tmp_path, 5), nut(tmp_path, 4)
    place = tmp_path / "media/.tmp-x/parts/a.mp4"
    place.mkdir(parents=True)
    row = Row(place, "0123456789abcdef0123")
    assert row.take(10, four) == 4
    assert row.take(5, five) == 5
    assert (row.begun, sorted(row.later)) == (Begun(), [5, 10])
    assert row.take(0, b"no film") is None
    # What is not a row yet is kept when the run ends, and found by the next one.
    parts.keep(tmp_path / "media", place.parents[1])
    (tmp_path / "media/.tmp-y").mkdir()
    again = parts.begin(tmp_path / "media", tmp_path / "media/.tmp-y", {"a.mp4": row.recipe})
    row = again["a.mp4"]
    assert (row.begun, sorted(row.later)) == (Begun(), [5, 10])
    assert row.take(0, five) == 5
    assert (row.begun, row.later) == (Begun(3, 14), {})
    assert [path.read_bytes() for path in row.paths] == [five, five, four]


def test_a_part_that_comes_twice_is_kept_once(tmp_path: Path) -> None:
    row = Row(tmp_path, "0123456789abcdef0123")
    five, four = nut(tmp_path, 5), nut(tmp_path, 4)
    for first, data, pictures in ((10, four, 4), (0, five, 5), (0, five, 5), (10, four, 4)):
        assert row.take(first, data) == pictures
    assert (row.begun, list(row.later)) == (Begun(1, 5), [10])
    for first, data in ((5, five), (5, five), (10, four), (0, five)):
        row.take(first, data)
    assert (row.begun, row.later) == (Begun(3, 14), {})


def test_a_part_behind_a_gap_that_was_damaged_is_forgotten(tmp_path: Path) -> None:
    row = Row(tmp_path, "0123456789abcdef0123")
    row.take(10, nut(tmp_path, 4))
    (tmp_path / "from-00000010.nut").write_bytes(b"other")
    row.check()
    assert (row.later, (tmp_path / "from-00000010.nut").exists()) == ({}, False)


@pytest.fixture
def film(tmp_path: Path) -> Film:
    path = tmp_path / "site/videos/hip.mov"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(range(256)) * 4)
    return Film(str(path), sha256_of(path), 1024)


def test_a_film_is_found_in_a_folder_that_both_see(film: Film, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    assert find_film(film, sent, {}) == Path(film.path)
    assert find_film(film, sent, {f"{tmp_path}/site/": f"{tmp_path}/site"}) == Path(film.path)
    assert find_film(film, sent, {str(tmp_path / "sit"): "/nowhere"}) == Path(film.path)
    assert find_film(film, sent, {str(tmp_path): "/nowhere"}) is None
    Path(film.path).write_bytes(bytes(1024))
    assert find_film(film, sent, {}) is None, "other bytes are another film"


def test_a_film_that_is_sent_is_whole_or_is_not_there(film: Film, tmp_path: Path) -> None:
    sent, data = tmp_path / "sent", Path(film.path).read_bytes()
    gone = {str(tmp_path): "/nowhere"}
    keep_piece(film, 0, data[:1000], sent, 2000)
    assert find_film(film, sent, gone) is None
    keep_piece(film, 1000, data[1000:], sent, 2000)
    found = find_film(film, sent, gone)
    assert found is not None and found.read_bytes() == data
    with pytest.raises(OSError, match="did not arrive"):
        keep_piece(Film("x", "0" * 64, 3), 0, b"abc", sent, 2000)
    forget_film(film.sha256, sent)
    assert list(sent.iterdir()) == []


def test_films_that_were_sent_take_no_more_room_than_they_may(film: Film, tmp_path: Path) -> None:
    sent, data = tmp_path / "sent", Path(film.path).read_bytes()
    keep_piece(film, 0, data, sent, 1100)
    (tmp_path / "two").write_bytes(b"z" * 1000)
    two = Film("x", sha256_of(tmp_path / "two"), 1000)
    keep_piece(two, 0, b"z" * 1000, sent, 1100)
    assert [path.stem for path in sent.iterdir()] == [two.sha256], "the earlier one went"
    with pytest.raises(OSError, match="No space"):
        keep_piece(film, 0, data, sent, 1000)
