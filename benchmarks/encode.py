"""What does a film cost in processor time, against bare encoding and against a process per output?

    python benchmarks/encode.py                a drawn clip of 6 s, as H.264 and as HLG HEVC 10 bit
    python benchmarks/encode.py --clip FILE    real footage instead of the drawn clip
    python benchmarks/encode.py --long         two minutes instead: peak memory, and a quick run's time
    python benchmarks/encode.py --against DIR  the whole journey of a film, proof and all, against that of
                                               another checkout of this project, such as an earlier one

Three ways to the same files, in one run: (a) the bare cost, each encoder fed from a file of raw frames
that have the right size and colours already, plus decoding and tone-mapping once into nothing; (b) one
process an output, as scripts and PeerTube do it; and ours, one process for all, and joining its
parts. All are cut from the product's own commands: what stands before an output's last
``-map`` makes its frames, what stands behind encodes them. The sound's bare cost is decoding and
encoding it once, without making it louder. A script would seek to its poster and tone-map only a
storyboard's pictures, so (b) is charged one second of film for the posters and plain decoding for the
storyboard; it is not charged for joining.

Prints processor seconds, user and system, each the least of its rounds, since other programs can only
add to it. Ends with 1 when a limit is broken or something failed to run.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import clips
from commands import (
    NOTHING,
    RAW,
    command,
    encode_raw,
    encoding,
    halves,
    join_all,
    plan,
    silent,
    sound_commands,
)
from measure import BenchmarkError, run, run_tree

from kinopress.media.trim import Trim

BARE_LIMIT = 1.05
"""One decode for all is worth it only if splitting and scaling cost next to nothing."""
APART_LIMIT = 0.55
"""HLG only: decoding and tone-mapping it again for each output doubles the work."""
PEAK_LIMIT_BYTES = 2_500_000_000
"""Leaves a laptop with 4 GB usable."""
AGAINST_LIMIT = 1.05
"""What is proved of a film may cost next to nothing beside encoding it."""
QUICK_LIMIT = 0.9
"""A quick run is over well before the film would have been played."""

SECONDS = 6.0
LONG_S = 120.0

Costs = dict[str, float]
"""Part → processor seconds."""


def ours(film: Path, folder: Path) -> Costs:
    """All pictures with one process, the sound, and joining."""
    recipe = plan(film, poster_at_s=SECONDS / 2)
    made = run(command(recipe, film, folder / "ours", *recipe.names), folder)
    sound = [run(argv, folder).cpu_s for argv in sound_commands(recipe, film, folder / "ours")]
    joined_s = join_all(recipe, folder / "ours", *recipe.names)
    return {"pictures": made.cpu_s, "sound": sum(sound), "join": joined_s}


def bare(film: Path, folder: Path) -> Costs:
    """Decoding and tone-mapping into nothing, and each encoder fed with raw frames."""
    recipe = silent(plan(film, poster_at_s=SECONDS / 2))
    sound = ["-map", "0:a", "-c:a", "aac", "-b:a", "96k", f"file:{folder / 'sound.m4a'}"]
    plain = [clips.ffmpeg(), "-v", "error", "-nostdin", "-y", "-i", f"file:{film}"]
    costs = {"sound": run([*plain, *sound], folder).cpu_s}
    films = {rendition.name: rendition for rendition in recipe.renditions}
    for name in recipe.names:
        head, tail = halves(command(recipe, film, folder / "bare", name))
        if "decode" not in costs:
            costs["decode"] = run([*head, *NOTHING], folder).cpu_s
        raw = folder / "raw.nut"
        run([*head, *RAW, f"file:{raw}"], folder)
        if name in films:
            tail = encoding(recipe, films[name], folder / "bare.mp4")
        elif name.endswith(".jpg"):
            # NUT does not say that the JPEG's picture has the full range.
            tail = ["-color_range", "pc", *tail]
        costs[name] = run(encode_raw(raw, tail), folder).cpu_s
        raw.unlink()
    return costs


def apart(film: Path, folder: Path) -> Costs:
    """One process an output."""
    recipe = plan(film, poster_at_s=SECONDS / 2)
    films = [rendition.name for rendition in recipe.renditions]
    jobs = {name: command(recipe, film, folder / f"apart-{name}", name) for name in films}
    second = plan(film, poster_at_s=0.0, trim=Trim(SECONDS / 2, SECONDS / 2 + 1))
    posters = [poster.name for poster in second.posters]
    jobs["posters"] = command(second, film, folder / "apart-posters", *posters)
    decode = ["-v", "error", "-nostdin", "-i", f"file:{film}", "-map", "0:v"]
    jobs["storyboard"] = [clips.ffmpeg(), *decode, *NOTHING]
    return {name: run(argv, folder).cpu_s for name, argv in jobs.items()}


def compare(film: Path, folder: Path, rounds: int) -> dict[str, Costs]:
    """The least cost of every part, the three ways taking turns."""
    ways = {"ours": ours, "bare": bare, "apart": apart}
    taken = [{name: way(film, folder) for name, way in ways.items()} for _ in range(rounds)]
    return {
        name: {part: min(turn[name][part] for turn in taken) for part in taken[0][name]}
        for name in ways
    }


def show(what: str, ours_s: float, name: str, parts: Costs, limit: float | None) -> bool:
    """Print one comparison; ``False`` when its limit is broken."""
    whole = sum(parts.values())
    ratio = ours_s / whole
    holds = limit is None or ratio <= limit
    verdict = "" if limit is None else f", limit {limit:.2f}, holds: {'yes' if holds else 'NO'}"
    print(f"{what}: ours {ours_s:.2f} s, {name} {whole:.2f} s, ratio {ratio:.3f}{verdict}")
    print("    " + ", ".join(f"{part} {cost:.2f}" for part, cost in parts.items()), flush=True)
    return holds


def short(folder: Path, rounds: int, clip: Path | None) -> bool:
    """Compare both kinds of film; ``False`` when a limit is broken."""
    kept = True
    for hlg in (False, True):
        what = "HLG HEVC 10 bit" if hlg else "H.264"
        film = clips.film(folder, SECONDS, hlg=hlg, clip=clip)
        costs = compare(film, folder, rounds)
        ours_s = sum(costs["ours"].values())
        kept &= show(what, ours_s, "(a) bare", costs["bare"], BARE_LIMIT)
        limit = APART_LIMIT if hlg else None
        kept &= show(what, ours_s, "(b) a process an output", costs["apart"], limit)
    return kept


_PRODUCE = """
import sys
from pathlib import Path
from kinopress.video.produce import produce

film, media, quick = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] == ["quick"]
made = produce(film, display_path=film.name, media_dir=media, quick=quick)
if made.manifest is None:
    sys.exit("; ".join(problem.message for problem in made.problems))
"""


def long(folder: Path, clip: Path | None) -> bool:
    """Two minutes through the product's whole journey; ``False`` when a limit is broken.

    The whole begins anew, so that its memory is that of as many outputs at once as the product makes.
    """
    kept = True
    for hlg in (False, True):
        what = f"{LONG_S:.0f} s of 1080p{clips.FPS} {'HLG HEVC' if hlg else 'H.264'}"
        film = clips.film(folder, LONG_S, hlg=hlg, clip=clip)
        for quick in ("quick", "whole"):
            argv = [sys.executable, "-c", _PRODUCE, str(film), str(folder / f"{film.stem}-{quick}")]
            spent = run_tree([*argv, quick], folder)
            peak_holds = spent.peak_bytes <= PEAK_LIMIT_BYTES
            time_holds = quick != "quick" or spent.wall_s <= QUICK_LIMIT * LONG_S
            timed = f", limit {LONG_S * QUICK_LIMIT:.0f} s" if quick == "quick" else ""
            print(
                f"{what}, {quick}: {spent.wall_s:.0f} s{timed}, processors {spent.cpu_s:.0f} s, "
                f"peak {spent.peak_bytes / 1e9:.2f} GB, limit {PEAK_LIMIT_BYTES / 1e9:.1f} GB, "
                f"holds: {'yes' if peak_holds and time_holds else 'NO'}",
                flush=True,
            )
            kept &= peak_holds and time_holds
        film.unlink()
    return kept


def against(folder: Path, other: Path, rounds: int, clip: Path | None) -> bool:
    """A film's whole journey here and in another checkout, taking turns; ``False`` beyond the limit.

    Both run in this Python with its packages, so only the project's own code differs.
    """
    kept = True
    checkouts = {"here": Path(__file__).parents[1], "there": other}
    for hlg in (False, True):
        film = clips.film(folder, SECONDS, hlg=hlg, clip=clip)
        least: Costs = {}
        for _ in range(rounds):
            for name, checkout in checkouts.items():
                media = folder / "media"
                path = f"PYTHONPATH={checkout / 'src'}"
                argv = ["env", path, sys.executable, "-c", _PRODUCE, str(film), str(media)]
                spent_s = run(argv, folder).cpu_s
                least[name] = min(spent_s, least.get(name, spent_s))
                made = [f"{one.name} {one.stat().st_size}" for one in media.glob("*/*.mp4")]
                print(f"    {name}: {spent_s:.2f} s: {', '.join(sorted(made))}", flush=True)
                shutil.rmtree(media)
        what = "HLG HEVC 10 bit" if hlg else "H.264"
        kept &= show(what, least["here"], "there", {"all": least["there"]}, AGAINST_LIMIT)
    return kept


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clip", type=Path, help="real footage instead of the drawn clip")
    parser.add_argument("--long", action="store_true", help="two minutes: memory and quick runs")
    parser.add_argument("--against", type=Path, metavar="DIR", help="another checkout")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is run (3)")
    options = parser.parse_args()
    clip = None if options.clip is None else options.clip.absolute()
    try:
        with tempfile.TemporaryDirectory(prefix="kinopress-benchmark-") as temp:
            if options.against is not None:
                other = options.against.absolute()
                kept = against(Path(temp), other, max(1, options.rounds), clip)
            elif options.long:
                kept = long(Path(temp), clip)
            else:
                kept = short(Path(temp), max(1, options.rounds), clip)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
