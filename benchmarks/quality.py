"""How many bytes does each rendition take, against x264 at equal quality, and how good is it?

    python benchmarks/quality.py                 clips cut from real footage
    python benchmarks/quality.py --drawn         drawn clips only, without fetching anything
    python benchmarks/quality.py --clip FILE …   these films instead, the first seconds of each
    python benchmarks/quality.py --ceilings      bytes against the camera film's own (ceilings.py)

The peers get the same frames and the same distance between keyframes: x264 medium, and x264 as
PeerTube runs it (veryfast, -b_strategy 1, -bf 16). They encode at three CRFs; the logarithm of their
bytes is interpolated over VMAF to the VMAF that our rendition reached. There VMAF is taken on a 1080
screen: frames are enlarged to the source's size (bicubic) and compared with the source. "At size"
compares 720 with the source at 720 instead, and is what the limits mean: enlarging loses what no
encoder can keep.

Prints medians over the clips with each clip's number, and ends with 1 when a limit is broken or
something failed to run.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ceilings
import clips
from commands import RAW, command, encode_raw, encoding, halves, plan, silent
from measure import BenchmarkError, Run, run

from kinopress.video.encode.results import quick_recipe

SAVING_LIMITS = {"av1-1080.mp4": -0.35, "av1-720.mp4": -0.25}
"""AV1 rendition → bytes against x264 medium: less saving is not worth a second encode."""
VMAF_LIMITS = {1080: 93.0, 720: 91.0}
"""Short side → VMAF, median over the clips. Above 93 most viewers see no difference to the source."""

QUICK_NAME = "quick-720.mp4"
"""What this benchmark calls the H.264 rendition of a quick run."""

SECONDS = 3.0
CRFS = (18, 23, 28)
PEERS = {
    "medium": ("-preset", "medium"),
    "veryfast": ("-preset", "veryfast", "-b_strategy", "1", "-bf", "16"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One encode.

    Attributes:
        bytes: Of the file; it has no sound.
        vmaf: On a 1080 screen.
        run: What it cost, the frames being ready.
    """

    bytes: int
    vmaf: float
    run: Run


@dataclass(frozen=True, slots=True)
class Row:
    """One rendition of one clip; ``against`` is bytes relative to each peer's."""

    clip: str
    name: str
    short_px: int
    ours: Result
    vmaf_at_size: float
    kbps: float
    against: dict[str, float]


def vmaf(made: Path, source: Path, folder: Path, size: tuple[int, int] | None) -> float:
    """Mean VMAF (v0.6.1) of a film against its source; ``size`` brings both to a size first."""
    width, height = size or (1920, 1080)
    to = f"scale={width}:{height}:flags=bicubic,format=yuv420p,settb=AVTB,setpts=N/{clips.FPS}/TB"
    graph = f"[0:v]{to}[a];[1:v]{to}[b];[a][b]libvmaf=n_threads=2:log_fmt=json:log_path=vmaf.json"
    both = ["-i", f"file:{made}", "-i", f"file:{source}"]
    run(
        [clips.ffmpeg(), "-v", "error", "-nostdin", *both, "-lavfi", graph, "-f", "null", "-"],
        folder,
    )
    pooled = json.loads((folder / "vmaf.json").read_text("utf-8"))["pooled_metrics"]
    return float(pooled["vmaf"]["mean"])


def bytes_at(wanted: float, results: Sequence[Result]) -> float:
    """Bytes a peer needs for a VMAF: the parabola of log bytes over VMAF through its three encodes.

    VMAF rises ever more slowly, so a straight line between two encodes would overstate the peer's
    bytes, by 2 to 16 % for encodes 5 CRFs apart. Beyond the outer two a straight line is safer.
    """
    low, middle, high = sorted(results, key=lambda result: result.vmaf)
    if not low.vmaf <= wanted <= high.vmaf:
        one, other = (low, middle) if wanted < low.vmaf else (middle, high)
        share = (wanted - one.vmaf) / max(0.01, other.vmaf - one.vmaf)
        return math.exp(math.log(one.bytes) + share * math.log(other.bytes / one.bytes))
    total = 0.0
    for one in (low, middle, high):
        others = [result for result in (low, middle, high) if result is not one]
        weight = math.prod((wanted - o.vmaf) / (one.vmaf - o.vmaf) for o in others)
        total += weight * math.log(one.bytes)
    return math.exp(total)


def rows(
    clip: str, source: Path, folder: Path, crfs: dict[str, int], only: Sequence[str]
) -> list[Row]:
    """The renditions of a clip against both peers.

    Args:
        clip: What it is called.
        source: Where it lies.
        folder: For what is made.
        crfs: Rendition → CRF instead of the product's, for a trial.
        only: Renditions to be made; empty means all.
    """
    recipe = silent(plan(source, poster_at_s=0.0))
    quick = dict.fromkeys([QUICK_NAME], quick_recipe(recipe).renditions[0])
    ready: dict[tuple[int, int], tuple[Path, dict[str, list[Result]]]] = {}
    table = []
    for name, rendition in ({one.name: one for one in recipe.renditions} | quick).items():
        if only and name not in only:
            continue
        size = (rendition.width, rendition.height)
        made = folder / "ours.mp4"
        head, _ = halves(command(recipe, source, folder / "frames", rendition.name))
        tail = encoding(recipe, rendition, made)
        if name in crfs:
            tail[tail.index("-crf") + 1] = str(crfs[name])
        if size not in ready:
            raw = folder / f"{size[1]}.nut"
            run([*head, *RAW, f"file:{raw}"], folder)
            ready[size] = raw, {p: _peer(raw, source, folder, p) for p in PEERS}
        raw, peers = ready[size]
        spent = run(encode_raw(raw, tail), folder)
        ours = Result(made.stat().st_size, vmaf(made, source, folder, None), spent)
        at_size = ours.vmaf if size[1] == 1080 else vmaf(made, source, folder, size)
        against = {p: ours.bytes / bytes_at(ours.vmaf, peers[p]) - 1 for p in PEERS}
        kbps = ours.bytes * 8 / SECONDS / 1000
        row = Row(clip, name, min(size), ours, at_size, kbps, against)
        print(_line(row), flush=True)
        table.append(row)
    for raw, _ in ready.values():
        raw.unlink()
    return table


def _peer(raw: Path, source: Path, folder: Path, peer: str) -> list[Result]:
    results = []
    for crf in CRFS:
        made = folder / "peer.mp4"
        how = ["-y", "-c:v", "libx264", *PEERS[peer], "-crf", str(crf), "-g", str(2 * clips.FPS)]
        spent = run(encode_raw(raw, [*how, "-movflags", "+faststart", f"file:{made}"]), folder)
        results.append(Result(made.stat().st_size, vmaf(made, source, folder, None), spent))
    return results


_HEAD = (
    f"{'clip':<13}{'rendition':<14}{'kbit/s':>8}{'VMAF':>7}{'at size':>9}{'medium':>9}{'veryfast':>10}"
    f"{'CPU':>11}{'pictures/s':>12}"
)


def _line(row: Row) -> str:
    cost = row.ours.run
    return (
        f"{row.clip:<13}{row.name:<14}{row.kbps:>8.0f}{row.ours.vmaf:>7.1f}{row.vmaf_at_size:>9.1f}"
        f"{row.against['medium']:>+9.0%}{row.against['veryfast']:>+10.0%}"
        f"{cost.cpu_s / SECONDS:>9.2f} x{SECONDS * clips.FPS / cost.wall_s:>12.0f}"
    )


def conclude(table: Sequence[Row]) -> bool:
    """Print the medians and whether each limit holds; ``False`` when one does not."""
    kept = True
    print("\nmedian over the clips")
    for name in dict.fromkeys(row.name for row in table):
        some = [row for row in table if row.name == name]
        middle = statistics.median
        medium = middle(row.against["medium"] for row in some)
        seen, at_size = middle(r.ours.vmaf for r in some), middle(r.vmaf_at_size for r in some)
        verdicts = []
        if name in SAVING_LIMITS:
            holds = medium <= SAVING_LIMITS[name]
            verdicts.append(f"bytes ≤ {SAVING_LIMITS[name]:+.0%}: {'yes' if holds else 'NO'}")
            kept &= holds
        if (limit := VMAF_LIMITS.get(some[0].short_px)) is not None:
            holds = at_size >= limit
            verdicts.append(f"VMAF ≥ {limit:.0f}: {'yes' if holds else 'NO'}")
            kept &= holds
        print(
            f"{name:<14}{middle(r.kbps for r in some):>7.0f} kbit/s, VMAF {seen:.1f} "
            f"(at its size {at_size:.1f}), against medium {medium:+.0%}, "
            f"against veryfast {middle(r.against['veryfast'] for r in some):+.0%}, "
            f"CPU {middle(r.ours.run.cpu_s for r in some) / SECONDS:.2f} x. {'; '.join(verdicts)}"
        )
    return kept


def sources(folder: Path, options: argparse.Namespace) -> dict[str, Path]:
    """The clips: given, real, or drawn."""
    if options.clip:
        return {file.stem[:12]: clips.cut(folder, file, SECONDS) for file in options.clip}
    real = {} if options.drawn else clips.real(folder, SECONDS)
    if real:
        return real
    print("without real footage: drawn clips, whose VMAF says little: it never saw such textures")
    return {name: clips.drawn(folder, name, SECONDS) for name in clips.DRAWN}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--drawn", action="store_true", help="drawn clips only")
    parser.add_argument("--clip", type=Path, nargs="+", help="films to be used instead")
    parser.add_argument("--ceilings", action="store_true", help="bytes against the source's")
    parser.add_argument(
        "--crf", nargs="*", default=[], metavar="NAME=CRF", help="try another, as av1-720.mp4=33"
    )
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="some renditions")
    options = parser.parse_args()
    crfs = {name: int(crf) for name, _, crf in (trial.partition("=") for trial in options.crf)}
    table: list[Row] = []
    try:
        with tempfile.TemporaryDirectory(prefix="kinopress-benchmark-") as temp:
            folder = Path(temp)
            if options.ceilings:
                films = {file.stem[:15]: file.absolute() for file in options.clip or []}
                films = films or clips.cameras(folder, ceilings.SECONDS, drawn_only=options.drawn)
                return 0 if ceilings.compare(films, folder, vmaf) else 1
            found = sources(folder, options)
            print(_HEAD, flush=True)
            for clip, source in found.items():
                table += rows(clip, source, folder, crfs, options.only)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if conclude(table) else 1


if __name__ == "__main__":
    sys.exit(main())
