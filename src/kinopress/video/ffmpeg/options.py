"""FFmpeg's options for what is made: encoders, pictures, progress, and what must not be copied (pure)."""

from __future__ import annotations

from typing import Any

from kinopress.video.recipe.ladder import Av1Encoder, Preset, Rendition
from kinopress.video.recipe.poster import PlannedPoster
from kinopress.video.settings import VideoSettings

# A plain transcode copies the place where a film was made into the public file.
PRIVACY: dict[str, Any] = {
    "map_metadata": -1,
    "map_metadata:s": -1,
    "map_chapters": -1,
    "dn": None,
    "sn": None,
    "fflags": "+bitexact",
    "flags:v": "+bitexact",
}

# Superfast looks at nothing but the picture at hand. Ten pictures further, and bits go where later
# ones copy from: at about the same quality 0.2 to 0.9 times its bytes, for no more time.
_LOOK_AHEAD: dict[Preset, dict[str, Any]] = {
    "superfast": {"rc-lookahead": 10, "mbtree": 1},
    "medium": {},
}

# SVT-AV1 refuses a buffer of less than 20 ms or more than 10 s: a film of one picture at 60 a second has one of 8 ms.
_SVT_BUFFER_S = (0.021, 9.99)

STORYBOARD: dict[str, Any] = {"update": 1, "f": "image2", "c:v": "libwebp", "quality": 60}


def h264_options(rendition: Rendition) -> dict[str, Any]:
    """x264 for one rendition."""
    options: dict[str, Any] = {
        "c:v": "libx264",
        "preset": rendition.preset,
        **_LOOK_AHEAD[rendition.preset],
        "profile:v": "high",
        "a53cc": 0,  # closed captions hidden in the source's frames
    }
    return options | _ceiling(rendition)


def av1_options(rendition: Rendition, av1: Av1Encoder | None) -> dict[str, Any]:
    """An AV1 encoder for one rendition."""
    if av1 == "libaom-av1":
        # cpu-used 6: the fastest of its "good" speeds that keeps most of what AV1 saves. Its rate
        # is what a constant quality may take at most; 0 is as much as it likes.
        options = {"c:v": "libaom-av1", "cpu-used": 6, "row-mt": 1}
        return options | {"b:v": rendition.maxrate_bps or 0}
    # Left to itself, SVT takes more memory the more cores it sees: two threads a rendition
    # fill two cores, and the whole ladder stays at 1.2 to 1.5 GB (1080p, November 2026).
    options = {"c:v": "libsvtav1", "preset": 8, "svtav1-params": "lp=2"}
    ceiling = _ceiling(rendition)
    if rendition.maxrate_bps is not None and rendition.bufsize_bits is not None:
        least, most = (round(rendition.maxrate_bps * seconds) for seconds in _SVT_BUFFER_S)
        ceiling["bufsize"] = min(max(rendition.bufsize_bits, least), most)
    return options | ceiling


def _ceiling(rendition: Rendition) -> dict[str, Any]:
    if rendition.maxrate_bps is None:
        return {}
    return {"maxrate": rendition.maxrate_bps, "bufsize": rendition.bufsize_bits}


def poster_format(poster: PlannedPoster) -> str:
    """The pixel format of a poster."""
    return "yuvj420p" if poster.mime == "image/jpeg" else "yuv420p"


def poster_options(poster: PlannedPoster, settings: VideoSettings) -> dict[str, Any]:
    """What encodes a poster."""
    if poster.mime == "image/avif":
        options = {"c:v": "libaom-av1", "still-picture": 1, "cpu-used": 6, "f": "avif"}
        return options | {"crf": settings.poster_avif_crf}
    # update: the name is a name, even with a % in its folder's.
    still = {"update": 1, "f": "image2"}
    if poster.mime == "image/jpeg":
        return still | {"c:v": "mjpeg", "q:v": settings.poster_quality}
    return still | {"c:v": "libwebp", "quality": settings.poster_webp_quality}
