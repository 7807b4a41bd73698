"""What a published file still tells about where it came from, proved on its bytes.

A camera writes place, date, device and owner into its files, and several tools copy them
on. Searching for text misses most of it (a place can be a fixed-point number), so each
format is walked by its own structure, from the first byte to the last, against a list of
what may be there. Everything else is a trace: what nobody knows is never published. So a
file of an unknown kind is one trace as a whole. Pure: bytes in, traces out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kinopress.privacy.traces import calendar, font, gzipped, iso, jpeg, pdf, png, text, webp
from kinopress.privacy.traces.drawing import svg
from kinopress.privacy.traces.kinds import FileKind, kind_by_ending, kind_of
from kinopress.privacy.traces.trace import Trace

__all__ = ["FileKind", "Trace", "find_traces", "kind_by_ending", "kind_of"]

_WALKS: dict[str, Callable[[bytes], Iterable[Trace]]] = {
    "jpeg": jpeg.walk,
    "png": png.walk,
    "webp": webp.walk,
    "avif": iso.walk_picture,
    "mp4": iso.walk_film,
    "svg": svg.walk,
    "pdf": pdf.walk,
    "woff": font.walk_woff,
    "woff2": font.walk_woff2,
    "gzip": gzipped.walk,
}


def find_traces(data: bytes, name: str = "") -> list[Trace]:
    """Everything in a file's bytes that is not known to be harmless.

    Args:
        data: The whole file, or a map of it.
        name: The file's name. With one, its ending must agree with the content, and a
            text must be of a kind that a site is made of.
    """
    if not len(data):
        return []
    kind = kind_of(bytes(data[:4096]))
    if kind is None:
        return [Trace("", "a kind of file that is not known here")]
    traces: list[Trace] = []
    if name and kind.name == "text":
        traces += text.check_name(name)
        if name.casefold().endswith(".ics"):
            traces += calendar.walk(data)
    elif name and not kind.has_ending_of(name):
        traces.append(Trace("", f"{kind.words} whose name says that it is something else"))
    return [*traces, *_walk(data)]


def _walk(data: bytes) -> list[Trace]:
    """The traces of a file, or of one that is nested in another."""
    kind = kind_of(bytes(data[:4096]))
    if kind is not None and kind.name in _WALKS:
        return list(_WALKS[kind.name](data))
    if kind is not None and kind.name == "text":
        return list(text.walk(data, _walk))
    words = kind.words if kind else "a kind of file that is not known here"
    return [Trace("", f"whatever {words} may contain")]
