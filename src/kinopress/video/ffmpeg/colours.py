"""Sizes and colours in FFmpeg's graph: HDR to SDR, scaling, BT.709 for films (pure).

Streams are ffmpeg-python's; filters are put on them, the library itself is not needed here.
"""

from __future__ import annotations

from typing import Any

from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.containers.boxes import NO_CROP
from kinopress.video.source.film import Probe

# HLG and PQ to BT.709. 36 dB on a round trip; the common "hable" recipe 23 dB (November 2026).
_TONE_MAP_NPL = 203  # nits of diffuse white, ITU-R BT.2408
_TONE_MAP_PEAK = 4.93  # 1000 nits over 203


# Pixel formats whose numbers are 16 to 235 unless they say otherwise.
_YUV = ("yuv4", "yuva", "nv", "p0", "p2", "p4", "y2")
# Of a film's matrices, those that swscale takes, by its names for them; zimg takes more.
_SCALE_MATRICES = {
    "bt709": "bt709",
    "fcc": "fcc",
    "bt470bg": "bt470",
    "smpte170m": "smpte170m",
    "smpte240m": "smpte240m",
    "bt2020nc": "bt2020",
}
_ZIMG_ONLY = "ycgco"
# Matrices that no filter takes without more than films say, and what browsers show them as: constant
# luminance, and one that follows from the primaries, which are BT.709's or, in HDR, BT.2020's.
_SHOWN_AS = {"bt2020c": "bt2020nc", "chroma-derived-nc": "bt709"}
SAME_SHAPE = 0.02
"""A shape this close to the film's own is its own: 1080 lines are stored as 1088."""


def alike_throughout(probe: Probe, picture: Any) -> Any:
    """Every picture in the size, shape, format and colours of the film, whatever it changes to.

    Of the filters only ``scale`` bears pictures that change, so it comes first; it leaves alone what
    is as it should be. Odd sides lose their last line, since 4:2:0 has no half a colour sample and
    zimg refuses it. Another shape gets black bars.
    """
    width, height = probe.stored_width, probe.stored_height
    if (crop := probe.crop) != NO_CROP:
        # FFmpeg crops by itself from 7.1 on; before, pictures come in whole.
        whole = f"eq(iw,{width})*eq(ih,{height})"
        width, height = width - crop.left - crop.right, height - crop.top - crop.bottom
        picture = picture.filter(
            "crop",
            w=f"if({whole},{width},iw)",
            h=f"if({whole},{height},ih)",
            x=f"if({whole},{crop.left},0)",
            y=f"if({whole},{crop.top},0)",
        )
    if probe.color_matrix == _ZIMG_ONLY:
        picture = picture.filter("zscale", min=probe.color_matrix, m="bt709")
    elif probe.color_matrix in _SHOWN_AS:
        picture = picture.filter("setparams", colorspace=_read_as(probe))
    elif probe.matrix_unknown:
        picture = picture.filter("setparams", colorspace=_unsaid(probe))
    if probe.transfer_unknown:
        # FFmpeg refuses to convert a logarithmic curve; browsers take it for the usual one.
        picture = picture.filter("setparams", color_trc="bt709")
    shape = f"dar/({width}/{height}*{probe.pixel_shape})"
    same = f"lt(abs({shape}-1),{SAME_SHAPE})"
    width, height = max(2, width - width % 2), max(2, height - height % 2)
    to = {}
    if probe.color_range is not None or (probe.pix_fmt or "").startswith(_YUV):
        to["out_range"] = probe.color_range or "tv"
    if probe.color_matrix in _SCALE_MATRICES:
        to["out_color_matrix"] = _SCALE_MATRICES[probe.color_matrix]
    picture = picture.filter(
        "scale",
        w=f"if({same},{width},2*floor(min({width},{width}*{shape})/2+0.5))",
        h=f"if({same},{height},2*floor(min({height},{height}/({shape}))/2+0.5))",
        **to,
    )
    middle = {"x": "(ow-iw)/2", "y": "(oh-ih)/2"}
    picture = picture.filter("pad", w=width, h=height, **middle, eval="frame")
    return picture.filter("format", probe.pix_fmt) if probe.pix_fmt else picture


def turned(probe: Probe, picture: Any) -> Any:
    """The picture upright, as FFmpeg itself turns one by its display matrix."""
    filters: dict[tuple[int, bool], list[tuple[str, str | None]]] = {
        (90, False): [("transpose", "cclock")],
        (270, False): [("transpose", "clock")],
        (180, False): [("hflip", None), ("vflip", None)],
        (0, True): [("hflip", None)],
        (180, True): [("vflip", None)],
        (90, True): [("transpose", "cclock"), ("hflip", None)],
        (270, True): [("transpose", "clock"), ("hflip", None)],
    }
    for name, way in filters.get((probe.rotation_deg, probe.mirrored), []):
        picture = picture.filter(name, way) if way else picture.filter(name)
    return picture


def to_sdr(recipe: Recipe, picture: Any, size: tuple[int, int]) -> Any:
    """HLG or PQ to BT.709, scaled first (0.54 times the CPU for 4K); other films stay as they are."""
    probe = recipe.probe
    if not probe.is_hdr:
        return picture
    width, height = size
    picture = picture.filter(
        "zscale",
        w=width,
        h=height,
        tin=probe.color_transfer,
        min=_read_as(probe) or "bt2020nc",
        pin="bt2020",
        rin=probe.color_range or "tv",
        # Light and primaries in one pass: two cost 0.7 times more, and come out the same.
        t="linear",
        p="bt709",
        npl=_TONE_MAP_NPL,
    )
    picture = picture.filter("format", "gbrpf32le")
    picture = picture.filter("tonemap", tonemap="mobius", param=0.7, desat=0, peak=_TONE_MAP_PEAK)
    return picture.filter("zscale", t="bt709", m="bt709", r="tv").filter("format", "yuv420p")


def scaled(recipe: Recipe, picture: Any, width: int, height: int, **to: str) -> Any:
    """Scale to square pixels and convert the colour matrix in the same pass."""
    probe = recipe.probe
    return picture.filter(
        "scale",
        width,
        height,
        in_color_matrix="bt709" if probe.is_hdr else _matrix(probe),
        in_range="tv" if probe.is_hdr else (probe.color_range or "auto"),
        **to,
    ).filter("setsar", "1")


def rendition_picture(recipe: Recipe, picture: Any, width: int, height: int) -> Any:
    """A rendition's picture: its size, square pixels, 8-bit 4:2:0 BT.709 that says so."""
    if _is_plain(recipe.probe):
        # Only the size changes: zimg does that in a quarter of swscale's time. Catmull-Rom, as
        # sharp as swscale's bicubic.
        sharp = {"filter": "bicubic", "param_a": 0, "param_b": 0.5}
        picture = picture.filter("zscale", w=width, h=height, **sharp).filter("setsar", "1")
    else:
        picture = scaled(recipe, picture, width, height, out_color_matrix="bt709", out_range="tv")
    return picture.filter("format", "yuv420p").filter(
        "setparams",
        range="tv",
        color_primaries="bt709",
        color_trc="bt709",
        colorspace="bt709",
    )


def _is_plain(probe: Probe) -> bool:
    """Whether the picture has a rendition's colours and samples already; tone-mapped, it has."""
    return probe.is_hdr or (
        probe.pix_fmt == "yuv420p"
        and _matrix(probe) == "bt709"
        and probe.color_range in ("tv", None)
    )


def _read_as(probe: Probe) -> str | None:
    """The matrix of the source's colours behind :func:`alike_throughout`; ``None``: not said."""
    if probe.color_matrix == _ZIMG_ONLY:
        return "bt709"
    if probe.is_hdr and probe.color_matrix in _SHOWN_AS:
        return "bt2020nc"
    return _SHOWN_AS.get(probe.color_matrix or "", probe.color_matrix)


def shown_matrix(probe: Probe, stated: str | None) -> str:
    """The matrix by which a picture of a film is to be shown, in H.273's words.

    Args:
        probe: The film.
        stated: What the picture itself says; ``None``: nothing, or what nobody knows.
    """
    matrix = stated or probe.color_matrix
    if matrix in (None, "gbr"):
        return _unsaid(probe)
    if probe.is_hdr and matrix in _SHOWN_AS:
        return "bt2020nc"
    return _SHOWN_AS.get(matrix, matrix)


def _matrix(probe: Probe) -> str:
    """That matrix, as the ``scale`` filter calls it."""
    matrix = _read_as(probe)
    if matrix in ("bt709", "smpte240m", "fcc"):
        return matrix
    if matrix == "bt2020nc":
        return "bt2020"
    if matrix == "gbr":
        return "auto"
    return "bt601" if matrix is not None else _UNSAID[_unsaid(probe)]


# What a matrix that is not said is called by setparams, and by scale.
_UNSAID = {"bt709": "bt709", "smpte170m": "bt601", "bt2020nc": "bt2020"}


def _unsaid(probe: Probe) -> str:
    """The matrix of colours that do not say it, as players guess: BT.709 from HD upwards."""
    if probe.is_hdr:
        return "bt2020nc"
    return "bt709" if max(probe.width, probe.height) >= 1280 else "smpte170m"
