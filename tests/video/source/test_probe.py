"""Every kind of file gets an answer: a film with its facts, or one clear problem."""

from __future__ import annotations

import os
import re
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import pytest
from av.container import InputContainer

from kinopress.problems import Problem
from kinopress.video.proof.pictures import last_picture_s, probe_picture
from kinopress.video.settings import VideoSettings
from kinopress.video.source.codec_names import codec_name
from kinopress.video.source.display import orientation
from kinopress.video.source.film import Probe
from kinopress.video.source.packets import open_film, packets, packets_from_start
from kinopress.video.source.probe import probe
from kinopress.video.source.sniff import check_ending
from video.conftest import Make, ffmpeg

PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n",
    "hls-with-bom": "\ufeff#EXTM3U\n#EXTINF:5,\nsecret.ts\n",
    "dash": '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
    "ffconcat": "ffconcat version 1.0\nfile /etc/passwd\n",
}


def film(path: Path) -> Probe:
    found = probe(path, display_path=f"videos/{path.name}")
    assert isinstance(found, Probe), found
    return found


def code(path: Path, settings: VideoSettings | None = None) -> str:
    """The code of the problem a file is; also checks that a coach could read it."""
    found = probe(path, display_path="videos/x.mp4", settings=settings)
    assert isinstance(found, Problem), found
    assert found.path == "videos/x.mp4"
    assert found.line is None
    assert not re.search(r"Errno|Error|Invalid data|None|<class", str(found))
    return found.code


def test_a_plain_film(make: Make) -> None:
    found = film(make("plain.mp4"))
    assert (found.container, found.width, found.height) == ("mov", 128, 72)
    assert (found.duration_s, found.fps) == (2.0, Fraction(30))
    assert (found.codec, found.pix_fmt, found.bit_depth) == ("h264", "yuv420p", 8)
    assert (found.has_audio, found.audio_codec) == (True, "aac")
    assert (found.rotation_deg, found.mirrored, found.interlaced) == (0, False, False)


@pytest.mark.parametrize("readable", [0, 1])
def test_sound_without_a_decoder_is_said_or_passed_over(
    make: Make, tmp_path: Path, readable: int
) -> None:
    # A phone's spatial sound, by itself and, as phones write it, beside a track that all can read.
    maps = ["-map", "0:v", *["-map", "1:a"] * (readable + 1), "-c:a", "aac"]
    whole = make(f"{readable + 1}-tracks.mp4", *maps).read_bytes()
    begin, _, end = whole.rpartition(b"mp4a")
    source = tmp_path / "spatial.mp4"
    source.write_bytes(begin + b"apac" + end.replace(b"esds", b"free", 1))
    found = film(source)
    assert (found.has_audio, found.audio_codec) == ((True, "aac") if readable else (False, None))
    assert found.sound_unread == (None if readable else "unknown")
    assert found.video_bps is not None


def test_what_is_not_known_is_none(make: Make) -> None:
    found = film(make("plain.mp4"))
    assert found.color_transfer is None
    assert found.color_matrix is None
    silent = film(make("silent.mp4", sound=False))
    assert (silent.has_audio, silent.audio_codec, silent.audio_index) == (False, None, None)


@pytest.mark.parametrize("ending", ["mkv", "ts", "avi", "mov"])
def test_other_containers_know_their_length_too(make: Make, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"film.{ending}"
    ffmpeg("-i", make("plain.mp4"), "-c", "copy", path)
    found = film(path)
    assert found.duration_s == pytest.approx(2.0, abs=0.05)
    assert check_ending(path, found.container, "videos/film") is None


def test_a_browsers_recording_without_a_length_is_counted(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "recording.mkv"
    ffmpeg("-i", make("plain.mp4"), "-c", "copy", "-live", 1, path)
    with av.open(str(path)) as container:
        assert container.duration is None, "the file itself must not say"
    assert film(path).duration_s == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_turned_or_mirrored_film_is_measured_as_shown(
    make: Make, tmp_path: Path, degrees: int, mirrored: bool
) -> None:
    path = tmp_path / "turned.mp4"
    flip = ["-display_hflip"] if mirrored else []
    ffmpeg("-display_rotation", degrees, *flip, "-i", make("plain.mp4"), "-c", "copy", path)
    found = film(path)
    size = (72, 128) if degrees in (90, 270) else (128, 72)
    assert (found.width, found.height) == size
    assert (found.rotation_deg, found.mirrored) == (degrees, mirrored)


def test_no_display_matrix_is_needed_to_know_which_way_is_up() -> None:
    identity = b"".join(
        number.to_bytes(4, "little", signed=True)
        for number in (65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    )
    assert orientation(identity) == (0, False)


def test_pixels_that_are_not_square_are_made_square(make: Make) -> None:
    found = film(make("wide-pixels.mp4", "-vf", "setsar=4/3", size="240x180"))
    assert (found.width, found.height, found.anamorphic) == (320, 180, True)


def test_interlaced_and_colours_are_read_from_the_film(make: Make) -> None:
    found = film(
        make(
            "interlaced-hlg.mp4",
            *["-flags", "+ilme+ildct", "-x264-params", "tff=1", "-preset", "medium"],
            *["-vf", "setparams=color_trc=arib-std-b67:colorspace=bt2020nc:range=tv"],
        )
    )
    assert found.interlaced
    assert found.is_hdr
    assert (found.color_transfer, found.color_matrix) == ("arib-std-b67", "bt2020nc")


def test_the_film_is_chosen_before_its_cover_art(make: Make, tmp_path: Path) -> None:
    cover, path = tmp_path / "cover.png", tmp_path / "with-cover.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=1000x1000", "-frames:v", 1, cover)
    arguments = ["-map", 1, "-map", 0, "-c", "copy", "-disposition:v:0", "attached_pic"]
    ffmpeg("-i", make("plain.mp4"), "-i", cover, *arguments, path)
    found = film(path)
    assert (found.width, found.codec) == (128, "h264")


def test_codec_names_are_exact(make: Make) -> None:
    assert film(make("plain.mp4")).codecs == "avc1.42c00a,mp4a.40.2"
    assert codec_name("h264", None) is None
    assert codec_name("h264", b"\0\0\0\1") is None  # Annex B, as in a transport stream
    assert codec_name("hevc", b"\1\2\3\4") is None


@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_playlist_named_mp4_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.mp4"
    path.write_text(PLAYLISTS[name], encoding="utf-8")
    assert code(path) == "media-playlist"


def test_what_is_no_film_is_refused(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    assert code(path) == "media-missing"
    assert code(tmp_path) == "media-not-a-file"
    path.write_bytes(b"")
    assert code(path) == "media-empty"
    path.write_text("Take the band.\nPull.\n", encoding="utf-8")
    assert code(path) == "media-not-a-video"
    path.write_bytes(os.urandom(5000))
    assert code(path) == "media-not-a-video"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=100x100", "-frames:v", 1, tmp_path / "x.png")
    (tmp_path / "x.png").replace(path)
    assert code(path) == "media-not-a-video"
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", path)
    assert code(path) == "media-no-picture"
    whole = make("plain.mp4").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])  # its table of contents comes last
    assert code(path) == "media-unfinished"


def test_cover_art_alone_is_no_film(tmp_path: Path) -> None:
    cover, path = tmp_path / "cover.png", tmp_path / "song.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=100x100", "-frames:v", 1, cover)
    sine = ["-f", "lavfi", "-i", "sine=d=1"]
    ffmpeg(
        *sine, "-i", cover, "-c:a", "aac", "-c:v", "copy", "-disposition:v", "attached_pic", path
    )
    assert code(path) == "media-no-picture"


def test_half_a_film_is_refused_before_it_is_encoded(make: Make, tmp_path: Path) -> None:
    whole = make("faststart.mp4", "-movflags", "+faststart").read_bytes()
    path = tmp_path / "half.mp4"
    path.write_bytes(whole[: len(whole) // 2])
    found = probe(path, display_path="videos/half.mp4")
    assert isinstance(found, Problem)
    assert found.code == "media-truncated"
    seconds = [float(number) for number in re.findall(r"([\d.]+) s", found.message)]
    assert 0.5 < seconds[0] < 1.5
    assert seconds[1] == 2.0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_a_pipe_named_mp4_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.mp4")
    assert code(tmp_path / "x.mp4") == "media-not-a-file"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="users of POSIX")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(b"x")
    path.chmod(0)
    child = os.fork()
    if child == 0:  # root may read everything, so a child looks as somebody else
        if os.geteuid() == 0:
            os.setuid(65534)
        found = probe(path, display_path="videos/x.mp4")
        os._exit(7 if isinstance(found, Problem) and found.code == "media-unreadable" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows names are always text")
def test_a_name_that_is_not_text(tmp_path: Path) -> None:
    assert code(tmp_path / os.fsdecode(b"\xff\xfe.mp4")) == "media-name"


def test_films_beyond_the_limits_are_refused(make: Make) -> None:
    plain = make("plain.mp4")
    assert code(plain, VideoSettings(pixels_max=128 * 72 - 1)) == "media-too-large"
    assert code(plain, VideoSettings(duration_max_s=1.9)) == "media-too-long"
    assert code(make("tiny.mp4", size="64x8")) == "media-too-small"
    narrow = probe(make("narrow.mp4", "-vf", "setsar=1/4", size="24x72"), display_path="x")
    assert isinstance(narrow, Problem)
    assert "asks to be shown at only 6 by 72 pixels" in narrow.message
    assert narrow.code == "media-too-small" and "square pixels" in narrow.hint


def test_a_wrong_ending_is_only_a_warning(make: Make) -> None:
    warning = check_ending(Path("film.mp4"), "matroska", "videos/film.mp4")
    assert warning is not None
    assert (warning.code, warning.severity) == ("media-ending", "warning")
    assert "film.mkv" in warning.hint
    assert check_ending(Path("FILM.MOV"), "mov", "videos/FILM.MOV") is None


def test_the_end_of_a_film_is_proven_by_decoding_it(make: Make, tmp_path: Path) -> None:
    whole = make("faststart.mp4", "-movflags", "+faststart")
    assert last_picture_s(whole) == pytest.approx(2.0, abs=0.05)
    half = tmp_path / "half.mp4"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert (last_picture_s(half) or 0.0) < 1.5
    assert last_picture_s(tmp_path / "none.mp4") is None


def test_a_picture_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "poster.jpg"
    assert probe_picture(path) is None
    path.write_bytes(b"\xff\xd8\xff no jpeg")
    assert probe_picture(path) is None


@pytest.mark.parametrize("fps", [10, 1])
def test_matroska_whose_times_begin_below_0_is_refused(tmp_path: Path, fps: int) -> None:
    """It is written without an index, cannot be wound back, and its first pictures have no time."""
    film = tmp_path / "below.mkv"
    seen = ["-f", "lavfi", "-i", f"testsrc2=s=64x36:r={fps}:d=3", "-f", "lavfi", "-i", "sine=d=3"]
    below = ["-output_ts_offset", -1, "-avoid_negative_ts", "disabled"]
    ffmpeg(*seen, "-c:v", "libx264", "-g", 5, "-c:a", "aac", *below, film)
    assert code(film) == "media-damaged"


def test_a_film_that_cannot_be_wound_back_is_opened_again(tmp_path: Path) -> None:
    film = tmp_path / "film.mkv"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x36:r=10:d=1", "-c:v", "libx264", film)

    class Stuck:
        def __init__(self, container: InputContainer) -> None:
            self.name = container.name

        def seek(self, _: int) -> None:
            raise PermissionError

    with open_film(film) as opened:
        pictures = opened.streams.video[0]
        sizes = [packet.size for packet in packets(opened, pictures)]
        stuck = cast("InputContainer", Stuck(opened))
        assert [packet.size for packet in packets_from_start(stuck, pictures)] == sizes
        assert [packet.size for packet in packets_from_start(opened, pictures)] == sizes
    assert len(sizes) > 5
