"""A small site with an address below a host, an article and a film: what is found, followed and shared."""

from __future__ import annotations

from pathlib import Path

from kinopress.media.clip import Clip
from kinopress.media.manifest import Manifest, Output
from support.projects import page, small_project, write

ROOT = "https://hips.example/run/"

_MADE = (
    Output("av1.mp4", "rendition", "video/mp4", "av01.0.05M.08", 1280, 720, 7, 42.5, "0" * 64),
    Output("360p.mp4", "rendition", "video/mp4", "avc1.64001e", 640, 360, 5, 42.5, "0" * 64),
    Output("720p.mp4", "rendition", "video/mp4", "avc1.64001f", 1280, 720, 9, 42.5, "0" * 64),
    *(
        Output(f"poster.{kind}", "poster", f"image/{kind}", None, 1280, 720, 9, 0.0, "0" * 64)
        for kind in ("avif", "webp", "jpeg")
    ),
)

FILM_TITLE = 'Clam, "filmed" & <shown>'


def found_project(folder: Path, more: str = "") -> Path:
    """Write it; ``more`` are settings at the top of its file."""
    small_project(folder)
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    write(folder / "mkdocs.yml", f"site_url: https://hips.example/run\n{more}{settings}")
    articles = {
        "hills": "title: Hills\ndescription: Up.\ndate: 2026-01-05",
        "later": "title: Later\ndescription: Not yet.\ndate: 2099-01-01",
        "held": "title: Held\ndescription: Not yet.\ndate: 2026-01-07\ndraft: true",
    }
    for slug, front in articles.items():
        write(
            folder / f"docs/articles/{slug}.md",
            page(f"{front}\ntags: [strength]\nsources: [practice]"),
        )
    write(
        folder / "videos/clam.md",
        page(
            f"title: '{FILM_TITLE}'\ndescription: See it.\ndate: 2026-07-06\ntags: [strength]\n"
            "exercises: [clam]\nalt: A knee that opens.\n"
            "sources: [practice]\n"
            "chapters:\n  - {at: 0 s, title: Lie down}\n  - {at: 20 s, title: Open}"
        ),
    )
    (folder / "videos/clam.mp4").write_bytes(b"a film")
    return folder


def clip(folder: Path) -> Clip:
    """Its film as if it had been encoded; no byte of it is looked into."""
    for output in _MADE:
        (folder / output.path).write_bytes(b"-" * output.bytes)
    (folder / "clam.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nLie down.\n", "utf-8")
    manifest = Manifest(2, "d" * 64, "clam.mov", 9, 1920, 1080, 42.5, True, _MADE)
    return Clip(manifest, folder, {"en": str(folder / "clam.en.vtt")})
