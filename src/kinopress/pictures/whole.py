"""Is a JPEG whole? Asked of a second decoder, because the first fills what is missing with grey.

A photo that was cut off and given an end (by a rescue program, or a copy that broke off) is
taken by libjpeg with a warning that Pillow does not hand on. FFmpeg can be told to refuse it.
The only module of this room that uses PyAV.
"""

from __future__ import annotations

import io

import av


def is_whole_jpeg(data: bytes) -> bool:
    """False only when there are fewer pixels than the file says; what FFmpeg cannot judge counts as whole."""
    try:
        with av.open(io.BytesIO(data), "r", format="jpeg_pipe") as container:
            stream = container.streams.video[0]
            stream.codec_context.options = {"err_detect": "explode"}
            next(container.decode(stream), None)
    except av.error.InvalidDataError:
        return False
    except (av.error.FFmpegError, ValueError, LookupError):
        return True
    return True
