"""What was rendered the last time, kept on the disk: so that the next build renders only what would come out otherwise.

A file that is damaged, or of other programs, is not used: that costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from functools import partial
from pathlib import Path
from typing import NoReturn

from kinopress.pages.again import Rendered, Renderings, Words
from kinopress.system.kept.as_bytes import read_checked, write_checked

RENDERED = Path(".kinopress/cache/rendered.pickle")
_VERSION = 4


class _Plain(pickle.Unpickler):
    """Makes numbers, texts and lists of them and nothing else, whatever a file asks for."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name}")


def read_renderings(project: Path, *, programs: str, site: Path) -> Renderings:
    """What is remembered of the last build; nothing where that cannot be used.

    Args:
        project: The project's folder.
        programs: A digest of the programs that make pages now.
        site: The folder with the last site.
    """

    def file_before(path: str, sha256: str) -> bytes | None:
        try:
            data = (site / path).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    data = read_checked(project / RENDERED, partial(_check, programs))
    try:
        common, told, pages = _Plain(io.BytesIO(data or b"")).load()
        last = {
            path: Rendered(seen, now, Words(sha256, search, form))
            for path, (seen, now, sha256, search, form) in pages.items()
        }
    except Exception:
        return Renderings()
    return Renderings(last=last, last_common=common, last_told=told, file_before=file_before)


def write_renderings(project: Path, renderings: Renderings, *, programs: str) -> None:
    """Write down what a build rendered, once its site is in place.

    Raises:
        OSError: it cannot be written.
    """
    pages = {
        path: (
            page.seen,
            page.now,
            page.words.sha256,
            page.words.has_search,
            page.words.has_form,
        )
        for path, page in renderings.made.items()
    }
    value = renderings.common, renderings.told, pages
    # As JSON it took twice as long to say and to read: a thousand pages have read 300,000 things.
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    write_checked(project / RENDERED, partial(_check, programs), data)


def _check(programs: str, data: bytes) -> str:
    """A digest of all that is remembered, and of who remembers it."""
    return hashlib.sha256(f"{_VERSION} {programs}\n".encode() + data).hexdigest()
