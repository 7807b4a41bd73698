"""The kinds of page: where each is written, and where it is on the site."""

from __future__ import annotations

from collections.abc import Mapping

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
    Video,
)

FOLDERS: dict[str, Kind] = {
    "docs/articles": "article",
    "docs/muscles": "muscle",
    "docs/plans": "plan",
    "docs/symptoms": "symptom",
    "docs/techniques": "technique",
    "exercises": "exercise",
    "videos": "video",
}


LISTS = (
    "exercises",
    "symptoms",
    "muscles",
    "techniques",
    "plans",
    "articles",
    "videos",
    "a-z",
    "find",
    "body",
    "reviews",
)
"""The addresses of the lists that are made by themselves, and of the pages below them."""


FOLDER_OF: Mapping[Kind, str] = {
    "exercise": "exercises",
    "symptom": "symptoms",
    "muscle": "muscles",
    "technique": "techniques",
    "plan": "plans",
    "article": "articles",
    "video": "videos",
    "page": "",
}
"""Where pages of a kind live on the site. Its order decides which page ``[[name]]`` means."""


_CLASS_OF: Mapping[Kind, type[Page]] = {
    "exercise": Exercise,
    "symptom": Symptom,
    "muscle": Muscle,
    "technique": Technique,
    "plan": Plan,
    "article": Article,
    "video": Video,
    "page": PlainPage,
}
