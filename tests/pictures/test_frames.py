"""One picture of a drawn film: the drawing, its words below it, and a ring that counts."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from kinopress.pictures import frames
from kinopress.pictures.frames import HEIGHT, WIDTH, Words, picture

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><style>.k{fill:#c9361f}</style>'
    '<rect class="k" width="200" height="100"/></svg>'
)
RED, PAPER, INK = (0xC9, 0x36, 0x1F), (255, 255, 255), (0x22, 0x30, 0x3A)
BELOW = (0, HEIGHT - 132, WIDTH, HEIGHT)


def shown(words: Words) -> Image.Image:
    return Image.open(io.BytesIO(picture(SVG, words)))


def dark(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    return sum(image.crop(box).convert("L").histogram()[:100])


def test_the_drawing_fills_the_room_between_title_and_words() -> None:
    page = shown(Words("Clam"))
    assert page.size == (WIDTH, HEIGHT)
    assert page.getpixel((WIDTH // 2, (84 + HEIGHT - 132) // 2)) == RED
    assert page.getpixel((5, 5)) == PAPER
    assert page.getpixel((WIDTH // 2, HEIGHT - 60)) == PAPER


def test_words_are_below_it_and_the_title_above() -> None:
    bare, said = shown(Words("")), shown(Words("Clam", "Open the top knee"))
    assert dark(bare, BELOW) == dark(bare, (0, 0, 400, 84)) == 0
    assert dark(said, BELOW) > 500
    assert dark(said, (0, 0, 400, 84)) > 200


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_the_ring_closes_as_the_seconds_go_by(share: float) -> None:
    page = shown(Words("", "", share, 7))
    ring = page.crop((40, HEIGHT - 66 - 42, 40 + 84, HEIGHT - 66 + 42))
    near = [
        all(abs(a - b) < 40 for a, b in zip(pixel, INK, strict=True))
        for pixel in (ring.getpixel(at) for at in ((46, 5), (79, 46), (38, 79), (5, 38)))
    ]
    assert near == [share > 0.05, share > 0.3, share > 0.55, share > 0.8]


def test_long_words_stay_on_the_page() -> None:
    page = shown(
        Words("", "Press the ball of the back foot down into the floor as if to leave a print " * 2)
    )
    assert dark(page, BELOW) > 1000
    assert dark(page, (WIDTH - 20, 0, WIDTH, HEIGHT)) == 0


def test_words_with_accents_are_drawn_whatever_fonts_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none_of_the_computer(pixels: int) -> tuple[()]:
        return ()

    plain = shown(Words("", "Etire le mollet - 30"))
    replaced: Callable[[int], tuple[()]] = none_of_the_computer
    monkeypatch.setattr(frames, "_of_the_computer", replaced)
    accents = shown(Words("", "Étire le mollet – 30"))
    assert accents.tobytes() == plain.tobytes()
