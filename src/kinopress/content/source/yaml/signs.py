"""Characters in fields that look right and are not: a wide colon, a curled quotation mark, a space that is not one.

A program would blame the next line, or take the whole line for a value. Each is reported on its own
line and read as it was meant, so that all other mistakes are found in the same run. Characters nobody
sees are taken out without a word: they mean nothing in a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kinopress.codes import Code
from kinopress.content.model.characters import SPACE_SIGNS, SPACES, without_unseen
from kinopress.content.source.yaml.mistakes import Mistake
from kinopress.patterns import lazily

_COLONS = "：﹕∶︓ː꞉"
_DASHES = "–—−‐‑‒―•·"
_OPEN, _CLOSE = "“”„«»‘‚", "”“»«’‘"
_NAME = r"[A-Za-z_][\w-]{0,40}"
_KEY = lazily(rf"[ ]*(?:- +)?{_NAME}[ ]*:(?:[ ]|$)")
_BLOCK = lazily(r"(?P<indent>[ ]*)(?:- +)?[^#]*:[ ]+[|>][-+0-9]*[ ]*$")
_STARTS = lazily(rf"(?P<blank>[ \t{SPACES}]*[{SPACES}][ \t{SPACES}]*)(?=\S)")
_DASH = lazily(rf"(?P<blank>[ ]*)(?P<dash>[{_DASHES}])[ \t{SPACES}]*(?=\S)")
_COLON = lazily(rf"(?P<before>[ ]*(?:- +)?(?P<name>{_NAME})[ {SPACES}]*)[{_COLONS}][ \t{SPACES}]*")
_AFTER = lazily(
    rf"(?P<before>[ ]*(?:-|(?:- +)?(?P<name>{_NAME})[ {SPACES}]*:))(?P<gap>[ \t{SPACES}]*[{SPACES}][ \t{SPACES}]*)"
)
_VALUE = lazily(
    rf"(?P<before>[ ]*(?:- +)?(?:(?P<name>{_NAME})[ ]*: +)?)(?P<value>\S.*?)(?P<after>[ ]*)$"
)
_WIDE = str.maketrans("［］｛｝【】，、：", "[]{}[],,:")
_CURLED_ENTRY = lazily(
    rf"(?<=[\[,])(?P<blank>\s*)[{_OPEN}](?P<words>[^\"{_OPEN}{_CLOSE}\[\]]*)[{_CLOSE}](?=\s*[,\]])"
)


def straightened(text: str) -> tuple[str, list[Mistake]]:
    """Fields with the characters that were meant, and a mistake for each line that had others."""
    if text.isascii():
        return text, []
    lines = without_unseen(text).split("\n")
    mistakes: list[Mistake] = []
    block: int | None = None
    before = ""
    for at, written in enumerate(lines):
        line = written
        if not line.strip():
            continue
        if block is not None and len(line) - len(line.lstrip(" ")) > block:
            continue  # words of a text of several lines
        for rule in () if line.isascii() else _RULES:
            found = rule(line, before)
            if found is not None:
                line, message, hint, name = found
                if rule is _quotes:
                    mistakes.append(Mistake(at + 1, message, hint, Code.FRONT_MATTER_QUOTES, name))
                elif message:
                    mistakes.append(Mistake(at + 1, message, hint, Code.FRONT_MATTER_SIGN, name))
        lines[at] = before = line
        begun = _BLOCK.match(line) if "|" in line or ">" in line else None
        block = len(begun["indent"]) if begun else None
    return "\n".join(lines), mistakes


_Found = tuple[str, str, str, str | None]
"""The line as it was meant, what is wrong, what to do, and the field; no message where it does no harm."""


def _starts(line: str, before: str) -> _Found | None:
    if line[: len(line) - len(line.lstrip())].isascii():
        return None  # most lines
    match = _STARTS.match(line)
    if match is None:
        return None
    right = " " * len(match["blank"].replace("\t", "  ")) + line[match.end() :]
    if not (_KEY.match(right) or re.match(rf"[ ]*[-{_DASHES}]", right)):
        return None
    message = "what looks like a space at the beginning of this line is a different character"
    return right, message, "delete the spaces there and type them again", None


def _dash(line: str, before: str) -> _Found | None:
    if line.lstrip(" ")[:1] not in _DASHES:
        return None  # most lines
    match = _DASH.match(line)
    if match is None or not (before.rstrip().endswith(":") or re.match(r"[ ]*- ", before)):
        return None
    right = f"{match['blank']}- {line[match.end() :]}"
    message = f"the {match['dash']} at the beginning is not a hyphen"
    return right, message, "write a hyphen and a space, like - step: Lift your hips.", None


def _colon(line: str, before: str) -> _Found | None:
    if not any(sign in line for sign in _COLONS):
        return None  # most lines
    match = _COLON.match(line)
    if match is None or not _is_key_place(line, before):
        return None
    right = f"{match['before'].rstrip()}: {line[match.end() :]}".rstrip()
    message = "what looks like a colon after the name is a different character"
    hint = f"delete it and type a colon and a space, like {match['name']}: Words"
    return right, message, hint, match["name"]


def _gap(line: str, before: str) -> _Found | None:
    if not any(sign in line for sign in SPACE_SIGNS):
        return None  # most lines
    match = _AFTER.match(line)
    if match is None or (match["name"] and not _is_key_place(line, before)):
        return None
    right = f"{match['before'].replace(chr(0xA0), '')} {line[match.end() :]}"
    if match["gap"].startswith(" "):
        return right, "", "", None
    sign = "colon" if match["name"] else "dash"
    message = f"what looks like a space after the {sign} is a different character"
    return right, message, "delete it and type a space", match["name"]


def _wide(line: str, before: str) -> _Found | None:
    if not any(sign in line for sign in "［｛【[{"):
        return None  # most lines
    match = _VALUE.match(line)
    if match is None:
        return None
    value = match["value"]
    if not (value[0] in "［｛【" or (value[0] in "[{" and re.search("[，、］｝】：]", value))):
        return None
    right = match["before"] + re.sub(r",(?=\S)", ", ", value.translate(_WIDE)) + match["after"]
    message = "what looks like a bracket, a comma or a colon is a different character"
    return right, message, "type it again, like [MET, piriformis]", match["name"]


def _quotes(line: str, before: str) -> _Found | None:
    if not any(sign in line for sign in _OPEN + _CLOSE):
        return None  # most lines
    match = _VALUE.match(line)
    if match is None:
        return None
    value, right = match["value"], None
    inner = value[1:-1]
    if value[0] in "[{":
        changed = _CURLED_ENTRY.sub(lambda m: f'{m["blank"]}"{m["words"]}"', value)
        right = changed if changed != value else None
    elif value[0] in _OPEN and value[-1] in _CLOSE and len(value) > 1:
        # Without a character that YAML obeys they are words like others: a title may be a quotation.
        if re.search(r":(?: |$)| #", inner) and '"' not in inner:
            right = f'"{inner}"'
    elif (value[0] in "\"'" and value[-1] in _CLOSE and value.count(value[0]) == 1) or (
        value[0] in _OPEN and value[-1] in "\"'" and value.count(value[-1]) == 1
    ):
        right = f'"{inner}"' if '"' not in inner else None
    if right is None:
        return None
    message = "a curly quotation mark counts as a letter here"
    hint = 'write straight ones, like title: "Hips: a start"'
    return match["before"] + right + match["after"], message, hint, match["name"]


_RULES: tuple[Callable[[str, str], _Found | None], ...] = (
    _starts,
    _dash,
    _colon,
    _gap,
    _wide,
    _quotes,
)


def _is_key_place(line: str, before: str) -> bool:
    """Whether a name may be at the beginning of a line, and not the next words of a longer text."""
    indent = len(line) - len(line.lstrip(" "))
    above = len(before) - len(before.lstrip(" "))
    return (
        indent == 0
        or line.lstrip(" ").startswith("-")
        or before.rstrip().endswith(":")
        or (indent == above and _KEY.match(before) is not None)
        or (before.lstrip(" ").startswith("- ") and indent == above + 2)
    )
