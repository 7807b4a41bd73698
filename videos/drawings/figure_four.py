"""Draw the film of the figure-four (piriformis) stretch.

Run ``python videos/drawings/figure_four.py [--out videos/figure-four-stretch.mp4]``.
Needs Pillow and imageio-ffmpeg.  The same program always draws the same frames:
there is no chance in it, and the lettering is the typeface that comes with Pillow.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import subprocess
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import imageio_ffmpeg
from PIL import Image, ImageDraw, ImageFont

from figure import (
    FOREARM,
    HIP_WIDTH,
    SHIN,
    SHOULDER_WIDTH,
    THIGH,
    UPPER_ARM,
    Arm,
    Camera,
    Colour,
    Leg,
    Palette,
    Pose,
    Vec,
    bend,
    body,
    ground_shadow,
    middle_joint,
    paint,
)

WIDTH, HEIGHT, FPS = 1280, 720, 25
OVERSAMPLE = 3
LENGTH_S = 29.6

WALL: Colour = (245, 240, 231)
FLOOR: Colour = (233, 224, 209)
MAT: Colour = (150, 180, 170)
MAT_EDGE: Colour = (118, 150, 141)
MAT_SHADOW: Colour = (120, 150, 142)
INK: Colour = (38, 44, 56)
SOFT_INK: Colour = (74, 80, 92)
WARM: Colour = (184, 66, 38)
COOL: Colour = (44, 84, 140)
GLOW: Colour = (255, 214, 64)
COLOURS = Palette(
    right_leg=(222, 100, 66),
    left_leg=(62, 98, 150),
    shirt=(238, 236, 228),
    shirt_far=(196, 196, 192),
    shorts=(66, 62, 84),
    skin=(226, 172, 136),
    skin_far=(186, 132, 100),
    hair=(72, 50, 42),
    lips=(176, 92, 82),
)

OTHER_COLOURS = replace(COLOURS, right_leg=COLOURS.left_leg, left_leg=COLOURS.right_leg)
"""The colours for the second side, which is seen from the person's left."""

CAMERA = Camera(
    azimuth=math.radians(-24),
    elevation=math.radians(30),
    scale=552.0,
    centre=(654.0, 516.0),
    target=Vec(-0.10, 0.12, 0.0),
)

# The moments of the film, in seconds.
CROSS, THREAD, DRAW, HOLD, RELEASE, OTHER = 3.4, 8.2, 12.6, 16.0, 22.6, 26.4
HOLD_END = RELEASE - 0.4
HOLD_SHOWN_S = 30

Track = Sequence[tuple[float, float]]
"""Times and values; between two of them the value moves with soft ends."""

# The thigh and shin of the leg that stays underneath, in degrees above the mat.
THIGH_ANGLE: Track = (
    (8.2, 58.0), (10.2, 91.0), (12.8, 91.0), (15.4, 113.0),
    (RELEASE, 113.0), (23.8, 91.0), (24.3, 91.0), (25.5, 58.0),
)  # fmt: skip
SHIN_ANGLE: Track = (
    (8.2, -60.0), (10.2, -22.0), (12.8, -22.0), (15.4, -8.0),
    (RELEASE, -8.0), (23.8, -22.0), (24.3, -22.0), (25.5, -60.0),
)  # fmt: skip
CROSSED: Track = ((3.8, 0.0), (6.9, 1.0), (24.7, 1.0), (26.1, 0.0), (26.8, 0.0), (28.9, 1.0))
REACH: Track = ((9.2, 0.0), (11.8, 1.0), (23.6, 1.0), (24.9, 0.0))
GLOWING: Track = ((15.2, 0.0), (16.4, 1.0), (RELEASE, 1.0), (RELEASE + 0.8, 0.0))
SIDES_CHANGE = 26.4


def ease(share: float) -> float:
    """Return a share from 0 to 1 with soft ends (least jerk)."""
    s = min(max(share, 0.0), 1.0)
    return s * s * s * (s * (6.0 * s - 15.0) + 10.0)


def value(track: Track, t: float) -> float:
    """Return the value of ``track`` at ``t`` seconds."""
    if t <= track[0][0]:
        return track[0][1]
    for (t0, v0), (t1, v1) in itertools.pairwise(track):
        if t < t1:
            return v0 + (v1 - v0) * ease((t - t0) / (t1 - t0))
    return track[-1][1]


def breath(t: float) -> float:
    """Return how full the chest is, from -1 to 1; one breath takes 3.6 seconds."""
    return -math.cos(math.tau * t / 3.6)


def pose_at(t: float) -> Pose:
    """Return the pose at ``t`` seconds; the leg called right is the one that crosses."""
    air = breath(t)
    thigh_deg = value(THIGH_ANGLE, t)
    drawn = max(0.0, (thigh_deg - 58.0) / 55.0)
    thigh = math.radians(thigh_deg - 1.2 * air * drawn)
    shin = math.radians(value(SHIN_ANGLE, t))
    crossed, reach = value(CROSSED, t), value(REACH, t)
    lift = 0.014 * drawn * drawn

    # The leg underneath: it moves in its own upright plane.
    hip = Vec(0.0, 0.112 + lift, -HIP_WIDTH)
    along = Vec(math.cos(thigh), math.sin(thigh), -0.02).unit()
    front = Vec(-math.sin(thigh), math.cos(thigh), 0.0)
    knee = hip.plus(along.times(THIGH))
    ankle = knee.plus(Vec(math.cos(shin), math.sin(shin), 0.0).times(SHIN))
    flat = math.radians(90.0 + value(SHIN_ANGLE, t))
    under = Leg(hip, knee, ankle, flat * (1.0 - drawn) + math.radians(14) * drawn)

    # The leg that crosses: its ankle travels in an arc and then rests on the other thigh.
    hip2 = hip.mirrored()
    planted_hip = Vec(0.0, 0.112, HIP_WIDTH)
    planted = planted_hip.plus(
        Vec(math.cos(math.radians(58)), math.sin(math.radians(58)), 0.03).times(THIGH)
    )
    planted = planted.plus(
        Vec(math.cos(math.radians(-60)), math.sin(math.radians(-60)), 0.0).times(SHIN)
    )
    rest = hip.plus(along.times(THIGH * 0.83)).plus(front.times(0.098)).plus(Vec(0.0, 0.0, -0.055))
    ankle2 = bend(planted, Vec(0.50, 0.62, 0.26), rest, crossed)
    pole = Vec(0.10, 1.0, 0.05).towards(Vec(0.75, 0.0, 1.0), ease(crossed * 1.15))
    knee2, ankle2 = middle_joint(hip2, ankle2, THIGH, SHIN, pole)
    over = Leg(hip2, knee2, ankle2, math.radians(30) * (1 - crossed) + math.radians(6) * crossed)

    # The arms: by the sides, then round the back of the thigh underneath.
    grip = hip.plus(along.times(THIGH * 0.47))
    arms: list[Arm] = []
    for side in (1.0, -1.0):
        shoulder = Vec(
            -0.478 + 0.025 * reach, 0.110 + 0.006 * air + 0.01 * reach, side * SHOULDER_WIDTH
        )
        by_side = Vec(-0.01, 0.042, side * 0.262)
        inner = grip.plus(front.times(-0.035)).plus(Vec(0.0, 0.0, side * 0.100))
        way = Vec(-0.46, 0.60, 0.24) if side > 0 else Vec(-0.34, 0.52, -0.34)
        wrist = bend(by_side, way, inner, reach)
        elbow_side = Vec(-0.1, 0.10, side).towards(Vec(0.0, -0.30, side), reach)
        elbow, wrist = middle_joint(shoulder, wrist, UPPER_ARM, FOREARM, elbow_side)
        hold = front.times(-0.80).plus(Vec(0.0, 0.0, -side * 0.62))
        palm = bend(Vec(1.0, -0.05, 0.0), Vec(-0.9, 1.3, -side * 0.3), hold, reach)
        fingers = Vec(1.0, -0.12, 0.0).towards(Vec(0.0, 0.0, -side).plus(front.times(0.1)), reach)
        thumb = Vec(0.5, 0.0, -side * 0.8).towards(along.times(0.8).plus(front.times(-0.3)), reach)
        arms.append(Arm(shoulder, elbow, wrist, palm.unit(), fingers.unit(), thumb.unit()))

    return Pose(over, under, arms[0], arms[1], lift, air)


# --- lettering and marks --------------------------------------------------------------


@dataclass(frozen=True)
class Cue:
    """The words shown from ``start`` on; *stars* mark the right leg, _bars_ the left."""

    start: float
    step: str
    line: str
    hint: str


CUES: tuple[Cue, ...] = (
    Cue(0.0, "1", "Lie on your back", "Knees bent, feet flat"),
    Cue(CROSS, "2", "Cross *right* ankle over _left_ knee", "*Right* knee opens out"),
    Cue(THREAD, "3", "Hands behind the _left_ thigh", "Lift the foot, reach through the gap"),
    Cue(DRAW, "4", "Draw the _left_ thigh towards you", "Head and shoulders stay heavy"),
    Cue(HOLD, "5", "Hold 30 seconds", "Breathe slowly"),
    Cue(RELEASE, "6", "Let go slowly", "Lower the foot, uncross the leg"),
    Cue(OTHER, "7", "Now the other side", "_Left_ ankle on top"),
)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return Pillow's own typeface in ``size`` pixels."""
    face = ImageFont.load_default(size)
    if not isinstance(face, ImageFont.FreeTypeFont):
        raise SystemExit("this Pillow has no FreeType, so it cannot draw the words")
    return face


def _runs(text: str, plain: Colour) -> list[tuple[str, Colour]]:
    """Split the marked ``text`` into runs of one colour."""
    out: list[tuple[str, Colour]] = []
    tone, run = plain, ""
    for letter in text:
        if letter in "*_":
            out.append((run, tone))
            run = ""
            tone = plain if tone is not plain else (WARM if letter == "*" else COOL)
        else:
            run += letter
    return [*out, (run, tone)]


def _write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    size: int,
    tone: Colour,
    bold: float,
) -> None:
    """Write marked ``text`` with its baseline at ``at``."""
    x, y = at
    for run, colour in _runs(text, tone):
        draw.text(
            (x, y),
            run,
            fill=colour,
            font=font(size),
            anchor="ls",
            stroke_width=bold,
            stroke_fill=colour,
        )
        x += font(size).getlength(run)


def _words(image: Image.Image, t: float) -> None:
    """Write the cue of the moment; a new cue fades in."""
    now = [c for c in CUES if c.start <= t][-1]
    shown = 1.0 if now.start == 0 else min(1.0, (t - now.start) / 0.32 + 0.12)
    layer = image.copy()
    draw = ImageDraw.Draw(layer)
    draw.text((96, 85), now.step, fill=WALL, font=font(54), anchor="mm", stroke_width=1)
    _write(draw, (162, 94), now.line, 60, INK, 1.2)
    _write(draw, (162, 160), now.hint, 48, SOFT_INK, 0.5)
    image.paste(Image.blend(image, layer, shown))


def _hold_ring(draw: ImageDraw.ImageDraw, t: float, scale: int) -> None:
    """Draw the ring that fills while the 30 seconds pass, faster than in life."""
    if not HOLD <= t < RELEASE:
        return
    share = min(1.0, (t - HOLD) / (HOLD_END - HOLD))
    cx, cy, r = 1086 * scale, 232 * scale, 84 * scale
    draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=(222, 212, 196))
    if share > 0.004:
        draw.pieslice((cx - r, cy - r, cx + r, cy + r), -90, -90 + 360 * share, fill=WARM)
    r -= 17 * scale
    draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=WALL)


def _hold_words(draw: ImageDraw.ImageDraw, t: float) -> None:
    """Write the seconds of the hold in the ring, and that they are shown faster."""
    if not HOLD <= t < RELEASE:
        return
    share = min(1.0, (t - HOLD) / (HOLD_END - HOLD))
    draw.text(
        (1086, 232),
        f"{round(share * HOLD_SHOWN_S)} s",
        fill=INK,
        font=font(54),
        anchor="mm",
        stroke_width=1,
    )
    draw.text(
        (1086, 350), "shown faster", fill=SOFT_INK, font=font(44), anchor="mm", stroke_width=0.5
    )


def _feel(image: Image.Image, t: float) -> None:
    """Lay a soft glow on the buttock of the crossed leg and say what it means."""
    shown = value(GLOWING, t)
    if shown <= 0.0:
        return
    x, y = CAMERA.project(Vec(0.045, 0.075, 0.15))
    reach = 66
    pulse = 0.86 + 0.10 * breath(t)
    mask = Image.radial_gradient("L").resize((2 * reach, int(1.7 * reach)))
    mask = mask.point(
        [round(max(0.0, 1.0 - p / 178) ** 0.9 * 235 * shown * pulse) for p in range(256)]
    )
    image.paste(GLOW, (round(x - reach), round(y - 0.85 * reach)), mask)
    stroke = Image.new("L", (WIDTH * OVERSAMPLE, HEIGHT * OVERSAMPLE))
    ends = (x + 36, y + 6, 828, 572)
    ImageDraw.Draw(stroke).line(
        [round(v * OVERSAMPLE) for v in ends], fill=255, width=4 * OVERSAMPLE
    )
    layer = image.copy()
    layer.paste(INK, (0, 0), stroke.reduce(OVERSAMPLE))
    _write(ImageDraw.Draw(layer), (840, 588), "Feel it here", 48, INK, 0.8)
    image.paste(Image.blend(image, layer, shown))


@cache
def _room(scale: int) -> Image.Image:
    """Return the empty room."""
    image = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), WALL)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 372 * scale, WIDTH * scale, HEIGHT * scale), fill=FLOOR)
    return image


@cache
def _background(scale: int) -> Image.Image:
    """Return the room with the mat."""
    image = _room(scale).copy()
    draw = ImageDraw.Draw(image)
    camera = _camera(scale)
    for drop, tone in ((0.022, MAT_EDGE), (0.0, MAT)):
        corners = [(-0.95, -0.31), (0.74, -0.31), (0.74, 0.31), (-0.95, 0.31)]
        points = [camera.project(Vec(x, -drop, z)) for x, z in corners]
        draw.polygon(points, fill=tone)
        draw.line([*points, points[0], points[1]], fill=tone, width=16 * scale, joint="curve")
    return image


def _camera(scale: int) -> Camera:
    """Return the camera for a picture ``scale`` times as large."""
    cx, cy = CAMERA.centre
    return Camera(
        CAMERA.azimuth,
        CAMERA.elevation,
        CAMERA.scale * scale,
        (cx * scale, cy * scale),
        CAMERA.target,
    )


def _scene(t: float, other: bool) -> Image.Image:
    """Return the room and the figure, from the person's right or (``other``) left."""
    camera = _camera(OVERSAMPLE)
    image = _background(OVERSAMPLE).copy()
    draw = ImageDraw.Draw(image)
    chains = body(pose_at(t), OTHER_COLOURS if other else COLOURS)
    ground_shadow(draw, chains, camera, MAT_SHADOW)
    paint(draw, chains, camera, 2.2 * OVERSAMPLE)
    if other:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return image


def frame(t: float) -> Image.Image:
    """Return the picture at ``t`` seconds."""
    image = _scene(t, other=t >= SIDES_CHANGE)
    there = ease(abs(t - SIDES_CHANGE) / 0.4)
    if there < 1.0:
        image = Image.blend(_room(OVERSAMPLE), image, there)
    draw = ImageDraw.Draw(image)
    _hold_ring(draw, t, OVERSAMPLE)
    draw.ellipse([v * OVERSAMPLE for v in (56, 44, 136, 124)], fill=INK)
    image = image.reduce(OVERSAMPLE)
    _feel(image, t)
    _words(image, t)
    _hold_words(ImageDraw.Draw(image), t)
    return image


def _frame_bytes(number: int) -> bytes:
    """Return frame ``number`` as raw RGB bytes."""
    return frame(number / FPS).tobytes()


def film(out: Path) -> None:
    """Draw all frames and write them to ``out`` as H.264 without sound."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "-",
        "-an", "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-c:v", "libx264",
        "-profile:v", "high", "-preset", "veryslow", "-tune", "animation", "-crf", "28",
        "-g", str(FPS * 5), "-pix_fmt", "yuv420p", "-colorspace", "bt709",
        "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
        "-threads", "4", "-map_metadata", "-1",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", str(out),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        if encoder.stdin is None:
            raise SystemExit("ffmpeg takes no frames")
        with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
            for data in pool.map(_frame_bytes, range(round(LENGTH_S * FPS)), chunksize=4):
                encoder.stdin.write(data)
        encoder.stdin.close()
        if encoder.wait() != 0:
            raise SystemExit("ffmpeg could not write the film")


def main() -> None:
    """Read the command line and draw the film, or one still."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    default = Path(__file__).resolve().parents[1] / "figure-four-stretch.mp4"
    parser.add_argument("--out", type=Path, default=default, help="where to write the film")
    parser.add_argument("--still", type=float, help="draw only the picture at this second (PNG)")
    options = parser.parse_args()
    if options.still is not None:
        frame(options.still).save(options.out)
    else:
        film(options.out)


if __name__ == "__main__":
    main()
