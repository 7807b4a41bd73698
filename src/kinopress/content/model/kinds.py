"""The kinds of page: one row each, and whatever is known of a kind by looking at its row.

A new kind is a row here (:data:`KINDS`), with its class; every floor of the house makes what it needs of the
row: a form, a list, a place in the search, an empty page. Where a kind wants more than that, it stands by its
name in that floor's one registry: ``content.forms.pages`` (fields of its own), ``pages.kinds.renderers`` (its
page), ``pages.lists.lists`` (how its list is ordered), ``project.new.templates`` (its empty page).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kinopress.content.model.pages import (
    Article,
    Exercise,
    Kind,
    Muscle,
    Page,
    PlainPage,
    Plan,
    Symptom,
    Technique,
    Term,
    Video,
)

SharedAs = Literal["website", "article", "video.other"]
"""What a page is where it is shared, in the words of https://ogp.me/#types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfPage:
    """All that the house knows of one kind of page.

    Attributes:
        name: The word for one in commands, messages and code: ``kinopress new exercise``.
        page: What a page of it is read as; no two kinds share a class. A :class:`Term` is a tag.
        source: The folder its files lie in, from the project's.
        site: The folder its pages stand in on the site; empty for ordinary pages, which stand anywhere.
        label: What a reader is told that one is.
        labels: The heading of the list, and what leads to it.
        listed: The sentence below the heading of the list.
        in_full: What the list of reviews calls them, where that is more than ``labels``.
        tagged: What stands before such tags on the page of an exercise or a film; ``label`` by default.
        about: What stands before such tags on an article; ``label`` by default.
        sources: Whether a page must say what it rests on, had better, or need not.
        newest_first: Whether lists begin with the newest page rather than the first in the alphabet.
        shared_as: What one is where its address is shared.
        in_search: Its place among the kinds in the files of the search; terms stand before all others.
        in_results: The group in which it is found: what to do today, what it may be, what to read, the site itself.
        belongs: What joins one to a tag in a result: an exercise *for* the piriformis; empty where nothing is joined.
        asked_by: Words with which somebody who searches asks for one: a *schedule* is a plan.
        ranks_as: What the search takes one for: something *felt* lends to the parts it may come from and to what
            is tried for it; movements told in words are sought among what is *moved*.
        in_menu: Its place in the main menu, which begins with the lowest; ``None`` keeps it out.
    """

    name: Kind
    page: type[Page]
    source: str
    site: str
    label: str
    labels: str
    listed: str = ""
    in_full: str = ""
    tagged: str = ""
    about: str = ""
    sources: Literal["needed", "welcome", "not asked for"] = "not asked for"
    newest_first: bool = False
    shared_as: SharedAs = "website"
    in_search: int = 50
    in_results: Literal["do", "be", "read", "site"] = "read"
    belongs: str = ""
    asked_by: str = ""
    ranks_as: Literal["felt", "moved", ""] = ""
    in_menu: int | None = None

    @property
    def is_tag(self) -> bool:
        """Whether its pages are the list of tags."""
        return issubclass(self.page, Term)

    @property
    def one(self) -> str:
        """One of it in a message: ``an exercise``."""
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"

    @property
    def index(self) -> str:
        """The list of its pages, in the plain tree."""
        return f"{self.site}/index.md"


_ROWS = (
    KindOfPage(
        name="exercise",
        page=Exercise,
        source="exercises",
        site="exercises",
        label="Exercise",
        labels="Exercises",
        listed="Every exercise, by technique and by part of the body.",
        sources="needed",
        in_search=40,
        in_results="do",
        belongs="for",
        asked_by="exercise drill",
        ranks_as="moved",
        in_menu=30,
    ),
    KindOfPage(
        name="symptom",
        page=Symptom,
        source="docs/symptoms",
        site="symptoms",
        label="Symptom",
        labels="Symptoms",
        listed="Where it hurts, pulls or goes numb, by part of the body.",
        tagged="Tried for",
        about="About",
        sources="needed",
        in_search=20,
        in_results="be",
        asked_by="symptom",
        ranks_as="felt",
        in_menu=10,
    ),
    KindOfPage(
        name="muscle",
        page=Muscle,
        source="docs/muscles",
        site="muscles",
        label="Body part",
        labels="Muscles",
        listed="Muscles, tendons, nerves and joints, by part of the body.",
        in_full="Muscles, tendons, nerves and joints",
        tagged="Works on",
        about="Body",
        sources="needed",
        in_search=10,
        in_results="be",
        asked_by="muscle tendon ligament nerve",
        in_menu=20,
    ),
    KindOfPage(
        name="technique",
        page=Technique,
        source="docs/techniques",
        site="techniques",
        label="Technique",
        labels="Techniques",
        listed="The ways of working on muscles and joints.",
        sources="needed",
        in_search=30,
    ),
    KindOfPage(
        name="plan",
        page=Plan,
        source="docs/plans",
        site="plans",
        label="Plan",
        labels="Plans",
        listed="14 days, day by day: short sessions, with checks and a pain rule.",
        in_search=45,
        in_results="do",
        belongs="for",
        asked_by="plan programme program schedule fortnight",
        in_menu=40,
    ),
    KindOfPage(
        name="article",
        page=Article,
        source="docs/articles",
        site="articles",
        label="Article",
        labels="Articles",
        listed="All articles, the newest first.",
        sources="needed",
        newest_first=True,
        shared_as="article",
        in_search=70,
        belongs="about",
        asked_by="article blog explain guide advice myth truth evidence",
        in_menu=60,
    ),
    KindOfPage(
        name="video",
        page=Video,
        source="videos",
        site="videos",
        label="Film",
        labels="Films",
        listed="All films, week by week, the newest first.",
        sources="welcome",
        newest_first=True,
        shared_as="video.other",
        in_search=60,
        in_results="do",
        belongs="for",
        asked_by="video film youtube clip",
        in_menu=50,
    ),
    KindOfPage(
        name="page",
        page=PlainPage,
        source="docs",
        site="",
        label="Page",
        labels="Pages",
        in_full="Other pages",
        in_search=90,
        in_results="site",
    ),
)

KINDS: Mapping[Kind, KindOfPage] = {row.name: row for row in _ROWS}
"""Every kind by its name. Their order decides which page ``[[name]]`` means."""

SEARCHED = tuple(sorted(_ROWS, key=lambda row: (not row.is_tag, row.in_search)))
"""The kinds as they stand in the files of the search: terms first, since a reader's words lead to them."""

LISTED = tuple(row for row in _ROWS if row.site)
"""The kinds with a list of their own: all but ordinary pages."""

IN_FOLDERS: Mapping[str, Kind] = {row.source: row.name for row in LISTED}
"""The folder of files → the kind of page that each of them gives; anything else in docs/ is an ordinary page."""

SETTINGS_FILE = "mkdocs.yml"
"""Where a project's settings are, and what tells its folder from others."""

SOURCE_TOPS = tuple(dict.fromkeys(["docs", *(row.source.partition("/")[0] for row in _ROWS)]))
"""The folders of a project in which sources lie."""

OWN_LISTS = ("a-z", "find", "offline", "reviews")
"""The lists that are made by themselves and belong to no kind: addresses of one page each."""

LISTS = (*(row.site for row in LISTED), "body", *OWN_LISTS)
"""The addresses of the lists that are made by themselves, and of the pages below them."""

_OF_CLASS: Mapping[type[Page], KindOfPage] = {row.page: row for row in _ROWS}


def kind_of(page: type[Page]) -> KindOfPage:
    """The kind whose pages are read as a class; for the class of a kind only."""
    return _OF_CLASS[page]
