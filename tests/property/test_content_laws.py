"""What holds for every name, every text and every vocabulary."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kinopress.content.markdown.marks import Mark, replace, scan, whole_link
from kinopress.content.model.names import SLUG, SLUG_MAX, Mention, slug_from
from kinopress.content.model.pages import Exercise, Kind, Muscle, Page
from kinopress.content.model.vocabulary import Vocabulary, build_vocabulary, normal
from kinopress.content.rules.circles import exercise_circles, parent_circles
from kinopress.content.source.yaml.reader import parse_fields

LAWS = settings(max_examples=200)

slugs = st.text("abcdefghij", min_size=1, max_size=6)
names = st.text(min_size=1, max_size=20).filter(lambda name: normal(name) != "")


def _muscle(slug: str, title: str | None = None, parent: str | None = None) -> Muscle:
    above = None if parent is None else Mention(parent, 4, "parent")
    path = f"docs/muscles/{slug}.md"
    return Muscle(kind="muscle", path=path, slug=slug, title=title or slug, parent=above)


def _exercise(slug: str, easier: str | None) -> Exercise:
    mention = None if easier is None else Mention(easier, 4, "easier")
    path = f"exercises/{slug}.md"
    return Exercise(kind="exercise", path=path, slug=slug, title=slug, easier=mention)


# Tags


@LAWS
@given(name=names, spacing=st.sampled_from([" ", "  ", "-", "_", "\t", "\u00a0", "–", " - "]))
def test_a_tag_is_found_in_any_case_and_with_any_spacing(name: str, spacing: str) -> None:
    vocabulary, _ = build_vocabulary([_muscle("the-muscle", name)])
    for form in (name, name.upper(), name.lower(), name.title(), f" {name} "):
        # A few letters have no way back from their capitals: ŉ, ΐ and their like.
        assume(normal(form) == normal(name) or form.casefold() == name.casefold())
        assert vocabulary.resolve(form) is vocabulary.terms["the-muscle"]
    respaced = spacing.join(name.split())
    assert vocabulary.resolve(respaced) is vocabulary.terms["the-muscle"]


@LAWS
@given(name=names)
def test_how_a_name_is_compared_does_not_change_when_it_is_compared_again(name: str) -> None:
    assert normal(normal(name)) == normal(name)


@LAWS
@given(titles=st.lists(names, min_size=1, max_size=5))
def test_every_title_leads_to_one_term_or_the_clash_is_said(titles: list[str]) -> None:
    terms = [_muscle(f"m{at}", title) for at, title in enumerate(titles)]
    vocabulary, problems = build_vocabulary(terms)
    clashes = {problem.path for problem in problems}
    for term in terms:
        assert vocabulary.resolve(term.slug) is not None
        assert (vocabulary.resolve(term.title) is term) == (term.path not in clashes)


# File names


@LAWS
@given(words=st.text(max_size=40) | st.text("ab é-", min_size=70, max_size=100))
def test_words_become_a_file_name_or_nothing(words: str) -> None:
    slug = slug_from(words)
    assert slug == "" or (SLUG.fullmatch(slug) and len(slug) <= SLUG_MAX)
    assert slug_from(slug) == slug


# Marks in a text

pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("[[clam]]", "[[a|b]]", "[[", "]]", "[@a]", "[@a; b]", "[x](y.md)", "![x](y.jpg)"),
                *('[x](<y z> "t")', "[a]: b", "{{ video x }}", "\n{{ x }}\n", "`", "``", "\n```\n"),
                *("<!--", "-->", "\n", "\n\n", "    ", "~~~", "](", ")", "(", "[", "]"),
            ]
        ),
        st.text(max_size=5),
    ),
    max_size=20,
)
texts = pieces.map("".join)


def _as_it_was(text: str, mark: Mark) -> str:
    return text[mark.start : mark.end]


@LAWS
@given(text=texts)
def test_a_text_whose_marks_are_put_back_as_they_were_is_the_same_text(text: str) -> None:
    assert replace(text, scan(text), lambda mark: _as_it_was(text, mark)) == text


@LAWS
@given(text=texts, first=st.integers(1, 50))
def test_marks_stand_in_order_side_by_side_and_on_their_lines(text: str, first: int) -> None:
    marks = scan(text, first)
    for before, after in pairwise(marks):
        assert before.end <= after.start
    for mark in marks:
        assert mark.target in text[mark.start : mark.end]
        line = text.split("\n")[mark.line - first]
        assert _as_it_was(text, mark).strip().split("\n")[0] in line


@LAWS
@given(text=texts)
def test_a_whole_link_is_what_its_words_and_its_address_make(text: str) -> None:
    for mark in scan(text):
        whole = whole_link(text, mark) if mark.kind == "link" else None
        if whole is not None:
            start, end, words = whole
            assert text[start:end].startswith(f"[{words}]({_as_it_was(text, mark)}")
            assert text[end - 1] == ")"


# Terms and exercises that belong to one another


@st.composite
def families(draw: st.DrawFn) -> Vocabulary:
    """Terms whose parents are drawn at random: trees, rings, dead ends."""
    found = draw(st.lists(slugs, unique=True, min_size=1, max_size=8))
    above = st.none() | st.sampled_from([*found, "nobody"])
    return build_vocabulary([_muscle(slug, parent=draw(above)) for slug in found])[0]


@LAWS
@given(vocabulary=families())
def test_a_family_holds_each_of_its_members_once(vocabulary: Vocabulary) -> None:
    for term in vocabulary.terms.values():
        family = [member.slug for member in vocabulary.family(term)]
        assert family[0] == term.slug
        assert len(family) == len(set(family))
        assert {child.slug for child in vocabulary.children.get(term.slug, ())} <= set(family)
        ancestors = [above.slug for above in vocabulary.ancestors(term)]
        assert len(ancestors) == len(set(ancestors))
        assert term.slug not in ancestors


@LAWS
@given(vocabulary=families())
def test_a_ring_of_parents_is_said_once_and_only_where_there_is_one(
    vocabulary: Vocabulary,
) -> None:
    def comes_back(slug: str) -> bool:
        at = vocabulary.parent(vocabulary.terms[slug])
        for _ in vocabulary.terms:
            if at is None or at.slug == slug:
                break
            at = vocabulary.parent(at)
        return at is not None and at.slug == slug

    in_rings = {slug for slug in vocabulary.terms if comes_back(slug)}
    told = list(parent_circles(vocabulary))
    assert {problem.path.split("/")[-1][:-3] for problem in told} <= in_rings
    assert bool(told) == bool(in_rings)
    assert len({problem.path for problem in told}) == len(told)


@LAWS
@given(found=st.dictionaries(slugs, slugs | st.none(), min_size=1, max_size=8))
def test_walking_from_exercise_to_exercise_comes_to_an_end(found: dict[str, str | None]) -> None:
    pages: dict[tuple[Kind, str], Page] = {
        ("exercise", slug): _exercise(slug, easier) for slug, easier in found.items()
    }
    for problem in exercise_circles(pages):
        assert problem.code == "exercise-circle"
        assert problem.line == 4


# YAML


@LAWS
@given(text=st.text("abc:-[]{},\"'&*!|># \n\t\x85\u2028é🏃", max_size=80))
def test_lines_that_are_named_are_lines_of_the_file(text: str) -> None:
    fields, problems = parse_fields(text, "page.md")
    lines = text.count("\n") + 1
    assert fields is not None or problems
    assert all(1 <= (problem.line or 0) <= lines for problem in problems)
    assert all(1 <= line <= lines for line in (fields.key_lines.values() if fields else ()))


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_line_ends_that_editors_do_not_know_shift_no_line(sign: str) -> None:
    fields, problems = parse_fields(f"title: a{sign}b\nlevel: easy\n", "page.md")
    assert fields is not None and problems == []
    assert fields.key_lines == {"title": 1, "level": 2}
