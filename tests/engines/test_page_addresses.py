"""Addresses that are put together are those that MkDocs finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.base import load_config
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from kinopress.engines.mkdocs.page_text import PageOf

BASES = [
    "",
    "https://example.org",
    "https://example.org/",
    "https://example.org/a/b",
    "https://example.org/a/../b/",
    "https://example.org/a/?x=1",
    "/a/",
]
PATHS = ["index.md", "exercises/bridge.md", "a/b.c.md", "ä/b.md", "a/..b.md", "a/b c.md", "404.md"]


@pytest.mark.parametrize("base", BASES)
def test_an_address_is_the_one_that_mkdocs_finds(base: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A site\n", "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.site_url = base
    for path in PATHS:
        file = File(path, str(tmp_path), config.site_dir, use_directory_urls=True)
        ours, theirs = PageOf(None, file, config), Page(None, file, config)
        assert (ours.canonical_url, ours.abs_url) == (theirs.canonical_url, theirs.abs_url)
