"""How a value is written into a file of fields, field by field and entry by entry (pure).

There are often several ways to write a change: in brackets or in lines, after the colon or below it. They are tried in
the order in which a person would write them, and the first is taken whose text, read again, says what was there before
plus the change, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from kinopress.content.source.seen import (
    Seen,
    Where,
    first_that_says,
    is_in_brackets,
    place_of,
    said_at,
    unsafe,
    with_said,
)
from kinopress.content.source.yaml.places import Entry, Place
from kinopress.content.source.yaml.words import (
    Read,
    Value,
    field_lines,
    in_brackets,
    in_lines,
    is_in_lines,
    name_words,
    read_of_value,
    scalar_words,
)
from kinopress.problems import Refusal


def with_value(seen: Seen, where: Where, value: Value, order: Sequence[str] = ()) -> Seen:
    """The file with a field or an entry set; see :class:`~kinopress.content.source.writer.Put`.

    Raises:
        Refusal: it cannot be set without changing something else.
    """
    new = read_of_value(value)
    old = said_at(seen.read, where)
    if old == new or not where:
        return seen
    if old is None:
        return _added(seen, where, value, order)
    place = place_of(seen, where)
    if place is None:
        raise unsafe(seen.path, None, where)
    try:
        if isinstance(old, list) and isinstance(new, list) and old and place.kind == "list":
            return _merged_list(seen, where, value, old, new)
        if isinstance(old, dict) and isinstance(new, dict) and old and place.kind == "group":
            return _merged_group(seen, where, value, old)
    except Refusal:
        pass  # written as a whole instead
    wanted = with_said(seen.read, where, new)
    return first_that_says(seen, _whole_ways(seen, where, place, value), wanted, where)


def _merged_list(seen: Seen, where: Where, value: Value, old: list[Read], new: list[Read]) -> Seen:
    if not new or not isinstance(value, Sequence):
        raise unsafe(seen.path, None, where)
    steps = SequenceMatcher(None, [repr(o) for o in old], [repr(n) for n in new], autojunk=False)
    for _, i1, i2, j1, j2 in reversed([s for s in steps.get_opcodes() if s[0] != "equal"]):
        both = min(i2 - i1, j2 - j1)
        for at in range(i2 - 1, i1 + both - 1, -1):
            seen = without(seen, (*where, at))
        for at in range(both):
            seen = with_value(seen, (*where, i1 + at), value[j1 + at])
        for at in range(j1 + both, j2):
            seen = _inserted(seen, where, i1 + at - j1, value[at])
    return seen


def _merged_group(seen: Seen, where: Where, value: Value, old: dict[str, Read]) -> Seen:
    if not value or not isinstance(value, Mapping):
        raise unsafe(seen.path, None, where)
    for name, inner in value.items():
        seen = with_value(seen, (*where, name), inner, list(value))
    for name in old:
        if name not in value:
            seen = without(seen, (*where, name))
    return seen


def _whole_ways(seen: Seen, where: Where, place: Place, value: Value) -> Iterator[str]:
    """The file with a value written as a whole over another."""
    above = where[:-1]
    inside = is_in_brackets(seen, above)
    after = _after_sign(seen, where)
    indent = _indent_of(seen, where)
    gap = " " if place.start == place.end and not seen.text[: place.start].endswith(" ") else ""
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        below = bool(value) and (is_in_lines(value) or (place.style == "block" and not inside))
        if not inside and below and not (place.style == "flow" and not _any_groups(value)):
            lines = in_lines(value, indent + 2)
            if isinstance(where[-1], int) and isinstance(value, Mapping):
                yield seen.spliced(after, place.end, " " + "\n".join(lines).lstrip(" "))
            elif isinstance(where[-1], str):
                yield seen.spliced(after, place.end, "\n" + "\n".join(lines))
        words = [in_brackets(value)]
    else:
        words = list(scalar_words(value, place.style, indent, in_brackets=inside))
    for way in words:
        yield seen.spliced(place.start, place.end, gap + way)
    for way in words:
        yield seen.spliced(after, place.end, f" {way}")


def _any_groups(value: Value) -> bool:
    if isinstance(value, Mapping):
        return any(_any_groups(one) or isinstance(one, Mapping) for one in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(isinstance(one, Mapping) for one in value)
    return False


def _after_sign(seen: Seen, where: Where) -> int:
    """Where what is after the colon of a field, or the dash of an entry, begins."""
    above, last = place_of(seen, where[:-1]), where[-1]
    if above is None:
        return 0
    if isinstance(last, str):
        return seen.text.index(":", above.entries[last].name_end) + 1
    if above.style == "flow":
        return above.items[last].start
    return _dash(seen, above, last) + 1


def _indent_of(seen: Seen, where: Where) -> int:
    """The column of the field or the dash to which a value belongs."""
    above, last = place_of(seen, where[:-1]), where[-1]
    if above is None:
        return 0
    if isinstance(last, str):
        return seen.column(above.entries[last].start)
    return seen.column(above.start)


def _dash(seen: Seen, above: Place, index: int) -> int:
    """Where the dash of an entry is, in a list without brackets."""
    if index == 0:
        return above.start
    column = seen.column(above.start)
    at = seen.line_stop(above.items[index - 1].end) + 1
    while at < above.items[index].start:
        if seen.text[at : at + column].strip(" ") == "" and seen.text[at + column] == "-":
            return at + column
        at = seen.line_stop(at) + 1
    raise unsafe(seen.path, seen.line(above.items[index].start), ())


def _added(seen: Seen, where: Where, value: Value, order: Sequence[str]) -> Seen:
    """A field or an entry that was not there."""
    above = said_at(seen.read, where[:-1])
    name = where[-1]
    if above is None or above == ("nothing", ""):
        if isinstance(name, int) and name != 0:
            raise unsafe(seen.path, None, where)
        return with_value(seen, where[:-1], {name: value} if isinstance(name, str) else [value])
    if isinstance(name, int) and isinstance(above, list) and name == len(above):
        return _inserted(seen, where[:-1], name, value)
    if not isinstance(name, str) or not isinstance(above, dict):
        raise unsafe(seen.path, None, where)
    wanted = with_said(seen.read, where, read_of_value(value))
    return first_that_says(seen, _field_ways(seen, where[:-1], name, value, order), wanted, where)


def _field_ways(
    seen: Seen, above: Where, name: str, value: Value, order: Sequence[str]
) -> Iterator[str]:
    group = place_of(seen, above)
    if group is None or (not group.entries and group.style != "flow"):
        lines = "\n".join(field_lines(name, value, 0))
        if seen.text.endswith("\n") or not seen.text:
            yield seen.spliced(len(seen.text), len(seen.text), f"{lines}\n")
        yield seen.spliced(len(seen.text), len(seen.text), f"\n{lines}\n")
        return
    names = list(group.entries)
    earlier = list(order[: order.index(name)]) if name in order else names
    before = [n for n in names if n in earlier]
    if is_in_brackets(seen, above):
        words = f"{name_words(name)}: {in_brackets(value)}"
        if not names:
            yield seen.spliced(
                group.start + seen.text[group.start :].index("{") + 1, group.end - 1, words
            )
        elif before:
            at = group.entries[before[-1]].value.end
            yield seen.spliced(at, at, f", {words}")
        else:
            at = group.entries[names[0]].start
            yield seen.spliced(at, at, f"{words}, ")
        return
    first: Entry = group.entries[names[0]]
    indent = seen.column(first.start)
    words = "\n".join(field_lines(name, value, indent))
    if not before:
        yield seen.spliced(first.start, first.start, f"{words.lstrip(' ')}\n{' ' * indent}")
        return
    entry = group.entries[before[-1]]
    at = seen.line_stop(max(entry.value.end, entry.name_end))
    yield seen.spliced(at, at, f"\n{words}")
    later = names[names.index(before[-1]) + 1 :]
    at = group.entries[later[0]].start - indent if later else len(seen.text)
    yield seen.spliced(at, at, f"{words}\n")


def _inserted(seen: Seen, where: Where, index: int, value: Value) -> Seen:
    """A list with one entry more."""
    old, place = said_at(seen.read, where), place_of(seen, where)
    if not isinstance(old, list) or place is None or place.kind != "list":
        raise unsafe(seen.path, None, where)
    wanted = (
        with_said(seen.read, where, [*old[:index], read_of_value(value), *old[index:]])
        if where
        else old
    )
    return first_that_says(seen, _entry_ways(seen, where, place, index, value), wanted, where)


def _entry_ways(seen: Seen, where: Where, place: Place, index: int, value: Value) -> Iterator[str]:
    if is_in_brackets(seen, where):
        words = in_brackets(value)
        if not place.items:
            yield seen.spliced(seen.text.index("[", place.start) + 1, place.end - 1, words)
        elif index:
            yield seen.spliced(place.items[index - 1].end, place.items[index - 1].end, f", {words}")
        else:
            yield seen.spliced(place.items[0].start, place.items[0].start, f"{words}, ")
        return
    indent = seen.column(place.start)
    # Beside entries in braces a new one is in braces too.
    braces = any(one.style == "flow" for one in place.items)
    words = (
        f"{' ' * indent}- {in_brackets(value)}" if braces else "\n".join(in_lines([value], indent))
    )
    if index:
        at = seen.line_stop(place.items[index - 1].end)
        yield seen.spliced(at, at, f"\n{words}")
    else:
        yield seen.spliced(place.start, place.start, f"{words.lstrip(' ')}\n{' ' * indent}")


def without(seen: Seen, where: Where) -> Seen:
    """The file without a field or an entry; the same file where there is none.

    Raises:
        Refusal: it cannot be removed without changing something else.
    """
    if said_at(seen.read, where) is None:
        return seen
    above, last = place_of(seen, where[:-1]), where[-1]
    wanted = with_said(seen.read, where, None)
    if above is None:
        raise unsafe(seen.path, None, where)
    ways: Callable[[Seen, Place, Where], Iterator[str]] = (
        _without_entry if isinstance(last, int) else _without_field
    )
    return first_that_says(seen, ways(seen, above, where), wanted, where)


def _without_field(seen: Seen, above: Place, where: Where) -> Iterator[str]:
    entries = list(above.entries.values())
    index = list(above.entries).index(str(where[-1]))
    entry = entries[index]
    end = max(entry.value.end, entry.name_end)
    if is_in_brackets(seen, where[:-1]):
        yield from _without_between(seen, [(e.start, e.value.end) for e in entries], index)
        return
    starts = seen.line_start(entry.start)
    if not seen.text[starts : entry.start].strip(" "):
        if len(entries) > 1 or len(where) == 1:
            yield from _without_lines(seen, starts, end)
    elif index + 1 < len(entries):
        yield seen.spliced(entry.start, entries[index + 1].start, "")
    if len(entries) == 1 and len(where) > 1:
        yield seen.spliced(above.start, above.end, "{}")
        yield seen.spliced(_after_sign(seen, where[:-1]), above.end, " {}")


def _without_entry(seen: Seen, above: Place, where: Where) -> Iterator[str]:
    index = int(where[-1])
    if is_in_brackets(seen, where[:-1]):
        yield from _without_between(seen, [(i.start, i.end) for i in above.items], index)
        return
    if len(above.items) == 1:
        yield seen.spliced(_after_sign(seen, where[:-1]), above.end, " []")
        return
    dash = _dash(seen, above, index)
    starts = seen.line_start(dash)
    if not seen.text[starts:dash].strip(" "):
        yield from _without_lines(seen, starts, max(above.items[index].end, dash + 1))
    elif index + 1 < len(above.items):
        yield seen.spliced(dash, _dash(seen, above, index + 1), "")


def _without_lines(seen: Seen, starts: int, end: int) -> Iterator[str]:
    stop = seen.line_stop(end)
    if stop < len(seen.text):
        yield seen.spliced(starts, stop + 1, "")
    else:
        yield seen.spliced(max(starts - 1, 0), stop, "")


def _without_between(seen: Seen, spans: list[tuple[int, int]], index: int) -> Iterator[str]:
    """Out of brackets, with the comma before it, or after it where it is the first."""
    start, end = spans[index]
    if index:
        yield seen.spliced(spans[index - 1][1], end, "")
    elif len(spans) > 1:
        yield seen.spliced(start, spans[1][0], "")
    else:
        yield seen.spliced(start, end, "")


def with_body(seen: Seen, text: str) -> Seen:
    """The file with another text below its fields; only what differs is written.

    Raises:
        Refusal: the text would be read as something else.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    old = seen.body
    if text == old:
        return seen
    same = 0
    while same < min(len(old), len(text)) and old[same] == text[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(text)) - same and old[-1 - tail] == text[-1 - tail]:
        tail += 1
    start = seen.body_begins + same
    end = seen.body_begins + len(old) - tail
    words = text[same : len(text) - tail]
    before = "\n" if not old and not seen.raw.endswith(("\n", "\r")) else ""
    now = seen.again(seen.replaced(start, end, before + words))
    if now.read != seen.read or now.body != text:
        raise unsafe(seen.path, None, ())
    return now
