"""Which files of a site have a name that tells their content, so that they never change and may be kept for good."""

from __future__ import annotations

import re

LASTING = r"(?:media|figures|pictures|assets)/(?:.*[-./])?(?:[0-9a-f]{8,64}|[A-Z0-9]{8})[./].+"
"""Below these folders a name with a digest in it (``media/43721f8af61b6024/…``, ``main-IAQAVDPE.js``,
``main.57a0d79d.min.css``) is given by the program, from the content; a coach's own names are not read so."""


def is_lasting(path: str) -> bool:
    """Whether a file never changes, by its path on the site."""
    return re.fullmatch(LASTING, path) is not None
