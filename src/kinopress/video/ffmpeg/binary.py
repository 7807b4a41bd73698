"""Finding an FFmpeg that can do the work.

First the one that ``imageio-ffmpeg`` brings (FFmpeg 9 for Linux, macOS and Windows; the
same for everybody, so that a coach's laptop and the build server agree), then the
system's, from 5.1 on. What a binary can do is asked of it, never assumed: builds differ
by platform.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import imageio_ffmpeg

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.system.process import run
from kinopress.video.recipe.ladder import Av1Encoder

REQUIRED_ENCODERS = frozenset({"libx264", "aac", "mjpeg", "libwebp"})
# -fps_mode and the AVIF muxer came with 5.1.
MINIMUM_VERSION = (5, 1)
_ANSWER_S = 20.0


@dataclass(frozen=True, slots=True)
class Encoder:
    """An FFmpeg binary.

    Attributes:
        path: The executable.
        version: What it calls itself, such as ``n9.0.2-17-g2a571b6068-20260930``.
        encoders: Names of the encoders it was built with.
        has_zscale: Whether it was built with zimg, which scales and tone-maps.
    """

    path: str
    version: str
    encoders: frozenset[str]
    has_zscale: bool = True

    @property
    def is_new_enough(self) -> bool:
        """At least 5.1; builds between releases carry no number and count as new."""
        number = re.match(r"n?(\d+)\.(\d+)", self.version)
        return number is None or (int(number[1]), int(number[2])) >= MINIMUM_VERSION

    @property
    def av1(self) -> Av1Encoder | None:
        """What encodes AV1; ``None`` when H.264 must do.

        The builds for macOS and Windows on x86-64 lack SVT-AV1; their libaom is slow.
        """
        wanted: tuple[Av1Encoder, ...] = ("libsvtav1", "libaom-av1")
        return next((name for name in wanted if name in self.encoders), None)

    @property
    def makes_avif(self) -> bool:
        """Whether it can make AVIF pictures: libaom has a mode for stills."""
        return "libaom-av1" in self.encoders


def find_encoder() -> Encoder:
    """The first FFmpeg that has all we need.

    Raises:
        Refusal: With :attr:`ExitCode.ENVIRONMENT`, when there is none.
    """
    reasons = []
    for path in dict.fromkeys(_candidates()):
        encoder = inspect_encoder(path)
        if encoder is None:
            reasons.append(f"{path} does not run")
        elif not encoder.is_new_enough:
            reasons.append(f"{path} is version {encoder.version}, older than 5.1")
        elif lacking := REQUIRED_ENCODERS - encoder.encoders:
            reasons.append(f"{path} lacks {', '.join(sorted(lacking))}")
        elif not encoder.has_zscale:
            reasons.append(f"{path} lacks the filter zscale")
        else:
            return encoder
    problem = Problem(
        "videos",
        "no FFmpeg was found that can make web videos"
        + (f" ({'; '.join(reasons)})" if reasons else ""),
        "install it with: pip install --force-reinstall imageio-ffmpeg",
        Code.FFMPEG_MISSING,
    )
    raise Refusal([problem], ExitCode.ENVIRONMENT)


@lru_cache
def inspect_encoder(path: str) -> Encoder | None:
    """Ask a binary for its version and encoders, once a run; ``None`` when it does not answer."""
    version = re.match(r"ffmpeg version (\S+)", _ask(path, "-version"))
    if version is None:
        return None
    # Lines such as " V....D libx264              libx264 H.264 / AVC …"
    encoders = re.findall(r"^ [VAS][.A-Z]{5} (\S+)", _ask(path, "-encoders"), re.MULTILINE)
    zscale = "Filter zscale" in _ask(path, "-h", "filter=zscale")
    return Encoder(path, version[1], frozenset(encoders), zscale)


def _candidates() -> Iterator[str]:
    with contextlib.suppress(RuntimeError):  # no wheel for this platform
        yield imageio_ffmpeg.get_ffmpeg_exe()
    if system := shutil.which("ffmpeg"):
        yield system


def _ask(path: str, *question: str) -> str:
    answer: list[str] = []

    def keep(line: str) -> bool:
        answer.append(line)
        return True

    try:
        run([path, "-hide_banner", *question], wall_s=_ANSWER_S, on_line=keep)
    except OSError:
        return ""
    return "".join(answer)
