"""What an engine builds."""

from __future__ import annotations

from dataclasses import dataclass

from kinopress.content.model.library import Library
from kinopress.pages.site import Site


@dataclass(frozen=True, slots=True)
class Prepared:
    """A library and the pages made from it."""

    library: Library
    site: Site
