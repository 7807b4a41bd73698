"""How large is what becomes of a film, against the film itself, and what do ceilings cost to look at?

Called by ``quality.py --ceilings``. Each film is one as a camera or a program writes it. Each rendition is
encoded twice, as the ladder has it and without the ceiling that is the source's own rate; VMAF compares
it with the frames that the encoder was given, at its own size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from commands import RAW, command, encode_raw, encoding, halves, plan, silent
from measure import BenchmarkError, run

from kinopress.problems import Problem
from kinopress.video.ladder import Rendition, plan_ladder
from kinopress.video.probe import Probe, probe
from kinopress.video.settings import VideoSettings

LARGEST = 1.05
"""No rendition takes more bytes than its source's pictures; a buffer's worth more in a short clip."""
SEEN_MIN = 80.0
"""VMAF that a ceiling may lead to, where the source itself looks better to no one: bits that a source
did not have make nothing of it sharper."""
SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Made:
    """One encode: its bytes against the source's, its VMAF, its processor seconds."""

    share: float
    vmaf: float
    cpu_s: float


Vmaf = Callable[[Path, Path, Path, tuple[int, int]], float]


def compare(films: dict[str, Path], folder: Path, vmaf: Vmaf) -> bool:
    """Print every film's renditions with and without ceilings; ``False`` when a limit is broken."""
    kept = True
    print(
        f"{'film':<16}{'kbit/s':>7}  {'rendition':<14}{'ceiling':>8}"
        f"{'bytes of the source: without':>30}{'with':>7}{'VMAF without':>14}{'with':>7}"
        f"{'CPU without':>13}{'with':>7}"
    )
    for name, film in films.items():
        kept &= _one(name, film, folder, vmaf)
    return kept


def _one(name: str, film: Path, folder: Path, vmaf: Vmaf) -> bool:
    recipe = silent(plan(film, poster_at_s=0.0))
    found = _probe(film)
    free = {one.name: one for one in plan_ladder(replace(found, video_bps=None), VideoSettings())}
    totals, kept = [0.0, 0.0], True
    for rendition in recipe.renditions:
        head, _ = halves(command(recipe, film, folder / "frames", rendition.name))
        raw = folder / "raw.nut"
        run([*head, *RAW, f"file:{raw}"], folder)

        def encoded(one: Rendition, raw: Path = raw) -> Made:
            made = folder / "made.mp4"
            spent = run(encode_raw(raw, encoding(recipe, one, made)), folder)
            share = made.stat().st_size / film.stat().st_size
            return Made(share, vmaf(made, raw, folder, (one.width, one.height)), spent.cpu_s)

        without, capped = encoded(free[rendition.name]), encoded(rendition)
        raw.unlink()
        totals = [totals[0] + without.share, totals[1] + capped.share]
        kept &= capped.share <= LARGEST and capped.vmaf >= min(SEEN_MIN, without.vmaf - 1)
        ceiling = "" if rendition.maxrate_bps is None else f"{rendition.maxrate_bps / 1000:.0f}"
        print(
            f"{name:<16}{(found.video_bps or 0) / 1000:>7.0f}  {rendition.name:<14}{ceiling:>8}"
            f"{without.share:>30.2f}{capped.share:>7.2f}{without.vmaf:>14.1f}{capped.vmaf:>7.1f}"
            f"{without.cpu_s:>13.1f}{capped.cpu_s:>7.1f}",
            flush=True,
        )
    print(f"{name:<16} all: {totals[0]:.2f} times its bytes without, {totals[1]:.2f} with")
    return kept


def _probe(film: Path) -> Probe:
    found = probe(film, display_path=film.name)
    if isinstance(found, Problem):
        raise BenchmarkError(found.message)
    return found
