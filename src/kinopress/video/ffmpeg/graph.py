"""The FFmpeg graph of a recipe, as a list of arguments (pure): the only module that uses ffmpeg-python.

The graph, top to bottom::

    source, trimmed
      picture ─ one size, upright ─ deinterlace? ─ constant rate ─ split ┬ to SDR? ─ split ┬ scale ─ AV1 1080
                                                                         │                 ├ scale ┬ AV1 720
                                                                         │                 │       └ H.264 720
                                                                         │                 └ scale ─ H.264 360
                                                                         ├ one frame ─ to SDR? ─ scale ┬ AVIF
                                                                         │                             ├ WebP
                                                                         │                             └ JPEG
                                                                         └ every 2 s ─ to SDR? ─ scale ─ grid

The sound is made by commands of its own (:mod:`kinopress.video.ffmpeg.soundtrack`).

Renditions are written in parts (:mod:`kinopress.video.encode.making.parts`), which :mod:`kinopress.video.proof.joining`
joins with the sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from kinopress.video.ffmpeg.colours import (
    alike_throughout,
    rendition_picture,
    scaled,
    to_sdr,
    turned,
)
from kinopress.video.ffmpeg.options import (
    PRIVACY,
    STORYBOARD,
    av1_options,
    h264_options,
    poster_format,
    poster_options,
)
from kinopress.video.recipe.ladder import Rendition
from kinopress.video.recipe.part_files import FOLDER, NUMBERED, Begun, Span
from kinopress.video.recipe.poster import PlannedPoster
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.recipe.storyboard import STORYBOARD_NAME, PlannedStoryboard
from kinopress.video.source.containers.boxes import NO_CROP
from kinopress.video.source.containers.transport import CLOCK_ON_S, clock_on_s
from kinopress.video.source.film import Probe
from kinopress.video.source.packets import CUT_ANYWHERE, DEMUXERS, PROTOCOLS

CAME, SEEN = "came", "seen"
"""The keys in the lines that tell of pictures: from the film, and at the constant rate."""


def picture_argv(recipe: Recipe, image: Path, folder: Path, names: Sequence[str]) -> list[str]:
    """FFmpeg's arguments that make posters of the coach's own picture.

    Args:
        recipe: Knows the posters' sizes.
        image: The picture as :mod:`kinopress.pictures.posters` makes it ready, a PNG.
        folder: Where the posters are to be.
        names: Those that are to be made.
    """
    posters = [poster for poster in recipe.posters if poster.name in names]
    picture = ffmpeg.input(
        f"file:{image.absolute()}",
        f="png_pipe",
        protocol_whitelist=PROTOCOLS,
        max_pixels=recipe.settings.pixels_max,
    )
    size = (posters[0].width, posters[0].height)
    picture = picture.video.filter("scale", *size, out_color_matrix="bt601", out_range="tv")
    return _argv(_poster_outputs(recipe, picture.filter("setsar", "1"), posters, folder.as_posix()))


def input_options(recipe: Recipe) -> dict[str, Any]:
    """What may be opened, and where the shown part of it begins."""
    options: dict[str, Any] = {
        "protocol_whitelist": PROTOCOLS,
        "format_whitelist": DEMUXERS,
        "max_pixels": recipe.settings.pixels_max,
    }
    # Before the input, so that what is cut off is neither encoded nor, mostly, decoded.
    if recipe.trim.from_s > 0:
        options["ss"] = f"{recipe.trim.from_s:.3f}"
    if (on_s := clock_on_s(recipe.probe.jumps)) < CLOCK_ON_S:
        options["dts_delta_threshold"] = f"{on_s:.3f}"
    return options


def _picture_options(recipe: Recipe) -> dict[str, Any]:
    """How pictures come into the graph."""
    options = input_options(recipe)
    if recipe.trim.from_s > 0:
        # From the keyframe before: the picture that is shown when the trim begins may be old.
        options["noaccurate_seek"] = None
    # The graph turns them itself, behind the filter that bears pictures of another size.
    options["noautorotate"] = None
    if recipe.probe.crop == NO_CROP:
        # FFmpeg would build the whole graph again at every change of size, format or colours, and
        # what fills and counts would begin from 0 again. FFmpeg's own cropping bears no change.
        options["reinit_filter:v"] = 0
    return options


def _span_options(recipe: Recipe, span: Span) -> dict[str, Any]:
    """How pictures come into the graph where only some in a row are wanted.

    Each has the time that it has when the film is decoded from its beginning, to the microsecond: FFmpeg subtracts
    the second from which it reads, and is told to add what is too much of that.
    """
    options = _picture_options(recipe)
    if span.seek_s is not None:
        shown_from_s = float(f"{recipe.trim.from_s:.3f}")
        options["ss"] = f"{span.seek_s:.6f}"
        options["itsoffset"] = f"{span.seek_s - shown_from_s:.6f}"
        options["noaccurate_seek"] = None
    return options


def span_argv(
    recipe: Recipe, source: str, folder: str, names: Sequence[str], span: Span, *, threads: int
) -> list[str]:
    """FFmpeg's arguments that make some pictures in a row of some renditions, a file each.

    Args:
        recipe: What is made.
        source: The film, as FFmpeg is to open it.
        folder: Where the files are to be, as FFmpeg is to write them: the name of a rendition and ``.nut``.
        names: The renditions.
        span: Which pictures.
        threads: How many each encoder has. x264 makes other bytes with another number, and by itself takes
            as many as the computer has to offer.
    """
    film = ffmpeg.input(source, **_span_options(recipe, span))
    renditions = [one for one in recipe.renditions if one.name in names]
    picture = _base_picture(recipe, film[str(recipe.probe.video_index)])
    outputs = []
    for one, sized in _rendition_pictures(recipe, _those(picture, span), renditions):
        shown = sized.filter("setpts", "PTS-STARTPTS") if span.first else sized
        options = rendition_options(recipe, one) | {"f": "nut", "threads:v": threads}
        outputs.append(ffmpeg.output(shown, f"{folder}/{one.name}.nut", **options))
    if _clock_of_all(recipe.probe):
        outputs.append(ffmpeg.output(film[str(recipe.probe.audio_index)], "-", f="null", c="copy"))
    return _argv(outputs)


def _those(picture: Any, span: Span) -> Any:
    """The pictures of a span and no others; FFmpeg reads no further than the last."""
    end = {} if span.end is None else {"end_frame": span.end}
    if not span.first and not end:
        return picture
    return picture.filter("trim", start_frame=span.first, **end)


def _rendition_pictures(
    recipe: Recipe, picture: Any, renditions: Sequence[Rendition]
) -> Iterator[tuple[Rendition, Any]]:
    """Each rendition with its picture, at its size and in its colours."""
    picture = to_sdr(recipe, picture, recipe.base_size)
    sizes = list(dict.fromkeys((one.width, one.height) for one in renditions))
    for size, branch in zip(sizes, _fork(picture, "split", len(sizes)), strict=True):
        # Scaled once for all codecs of a size: that halved what scaling to 720 costs.
        alike = [one for one in renditions if (one.width, one.height) == size]
        sized = rendition_picture(recipe, branch, *size)
        yield from zip(alike, _fork(sized, "split", len(alike)), strict=True)


def compile_argv(
    recipe: Recipe,
    source: str,
    folder: str,
    names: Sequence[str],
    at: str,
    begun: Mapping[str, Begun] | None = None,
    *,
    to_the_end: bool = False,
) -> list[str]:
    """FFmpeg's arguments that make some of a recipe's outputs, all but the sound.

    Args:
        recipe: What is made.
        source: The film, as FFmpeg is to open it.
        folder: Where the outputs are to be, as FFmpeg is to write them.
        names: Those that are to be made.
        at: The expression of :func:`select_at` for the posters.
        begun: How much of each rendition there is already.
        to_the_end: Decode the whole film, whatever is made, so that its pictures are counted.
    """
    film = ffmpeg.input(source, **_picture_options(recipe))
    renditions = [one for one in recipe.renditions if one.name in names]
    posters = [one for one in recipe.posters if one.name in names]
    storyboard = recipe.storyboard if STORYBOARD_NAME in names else None
    picture = _base_picture(recipe, film[str(recipe.probe.video_index)])
    wanted = bool(renditions) + bool(posters) + bool(storyboard) + to_the_end
    branches = _fork(picture, "split", wanted)
    outputs = []
    if to_the_end:
        outputs.append(ffmpeg.output(branches.pop(0), "-", f="null"))
    if renditions:
        outputs += _rendition_outputs(recipe, branches.pop(0), renditions, folder, begun or {})
    if posters:
        size = (posters[0].width, posters[0].height)
        still = to_sdr(recipe, branches.pop(0).filter("select", at), size)
        # JPEG (JFIF) and lossy WebP both mean BT.601 colours; without this reds turn orange.
        still = scaled(recipe, still, *size, out_color_matrix="bt601", out_range="tv")
        outputs += _poster_outputs(recipe, still, posters, folder)
    if storyboard:
        outputs.append(_storyboard_output(recipe, branches.pop(0), storyboard, folder))
    if _clock_of_all(recipe.probe):
        outputs.append(ffmpeg.output(film[str(recipe.probe.audio_index)], "-", f="null", c="copy"))
    return _argv(outputs)


def _clock_of_all(probe: Probe) -> bool:
    """Whether FFmpeg must read the sound as well, so that the pictures' times begin where its do.

    In a stream that may be cut anywhere, it lets time begin with the first of what it reads: pictures
    that come half a second after the sound would be half a second early. What is read is thrown away.
    """
    return probe.container in CUT_ANYWHERE and probe.audio_index is not None


def _argv(outputs: Sequence[Any]) -> list[str]:
    # -n: the folder is new; a file that is already there is someone else's.
    head = ["-hide_banner", "-nostdin", "-n", "-loglevel", "error", "-nostats"]
    argv: list[str] = ffmpeg.merge_outputs(*outputs).compile(
        cmd=[*head, "-progress", "pipe:1", "-stats_period", "0.5"]
    )
    return argv


def _fork(stream: Any, filter_name: str, count: int) -> list[Any]:
    """The same stream ``count`` times; a single one needs no filter."""
    if count == 1:
        return [stream]
    forked = stream.filter_multi_output(filter_name, count)
    return [forked[number] for number in range(count)]


def _base_picture(recipe: Recipe, picture: Any) -> Any:
    """What every output shares, done once, and lines for each picture that comes by.

    Those that come from the film are told of first, so that it is known what of it did not decode.

    FFmpeg's own report (-progress) is silent until every output has begun, and a storyboard begins
    when the film ends. The filter that prints what frames carry tells instead, in every version;
    it passes over frames that carry nothing.
    """
    if recipe.lead_s > 0:
        picture = picture.filter("setpts", f"PTS-{recipe.lead_s:.6f}/TB")
    picture = _told(alike_throughout(recipe.probe, picture), CAME)
    if recipe.probe.interlaced:
        # One frame a frame; only frames that say they are interlaced are touched.
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    picture = turned(recipe.probe, picture)
    # From 0 on: a film whose pictures begin after its sound shows its first picture until then.
    # A last slide of less than a step would be rounded away: all begin a little earlier then.
    steps = {"round": "down", "eof_action": "pass"} if recipe.ends_within_step else {}
    picture = picture.filter("fps", fps=str(recipe.fps), start_time=0, **steps)
    if recipe.still_s > 0:
        # The sound continues, and the last picture stays.
        picture = picture.filter("tpad", stop_mode="clone", stop_duration=f"{recipe.still_s:.3f}")
    if (end_s := recipe.end_s) is not None:
        # A gap of hours in the time stamps is filled with millions of frames; here they stop.
        picture = picture.filter("trim", end=f"{end_s:.3f}")
    return _told(picture, SEEN)


def _told(picture: Any, key: str) -> Any:
    """Two lines for each picture that comes by: its number and time, and the key."""
    picture = picture.filter("metadata", mode="add", key=key, value=1)
    return picture.filter("metadata", mode="print", key=key, file="pipe:1", direct=1)


def _rendition_outputs(
    recipe: Recipe,
    picture: Any,
    renditions: Sequence[Rendition],
    folder: str,
    begun: Mapping[str, Begun],
) -> list[Any]:
    """The renditions, each in parts from where it is."""
    there = {one.name: begun.get(one.name, Begun()) for one in renditions}
    # What no rendition needs any more is not even tone-mapped.
    skipped = min(one.pictures for one in there.values())
    outputs: dict[str, Any] = {}
    for one, shown in _rendition_pictures(recipe, _from_picture(picture, skipped), renditions):
        rest = _from_picture(shown, there[one.name].pictures - skipped)
        outputs[one.name] = _parts_output(recipe, rest, one, there[one.name], folder)
    return [outputs[one.name] for one in renditions]


def _from_picture(picture: Any, number: int) -> Any:
    return picture.filter("trim", start_frame=number) if number else picture


def _parts_output(
    recipe: Recipe, picture: Any, rendition: Rendition, begun: Begun, folder: str
) -> Any:
    if begun.pictures:
        picture = picture.filter("setpts", "PTS-STARTPTS")
    options: dict[str, Any] = {
        "f": "segment",
        "segment_format": "nut",
        "segment_time": f"{recipe.settings.part_s:.3f}",
        "segment_start_number": begun.parts,
    }
    # A % in the name of a folder is no number to be counted.
    place = f"{folder}/{FOLDER}/{rendition.name}".replace("%", "%%")
    coded = rendition_options(recipe, rendition)
    return ffmpeg.output(picture, f"{place}/{NUMBERED}", **coded, **options)


def rendition_options(recipe: Recipe, rendition: Rendition) -> dict[str, Any]:
    """What encodes a rendition, whatever file it is written to."""
    gop_s = recipe.settings.gop_s if rendition.gop_s is None else rendition.gop_s
    return {
        **(
            h264_options(rendition)
            if rendition.codec == "h264"
            else av1_options(rendition, recipe.av1)
        ),
        "crf": rendition.crf,
        "g": max(1, round(recipe.fps * Fraction(gop_s))),
        # The graph has made the rate constant; nothing is doubled or dropped after it.
        "fps_mode:v": "passthrough",
        **PRIVACY,
    }


def select_at(moment: float | str) -> str:
    """FFmpeg's ``select`` expression: one picture, the first from a second on."""
    at = moment if isinstance(moment, str) else f"{moment:.3f}"
    return f"isnan(prev_selected_t)*gte(t,{at})"


def _poster_outputs(
    recipe: Recipe, still: Any, posters: Sequence[PlannedPoster], folder: str
) -> list[Any]:
    outputs = []
    for poster, picture in zip(posters, _fork(still, "split", len(posters)), strict=True):
        options = {"frames:v": 1, **poster_options(poster, recipe.settings), **PRIVACY}
        shown = picture.filter("format", poster_format(poster))
        if poster.mime == "image/avif":
            # It says its colours; the same BT.601 as the other two.
            shown = shown.filter(
                "setparams",
                range="tv",
                color_primaries="bt709",
                color_trc="bt709",
                colorspace="smpte170m",
            )
        outputs.append(ffmpeg.output(shown, f"{folder}/{poster.name}", **options))
    return outputs


def _storyboard_output(recipe: Recipe, picture: Any, board: PlannedStoryboard, folder: str) -> Any:
    size = (board.tile_width, board.tile_height)
    tiles = to_sdr(recipe, picture.filter("select", board.select()), size)
    tiles = scaled(recipe, tiles, *size, out_color_matrix="bt601", out_range="tv")
    layout = f"{board.columns}x{board.rows}"
    grid = tiles.filter("tile", layout=layout, nb_frames=board.tiles).filter("format", "yuv420p")
    options = {"frames:v": 1, **STORYBOARD}
    path = f"{folder}/{STORYBOARD_NAME}"
    return ffmpeg.output(grid, path, **options, **PRIVACY)
