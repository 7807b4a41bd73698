"""The command that lays drawn pictures one after another as a film (pure)."""

from __future__ import annotations

from kinopress.video.ffmpeg.options import PRIVACY

PATTERN = "%06d.png"
"""The names of the pictures, counted from 0."""
# Visually the pictures themselves: the film that people see is encoded from this one.
_CRF = "6"


def laid_argv(folder: str, film: str, fps: int) -> list[str]:
    """FFmpeg's arguments for a film of the pictures in a folder.

    Args:
        folder: Where they are, as FFmpeg is to open it.
        film: The file to be written, likewise.
        fps: Pictures a second.
    """
    # A percent sign in the folder's own name would be read as the place of a number.
    pictures = f"{folder.replace('%', '%%')}/{PATTERN}"
    private = [
        part
        for name, value in PRIVACY.items()
        for part in (f"-{name}", *([] if value is None else [str(value)]))
    ]
    colours = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    said = [f"-{key}" for key in ("color_primaries", "color_trc", "colorspace")]
    return [
        *["-hide_banner", "-nostdin", "-n", "-loglevel", "error", "-nostats"],
        *["-progress", "pipe:1", "-stats_period", "0.5"],
        *["-f", "image2", "-framerate", str(fps), "-start_number", "0", "-i", pictures],
        *["-vf", colours, "-c:v", "libx264", "-preset", "veryfast", "-crf", _CRF],
        *[part for key in said for part in (key, "bt709")],
        *["-color_range", "tv", *private, "-f", "mp4", film],
    ]
