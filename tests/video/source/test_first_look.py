"""What a check says of a film before anything opens it: never more than encoding it would say, in the same words."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from kinopress.problems import Problem
from kinopress.video.source.first_look import first_look
from kinopress.video.source.probe import probe
from support.small_films import make_film


def _box(name: bytes, content: bytes = b"", size: int | None = None) -> bytes:
    return struct.pack(">I4s", len(content) + 8 if size is None else size, name) + content


FTYP = _box(b"ftyp", b"isom\0\0\0\0")
NO_FILMS = {
    "nothing": b"",
    "words": b"Dear Anna,\nhere is the film.\n",
    "a page of the web": b"<!doctype html><title>Sign in</title>",
    "a list of films": b"#EXTM3U\nhttp://example.org/hip.mp4\n",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "a photo": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "a Windows film": bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(90),
    "a Flash film": b"FLV\x01\x05" + bytes(90),
    "an archive": b"PK\x03\x04\x14\0\0\0",
    "a recording that broke off": FTYP + _box(b"mdat", b"\1" * 5000),
    "a copy that broke off": FTYP + _box(b"mdat", b"\1" * 5000, 9_000_000),
    "one that was never finished": FTYP + _box(b"wide") + _box(b"mdat", b"\1" * 900, 0),
    "a large one that broke off": FTYP
    + struct.pack(">I4sQ", 1, b"mdat", 6_000_000_000)
    + b"\1" * 900,
}


@pytest.mark.parametrize("content", NO_FILMS.values(), ids=list(NO_FILMS))
def test_what_is_no_film_is_said_as_encoding_it_would_say(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "hip.mp4"
    file.write_bytes(content)
    told = first_look(file, "videos/hip.mp4")
    assert isinstance(told, Problem)
    assert told == probe(file, display_path="videos/hip.mp4")


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        ("3026b2758e66cf11a6d900aa0062ce6c", "a Windows Media film"),
        ("4f67675300020000", "an Ogg film or sound recording"),
        ("474946383961", "a GIF picture"),
        ("255044462d312e37", "a PDF"),
    ],
)
def test_what_is_no_film_is_called_by_its_kind(begins: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "hip.mp4"
    file.write_bytes(bytes.fromhex(begins) + bytes(90))
    told = first_look(file, "videos/hip.mp4")
    assert told is not None
    assert told.message == f"this is {words}, which cannot be read here as a film"


@pytest.mark.parametrize("ending", [".mp4", ".mov", ".mkv", ".webm", ".avi", ".ts", ".mpg", ".3gp"])
def test_of_a_film_nothing_is_said(ending: str, tmp_path: Path) -> None:
    make_film(tmp_path / "hip.mp4", seconds=1)
    film = tmp_path / f"camera{ending}"
    codec = {
        ".webm": ("-c:v", "libvpx-vp9"),
        ".mpg": ("-c:v", "mpeg2video", "-r", "25"),
        ".3gp": ("-c:a", "aac"),
    }
    make_film(film, *codec.get(ending, ()), seconds=1)
    assert not isinstance(probe(film, display_path="x"), Problem)
    assert first_look(film, "x") is None


@pytest.mark.parametrize("size", ["64x8", "16x16", "30x200", "32x32", "128x4"])
@pytest.mark.parametrize("ending", [".mp4", ".mov"])
def test_pictures_too_small_for_a_film_are_said_as_encoding_it_would_say(
    size: str, ending: str, tmp_path: Path
) -> None:
    film = make_film(tmp_path / f"hip{ending}", seconds=0.5, size=size)
    would = probe(film, display_path="videos/hip.mp4")
    told = first_look(film, "videos/hip.mp4")
    assert told == (would if isinstance(would, Problem) else None)
    assert (told is None) == (size == "32x32")


def test_whether_pictures_are_too_small_is_left_to_a_decoder_where_they_are_not_shown_as_stored(
    tmp_path: Path,
) -> None:
    wide = make_film(tmp_path / "wide.mp4", "-vf", "setsar=4", seconds=0.5, size="24x64")
    assert not isinstance(probe(wide, display_path="x"), Problem)
    assert first_look(wide, "x") is None
    large = "[0:v]scale=128:72,setsar=1[large]"
    two = (
        "-filter_complex",
        large,
        "-map",
        "0:v",
        "-map",
        "[large]",
        "-disposition:v:0",
        "0",
        "-disposition:v:1",
        "default",
    )
    both = make_film(tmp_path / "two.mp4", *two, seconds=0.5, size="16x16")
    assert not isinstance(probe(both, display_path="x"), Problem)
    assert first_look(both, "x") is None


def test_a_table_at_either_end_is_found(tmp_path: Path) -> None:
    for flags in ("+faststart", "frag_keyframe+empty_moov"):
        film = tmp_path / "hip.mp4"
        make_film(film, "-movflags", flags, seconds=1)
        assert first_look(film, "x") is None


def test_what_only_a_decoder_can_tell_is_left_to_it(tmp_path: Path) -> None:
    film = tmp_path / "hip.mp4"
    film.write_bytes(FTYP + _box(b"moov", b"\0" * 64) + _box(b"mdat", b"\1" * 900))
    assert isinstance(probe(film, display_path="x"), Problem)
    assert first_look(film, "x") is None
