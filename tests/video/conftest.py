"""Sources made on the spot with FFmpeg, and ways to measure what came out."""

from __future__ import annotations

import hashlib
import math
import re
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import av
import pytest

from kinopress.system.process import run
from kinopress.video.encode.produced import Produced
from kinopress.video.ffmpeg.binary import find_encoder
from kinopress.video.produce import produce
from kinopress.video.settings import VideoSettings
from support.command import HANGS_S

Make = Callable[..., Path]

# Four colours in the four quarters, so that every turn and mirroring shows.
RED, GREEN, BLUE, GREY = (200, 40, 40), (40, 180, 60), (40, 60, 200), (160, 160, 160)
QUARTERS = [RED, GREEN, BLUE, GREY]


def ffmpeg(*arguments: object) -> None:
    """Run FFmpeg and fail the test with its own words."""
    argv = [find_encoder().path, "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    finished = run(argv, wall_s=HANGS_S)
    assert finished.returncode == 0, finished.stderr


def quarters(width: int, height: int, *, seconds: float = 1.0, fps: str = "30") -> list[str]:
    """Input arguments for a still picture of four coloured quarters."""
    half = f"{width // 2}x{height // 2}:r={fps}:d={seconds}"
    colours = ["0x" + bytes(colour).hex() for colour in QUARTERS]
    sources = ";".join(f"color={colour}:s={half}[c{i}]" for i, colour in enumerate(colours))
    return [
        "-f",
        "lavfi",
        "-i",
        f"{sources};[c0][c1]hstack[t];[c2][c3]hstack[b];[t][b]vstack,scale={width}:{height},"
        "format=rgb24",
    ]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """``make("name.mp4", size=…, …)`` gives a moving test film; the same call, the same file."""
    folder = tmp_path_factory.mktemp("films")

    def make_film(
        name: str,
        *extra: str,
        size: str = "128x72",
        seconds: float = 2.0,
        fps: str = "30",
        sound: bool = True,
    ) -> Path:
        # A name alone would give a test the film of another one that asked before it, of another size.
        how = repr((extra, size, seconds, fps, sound))
        path = folder / hashlib.sha256(how.encode()).hexdigest()[:16] / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            tone = ["-f", "lavfi", "-i", f"sine=440:d={seconds}"] if sound else []
            ffmpeg(
                *["-f", "lavfi", "-i", f"testsrc2=s={size}:r={fps}:d={seconds}", *tone],
                *["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
                *extra,
                f"file:{path}",
            )
        return path

    return make_film


@pytest.fixture
def media_dir(tmp_path: Path) -> Path:
    """A project's ``.kinopress/media``, not yet made."""
    return tmp_path / ".kinopress" / "media"


@pytest.fixture
def publish(media_dir: Path) -> Callable[[Path], Produced]:
    """Produce a film as ``videos/<name>``, with every rendition, however little it saves."""
    settings = VideoSettings(saving_min=-math.inf)

    def produce_film(source: Path) -> Produced:
        path = f"videos/{source.name}"
        return produce(source, display_path=path, media_dir=media_dir, settings=settings)

    return produce_film


@pytest.fixture(scope="session")
def _stores() -> dict[Path, Path]:
    """Film → a store with what was made of it."""
    return {}


@pytest.fixture
def made_before(
    publish: Callable[[Path], Produced],
    media_dir: Path,
    _stores: dict[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path], Produced]:
    """What ``publish`` has made of a film in an earlier run: encoded once, then there for each test."""

    def find(source: Path) -> Produced:
        if source in _stores:
            shutil.copytree(_stores[source], media_dir)
        made = publish(source)
        assert made.encoded == (source not in _stores)
        if source not in _stores:
            kept = tmp_path_factory.mktemp("made") / "media"
            _stores[source] = Path(shutil.copytree(media_dir, kept))
        return made

    return find


PRODUCE = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background ignores it
from pathlib import Path
from kinopress.video.encode.making import run
from kinopress.video.produce import produce

run._TELL_EVERY_S = 0.0  # of each picture: a small film is over in half a second
source, media_dir, hold_at = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])

def tell(share):
    print(share, flush=True)
    if share >= hold_at:
        time.sleep(3600)  # until the test has done what it wants to do to this run

made = produce(source, display_path="videos/" + source.name, media_dir=media_dir, on_progress=tell)
print("done", made.problems, flush=True)
"""


def start_producing(
    source: Path, media_dir: Path, *, hold_at: float = math.inf
) -> subprocess.Popen[str]:
    """Produce a film in a process of its own, which prints its progress.

    Args:
        source: The film.
        media_dir: Where its results go.
        hold_at: The share at which it goes no further, however long the test takes to see that.
    """
    argv = [sys.executable, "-c", PRODUCE, str(source), str(media_dir), str(hold_at)]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_progress(process: subprocess.Popen[str], share: float) -> None:
    """Wait until a producing process has done this much of its film."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("done"):
            break
        if float(line) >= share:
            return
    raise AssertionError(f"it ended before {share}")


def after(monkeypatch: pytest.MonkeyPatch, paths: Iterable[Path], seconds: float) -> None:
    """Set the clock by which hashes are remembered to a moment after the last change of all these files."""
    found = [path.stat() for path in paths]
    newest_ns = max(max(status.st_mtime_ns, status.st_ctime_ns) for status in found)
    now_ns = newest_ns + round(seconds * 1e9)
    monkeypatch.setattr("kinopress.system.stamps.time", SimpleNamespace(time_ns=lambda: now_ns))


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # gone before, or between opening and reading
        return False


def gone(pid: int, within_s: float = HANGS_S) -> bool:
    """Whether a process ends; one that does not is waited for until nobody would."""
    ends = time.monotonic() + within_s
    while alive(pid) and time.monotonic() < ends:
        time.sleep(0.02)
    return not alive(pid)


def psnr_db(one: Path, other: Path) -> float:
    """PSNR of two films, picture by picture, over all three planes."""
    log = one.parent / "psnr.log"
    count = "settb=AVTB,setpts=N/30/TB"
    graph = f"[0:v]{count}[a];[1:v]{count}[b];[a][b]psnr=stats_file={log.as_posix()}"
    ffmpeg("-i", one, "-i", other, "-lavfi", graph, "-f", "null", "-")
    errors = [float(error) for error in re.findall(r"mse_avg:([\d.]+)", log.read_text("ascii"))]
    assert errors
    return 10 * math.log10(255**2 / max(1e-6, sum(errors) / len(errors)))


def boxes(path: Path) -> list[str]:
    """All boxes of an MP4 in file order, with their parents: ``moov/trak/mdia``."""
    return [name for name, _ in walk_boxes(path.read_bytes())]


CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"edts", b"ilst", b"dinf"}


def walk_boxes(data: bytes, parent: str = "") -> Iterator[tuple[str, bytes]]:
    """Walk the boxes of ISO/IEC 14496-12."""
    offset = 0
    while offset + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, offset)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, offset + 8)
            head = 16
        size = size or len(data) - offset
        body = data[offset + head : offset + size]
        name = f"{parent}{kind.decode('latin-1')}"
        yield name, body
        if kind in CONTAINERS:
            yield from walk_boxes(body, f"{name}/")
        offset += size


def picture_times(path: Path, *, keyframes: bool = False) -> list[float]:
    """When each picture, or each keyframe, of a film is shown, in seconds."""
    with av.open(str(path)) as film:
        return sorted(
            float(packet.pts * packet.time_base)
            for packet in film.demux(video=0)
            if packet.pts is not None and (packet.is_keyframe or not keyframes)
        )


def colours(path: Path, *, columns: int = 2, rows: int = 2) -> list[tuple[int, ...]]:
    """The colours in the middles of a grid of cells, as RGB, row by row, as a browser shows them."""
    # JPEG and WebP mean BT.601; our renditions say BT.709.
    matrix = "bt709" if path.suffix == ".mp4" else "bt601"
    raw = path.with_suffix(".raw")
    cell = 9  # pixels; the middle one is far from its neighbours
    grid = f"scale={columns * cell}:{rows * cell}:in_color_matrix={matrix},format=rgb24"
    ffmpeg("-i", path, "-frames:v", "1", "-vf", grid, "-f", "rawvideo", raw)
    data = raw.read_bytes()
    raw.unlink()
    middles = [
        (row * cell + cell // 2) * columns * cell + column * cell + cell // 2
        for row in range(rows)
        for column in range(columns)
    ]
    return [tuple(data[3 * i : 3 * i + 3]) for i in middles]


def alike(
    found: Sequence[tuple[int, ...]], wanted: Sequence[tuple[int, ...]], within: int = 8
) -> bool:
    """Whether two lists of colours are the same to the eye."""
    pairs = zip(found, wanted, strict=True)
    return all(abs(a - b) <= within for one, two in pairs for a, b in zip(one, two, strict=True))


def loudness(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP."""
    argv = ["-hide_banner", "-nostats", "-i", str(path), "-vn", "-af", "ebur128=peak=true"]
    report = run([find_encoder().path, *argv, "-f", "null", "-"], wall_s=HANGS_S).stderr
    lufs = re.findall(r"^ +I: +(-?[\d.]+) LUFS", report, re.MULTILINE)[-1]
    peak = re.findall(r"^ +Peak: +(-?[\d.]+|-inf) dBFS", report, re.MULTILINE)[-1]
    return float(lufs), float(peak)
