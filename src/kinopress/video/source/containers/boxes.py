"""What a film's container says and PyAV does not tell: cropped edges, and where the file should end.

MP4 and MOV crop by ``clap`` (ISO/IEC 14496-12, 12.1.4), Matroska and WebM in four elements of
its tracks (RFC 9559, 5.1.4.1.28). FFmpeg applies both from 7.1 on, before its graph begins, so
only the size must be known here. Damaged or missing notes crop nothing.

A Matroska segment and an AVI's RIFF chunks have a length. A file that is shorter was cut off, and
FFmpeg would take what is left for the whole.
"""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from kinopress.video.source.containers.mp4 import boxes_in, read_part

# The part of a file that describes its tracks is far smaller; more is not a description.
_HEAD_MAX_BYTES = 64 << 20
_SAMPLE_ENTRY_BYTES = 78  # VisualSampleEntry of ISO/IEC 14496-12, without its own size and name

_SEGMENT, _TRACKS, _TRACK, _VIDEO = 0x18538067, 0x1654AE6B, 0xAE, 0xE0
_EBML_HEADER, _CLUSTER = 0x1A45DFA3, 0x1F43B675
_CROP_LEFT, _CROP_TOP, _CROP_RIGHT, _CROP_BOTTOM = 0x54CC, 0x54BB, 0x54DD, 0x54AA
_TRACK_TYPE, _TYPE_VIDEO = 0x83, 1


@dataclass(frozen=True, slots=True)
class Crop:
    """Pixels of the stored picture that are not shown, from each side."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


NO_CROP = Crop()


def read_crop(path: Path, container: str, track: int, order: int, size: tuple[int, int]) -> Crop:
    """What is cropped from a film's stored picture; nothing when nothing is given.

    Args:
        path: The film.
        container: FFmpeg's demuxer name.
        track: The track's number in an MP4.
        order: Which of the pictures' tracks it is in a Matroska file, from 0.
        size: Width and height of the stored picture.
    """
    try:
        with path.open("rb") as file:
            if container == "mov":
                crop = _clean_aperture(file, track, size)
            elif container == "matroska":
                crop = _pixel_crop(file, order)
            else:
                return NO_CROP
    except (OSError, struct.error, IndexError, OverflowError, ZeroDivisionError):
        return NO_CROP
    sides = (crop.left, crop.top, crop.right, crop.bottom)
    shown = size[0] - crop.left - crop.right, size[1] - crop.top - crop.bottom
    return crop if min(sides) >= 0 and min(shown) > 0 else NO_CROP


def promised_bytes(path: Path, container: str) -> int | None:
    """How long a file says it is; ``None`` when it does not say.

    Args:
        path: The film.
        container: FFmpeg's demuxer name.
    """
    try:
        with path.open("rb") as file:
            if container == "matroska":
                return _segment(file)[1]
            return _riff_end(file) if container == "avi" else None
    except (OSError, IndexError, struct.error):
        return None


def readable_bytes(path: Path, container: str) -> int | None:
    """Up to where the parts of a film follow one another; ``None`` when nothing tells.

    An MP4 that is written in fragments, as browsers and streams have it, is found from one fragment to
    the next: after a damaged one nothing is.

    Args:
        path: The film.
        container: FFmpeg's demuxer name.
    """
    if container != "mov":
        return None
    try:
        with path.open("rb") as file:
            return _fragments_end(file)
    except (OSError, struct.error):
        return None


def _fragments_end(file: BinaryIO) -> int | None:
    at, end, fragments = 0, file.seek(0, os.SEEK_END), False
    while at + 8 <= end:
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        if size == 1:
            size = struct.unpack(">Q", file.read(8))[0]
        elif size == 0 and name.isalnum():  # to the end of the file
            break
        fragments = fragments or name == b"moof"
        if size < 8 or not name.isalnum():
            return at if fragments else None
        at += size
    return None


def _riff_end(file: BinaryIO) -> int | None:
    """Where the last of an AVI's RIFF chunks ends; a long film has one for each gigabyte."""
    at, end = 0, file.seek(0, os.SEEK_END)
    while at + 8 <= end:
        file.seek(at)
        name, size = struct.unpack("<4sI", file.read(8))
        if name != b"RIFF":
            break
        if size in (0, 0xFFFFFFFF):  # never finished by what recorded it
            return None
        at += 8 + size
    return at or None


def _clean_aperture(file: BinaryIO, track: int, size: tuple[int, int]) -> Crop:
    for name, trak in _boxes(_top_box(file, b"moov")):
        if name != b"trak":
            continue
        header = _inside(trak, b"tkhd")
        # Version 1 has 64-bit times before the track's number.
        if struct.unpack_from(">I", header, 20 if header[:1] == b"\1" else 12)[0] != track:
            continue
        samples = _inside(trak, b"mdia", b"minf", b"stbl", b"stsd")
        _, entry = next(_boxes(samples[8:]), (b"", b""))
        aperture = _inside(entry[_SAMPLE_ENTRY_BYTES:], b"clap")
        return _from_aperture(aperture, size) if aperture else NO_CROP
    return NO_CROP


def _from_aperture(aperture: bytes, size: tuple[int, int]) -> Crop:
    """Width, height and the two offsets of the middle, each a fraction."""
    numbers = struct.unpack_from(">IIIIiIiI", aperture)
    width, height, right_by, down_by = (
        Fraction(over, under) for over, under in zip(numbers[::2], numbers[1::2], strict=True)
    )
    left = math.floor((size[0] - width) / 2 + right_by)
    top = math.floor((size[1] - height) / 2 + down_by)
    return Crop(left, top, size[0] - left - round(width), size[1] - top - round(height))


def _top_box(file: BinaryIO, wanted: bytes) -> bytes:
    """The content of a box of the file itself; empty when it is not there."""
    for begins, ends in boxes_in(file, (0, file.seek(0, os.SEEK_END)), wanted):
        return read_part(file, begins, min(ends, begins + _HEAD_MAX_BYTES))
    return b""


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1 and at + 16 <= len(data):
            head, size = 16, struct.unpack_from(">Q", data, at + 8)[0]
        elif size == 0:
            size = len(data) - at
        if size < head:
            return
        yield name, data[at + head : at + size]
        at += size


def _inside(data: bytes, *path: bytes) -> bytes:
    """The content of the first box at the end of a path; empty when one is missing."""
    for step in path:
        data = next((body for name, body in _boxes(data) if name == step), b"")
    return data


def _pixel_crop(file: BinaryIO, order: int) -> Crop:
    begins, ends = _segment(file)
    last = file.seek(0, os.SEEK_END) if ends is None else ends
    for kind, at, to in _elements(file, begins, last):
        if kind == _TRACKS and to is not None and to - at < _HEAD_MAX_BYTES:
            films = [one for one in _children(file, at, to, _TRACK) if _is_film(file, *one)]
            for video in _children(file, *films[order], _VIDEO):
                named = {kind: _number(file, a, b or a) for kind, a, b in _elements(file, *video)}
                sides = (_CROP_LEFT, _CROP_TOP, _CROP_RIGHT, _CROP_BOTTOM)
                return Crop(*(named.get(side, 0) for side in sides))
            return NO_CROP
        if to is None or kind == _CLUSTER:
            break
    return NO_CROP


def _segment(file: BinaryIO) -> tuple[int, int | None]:
    """Where the film's own part begins and, if that is given, ends; fails without one."""
    for kind, at, to in _elements(file, 0, file.seek(0, os.SEEK_END)):
        if kind == _SEGMENT:
            return at, to
        if kind != _EBML_HEADER:
            break
    raise IndexError


def _children(file: BinaryIO, at: int, to: int, wanted: int) -> list[tuple[int, int]]:
    return [(a, b) for kind, a, b in _elements(file, at, to) if kind == wanted and b is not None]


def _is_film(file: BinaryIO, at: int, to: int) -> bool:
    return any(_number(file, a, b) == _TYPE_VIDEO for a, b in _children(file, at, to, _TRACK_TYPE))


def _elements(file: BinaryIO, at: int, to: int) -> Iterator[tuple[int, int, int | None]]:
    """The elements of a part of a Matroska file: name, and where its content begins and ends.

    The end is ``None`` for an element of unknown length, after which nothing can be found.
    """
    while at < to:
        file.seek(at)
        head = file.read(12)
        name_bytes = _vint_bytes(head[0])
        size_bytes = _vint_bytes(head[name_bytes])
        name = int.from_bytes(head[:name_bytes], "big")
        raw = int.from_bytes(head[name_bytes : name_bytes + size_bytes], "big")
        size = raw & ((1 << (7 * size_bytes)) - 1)
        begins = at + name_bytes + size_bytes
        if size == (1 << (7 * size_bytes)) - 1:
            yield name, begins, None
            return
        yield name, begins, begins + size
        at = begins + size


def _vint_bytes(first: int) -> int:
    """How many bytes a number of variable length has, by its first one."""
    if first == 0:
        raise IndexError
    return 9 - first.bit_length()


def _number(file: BinaryIO, at: int, to: int) -> int:
    file.seek(at)
    return int.from_bytes(file.read(min(8, to - at)), "big")
