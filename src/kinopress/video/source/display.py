"""How stored numbers mean a picture: colours by name, and which way is up (pure)."""

from __future__ import annotations

import struct

# AVColorTransferCharacteristic, AVColorSpace and AVColorRange of libavutil/pixfmt.h; the first
# two are the numbers of ITU-T H.273. 2 means "unspecified" and is therefore absent.
TRANSFERS = {
    1: "bt709",
    4: "gamma22",
    5: "gamma28",
    6: "smpte170m",
    7: "smpte240m",
    8: "linear",
    11: "iec61966-2-4",
    13: "iec61966-2-1",
    14: "bt2020-10",
    15: "bt2020-12",
    16: "smpte2084",
    18: "arib-std-b67",
}
MATRICES = {
    0: "gbr",
    1: "bt709",
    4: "fcc",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    9: "bt2020nc",
    8: "ycgco",
    10: "bt2020c",
    12: "chroma-derived-nc",
}
RANGES = {1: "tv", 2: "pc"}


def orientation(matrix: bytes) -> tuple[int, bool]:
    """Rotation and mirroring from a display matrix.

    PyAV's ``frame.rotation`` reads a mirrored picture as turned by 180 degrees, so the
    matrix itself is read: nine 32-bit numbers ``a b u c d v x y w`` of ISO/IEC 14496-12.

    Returns:
        The counter-clockwise turn as stored (0, 90, 180 or 270 degrees; FFmpeg's sign) and
        whether the picture is mirrored as well.
    """
    a, b, _, c, d = struct.unpack_from("5i", matrix)
    mirrored = a * d - b * c < 0
    if abs(b) > abs(a):
        return (90 if b < 0 else 270), mirrored
    return (180 if d < 0 else 0), mirrored
