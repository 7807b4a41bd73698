"""Which files of a site have a name that tells their content, so that they never change and may be kept for good."""

from __future__ import annotations

import re

LASTING = (
    r"(?:media/[0-9a-f]{16}[/.]"
    r"|figures/(?:muscles/)?[^/]+-[0-9a-f]{10}[./]"
    r"|assets/(?:web|offline|stylesheets|javascripts)/(?:.*[-./])?(?:[0-9a-f]{8,64}|[A-Z0-9]{8})[./]).+"
)
"""A name with a digest in it (``media/43721f8af61b6024/…``, ``main-IAQAVDPE.js``, ``main.57a0d79d.min.css``) is given by
the program, from the content. A coach may have folders of these names, too, and a handout there whose name is a
date (``assets/leaflet-20261122.pdf``): that one changes."""


def is_lasting(path: str) -> bool:
    """Whether a file never changes, by its path on the site."""
    return re.fullmatch(LASTING, path) is not None
