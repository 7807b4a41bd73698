"""Whether what was made is as small as its source warrants, and what is said where it is not.

An encoder is told a ceiling (:mod:`kinopress.video.recipe.caps`) and goes past it now and then, most of all in a
film of a second or two. So each rendition is weighed; what is over is encoded again at a lower quality, and
what is over even then is left out, if something else plays in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from kinopress.codes import Code
from kinopress.media.manifest import Output
from kinopress.problems import Problem
from kinopress.video.recipe.caps import most_bytes, stands_still
from kinopress.video.recipe.ladder import Rendition, lowered
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.packets import Packed, picture_bytes
from kinopress.video.source.sniff import media_problem

TRIES = 4
"""So often a rendition is encoded again; each time its quality falls by what is missing."""

SAID_FROM_BYTES = 32_000
"""Of a film with fewer bytes of pictures nothing is said: nobody has a better copy of a second of a still."""


def too_large(
    recipe: Recipe, folder: Path, outputs: Sequence[Output], packed: Packed
) -> dict[str, float]:
    """By how many times each rendition is over what its source warrants.

    Args:
        recipe: What was made.
        folder: Where it is.
        outputs: Which of it are to be weighed.
        packed: What the source's packets say.

    Returns:
        More than 1 for each name; one that is small enough has none.
    """
    shown_s = recipe.length_s or 0.0
    length_s = shown_s - recipe.still_s
    source_bytes = _source_bytes(recipe, packed)
    if not source_bytes or length_s <= 0:
        return {}
    if recipe.still_s > length_s:
        # Most of it is the last picture, kept while the sound goes on: its bytes are ours, not the source's.
        return {}
    over: dict[str, float] = {}
    for output in outputs:
        if output.kind != "rendition":
            continue
        most = most_bytes(
            recipe.probe, output.width, output.height, recipe.fps, source_bytes, shown_s
        )
        if (made := picture_bytes(folder / output.path)) > most:
            over[output.path] = made / most
    return over


def made_smaller(recipe: Recipe, over: Mapping[str, float], packed: Packed) -> dict[str, Rendition]:
    """What those that were over are made of next, by name; one that its encoder cannot make smaller has none.

    Args:
        recipe: What was made.
        over: By how many times each was over.
        packed: What the source's packets say.
    """
    source_bytes, shown_s = _source_bytes(recipe, packed), recipe.length_s or 0.0
    smaller: dict[str, Rendition] = {}
    for one in recipe.renditions:
        if one.name in over:
            still = shown_s > 0 and stands_still(
                recipe.probe, one.width, one.height, recipe.fps, source_bytes, shown_s
            )
            less = lowered(one, over[one.name], still=still)
            if less is not None:
                smaller[one.name] = less
    return smaller


def _source_bytes(recipe: Recipe, packed: Packed) -> int:
    """Bytes of the source's pictures in the part that is shown."""
    length_s = (recipe.length_s or 0.0) - recipe.still_s
    return packed.bytes_between(recipe.from_s, recipe.from_s + length_s)


def too_large_to_keep(
    renditions: Sequence[Rendition], made: Collection[str], over: Collection[str]
) -> set[str]:
    """Which of those that are too large are left out: H.264 plays everywhere, so one of it stays, whatever it takes.

    Args:
        renditions: What was to be made of the film.
        made: Names of those that were, and are worth a place.
        over: Names of those that are too large.
    """
    plain = [one.name for one in renditions if one.codec == "h264"]
    small_enough = any(name in made and name not in over for name in plain)
    return set(over) if small_enough else set(over) - set(plain) if plain else set()


def about_size(
    lowered: Collection[str], left_out: Collection[str], over: Collection[str], display_path: str
) -> list[Problem]:
    """What is said of renditions that were too large; nothing where none was.

    Args:
        lowered: Names of those that were made again at a lower quality.
        left_out: Names of those that were too large even so, and are not kept.
        over: Names of those that are kept all the same: nothing else plays everywhere.
        display_path: What the coach calls the film.
    """
    said = [
        f"{_named(names)} {what}"
        for names, what in (
            (set(lowered) - set(left_out) - set(over), "made again at a lower quality"),
            (set(over), "made as small as possible"),
            (set(left_out), "left out"),
        )
        if names
    ]
    if not said:
        return []
    return [
        media_problem(
            display_path,
            "some of its web videos came out larger than the film itself, which is stored in few bytes: "
            + "; ".join(said),
            "if you have a better copy, such as the original from the camera rather than one that was sent as a "
            "message, put that in its place; otherwise, there is nothing to do",
            Code.MEDIA_LOWERED,
            "warning",
        )
    ]


def _named(names: Collection[str]) -> str:
    some = sorted(names)
    return f"{' and '.join(some)} {'was' if len(some) == 1 else 'were'}"
