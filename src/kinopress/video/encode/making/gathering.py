"""A film whose parts are made elsewhere: what this computer makes meanwhile, and whether all of it has come."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from kinopress.problems import Problem
from kinopress.video.encode.elsewhere import Spread
from kinopress.video.encode.making.parts import Rows, begin_again
from kinopress.video.encode.making.run import Encoded, Progress
from kinopress.video.recipe.recipe import Recipe

_LOOK_S = 0.25


class Run(Protocol):
    """Makes on this computer what a recipe wants."""

    def __call__(
        self, recipe: Recipe, rows: Rows, tell: Progress, *, to_the_end: bool
    ) -> Encoded | Problem:
        """Make it.

        Args:
            recipe: What is wanted.
            rows: The parts of each rendition that is among it.
            tell: Is told the finished share.
            to_the_end: Decode the film to its end, whatever is wanted of it.
        """


def gather(
    recipe: Recipe, rows: Rows, spread: Spread, run: Run, on_progress: Progress | None
) -> Encoded | Problem:
    """Make here what is not made elsewhere, and wait for the rest.

    The film is decoded here once, whatever else is wanted: its pictures are counted, so that parts that were
    made apart are known to be all of it. If they are not, this computer makes the film by itself.

    Args:
        recipe: What is wanted.
        rows: The parts of each rendition; those that come are put into them.
        spread: Where renditions are being made.
        run: Makes something on this computer.
        on_progress: Is told the finished share of all.

    Raises:
        OSError: the disk is full or in trouble.
    """

    def tell(share: float) -> None:
        if on_progress is not None:
            on_progress(share)

    rest = replace(recipe, wanted=frozenset(recipe.names) - set(recipe.films))
    encoded = run(rest, {}, lambda _: tell(spread.share), to_the_end=True)
    if isinstance(encoded, Problem):
        return encoded
    while not spread.wait(_LOOK_S):
        tell(spread.share)
    if problem := spread.problem():
        return problem
    made = {name: rows[name] for name in recipe.films}
    if all(not row.later and row.begun.pictures == encoded.pictures for row in made.values()):
        tell(spread.share)
        return encoded
    for row in made.values():
        if row.begun.pictures >= encoded.pictures:
            begin_again(row, row.recipe)
            row.parts.clear()
            row.later.clear()
    films = replace(recipe, wanted=frozenset(recipe.films))
    return run(films, rows, tell, to_the_end=False)
