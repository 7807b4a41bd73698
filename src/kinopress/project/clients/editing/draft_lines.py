"""What was changed of a client's plan, as lines of its file: what nobody changed stays as it was written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from kinopress.content.model.names import SLUG
from kinopress.content.model.nodes import Fields, Items, Node
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.project.clients.editing.draft import (
    LINES,
    OF_DAYS,
    Block,
    Draft,
    Portion,
    Swap,
    done_on,
    entries,
    items,
    names,
    settled,
)
from kinopress.project.clients.new import lines_of
from kinopress.project.new.page import yaml_text

_PLAIN = frozenset({"minutes_per_day", "consent", "delete_on", "assessed"})
"""What needs no quotes: amounts and days."""


def changes(before: Draft, now: Draft, front: Fields, text: str) -> Iterator[tuple[str, str]]:
    """The fields that are to be written again, each with its lines; empty to leave it out."""
    for key in LINES:
        if now.lines.get(key, "") != before.lines[key]:
            yield key, _line(key, now.lines.get(key, ""))
    for key, words in now.lists.items():
        if key in before.lists and split_words(words) != split_words(before.lists[key]):
            yield key, f"{key}: [{', '.join(_name(one) for one in split_words(words))}]\n"
    if now.measured != before.measured:
        yield "measured", _measured(now.measured, front)
    said = [(block.name, block.portions) for block in now.blocks]
    if said != [(block.name, block.portions) for block in before.blocks]:
        there = {block.name: block.portions for block in before.blocks}
        kept = {block.name for block in now.blocks if there.get(block.name) == block.portions}
        yield "blocks", _blocks(now.blocks, _parts(text, front, "blocks"), kept, there)
    if now.of_days != before.of_days or [(b.name, b.days) for b in now.blocks] != [
        (b.name, b.days) for b in before.blocks
    ]:
        yield "days", _days(now, before, front, _parts(text, front, "days"))
    if now.swaps != before.swaps and now.swaps is not None:
        begin = front.key_lines.get("swaps", 0)
        at = [node.line - begin for node in items(front.entries.get("swaps"))]
        yield "swaps", _swaps(now.swaps, before.swaps or (), lines_of(text, front, "swaps"), at)


def _line(key: str, words: str) -> str:
    if not words:
        return ""
    return f"{key}: {words if key in _PLAIN else yaml_text(words)}\n"


def split_words(words: str) -> list[str]:
    """Names with commas between them, one by one."""
    return [one for part in words.split(",") if (one := " ".join(part.split()))]


def _name(words: str) -> str:
    return words if SLUG.fullmatch(words) else yaml_text(words)


def _measured(values: Mapping[str, str], front: Fields) -> str:
    """The values of day 0, and those of later days as they were."""
    checks: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        if value.strip():
            check, _, side = name.partition(":")
            checks.setdefault(check, {})[side] = value.strip()
    first = ", ".join(
        f"{check}: {of['']}"
        if "" in of
        else f"{check}: {{{', '.join(f'{side}: {value}' for side, value in of.items())}}}"
        for check, of in checks.items()
    )
    lines = [f"  0: {{{first}}}\n"] if first else []
    for day, node in entries(front.entries.get("measured")).items():
        if day != "0":
            lines.append(f"  {day}: {_flow(node)}\n")
    return "measured:\n" + "".join(lines) if lines else ""


def _parts(text: str, front: Fields, key: str) -> Mapping[str, str]:
    """The lines of each entry of a field with the comments below it; nothing where entries share lines."""
    below = front.entries.get(key)
    every = lines_of(text, front, key).splitlines(keepends=True)
    if not isinstance(below, Fields) or not every:
        return {}
    starts = [(line - front.key_lines[key], name) for name, line in below.key_lines.items()]
    starts.sort()
    at = [line for line, _ in starts]
    if len(set(at)) < len(at) or not at or at[0] < 1:
        return {}
    ends = [*at[1:], len(every)]
    return {
        name: "".join(every[start:end]) for (start, name), end in zip(starts, ends, strict=True)
    }


def _comments(lines: str) -> tuple[str, str]:
    """What is said of lines that are written again: at the end of the first, and on lines of their own."""
    first = lines.partition("\n")[0]
    own = [line for line in lines.splitlines(keepends=True) if line.lstrip().startswith("#")]
    quote, at = "", len(first)
    for number, sign in enumerate(first):
        before = first[number - 1 : number]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and before in (" ", "[", "{"):
            quote = sign
        elif sign == "#" and before == " ":
            at = number
            break
    return f"  {first[at:]}" if first[at:] else "", "".join(own)


def _blocks(
    blocks: tuple[Block, ...],
    before: Mapping[str, str],
    kept: Collection[str],
    there: Mapping[str, tuple[Portion, ...]],
) -> str:
    """Every block; a block, and an exercise of one, in which nothing was changed as it was written."""
    lines = ["blocks:\n"]
    for block in blocks:
        was = before.get(block.name, "")
        if block.name in kept and was:
            lines.append(was)
            continue
        portions = there.get(block.name, ())
        head, rows, tail = _rows(was, portions)
        if not rows and set(map(_of, portions)) <= set(map(_of, block.portions)):
            head = f"  {block.name}:{_comments(was)[0]}\n"
        lines.append(head or f"  {block.name}:\n")
        same = _same_rows(block.portions, [portion for portion, _ in rows])
        written = [
            _portion_lines(one, None if at is None else rows[at])
            for one, at in zip(block.portions, same, strict=True)
        ]
        # What was said beside an exercise that is left out goes with it, but not what is below all: new ones
        # come after that, as long as the last one is what it was below.
        of_before = [number for number, at in enumerate(same) if at is not None]
        is_below = of_before and same[of_before[-1]] == len(rows) - 1
        written.insert(of_before[-1] + 1 if is_below else len(written), tail)
        lines += written
    return "".join(lines) if blocks else "blocks: {}\n"


def _same_rows(portions: Sequence[Portion], rows: Sequence[Portion]) -> list[int | None]:
    """Which row each exercise was: the same in every word, or else the only one of its name and side.

    ``None`` where that is in doubt: what was said of one side must never be read beside the other.
    """
    found: dict[int, int] = {}

    def pair(is_same: Callable[[Portion, Portion], bool], *, any_number: bool) -> None:
        for number, one in enumerate(portions):
            if number in found:
                continue
            alike = [
                at for at, row in enumerate(rows) if at not in found.values() and is_same(row, one)
            ]
            rivals = [
                other for n, other in enumerate(portions) if n not in found and is_same(one, other)
            ]
            if alike and len(alike) <= len(rivals) and (any_number or len(rivals) == 1):
                found[number] = alike[0]

    pair(lambda one, other: one == other, any_number=True)
    pair(lambda one, other: _of(one) == _of(other), any_number=False)
    return [found.get(number) for number in range(len(portions))]


def _of(portion: Portion) -> tuple[str, str]:
    return portion.exercise, portion.said.get("side", "")


def _rows(lines: str, portions: tuple[Portion, ...]) -> tuple[str, list[tuple[Portion, str]], str]:
    """The lines of a block before its first exercise, each exercise with the comments above it, and those below all.

    No exercises where they share lines, or are on several each: then only what is below all is known to be of none.
    """
    every = lines.splitlines(keepends=True)
    below = len(every)
    while below > 1 and _is_said(every[below - 1]):
        below -= 1
    tail = "".join(every[below:])
    starts = [at for at, line in enumerate(every) if line.lstrip().startswith("- ")]
    if not portions or len(starts) != len(portions):
        return "", [], tail
    if not all(every[at].startswith("    - ") for at in starts):  # as new ones are written
        return "", [], tail
    others = [line for at, line in enumerate(every) if at and at not in starts]
    if starts[0] == 0 or not all(map(_is_said, others)):
        return "", [], tail
    begins = [1, *(at + 1 for at in starts[:-1])]
    rows = [
        (portion, "".join(every[begin : at + 1]))
        for portion, begin, at in zip(portions, begins, starts, strict=True)
    ]
    return every[0], rows, tail


def _is_said(line: str) -> bool:
    """Whether a line is a comment, or empty."""
    return not line.strip() or line.lstrip().startswith("#")


def _portion_lines(one: Portion, was: tuple[Portion, str] | None) -> str:
    """An exercise of a block: as it was written, or written again with what was said beside it."""
    if was is not None and was[0] == one:
        return was[1]
    said = "".join(
        f", {key}: {yaml_text(value) if key == 'words' else value}"
        for key, value in one.said.items()
        if value
    )
    plain = f"    - {{exercise: {one.exercise}{said}}}" if said else f"    - {one.exercise}"
    if was is None:
        return f"{plain}\n"
    every = was[1].splitlines(keepends=True)
    at = next(at for at, line in enumerate(every) if line.lstrip().startswith("- "))
    more, _ = _comments(every[at])
    return "".join([*every[:at], f"{plain}{more}\n", *every[at + 1 :]])


def _days(now: Draft, there: Draft, front: Fields, before: Mapping[str, str]) -> str:
    """Every day with its blocks in the order in which it had them; a day on which the same is done as it was written."""
    days = entries(front.entries.get("days"))
    lines = ["days:\n"]
    for number in range(1, PLAN_DAYS + 1):
        was = names(entries(days.get(str(number))).get("do"))
        due = done_on(now, number)
        do = [*(name for name in was if name in due), *(name for name in due if name not in was)]
        more, own = _comments(before.get(str(number), ""))
        said = settled(now, number)
        if do == was and said == there.of_days.get(number) and str(number) in before:
            lines.append(before[str(number)])
            continue
        parts = [f"do: [{', '.join(do)}]"] if do else []
        parts += [
            f"{key}: {said[key] if key == 'swap_if_amber' else yaml_text(said[key])}"
            for key in OF_DAYS
            if key in said
        ]
        lines.append(f"  {number}: {{{', '.join(parts)}}}{more}\n{own}")
    return "".join(lines)


def _swaps(swaps: tuple[Swap, ...], before: tuple[Swap, ...], lines: str, at: Sequence[int]) -> str:
    """Every swap, one in which nothing was changed as it was written, with the comments below it.

    Args:
        swaps: As they are now.
        before: As they were.
        lines: As they were written.
        at: On which of these lines each of them begins.
    """
    every = lines.splitlines(keepends=True)
    # The line of a value: where its dash is alone, that is on the line above.
    starts = [n - 1 if n > 1 and every[n - 1].strip() == "-" else n for n in at]
    head, rows, indent = f"swaps:{_comments(lines)[0]}\n", {}, "  "
    if (
        len(set(starts)) == len(before)
        and starts
        and starts[0] > 0
        and all(every[n].lstrip().startswith("-") for n in starts)
    ):
        head = "".join(every[: starts[0]])
        indent = every[starts[0]].partition("-")[0]  # those of one list have the same
        ends = [*starts[1:], len(every)]
        rows = {
            swap: "".join(every[start:end])
            for swap, start, end in zip(before, starts, ends, strict=True)
        }
    written = [
        rows.get(one)
        or f"{indent}- {{exercise: {one.exercise}, use: {one.use}, when: {yaml_text(one.when)}}}\n"
        for one in swaps
    ]
    return "".join([head, *written]) if written else ""


def _flow(node: Node) -> str:
    """A value as it can be written on one line."""
    if isinstance(node, Fields):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in node.entries.items())}}}"
    if isinstance(node, Items):
        return f"[{', '.join(map(_flow, node.items))}]"
    return node.text if node.type in ("whole", "decimal", "flag") else yaml_text(node.text)
