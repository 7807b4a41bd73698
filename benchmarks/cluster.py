"""How much faster is a film encoded on several computers?

    python benchmarks/cluster.py
    python benchmarks/cluster.py --height 360 --seconds 64 --part 8    a small film, in parts as they are

A drawn clip of 1280 by 720, in parts of four seconds instead of eight, is encoded by this computer alone,
then part by part, each as a worker makes it, then by one and by two workers that have one processor each. What
one film takes on N computers is worked out from the processor seconds of its parts: each computer takes the next
part when it has made one, while the computer that wants the film decodes it, makes its sound, and at the end joins and
proves it. That counts what is done more than once (each part is decoded from a keyframe before it, and its encoders
begin again) and what is done by one computer alone; what a network takes is not in it: a part is some 2 MB.

Also says whether the films are the same: by one and by two workers to the byte, and beside what one computer makes in
one piece the same number of pictures, each at its time, and how near they are.

Prints processor seconds, user and system. Ends with 1 when a limit is broken or something failed to run.
"""

from __future__ import annotations

import argparse
import heapq
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import clips
from measure import BenchmarkError, run

from kinopress.media.manifest import Manifest
from kinopress.system.stamps import sha256_of
from kinopress.video.cluster.farm import Farm
from kinopress.video.cluster.orders import Film, PartMade, PartOrder, program_version
from kinopress.video.cluster.task import make_part
from kinopress.video.encode.making import pictures
from kinopress.video.encode.produced import Produced
from kinopress.video.plan import FilmPlan, plan_film
from kinopress.video.produce import make
from kinopress.video.proof.joining import count_joined
from kinopress.video.recipe.part_files import Begun, Span
from kinopress.video.recipe.segments import pictures_of_a_part, plan_segments, seek_second
from kinopress.video.settings import VideoSettings
from kinopress.video.source.packets import keyframes

LIMIT = 0.85
"""Of N times as fast, up to the number of parts."""
COMPUTERS = (1, 2, 4, 8)
NEAR_DB = 38.0
"""Two encodings of one film at its qualities: what a part loses at its seams would show as less."""


def spent_s() -> float:
    """Processor seconds of this process and of those it has waited for."""
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in both)


def planned(film: Path, part_s: float) -> FilmPlan:
    """What becomes of the clip."""
    settings = VideoSettings(part_s=part_s, saving_min=-math.inf)
    found = plan_film(film, display_path=film.name, settings=settings)
    if not isinstance(found, FilmPlan):
        raise BenchmarkError(str(found))
    return found


def part_costs(film: Path, plan: FilmPlan, folder: Path) -> list[float]:
    """What each part takes, made as a worker makes it."""
    recipe, where = plan.recipe, keyframes(film, plan.film.video_index)
    segments = plan_segments(
        round((recipe.length_s or 0) * recipe.fps),
        pictures_of_a_part(recipe.settings.part_s, recipe.fps),
        {one.name: Begun() for one in recipe.renditions},
    )
    named = Film(str(film), sha256_of(film), film.stat().st_size)
    costs = []
    for segment in segments:
        at_s = recipe.from_s + float(segment.first / recipe.fps)
        span = Span(segment.first, segment.end, seek_second(where, at_s, 0.0))
        order = PartOrder(
            named, recipe, segment.names, span, plan.encoder.version, program_version()
        )
        before_s = spent_s()
        made = make_part(order, folder, {}, lambda: False)
        costs.append(spent_s() - before_s)
        if not isinstance(made, PartMade):
            raise BenchmarkError(f"part {segment}: {made.words}")
    return costs


def makespan_s(parts: Sequence[float], computers: int) -> float:
    """When the last part is made, if each computer takes the next one when it is done."""
    free = [0.0] * computers
    for cost in parts:
        heapq.heappush(free, heapq.heappop(free) + cost)
    return max(free)


@contextmanager
def farm(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler, and workers of one processor each where the system can hold them to it."""
    where = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    scheduler += ["--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(where)]
    started = [subprocess.Popen(scheduler, **quiet)]
    try:
        while not (where.is_file() and '"address"' in where.read_text()):
            time.sleep(0.1)
        address = where.read_text().partition('"address": "')[2].partition('"')[0]
        for number in range(workers):
            argv = [sys.executable, "-c", "from kinopress.cli.main import main; main()"]
            argv += ["video", "worker", address, "--work", str(folder / f"work-{number}")]
            started.append(subprocess.Popen(argv, **quiet))
            if hasattr(os, "sched_setaffinity"):
                mine = sorted(os.sched_getaffinity(0))
                os.sched_setaffinity(started[-1].pid, {mine[number % len(mine)]})
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


@dataclass(frozen=True, slots=True)
class Away:
    """A film that was made by workers.

    Attributes:
        made: What it became.
        wall_s: How long it took.
        head_s: What the computer that wanted it did while its parts were made.
        tail_s: What it did when all were there.
    """

    made: Produced
    wall_s: float
    head_s: float
    tail_s: float


def made_away(plan: FilmPlan, folder: Path, workers: int) -> Away:
    """Have the clip made by workers."""
    joined_at: list[float] = []
    original = pictures._join

    def note(*arguments: object) -> object:
        joined_at.append(spent_s())
        return original(*arguments)  # type: ignore[arg-type]

    folder.mkdir()
    pictures._join = note  # type: ignore[assignment]
    try:
        with farm(folder, workers) as address, Farm(address) as elsewhere:
            while len(elsewhere.computers.workers()) < workers:
                time.sleep(0.1)
            begun, before_s = time.monotonic(), spent_s()
            made = make(plan, media_dir=folder / "media", elsewhere=elsewhere)
            wall_s, after_s = time.monotonic() - begun, spent_s()
    finally:
        pictures._join = original
    if made.manifest is None or made.problems:
        raise BenchmarkError(f"by {workers} workers: {made.problems}")
    return Away(made, wall_s, joined_at[0] - before_s, after_s - joined_at[0])


def near_db(one: Path, other: Path, folder: Path) -> float:
    """PSNR of two films, averaged over their pictures."""
    argv = [clips.ffmpeg(), "-hide_banner", "-nostdin", "-i", str(one), "-i", str(other)]
    log = folder / "psnr.log"
    with log.open("wb") as told:
        graph = f"[0:v][1:v]psnr=stats_file={folder / 'psnr.txt'}"
        subprocess.run([*argv, "-lavfi", graph, "-f", "null", "-"], stderr=told, check=True)
    found = re.search(r"average:(\S+)", log.read_text("utf-8", "replace"))
    if found is None:
        raise BenchmarkError("FFmpeg did not say how near they are")
    return float(found[1])


def same(alone: Produced, away: Produced, fps: Fraction, folder: Path) -> bool:
    """Whether a film has the pictures of the other one, each at its time, and looks like it."""
    good = True
    assert alone.manifest and away.manifest and alone.folder and away.folder
    for one in alone.manifest.renditions:
        here, there = alone.folder / one.path, away.folder / one.path
        counts = count_joined(here, fps), count_joined(there, fps)
        db = near_db(here, there, folder)
        holds = counts[0] == counts[1] is not None and db >= NEAR_DB
        good &= holds
        print(
            f"{one.path}: {counts[0]} and {counts[1]} pictures, {db:.1f} dB apart, "
            f"{there.stat().st_size / here.stat().st_size:.3f} times the bytes, holds: {'yes' if holds else 'NO'}"
        )
    return good


def bytes_of(manifest: Manifest | None) -> dict[str, str]:
    """The digest of each file of a result."""
    return {one.path: one.sha256 for one in manifest.outputs} if manifest else {}


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=32.0)
    parser.add_argument("--part", type=float, default=4.0)
    parser.add_argument("--height", type=int, default=720)
    asked = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        drawn = clips.film(folder, 8.0, hlg=False)
        film = folder / "clip.mp4"
        shown = ["-stream_loop", "-1", "-i", str(drawn), "-t", str(asked.seconds)]
        coded = [
            "-vf",
            f"scale=-2:{asked.height}",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-b:v",
            "8M",
        ]
        run(
            [clips.ffmpeg(), "-v", "error", *shown, *coded, "-g", "60", "-c:a", "aac", str(film)],
            folder,
        )
        plan = planned(film, asked.part)
        before_s = spent_s()
        alone = make(plan, media_dir=folder / "alone")
        alone_s = spent_s() - before_s
        parts = part_costs(film, plan, folder)
        print(f"one computer, in one piece: {alone_s:.1f} s")
        print(
            f"{len(parts)} parts: {sum(parts):.1f} s ({', '.join(f'{cost:.1f}' for cost in parts)})",
            flush=True,
        )
        away = {workers: made_away(plan, folder / f"by-{workers}", workers) for workers in (1, 2)}
        head_s, tail_s = (
            min(getattr(one, what) for one in away.values()) for what in ("head_s", "tail_s")
        )
        print(
            f"meanwhile, on the computer that wants it: {head_s:.1f} s; at the end: {tail_s:.1f} s"
        )
        for workers, one in away.items():
            print(f"{workers} workers of one processor: {one.wall_s:.1f} s by the clock")
        for computers in COMPUTERS:
            made_s = makespan_s(parts, computers)
            whole_s = max(made_s, head_s) + tail_s
            speed = sum(parts) / made_s
            holds = computers > len(parts) or speed >= LIMIT * computers
            good &= holds
            print(
                f"{computers} computers: parts {speed:.2f} times as fast ({speed / computers:.2f} N, limit {LIMIT}, "
                f"holds: {'yes' if holds else 'NO'}); the whole film {alone_s / whole_s:.2f} times as fast as alone "
                f"({alone_s / whole_s / computers:.2f} N)"
            )
        good &= same(alone, away[2].made, plan.recipe.fps, folder)
        equal = bytes_of(away[1].made.manifest) == bytes_of(away[2].made.manifest)
        good &= equal
        print(f"by one and by two workers the same bytes: {'yes' if equal else 'NO'}")
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchmarkError as error:
        sys.exit(str(error))
