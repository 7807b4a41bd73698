"""Which files a device keeps of a finished site, and how a release is told from another."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from kinopress.engines.look import THEME
from kinopress.engines.offline import app
from kinopress.engines.offline.worker import write_worker

FILES = {
    "index.html": b"home",
    "muscles/calf/index.html": b"calf",
    "404.html": b"lost",
    ".kinopress-release.json": b"{}",
    "assets/web/main-IAQAVDPE.js": b"//",
    "assets/kinopress.css": b"a{}",
    "figures/clam-4f3d7249fa/still-1.svg": b"<svg/>",
    "figures/clam-4f3d7249fa/sheet.svg": b"<svg/>",
    "media/43721f8af61b6024/h264-720.mp4": b"film",
    "media/43721f8af61b6024/poster.webp": b"poster",
    "media/43721f8af61b6024/storyboard.webp": b"pictures",
    "pictures/0123456789abcdef/large.webp": b"0" * 600_000,
    "pictures/0123456789abcdef/small one.webp": b"0",
    "downloads/sheet.pdf": b"%PDF",
}


def _written(folder: Path, files: dict[str, bytes]) -> tuple[str, list[list[object]]]:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    write_worker(folder, is_kept=True)
    release = re.match(
        r'const RELEASE="(\w+)",BYTES=\d+,FILES=(\d+);\n', (folder / "sw.js").read_text("utf-8")
    )
    assert release is not None
    said = json.loads((folder / f"assets/offline/list-{release[1]}.json").read_bytes())
    assert len(said["files"]) == int(release[2])
    return release[1], said["files"]


def test_words_drawings_and_small_pictures_are_kept_films_and_our_own_notes_are_not(
    tmp_path: Path,
) -> None:
    _, rows = _written(tmp_path, FILES)
    assert {row[0]: row[2] for row in rows} == {
        "": 0,
        "muscles/calf/": 0,
        "assets/web/main-IAQAVDPE.js": 1,
        "assets/kinopress.css": 0,
        "figures/clam-4f3d7249fa/still-1.svg": 1,
        "pictures/0123456789abcdef/small%20one.webp": 0,
    }
    assert ["", hashlib.sha256(b"home").hexdigest()[:16], 0] in rows


def test_what_is_fetched_is_no_more_than_is_said(tmp_path: Path) -> None:
    """Texts packed as the least that any server does, everything else as it is."""
    words = b" ".join(hashlib.sha256(bytes([at])).hexdigest().encode() for at in range(200))
    files = {"index.html": words, "assets/kinopress.css": b"a{}" * 100, "pictures/small.webp": b"0"}
    _written(tmp_path, files)
    said = re.search(r"BYTES=(\d+)", (tmp_path / "sw.js").read_text("utf-8"))
    assert said is not None
    texts = [data for path, data in files.items() if not path.endswith(".webp")]
    for level in range(1, 10):
        assert int(said[1]) >= sum(len(gzip.compress(data, level)) for data in texts) + 1
    assert int(said[1]) == sum(len(gzip.compress(data, 1)) for data in texts) + 1


def test_the_same_site_is_the_same_release_and_another_word_is_another(tmp_path: Path) -> None:
    first, _ = _written(tmp_path / "1", FILES)
    again, _ = _written(tmp_path / "2", FILES)
    other, _ = _written(tmp_path / "3", FILES | {"index.html": b"Home"})
    assert first == again != other


def test_a_site_that_keeps_nothing_has_a_worker_that_removes_itself(tmp_path: Path) -> None:
    write_worker(tmp_path, is_kept=False)
    assert "unregister" in (tmp_path / "sw.js").read_text("utf-8")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["sw.js"]


def test_the_worker_weighs_little() -> None:
    worker = THEME / "workers/web/worker.js"
    assert 1000 < len(gzip.compress(worker.read_bytes())) <= 3 * 1024


def test_the_icons_of_a_site_without_its_own_are_those_that_would_be_drawn() -> None:
    """They are the same for all such sites, and drawing them takes as long as a hundred pages."""
    baked = app._drawn(b"", app._OWN_COLOUR)
    drawn = app.own_icons()
    assert list(baked) == list(drawn)
    for path, data in drawn.items():
        with Image.open(io.BytesIO(baked[path])) as ours, Image.open(io.BytesIO(data)) as now:
            assert (ours.size, ours.mode) == (now.size, now.mode), path
            # Another edition of what draws may smooth an edge otherwise.
            apart = ImageStat.Stat(ImageChops.difference(ours.convert("RGBA"), now.convert("RGBA")))
            assert max(apart.mean) < 1, (
                f"{path}: run scripts/bake_icons.py and look at what changed"
            )
