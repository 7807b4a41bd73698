"""How the renditions are made: one FFmpeg command, decided before anything runs (pure).

The only module that uses ffmpeg-python. One process decodes the source once and feeds
every rendition and poster through a split graph, at most 1.03 times the bare cost of decoding once
and encoding each (``benchmarks/encode.py``).

The graph, top to bottom::

    source, trimmed
      picture ─ deinterlace? ─ constant rate ─ to SDR? ─ split ┬ scale ─ AV1 1080
                                                               ├ scale ┬ AV1 720
                                                               │       └ H.264 720
                                                               ├ scale ─ H.264 360
                                                               ├ one frame ─ scale ┬ AVIF
                                                               │                   ├ WebP
                                                               │                   └ JPEG
                                                               └ every 2 s ─ scale ─ grid
      sound ─ 48 kHz stereo, gaps filled ─ gain ─ limiter ─ split ─ AAC in each rendition

FFmpeg turns the picture upright by itself before the graph begins. What one output is made
of does not depend on which others are made with it, so each has a digest of its own and is
made once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from kinopress.video import poster_score
from kinopress.video.ladder import Av1Encoder, Rendition, choose_fps
from kinopress.video.loudness import gain_filters, measuring_argv
from kinopress.video.poster import OwnPoster, PlannedPoster, plan_posters, safe_moment
from kinopress.video.probe import DEMUXERS, PROTOCOLS, Probe
from kinopress.video.settings import VideoSettings
from kinopress.video.storyboard import STORYBOARD_NAME, PlannedStoryboard, plan_storyboard
from kinopress.video.trim import WHOLE, Trim

_STORYBOARD_QUALITY = 60

# Extra seconds after which a rendition is cut. Only a film whose time stamps contradict its
# header reaches it; the length check then refuses the film instead of filling the disk.
_OVERRUN_S = 10.0

# HLG and PQ to BT.709. 36 dB on a round trip; the common "hable" recipe 23 dB (November 2026).
_TONE_MAP_NPL = 203  # nits of diffuse white, ITU-R BT.2408
_TONE_MAP_PEAK = 4.93  # 1000 nits over 203


# Anything here that changes what is made without changing the command raises this.
_RECIPE_VERSION = 2
# In the command that is digested, for what is found out only when it is needed.
_CHOSEN_S = "CHOSEN"
_MEASURED_GAIN = "MEASURED"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A decided command.

    Attributes:
        probe: The source.
        renditions: Files to be made, in the order of ``<source>`` elements.
        posters: Pictures to be made, smallest format first.
        storyboard: The grid of small pictures, if there is one.
        trim: The part of the source that is shown.
        poster_at_s: Second of the shown film for the poster; ``None``: still to be chosen.
        gain_db: Gain of the sound; ``None`` leaves it alone.
        own_poster: The coach's own poster, of which the posters are then made, by
            :func:`picture_argv`.
        wanted: Names of the files to be made now; ``None`` means all.
        base_size: Width and height of the largest rendition of the whole ladder, to which an
            HDR film is scaled before it is tone-mapped.
        av1: What encodes AV1.
        fps: Constant rate of the renditions.
        settings: What the project set.
    """

    probe: Probe
    renditions: tuple[Rendition, ...]
    posters: tuple[PlannedPoster, ...]
    storyboard: PlannedStoryboard | None
    trim: Trim
    poster_at_s: float | None
    gain_db: float | None
    own_poster: OwnPoster | None
    wanted: frozenset[str] | None
    base_size: tuple[int, int]
    av1: Av1Encoder | None
    fps: Fraction
    settings: VideoSettings

    @property
    def length_s(self) -> float | None:
        """How long the shown film lasts."""
        return self.trim.length_s(self.probe.duration_s)

    @property
    def names(self) -> tuple[str, ...]:
        """The files that FFmpeg makes, in the manifest's order."""
        grid = [STORYBOARD_NAME] if self.storyboard else []
        films = [rendition.name for rendition in self.renditions]
        made = [*films, *(poster.name for poster in self.posters), *grid]
        return tuple(name for name in made if self.wanted is None or name in self.wanted)

    def argv(self, source: Path, folder: Path) -> list[str]:
        """The command for FFmpeg, without the executable.

        Args:
            source: The film; its absolute path is used.
            folder: An empty folder for what is made.
        """
        names = [name for name in self.names if not self._from_image(name)]
        gain = None if self.gain_db is None else f"{self.gain_db:.2f}dB"
        at = _select_at(safe_moment(self.poster_at_s or 0.0, self.length_s))
        paths = f"file:{source.absolute()}", f"file:{folder.absolute()}"
        return _compile(self, *paths, names, gain, at)

    def measuring_argv(self, source: Path, gain_db: float | None) -> list[str] | None:
        """The command that measures the sound; ``None`` for a silent film."""
        if self.probe.audio_index is None:
            return None
        before = [
            argument
            for key, value in _input_options(self).items()
            for argument in (f"-{key}", str(value))
        ]
        path = f"file:{source.absolute()}"
        return measuring_argv(before, path, self.probe.audio_index, gain_db)

    def digest_of(self, name: str, source_sha256: str, encoder_version: str) -> str:
        """The digest of one output: 64 hexadecimal digits.

        It changes with the source's bytes, with anything in the command that this output
        depends on, and with the encoder's version; not with where things lie, what they are
        called or which other outputs are made.
        """
        parts: list[object] = [_RECIPE_VERSION, encoder_version]
        if self._from_image(name):
            parts += [
                self.own_poster and self.own_poster.sha256,
                picture_argv(self, Path("/"), Path("/"), [name]),
            ]
        else:
            parts += [source_sha256, self.canonical_argv([name])]
            if name in self._poster_names and self.poster_at_s is None:
                parts.append(poster_score.VERSION)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def canonical_argv(self, names: Sequence[str] | None = None) -> list[str]:
        """The command with ``SOURCE`` and ``OUTPUT`` in place of real paths.

        What is found out only when it is needed, the gain and the program's choice of a
        poster, has a name in it instead of a value.
        """
        if names is None:
            names = [name for name in self.names if not self._from_image(name)]
        at = _select_at(
            _CHOSEN_S if self.poster_at_s is None else safe_moment(self.poster_at_s, self.length_s)
        )
        return _compile(self, "file:SOURCE", "file:OUTPUT", names, _MEASURED_GAIN, at)

    @property
    def _poster_names(self) -> frozenset[str]:
        return frozenset(poster.name for poster in self.posters)

    def _from_image(self, name: str) -> bool:
        return self.own_poster is not None and name in self._poster_names


def plan_recipe(
    probe: Probe,
    renditions: Sequence[Rendition],
    settings: VideoSettings,
    *,
    av1: Av1Encoder | None = "libsvtav1",
    avif: bool = True,
    trim: Trim = WHOLE,
    poster_at_s: float | None = None,
    own_poster: OwnPoster | None = None,
) -> Recipe:
    """Decide how a source becomes its outputs.

    Args:
        probe: The source.
        renditions: What :func:`kinopress.video.ladder.plan_ladder` chose.
        settings: What the project set.
        av1: What encodes AV1.
        avif: Whether AVIF posters can be made.
        trim: The part of the source that is shown.
        poster_at_s: Where to take the poster, in seconds of the source; ``None``, or a second
            that was cut off, leaves the choice to :mod:`kinopress.video.poster_score`.
        own_poster: The coach's own poster, which wins over ``poster_at_s``.
    """
    largest = max(renditions, key=lambda rendition: rendition.width * rendition.height)
    pictured = own_poster or probe
    length_s = trim.length_s(probe.duration_s)
    return Recipe(
        probe=probe,
        renditions=tuple(renditions),
        posters=plan_posters(pictured.width, pictured.height, avif=avif),
        storyboard=plan_storyboard(probe.width, probe.height, length_s),
        trim=trim,
        poster_at_s=None if poster_at_s is None else trim.published_s(poster_at_s),
        gain_db=None,
        own_poster=own_poster,
        wanted=None,
        base_size=(largest.width, largest.height),
        av1=av1,
        fps=choose_fps(probe.fps, settings.fps_max),
        settings=settings,
    )


def picture_argv(recipe: Recipe, image: Path, folder: Path, names: Sequence[str]) -> list[str]:
    """FFmpeg's arguments that make posters of the coach's own picture.

    Args:
        recipe: Knows the picture's format and the posters' sizes.
        image: The picture; FFmpeg turns it upright by itself.
        folder: Where the posters are to be.
        names: Those that are to be made.
    """
    posters = [poster for poster in recipe.posters if poster.name in names]
    picture = ffmpeg.input(
        f"file:{image.absolute()}",
        f=recipe.own_poster.demuxer if recipe.own_poster else None,
        protocol_whitelist=PROTOCOLS,
        max_pixels=recipe.settings.pixels_max,
    )
    size = (posters[0].width, posters[0].height)
    picture = picture.video.filter("scale", *size, out_color_matrix="bt601", out_range="tv")
    return _argv(_poster_outputs(recipe, picture.filter("setsar", "1"), posters, folder.as_posix()))


def _input_options(recipe: Recipe) -> dict[str, Any]:
    options: dict[str, Any] = {
        "protocol_whitelist": PROTOCOLS,
        "format_whitelist": DEMUXERS,
        "max_pixels": recipe.settings.pixels_max,
    }
    # Before the input, so that what is cut off is neither encoded nor, mostly, decoded;
    # FFmpeg decodes from the keyframe before and drops what comes too early.
    trim = recipe.trim
    if trim.from_s > 0:
        options["ss"] = f"{trim.from_s:.3f}"
    if trim.to_s is not None:
        options["t"] = f"{trim.to_s - trim.from_s:.3f}"
    return options


def _compile(
    recipe: Recipe, source: str, folder: str, names: Sequence[str], gain: str | None, at: str
) -> list[str]:
    film = ffmpeg.input(source, **_input_options(recipe))
    renditions = [one for one in recipe.renditions if one.name in names]
    posters = [one for one in recipe.posters if one.name in names]
    storyboard = recipe.storyboard if STORYBOARD_NAME in names else None
    picture = _base_picture(recipe, film[str(recipe.probe.video_index)])
    sizes = list(dict.fromkeys((one.width, one.height) for one in renditions))
    branches = _fork(picture, "split", len(sizes) + bool(posters) + bool(storyboard))
    pictures: dict[str, Any] = {}
    for size in sizes:
        # Scaled once for all codecs of a size: that halved what scaling to 720 costs.
        alike = [one.name for one in renditions if (one.width, one.height) == size]
        scaled = _rendition_picture(recipe, branches.pop(0), *size)
        pictures |= zip(alike, _fork(scaled, "split", len(alike)), strict=True)
    sounds = _sounds(recipe, film, gain, len(renditions))
    outputs = []
    for rendition in renditions:
        streams = [pictures[rendition.name]]
        if sounds:
            streams.append(sounds.pop(0))
        options = _rendition_options(recipe, rendition)
        if rendition is renditions[0]:
            options |= _TOLD
        outputs.append(ffmpeg.output(*streams, f"{folder}/{rendition.name}", **options))
    if posters:
        # JPEG (JFIF) and lossy WebP both mean BT.601 colours; without this reds turn orange.
        still = branches.pop(0).filter("select", at)
        size = (posters[0].width, posters[0].height)
        still = _scale(recipe, still, *size, out_color_matrix="bt601", out_range="tv")
        outputs += _poster_outputs(recipe, still, posters, folder)
    if storyboard:
        outputs.append(_storyboard_output(recipe, branches.pop(0), storyboard, folder))
    return _argv(outputs)


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
    """What every output shares, done once."""
    if recipe.probe.interlaced:
        # One frame a frame; only frames that say they are interlaced are touched.
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    picture = picture.filter("fps", fps=str(recipe.fps))
    if (end_s := _end_s(recipe)) is not None:
        # A gap of hours in the time stamps is filled with millions of frames; here they stop.
        picture = picture.filter("trim", end=f"{end_s:.3f}")
    return _to_sdr(recipe, picture) if recipe.probe.is_hdr else picture


def _to_sdr(recipe: Recipe, picture: Any) -> Any:
    """HLG or PQ to BT.709, scaled to the largest output first (0.54 times the CPU for 4K)."""
    probe = recipe.probe
    width, height = recipe.base_size
    picture = picture.filter(
        "zscale",
        w=width,
        h=height,
        tin=probe.color_transfer,
        min=probe.color_matrix or "bt2020nc",
        pin="bt2020",
        rin=probe.color_range or "tv",
        t="linear",
        npl=_TONE_MAP_NPL,
    )
    picture = picture.filter("format", "gbrpf32le").filter("zscale", p="bt709")
    picture = picture.filter("tonemap", tonemap="mobius", param=0.7, desat=0, peak=_TONE_MAP_PEAK)
    return picture.filter("zscale", t="bt709", m="bt709", r="tv").filter("format", "yuv420p")


def _scale(recipe: Recipe, picture: Any, width: int, height: int, **to: str) -> Any:
    """Scale to square pixels and convert the colour matrix in the same pass."""
    probe = recipe.probe
    return picture.filter(
        "scale",
        width,
        height,
        in_color_matrix="bt709" if probe.is_hdr else _matrix(probe),
        in_range="tv" if probe.is_hdr else (probe.color_range or "auto"),
        **to,
    ).filter("setsar", "1")


def _is_plain(probe: Probe) -> bool:
    """Whether the picture has a rendition's colours and samples already; tone-mapped, it has."""
    return probe.is_hdr or (
        probe.pix_fmt == "yuv420p"
        and _matrix(probe) == "bt709"
        and probe.color_range in ("tv", None)
    )


def _matrix(probe: Probe) -> str:
    """The matrix of the source's colours; unsaid, as players guess: BT.709 from HD upwards."""
    if probe.color_matrix in ("bt709", "smpte240m", "fcc"):
        return probe.color_matrix
    if probe.color_matrix in ("bt2020nc", "bt2020c"):
        return "bt2020"
    if probe.color_matrix == "gbr":
        return "auto"
    unsaid_hd = probe.color_matrix is None and max(probe.width, probe.height) >= 1280
    return "bt709" if unsaid_hd else "bt601"


def _rendition_picture(recipe: Recipe, picture: Any, width: int, height: int) -> Any:
    if _is_plain(recipe.probe):
        # Only the size changes: zimg does that in a quarter of swscale's time. Catmull-Rom, as
        # sharp as swscale's bicubic.
        sharp = {"filter": "bicubic", "param_a": 0, "param_b": 0.5}
        picture = picture.filter("zscale", w=width, h=height, **sharp).filter("setsar", "1")
    else:
        picture = _scale(recipe, picture, width, height, out_color_matrix="bt709", out_range="tv")
    return picture.filter("format", "yuv420p").filter(
        "setparams",
        range="tv",
        color_primaries="bt709",
        color_trc="bt709",
        colorspace="bt709",
    )


def _sounds(recipe: Recipe, film: Any, gain: str | None, count: int) -> list[Any]:
    """One copy of the sound a rendition; none for a silent film."""
    if recipe.probe.audio_index is None or count == 0:
        return []
    sound = film[str(recipe.probe.audio_index)]
    # Phones leave gaps and begin late; async fills and trims so that lips stay in step.
    sound = sound.filter("aresample", 48_000, **{"async": 1, "first_pts": 0})
    sound = sound.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
    if gain is not None:
        for name, options in gain_filters(gain):
            sound = sound.filter(name, **options)
        sound = sound.filter("aformat", sample_fmts="fltp")
    return _fork(sound, "asplit", count)


def _rendition_options(recipe: Recipe, rendition: Rendition) -> dict[str, Any]:
    settings, fps = recipe.settings, recipe.fps
    options: dict[str, Any] = {
        **(_h264(rendition) if rendition.codec == "h264" else _av1(recipe, rendition)),
        "crf": rendition.crf,
        "g": max(1, round(fps * Fraction(settings.gop_s))),
        "fps_mode:v": "cfr",
        "movflags": "+faststart",
        "f": "mp4",
        **_PRIVACY,
    }
    if recipe.probe.audio_index is not None:
        options |= {"c:a": "aac", "b:a": settings.audio_bitrate_bps, "flags:a": "+bitexact"}
    if (end_s := _end_s(recipe)) is not None:
        options["t"] = f"{end_s:.3f}"
    return options


def _end_s(recipe: Recipe) -> float | None:
    """When everything ends at the latest, in seconds of the shown film."""
    if recipe.length_s is None:
        return None
    return (recipe.probe.start_s or 0.0) + recipe.length_s + _OVERRUN_S


def _h264(rendition: Rendition) -> dict[str, Any]:
    options: dict[str, Any] = {
        "c:v": "libx264",
        "preset": "medium",
        "profile:v": "high",
        "a53cc": 0,  # closed captions hidden in the source's frames
    }
    if rendition.maxrate_bps is not None:
        options |= {"maxrate": rendition.maxrate_bps, "bufsize": rendition.bufsize_bits}
    return options


def _av1(recipe: Recipe, rendition: Rendition) -> dict[str, Any]:
    if recipe.av1 == "libaom-av1":
        # cpu-used 6: the fastest of its "good" speeds that keeps most of what AV1 saves.
        return {"c:v": "libaom-av1", "cpu-used": 6, "row-mt": 1, "b:v": 0}
    # Left to itself, SVT takes more memory the more cores it sees: two threads a rendition
    # fill two cores, and the whole ladder stays at 1.2 GB (1080p, November 2026).
    return {"c:v": "libsvtav1", "preset": 8, "svtav1-params": "lp=2"}


# One line a picture that was encoded. FFmpeg's own report (-progress) is silent until every output
# has begun, and a storyboard begins when the film ends.
_TOLD: dict[str, Any] = {"stats_enc_post:v": "pipe:1", "stats_enc_post_fmt:v": "out_time_s={t}"}

# A plain transcode copies the place where a film was made into the public file.
_PRIVACY: dict[str, Any] = {
    "map_metadata": -1,
    "map_metadata:s": -1,
    "map_chapters": -1,
    "dn": None,
    "sn": None,
    "fflags": "+bitexact",
    "flags:v": "+bitexact",
}


def _select_at(moment: float | str) -> str:
    return f"gte(t,{moment if isinstance(moment, str) else f'{moment:.3f}'})"


def _poster_outputs(
    recipe: Recipe, still: Any, posters: Sequence[PlannedPoster], folder: str
) -> list[Any]:
    outputs = []
    for poster, picture in zip(posters, _fork(still, "split", len(posters)), strict=True):
        options = {"frames:v": 1, **_poster_codec(poster, recipe.settings), **_PRIVACY}
        shown = picture.filter("format", _poster_format(poster))
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


def _poster_format(poster: PlannedPoster) -> str:
    return "yuvj420p" if poster.mime == "image/jpeg" else "yuv420p"


def _poster_codec(poster: PlannedPoster, settings: VideoSettings) -> dict[str, Any]:
    if poster.mime == "image/avif":
        options = {"c:v": "libaom-av1", "still-picture": 1, "cpu-used": 6, "f": "avif"}
        return options | {"crf": settings.poster_avif_crf}
    # update: the name is a name, even with a % in its folder's.
    still = {"update": 1, "f": "image2"}
    if poster.mime == "image/jpeg":
        return still | {"c:v": "mjpeg", "q:v": settings.poster_quality}
    return still | {"c:v": "libwebp", "quality": settings.poster_webp_quality}


def _storyboard_output(recipe: Recipe, picture: Any, board: PlannedStoryboard, folder: str) -> Any:
    tiles = picture.filter("select", board.select())
    size = (board.tile_width, board.tile_height)
    tiles = _scale(recipe, tiles, *size, out_color_matrix="bt601", out_range="tv")
    layout = f"{board.columns}x{board.rows}"
    grid = tiles.filter("tile", layout=layout, nb_frames=board.tiles).filter("format", "yuv420p")
    options = {"frames:v": 1, "update": 1, "f": "image2", "c:v": "libwebp"}
    quality = {"quality": _STORYBOARD_QUALITY}
    path = f"{folder}/{STORYBOARD_NAME}"
    return ffmpeg.output(grid, path, **options, **quality, **_PRIVACY)
