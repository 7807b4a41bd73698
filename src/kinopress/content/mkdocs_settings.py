"""The settings at the top of ``mkdocs.yml``: those MkDocs knows, and those this site cannot do without."""

from __future__ import annotations

from collections.abc import Iterator

from kinopress.content.form import Desk, nearest
from kinopress.content.nodes import Fields, Items, Node, Text

MKDOCS_SETTINGS = (
    "INHERIT",
    "site_name",
    "nav",
    "pages",
    "exclude_docs",
    "draft_docs",
    "not_in_nav",
    "site_url",
    "site_description",
    "site_author",
    "theme",
    "docs_dir",
    "site_dir",
    "copyright",
    "google_analytics",
    "dev_addr",
    "use_directory_urls",
    "repo_url",
    "repo_name",
    "edit_uri_template",
    "edit_uri",
    "extra_css",
    "extra_javascript",
    "extra_templates",
    "markdown_extensions",
    "mdx_configs",
    "strict",
    "remote_branch",
    "remote_name",
    "extra",
    "plugins",
    "hooks",
    "watch",
    "validation",
)
"""What MkDocs 1.6 lets stand at the top of its file (https://www.mkdocs.org/user-guide/configuration/)."""


def check_mkdocs_settings(top: Fields, desk: Desk) -> None:
    """Report settings MkDocs does not know, and those without which it would build another site."""
    written = set(top.entries)
    for name, line in top.key_lines.items():
        if name not in MKDOCS_SETTINGS:
            close = nearest(name, MKDOCS_SETTINGS)
            written.update(close)
            desk.at(name).report(
                line,
                "there is no such setting",
                f"did you mean {close[0]}?" if close else "remove it, or indent it below extra",
                "setting-unknown",
            )
    if "INHERIT" in written:
        return  # what is missing here may stand there
    if "site_name" not in written:
        desk.at("site_name").report(
            1, "the site has no name", "add a line like site_name: Healthy hips", "field-missing"
        )
    wrong = written - set(top.entries)  # said above
    if "plugins" not in wrong and "kinopress" not in _names(top.entries.get("plugins")):
        desk.at("plugins").report(
            top.key_lines.get("plugins", 1),
            "kinopress is not among the plugins, so its pages would be left out",
            "write plugins: [kinopress]",
            "settings-plugin",
        )
    if "theme" not in wrong and "material" not in _names(top.entries.get("theme")):
        desk.at("theme").report(
            top.key_lines.get("theme", 1),
            "the pages are drawn for the theme material",
            "write theme: {name: material}",
            "settings-theme",
        )


def _names(node: Node | None) -> Iterator[str]:
    """The names in a text, a list, or a mapping (as keys, or as ``name:``)."""
    if isinstance(node, Text):
        yield node.text
    elif isinstance(node, Items):
        for item in node.items:
            yield from _names(item)
    elif isinstance(node, Fields):
        yield from node.entries
        yield from _names(node.entries.get("name"))
