"""What kind of file is this? By its first bytes, never by its name.

The list holds what a coach's folder may hold, also what is never published: a problem that
calls a file by its kind helps more than one that says "unknown".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Attributes:
        name: A short name for programs.
        words: What it is called, with its article.
        endings: The endings of its files' names, in lower-case letters; the first is the usual one.
    """

    name: str
    words: str
    endings: tuple[str, ...]

    def has_ending_of(self, name: str) -> bool:
        """Whether a file of this name would be of this kind."""
        return PurePosixPath(name).suffix.casefold() in self.endings


_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

_KINDS = {
    kind.name: kind
    for kind in (
        FileKind("jpeg", "a JPEG picture", (".jpg", ".jpeg", ".jpe", ".jfif")),
        FileKind("png", "a PNG picture", (".png",)),
        FileKind("webp", "a WebP picture", (".webp",)),
        FileKind("avif", "an AVIF picture", (".avif", ".avifs")),
        FileKind("heic", "a HEIC picture", (".heic", ".heif", ".hif")),
        FileKind("gif", "a GIF picture", (".gif",)),
        FileKind("svg", "an SVG drawing", (".svg",)),
        FileKind("tiff", "a TIFF picture or a camera's raw picture", (".tif", ".tiff", ".dng")),
        FileKind("bmp", "a BMP picture", (".bmp", ".dib")),
        FileKind("ico", "a Windows icon", (".ico", ".cur")),
        FileKind("jxl", "a JPEG XL picture", (".jxl",)),
        FileKind("jp2", "a JPEG 2000 picture", (".jp2", ".j2k", ".jpf")),
        FileKind("psd", "a Photoshop document", (".psd", ".psb")),
        FileKind("mp4", "a film or sound recording", (".mp4", ".m4v", ".m4a", ".mov", ".3gp")),
        FileKind("mov", "a QuickTime film", (".mov", ".qt")),
        FileKind("webm", "a film or sound recording", (".webm", ".mkv", ".mka")),
        FileKind("avi", "a film", (".avi",)),
        FileKind("wav", "a sound recording", (".wav",)),
        FileKind("mp3", "a sound recording", (".mp3",)),
        FileKind("aac", "a sound recording", (".aac",)),
        FileKind("ogg", "a sound recording", (".ogg", ".oga", ".opus", ".ogv")),
        FileKind("flac", "a sound recording", (".flac",)),
        FileKind("pdf", "a PDF", (".pdf",)),
        FileKind("zip", "an archive or an office document", (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".pages", ".key", ".numbers", ".epub", ".kmz")),
        FileKind("office", "an office document", (".doc", ".xls", ".ppt", ".msg")),
        FileKind("rtf", "an office document", (".rtf",)),
        FileKind("woff", "a web font", (".woff",)),
        FileKind("woff2", "a web font", (".woff2",)),
        FileKind("font", "a font that is not made for the web", (".ttf", ".otf", ".ttc")),
        FileKind("gzip", "a packed file", (".gz", ".tgz", ".svgz")),
        FileKind("text", "a text", ()),
    )
}  # fmt: skip

_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"BM", "bmp"),
    (b"\0\0\1\0", "ico"),
    (b"\xff\x0a", "jxl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"8BPS", "psd"),
    (b"\x1aE\xdf\xa3", "webm"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"%PDF-", "pdf"),
    (b"PK\3\4", "zip"),
    (b"PK\5\6", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "rtf"),
    (b"wOFF", "woff"),
    (b"wOF2", "woff2"),
    (b"\0\1\0\0", "font"),
    (b"OTTO", "font"),
    (b"ttcf", "font"),
    (b"true", "font"),
    (b"\x1f\x8b", "gzip"),
)
_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>\s*)*<(?:\w+:)?svg[\s>/]", re.DOTALL)  # fmt: skip
_CONTROL = bytes(n for n in range(32) if n not in b"\t\n\r\f")


def kind_of(head: bytes) -> FileKind | None:
    """The kind of a file by its first bytes (4096 are enough); ``None`` when it is not known."""
    name = _name_of(head)
    return _KINDS[name] if name else None


def kind_by_ending(name: str) -> FileKind | None:
    """The kind that a file's name promises; ``None`` when no kind has its ending."""
    return next((kind for kind in _KINDS.values() if kind.has_ending_of(name)), None)


def _name_of(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in (b"avif", b"avis"):
            return "avif"
        if brand in _HEIF_BRANDS:
            return "avif" if b"avif" in head[16:64] and b"heic" not in head[16:64] else "heic"
        return "mp4"
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}.get(head[8:12])
    for start, name in _HEADS:
        if head.startswith(start) and (name not in _TEXT_LIKE or b"\0" in head):
            return name
    if head[4:8] in _QUICKTIME:
        return "mov"
    if coding := wide_coding(head):
        words = head[: len(head) & ~1].decode(coding, "ignore")
        return "svg" if _SVG.match(words.removeprefix("\ufeff").encode()) else None
    if head[:2] == b"\xff\xfe":
        return None  # text in UTF-16; sound of layer I, which begins like it, nobody has any more
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0x06 == 0 else "mp3"
    if _is_text(head):
        return "svg" if _SVG.match(head.removeprefix(b"\xef\xbb\xbf")) else "text"
    return None


def wide_coding(data: bytes) -> str | None:
    """Which UTF-16 a text of marks begins in, as some drawing programs save it; ``None`` for any other."""
    return _WIDE.get(bytes(data[:2])) if b"<" in data[:4] else None


_WIDE = {
    b"\xff\xfe": "utf-16-le",
    b"<\0": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"\0<": "utf-16-be",
}

_TEXT_LIKE = ("bmp",)
"""Kinds whose first bytes are ordinary letters: a text may begin with them."""


def _is_text(head: bytes) -> bool:
    """UTF-8 without control characters; the last character may be cut off."""
    if head.translate(None, _CONTROL) != head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) - error.start < 4 and error.reason == "unexpected end of data"
    return True
