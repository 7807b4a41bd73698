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
from kinopress.content.forms.settings.of_mkdocs import MKDOCS_SETTINGS, WITHOUT_EFFECT
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.content.source.yaml.older import older_meaning
from kinopress.problems import one_line, quoted, shortened

_Shape = Literal["a text", "a list", "a group of settings"]

_SHAPES: dict[str, _Shape] = {
    **dict.fromkeys(("site_author", "remote_branch", "remote_name"), "a text"),
    **dict.fromkeys(("extra_css", "hooks"), "a list"),
    **dict.fromkeys(("extra", "validation"), "a group of settings"),
}
"""Only settings that are obeyed: of one that changes nothing its own check says so, whatever it holds."""
_MAY_BE_EMPTY = frozenset(_SHAPES) - {"extra", "validation", "hooks"}

_LIKE: dict[_Shape, str] = {
    "a text": "write it on one line after the colon, or below it after a |",
    "a list": "write one entry per line, each after a dash",
    "a group of settings": "write its settings below it, indented by two more spaces",
}


def check_shapes(top: Fields, project: Path, desk: Desk) -> frozenset[int]:
    """Report settings of MkDocs that it would refuse, and a plugin that is named twice.

    Returns:
        The lines of values that are not read, because a word with ! is before them.
    """
    before = len(desk.problems)
    for name, written in top.entries.items():
        if name in MKDOCS_SETTINGS and name not in WITHOUT_EFFECT:
            _check_tags(name, written, desk.at(name))
    tagged = frozenset(problem.line or 0 for problem in desk.problems[before:])
    for name, shape in _SHAPES.items():
        node = top.entries.get(name)
        if node is None:
            continue
        if isinstance(node, Text) and node.type == "nothing":
            if name not in _MAY_BE_EMPTY:
                _refused(
                    desk.at(name),
                    node.line,
                    "there is nothing below it",
                    f"remove the line, or {_LIKE[shape]}",
                )
        elif not _has_shape(node, shape):
            _refused(desk.at(name), node.line, f"this should be {shape}", _LIKE[shape])
    _check_older(top, desk)
    _check_hooks(top.entries.get("hooks"), project, desk.at("hooks"))
    plugins = top.entries.get("plugins")
    if isinstance(plugins, Text) and plugins.text == "kinopress":
        _refused(desk.at("plugins"), plugins.line, "this should be a list", _LIKE["a list"])
    seen: set[str] = set()
    for line, plugin in _plugins(plugins):
        if plugin == "kinopress" and plugin in seen:
            _refused(
                desk.at("plugins"), line, "kinopress appears here twice", "keep one of the two"
            )
        seen.add(plugin)
    return tagged


_OBEYED_BY_MKDOCS = frozenset(
    {"site_author", "remote_branch", "remote_name", "hooks", "validation"}
)
"""Only MkDocs reads these, so a value from the computer's environment is the one it works with."""
_RUNS = "tag:yaml.org,2002:python/"


def _check_tags(name: str, node: Node, desk: Desk) -> None:
    """Report the first word with ! before a value that would run something, or that only MkDocs would understand."""
    tag = node.tagged
    if tag and (tag.startswith(_RUNS) or name not in _OBEYED_BY_MKDOCS):
        word = shortened(tag.replace("tag:yaml.org,2002:", "!!"))
        why = (
            "it would run a program"
            if tag.startswith(_RUNS)
            else "what comes of it is not known here"
        )
        _said_of_tag(desk, node.line, word, why)
        return
    for inner in _inside(node):
        before = len(desk.problems)
        _check_tags(name, inner, desk)
        if len(desk.problems) > before:
            return


def _inside(node: Node) -> Iterator[Node]:
    if isinstance(node, Items):
        yield from node.items
    elif isinstance(node, Fields):
        yield from node.entries.values()


def _said_of_tag(desk: Desk, line: int, word: str, why: str) -> None:
    desk.report(
        line,
        f"{word} cannot be used here: {why}",
        "write the value itself, without the word with !",
        Code.SETTINGS_MKDOCS,
    )


_WORDS = ("site_name", "site_description", "copyright", "site_dir", *_SHAPES)
"""What MkDocs takes only as words; of some it wants another shape, which is said there."""


_THERE_IS_NONE = {
    "a date": "and there is no such date",
    "a number": "and there is no such number",
    "a special sign": "which has no meaning here",
}


def _check_older(top: Fields, desk: Desk) -> None:
    """Report what MkDocs would not take for words, though we do, and what it cannot read at all."""
    for name, line in top.key_lines.items():
        node = top.entries.get(name)
        if node is None:
            continue
        found = _unreadable(node, desk.at(name))
        if _unreadable_name(top, name, line, desk.at(name)) or found:
            continue
        if name in _WORDS and isinstance(node, Text) and node.plain and node.type == "text":
            meaning, _ = older_meaning(node.text)
            if meaning != "words":
                desk.at(name).report(
                    node.line,
                    f"without quotes {quoted(node.text)} is read as {meaning}, not as words",
                    "put it in quotes",
                    Code.TEXT_WANTED,
                )


def _unreadable(node: Node, desk: Desk) -> bool:
    """Whether a value, or a name in it, has a form that promises more than it holds; all of them are reported."""
    found = False
    if isinstance(node, Text):
        meaning, can_be = older_meaning(node.text) if node.plain else ("words", True)
        if not can_be:
            message = f"without quotes {quoted(node.text)} is read as {meaning}, {_THERE_IS_NONE[meaning]}"
            _refused(desk, node.line, message, "put it in quotes")
            found = True
    elif isinstance(node, Items):
        for item in node.items:
            found |= _unreadable(item, desk)
    else:
        for inner, value in node.entries.items():
            at = desk.at(inner)
            found |= _unreadable(value, at)
            found |= _unreadable_name(node, inner, node.key_lines[inner], at)
    return found


def _unreadable_name(fields: Fields, name: str, line: int, desk: Desk) -> bool:
    """Whether a name has such a form, which is reported; in quotes it is words."""
    if not name or name in ("<<", "=") or name in fields.quoted or older_meaning(name)[1]:
        return False
    message = f"no setting can have the name {quoted(name)}"
    _refused(desk, line, message, "choose another name, or put it in quotes")
    return True


def _refused(desk: Desk, line: int, message: str, hint: str) -> None:
    desk.report(line, f"MkDocs cannot use this: {message}", hint, Code.SETTINGS_MKDOCS)


def _has_shape(node: Node, shape: _Shape) -> bool:
    if node.tagged:
        return True  # what MkDocs makes of it, only a build knows
    if shape == "a list":
        return isinstance(node, Items)
    if shape == "a group of settings":
        return isinstance(node, Fields)
    return isinstance(node, Text) and node.type == "text"


def _check_hooks(node: Node | None, project: Path, desk: Desk) -> None:
    """Report scripts that are to be run by a build and are not there."""
    for item in node.items if isinstance(node, Items) and not node.tagged else ():
        if item.tagged:
            continue
        if not isinstance(item, Text):
            _refused(desk, item.line, "this should be text", "write the name of one file")
        elif not _is_file(project / item.text):
            message = f"there is no file {shortened(item.text)}"
            _refused(desk, item.line, message, "correct the name, or remove the line")
        elif (wrong := _broken(project / item.text)) is not None:
            message = f"{shortened(item.text)} is not a script in Python ({wrong})"
            _refused(desk, item.line, message, "correct that file, or remove the line")


def _broken(script: Path) -> str | None:
    """Why Python cannot read a script; it is not run."""
    try:
        compile(script.read_bytes(), script.name, "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"{error.msg}, line {error.lineno}"
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        return one_line(str(error))
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False  # no name a disk could hold


def _plugins(node: Node | None) -> Iterator[tuple[int, str]]:
    for item in node.items if isinstance(node, Items) else ():
        if isinstance(item, Text):
            yield item.line, item.text
        elif isinstance(item, Fields):
            yield from ((line, name) for name, line in item.key_lines.items())
