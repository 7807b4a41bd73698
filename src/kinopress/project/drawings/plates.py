"""The drawings of the muscle pages. They are part of the program, so a build draws none of them."""

from __future__ import annotations

import functools
import hashlib
import re
from pathlib import Path

from kinopress import figures
from kinopress.content.model.library import Library
from kinopress.figures.anatomy import plates
from kinopress.media.plate import Plate

FOLDER = Path(figures.__file__).parent / "data/plates"


def ready_plates(library: Library) -> dict[str, Plate]:
    """The drawings of the pages that are shown, by their names; a page that we have none for has none."""
    return {
        slug: _plate(slug)
        for kind, slug in library.pages
        if kind == "muscle" and slug in plates.PLATES
    }


@functools.cache
def _plate(slug: str) -> Plate:
    file = FOLDER / f"{slug}.svg"
    data = file.read_bytes()
    box = re.search(rb'viewBox="0 0 (\d+) (\d+)"', data)
    assert box is not None  # noqa: S101 - our own drawing
    what = plates.PLATES[slug]
    return Plate(
        slug,
        hashlib.sha256(data).hexdigest(),
        file,
        int(box[1]),
        int(box[2]),
        plates.words_of(slug),
        plates.shown_by(slug),
        what.beside,
        what.both,
        slug in plates.NERVES,
    )
