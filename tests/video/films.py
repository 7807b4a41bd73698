"""Probes of imagined films, for tests of what is pure."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from kinopress.video.source.film import Probe

PLAIN = Probe(
    container="mov",
    bytes=1_000_000,
    width=1920,
    height=1080,
    rotation_deg=0,
    mirrored=False,
    anamorphic=False,
    duration_s=40.0,
    start_s=0.0,
    fps=Fraction(30),
    codec="h264",
    pix_fmt="yuv420p",
    bit_depth=8,
    color_transfer="bt709",
    color_matrix="bt709",
    color_range="tv",
    interlaced=False,
    has_audio=True,
    audio_codec="aac",
    codecs="avc1.640028,mp4a.40.2",
    video_index=0,
    audio_index=1,
    picture_end_s=40.0,
    sound_end_s=40.02,
    stored_width=1920,
    stored_height=1080,
)

# A phone held upright that films in HLG.
PHONE_HDR = replace(
    PLAIN,
    width=2160,
    height=3840,
    stored_width=3840,
    stored_height=2160,
    rotation_deg=270,
    duration_s=12.5,
    picture_end_s=12.5,
    sound_end_s=12.52,
    fps=Fraction(2997, 100),
    codec="hevc",
    pix_fmt="yuv420p10le",
    bit_depth=10,
    color_transfer="arib-std-b67",
    color_matrix="bt2020nc",
    video_index=1,
    audio_index=0,
)

# An old camcorder without sound.
CAMCORDER_SILENT = replace(
    PLAIN,
    width=768,
    height=576,
    stored_width=720,
    stored_height=576,
    anamorphic=True,
    pixel_shape=Fraction(16, 15),
    fps=Fraction(25),
    color_transfer=None,
    color_matrix=None,
    color_range=None,
    interlaced=True,
    has_audio=False,
    audio_codec=None,
    audio_index=None,
    sound_end_s=None,
)
