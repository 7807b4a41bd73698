"""An address as a code for phones (QR, ISO/IEC 18004), drawn as one path.

A code may be laid under eight patterns, and the standard asks for the one whose symbol is easiest to read. segno
tries them module by module, which took a seventh of a build. What one pattern has other than the next is the
same for all codes of a size: it is asked of segno once, and each symbol is then scored as a whole, as one number.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

_MARGIN = 4
"""Empty squares round a code: with fewer, readers may not find it (section 6.3.8)."""

_PATTERNS = 8
_DARK = re.compile("1+")
_SAMPLE = "kinopress"


@dataclass(frozen=True, slots=True)
class _Symbol:
    """The squares of a code, dark is 1: row after row, and column after column, four light ones between two."""

    by_row: int
    by_column: int

    def __xor__(self, other: _Symbol) -> _Symbol:
        return _Symbol(self.by_row ^ other.by_row, self.by_column ^ other.by_column)


@functools.lru_cache(maxsize=256)
def phone_code(address: str) -> tuple[int, str]:
    """The code of an address.

    Returns:
        How many squares it is wide with its margin, and the path of its dark squares.
    """
    import segno  # noqa: PLC0415 - a site without an address needs none

    plain = segno.make(address, error="m", micro=False, mask=0)
    size = len(plain.matrix)
    symbol = _symbol(plain)
    laid = [symbol ^ more for more in _differences(int(plain.version), plain.error)]
    best = min(laid, key=lambda it: _penalty(it, size))  # of equals the first, as segno does
    return size + 2 * _MARGIN, _path(best, size)


@functools.cache
def _differences(version: int, error: str) -> tuple[_Symbol, ...]:
    """What each pattern changes of a symbol of this size that is laid under the first one."""
    import segno  # noqa: PLC0415 - see above

    laid = [
        _symbol(
            segno.make(
                _SAMPLE, error=error, version=version, micro=False, mask=mask, boost_error=False
            )
        )
        for mask in range(_PATTERNS)
    ]
    return tuple(laid[0] ^ one for one in laid)


def _symbol(code: QRCode) -> _Symbol:
    rows = [bytes(row) for row in code.matrix]
    return _Symbol(_number(rows), _number([bytes(column) for column in zip(*rows, strict=True)]))


def _number(lines: list[bytes]) -> int:
    gap = b"0" * _MARGIN
    digits = gap.join(line.translate(_DIGITS) for line in reversed(lines)) + gap
    return int(digits, 2)


_DIGITS = bytes.maketrans(b"\x00\x01", b"01")


def _penalty(symbol: _Symbol, size: int) -> int:
    """How hard a symbol is to read, by the four features of table 11."""
    lines, pairs = _lines(size)
    rows, columns = symbol.by_row, symbol.by_column
    step = size + _MARGIN
    alike = ~(rows ^ rows >> 1) & pairs
    alike_below = ~(rows ^ rows >> step)
    blocks = alike & alike >> step & alike_below
    of_100 = 100 * rows.bit_count() / size**2
    return (
        _runs(alike)
        + _runs(~(columns ^ columns >> 1) & pairs)
        + 3 * blocks.bit_count()
        + 40 * (_like_a_corner(rows, lines) + _like_a_corner(columns, lines))
        + 10 * int(abs(of_100 - 50) / 5)
    )


@functools.cache
def _lines(size: int) -> tuple[int, int]:
    """Where the squares of a symbol are in its number, and where those that have one after them in their line."""
    step = size + _MARGIN
    squares = sum(((1 << size) - 1) << (_MARGIN + step * line) for line in range(size))
    pairs = sum(((1 << (size - 1)) - 1) << (_MARGIN + step * line) for line in range(size))
    return squares, pairs


def _runs(alike: int) -> int:
    """Three points for five squares of one colour in a row, and one for each more."""
    fives = alike & alike >> 1 & alike >> 2 & alike >> 3
    return fives.bit_count() + 2 * (fives & ~(fives << 1)).bit_count()


def _like_a_corner(lines: int, squares: int) -> int:
    """How often a row looks like the marks in the corners: 1:1:3:1:1, with four light squares at one side."""
    dark = lines & lines >> 2 & lines >> 3 & lines >> 4 & lines >> 6
    found = dark & ~(lines >> 1) & ~(lines >> 5) & squares
    before = lines << 1 | lines << 2 | lines << 3 | lines << 4
    after = lines >> 7 | lines >> 8 | lines >> 9 | lines >> 10
    return (found & ~(before & after)).bit_count()


def _path(symbol: _Symbol, size: int) -> str:
    parts = []
    step = size + _MARGIN
    for line in range(size):
        row = symbol.by_row >> (_MARGIN + step * line) & ((1 << size) - 1)
        for dark in _DARK.finditer(f"{row:0{size}b}"):
            wide = len(dark[0])
            parts.append(f"M{dark.start() + _MARGIN} {line + _MARGIN}h{wide}v1h-{wide}z")
    return "".join(parts)
