"""Blocks of several lines: what is in one, and where it ends (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kinopress.content.markdown.writers.lines import NOTE_COLUMN, column_of, dedent


def fenced(
    lines: Sequence[tuple[int, str]], at: int, column: int, fence: re.Match[str]
) -> tuple[str, list[str], int]:
    """Code between fences, also where the last one is missing.

    Args:
        lines: The lines of the text.
        at: Index of the first fence.
        column: Where it begins.
        fence: What is on its line.

    Returns:
        The language, the lines of code, and the index of what comes after.
    """
    mark, end = fence["mark"], at + 1
    closing = re.compile(rf"{mark[0]}{{{len(mark)},}}[ \t]*")
    while end < len(lines) and not closing.fullmatch(lines[end][1].strip(" ")):
        end += 1
    code = [dedent(line, column) for _, line in lines[at + 1 : end]]
    if not fence["more"]:
        return fence["language"], code, end + 1
    # No engine shows what follows the language.
    return "", [f"{fence['language']} {fence['more']}".rstrip(), *code], end + 1


def noted(lines: Sequence[tuple[int, str]], at: int) -> tuple[list[tuple[int, str]], int]:
    """What is in a box (``!!! note``), four spaces in, and the index of what comes after."""
    end = at + 1
    while end < len(lines) and (
        not lines[end][1].strip() or column_of(lines[end][1]) >= NOTE_COLUMN
    ):
        end += 1
    while not lines[end - 1][1].strip():
        end -= 1
    return [(number, dedent(line, NOTE_COLUMN)) for number, line in lines[at + 1 : end]], end


def quoted_lines(lines: Sequence[tuple[int, str]], at: int) -> tuple[list[tuple[int, str]], int]:
    """What a quotation says, and the index of what comes after."""
    end = at
    while end < len(lines) and lines[end][1].lstrip().startswith(">"):
        end += 1
    return [(number, re.sub(r"^[ \t]*>[ ]?", "", line)) for number, line in lines[at:end]], end
