"""A small project whose titles would break pages that trust them, with an upright film."""

from __future__ import annotations

from pathlib import Path

from kinopress.system.process import run
from kinopress.video.ffmpeg.binary import find_encoder
from support.command import HANGS_S
from support.projects import page, small_project, write

TITLE = """<script>alert("it's in")</script> "quoted" & 'so' <b>bold</b>"""
"""A title with everything in it that means something in HTML."""

ADDRESSES = {
    "exercise": "exercises/spite/",
    "symptom": "symptoms/spite/",
    "article": "articles/spite/",
    "film": "videos/spite/",
    "plain page": "about/",
}
"""Pages that bear the title."""

_YAML_TITLE = "title: '" + TITLE.replace("'", "''") + "'\n"
_DESCRIPTION = "description: 'A \"fine\" <i>sentence</i> & more </title></script>'\n"
_FRONT = _YAML_TITLE + _DESCRIPTION


def write_spiteful_project(folder: Path) -> Path:
    """Write it, the film included."""
    small_project(folder)
    write(
        folder / "exercises/spite.md",
        page(
            _FRONT
            + "tags: [stretch, piriformis, weak glutes]\nlevel: easy\nposition: '<u>lying</u>'\n"
            "dosage: {sets: 2, hold: 30 s}\nsteps:\n  - step: 'Press <script>alert(1)</script> \"hard\" & hold.'\n"
            "video: spite\nharder: clam\nsources: [practice]",
            'See [[symptoms/spite]] and [[exercises/clam|the "clam" & more]].',
        ),
    )
    write(
        folder / "docs/symptoms/spite.md",
        page(
            _FRONT + "regions: [buttock]\naliases: ['<script>alert(2)</script>', 'a \"name\"']\n"
            "people_say: ['<img src=x onerror=alert(3)>']\n"
            "suspects: [piriformis]\nred_flags: [not-settling]\nsources: [practice]"
        ),
    )
    write(
        folder / "docs/articles/spite.md",
        page(_FRONT + "date: 2026-01-05\ntags: [piriformis, spite]\nsources: [practice]"),
    )
    write(folder / "docs/about.md", page(_FRONT.rstrip()))
    write(
        folder / "docs/index.md",
        page(
            "title: A small site\ndescription: All.",
            "{{ start }}\n\n{{ latest }}\n\n{{ exercise spite }}",
        ),
    )
    write(
        folder / "videos/spite.md",
        page(
            _FRONT + "date: 2026-01-05\ntags: [stretch, piriformis]\nexercises: [spite]\n"
            "alt: 'A \"person\" <script>alert(4)</script>'\n"
            "chapters:\n  - {at: 0 s, title: '<b>Set up</b> & \"go\"'}"
        ),
    )
    write(folder / "videos/spite.en.vtt", "WEBVTT\n\n00:00.000 --> 00:01.500\nLift the knee.\n")
    _upright_film(folder / "videos/spite.mp4")
    return folder


def _upright_film(path: Path) -> None:
    """Two seconds of a moving test picture, 360 × 640 pixels."""
    source = "testsrc2=size=360x640:rate=25:duration=2"
    codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    argv = [
        find_encoder().path,
        "-v",
        "error",
        "-nostdin",
        "-y",
        "-f",
        "lavfi",
        "-i",
        source,
        *codec,
        str(path),
    ]
    finished = run(argv, wall_s=HANGS_S)
    assert finished.returncode == 0, finished.stderr
