"""What was handed over, as a value: the studio shows it without loading what makes it."""

from __future__ import annotations

from dataclasses import dataclass

from kinopress.problems import Report


@dataclass(frozen=True, slots=True)
class Handed:
    """What was made.

    Attributes:
        path: Where it is; ``None`` where something stopped it.
        size_bytes: How large it is.
        films: The films that are inside, or could be, by the names of their pages.
        with_films_bytes: How large it is, or would be, with all of them.
        report: What was found.
    """

    path: str | None
    size_bytes: int
    films: tuple[str, ...]
    with_films_bytes: int
    report: Report
