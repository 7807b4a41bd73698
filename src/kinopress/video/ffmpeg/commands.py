"""The commands of a recipe: lists of arguments for FFmpeg, and the digests made of them (pure).

The graph itself is put together by :mod:`kinopress.video.ffmpeg.graph`.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from kinopress.video.ffmpeg.graph import (
    compile_argv,
    input_options,
    picture_argv,
    select_at,
    span_argv,
)
from kinopress.video.ffmpeg.soundtrack import finishing_argv, hearing_argv
from kinopress.video.recipe import poster_score
from kinopress.video.recipe.loudness import measuring_argv
from kinopress.video.recipe.part_files import Begun, Span
from kinopress.video.recipe.poster import safe_moment
from kinopress.video.recipe.recipe import Recipe

# Anything that changes what is made without changing the command raises this, such as how parts are
# joined.
_RECIPE_VERSION = 4
# In the commands that are digested, for what is found out only when it is needed.
_CHOSEN_S = "CHOSEN"
_MEASURED_GAIN = "MEASURED"


def encoding(
    recipe: Recipe,
    source: Path,
    folder: Path,
    begun: Mapping[str, Begun] | None = None,
    *,
    to_the_end: bool = False,
) -> list[str]:
    """The command for FFmpeg, without the executable.

    Args:
        recipe: What is to be made.
        source: The film; its absolute path is used.
        folder: A folder for what is made, with those for the parts of renditions in it.
        begun: How much of each rendition there is already.
        to_the_end: Decode the whole film, whatever is made, so that its pictures are counted.
    """
    names = [name for name in recipe.names if not _from_image(recipe, name)]
    at = select_at(safe_moment(recipe.poster_at_s or 0.0, recipe.length_s, recipe.fps))
    paths = f"file:{source.absolute()}", f"file:{folder.absolute()}"
    return compile_argv(recipe, *paths, names, at, begun, to_the_end=to_the_end)


_THREADS = 4
"""For each encoder of a part that is made elsewhere: of as many, every computer makes the same bytes."""


def encoding_span(
    recipe: Recipe, source: Path, folder: Path, names: Sequence[str], span: Span
) -> list[str]:
    """The command that makes some pictures in a row of some renditions, without the executable.

    Args:
        recipe: What is to be made.
        source: The film; its absolute path is used.
        folder: Where the files are to be, the name of a rendition and ``.nut`` each.
        names: The renditions.
        span: Which pictures.
    """
    paths = f"file:{source.absolute()}", f"file:{folder.absolute()}"
    return span_argv(recipe, *paths, names, span, threads=_THREADS)


def measuring(recipe: Recipe, source: Path) -> list[str] | None:
    """The command that measures the sound as it was filmed; ``None`` for a silent film."""
    if recipe.probe.audio_index is None:
        return None
    before = _before_input(recipe)
    if recipe.trim.to_s is not None:
        before += ["-t", f"{recipe.trim.to_s - recipe.trim.from_s:.3f}"]
    return measuring_argv(
        before,
        f"file:{source.absolute()}",
        recipe.probe.audio_index,
        None,
        first_channel=recipe.probe.first_channel,
    )


def hearing(recipe: Recipe, source: str, heard: str) -> list[str] | None:
    """The command that decodes the sound; ``None`` for a silent film.

    Args:
        recipe: What is to be made.
        source: The film, as FFmpeg is to open it.
        heard: The file to be written, likewise.
    """
    if recipe.probe.audio_index is None:
        return None
    return hearing_argv(
        _before_input(recipe),
        source,
        heard,
        sound=recipe.probe.audio_index,
        picture=recipe.probe.video_index,
        first_channel=recipe.probe.first_channel,
        lead_s=recipe.lead_s,
        end_s=recipe.end_s,
    )


def finishing(
    recipe: Recipe,
    heard: str | None,
    finished: str,
    gain: str | None,
    *,
    least_s: float | None = None,
) -> list[str]:
    """The command that encodes the decoded sound.

    Args:
        recipe: What is to be made.
        heard: What :func:`hearing` wrote, as FFmpeg is to open it; ``None``: silence.
        finished: The file to be written, likewise.
        gain: Such as ``4.5dB``; ``None`` leaves the loudness alone.
        least_s: How long it lasts at least, by silence at its end.
    """
    end_s = recipe.length_s if heard is None else recipe.end_s
    bitrate_bps = recipe.settings.audio_bitrate_bps
    return finishing_argv(
        heard, finished, gain=gain, bitrate_bps=bitrate_bps, end_s=end_s, least_s=least_s
    )


def _before_input(recipe: Recipe) -> list[str]:
    return [
        argument
        for key, value in input_options(recipe).items()
        for argument in (f"-{key}", str(value))
    ]


def digest_of(recipe: Recipe, name: str, source_sha256: str, encoder_version: str) -> str:
    """The digest of one output: 64 hexadecimal digits.

    It changes with the source's bytes, with anything in the command that this output
    depends on, and with the encoder's version; not with where things lie, what they are
    called or which other outputs are made.
    """
    parts: list[object] = [_RECIPE_VERSION, encoder_version]
    if _from_image(recipe, name):
        parts += [
            recipe.own_poster and recipe.own_poster.sha256,
            picture_argv(recipe, Path("/"), Path("/"), [name]),
        ]
    else:
        parts += [source_sha256, _canonical_of(recipe, name)]
        if name in recipe.films:
            parts += canonical_sound(recipe)
        if name in _poster_names(recipe) and recipe.poster_at_s is None:
            parts.append(poster_score.VERSION)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def canonical(recipe: Recipe, names: Sequence[str] | None = None) -> list[str]:
    """The command with ``SOURCE`` and ``OUTPUT`` in place of real paths.

    The program's choice of a poster, which is found out only when it is needed, has a name in
    it instead of a value.
    """
    if names is None:
        names = [name for name in recipe.names if not _from_image(recipe, name)]
    at = select_at(
        _CHOSEN_S
        if recipe.poster_at_s is None
        else safe_moment(recipe.poster_at_s, recipe.length_s, recipe.fps)
    )
    return compile_argv(recipe, "file:SOURCE", "file:OUTPUT", names, at)


@functools.lru_cache(maxsize=256)
def _canonical_of(recipe: Recipe, name: str) -> tuple[str, ...]:
    """Of one output: what is asked again for each look at a film, and takes ten times as long as its digest."""
    return tuple(canonical(recipe, [name]))


def canonical_sound(recipe: Recipe) -> list[list[str]]:
    """The commands of the sound, likewise, with a name for the gain."""
    decoding = hearing(recipe, "file:SOURCE", "file:HEARD")
    if decoding is None:
        return []
    return [decoding, finishing(recipe, "file:HEARD", "file:OUTPUT", _MEASURED_GAIN)]


def _poster_names(recipe: Recipe) -> frozenset[str]:
    return frozenset(poster.name for poster in recipe.posters)


def _from_image(recipe: Recipe, name: str) -> bool:
    return recipe.own_poster is not None and name in _poster_names(recipe)
