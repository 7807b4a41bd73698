"""One list of tags: every name leads to its term, groups gather what is below them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Muscle, Symptom, Term
from kinopress.content.model.vocabulary import Vocabulary, build_vocabulary
from kinopress.content.read import read_library

BASE = Path(__file__).parents[1] / "invalid" / "_base"
A_DAY = dt.date(2026, 11, 22)


def muscle(slug: str, title: str, **more: object) -> Muscle:
    values: dict[str, object] = {"kind": "muscle", "path": f"docs/muscles/{slug}.md", **more}
    return Muscle(slug=slug, title=title, **values)  # type: ignore[arg-type]


def joined(*terms: Term) -> Vocabulary:
    vocabulary, problems = build_vocabulary(terms)
    assert problems == []
    return vocabulary


TFL = muscle(
    "tensor-fasciae-latae",
    "Tensor fasciae latae",
    aliases=("TFL",),
    lay=("front pocket muscle",),
    misspellings=("tensor facia latae",),
    people_say=("tight at the front pocket",),
)


@pytest.mark.parametrize(
    "tag",
    [
        "Tensor fasciae latae",
        "tensor-fasciae-latae",
        "TENSOR_FASCIAE  LATAE",
        "tfl",
        "Tensor facia latae",
        " tensor\tfasciae latae ",
    ],
)
def test_a_tag_may_be_any_right_name_in_any_case_and_spacing(tag: str) -> None:
    assert joined(TFL).resolve(tag) is TFL


def test_a_curly_apostrophe_is_an_apostrophe_and_an_accent_may_be_typed_in_two_ways() -> None:
    lazy = muscle("lazy", "Runner's café muscle")
    assert joined(lazy).resolve("Runner’s cafe\u0301 muscle") is lazy


@pytest.mark.parametrize("words", ["front pocket muscle", "tight at the front pocket"])
def test_lay_words_are_no_tag_but_lead_to_the_right_one(words: str) -> None:
    vocabulary = joined(TFL, muscle("soleus", "Soleus"))
    assert vocabulary.resolve(words) is None
    assert vocabulary.nearest(words)[0] is TFL


def test_a_slip_leads_to_the_nearest_terms_and_nonsense_to_none() -> None:
    vocabulary = joined(TFL, muscle("soleus", "Soleus"))
    assert [term.slug for term in vocabulary.nearest("Soleous")] == ["soleus"]
    assert vocabulary.nearest("xyzzy") == []


def test_the_later_of_two_claims_on_a_name_is_the_mistake() -> None:
    other = muscle("zz-muscle", "Another", aliases=("T F L", "tfl"))
    vocabulary, (problem,) = build_vocabulary([other, TFL])
    assert vocabulary.resolve("TFL") is TFL
    assert (problem.path, problem.field, problem.code) == (
        "docs/muscles/zz-muscle.md",
        "aliases",
        "alias-twice",
    )


def test_a_muscle_and_a_symptom_cannot_have_one_file_name() -> None:
    symptom = Symptom(kind="symptom", path="docs/symptoms/soleus.md", slug="soleus", title="Sore")
    _, (problem,) = build_vocabulary([symptom, muscle("soleus", "Soleus")])
    assert (problem.path, problem.code) == ("docs/symptoms/soleus.md", "slug-twice")


def test_a_group_knows_what_is_below_it() -> None:
    hip = muscle("hip", "Hip")
    glutes = muscle("glutes", "Glutes", parent=Mention("HIP", 4, "parent"))
    medius = muscle("gluteus-medius", "Gluteus medius", parent=Mention("Glutes", 4, "parent"))
    vocabulary = joined(hip, glutes, medius)
    assert [term.slug for term in vocabulary.family(hip)] == ["hip", "glutes", "gluteus-medius"]
    assert [term.slug for term in vocabulary.ancestors(medius)] == ["glutes", "hip"]
    assert vocabulary.children["hip"] == (glutes,)


def test_what_carries_a_muscle_is_gathered_by_its_group_as_well() -> None:
    library, report = read_library(BASE, today=A_DAY)
    assert report.problems == []
    assert {page.slug for page in library.tagged["gluteus-medius"]} == {"clam"}
    assert {page.slug for page in library.tagged["glutes"]} == {
        "clam",
        "glute-bridge",
        "hip-circles",
    }


def test_a_tag_in_an_unreadable_page_of_the_vocabulary_is_not_missed() -> None:
    text = "---\ntitle: Piri: formis\naliases: [PIRI muscle, deep-one]\n---\n"
    vocabulary, _ = build_vocabulary([TFL], [text])
    assert vocabulary.may_lead_to_unread("Deep One")
    assert vocabulary.may_lead_to_unread("piri muscle")
    assert not vocabulary.may_lead_to_unread("iri mus")
    assert not vocabulary.may_lead_to_unread("soleus")


def test_a_word_of_a_whole_sentence_is_not_meant_by_it_alone() -> None:
    side = muscle("side", "Side", people_say=("bent like a banana with a spasm on one side",))
    known = joined(side, muscle("side-lying-lift", "Side-lying lift"))
    assert known.nearest("banana") == []
    assert [term.slug for term in known.nearest("lying")] == ["side-lying-lift"]
