"""The coach's own files as readers get them: a value that pages are rendered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kinopress.pictures.made import Made


@dataclass(frozen=True, slots=True)
class Published:
    """The coach's own files as readers get them.

    Attributes:
        made: What was made of a file, by its path in the project.
        addresses: Where a file is on the site when it is linked, by its path in the project.
        files: Place on the site → the file on this computer.
        written: Place on the site → what is written there.
    """

    made: Mapping[str, Made] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    written: Mapping[str, bytes] = field(default_factory=dict)


NOTHING = Published()
"""A site without files of the coach's own."""
