"""Which results a film has: all of its outputs, or what is enough to publish (pure)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kinopress.media.manifest import MANIFEST_VERSION
from kinopress.video.ffmpeg import commands
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.recipe.storyboard import INDEX_NAME, STORYBOARD_NAME
from kinopress.video.settings import QUICK_CRF_LOWER

# What a quick run makes plays everywhere and is sharp enough to be published.
_QUICK_SHORT_SIDE_PX = 720


@dataclass(frozen=True, slots=True)
class PlannedResult:
    """One result.

    Attributes:
        digest: 64 hexadecimal digits, after which its folder is named.
        recipe: How it is made.
        recipes: The recipe digest of each of its outputs, by name.
        complete: Whether these are all outputs, as good as they become.
    """

    digest: str
    recipe: Recipe
    recipes: Mapping[str, str]
    complete: bool


def plan_results(
    recipe: Recipe, source_sha256: str, encoder_version: str
) -> tuple[PlannedResult, PlannedResult]:
    """The whole result, and what is enough to publish."""
    whole = _plan(recipe, source_sha256, encoder_version, complete=True)
    return whole, _plan(quick_recipe(recipe), source_sha256, encoder_version, complete=False)


def quick_recipe(recipe: Recipe) -> Recipe:
    """The recipe of a quick run: the posters, and one H.264 rendition made in a hurry.

    The whole result has it again, from a decode that is needed anyway: what a film keeps for good
    should not be larger because it was wanted soon.
    """
    plain = [one for one in recipe.renditions if one.codec == "h264"] or list(recipe.renditions)
    small = [one for one in plain if min(one.width, one.height) <= _QUICK_SHORT_SIDE_PX] or plain[
        -1:
    ]
    best = max(small, key=lambda one: one.width * one.height)
    if best.codec == "h264":
        best = replace(best, preset="superfast", crf=max(0, best.crf - QUICK_CRF_LOWER))
    return replace(recipe, renditions=(best,), storyboard=None, base_size=(best.width, best.height))


def _plan(recipe: Recipe, sha256: str, encoder_version: str, *, complete: bool) -> PlannedResult:
    recipes = {
        name: commands.digest_of(recipe, name, sha256, encoder_version) for name in recipe.names
    }
    if STORYBOARD_NAME in recipes:
        recipes[INDEX_NAME] = _digest([recipes[STORYBOARD_NAME], INDEX_NAME])
    trim = [recipe.trim.from_s, recipe.trim.to_s]
    digest = _digest([MANIFEST_VERSION, sha256, trim, complete, sorted(recipes.items())])
    return PlannedResult(digest, recipe, recipes, complete)


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
