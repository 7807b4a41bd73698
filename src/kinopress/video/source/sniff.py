"""First look at a file, before any library opens it: is it a film at all?

Everything a coach can drop into ``videos/`` by mistake gets its own sentence here, so
that "invalid data found when processing input" never reaches a person.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from kinopress.codes import Code
from kinopress.privacy.traces import kind_of
from kinopress.problems import Problem, Severity

_HEAD_BYTES = 4096

# Lists of other files. FFmpeg would open whatever they name, local files included.
_PLAYLIST = re.compile(
    rb"\A\s*(?:#EXTM3U|ffconcat\s|<\?xml[^>]*>\s*(?:<!--.*?-->\s*)?<MPD|<MPD|"
    rb"<smil|<SmoothStreamingMedia|\[playlist\]|\[reference\])",
    re.IGNORECASE | re.DOTALL,
)

# The first boxes that begin a QuickTime or MP4 file (ISO/IEC 14496-12, QuickTime File Format).
MP4_FIRST_BOXES = frozenset({b"ftyp", b"mdat", b"moov", b"wide", b"free", b"skip", b"pnot"})

# FFmpeg's demuxer name → the endings people give such files.
_ENDINGS = {
    "mov": (".mov", ".mp4", ".m4v", ".qt", ".3gp", ".3g2", ".mj2"),
    "matroska": (".mkv", ".webm", ".mk3d"),
    "mpegts": (".ts", ".mts", ".m2ts"),
    "avi": (".avi",),
    "mpeg": (".mpg", ".mpeg", ".vob"),
}

OTHER_FILMS = (
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media film"),
    (b"FLV\x01", "a Flash film"),
    (b"OggS", "an Ogg film or sound recording"),
    (b".RMF", "a RealMedia film"),
    (b"\x1f\x07\x00", "a film from a DV tape"),
)
"""How films begin that are not read here, and what they are called."""
_FILMS = ("mp4", "mov", "webm", "avi", "font", "text")
"""Kinds that say nothing new of a film that cannot be opened, or that a few bytes of one may look like."""


def media_problem(
    path: str, message: str, hint: str, code: Code, severity: Severity = "error"
) -> Problem:
    """A problem with a whole media file, which has neither lines nor fields."""
    return Problem(path, message, hint, code, severity=severity)


def check_file(path: Path, display_path: str) -> Problem | None:
    """Refuse what is not a regular, readable, filled file. Opens nothing but such a file."""
    try:
        str(path).encode()
        status = path.stat()
    except UnicodeEncodeError:
        return media_problem(
            display_path, "the file's name is not text", "rename the file", Code.MEDIA_NAME
        )
    except FileNotFoundError:
        return media_problem(
            display_path, "there is no such file", "put the film there", Code.MEDIA_MISSING
        )
    except OSError as error:
        return _unreadable(display_path, error)
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe or device"
        return media_problem(
            display_path,
            f"this is {kind}, not a video file",
            "put a video file in its place",
            Code.MEDIA_NOT_A_FILE,
        )
    if status.st_size == 0:
        return media_problem(
            display_path,
            "the file is empty (0 bytes)",
            "copy it from the camera again",
            Code.MEDIA_EMPTY,
        )
    try:
        head = _head(path)
    except OSError as error:
        return _unreadable(display_path, error)
    if _PLAYLIST.match(head.removeprefix(b"\xef\xbb\xbf")):
        return media_problem(
            display_path,
            "this is a list of other files (a playlist), not a film",
            "put the film itself there",
            Code.MEDIA_PLAYLIST,
        )
    return None


def explain_unopenable(path: Path, display_path: str) -> Problem:
    """Say why a regular, filled file could not be opened as a film."""
    head = _head(path)
    if head[4:8] in MP4_FIRST_BOXES:
        return media_problem(
            display_path,
            "the recording is incomplete: the part that says where the pictures are is missing",
            "copy it from the camera again; if the camera stopped while filming, repair it there",
            Code.MEDIA_UNFINISHED,
        )
    kind = kind_of(head)
    words = next((words for begins, words in OTHER_FILMS if head.startswith(begins)), None)
    if words is None and kind is not None and kind.name not in _FILMS:
        words = kind.words
    if words is not None:
        what = f"{words}, which cannot be read here as a film"
    else:
        what = "text" if _is_text(head) else "not a video that can be read"
        what += ", whatever its name says"
    return media_problem(
        display_path,
        f"this is {what}",
        "export the film as MP4 or MOV and put that there",
        Code.MEDIA_NOT_A_VIDEO,
    )


def picture_demuxer(path: Path) -> str | None:
    """FFmpeg's demuxer for a JPEG, PNG, WebP or AVIF by its first bytes, else ``None``."""
    try:
        head = _head(path)
    except OSError:
        return None
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg_pipe"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png_pipe"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp_pipe"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "mov"
    return None


def check_ending(path: Path, container: str, display_path: str) -> Problem | None:
    """Warn when a file's ending belongs to another kind of film."""
    endings = _ENDINGS.get(container, ())
    if not endings or path.suffix.lower() in endings:
        return None
    return media_problem(
        display_path,
        f"the file ends in {path.suffix or 'nothing'} but is a {endings[0]} film",
        f"it works, but rename it to {path.stem}{endings[0]} to avoid confusion",
        Code.MEDIA_ENDING,
        "warning",
    )


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)


def _is_text(head: bytes) -> bool:
    # A cut at _HEAD_BYTES may split a character of up to 4 bytes.
    text = head.decode("utf-8", errors="ignore")
    return b"\0" not in head and len(text.encode()) >= len(head) - 3


def _unreadable(display_path: str, error: OSError) -> Problem:
    return media_problem(
        display_path,
        f"the file cannot be read ({error.strerror or 'unknown reason'})",
        "check its permissions, and that its disk is connected",
        Code.MEDIA_UNREADABLE,
    )
