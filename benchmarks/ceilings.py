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
from kinopress.video.recipe.ladder import Rendition, plan_ladder
from kinopress.video.settings import VideoSettings
from kinopress.video.source.film import Probe
from kinopress.video.source.probe import probe

LARGEST = 1.15
"""Bytes of a rendition against its source's pictures, where quality asks for as many."""
FALL_MAX, SEEN_MIN = 4.0, 90.0
"""VMAF that a ceiling may cost, and above which a fall is not seen."""
USED_UP = 0.9
"""From this share of the source's bytes a rendition got what there was to give, and may look worse."""
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


def within(without: Made, capped: Made) -> bool:
    """Whether a ceiling holds what it is for, and costs nothing that a viewer sees for fewer bytes."""
    seen = capped.vmaf < min(SEEN_MIN, without.vmaf - FALL_MAX)
    return capped.share <= LARGEST and (not seen or capped.share >= USED_UP)


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
        kept &= within(without, capped)
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
