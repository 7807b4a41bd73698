"""The finder and its peers, each made ready over the same pages as a folder to be served."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grown import CACHES, ROOT, build, copy_content, library_of
from measure import BenchmarkError, kinopress, kinopress_of, pagefind, run

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.pages import Kind, Page, Term

PEERS = Path(__file__).resolve().parent / "peers"
WEB = ROOT / "web"
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Engine:
    """A search over a site.

    Attributes:
        folder: What is served.
        script: Begins the search: defines ``begin()`` in the page, before the page's own scripts.
        is_own_file: Whether a file of it belongs to the search and not to any page.
    """

    folder: Path
    script: str
    is_own_file: Callable[[Path], bool] = lambda file: file.suffix != ".html"


def _bundle(entry: str, out: Path, peers: Path = PEERS) -> None:
    """One of ``peers/`` as a reader would get it: bundled and minified as the finder itself is."""
    run([sys.executable, str(WEB / "build.py"), "tools"], WEB)
    native = [
        *WEB.glob("node_modules/@esbuild/*/bin/esbuild"),
        *WEB.glob("node_modules/@esbuild/*/esbuild.exe"),
    ]
    if not native:
        raise BenchmarkError("esbuild is not in web/node_modules")
    options = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=warning"]
    done = subprocess.run(
        [str(native[0]), str(peers / entry), *options, f"--outfile={out}"],
        env={**os.environ, "NODE_PATH": str(WEB / "node_modules")},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchmarkError(f"esbuild could not bundle {entry}:\n{done.stderr}")


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Search</title>", "utf-8")
    return folder


def make_kinopress(project: Path, folder: Path) -> Engine:
    """The site as it ships, and beside its scripts its search once more, bundled without a page around it."""
    del folder
    return _shipped(build(project), PEERS)


def _shipped(site: Path, peers: Path) -> Engine:
    _bundle("kinopress.js", site / "assets" / "web" / "benchmark.js", peers)
    return Engine(
        site, "globalThis.begin = async () => (await import('/assets/web/benchmark.js')).begin();"
    )


_GROW = """
import sys
from pathlib import Path
sys.path[:0] = [f"{sys.argv[1]}/benchmarks", f"{sys.argv[1]}/src"]
from grown import grow
grow(Path(sys.argv[2]), int(sys.argv[3]))
"""


def make_before(checkout: Path, project: Path, folder: Path) -> Engine:
    """Another checkout's own site by its own code, and grown by it as soon as ``project`` is grown."""
    pages = len(library_of(project).pages)
    if not folder.exists():
        folder.mkdir()
        copy_content(checkout, folder)
        if (checkout / CACHES).is_dir():
            shutil.copytree(checkout / CACHES, folder / CACHES, dirs_exist_ok=True)
    elif (folder / "site").exists():
        run([sys.executable, "-c", _GROW, str(checkout), str(folder), str(pages)], folder)
    run([*kinopress_of(checkout), "build"], folder)
    return _shipped(folder / "site", checkout / "benchmarks" / "peers")


def make_material(project: Path, folder: Path) -> Engine:
    """Material's own search: the pages ``kinopress stage`` writes, its search plugin switched on."""
    shutil.rmtree(folder, ignore_errors=True)
    run([kinopress(), "stage", str(folder)], project)
    settings = folder / "mkdocs.yml"
    given = json.loads(settings.read_text("utf-8"))
    given["plugins"] = ["search"]
    settings.write_text(json.dumps(given), "utf-8")
    run([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)
    script = (PEERS / "material.js").read_text("utf-8")
    return Engine(folder / "site", script, lambda file: file.name.startswith("search"))


def make_pagefind(project: Path, folder: Path) -> Engine:
    """Pagefind over the built pages, told to read their main part."""
    _empty(folder)
    options = ["--root-selector", "main", "--output-path", str(folder / "pagefind")]
    run([pagefind(), "--site", str(project / "site"), *options], folder)
    return Engine(folder, (PEERS / "pagefind.js").read_text("utf-8"))


def make_minisearch(project: Path, folder: Path) -> Engine:
    """MiniSearch over titles, aliases, what people say, and headings."""
    _empty(folder)
    _bundle("minisearch.js", folder / "minisearch.js")
    library = library_of(project)
    pages = [_document(kind, page) for (kind, _), page in library.pages.items()]
    text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"))
    (folder / "pages.json").write_text(text, "utf-8")
    return Engine(
        folder, "globalThis.begin = async () => (await import('/minisearch.js')).begin();"
    )


def _document(kind: Kind, page: Page) -> dict[str, str]:
    place = KINDS[kind].site
    found = {
        "address": f"{place}/{page.slug}/" if place else f"{page.slug}/",
        "title": page.title,
        "headings": "\n".join(_HEADING.findall(page.body)),
    }
    if isinstance(page, Term):
        found["aliases"] = "\n".join((*page.aliases, *page.lay))
        found["people_say"] = "\n".join(page.people_say)
    return found


ENGINES: dict[str, Callable[[Path, Path], Engine]] = {
    "kinopress": make_kinopress,
    "Material": make_material,
    "Pagefind": make_pagefind,
    "MiniSearch": make_minisearch,
}
"""In the table's order. ``make(project, folder)``: the first builds the project's site, which others read."""
