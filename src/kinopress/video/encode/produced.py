"""What became of one source: a value, so that whoever only holds one need not load what makes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kinopress.media.manifest import Manifest
from kinopress.problems import Problem


@dataclass(frozen=True, slots=True)
class Produced:
    """What became of one source.

    Attributes:
        manifest: What there is, or ``None`` when there are errors.
        folder: Where the manifest's files lie, or ``None``.
        problems: Errors and warnings about this source.
        encoded: Whether this call had to make anything.
        complete: Whether all is there; after a quick run more is to come.
        source_sha256: The source's bytes, so that a caller sees the same film twice; empty
            when it was not read.
    """

    manifest: Manifest | None
    folder: Path | None
    problems: list[Problem] = field(default_factory=list)
    encoded: bool = False
    complete: bool = False
    source_sha256: str = ""
