"""A form changes one value of a file, and every other byte of it stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.codes import Code
from kinopress.content.source.writer import (
    Body,
    Change,
    Put,
    Remove,
    body_text,
    changed_page,
    changed_yaml,
    fields_of,
    token,
)
from kinopress.content.source.yaml.words import typed
from kinopress.problems import Refusal
from kinopress.project.change.save import Clash, save

PAGE = """---
# written on a Sunday
title:   Clam  # short
tags:
- strength # one
# two
- piriformis

# the steps
steps:
    - step: Lift.
      frame: 1
    - {cue:  "Breathe."}
about: |
  One
  two

empty:
dose: {sets:  2, reps: '8'}
---

Some words.
"""


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (Put(("title",), "Shell"), "Clam  # short", "Shell  # short"),
        (Put(("title",), "Clam: a #1"), "  Clam  # short", '  "Clam: a #1"  # short'),
        (Put(("title",), "yes 😀"), "Clam  # short", "yes 😀  # short"),
        (Put(("title",), "12"), "Clam  # short", '"12"  # short'),
        (Put(("title",), "true"), "Clam  # short", '"true"  # short'),
        (Put(("title",), ""), "Clam  # short", '""  # short'),
        (Put(("dose", "reps"), "it's"), "'8'", "'it''s'"),
        (Put(("dose", "reps"), 8), "'8'", "8"),
        (Put(("dose", "hold"), "30 s"), "'8'}", "'8', hold: 30 s}"),
        (Put(("dose",), {"sets": 2, "hold": "[3]"}), "2, reps: '8'", '2, hold: "[3]"'),
        (Remove(("dose", "sets")), "sets:  2, ", ""),
        (Remove(("dose", "reps")), ", reps: '8'", ""),
        (Put(("empty",), "words"), "empty:\n", "empty: words\n"),
        (Put(("empty",), ["a, b", "c"]), "empty:\n", 'empty: ["a, b", c]\n'),
        (Put(("empty",), [{"a": 1, "b": "x"}]), "empty:\n", "empty:\n  - a: 1\n    b: x\n"),
        (Put(("about",), "Other\n"), "  One\n  two\n", "  Other\n"),
        (Put(("about",), "A\n\nb\n"), "  One\n  two\n", "  A\n\n  b\n"),
        (Put(("tags", 0), "met"), "- strength # one", "- met # one"),
        (Put(("tags",), ["strength", "piriformis", "met"]), "piriformis\n", "piriformis\n- met\n"),
        (Put(("tags",), ["met", "strength", "piriformis"]), "- stre", "- met\n- stre"),
        (Put(("tags",), ["piriformis"]), "- strength # one\n", ""),
        (Remove(("tags", 1)), "- piriformis\n", ""),
        (Remove(("steps", 0, "step")), "- step: Lift.\n      frame: 1", "- frame: 1"),
        (Put(("steps", 1, "frame"), 2), '"Breathe."}', '"Breathe.", frame: 2}'),
        (Put(("steps", 0, "frame"), 12), "frame: 1", "frame: 12"),
        (Remove(("empty",)), "empty:\n", ""),
        (Put(("date",), "2026-11-22"), "'8'}\n", "'8'}\ndate: 2026-11-22\n"),
        (
            Put(("date",), "2026-11-22", order=("title", "date", "tags")),
            "# short\n",
            "# short\ndate: 2026-11-22\n",
        ),
        (Put(("id",), "x", order=("id", "title")), "title: ", "id: x\ntitle: "),
        (Put(("new", "inner"), "x"), "'8'}\n", "'8'}\nnew:\n  inner: x\n"),
        (Body("\nOther words.\n"), "Some words.", "Other words."),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_bytes_of_the_value_change(
    change: Change, before: str, after: str, ends: str, mark: str
) -> None:
    assert PAGE.count(before) == 1
    was, wanted = (
        (mark + text.replace("\n", ends)).encode() for text in (PAGE, PAGE.replace(before, after))
    )
    assert changed_page(was, "clam.md", [change]) == wanted


@pytest.mark.parametrize(
    "change",
    [
        Put(("title",), "Clam"),
        Put(("tags",), ["strength", "piriformis"]),
        Put(("dose",), {"reps": "8", "sets": 2}),
        Remove(("nowhere",)),
        Remove(("tags", 7)),
        Body("\r\nSome words.\r\n"),
    ],
)
def test_what_is_there_already_is_not_written_again(change: Change) -> None:
    assert changed_page(PAGE.encode(), "clam.md", [change]) == PAGE.encode()


@pytest.mark.parametrize(
    ("text", "change", "code"),
    [
        ("---\na: &x [1]\nb: *x\n---\n", Put(("a",), [2]), Code.EDIT_UNSAFE),
        ("---\na: &x [1]\nb: *x\n---\n", Remove(("a",)), Code.EDIT_UNSAFE),
        ("---\na: &x [1]\nb: *x\n---\n", Put(("b", 0), 3), Code.EDIT_UNSAFE),
        ("---\na: 1\na: 2\n---\n", Put(("a",), 3), Code.FRONT_MATTER_KEY_TWICE),
        ("---\na: [1\n---\n", Put(("b",), 3), Code.FRONT_MATTER_BRACKET),
        ("a: 1\n", Put(("b",), 3), Code.FRONT_MATTER_MISSING),
        ("---\na: 1\n", Put(("b",), 3), Code.FRONT_MATTER_NOT_CLOSED),
        ("---\na: 1\n---\n", Put(("a",), "bell \a"), Code.FILE_CHARACTER),
        ("---\na: 1\n---\n", Put(("a", "b"), "x"), Code.EDIT_UNSAFE),
    ],
)
def test_what_cannot_be_changed_safely_is_refused_in_words(
    text: str, change: Change, code: Code
) -> None:
    with pytest.raises(Refusal) as refused:
        changed_page(text.encode(), "page.md", [change])
    assert code in [problem.code for problem in refused.value.problems]


def test_a_repeated_value_may_be_replaced_where_it_is_repeated() -> None:
    text = b"---\na: &x [1]\nb: *x\n---\n"
    assert changed_page(text, "p.md", [Put(("b",), [2])]) == b"---\na: &x [1]\nb: [2]\n---\n"


@pytest.mark.parametrize("empty", ["---\n---\n", "---\n\n---\n", "---\n# a comment\n---\n"])
def test_a_page_without_fields_gets_its_first(empty: str) -> None:
    now = changed_page(empty.encode(), "p.md", [Put(("title",), "Clam"), Body("Words.\n")])
    assert fields_of(now, "p.md") == {"title": "Clam"}
    assert body_text(now, "p.md") == "Words.\n"
    assert now.decode().startswith(empty.removesuffix("---\n"))


def test_lists_and_settings_are_changed_likewise() -> None:
    text = b"# settings\nsite_name: A site\nx: !ENV [A, b]   # ours\ntheme:\n    name: material"
    now = changed_yaml(
        text, "mkdocs.yml", [Put(("theme", "logo"), "a.svg"), Remove(("x",))], any_tags=True
    )
    assert now == b"# settings\nsite_name: A site\ntheme:\n    name: material\n    logo: a.svg"


def test_what_is_typed_becomes_what_it_would_have_been_in_the_file() -> None:
    assert [
        typed(words) for words in ("8", "true", "8–12", "2.5", "2.50", "007", "", "~", "a: b")
    ] == [
        8,
        True,
        "8–12",
        2.5,
        "2.50",
        "007",
        "",
        "~",
        "a: b",
    ]


def test_a_file_changed_meanwhile_is_not_overwritten_and_both_texts_are_kept(
    tmp_path: Path,
) -> None:
    file = tmp_path / "clam.md"
    file.write_text(PAGE, "utf-8")
    opened = token(file.read_bytes())
    after = save(tmp_path, "clam.md", opened, [Put(("title",), "Shell")])
    assert after == token(file.read_bytes()) != opened
    with pytest.raises(Clash) as clash:
        save(tmp_path, "clam.md", opened, [Put(("title",), "Oyster")])
    assert file.read_text("utf-8") == PAGE.replace("Clam", "Shell")
    assert clash.value.there == file.read_bytes()
    assert clash.value.wanted == PAGE.replace("Clam", "Oyster").encode()
    assert (tmp_path / clash.value.kept).read_bytes() == clash.value.wanted
    save(tmp_path, "clam.md", token(clash.value.there), [Put(("title",), "Oyster")])
    assert file.read_bytes() == clash.value.wanted


def test_words_are_kept_even_if_the_file_cannot_be_read_any_more(tmp_path: Path) -> None:
    (tmp_path / "clam.md").write_text("---\ntitle: [\n---\n", "utf-8")
    with pytest.raises(Clash) as clash:
        save(tmp_path, "clam.md", token(b""), [Put(("title",), "Oyster"), Body("Long words.")])
    assert clash.value.wanted is None
    kept = (tmp_path / clash.value.kept).read_text("utf-8")
    assert "Oyster" in kept
    assert "Long words." in kept


def test_saving_what_is_there_already_does_not_touch_the_file(tmp_path: Path) -> None:
    file = tmp_path / "clam.md"
    file.write_text(PAGE, "utf-8")
    before = file.stat()
    save(tmp_path, "clam.md", token(file.read_bytes()), [Put(("title",), "Clam")])
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
