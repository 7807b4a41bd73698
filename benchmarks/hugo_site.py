"""The same pages as a plain Hugo site: the peer that builds are measured against.

Muscles, symptoms and techniques are Hugo's taxonomies, so that Hugo too gathers the exercises and
articles of each term; a term's own text is the body of its term page. Both sites have the same
pages. Hugo writes no feeds, because Kinopress writes none; both write a sitemap.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from front import front_matter
from plan import Draft

THEME = Path(__file__).parent / "hugo"
TAXONOMIES = ("muscles", "symptoms", "techniques")
_LINK = re.compile(r"\[\[([a-z0-9-]+)\]\]")
_CITATION = re.compile(r" \[@([a-z0-9]+)\]")
_RENAMED = {"aliases": "also_called", "kind": "structure"}
"""Fields whose names mean something else to Hugo (``aliases`` would make pages that redirect)."""


class _Peer:
    """Rewrites drafts for Hugo; knows every page, because links carry titles there."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.by_slug = {draft.slug: draft for draft in drafts}
        self.by_title = {draft.title: draft for draft in drafts}

    def text(self, words: str, sources: list[str]) -> str:
        """Markdown with plain links in place of the project's own marks."""
        words = _LINK.sub(lambda m: _link(self.by_slug[m[1]]), words)
        return _CITATION.sub(
            lambda m: f"<sup>[{sources.index(m[1]) + 1}](#source-{m[1]})</sup>", words
        )

    def front(self, draft: Draft) -> dict[str, object]:
        """Front matter: tags as taxonomies, on a term's own page as links to other terms."""
        fields: dict[str, Any] = {_RENAMED.get(k, k): v for k, v in draft.front.items()}
        tagged = [self.by_title[title] for title in fields.pop("tags", [])]
        if draft.folder in TAXONOMIES:
            named = [*fields.pop("suspects", []), *fields.pop("techniques", [])]
            see = [*tagged, *(self.by_slug[slug] for slug in named)]
            fields["see"] = " ".join(_link(other) for other in see)
        else:
            for taxonomy in TAXONOMIES:
                fields[taxonomy] = [term.title for term in tagged if term.folder == taxonomy]
        for name in ("easier", "harder", "parent"):
            if name in fields:
                fields[name] = _link(self.by_slug[fields[name]])
        if "evidence" in fields:
            fields["evidence"] = self.text(fields["evidence"], fields["sources"])
        return fields


def _link(draft: Draft) -> str:
    """A link written out in full: Hugo's own look-up of a page takes a tenth of its build."""
    return f"[{draft.title}](/{draft.folder}/{draft.slug}/)"


def _file(draft: Draft) -> str:
    if draft.slug == "index":
        return "_index.md"
    name = f"{draft.slug}/_index.md" if draft.folder in TAXONOMIES else f"{draft.slug}.md"
    return f"{draft.folder}/{name}" if draft.folder else name


def write_site(
    drafts: list[Draft], references: Mapping[str, Mapping[str, object]], site: Path
) -> None:
    """Write the pages as a Hugo site. A site that lies there already is replaced."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(THEME, site)
    peer = _Peer(drafts)
    for draft in drafts:
        file = site / "content" / _file(draft)
        file.parent.mkdir(parents=True, exist_ok=True)
        sources = draft.front.get("sources", [])
        assert isinstance(sources, list)
        body = peer.text(draft.body, sources)
        file.write_text(f"---\n{front_matter(peer.front(draft))}---\n\n{body}", "utf-8")
    (site / "content" / "a-z.md").write_text("---\ntitle: A–Z\nlayout: a-z\n---\n", "utf-8")
    (site / "data").mkdir()
    (site / "data" / "references.yaml").write_text(front_matter(references), "utf-8")
