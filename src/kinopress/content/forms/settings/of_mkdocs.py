"""The settings at the top of ``mkdocs.yml``: those MkDocs knows, and those this site cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.form import Desk
from kinopress.content.forms.settings.theme import changes_nothing, is_in_docs
from kinopress.content.model.names import nearest
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.problems import quoted, shortened

MKDOCS_SETTINGS = (
    "INHERIT",
    "site_name",
    "nav",
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
"""What MkDocs 1.6 allows at the top of its file (https://www.mkdocs.org/user-guide/configuration/)."""


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
                f"did you mean {close[0]}?" if close else "remove it",
                Code.SETTING_UNKNOWN,
            )
    if "site_name" not in written:
        desk.at("site_name").report(
            1, "the site has no name", "add a line like site_name: Healthy hips", Code.FIELD_MISSING
        )
    wrong = written - set(top.entries)  # said above
    if "plugins" not in wrong and "kinopress" not in _names(top.entries.get("plugins")):
        desk.at("plugins").report(
            top.key_lines.get("plugins", 1),
            "kinopress is not among the plugins, so its pages would be missing",
            "write plugins: [kinopress]",
            Code.SETTINGS_PLUGIN,
        )
    _unused(top, desk)
    if "theme" not in wrong and "material" not in _names(top.entries.get("theme")):
        desk.at("theme").report(
            top.key_lines.get("theme", 1),
            "the pages are designed for the theme material",
            "write theme: {name: material}",
            Code.SETTINGS_THEME,
        )


WITHOUT_EFFECT = {
    "INHERIT": "all settings are in this one file, so copy into it what you need from the other",
    "nav": "the menu is made automatically",
    "use_directory_urls": "the addresses of pages are fixed",
    "repo_url": "the pages show no link to a repository",
    "repo_name": "the pages show no link to a repository",
    "edit_uri": "the pages show no link to edit them",
    "edit_uri_template": "the pages show no link to edit them",
    "google_analytics": "the pages load nothing from other sites",
    "extra_javascript": "the pages run only scripts of their own",
    "extra_templates": "the pages are made from templates of their own",
    "markdown_extensions": "the Markdown of the pages is the same on every site",
    "mdx_configs": "the Markdown of the pages is the same on every site",
    "exclude_docs": "a page is kept back by draft: true",
    "draft_docs": "a page is kept back by draft: true",
    "not_in_nav": "the menu is made automatically",
    "strict": "whatever the site builder warns about always stops a build",
    "dev_addr": "kinopress serve has --port and --phone for that",
    "watch": "kinopress serve watches every folder that pages come from",
}
"""Settings of MkDocs that these pages do not follow. What else MkDocs knows is obeyed: ``hooks``,
``validation`` and ``site_author`` by a build, ``remote_branch`` and ``remote_name`` by MkDocs' own way to publish."""

_OWN_SEARCH = ("search", "material/search")


def _unused(top: Fields, desk: Desk) -> None:
    """Settings that would be read and change nothing: silence would be taken for consent."""
    for name, why in WITHOUT_EFFECT.items():
        if name in top.entries:
            changes_nothing(top.key_lines[name], why, desk.at(name))
    extra = top.entries.get("extra")
    if isinstance(extra, Fields):
        for name, line in extra.key_lines.items():
            if name != "kinopress":
                why = "the pages use only what is below kinopress"
                changes_nothing(line, why, desk.at("extra").at(name))
    for plugin in _names(top.entries.get("plugins")):
        if plugin in _OWN_SEARCH:
            why = f"the pages have a search of their own, and {plugin} is another"
            changes_nothing(top.key_lines["plugins"], why, desk.at("plugins"), f"remove {plugin}")


def check_style_files(top: Fields, project: Path, desk: Desk) -> None:
    """Style sheets that are named must be there, and among the pages."""
    node = top.entries.get("extra_css")
    if not isinstance(node, Items) or node.tagged:
        return  # that this is not a list is said elsewhere
    for item in node.items:
        name = item.text.strip() if isinstance(item, Text) else ""
        if re.match(r"(?:[a-z][a-z0-9+.-]*:|//)", name, re.IGNORECASE):
            desk.report(
                item.line,
                f"{quoted(name)} is elsewhere on the web, and the pages load nothing from there",
                "put a copy into docs/ and name that, or remove the line",
                Code.SETTING_FILE,
            )
        elif name and not is_in_docs(project / "docs", name):
            desk.report(
                item.line,
                f"there is no file docs/{shortened(name)}",
                "put the file there, or remove the line",
                Code.SETTING_FILE,
            )


def has_more_for_mkdocs(top: Fields) -> bool:
    """Whether there are plugins beside Kinopress, options of plugins, or other values that only MkDocs can judge."""
    plugins = top.entries.get("plugins")
    alone = isinstance(plugins, Items) and [
        item.text if isinstance(item, Text) else None for item in plugins.items
    ] == ["kinopress"]
    return not alone or "validation" in top.entries


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
