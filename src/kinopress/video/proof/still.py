"""One picture of a film, as a value: who shows it need not load what found it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Still:
    """One picture of a film: its second, and itself as a JPEG."""

    at_s: float
    jpeg: bytes
