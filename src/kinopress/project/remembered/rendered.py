"""What was rendered the last time, kept on the disk: so that the next build renders only what would come out otherwise.

A file that is damaged, or of other programs, is not used: that costs time and nothing else.
"""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from kinopress.pages.again import Rendered, Renderings, Words
from kinopress.system.kept import read_said, write_said

RENDERED = Path(".kinopress/cache/rendered.json")
_VERSION = 2


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

    def take(kept: Any) -> Renderings:
        last = {
            path: Rendered(tuple(seen), now, Words(sha256, bool(search), bool(form)))
            for path, (seen, now, sha256, search, form) in kept["pages"].items()
        }
        return Renderings(last=last, last_common=kept["common"], file_before=file_before)

    return read_said(project / RENDERED, partial(_check, programs), take) or Renderings()


def write_renderings(project: Path, renderings: Renderings, *, programs: str) -> None:
    """Write down what a build rendered, once its site is in place.

    Raises:
        OSError: it cannot be written.
    """
    pages = {
        path: [
            page.seen,
            page.now,
            page.words.sha256,
            int(page.words.has_search),
            int(page.words.has_form),
        ]
        for path, page in renderings.made.items()
    }
    value = {"common": renderings.common, "pages": pages}
    write_said(project / RENDERED, partial(_check, programs), value)


def _check(programs: str, said: str) -> str:
    """A digest of all that is remembered, and of who remembers it."""
    return hashlib.sha256(f"{_VERSION} {programs} {said}".encode()).hexdigest()
