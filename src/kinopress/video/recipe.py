"""How the renditions are made: one FFmpeg command, decided before anything runs (pure).

The only module that uses ffmpeg-python. One process decodes the source once and feeds
every rendition and poster through a split graph: 1.07 to 1.13 times the bare encoding cost,
where a process for each output measured 1.40 (H.264) to 2.80 (HDR HEVC).

The graph, top to bottom::

    source picture ─ deinterlace? ─ constant rate ─ to SDR? ─ split ┬ scale ─ H.264 720
                                                                    ├ scale ─ H.264 360
                                                                    └ one frame ─ scale ┬ JPEG
                                                                                        └ WebP
    source sound ─ 48 kHz, gaps filled ─ split ─ one AAC track in each rendition

FFmpeg turns the picture upright by itself before the graph begins.
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

from kinopress.video.ladder import Rendition, choose_fps
from kinopress.video.manifest import MANIFEST_VERSION
from kinopress.video.poster import CANDIDATES, PlannedPoster, plan_posters, poster_moments
from kinopress.video.probe import DEMUXERS, PROTOCOLS, Probe
from kinopress.video.settings import VideoSettings

# Extra seconds after which a rendition is cut. Only a film whose time stamps contradict its
# header reaches it; the length check then refuses the film instead of filling the disk.
_OVERRUN_S = 10.0

# HLG and PQ to BT.709. 36 dB on a round trip; the common "hable" recipe 23 dB (November 2026).
_TONE_MAP_NPL = 203  # nits of diffuse white, ITU-R BT.2408
_TONE_MAP_PEAK = 4.93  # 1000 nits over 203


@dataclass(frozen=True, slots=True)
class Recipe:
    """A decided command.

    Attributes:
        probe: The source.
        renditions: Files to be made, best first.
        posters: Pictures to be made, smallest format first.
        poster_at_s: Second the coach chose for the poster; ``None`` lets FFmpeg choose.
        fps: Constant rate of the renditions.
        settings: What the project set.
    """

    probe: Probe
    renditions: tuple[Rendition, ...]
    posters: tuple[PlannedPoster, ...]
    poster_at_s: float | None
    fps: Fraction
    settings: VideoSettings

    def argv(self, source: Path, folder: Path) -> list[str]:
        """The command for FFmpeg, without the executable.

        Args:
            source: The film; its absolute path is used.
            folder: An empty folder for what is made.
        """
        return _compile(self, f"file:{source.absolute()}", f"file:{folder.absolute()}")

    def digest(self, source_sha256: str, encoder_version: str) -> str:
        """The name of the result: 64 hexadecimal digits.

        It changes with the source's bytes, with anything in the command, with the encoder's
        version and with the manifest's; not with where things lie or what they are called.
        """
        parts = [MANIFEST_VERSION, source_sha256, encoder_version, self.canonical_argv()]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def canonical_argv(self) -> list[str]:
        """The command with ``SOURCE`` and ``OUTPUT`` in place of real paths."""
        return _compile(self, "file:SOURCE", "file:OUTPUT")


def plan_recipe(
    probe: Probe,
    renditions: Sequence[Rendition],
    settings: VideoSettings,
    *,
    poster_at_s: float | None = None,
) -> Recipe:
    """Decide how a source becomes its renditions and posters.

    Args:
        probe: The source.
        renditions: What :func:`kinopress.video.ladder.plan_ladder` chose.
        settings: What the project set.
        poster_at_s: Where to take the poster, in seconds; ``None`` leaves the choice to
            FFmpeg, as :mod:`kinopress.video.poster` explains.
    """
    return Recipe(
        probe=probe,
        renditions=tuple(renditions),
        posters=plan_posters(probe),
        poster_at_s=poster_at_s,
        fps=choose_fps(probe.fps, settings.fps_max),
        settings=settings,
    )


def _compile(recipe: Recipe, source: str, folder: str) -> list[str]:
    settings = recipe.settings
    film = ffmpeg.input(
        source,
        protocol_whitelist=PROTOCOLS,
        format_whitelist=DEMUXERS,
        max_pixels=settings.pixels_max,
    )
    picture = _base_picture(recipe, film[str(recipe.probe.video_index)])
    branches = picture.filter_multi_output("split", len(recipe.renditions) + 1)
    sounds = _sounds(recipe, film)
    outputs = []
    for number, rendition in enumerate(recipe.renditions):
        streams = [_rendition_picture(recipe, branches[number], rendition)]
        if sounds is not None:
            streams.append(sounds[number])
        options = _rendition_options(recipe, rendition)
        outputs.append(ffmpeg.output(*streams, f"{folder}/{rendition.name}", **options))
    stills = _poster_picture(recipe, branches[len(recipe.renditions)])
    for number, poster in enumerate(recipe.posters):
        still = stills[number].filter("format", _poster_format(poster))
        options = _poster_options(poster, settings)
        outputs.append(ffmpeg.output(still, f"{folder}/{poster.name}", **options))
    # -n: the folder is new; a file that is already there is someone else's.
    head = ["-hide_banner", "-nostdin", "-n", "-loglevel", "error", "-nostats"]
    argv: list[str] = ffmpeg.merge_outputs(*outputs).compile(
        cmd=[*head, "-progress", "pipe:1", "-stats_period", "0.5"]
    )
    return argv


def _base_picture(recipe: Recipe, picture: Any) -> Any:
    """What every output shares, done once."""
    if recipe.probe.interlaced:
        # One frame a frame; only frames that say they are interlaced are touched.
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    picture = picture.filter("fps", fps=str(recipe.fps))
    return _to_sdr(recipe, picture) if recipe.probe.is_hdr else picture


def _to_sdr(recipe: Recipe, picture: Any) -> Any:
    """HLG or PQ to BT.709, scaled to the largest output first (0.54 times the CPU for 4K)."""
    probe = recipe.probe
    largest = max(recipe.renditions, key=lambda rendition: rendition.width)
    picture = picture.filter(
        "zscale",
        w=largest.width,
        h=largest.height,
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


def _rendition_picture(recipe: Recipe, picture: Any, rendition: Rendition) -> Any:
    size = (rendition.width, rendition.height)
    picture = _scale(recipe, picture, *size, out_color_matrix="bt709", out_range="tv")
    return picture.filter("format", "yuv420p").filter(
        "setparams",
        range="tv",
        color_primaries="bt709",
        color_trc="bt709",
        colorspace="bt709",
    )


def _sounds(recipe: Recipe, film: Any) -> Any | None:
    """One copy of the sound a rendition; ``None`` for a silent film."""
    if recipe.probe.audio_index is None:
        return None
    sound = film[str(recipe.probe.audio_index)]
    # Phones leave gaps and begin late; async fills and trims so that lips stay in step.
    sound = sound.filter("aresample", 48_000, **{"async": 1, "first_pts": 0})
    sound = sound.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
    return sound.filter_multi_output("asplit", len(recipe.renditions))


def _rendition_options(recipe: Recipe, rendition: Rendition) -> dict[str, Any]:
    settings, fps = recipe.settings, recipe.fps
    options: dict[str, Any] = {
        "c:v": "libx264",
        "preset": "medium",
        "profile:v": "high",
        "crf": rendition.crf,
        "maxrate": rendition.maxrate_bps,
        "bufsize": rendition.bufsize_bits,
        "g": max(1, round(fps * Fraction(settings.gop_s))),
        "fps_mode:v": "cfr",
        "a53cc": 0,  # closed captions hidden in the source's frames
        "movflags": "+faststart",
        "f": "mp4",
        **_PRIVACY,
    }
    if recipe.probe.audio_index is not None:
        options |= {"c:a": "aac", "b:a": settings.audio_bitrate_bps, "flags:a": "+bitexact"}
    if recipe.probe.duration_s is not None:
        end_s = (recipe.probe.start_s or 0.0) + recipe.probe.duration_s + _OVERRUN_S
        options["t"] = f"{end_s:.3f}"
    return options


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


def _poster_picture(recipe: Recipe, picture: Any) -> Any:
    moments = poster_moments(recipe.probe, recipe.fps, recipe.poster_at_s)
    picture = picture.filter("select", moments)
    first = recipe.posters[0]
    # JPEG (JFIF) and lossy WebP both mean BT.601 colours; without this reds turn orange.
    picture = _scale(recipe, picture, first.width, first.height, out_color_matrix="bt601")
    if recipe.poster_at_s is None:  # after scaling: it keeps all candidates in memory
        picture = picture.filter("thumbnail", n=CANDIDATES)
    return picture.filter_multi_output("split", len(recipe.posters))


def _poster_format(poster: PlannedPoster) -> str:
    return "yuvj420p" if poster.mime == "image/jpeg" else "yuv420p"


def _poster_options(poster: PlannedPoster, settings: VideoSettings) -> dict[str, Any]:
    # update: the name is a name, even with a % in its folder's.
    still = {"frames:v": 1, "update": 1, "f": "image2", **_PRIVACY}
    if poster.mime == "image/jpeg":
        return still | {"c:v": "mjpeg", "q:v": settings.poster_quality}
    return still | {"c:v": "libwebp", "quality": settings.poster_webp_quality}
