"""Drawn pictures become a film that is measured: how many, how long, which colours, nothing else in it."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

import av
import pytest
from PIL import Image

from kinopress.problems import ExitCode, Refusal
from kinopress.system.process import Finished
from kinopress.video import drawn
from kinopress.video.drawn import FPS, drawn_film

COLOURS = [(200, 60, 40)] * 10 + [(40, 100, 200)] * 15
SIZE = (320, 180)


def png(colour: tuple[int, int, int]) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", SIZE, colour).save(written, "PNG")
    return written.getvalue()


def test_each_picture_is_in_the_film_for_its_moment(tmp_path: Path) -> None:
    folder = tmp_path / "100% new"  # a percent sign is no place for a number
    folder.mkdir()
    shares: list[float] = []
    film = drawn_film(
        [partial(png, colour) for colour in COLOURS],
        folder,
        display_path="clam.mp4",
        on_progress=shares.append,
    )
    assert (shares[0], shares[-1], shares) == (0, 1, sorted(shares))
    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert (stream.codec_context.width, stream.codec_context.height) == SIZE
        assert stream.average_rate == FPS
        assert not opened.metadata.get("comment")
        pictures = [frame.to_image() for frame in opened.decode(stream)]
    assert len(pictures) == len(COLOURS)
    for picture, colour in zip(pictures, COLOURS, strict=True):
        found = picture.getpixel((160, 90))
        assert isinstance(found, tuple)
        assert all(abs(a - b) < 12 for a, b in zip(found, colour, strict=True)), (found, colour)
    data = film.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")  # it plays before all of it is there
    assert str(tmp_path).encode() not in data


def test_a_film_that_ffmpeg_cannot_make_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(argv: list[str], **_: object) -> Finished:
        return Finished(1, None, "noise\nNo space left on device")

    monkeypatch.setattr(drawn, "run", fails)
    with pytest.raises(Refusal) as refused:
        drawn_film([partial(png, COLOURS[0])], tmp_path, display_path="clam.mp4")
    assert refused.value.exit_code == ExitCode.ENVIRONMENT
    (problem,) = refused.value.problems
    assert "No space left on device" in problem.message
