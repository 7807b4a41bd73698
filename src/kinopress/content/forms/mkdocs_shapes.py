"""Whether MkDocs can use what its own settings hold: their shape, which a check can see without MkDocs.

Loading MkDocs takes longer than a check of a small site. What only MkDocs can judge (the options of
an extension) is said by a build, in its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from kinopress.codes import Code
from kinopress.content.forms.form import Desk
from kinopress.content.model.nodes import Fields, Items, Node, Text

_Shape = Literal["a text", "a list", "a group of settings", "true or false"]

_SHAPES: dict[str, _Shape] = {
    **dict.fromkeys(
        (
            *("draft_docs", "exclude_docs", "not_in_nav", "site_author", "repo_url", "repo_name"),
            *("edit_uri", "edit_uri_template", "remote_branch", "remote_name", "dev_addr"),
        ),
        "a text",
    ),
    **dict.fromkeys(("extra_css", "extra_javascript", "extra_templates", "watch", "nav"), "a list"),
    **dict.fromkeys(("extra", "validation", "mdx_configs"), "a group of settings"),
    "use_directory_urls": "true or false",
}
_MAY_BE_EMPTY = frozenset(_SHAPES) - {"extra", "validation", "watch"}

_LIKE: dict[_Shape, str] = {
    "a text": "write it on one line after the colon, or below it after a |",
    "a list": "write one entry a line, each after a dash",
    "a group of settings": "write its settings below it, indented by two spaces more",
    "true or false": "write true or false",
}


def check_shapes(top: Fields, project: Path, desk: Desk) -> None:
    """Report settings of MkDocs that it would refuse, and a plugin that is named twice."""
    for name, shape in _SHAPES.items():
        node = top.entries.get(name)
        if node is None:
            continue
        if isinstance(node, Text) and node.type == "nothing":
            if name not in _MAY_BE_EMPTY:
                _refused(
                    desk.at(name),
                    node.line,
                    "nothing stands below it",
                    f"remove the line, or {_LIKE[shape]}",
                )
        elif not _has_shape(node, shape):
            _refused(desk.at(name), node.line, f"{shape} is wanted here", _LIKE[shape])
    for named in _watched(top):
        if not (project / named.text).exists():
            message = "there is no file or folder of this name"
            _refused(desk.at("watch"), named.line, message, "correct the name, or remove the line")
    seen: set[str] = set()
    for line, plugin in _plugins(top.entries.get("plugins")):
        if plugin == "kinopress" and plugin in seen:
            _refused(desk.at("plugins"), line, "kinopress stands here twice", "keep one of the two")
        seen.add(plugin)


def _refused(desk: Desk, line: int, message: str, hint: str) -> None:
    desk.report(line, f"MkDocs cannot use this: {message}", hint, Code.SETTINGS_MKDOCS)


def _has_shape(node: Node, shape: _Shape) -> bool:
    if shape == "a list":
        return isinstance(node, Items)
    if shape == "a group of settings":
        return isinstance(node, Fields)
    wanted = "text" if shape == "a text" else "flag"
    return isinstance(node, Text) and node.type == wanted


def _watched(top: Fields) -> Iterator[Text]:
    node = top.entries.get("watch")
    for item in node.items if isinstance(node, Items) else ():
        if isinstance(item, Text):
            yield item


def _plugins(node: Node | None) -> Iterator[tuple[int, str]]:
    for item in node.items if isinstance(node, Items) else ():
        if isinstance(item, Text):
            yield item.line, item.text
        elif isinstance(item, Fields):
            yield from ((line, name) for name, line in item.key_lines.items())
