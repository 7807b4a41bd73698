"""Material's style sheet with what a page of ours can have: a fifth of it.

Most of it is for what is not there: navigation, search, tabs, comments, programs in colour. A rule is kept
when every class it names is one of the frame's or of our Markdown's, or is in what the coach has written; a variable, when a
rule that is kept or another style sheet asks for it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable

from kinopress.engines.sheets.rules import Group, Rule, Sheet, leaves, only, read, written

FRAME = frozenset(
    {
        *("md-container", "md-content", "md-content__inner", "md-grid", "md-main"),
        *("md-main__inner", "md-overlay", "md-skip", "md-toggle", "md-typeset"),
    }
)
"""Classes of Material's that its page has around ours (``base.html``)."""

DIALECT = frozenset({"footnote", "footnote-ref", "footnote-backref", "footnote-hr"})
"""Classes that our Markdown writes by itself (:mod:`kinopress.pages.markdown_extensions`)."""

_NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
_TEXTS = re.compile(r"""\[[^\]]*\]|"[^"]*"|'[^']*'""")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_DECLARATION = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)"']*\)|[^;"'u]+|u)+""")
_VARIABLE = re.compile(r"var\((--[\w-]+)")
_NAME = re.compile(r"[\w-]+")
_COLOURED = "[data-md-color-"
"""Material's own colours, where the frame names a set of them; ours follow the reader's system."""

_ATTRIBUTE = re.compile(r"""\bclass\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_BRACES = re.compile(r"\{[^{}\n]*\}")
_BOX = re.compile(r"^[ \t]*!!![ \t]*([\w \t-]+)", re.MULTILINE)


def classes_in(texts: Iterable[str]) -> set[str]:
    """Classes that Markdown names: in HTML, in braces after something (``{ .grid }``), as the kind of a box (``!!! note``)."""
    found: set[str] = set()
    for text in texts:
        if "class" in text.casefold():
            for value in _ATTRIBUTE.findall(text):
                found.update(_NAME.findall(value))
        if "{" in text:
            for braces in _BRACES.findall(text):
                found.update(_CLASS.findall(braces))
                found.update(_NAME.findall(braces) if "class" in braces else ())
        for kinds in _BOX.findall(text):
            found.update(("admonition", "admonition-title", *_NAME.findall(kinds.casefold())))
    return found


def trimmed(whole: str, classes: Collection[str], others: Iterable[str], *, coloured: bool) -> str:
    """The rules and variables of Material's sheet that can matter.

    Args:
        whole: The sheet, which is short text already.
        classes: Those that the coach's own words name.
        others: The other style sheets of the site, which may use its variables and movements.
        coloured: Whether the frame names a set of Material's colours.
    """
    return _trimmed(whole, frozenset(classes), tuple(others), coloured)


@functools.lru_cache(maxsize=2)  # a preview asks for the same after each word
def _trimmed(whole: str, classes: frozenset[str], others: tuple[str, ...], coloured: bool) -> str:
    known = FRAME | DIALECT | classes

    def can_match(selector: str) -> bool:
        if _COLOURED in selector and not coloured:
            return False
        return known.issuperset(_CLASS.findall(_TEXTS.sub("", _NOT.sub("", selector))))

    sheet = only(read(whole), can_match, lambda _: True)
    asked = set(_VARIABLE.findall("".join(others)))
    sheet = _with_variables(sheet, asked)
    used = set(_NAME.findall(" ".join([*others, *(one.body or "" for one in leaves(sheet))])))
    return written(
        only(
            sheet,
            lambda _: True,
            lambda it: not it.head.startswith("@keyframes") or it.head.split()[-1] in used,
        )
    )


def _with_variables(sheet: Sheet, asked: set[str]) -> Sheet:
    """The sheet without variables that nothing asks for, neither directly nor by way of another one."""
    values: dict[str, set[str]] = {}
    wanted = set(asked)
    for rule in leaves(sheet):
        for declaration in _DECLARATION.findall(rule.body or ""):
            name = declaration.partition(":")[0].strip()
            asks = set(_VARIABLE.findall(declaration))
            if name.startswith("--"):
                values.setdefault(name, set()).update(asks)
            else:
                wanted |= asks
    new = set(wanted)
    while new:
        new = {one for name in new for one in values.get(name, ())} - wanted
        wanted |= new
    return _rewritten(sheet, wanted)


def _rewritten(sheet: Sheet, wanted: Collection[str]) -> Sheet:
    found: list[Rule | Group] = []
    for one in sheet:
        if isinstance(one, Group):
            if inside := _rewritten(one.rules, wanted):
                found.append(Group(one.head, inside))
        elif one.body is None or "--" not in one.body or one.head.startswith("@keyframes"):
            found.append(one)
        else:
            kept = [
                declaration
                for declaration in _DECLARATION.findall(one.body)
                if not (name := declaration.partition(":")[0].strip()).startswith("--")
                or name in wanted
            ]
            if kept:
                found.append(Rule(one.head, ";".join(kept)))
    return tuple(found)
