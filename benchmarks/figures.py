"""What do the figures weigh, and what does it take to draw them?

    python benchmarks/figures.py              all pose files of the project, drawn from nothing
    python benchmarks/figures.py clam step-down

Sizes are those of gzip, as a host sends them. Seconds are of processor time, in one process with one thread.
Prints a table and ends with 1 when a limit is missed.
"""

from __future__ import annotations

import gzip
import resource
import statistics
import sys
import time
from pathlib import Path

from kinopress.content.read import read_library
from kinopress.figures.draw import draw

ROOT = Path(__file__).resolve().parents[1]
MOVING_MEDIAN, MOVING_MOST, STILL_MOST = 8_000, 14_000, 5_000
SECONDS_MEDIAN, SECONDS_ALL, MEMORY_MB = 4.0, 120.0, 150


def main() -> int:
    """Draw, measure, print; 1 when a limit is missed."""
    library, _ = read_library(ROOT, show_held=True)
    names = sys.argv[1:] or sorted(library.motions)
    moving, stills, seconds, faults = [], [], [], 0
    print(f"{'exercise':30}{'seconds':>8}{'moving':>8}{'stills':>18}  findings")
    for name in names:
        begun = time.process_time()
        drawn = draw(library.motions[name], name)
        seconds.append(time.process_time() - begun)
        moving.append(len(gzip.compress(drawn.moving.encode(), 9)))
        sizes = [len(gzip.compress(svg.encode(), 9)) for svg in drawn.stills]
        stills += sizes
        kinds = " ".join(sorted({f.kind for f in drawn.findings}))
        faults += sum(f.kind in {"floor", "range", "crossing"} for f in drawn.findings)
        shown = " ".join(str(size) for size in sizes)
        print(f"{name:30}{seconds[-1]:8.1f}{moving[-1]:8}{shown:>18}  {kinds}", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    limits = {
        f"moving, median: {statistics.median(moving):.0f} bytes": statistics.median(moving)
        <= MOVING_MEDIAN,
        f"moving, most: {max(moving)} bytes": max(moving) <= MOVING_MOST,
        f"still, most: {max(stills)} bytes": max(stills) <= STILL_MOST,
        f"a figure, median: {statistics.median(seconds):.1f} s": statistics.median(seconds)
        <= SECONDS_MEDIAN,
        f"all of them: {sum(seconds):.0f} s": sum(seconds) <= SECONDS_ALL,
        f"memory: {memory:.0f} MB": memory <= MEMORY_MB,
        f"faults: {faults}": faults == 0,
    }
    for words, held in limits.items():
        print(f"{'ok    ' if held else 'MISSED'} {words}")
    return 0 if all(limits.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
