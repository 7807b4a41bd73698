"""Cases that cannot lie in git, or not on every disk: bytes, names, links, files that are not there."""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from kinopress.media.manifest import MANIFEST_VERSION

CLAM, BRIDGE = "exercises/clam.md", "exercises/glute-bridge.md"


def _changed(path: str, old: str, new: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    """A file of the base with other words in it, or saved in another way."""

    def make(project: Path) -> None:
        file = project / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_bytes(text.replace(old, new, 1).encode(encoding))

    return make


def _filled_with_zeros(*paths: str) -> Callable[[Path], None]:
    """Files of the base as long as they were, but all zeros."""

    def make(project: Path) -> None:
        for path in paths:
            (project / path).write_bytes(bytes((project / path).stat().st_size))

    return make


def _copied(path: str, *names: str) -> Callable[[Path], None]:
    """A file of the base once more, under other names."""

    def make(project: Path) -> None:
        for name in names:
            (project / name).write_bytes((project / path).read_bytes())

    return make


def _removed(*paths: str) -> Callable[[Path], None]:
    """Files of the base that are not there."""

    def make(project: Path) -> None:
        for path in paths:
            (project / path).unlink()

    return make


def _names_of_windows(project: Path) -> None:
    article = (project / "docs/articles/first-steps.md").read_text("utf-8")
    (project / "docs/articles/con.md").write_text(
        article.replace("title: ", "title: Con "), "utf-8"
    )
    (project / "videos/aux.mp4").write_bytes(b"not text\0")


def _site_leads_elsewhere(project: Path) -> None:
    elsewhere = project.parent / "photos"
    elsewhere.mkdir()
    (elsewhere / "family.jpg").write_text("Not a site.", "utf-8")
    shutil.rmtree(project / "site")
    (project / "site").symlink_to(elsewhere)


def _site_in_home(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(f"site_dir: {Path.home()}\n{settings.read_text('utf-8')}", "utf-8")


def _windows(project: Path) -> None:
    for file in (*project.glob("**/*.md"), *project.glob("**/*.yml"), *project.glob("**/*.vtt")):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))


def _old_mac(project: Path) -> None:
    for file in project.glob("exercises/*.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r"))


def _leftovers(project: Path) -> None:
    for name in (
        "docs/.DS_Store",
        "docs/muscles/._glutes.md",
        "exercises/._clam.md",
        "exercises/~$clam.md",
        "exercises/.clam.md.swp",
        "exercises/clam.md~",
        "videos/._hip-circles.mp4",
        "videos/Thumbs.db",
        "docs/muscles/desktop.ini",
        "docs/Icon\r",
    ):
        (project / name).write_bytes(b"\x00\x05\x16\x07")


def _twins(project: Path) -> None:
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "exercises/pliés.md")
        (project / name).write_bytes((project / BRIDGE).read_bytes())


def _no_files(project: Path) -> None:
    os.mkfifo(project / "exercises/pipe.md")
    (project / "exercises/gone.md").symlink_to("nowhere.md")
    (project / "exercises/loop.md").symlink_to("loop.md")
    (project / "exercises/one.md").symlink_to("two.md")
    (project / "exercises/two.md").symlink_to("one.md")
    (project / "videos/loop.mp4").symlink_to("loop.mp4")
    (project / "docs/articles/round").symlink_to(project / "docs", target_is_directory=True)
    (project / "docs/pictures").symlink_to(project / "videos", target_is_directory=True)
    (project / "videos/week-2.mp4").mkdir()
    (project / "exercises/empty.md").mkdir()
    (project / "docs/Fees.MD").mkdir()


def _pictures(project: Path) -> None:
    """Pictures and other files of every kind that cannot be published, each on a line of its own."""
    folder = project / "docs/pictures"
    folder.mkdir()
    photo = Image.effect_noise((64, 48), 60)
    for name, form in (("whole.jpg", "JPEG"), ("is-jpeg.png", "JPEG"), ("old.bmp", "BMP")):
        photo.save(folder / name, form)
    photo.save(folder / "scan.tif", "TIFF")
    frames = [photo, Image.effect_noise((64, 48), 60)]
    frames[0].save(folder / "moving.gif", save_all=True, append_images=frames[1:])
    whole = (folder / "whole.jpg").read_bytes()
    (folder / "half.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "text.jpg").write_text("A hip.", "utf-8")
    (folder / "hip.svg").write_text("<svg><path d='M0 0'>", "utf-8")
    (folder / "clients.xlsx").write_bytes(b"PK\3\4")
    (folder / "talk.mp3").write_bytes(b"ID3\4\0\0\0\0\0\0")
    (folder / "hip.mov").write_bytes(b"\0\0\0\x14ftypqt  ")
    (folder / "hip.zzz").write_bytes(b"\1\2\3\4\0")
    (folder / "leaflet.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "page.html").write_text("<p>Hip.</p>", "utf-8")
    names = sorted(file.name for file in folder.iterdir())
    lines = [f"![Seen](pictures/{name})" for name in names]
    lines += [
        "[Linked](pictures/hip.mov)",
        "![](pictures/whole.jpg)",
        "![decorative](pictures/whole.jpg)",
    ]
    lines += [
        "![Seen](https://example.org/hip.jpg)",
        "![Seen](C:/hip.jpg)",
        "<img src='data:,x' alt='x'>",
    ]
    index = project / "docs/index.md"
    index.write_text(index.read_text("utf-8") + "\n\n".join(lines) + "\n", "utf-8")


def _not_linked(project: Path) -> None:
    """Files in docs/ that no page links: one alone, and many in a folder."""
    (project / "docs/clients.xlsx").write_bytes(b"PK\3\4")
    (project / "docs/pictures").mkdir()
    for number in range(8):
        Image.new("L", (8, 8)).save(project / f"docs/pictures/hip-{number}.png")


def _links_out(project: Path) -> None:
    """Links from the folders of sources to files elsewhere, and one to itself."""
    (project / "private").mkdir()
    (project / "private/clients.txt").write_text("Anna, 1 May\n", "utf-8")
    (project / "docs/clients.txt").symlink_to("../private/clients.txt")
    (project / "exercises/mine.md").symlink_to("../private/clients.txt")
    (project / "docs/loop.txt").symlink_to("loop.txt")
    (project / "docs/hip.vtt").symlink_to("../videos/hip-circles.en.vtt")


def _videos_is_a_file(project: Path) -> None:
    (project / "videos").rename(project / "films")
    (project / "videos").write_text("Where are they?\n", "utf-8")


def _site_is_a_file(project: Path) -> None:
    shutil.rmtree(project / "site")
    (project / "site").write_text("A letter.\n", "utf-8")


def _data_is_a_folder(project: Path) -> None:
    (project / "docs/data/references.yml").unlink()
    (project / "docs/data/references.yml").mkdir()


def _note_damaged(project: Path) -> None:
    """A power cut on the computer that has the film, say."""
    (project / "videos/hip-circles.mp4").unlink()
    (project / "videos/hip-circles.en.vtt").unlink()
    (project / "videos/hip-circles.film.json").write_text('{"about": "What Kin', "utf-8")


def _folders_beside_films(project: Path) -> None:
    for name in ("hip.en.vtt", "hip-circles.de.srt", "hip-circles.poster.jpg"):
        (project / "videos" / name).mkdir()
    (project / "videos/hip-circles.film.json").mkdir()


def _film_kept(project: Path) -> None:
    """Another computer: the encoded films were copied with the project, the camera film was not."""
    (project / "videos/hip-circles.mp4").unlink()
    folder = project / ".kinopress/media/0123abcd"
    output = {
        **{"path": "480p.mp4", "kind": "rendition", "mime": "video/mp4", "codecs": "avc1.64001f"},
        **{"width": 640, "height": 480, "duration_s": 4.0, "sha256": "a" * 64, "recipe": "b" * 64},
        "lost": [],
        "bytes": (folder / "480p.mp4").stat().st_size,
    }
    values = {
        **{"version": MANIFEST_VERSION, "digest": "c" * 64, "complete": True, "source_bytes": 9},
        **{"source_name": "hip-circles.mp4", "source_sha256": "d" * 64, "from_s": 0.0},
        **{
            "width": 640,
            "height": 480,
            "duration_s": 4.0,
            "has_audio": False,
            "left_out": [],
        },
        "outputs": [output],
    }
    (folder / "manifest.json").write_text(json.dumps(values), "utf-8")
    cache = project / ".kinopress/cache"
    cache.mkdir()
    record = {"folder": ".kinopress/media/0123abcd", "made_from": "[]"}
    (cache / "films.json").write_text(json.dumps({"hip-circles": record}), "utf-8")


MADE: dict[str, Callable[[Path], None]] = {
    "accepted/byte-order-mark-and-windows-line-ends": _windows,
    "accepted/old-mac-line-ends": _old_mac,
    "accepted/what-computers-leave-lying-about": _leftovers,
    "made/utf-16": _changed(CLAM, "warm", "warm", "utf-16"),
    "made/utf-32": _changed(CLAM, "warm", "warm", "utf-32"),
    "made/utf-32-without-mark": _changed(CLAM, "warm", "warm", "utf-32-be"),
    "made/utf-16-without-mark": _changed(CLAM, "warm", "warm", "utf-16-le"),
    "made/latin-1": _changed(CLAM, "A small lift", "A petite élévation", "latin-1"),
    "made/latin-1-in-shared-data": _changed("docs/data/regions.yml", "Front", "Vörder", "latin-1"),
    "made/latin-1-in-captions": _changed("videos/hip-circles.en.vtt", "slow", "slöw", "latin-1"),
    "made/latin-1-in-settings": _changed("mkdocs.yml", "Anna", "Änna", "latin-1"),
    "made/zeros": _filled_with_zeros(CLAM, "videos/hip-circles.en.vtt"),
    "made/zero-character": _changed(CLAM, "warm", "wa\0rm"),
    "made/bell-character": _changed(CLAM, "warm", "wa\arm"),
    "made/character-by-number": _changed(CLAM, "title: Clam", 'title: "Clam \\x07"'),
    "made/captions-for-centuries": _changed(
        "videos/hip-circles.en.vtt", "00:01.000", "9" * 5000 + ":00:01.000"
    ),
    "made/field-without-end": _changed(CLAM, "level:", "l" * 5000 + ":"),
    "made/names-that-look-the-same": _twins,
    "made/name-of-255-bytes": _copied(BRIDGE, f"exercises/{'a' * 252}.md"),
    "made/name-in-quotes": _copied(BRIDGE, 'exercises/the "bridge".md'),
    "made/name-with-a-line-end": _copied(BRIDGE, "exercises/side\nplank.md"),
    "made/name-that-steers-the-terminal": _copied(BRIDGE, "exercises/\x1b[31mplank.md"),
    "made/name-that-is-no-unicode": _copied(BRIDGE, os.fsdecode(b"exercises/pli\xe9.md")),
    "made/film-names": _copied(
        "videos/hip-circles.mp4", "videos/-i.mp4", "videos/http:x.mp4", "videos/Hip Circles.MOV"
    ),
    "made/no-files": _no_files,
    "made/pictures": _pictures,
    "made/files-not-linked": _not_linked,
    "made/links-out": _links_out,
    "made/videos-is-a-file": _videos_is_a_file,
    "made/shared-file-is-a-folder": _data_is_a_folder,
    "made/shared-files-missing": _removed("docs/data/references.yml", "docs/data/regions.yml"),
    "made/no-numbers-to-call": _removed("docs/data/help.yml"),
    "made/no-first-page": _removed("docs/index.md"),
    "made/film-missing": _removed("videos/hip-circles.mp4", "videos/hip-circles.en.vtt"),
    "made/site-is-a-file": _site_is_a_file,
    "made/film-kept": _film_kept,
    "made/note-damaged": _note_damaged,
    "made/folders-beside-films": _folders_beside_films,
    "made/site-in-home": _site_in_home,
    "made/site-leads-elsewhere": _site_leads_elsewhere,
    "made/names-of-windows": _names_of_windows,
}
