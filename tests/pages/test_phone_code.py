"""The code that leads a phone to a page: the symbol that is easiest to read, found without trying each square."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
import segno

from kinopress.pages.phone_code import phone_code

Squares = list[list[int]]

_ADDRESSES = (
    "https://hips.example/",
    "https://hips.example/exercises/clam/",
    "https://hips.example/exercises/standing-hip-flexor-stretch-with-a-band/",
    "https://a-coach-with-a-long-name.example/run/exercises/" + "side-lying-hip-lifts-" * 4,
)


def _drawn(address: str) -> Squares:
    """The squares inside the margin, from the path."""
    size, path = phone_code(address)
    squares = [[0] * size for _ in range(size)]
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        for at in range(int(x), int(x) + int(wide)):
            squares[int(y)][at] = 1
    assert not any(map(any, [*squares[:4], *squares[-4:]]))
    assert not any(any(row[:4] + row[-4:]) for row in squares)
    return [row[4:-4] for row in squares[4:-4]]


def _penalty(squares: Squares) -> int:
    """Table 11 of ISO/IEC 18004, word for word."""
    columns = [list(column) for column in zip(*squares, strict=True)]
    size, points = len(squares), 0
    for line in squares + columns:
        runs = [len(list(run)) for _, run in groupby(line)]
        points += sum(length - 2 for length in runs if length >= 5)
        text = "0000" + "".join(map(str, line)) + "0000"
        for at in range(4, 4 + size - 6):
            if text[at : at + 7] == "1011101" and "0000" in (
                text[at - 4 : at],
                text[at + 7 : at + 11],
            ):
                points += 40
    for y in range(size - 1):
        for x in range(size - 1):
            points += 3 * (len({*squares[y][x : x + 2], *squares[y + 1][x : x + 2]}) == 1)
    dark = sum(map(sum, squares)) * 100 / size**2
    return points + 10 * int(abs(dark - 50) / 5)


@pytest.mark.parametrize("address", _ADDRESSES)
def test_of_eight_patterns_the_one_that_is_easiest_to_read_is_drawn(address: str) -> None:
    laid = [
        [list(row) for row in segno.make(address, error="m", micro=False, mask=mask).matrix]
        for mask in range(8)
    ]
    penalties = [_penalty(squares) for squares in laid]
    assert _drawn(address) == laid[penalties.index(min(penalties))]
