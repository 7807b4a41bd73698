"""What the Tab key makes of what was typed: in any case, and without taking a letter away."""

from __future__ import annotations

from collections.abc import Iterable


def completions(names: Iterable[str], begun: str) -> list[str]:
    """What an unfinished name can become: what was typed stays, letter for letter.

    A terminal puts in what all of them share; if their letters differed from those that were
    typed, it would take these away.
    """
    start = begun.lstrip()
    same = start.casefold()
    return list(
        dict.fromkeys(
            begun + name[len(start) :] for name in names if name[: len(start)].casefold() == same
        )
    )
