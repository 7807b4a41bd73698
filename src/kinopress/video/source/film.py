"""A film as far as it is known, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kinopress.problems import Problem
from kinopress.video.source.containers.boxes import NO_CROP, Crop
from kinopress.video.source.containers.transport import Jump


@dataclass(frozen=True, slots=True)
class Probe:
    """A film, as far as it can be known without decoding all of it.

    Attributes:
        container: FFmpeg's short demuxer name: ``mov``, ``matroska``, ``mpegts``, ``avi``.
        bytes: Size of the file.
        width: Pixels across as displayed: upright, square pixels.
        height: Pixels down as displayed.
        rotation_deg: Turn stored in the file, in FFmpeg's sign: 0, 90, 180 or 270.
        mirrored: The film says it is to be shown mirrored.
        anamorphic: The stored pixels are not square.
        duration_s: How long the film lasts from the file's own beginning, in seconds: to the end of
            its pictures, or of sound that continues well beyond them.
        start_s: When the first picture comes after the file's own beginning, in seconds.
        fps: Pictures a second while something moves; a phone may leave some out, a screen recorder
            writes none while nothing happens.
        codec: FFmpeg's codec name, such as ``h264`` or ``hevc``.
        pix_fmt: FFmpeg's pixel format, such as ``yuv420p10le``.
        bit_depth: Bits of one colour sample.
        color_transfer: H.273 transfer in FFmpeg's words; ``arib-std-b67`` is HLG.
        color_matrix: H.273 matrix in FFmpeg's words.
        color_range: ``tv`` or ``pc``.
        interlaced: Two half pictures in time make one frame.
        has_audio: There is sound, and it can be decoded.
        audio_codec: FFmpeg's codec name of that sound.
        codecs: RFC 6381 codecs parameter of picture and sound, exact.
        video_index: Stream number of the pictures.
        audio_index: Stream number of the sound.
        picture_end_s: When the last picture ends, in seconds from the file's own beginning.
        sound_end_s: When the sound ends, likewise.
        sound_unread: The codec of sound that is there and cannot be decoded.
        first_channel: The sound's channels cannot be mixed; the first stands for all.
        stored_width: Pixels across of a stored picture: before turning, with pixels as they are.
        stored_height: Pixels down of a stored picture.
        pixel_shape: Width of a stored pixel over its height.
        matrix_unknown: It names a matrix that its pixels cannot have, or that nobody knows.
        transfer_unknown: It names a curve of brightness that browsers do not know.
        crop: What the container says is not to be shown of it.
        last_slide_s: When the last picture begins, likewise, of a film of so few pictures a second that
            each is one that somebody wants to see; ``None`` for others.
        clock_jumps: Its clock begins again in the middle, as in recordings copied together: there is no
            going to a second of it.
        jumps: Where that is, as far as the file tells.
        passed_over: What is to be said of other pictures in the same file, which are not shown.
        video_bps: Bits a second of the pictures, in the busiest ten seconds where the file has an
            index that tells, else on average.
    """

    container: str
    bytes: int
    width: int
    height: int
    rotation_deg: int
    mirrored: bool
    anamorphic: bool
    duration_s: float | None
    start_s: float | None
    fps: Fraction | None
    codec: str
    pix_fmt: str | None
    bit_depth: int | None
    color_transfer: str | None
    color_matrix: str | None
    color_range: str | None
    interlaced: bool
    has_audio: bool
    audio_codec: str | None
    codecs: str | None
    video_index: int
    audio_index: int | None
    picture_end_s: float | None = None
    sound_end_s: float | None = None
    sound_unread: str | None = None
    first_channel: bool = False
    stored_width: int = 0
    stored_height: int = 0
    pixel_shape: Fraction = Fraction(1)
    matrix_unknown: bool = False
    transfer_unknown: bool = False
    crop: Crop = NO_CROP
    clock_jumps: bool = False
    jumps: tuple[Jump, ...] = ()
    passed_over: Problem | None = None
    video_bps: int | None = None
    last_slide_s: float | None = None

    @property
    def still_s(self) -> float:
        """How long the last picture stays after its time, because the film continues, in seconds."""
        if self.duration_s is None or self.picture_end_s is None:
            return 0.0
        return max(0.0, self.duration_s - self.picture_end_s)

    @property
    def is_hdr(self) -> bool:
        """Brighter than BT.709 can say: HLG or PQ."""
        return self.color_transfer in ("arib-std-b67", "smpte2084")
