"""Does an HDR film come out with the colours and the brightness that were filmed?

    python benchmarks/hdr.py           clips cut from real footage, and drawn ones
    python benchmarks/hdr.py --drawn   drawn clips only, without fetching anything

SDR is placed in HLG and in PQ as ITU-R BT.2408 says (white at 203 nit), stored without loss in 10 bit,
and brought back by the product's own filters. PSNR of the frames before any encoder, over luma and both
chroma planes, against the SDR they came from. Nothing in it is brighter than white: how a highlight
above white is to look is taste, not a number.

Prints each figure and ends with 1 when one is below the limit or something failed to run.
"""

from __future__ import annotations

import argparse
import math
import re
import statistics
import sys
import tempfile
from pathlib import Path

import clips
from commands import RAW, command, halves, plan, silent
from measure import BenchmarkError, run

LIMIT_DB = 35.0
"""Below it a person sees the difference side by side; the common "hable" recipe reached 23 dB."""

SECONDS = 0.5
TRANSFERS = {"HLG": "arib-std-b67", "PQ": "smpte2084"}


def round_trip_db(source: Path, transfer: str, folder: Path) -> float:
    """PSNR of a clip that went to HDR and back, in dB.

    Raises:
        BenchmarkError: when FFmpeg fails or says no number.
    """
    lossless = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "lossless=1:log-level=0"]
    there = ["-i", f"file:{source}", "-vf", clips.to_hdr(transfer), *lossless, "-tag:v", "hvc1"]
    hdr = clips.make(folder, "hdr.mov", *there)
    recipe = silent(plan(hdr, poster_at_s=0.0))
    head, _ = halves(command(recipe, hdr, folder / "back", recipe.names[0]))
    back = folder / "back.nut"
    back.unlink(missing_ok=True)
    run([*head, *RAW, f"file:{back}"], folder)
    log = folder / "psnr.log"
    # By number: the two files round their time stamps differently.
    count = f"settb=AVTB,setpts=N/{clips.FPS}/TB"
    graph = f"[0:v]{count}[a];[1:v]{count}[b];[a][b]psnr=stats_file=psnr.log"
    both = ["-i", f"file:{back}", "-i", f"file:{source}", "-lavfi", graph]
    run([clips.ffmpeg(), "-v", "error", "-nostdin", *both, "-f", "null", "-"], folder)
    errors = [float(number) for number in re.findall(r"mse_avg:([\d.]+)", log.read_text("ascii"))]
    if not errors:
        raise BenchmarkError(f"{source.name} came back without a picture")
    return 10 * math.log10(255**2 / max(1e-6, statistics.mean(errors)))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--drawn", action="store_true", help="drawn clips only")
    options = parser.parse_args()
    reached: dict[str, list[float]] = {name: [] for name in TRANSFERS}
    try:
        with tempfile.TemporaryDirectory(prefix="kinopress-benchmark-") as temp:
            folder = Path(temp)
            sources = {} if options.drawn else clips.real(folder, SECONDS)
            sources |= {name: clips.drawn(folder, name, SECONDS) for name in clips.DRAWN}
            for clip, source in sources.items():
                for name, transfer in TRANSFERS.items():
                    reached[name].append(round_trip_db(source, transfer, folder))
                said = ", ".join(f"{name} {found[-1]:.1f} dB" for name, found in reached.items())
                print(f"{clip}: {said}", flush=True)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    kept = True
    for name, found in reached.items():
        holds = min(found) >= LIMIT_DB
        kept &= holds
        print(
            f"{name}, median {statistics.median(found):.1f} dB, least {min(found):.1f} dB, "
            f"limit {LIMIT_DB:.0f} dB, holds: {'yes' if holds else 'NO'}"
        )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
