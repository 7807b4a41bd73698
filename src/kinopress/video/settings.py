"""What a project may change about its videos, with the reason for each default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Codec = Literal["av1", "h264"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder, as requested; the source may be smaller.

    Attributes:
        codec: Video codec.
        short_side_px: Length of the shorter side, so that upright and wide films match.
        crf: Constant rate factor of the codec's encoder: lower is better and larger.
        maxrate_bps: Ceiling for hard scenes, in bits a second, so that a phone keeps up;
            ``None`` leaves it to the encoder.
        bufsize_bits: Decoder buffer over which the ceiling holds, in bits.
    """

    codec: Codec
    short_side_px: int
    crf: int
    maxrate_bps: int | None = None
    bufsize_bits: int | None = None


# benchmarks/quality.py chose these numbers: VMAF of at least 93 at 1080 and 91 at 720, each at its
# size, median over clips. At 1080, CRF 38 missed it by 0.7.
AV1_1080 = Rung("av1", 1080, crf=34)
AV1_720 = Rung("av1", 720, crf=35)
# H.264 720 and 360 at these numbers look alike at their sizes; the ceilings are 1.5 s deep so
# that a seek starts playing quickly.
H264_720 = Rung("h264", 720, crf=22, maxrate_bps=2_800_000, bufsize_bits=4_200_000)
# A quick run's H.264 is made by x264's superfast at a CRF this much lower, for 0.2 to 0.3 times the
# processor time of medium: 0.87 to 1.02 times its bytes, 1.0 to 2.8 VMAF worse (real footage at 720,
# November 2026).
QUICK_CRF_LOWER = 1
H264_360 = Rung("h264", 360, crf=21, maxrate_bps=900_000, bufsize_bits=1_350_000)


@dataclass(frozen=True, slots=True)
class VideoSettings:
    """How sources become renditions.

    Attributes:
        rungs: The ladder, in the order of ``<source>`` elements. AV1 comes first: who cannot
            play it declines by its exact name without a request. The two H.264 files play
            everywhere: 720 is sharp on a laptop, 360 is for a phone on a bad line.
        fps_max: More is divided down (120 to 60). Browsers on phones drop frames above 60.
        gop_s: A keyframe at least this often: a seek lands within it (measured 0.1 to 0.6 s).
        part_s: A run that ends early loses at most about this much of a film's encoding; shorter
            parts would be thousands of files for a talk of an hour.
        saving_min: A rendition that saves less than this share of another one's bytes, and shows no more,
            is left out (:mod:`kinopress.video.encode.worth.useful`): a tenth less is not worth a file.
        audio_bitrate_bps: 96 kbit/s AAC stereo; speech is clear from 64, music from 96.
        duration_max_s: Longer than this is not a lesson but a mistake (a time-stamp gap of 28
            hours was seen in a 6 kB file), and would block the machine for a day.
        pixels_max: Largest frame that is decoded: 8K UHD (7680 by 4320), more than any phone
            films. 8192 by 8192 took 956 MB of memory, which is an attack or an accident.
        poster_quality: JPEG quantiser scale of ffmpeg, 2 (best) to 31; 4 shows no blocks.
        poster_webp_quality: libwebp's 0 to 100; 80 was 93 kB where that JPEG was 137 kB.
        poster_avif_crf: libaom's 0 to 63; 28 was 55 kB for the same picture.
    """

    rungs: tuple[Rung, ...] = (AV1_1080, AV1_720, H264_720, H264_360)
    fps_max: int = 60
    gop_s: float = 2.0
    part_s: float = 8.0
    saving_min: float = 0.1
    audio_bitrate_bps: int = 96_000
    duration_max_s: float = 3 * 3600.0
    pixels_max: int = 7680 * 4320
    poster_quality: int = 4
    poster_webp_quality: int = 80
    poster_avif_crf: int = 28

    @property
    def short_sides_px(self) -> tuple[int, ...]:
        """The short sides requested, best first."""
        return tuple(rung.short_side_px for rung in self.rungs)
