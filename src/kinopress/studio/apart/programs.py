"""The studio's programs, compiled by another process before it loads them.

Compiling takes several MB for a moment, and Python keeps them from the system for as long as a process runs. So a process
that ends compiles all that the studio will load, where Python keeps it, or, where Python may not keep anything or can not,
as in a place that is only to be read, in a folder of this run alone.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from kinopress.system.processors.apart import Lost, apart

_LOADED = (
    "kinopress.studio.run",
    *(
        "uvicorn.loops.auto",
        "uvicorn.loops.asyncio",
        "uvicorn.protocols.http.h11_impl",
        "uvicorn.lifespan.off",
    ),
    *("anyio._backends._asyncio", "anyio._core._fileio"),
)
"""What the studio loads as it starts, and with the first request."""
_LOADED_LATER = (
    *("kinopress.content.forms.read_later", "kinopress.figures.pose"),
    *("kinopress.pages.parts.html", "kinopress.pages.place", "kinopress.pages.text"),
    *("kinopress.content.read", "kinopress.figures.anatomy.plates", "segno"),
)
"""What it is told by other processes, and what it loads when somebody types a text, renames or removes a page, or films with a phone."""


@contextlib.contextmanager
def compiled_apart() -> Iterator[Mapping[str, bytes]]:
    """Have everything compiled, for as long as the studio runs; nothing of the studio may be loaded before.

    Yields:
        Its templates as programs, by their names; none where no other process can be had: then each is compiled where it is
        needed.
    """
    with contextlib.ExitStack() as until:
        folder = None
        if not _is_kept():
            folder = until.enter_context(
                tempfile.TemporaryDirectory(prefix="kinopress-", ignore_cleanup_errors=True)
            )
        templates: Mapping[str, bytes] = {}
        with contextlib.suppress(Lost):
            templates = apart(load_all, folder)
        if folder is not None:
            until.callback(setattr, sys, "pycache_prefix", sys.pycache_prefix)
            sys.pycache_prefix = folder
        yield templates


def _is_kept() -> bool:
    """Whether Python keeps what it compiles: this program too, then, which it has loaded."""
    if sys.dont_write_bytecode or __spec__ is None or __spec__.cached is None:
        return False
    return Path(__spec__.cached).exists()


def load_all(folder: str | None) -> Mapping[str, bytes]:
    """Load and so compile all programs; the templates.

    Args:
        folder: Where what is compiled is kept; ``None``: where Python keeps it.
    """
    if folder is not None:
        sys.dont_write_bytecode, sys.pycache_prefix = False, folder
    for name in (*_LOADED, *_LOADED_LATER):
        import_module(name)
    from kinopress.pages.parts.html import converted  # noqa: PLC0415 - compiled above
    from kinopress.studio.look import compiled  # noqa: PLC0415

    converted("A text.")  # what makes HTML of texts loads its parts by name
    return compiled()
