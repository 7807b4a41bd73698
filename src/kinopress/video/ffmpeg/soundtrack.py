"""The commands that make a film's sound: read it, and later raise and encode it (pure).

Sound is made before the pictures and by itself, in two steps. The first only decodes, to plain
samples that keep their times. FFmpeg builds its filters again whenever the sound changes in the
middle, from one channel to two or to another rate; filters that fill and shift would then begin
from 0 again. The second step reads those samples, which never change, and can fill what is missing
and trim what overlaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kinopress.video.ffmpeg.options import PRIVACY
from kinopress.video.recipe.loudness import gain_filters
from kinopress.video.source.packets import PROTOCOLS

HEARD_NAME = "heard.nut"
"""The decoded sound, in a run's workshop: 1.4 GB an hour, for as long as the film is encoded."""
SOUND_HZ = 48_000
# Whatever is further from its time than this is put there; below, cameras' clocks waver.
_OUT_OF_STEP_S = 0.03

SOUND_MIN_S = 0.02
"""Shorter sound is lengthened by silence: an MP4 writes lengths in thousandths of a second, and a single
sample, as a recorder that stops at once leaves, would be of none, which no player plays."""

_HEAD = ["-hide_banner", "-nostdin", "-n", "-loglevel", "error", "-nostats"]
_PROGRESS = ["-progress", "pipe:1", "-stats_period", "0.5"]


def hearing_argv(
    before_input: Sequence[str],
    source: str,
    heard: str,
    *,
    sound: int,
    picture: int,
    first_channel: bool,
    lead_s: float,
    end_s: float | None,
) -> list[str]:
    """FFmpeg's arguments that decode a film's sound to stereo at 48 kHz, every piece at its time.

    The pictures' packets are read, too, and thrown away: where the clock of a transport stream
    jumps, FFmpeg corrects it by whichever comes first, and must do the same for pictures and sound.

    Args:
        before_input: Options of the input: what may be opened, and where the shown part begins.
        source: The film, as FFmpeg is to open it.
        heard: The file to be written.
        sound: Stream number of the sound.
        picture: Stream number of the pictures.
        first_channel: The first channel stands for all.
        lead_s: How much of its beginning is left out, and every piece then earlier, in seconds.
        end_s: When the shown part ends, in seconds from its beginning; ``None``: with the film.
    """
    chain = ["pan=stereo|c0=c0|c1=c0"] if first_channel else []
    chain += [f"aresample={SOUND_HZ}", "aformat=sample_fmts=flt:channel_layouts=stereo"]
    if lead_s > 0:
        # Both look at times alone, so that it does not matter when FFmpeg builds them again.
        chain += [f"atrim=start={lead_s:.6f}", f"asetpts=PTS-{lead_s:.6f}/TB"]
    until = [] if end_s is None else ["-t", f"{end_s:.3f}"]
    return [
        *[*_HEAD, *_PROGRESS, *before_input, "-i", source],
        *["-map", f"0:{sound}", "-af", ",".join(chain), "-c:a", "pcm_f32le", *until],
        *["-map_metadata", "-1", "-fflags", "+bitexact", "-f", "nut", heard],
        *["-map", f"0:{picture}", "-c", "copy", *until, "-f", "null", "-"],
    ]


def finishing_argv(
    heard: str | None,
    finished: str,
    *,
    gain: str | None,
    bitrate_bps: int,
    end_s: float | None,
    least_s: float | None = None,
) -> list[str]:
    """FFmpeg's arguments that make the renditions' sound of decoded sound.

    Args:
        heard: What :func:`hearing_argv` wrote; ``None`` when the shown part has no sound in it.
        finished: The file to be written.
        gain: Such as ``4.5dB``; ``None`` leaves the loudness alone.
        bitrate_bps: Of the AAC.
        end_s: When it ends at the latest; how long silence lasts.
        least_s: Sound that ends before this is followed by silence until then; ``None``: it ends where it ends.
    """
    if heard is None:
        silence = f"anullsrc=r={SOUND_HZ}:cl=stereo:d={end_s or 1.0:.3f}"
        inside = ["-f", "lavfi", "-i", silence]
    else:
        # Times as they are: left to itself, FFmpeg lets a file begin with its first piece.
        inside = ["-copyts", "-protocol_whitelist", PROTOCOLS, "-f", "nut", "-i", heard]
    # From 0 on and without holes, for players that know neither; lips stay in step.
    chain = [f"aresample={SOUND_HZ}:async=1:min_hard_comp={_OUT_OF_STEP_S}:first_pts=0"]
    chain += ["aformat=sample_fmts=fltp:channel_layouts=stereo"]
    if gain is not None:
        for name, how in gain_filters(gain):
            chain.append(f"{name}={':'.join(f'{key}={value}' for key, value in how.items())}")
        chain.append("aformat=sample_fmts=fltp")
    if least_s is not None:
        chain.append(f"apad=whole_dur={least_s}")
    until = [] if end_s is None else ["-t", f"{end_s:.3f}"]
    return [
        *[*_HEAD, *_PROGRESS, *inside, "-af", ",".join(chain), *until],
        *["-c:a", "aac", "-b:a", str(bitrate_bps), "-flags:a", "+bitexact", *_private()],
        *["-f", "mp4", finished],
    ]


def _private() -> list[str]:
    options: dict[str, Any] = {
        key: value for key, value in PRIVACY.items() if not key.endswith(":v")
    }
    return [
        part
        for key, value in options.items()
        for part in ([f"-{key}"] if value is None else [f"-{key}", str(value)])
    ]
