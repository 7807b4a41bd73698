"""Is a film whole, whatever its number of pictures and its rate? Every one of 1 to 700 at the seven usual rates.

    python benchmarks/joins.py                 all 4900 films
    python benchmarks/joins.py --up-to 100     shorter ones only

The parts are real ones, encoded as the product does it, of every length that a part has: those of a rate
are whole parts and a last one of what is left. Each film is joined and its pictures' times are read from
the file; every hundredth is decoded as well. Prints "N of N whole", and ends with 1 when one is not.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import av
import clips
from commands import plan
from measure import BenchmarkError, run

from kinopress.video.ffmpeg.graph import rendition_options
from kinopress.video.proof.joining import JoinError, count_joined, join
from kinopress.video.settings import VideoSettings

RATES = tuple(
    Fraction(*pair)
    for pair in ((24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (50, 1), (60, 1))
)
UP_TO = 700
_SIZE = "64x64"
_AT_ONCE = 40


def whole_part(fps: Fraction) -> int:
    """Pictures in a whole part: up to the first keyframe from eight seconds on."""
    settings = VideoSettings()
    every = round(fps * Fraction(settings.gop_s))
    return math.ceil(Fraction(settings.part_s) * fps / every) * every


def make_parts(folder: Path, longest: int) -> dict[int, Path]:
    """A part of every length."""
    picture = f"testsrc2=s={_SIZE}:r=30,format=yuv420p"
    film = clips.make(folder, "film.mp4", "-f", "lavfi", "-i", picture, "-t", "1")
    recipe = plan(film, poster_at_s=0.0)
    rendition = next(one for one in recipe.renditions if one.codec == "h264")
    options = [
        str(word)
        for key, value in rendition_options(recipe, rendition).items()
        for word in (f"-{key}", *([] if value is None else [value]))
    ]
    made = {length: folder / f"{length}.nut" for length in range(1, longest + 1)}
    for first in range(1, longest + 1, _AT_ONCE):
        argv = [clips.ffmpeg(), "-v", "error", "-nostdin", "-f", "lavfi", "-i", picture]
        for length in range(first, min(first + _AT_ONCE, longest + 1)):
            argv += ["-map", "0:v", *options, "-threads", "1", "-frames:v", str(length)]
            argv += ["-f", "nut", f"file:{made[length]}"]
        run(argv, folder)
    return made


def is_whole(film: Path, fps: Fraction, pictures: int, *, decoded: bool) -> bool:
    """Whether every picture is there at its time."""
    if count_joined(film, fps) != pictures:
        return False
    if not decoded:
        return True
    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        times = [
            frame.pts * stream.time_base
            for frame in opened.decode(stream)
            if frame.pts is not None and stream.time_base is not None
        ]
    return times == [number / fps for number in range(pictures)]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--up-to", type=int, default=UP_TO, help=f"the longest film ({UP_TO})")
    longest = parser.parse_args().up_to
    whole = films = 0
    try:
        with tempfile.TemporaryDirectory(prefix="kinopress-benchmark-") as temp:
            folder = Path(temp)
            made = make_parts(folder, min(longest, max(map(whole_part, RATES))))
            for fps in RATES:
                part, broken = whole_part(fps), []
                for pictures in range(1, longest + 1):
                    parts, rest = divmod(pictures - 1, part)
                    film = folder / "joined.mp4"
                    try:
                        join([*(made[part] for _ in range(parts)), made[rest + 1]], None, film, fps)
                        held = is_whole(film, fps, pictures, decoded=pictures % 100 == 1)
                    except JoinError:
                        held = False
                    if not held:
                        broken.append(pictures)
                whole, films = whole + longest - len(broken), films + longest
                said = f", not {broken}" if broken else ""
                print(
                    f"{float(fps):.3f} pictures a second: {longest - len(broken)} of {longest} "
                    f"whole{said}",
                    flush=True,
                )
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{whole} of {films} whole")
    return 0 if whole == films else 1


if __name__ == "__main__":
    sys.exit(main())
