"""What a file still tells about where it came from is found, and a broken file ends the search."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinopress.privacy.traces import find_traces
from kinopress.video.produce import produce
from support.data_tracks import BEHIND, DEGREES, GPS, NOTES, PLACE, TRACKS, with_tracks
from video.conftest import Make, ffmpeg

TOLD = ["-metadata", "location=+48.1372+011.5755/", "-metadata", "title=Hip at the clinic"]
TOLD += ["-metadata", "creation_time=2026-10-01T10:00:00Z", "-timecode", "01:00:00:00"]


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


FTYP = box(b"ftyp", b"isom\0\0\0\0isom")


def places(data: bytes) -> set[str]:
    return {trace.at for trace in find_traces(data)}


def test_a_camera_film_tells_place_date_and_more_and_what_is_made_of_it_nothing(
    make: Make, media_dir: Path
) -> None:
    source = make("tells.mov", *TOLD)
    found = places(source.read_bytes())
    assert {"moov/udta/©xyz", "moov/mvhd", "moov/trak/mdia/hdlr"} <= found
    made = produce(source, display_path="videos/tells.mov", media_dir=media_dir)
    assert made.folder is not None
    for path in made.folder.iterdir():
        assert find_traces(path.read_bytes()) == [], path.name


def test_quicktime_keys_and_loci_are_found(make: Make) -> None:
    keys = make("keys.mov", *TOLD, "-movflags", "use_metadata_tags")
    assert any(at.endswith("meta/keys") for at in places(keys.read_bytes()))
    assert "moov/udta/loci" in places(make("loci.3gp", *TOLD[:2], "-c:a", "aac").read_bytes())


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (FTYP + box(b"uuid", b"x" * 16 + b"<x:xmpmeta>"), "uuid"),
        (FTYP + box(b"moov", box(b"uuid", b"x" * 16)), "moov/uuid"),
        (FTYP + box(b"free", b"left"), "free"),
        (b"\xff\xd8\xff\xe1\0\x08Exif\0\0\xff\xd9", "APP1"),
        (b"RIFF\x1c\0\0\0WEBPEXIF\x02\0\0\0xx", "EXIF"),
        (b"RIFF\x1c\0\0\0WEBPXMP \x02\0\0\0xx", "XMP"),
        (b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 2, b"eXIf") + b"xx\0\0\0\0", "eXIf"),
        (b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 7, b"tIME") + bytes(11), "tIME"),
    ],
)
def test_a_drawn_trace_is_found(data: bytes, at: str) -> None:
    assert at in places(data)


def test_exif_is_found_in_a_photo_and_not_in_the_posters(tmp_path: Path) -> None:
    plain = tmp_path / "plain.jpg"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", 1, "-bitexact", plain)
    data = plain.read_bytes()
    assert places(data) == set()
    assert places(data[:2] + b"\xff\xe1\0\x08Exif\0\0" + data[2:]) == {"APP1"}


@given(
    st.sampled_from([FTYP, b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"\x89PNG\r\n\x1a\n"]), st.binary()
)
def test_no_bytes_whatever_raise_or_loop(head: bytes, rest: bytes) -> None:
    find_traces(head + rest)


def test_a_cut_off_or_endlessly_nested_file_ends_the_search(make: Make) -> None:
    data = make("tells.mov", *TOLD).read_bytes()
    for length in range(0, len(data), max(1, len(data) // 97)):
        find_traces(data[:length])
    nested = b""
    for _ in range(2000):
        nested = box(b"moov", nested)
    assert find_traces(FTYP + nested)
    zero = FTYP + struct.pack(">I4s", 0, b"moov") + struct.pack(">I4sQ", 1, b"trak", 0)
    assert len(find_traces(zero)) == 1


@pytest.mark.parametrize("name", TRACKS)
def test_a_track_beside_picture_and_sound_is_found(make: Make, name: str) -> None:
    plain = make("bare.mp4", "-bitexact", "-map_metadata", "-1", seconds=0.2, sound=False)
    before = places(plain.read_bytes())
    assert "moov/trak/mdia/minf/stbl/stsd/" + name not in before
    found = places(with_tracks(plain.read_bytes(), name))
    assert f"moov/trak/mdia/minf/stbl/stsd/{name}" in found
    assert "moov/trak/mdia/hdlr" in found


@pytest.mark.parametrize("name", NOTES)
def test_a_note_of_the_film_is_found(make: Make, name: str) -> None:
    plain = make("bare.mp4", "-bitexact", "-map_metadata", "-1", seconds=0.2, sound=False)
    assert f"moov/{name}" in {
        at if name.count("/") < 2 else at.rpartition("/")[0]
        for at in places(with_tracks(plain.read_bytes(), notes=(NOTES[name],)))
    }


def test_no_byte_of_a_cameras_tracks_and_notes_is_in_anything_that_is_made(
    make: Make, media_dir: Path, tmp_path: Path
) -> None:
    """What GoPro, DJI, Sony, Google and Apple write beside a picture, all at once."""
    plain = make("short.mp4", seconds=0.2).read_bytes()
    source = tmp_path / "GX010042.MP4"
    source.write_bytes(
        with_tracks(plain, *TRACKS, notes=tuple(NOTES.values())) + b"".join(BEHIND.values())
    )
    assert source.read_bytes().count(PLACE) >= len(TRACKS) + len(NOTES)
    with av.open(str(source)) as film:
        assert len(film.streams) == 2 + len(TRACKS)
    made = produce(source, display_path="videos/hike.mp4", media_dir=media_dir)
    assert made.problems == []
    assert made.folder is not None
    for path in sorted(media_dir.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for told in (PLACE, GPS, DEGREES, b"HERO", b"GoPro", b"GPMF"):
            assert told not in data, (path.name, told)
    for path in made.folder.iterdir():
        assert find_traces(path.read_bytes()) == [], path.name
