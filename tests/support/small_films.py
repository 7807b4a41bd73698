"""Films of a second or two, made on the spot."""

from __future__ import annotations

from pathlib import Path

from kinopress.system.process import run
from kinopress.video.ffmpeg.binary import find_encoder
from support.command import HANGS_S
from support.projects import page, write


def make_film(file: Path, *extra: str, seconds: float = 1.0, size: str = "128x72") -> Path:
    """A moving test picture with a tone; ``extra`` are FFmpeg's options before the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    argv = [
        *[find_encoder().path, "-v", "error", "-nostdin", "-y"],
        *["-f", "lavfi", "-i", f"testsrc2=s={size}:r=15:d={seconds}"],
        *["-f", "lavfi", "-i", f"sine=440:d={seconds}"],
        *["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", *extra, f"file:{file}"],
    ]
    finished = run(argv, wall_s=HANGS_S)
    assert finished.returncode == 0, finished.stderr
    return file


def film_page(project: Path, slug: str, *fields: str) -> None:
    """The page of a film, with more fields if requested."""
    front = [
        f"title: {slug.replace('-', ' ').capitalize()}",
        "description: A film.",
        "date: 2026-01-05",
        "tags: [stretch]",
        "sources: [practice]",
        "alt: Colours that move.",
        *fields,
    ]
    write(project / f"videos/{slug}.md", page("\n".join(front)))
