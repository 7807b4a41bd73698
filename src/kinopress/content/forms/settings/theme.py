"""The looks of a site: what is obeyed of ``theme`` in ``mkdocs.yml``, under the names MkDocs Material has for it."""

from __future__ import annotations

import re
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.model.language.words import LANGUAGES_WITH_WORDS
from kinopress.content.model.names import Mention, either, nearest
from kinopress.content.model.nodes import Fields, Node, Text
from kinopress.problems import quoted, shortened

COLOURS = {
    "red": "#ef5552",
    "pink": "#e92063",
    "purple": "#ab47bd",
    "deep purple": "#7e56c2",
    "indigo": "#4051b5",
    "blue": "#2094f3",
    "light blue": "#02a6f2",
    "cyan": "#00bdd6",
    "teal": "#009485",
    "green": "#4cae4f",
    "light green": "#8bc34b",
    "lime": "#cbdc38",
    "yellow": "#ffec3d",
    "amber": "#ffc105",
    "orange": "#ffa724",
    "deep orange": "#ff6e42",
    "brown": "#795649",
    "grey": "#757575",
    "blue grey": "#546d78",
}
"""Material's names of primary colours (https://squidfunk.github.io/mkdocs-material/setup/changing-the-colors/)."""

_WITHOUT_EFFECT = {
    "font": "the pages load nothing from other sites",
    "icon": "the icons are the pages' own",
    "features": "what the pages can do is the same on every site",
    "custom_dir": "the pages are made from templates of their own",
}
_ELSE = "the pages do not use it"
_INSTEAD = {
    "font": "remove the line; a font of your own goes into docs/, with a style sheet that names it, under extra_css",
}
"""What to do besides removing the line, where there is another way."""
_PICTURES = (".svg", ".png")


def read_theme(top: Fields, project: Path, desk: Desk) -> dict[str, object]:
    """What ``theme`` sets, by the names that :class:`~kinopress.content.model.settings.Settings` has for it.

    Whatever is written there and changes nothing is reported.

    Args:
        top: The whole of ``mkdocs.yml``.
        project: The project's folder.
        desk: Where to report, at the top of that file.
    """
    theme = top.entries.get("theme")
    if not isinstance(theme, Fields):
        return {}
    at = desk.at("theme")
    values: dict[str, object] = {}
    for name, node in theme.entries.items():
        if name == "name" or node.tagged:
            continue
        if name in ("logo", "favicon"):
            values[name] = _picture(node, project, at.at(name))
        elif name == "palette":
            values["colour"] = _palette(node, theme.key_lines[name], at.at(name))
        elif name == "language":
            values[name] = _language(node, at.at(name))
        else:
            why, hint = _WITHOUT_EFFECT.get(name, _ELSE), _INSTEAD.get(name, "remove the line")
            changes_nothing(theme.key_lines[name], why, at.at(name), hint)
    return {name: value for name, value in values.items() if value is not None}


def changes_nothing(line: int, why: str, desk: Desk, hint: str = "remove the line") -> None:
    """Report a setting that would be read and change nothing: silence would be taken for consent."""
    desk.report(line, f"this setting has no effect here: {why}", hint, Code.SETTING_UNUSED)


def _language(node: Node, desk: Desk) -> str | None:
    """A language that the words around pages are in; of its varieties there is one."""
    value = node.text.strip().casefold() if isinstance(node, Text) else ""
    language = re.split("[-_]", value)[0]
    if language in LANGUAGES_WITH_WORDS and value in (language, f"{language}-gb"):
        return language
    known = either([f"{code} ({LANGUAGES[code]})" for code in LANGUAGES_WITH_WORDS])
    changes_nothing(
        node.line,
        f"{quoted(value)} is not the code of a language that the words around your pages are in"
        if value
        else "it names no language",
        desk,
        f"write the code {known}, or remove the line",
    )
    return None


def _picture(node: Node, project: Path, desk: Desk) -> Mention | None:
    """A drawing or a picture in docs/, by its place there."""
    name = f.one_name(node, desk)
    if name is None:
        return None
    if Path(name).suffix.casefold() not in _PICTURES:
        desk.report(
            node.line,
            f"{quoted(name)} is neither an SVG drawing nor a PNG picture",
            "save it as one of the two, into docs/, and name that file",
            Code.SETTING_FILE,
        )
        return None
    if not is_in_docs(project / "docs", name):
        desk.report(
            node.line,
            f"there is no file docs/{shortened(name)}",
            "put the file there, or remove the line",
            Code.SETTING_FILE,
        )
        return None
    return Mention(name, node.line, desk.field)


def is_in_docs(docs: Path, name: str) -> bool:
    """Whether there is such a file, and not outside of ``docs/``."""
    try:
        file = (docs / name).resolve()
        return file.is_relative_to(docs.resolve()) and file.is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def _palette(node: Node, line: int, desk: Desk) -> str | None:
    """The colour that ``primary`` names; light and dark follow the reader's own setting."""
    if not isinstance(node, Fields):
        changes_nothing(
            line,
            "each reader gets light or dark pages as their own device is set",
            desk,
            "write one colour below it, like primary: indigo, or remove the line",
        )
        return None
    for name, key_line in node.key_lines.items():
        if name != "primary":
            why = "light, dark and all other shades are worked out from the primary colour"
            changes_nothing(key_line, why, desk.at(name))
    primary = node.entries.get("primary")
    return None if primary is None else _colour(primary, desk.at("primary"))


def _colour(node: Node, desk: Desk) -> str | None:
    if isinstance(node, Text) and node.type == "nothing" and node.comment:
        code = shortened(node.comment.split()[0])
        desk.report(
            node.line,
            "this colour is not read: without quotes, # begins a comment",
            f'put it in quotes: "{code}"',
            Code.SETTINGS_COLOUR,
        )
        return None
    value = f.one_name(node, desk)
    if value is None:
        return None
    name = " ".join(value.casefold().replace("-", " ").split()).replace("gray", "grey")
    if name in COLOURS:
        return COLOURS[name]
    if re.fullmatch(r"#(?:[0-9a-f]{3}){1,2}", name):
        return name if len(name) > 4 else "#" + "".join(2 * digit for digit in name[1:])
    close = nearest(name, COLOURS)
    desk.report(
        node.line,
        f"{quoted(value)} is not a colour that is known here",
        f"did you mean {close[0]}?"
        if close
        else 'write a name like indigo, or a code of six digits in quotes, like "#1b5b57"',
        Code.SETTINGS_COLOUR,
    )
    return None
