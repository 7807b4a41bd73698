"""A title that begins with somebody's name is known by how the site writes that word, and by no list."""

from __future__ import annotations

import pytest

from kinopress.content.model.pages import Article, Page
from kinopress.finder.own_names import titles_with_names


def _named(*pages: tuple[str, str]) -> list[str]:
    every: list[Page] = [
        Article(kind="article", path=f"docs/{at}.md", slug=str(at), title=title, description=said)
        for at, (title, said) in enumerate(pages)
    ]
    return [every[at].title for at in titles_with_names(every)]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Dupuytren cord", "What a Dupuytren cord is, and what helps."),
        ("Achilles tendon", "It joins the calf, by way of the Achilles, to the heel."),
        ("Morton’s neuroma", "A nerve in the foot."),
        ("Morton's neuroma", "A nerve in the foot."),
        ("Osgood-Schlatter pain", "Below the kneecap."),
        ("Élan tendon", "What an Élan tendon is."),
    ],
)
def test_a_word_that_is_large_inside_a_sentence_is_a_name(title: str, said: str) -> None:
    assert _named((title, said)) == [title]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Piriformis", "The piriformis lies deep."),
        ("Piriformis", "It lies deep. Piriformis is its name."),
        ("Calf", "Two muscles: Calf and soleus."),
        ("Tight Hamstrings", "Feeling Tight? Sore, tight hamstrings."),
        ("Runner’s knee", "A runner feels it."),
        ("Can’t touch your toes", "You can bend, though."),
        ("Single-leg bridge", "On one leg."),
        ("Übung", ""),
        ("", ""),
        ("3D walk", "Three ways."),
        ("psoas", "The Psoas."),
    ],
)
def test_any_other_word_is_none(title: str, said: str) -> None:
    others = ("A page", "Words for a runner and for whoever has a calf that can do little.")
    assert _named((title, said), others) == []


def test_another_page_tells_as_well() -> None:
    pages = [
        ("Baxter nerve", "It runs to the heel."),
        ("Heel pain", "One cause is the Baxter nerve."),
    ]
    assert _named(*pages) == ["Baxter nerve"]
