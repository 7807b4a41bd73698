"""Any picture's colours as sRGB in 8 bits, which every screen shows alike without being told.

A wide-gamut photo (Display P3, as phones take them) whose profile is only removed comes out
pale; so colours are converted before the profile goes. A profile is in the file (ICC) or is
given by numbers (ITU-T H.273, in AVIF, HEIC and PNG).
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageCms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PRIMARIES = {
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),  # BT.2020
    11: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),  # P3, shown on a D65 screen
    12: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),  # Display P3
}
"""Where red, green and blue are (x, y), by the numbers of ITU-T H.273, table 2. All have the white of D65."""

_HDR_CURVES = (16, 18)  # PQ and HLG

_D65 = (0.3127, 0.3290)
_D50_XYZ = (0.9642, 1.0, 0.8249)  # the white of every ICC profile
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))

Matrix = tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class ColourNumbers:
    """Colours by numbers: those of the primaries and of the curve (ITU-T H.273)."""

    primaries: int
    curve: int

    @property
    def is_hdr(self) -> bool:
        """Whether white is brighter than the white of a page."""
        return self.curve in _HDR_CURVES


def colour_numbers(
    kind: str, data: bytes, info: Mapping[Any, Any] | None = None
) -> ColourNumbers | None:
    """The numbers that a PNG, AVIF or HEIC gives for its colours, if it does and has no profile.

    A photo with a profile may hold numbers all the same, of the map with which some screens
    make it brighter.

    Args:
        kind: The short name of the file's kind.
        data: The whole file.
        info: What Pillow says of it.
    """
    info = info or {}
    if info.get("icc_profile"):
        return None
    if kind == "heic":
        told = info.get("nclx_profile")
        if not isinstance(told, dict):
            return None
        return ColourNumbers(told["color_primaries"], told["transfer_characteristics"])
    if kind == "png":
        at = data.find(b"\0\0\0\4cICP", 8, 4096)
        return ColourNumbers(data[at + 8], data[at + 9]) if at > 0 and at + 12 < len(data) else None
    if kind == "avif":
        at = data.find(b"colrnclx")
        if at > 0 and at + 12 <= len(data):
            return ColourNumbers(*struct.unpack_from(">HH", data, at + 8))
    return None


def to_srgb(image: Image.Image, numbers: ColourNumbers | None = None) -> Image.Image:
    """A picture of any kind as 8-bit grey or sRGB, its transparency kept, its notes gone.

    Args:
        image: A decoded picture of any mode that Pillow knows.
        numbers: What its file says of its colours; a profile in ``image`` wins.

    Returns:
        A picture of mode L, LA, RGB or RGBA, without anything but its pixels.
    """
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not profile:
        known = _PRIMARIES.get(numbers.primaries) if numbers else None
        profile = _matrix_profile(known) if known else None
    plain = _in_8_bits(image)
    if profile:
        plain = _converted(plain, profile)
    if plain.mode == "CMYK":
        plain = plain.convert("RGB")
    plain.info = {}  # what is there would be written into the files that are made
    return plain


def _in_8_bits(image: Image.Image) -> Image.Image:
    """The same picture as L, LA, RGB, RGBA or CMYK."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        deep = image.convert("I") if image.mode != "F" else image
        return deep.point(lambda value: value * (1 / 257)).convert("L")
    see_through = "transparency" in image.info
    if image.mode in ("P", "PA"):
        return image.convert("RGBA" if see_through or image.mode == "PA" else "RGB")
    if image.mode in ("1", "L") and see_through:
        return image.convert("L").convert("LA") if image.mode == "1" else image.convert("LA")
    if image.mode == "RGB" and see_through:
        return image.convert("RGBA")
    if image.mode == "La":
        return image.convert("LA")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image.copy()
    return image.convert({"1": "L", "RGBa": "RGBA"}.get(image.mode, "RGB"))


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    """A picture in sRGB. A profile that is damaged or fits another kind of picture counts for nothing, as in browsers."""
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colours = image.convert(image.mode.removesuffix("A")) if alpha is not None else image
    try:
        converted = ImageCms.profileToProfile(
            colours,
            io.BytesIO(profile),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    if converted is None:
        return image
    if colours.mode == "L":
        converted = converted.convert("L")
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _matrix_profile(primaries: Iterable[tuple[float, float]]) -> bytes:
    """A small ICC profile (version 2) for primaries with the white of D65 and the curve of sRGB."""
    columns = [(x / y, 1.0, (1 - x - y) / y) for x, y in primaries]
    rows = tuple(zip(*columns, strict=True))
    white = (_D65[0] / _D65[1], 1.0, (1 - _D65[0] - _D65[1]) / _D65[1])
    amounts = _times(_inverse(rows), white)
    seen, wanted = _times(_BRADFORD, white), _times(_BRADFORD, _D50_XYZ)
    scaled = tuple(
        tuple(w / s * value for value in row)
        for w, s, row in zip(wanted, seen, _BRADFORD, strict=True)
    )
    back = _inverse(_BRADFORD)
    colourants = [
        _times(back, _times(scaled, tuple(a * value for value in column)))
        for a, column in zip(amounts, columns, strict=True)
    ]
    curve = [round(65535 * _srgb_light(n / 1023)) for n in range(1024)]
    tags = {
        b"wtpt": _xyz(_D50_XYZ),
        **{name: _xyz(xyz) for name, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colourants, strict=True)},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), struct.pack(">4sII1024H", b"curv", 0, 1024, *curve)),
        b"cprt": b"text\0\0\0\0\0\0\0\0",
        b"desc": struct.pack(">4sII12s", b"desc", 0, 1, b"") + bytes(78),
    }  # fmt: skip
    table, body = b"", b""
    for name, content in tags.items():
        table += struct.pack(">4sII", name, 132 + 12 * len(tags) + len(body), len(content))
        body += content
    head = struct.pack(">I4sI4s4s4s", 0, b"", 0x02400000, b"mntr", b"RGB ", b"XYZ ").ljust(
        36, b"\0"
    )
    head = (head + b"acsp").ljust(68, b"\0") + _s15(_D50_XYZ)
    whole = head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(whole)) + whole[4:]


def _srgb_light(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _s15(values: Iterable[float]) -> bytes:
    return struct.pack(">3i", *(round(value * 65536) for value in values))


def _xyz(values: Iterable[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _s15(values)


def _times(matrix: Iterable[tuple[float, ...]], vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _inverse(matrix: Iterable[tuple[float, ...]]) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    return (
        ((e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det),
        ((f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det),
        ((d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det),
    )
