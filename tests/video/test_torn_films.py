"""Films of which a piece is gone, and recordings copied into one file: which is which, and what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.media.trim import Trim
from kinopress.problems import Problem
from kinopress.video.plan import FilmPlan, plan_film
from kinopress.video.produce import produce
from kinopress.video.settings import H264_360, VideoSettings
from kinopress.video.source import packets as packeted
from video.conftest import ffmpeg

SMALL = VideoSettings(rungs=(H264_360,))
_SECONDS = 26
_PACKET_BYTES = 188


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transport stream of 26 s, of pictures large enough to take several packets each."""
    film = tmp_path_factory.mktemp("torn") / "whole.ts"
    noise = f"nullsrc=s=64x36:r=10:d={_SECONDS},noise=alls=60:allf=t,format=yuv420p"
    sound = ["-f", "lavfi", "-i", f"sine=440:d={_SECONDS}", "-c:a", "aac"]
    ffmpeg("-f", "lavfi", "-i", noise, *sound, "-c:v", "libx264", "-crf", 10, "-g", 10, film)
    return film


def _without(data: bytes, from_s: float, to_s: float, *, odd: int = 0) -> bytes:
    """A stream with a piece cut out of its bytes, between packets or at odd places."""
    count = len(data) // _PACKET_BYTES
    begin, end = (int(count * at / _SECONDS) * _PACKET_BYTES for at in (from_s, to_s))
    return data[: begin + odd] + data[end + odd // 2 :]


def _part(whole: Path, film: Path, from_s: float, *, clock_s: float = 0.0) -> bytes:
    """Six seconds of a film as a recording of its own."""
    copied = ["-c", "copy", "-t", 6, "-output_ts_offset", clock_s]
    ffmpeg("-ss", from_s, "-i", whole, *copied, film)
    return film.read_bytes()


def _planned(film: Path, data: bytes) -> FilmPlan:
    film.write_bytes(data)
    planned = plan_film(film, display_path="videos/film.ts", settings=SMALL)
    assert isinstance(planned, FilmPlan)
    return planned


@pytest.fixture(params=["read whole", "looked at in places"])
def any_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The film counts as one that is read whole, or as one too large for that."""
    if request.param != "read whole":
        monkeypatch.setattr(packeted, "_READ_WHOLE_BYTES", 0)


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize("odd", [0, 77])
def test_a_missing_piece_is_said_with_its_second_and_its_length(
    whole: Path, tmp_path: Path, odd: int
) -> None:
    planned = _planned(tmp_path / "torn.ts", _without(whole.read_bytes(), 7, 20, odd=odd))
    assert planned.recipe.length_s == pytest.approx(13.0, abs=0.5)
    (said,) = planned.problems
    assert (said.code, said.severity) == ("media-part-missing", "warning")
    (jump,) = planned.film.jumps
    assert (jump.at_s, jump.by_s) == pytest.approx((7.0, 13.0), abs=0.7)
    assert f"about {jump.by_s:.1f} s are missing at {jump.at_s:.1f} s" in said.message


@pytest.mark.usefixtures("any_size")
def test_a_file_that_goes_on_with_its_tables_is_torn_all_the_same(
    whole: Path, tmp_path: Path
) -> None:
    data = whole.read_bytes()
    after = len(data) // _PACKET_BYTES * 20 // _SECONDS * _PACKET_BYTES
    is_table = (
        at for at in range(after, len(data), _PACKET_BYTES) if data[at + 1 : at + 3] == b"@\0"
    )
    before = len(data) // _PACKET_BYTES * 7 // _SECONDS * _PACKET_BYTES
    planned = _planned(tmp_path / "torn.ts", data[:before] + data[next(is_table) :])
    (said,) = planned.problems
    assert (said.code, said.severity) == ("media-part-missing", "warning")


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize("clock_s", [0.0, 25.0])
def test_recordings_copied_into_one_file_are_no_damage(
    whole: Path, tmp_path: Path, clock_s: float
) -> None:
    first = _part(whole, tmp_path / "first.ts", 0)
    second = _part(whole, tmp_path / "second.ts", 12, clock_s=clock_s)
    planned = _planned(tmp_path / "both.ts", first + second)
    assert planned.film.clock_jumps
    (said,) = planned.problems
    assert (said.code, said.severity) == ("media-time-stamps", "note")
    (jump,) = planned.film.jumps
    assert jump.at_s == pytest.approx(6.0, abs=0.3) and not jump.torn
    assert f"clock starts again at {jump.at_s:.1f} s" in said.message


@pytest.mark.usefixtures("any_size")
def test_a_whole_film_or_one_torn_for_a_moment_has_no_jump(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    for there in (data, _without(data, 7, 9)):
        planned = _planned(tmp_path / "film.ts", there)
        assert not planned.film.clock_jumps and not planned.problems
        assert planned.recipe.length_s == pytest.approx(26.0, abs=0.2)


def test_the_beginning_of_a_torn_film_cannot_be_trimmed_and_the_reason_is_true(
    whole: Path, tmp_path: Path
) -> None:
    film = tmp_path / "torn.ts"
    film.write_bytes(_without(whole.read_bytes(), 7, 20))
    planned = plan_film(film, display_path="x", settings=SMALL, trim=Trim(2.0))
    assert isinstance(planned, FilmPlan) and not planned.can_be_made
    assert "a piece of the file is gone" in planned.problems[0].message


# AVI


@pytest.fixture(scope="module")
def avi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    film = tmp_path_factory.mktemp("torn-avi") / "whole.avi"
    seen = ["-f", "lavfi", "-i", "testsrc2=s=64x36:r=10:d=6"]
    heard = ["-f", "lavfi", "-i", "sine=440:d=6"]
    ffmpeg(*seen, *heard, "-c:v", "mpeg4", "-g", 5, "-c:a", "mp3", film)
    return film


@pytest.mark.parametrize("filled", [False, True])
def test_what_is_left_of_a_torn_avi_is_shown_and_what_is_missing_is_said(
    avi: Path, tmp_path: Path, media_dir: Path, filled: bool
) -> None:
    data, film = avi.read_bytes(), tmp_path / "torn.avi"
    begin, end = len(data) * 4 // 10, len(data) * 6 // 10
    film.write_bytes(data[:begin] + (bytes(end - begin) if filled else b"") + data[end:])
    made = produce(film, display_path="videos/torn.avi", media_dir=media_dir, settings=SMALL)
    said = [(one.code, one.severity) for one in made.problems]
    assert ("media-part-missing", "warning") in said
    # More of the sound than of the picture may be gone.
    assert {code for code, _ in said} <= {"media-part-missing", "media-sound-missing"}
    assert made.manifest is not None
    assert 3.5 < made.manifest.duration_s < 5.2


def test_an_avi_without_its_end_is_refused_as_cut_off(avi: Path, tmp_path: Path) -> None:
    data, film = avi.read_bytes(), tmp_path / "half.avi"
    film.write_bytes(data[: len(data) // 2])
    found = plan_film(film, display_path="x", settings=SMALL)
    assert isinstance(found, Problem) and found.code == "media-truncated"
    film.write_bytes(data)
    planned = plan_film(film, display_path="videos/x.avi", settings=SMALL)
    assert isinstance(planned, FilmPlan) and not planned.problems


# Two recordings in one file


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize("back_s", [1.0, 3.0, 6.0])
def test_a_clock_that_goes_back_a_little_makes_no_film_longer(
    tmp_path: Path, media_dir: Path, back_s: float
) -> None:
    """Where the later recording begins with its sound, the earlier one's last picture comes after it."""
    seen, heard = "testsrc2=s=64x36:r=10:d=6", ["-f", "lavfi", "-i", "sine=440:d=6"]
    like = ["-c:v", "libx264", "-preset", "veryfast", "-g", 10, "-c:a", "mp2"]
    one, two = tmp_path / "one.ts", tmp_path / "two.ts"
    ffmpeg("-f", "lavfi", "-i", seen, *heard, *like, one)
    late = ["-itsoffset", 0.4, "-f", "lavfi", "-i", seen.replace("d=6", "d=5.6")]
    ffmpeg(*late, *heard, *like, "-output_ts_offset", 6 - back_s, two)
    film = tmp_path / "both.ts"
    film.write_bytes(one.read_bytes() + two.read_bytes())
    made = produce(film, display_path="videos/both.ts", media_dir=media_dir, settings=SMALL)
    assert [one.code for one in made.problems] == ["media-time-stamps"]
    assert made.manifest is not None
    assert made.manifest.duration_s == pytest.approx(12.0, abs=0.15)
