"""What was published from this computer, as it was noted here: no host is asked."""

from __future__ import annotations

from pathlib import Path

REMEMBERED = Path(".kinopress/cache")
"""Where a copy of each host's record is kept."""


def published_paths(project: Path) -> frozenset[str]:
    """The files of the releases that were published from this computer last, at any place, by path on the site."""
    found = sorted((project / REMEMBERED).glob("published-*.json"))
    if not found:
        return frozenset()
    # A check of a site that was never published knows nothing of records.
    from kinopress.publish.record import UnreadableRecord, read_record  # noqa: PLC0415

    paths: set[str] = set()
    for file in found:
        try:
            paths |= read_record(file.read_bytes()).files().keys()
        except (OSError, UnreadableRecord):
            continue
    return frozenset(paths)
