"""Which results a film has: all of its outputs, or what is enough to publish (pure)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from kinopress.video.manifest import MANIFEST_VERSION
from kinopress.video.recipe import Recipe
from kinopress.video.storyboard import INDEX_NAME, STORYBOARD_NAME

# What a quick run makes plays everywhere and is sharp enough to be published.
_QUICK_SHORT_SIDE_PX = 720


@dataclass(frozen=True, slots=True)
class Plan:
    """One result.

    Attributes:
        digest: 64 hexadecimal digits, after which its folder is named.
        recipes: The recipe digest of each of its outputs, by name.
        complete: Whether these are all outputs.
    """

    digest: str
    recipes: Mapping[str, str]
    complete: bool


def plan_results(recipe: Recipe, source_sha256: str, encoder_version: str) -> tuple[Plan, Plan]:
    """The whole result, and the part of it that is enough to publish."""
    names, quick = recipe.names, _quick_names(recipe)
    whole = _plan(recipe, names, source_sha256, encoder_version, complete=True)
    complete = set(quick) == set(names)
    return whole, _plan(recipe, quick, source_sha256, encoder_version, complete=complete)


def _plan(
    recipe: Recipe, names: tuple[str, ...], sha256: str, encoder_version: str, *, complete: bool
) -> Plan:
    recipes = {name: recipe.digest_of(name, sha256, encoder_version) for name in names}
    if STORYBOARD_NAME in recipes:
        recipes[INDEX_NAME] = _digest([recipes[STORYBOARD_NAME], INDEX_NAME])
    trim = [recipe.trim.from_s, recipe.trim.to_s]
    digest = _digest([MANIFEST_VERSION, sha256, trim, complete, sorted(recipes.items())])
    return Plan(digest, recipes, complete)


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _quick_names(recipe: Recipe) -> tuple[str, ...]:
    """The outputs of a quick run: one H.264 rendition and the posters."""
    plain = [one for one in recipe.renditions if one.codec == "h264"] or list(recipe.renditions)
    small = [one for one in plain if min(one.width, one.height) <= _QUICK_SHORT_SIDE_PX] or plain[
        -1:
    ]
    best = max(small, key=lambda one: one.width * one.height)
    return (best.name, *(poster.name for poster in recipe.posters))
