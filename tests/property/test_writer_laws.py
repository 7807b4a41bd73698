"""A change of a field says what was asked for, and no byte outside its value is another."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kinopress.content.source.document import parse_document
from kinopress.content.source.writer import Body, Put, Remove, body_text, changed_page, fields_of
from kinopress.content.source.yaml.words import read_of, read_of_value
from kinopress.problems import Refusal

LAWS = settings(max_examples=150)

names = st.sampled_from(["title", "tags", "steps", "dosage", "about", "x-1", "on", "a b"])
words = st.one_of(
    st.sampled_from(
        ["Clam", "a: b", "# no", "- x", "yes", "8", "8–12", "1:30", "true", "~", "", " lead", "trail ",
         "it's", 'say "x"', "[a", "{b}", "é 😀", "&a", "*b", "!t", "%d", "@x", "`c`", "|", ">", "a #b",
         "line\nline", "line\n\nline\n", "ends\n", "\n", "  in\nout", "tab\there", "back\\slash", "“Hi”: x",
         "no\u00a0break", "\u2028", "---", "...", "? x", "a,b", "null", "0x1f", "1e3", ".5"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), max_size=12),
)  # fmt: skip
values = st.recursive(
    st.one_of(words, st.booleans(), st.integers(-99, 99), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=5,
)
comments = st.sampled_from(["", "", "", "  # a comment: [x]", "\t# after a tab", " # 😀"])


@st.composite
def front_matters(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """The names of some fields, and the lines of each: its value in one of the ways in which people write it."""
    fields = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    texts = []
    for name in fields:
        comment = draw(comments)
        plain = draw(st.sampled_from(["Clam", "8–12 😀", "1:30", "it's", "yes"]))
        gap = draw(st.sampled_from([" ", "   "]))
        deep = draw(st.sampled_from(["", "  ", "    "]))
        group = deep or " "
        value = draw(
            st.sampled_from(
                [
                    [f"{name}:{gap}{plain}{comment}"],
                    [f'{name}:{gap}"a \\u00e9 # b"{comment}'],
                    [f"{name}: 'it''s'{comment}"],
                    [f"'{name}' : {plain}{comment}"],
                    [f"{name}:{comment}"],
                    [f"{name}: [a,  'b' , {{c: d}}]{comment}"],
                    [f"{name}: [a,", "   b, # inside", f"   c]{comment}"],
                    [f"{name}: {{ a: 1,  b: [x] }}{comment}"],
                    [
                        f"{name}:{comment}",
                        f"{deep}- a{comment}",
                        f"{deep}# between",
                        f"{deep}-   b",
                    ],
                    [
                        f"{name}:",
                        f"{deep}- step: a",
                        f"{deep}  frame: 1{comment}",
                        f"{deep}- {{cue: b}}",
                    ],
                    [f"{name}:", f"{deep}- - a", f"{deep}  - b", f"{deep}-", f"{deep}  c: d"],
                    [f"{name}:{comment}", f"{group}a: 1", "", f"{group}b: x{comment}"],
                    [f"{name}: |", f"{group}One", "", f"{group}  two # not a comment"],
                    [f"{name}: >-", f"{group}One", f"{group}two"],
                    [f"{name}: |+", f"{group}One", ""],
                    [f"{name}: words that", "  go on below"],
                    [f"{name}: &{name[0]}nchor [a, b]"],
                    [f"{name}: !!str 8{comment}"],
                ]
            )
        )
        between = draw(st.sampled_from([[], [], [""], ["# above the next"]]))
        texts.append([*value, *between])
    return fields, texts


@st.composite
def pages(draw: st.DrawFn) -> tuple[bytes, list[str], list[bytes]]:
    """A page, the names of its fields, and its pieces: before them, each of them, after them."""
    fields, texts = draw(front_matters())
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    body = draw(st.sampled_from(["", "\n", "\nWords.\n", "\n\n---\n\nWords 😀", "Words\u200b\n"]))
    pieces = [f"{mark}---\n", *("".join(f"{line}\n" for line in text) for text in texts)]
    pieces.append(f"---{draw(st.sampled_from(['', '  ']))}\n{body}")
    encoded = [piece.replace("\n", end).encode() for piece in pieces]
    page = b"".join(encoded)
    document, problems = parse_document(page.decode("utf-8-sig").replace(end, "\n"), "p.md")
    assume(document.readable and not problems)
    return page, fields, encoded


def _fields(page: bytes) -> dict[str, Any]:
    text = page.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    read = read_of(parse_document(text, "p.md")[0].front)
    assert isinstance(read, dict)
    return read


@LAWS
@given(page=pages(), pick=st.integers(0, 9), value=values)
def test_a_field_is_set_and_nothing_else_changes(
    page: tuple[bytes, list[str], list[bytes]], pick: int, value: Any
) -> None:
    before, fields, pieces = page
    at = pick % len(fields)
    try:
        after = changed_page(before, "p.md", [Put((fields[at],), value)])
    except Refusal as refusal:
        assert all(problem.code.startswith(("edit-", "file-")) for problem in refusal.problems)
        assert not _is_ordinary(value)
        return
    head, tail = b"".join(pieces[: at + 1]), b"".join(pieces[at + 2 :])
    assert after.startswith(head)
    assert after.endswith(tail)
    wanted = {**_fields(before), fields[at]: read_of_value(value)}
    assert _fields(after) == wanted


@LAWS
@given(page=pages(), value=values, order=st.lists(names, unique=True, max_size=4))
def test_a_new_field_is_added_between_the_others(
    page: tuple[bytes, list[str], list[bytes]], value: Any, order: list[str]
) -> None:
    before, _, pieces = page
    try:
        after = changed_page(before, "p.md", [Put(("new",), value, order=[*order, "new"])])
    except Refusal:
        assert not _is_ordinary(value)
        return
    assert _fields(after) == {**_fields(before), "new": read_of_value(value)}
    assert _is_within(before, after)
    assert after.startswith(pieces[0])
    assert after.endswith(pieces[-1])


@LAWS
@given(page=pages(), pick=st.integers(0, 9))
def test_a_field_is_removed_and_nothing_else_changes(
    page: tuple[bytes, list[str], list[bytes]], pick: int
) -> None:
    before, fields, pieces = page
    at = pick % len(fields)
    after = changed_page(before, "p.md", [Remove((fields[at],))])
    wanted = _fields(before)
    del wanted[fields[at]]
    assert _fields(after) == wanted
    assert after.startswith(b"".join(pieces[: at + 1]))
    assert after.endswith(b"".join(pieces[at + 2 :]))
    assert _is_within(after, before)


@LAWS
@given(page=pages(), body=words)
def test_the_text_below_is_set_and_the_fields_are_as_they_were(
    page: tuple[bytes, list[str], list[bytes]], body: str
) -> None:
    before, _, pieces = page
    after = changed_page(before, "p.md", [Body(body)])
    assert body_text(after, "p.md") == body
    assert after.startswith(b"".join(pieces[:-1]))
    assert fields_of(after, "p.md") == fields_of(before, "p.md")


@LAWS
@given(page=pages(), pick=st.integers(0, 9), value=values)
def test_a_change_and_the_change_back_say_what_was_there_first(
    page: tuple[bytes, list[str], list[bytes]], pick: int, value: Any
) -> None:
    before, fields, _ = page
    name = fields[pick % len(fields)]
    was = fields_of(before, "p.md")
    assert isinstance(was, dict)
    try:
        between = changed_page(before, "p.md", [Put((name,), value)])
        after = changed_page(between, "p.md", [Put((name,), was[name])])
    except Refusal:
        assert not _is_ordinary(value)
        return
    assert fields_of(after, "p.md") == was


def _is_ordinary(value: Any) -> bool:
    """Whether a value has nothing in it that a file might refuse."""
    if isinstance(value, str):
        # YAML takes the characters of other lines' ends for its own.
        return not any(sign in value for sign in "\x85\u2028\u2029")
    if isinstance(value, list):
        return all(map(_is_ordinary, value))
    if isinstance(value, dict):
        return all(map(_is_ordinary, value.values()))
    return True


def _is_within(short: bytes, long: bytes) -> bool:
    """Whether a text is another with one piece put in."""
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    return long.endswith(short[same:]) and len(long) >= len(short)
