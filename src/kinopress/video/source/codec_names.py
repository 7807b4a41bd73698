"""Exact names of codecs for ``<source type="…; codecs=…">`` (pure).

RFC 6381 defines the parameter; ISO/IEC 14496-15 annex E gives ``avc1.PPCCLL`` (profile,
constraint flags and level, the bytes 1 to 3 of the avcC record) and ISO/IEC 14496-3 gives
the audio object type, the first five bits of the AudioSpecificConfig (2 is AAC-LC).
"AV1 Codec ISO Media File Format Binding", section 5, gives ``av01.P.LLT.DD`` (profile,
level, tier, bit depth) from the av1C record; its further fields may be left out because
our films have their default values (4:2:0, BT.709, limited range).
A browser that is told the exact level can decline before it loads a byte.
"""

from __future__ import annotations

_AVCC_VERSION = 1
_AV1C_MARKER_AND_VERSION = 0x81
_AUDIO_OBJECT_ESCAPE = 31


def codec_name(codec: str, extradata: bytes | None) -> str | None:
    """The RFC 6381 name of one stream in an MP4.

    Args:
        codec: FFmpeg's name, such as ``h264``.
        extradata: The stream's decoder configuration record.

    Returns:
        Such as ``avc1.64001f``, or ``None`` when it cannot be told.
    """
    data = extradata or b""
    if codec == "h264" and len(data) > 3 and data[0] == _AVCC_VERSION:
        return f"avc1.{data[1:4].hex()}"
    if codec == "av1" and len(data) > 3 and data[0] == _AV1C_MARKER_AND_VERSION:
        return _av1_name(data[1], data[2])
    if codec == "aac" and data:
        object_type = data[0] >> 3
        return None if object_type in (0, _AUDIO_OBJECT_ESCAPE) else f"mp4a.40.{object_type}"
    return None


def _av1_name(profile_and_level: int, flags: int) -> str:
    profile, level = profile_and_level >> 5, profile_and_level & 0x1F
    tier = "H" if flags & 0x80 else "M"
    deep, deeper = flags & 0x40, flags & 0x20
    depth = 8 if not deep else 12 if deeper and profile == 2 else 10
    return f"av01.{profile}.{level:02d}{tier}.{depth:02d}"
