"""A client's plan in the fields of a form, and back: only the lines of what was changed are written again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.model.names import SLUG
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.source.document import Document, decode, parse_document, read_file
from kinopress.content.source.writer import token
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.clients.folder import PLAN_FILE, folder_of, shown_path
from kinopress.project.clients.new import lines_of
from kinopress.project.folder import cannot_write
from kinopress.project.new.page import yaml_text
from kinopress.system.atomic import write_text

REST = "Rest."
LINES = ("title", "minutes_per_day", "own_words", "shown_name", "consent", "delete_on", "after")
"""Fields on one line, as they are typed."""
OF_DAYS = ("swap_if_amber", "also", "progress")
"""What is said of a day beside its blocks."""
LISTS = ("for", "tests")
"""Fields that list names, with commas between them."""
_PLAIN = frozenset({"minutes_per_day", "consent", "delete_on", "assessed"})
"""What needs no quotes: amounts and days."""


@dataclass(frozen=True, slots=True)
class Portion:
    """An exercise of a block as it is typed: its name, and what is said of it by field (``sets``, ``side``, ``words``)."""

    exercise: str
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is typed, and the days on which it is done."""

    name: str
    days: tuple[int, ...]
    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """What is done in the place of an exercise, and when, as it is typed."""

    exercise: str
    use: str
    when: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as it is typed.

    Attributes:
        token: Tells the file from one that was changed meanwhile.
        lines: What is on one line, by field; empty where it is not there.
        lists: Names with commas between them, by field; a list with more in it is not among them.
        blocks: What is done, and when.
        measured: Values of day 0, by check and side (``ake-9090:left``).
        body: The coach's words.
        of_days: What else is said of a day, by its number and field (:data:`OF_DAYS`).
        swaps: What is done in the place of what; ``None`` where they cannot be typed as rows.
    """

    token: str
    lines: Mapping[str, str]
    lists: Mapping[str, str]
    blocks: tuple[Block, ...]
    measured: Mapping[str, str]
    body: str
    of_days: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    swaps: tuple[Swap, ...] | None = ()


def draft_of(project: Path, library: Library, name: str) -> Draft:
    """A client's plan, to be changed.

    Raises:
        Refusal: there is no such client (exit code 2), or the file cannot be read (1).
    """
    return _draft(*_read(project, library, name))


def _draft(document: Document, data: bytes) -> Draft:
    front = document.front.entries
    days = _entries(front.get("days"))
    blocks = tuple(
        Block(
            block,
            tuple(day for day in range(1, PLAN_DAYS + 1) if block in _names(_entries(days.get(str(day))).get("do"))),
            tuple(_portion(one) for one in _items(portions)),
        )
        for block, portions in _entries(front.get("blocks")).items()
    )  # fmt: skip
    first = _entries(_entries(front.get("measured")).get("0"))
    measured: dict[str, str] = {}
    for check, value in first.items():
        sides = _entries(value)
        if sides:
            measured |= {f"{check}:{side}": _text(one) for side, one in sides.items()}
        else:
            measured[check] = _text(value)
    lists = {
        key: ", ".join(_names(front.get(key)))
        for key in LISTS
        if all(isinstance(one, Text) for one in _items(front.get(key)))
    }
    return Draft(
        token(data),
        {key: _text(front.get(key)) for key in LINES},
        lists,
        blocks,
        measured,
        document.body.strip(),
        {day: _of_day(_entries(days.get(str(day)))) for day in range(1, PLAN_DAYS + 1)},
        _swaps_in(front.get("swaps")),
    )


def _of_day(said: Mapping[str, Node]) -> Mapping[str, str]:
    return {key: words for key in OF_DAYS if (words := _text(said.get(key)))}


def _swaps_in(node: Node | None) -> tuple[Swap, ...] | None:
    found = []
    for one in _items(node):
        said = {key: _text(value) for key, value in _entries(one).items()}
        if said.keys() != {"exercise", "use", "when"} or not all(said.values()):
            return None
        found.append(Swap(**said))
    return tuple(found)


def save_draft(project: Path, library: Library, name: str, draft: Draft) -> bool:
    """Write what was changed of a client's plan; whether anything was.

    Raises:
        Refusal: there is no such client (exit code 2), the file was changed meanwhile or cannot be read (1), or it
            cannot be written (3).
    """
    document, data = _read(project, library, name)
    if token(data) != draft.token:
        problem = Problem(
            document.path,
            "the file has been changed since this form was opened",
            "open the plan again, then change it there",
            Code.EDIT_CLASH,
        )
        raise Refusal([problem], ExitCode.CONTENT)
    before = _draft(document, data)
    text = as_it_was = data.decode("utf-8-sig").replace("\r\n", "\n")
    for key, lines in _changes(before, draft, document.front, text):
        found, _ = parse_document(text, document.path)
        text = _with(text, found.front, key, lines)
    if draft.body != before.body:
        head = text[: len(text) - len(parse_document(text, document.path)[0].body)]
        text = head + (f"\n{draft.body}\n" if draft.body else "")
    if text == as_it_was:
        return False
    said, _ = parse_document(text, document.path)
    if not said.readable or _said(_draft(said, b"")) != _said(draft):
        problem = Problem(
            document.path,
            "this cannot be written without changing something else in the file",
            "change it in the file itself, with an editor",
            Code.EDIT_CLASH,
        )
        raise Refusal([problem], ExitCode.CONTENT)
    file = folder_of(project, library, name) / PLAN_FILE
    try:
        write_text(file, text, private=True)
    except OSError as error:
        raise cannot_write(file, error) from None
    return True


def _said(draft: Draft) -> tuple[object, ...]:
    """What has to be the same when a file is read again: all but how it is written."""
    return (
        {key: words for key, words in draft.lines.items() if words},
        {key: _split(words) for key, words in draft.lists.items()},
        [(b.name, b.days, [(p.exercise, dict(p.said)) for p in b.portions]) for b in draft.blocks],
        {name: value for name, value in draft.measured.items() if value},
        draft.body,
        {day: _settled(draft, day) for day in range(1, PLAN_DAYS + 1)},
        draft.swaps,
    )


def _done_on(draft: Draft, day: int) -> list[str]:
    return [block.name for block in draft.blocks if day in block.days]


def _settled(draft: Draft, day: int) -> dict[str, str]:
    """What is written of a day beside its blocks: what still means something there."""
    do, said = _done_on(draft, day), dict(draft.of_days.get(day, {}))
    if not _swap_stays(draft.blocks, said.get("swap_if_amber", ""), do):
        said.pop("swap_if_amber", None)
    if do and said.get("also") == REST:
        del said["also"]
    if not do:
        said.setdefault("also", REST)
    return said


def _read(project: Path, library: Library, name: str) -> tuple[Document, bytes]:
    file = folder_of(project, library, name) / PLAN_FILE
    path = shown_path(project, file)
    data, problems = read_file(file, path)
    if data is None:
        raise Refusal(problems, ExitCode.CONTENT)
    text, problems = decode(data, path)
    document, more = parse_document(text or "", path)
    if text is None or not document.readable:
        raise Refusal([*problems, *more], ExitCode.CONTENT)
    return document, data


def _changes(before: Draft, now: Draft, front: Fields, text: str) -> Iterator[tuple[str, str]]:
    """The fields that are to be written again, each with its lines; empty to leave it out."""
    for key in LINES:
        if now.lines.get(key, "") != before.lines[key]:
            yield key, _line(key, now.lines.get(key, ""))
    for key, words in now.lists.items():
        if key in before.lists and _split(words) != _split(before.lists[key]):
            yield key, f"{key}: [{', '.join(_name(one) for one in _split(words))}]\n"
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
        at = [node.line - begin for node in _items(front.entries.get("swaps"))]
        yield "swaps", _swaps(now.swaps, before.swaps or (), lines_of(text, front, "swaps"), at)


def _line(key: str, words: str) -> str:
    if not words:
        return ""
    return f"{key}: {words if key in _PLAIN else yaml_text(words)}\n"


def _split(words: str) -> list[str]:
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
    for day, node in _entries(front.entries.get("measured")).items():
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
    days = _entries(front.entries.get("days"))
    lines = ["days:\n"]
    for number in range(1, PLAN_DAYS + 1):
        was = _names(_entries(days.get(str(number))).get("do"))
        due = _done_on(now, number)
        do = [*(name for name in was if name in due), *(name for name in due if name not in was)]
        more, own = _comments(before.get(str(number), ""))
        said = _settled(now, number)
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


def _swap_stays(blocks: tuple[Block, ...], swap: str, do: list[str]) -> str:
    """What a day is swapped to after an amber one, where that still means something."""
    return swap if do and swap not in do and swap in {block.name for block in blocks} else ""


def lost_with(project: Path, library: Library, name: str, draft: Draft) -> list[str]:
    """What else goes when a draft is saved, in words: a swap to a block that is no longer there, or is done that day.

    Raises:
        Refusal: there is no such client (exit code 2), or the file cannot be read (1).
    """
    _read(project, library, name)
    return [
        f"day {day}: {swap} after an amber day"
        for day, said in draft.of_days.items()
        if (swap := said.get("swap_if_amber", ""))
        and not _swap_stays(draft.blocks, swap, _done_on(draft, day))
    ]


def _with(text: str, front: Fields, key: str, lines: str) -> str:
    """A file with other lines for one of its fields."""
    old = lines_of(text, front, key)
    if old:
        begin = sum(map(len, text.splitlines(keepends=True)[: front.key_lines[key] - 1]))
        return text[:begin] + lines + text[begin + len(old) :]
    end = text.index("\n---", text.index("---") + 3) + 1
    return text[:end] + lines + text[end:]


def _flow(node: Node) -> str:
    """A value as it can be written on one line."""
    if isinstance(node, Fields):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in node.entries.items())}}}"
    if isinstance(node, Items):
        return f"[{', '.join(map(_flow, node.items))}]"
    return node.text if node.type in ("whole", "decimal", "flag") else yaml_text(node.text)


def _entries(node: Node | None) -> Mapping[str, Node]:
    return node.entries if isinstance(node, Fields) else {}


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Items) else []


def _text(node: Node | None) -> str:
    return " ".join(node.text.split()) if isinstance(node, Text) and node.type != "nothing" else ""


def _names(node: Node | None) -> list[str]:
    return [_text(one) for one in _items(node)]


def _portion(node: Node) -> Portion:
    if not isinstance(node, Fields):
        return Portion(_text(node))
    said = {key: _text(one) for key, one in node.entries.items() if key != "exercise"}
    return Portion(_text(node.entries.get("exercise")), said)


def with_exercise(draft: Draft, block: str, exercise: str) -> Draft:
    """A draft with one more exercise: in a block, or in a new one of its own that is done on no day yet."""
    if block in {one.name for one in draft.blocks}:
        blocks = tuple(
            replace(one, portions=(*one.portions, Portion(exercise))) if one.name == block else one
            for one in draft.blocks
        )
    else:
        number = 1
        while (name := f"{block or 'extra'}-{number}") in {one.name for one in draft.blocks}:
            number += 1
        blocks = (*draft.blocks, Block(name, (), (Portion(exercise),)))
    return replace(draft, blocks=blocks)
