"""Signs that computers put in by themselves: said on their own line, or taken as they were meant."""

from __future__ import annotations

import pytest

from kinopress.content.model.nodes import Fields, Items, Text
from kinopress.content.source.document import parse_document
from kinopress.content.source.yaml.reader import parse_fields


def read(text: str) -> tuple[object, list[tuple[int | None, str | None, str]]]:
    fields, problems = parse_fields(text, "a.md")
    return _plain(fields), [(p.line, p.field, p.code) for p in problems]


def _plain(node: object) -> object:
    if isinstance(node, Fields):
        return {name: _plain(entry) for name, entry in node.entries.items()}
    if isinstance(node, Items):
        return [_plain(entry) for entry in node.items]
    return " ".join(node.text.split()) if isinstance(node, Text) else None


SIGN, QUOTES = "front-matter-sign", "front-matter-quotes"


@pytest.mark.parametrize(
    ("text", "line", "field", "code"),
    [
        *(
            (f"a: 1\ntitle:{space}Clam\nb: 2", 2, "title", SIGN)
            for space in ("\u00a0", "\u202f", "\u2009", "\u3000", "\u00a0 ")
        ),
        *((f"a: 1\ntitle{colon}Clam\nb: 2", 2, "title", SIGN) for colon in "：﹕∶"),
        ("a: 1\ntitle： Clam\nb: 2", 2, "title", SIGN),
        ("a: 1\ntitle\u00a0： Clam\nb: 2", 2, "title", SIGN),
        ("a: 1\ntitle: “Clam: a start”\nb: 2", 2, "title", QUOTES),
        ("a: 1\ntitle: „Clam # one“\nb: 2", 2, "title", QUOTES),
        ('a: 1\ntitle: "Clam: a start”\nb: 2', 2, "title", QUOTES),
        ('a: 1\ntitle: “Clam: a start"\nb: 2', 2, "title", QUOTES),
    ],
)
def test_a_sign_that_only_looks_right_is_said_where_it_stands(
    text: str, line: int, field: str, code: str
) -> None:
    values, problems = read(text)
    assert problems == [(line, field, code)]
    assert isinstance(values, dict) and list(values) == ["a", "title", "b"]
    assert str(values["title"]).startswith("Clam")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "steps:\n  – step: Lift.\n  – step: Hold.",
            {"steps": [{"step": "Lift."}, {"step": "Hold."}]},
        ),
        ("steps:\n  -\u00a0step: Lift.", {"steps": [{"step": "Lift."}]}),
        ("steps:\n  • Lift.", {"steps": ["Lift."]}),
        ("steps:\n  - step：Lift.", {"steps": [{"step": "Lift."}]}),
        ("dosage:\n\u00a0\u00a0sets: 2", {"dosage": {"sets": "2"}}),
        ("dosage:\n  sets:\u00a02\n  reps: 3", {"dosage": {"sets": "2", "reps": "3"}}),
        ("tags: ［a，b］", {"tags": ["a", "b"]}),
        ("tags: [a，b]", {"tags": ["a", "b"]}),
        ("tags: [“a”, ‘b’]", {"tags": ["a", "b"]}),
    ],
)
def test_lists_and_groups_are_read_as_they_were_meant(text: str, values: object) -> None:
    found, problems = read(text)
    assert found == values
    assert problems and all(code in (SIGN, QUOTES) for _, _, code in problems)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ti\u200btle: Cl\u00adam\u2060", {"title": "Clam"}),
        ("tags: [stre\u200btch, \ufeffMET, a\u200cb]", {"tags": ["stretch", "MET", "ab"]}),
        ("title: \u202eClam\u202c", {"title": "Clam"}),
        ("title: “Clam” is a name", {"title": "“Clam” is a name"}),
        ("title: “Clam”", {"title": "“Clam”"}),
        ("title: It’s slow – and steady…", {"title": "It’s slow – and steady…"}),
        ("title: \u00a0Clam and\u00a0more", {"title": "Clam and more"}),
        ("text: |\n  Tip:\u00a0keep\n  – calm\nb: c", {"text": "Tip: keep – calm", "b": "c"}),
        ("text: A long\n  – and slow – one\nb: c", {"text": "A long – and slow – one", "b": "c"}),
        ("title: 👩\u200d⚕️ Anna", {"title": "👩\u200d⚕️ Anna"}),
    ],
)
def test_what_does_no_harm_is_taken_without_a_word(text: str, values: object) -> None:
    assert read(text) == (values, [])


def test_all_signs_and_all_other_mistakes_are_said_in_one_run() -> None:
    _, problems = read("title：Clam\ndate:\u00a0x\na: 1\na: 2")
    assert problems == [(1, "title", SIGN), (2, "date", SIGN), (4, "a", "front-matter-key-twice")]


@pytest.mark.parametrize("fence", ["\u200b---", "---\u00a0", "\ufeff--- \u200b"])
def test_the_lines_around_the_fields_may_hold_signs_nobody_sees(fence: str) -> None:
    document, problems = parse_document(f"{fence}\ntitle: Clam\n{fence}\n\nWords.\n", "a.md")
    assert problems == []
    assert (_plain(document.front), document.body.strip()) == ({"title": "Clam"}, "Words.")
