"""Which function makes the page of which kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kinopress.content.model.pages import Kind
from kinopress.pages.kinds.any_kind import render_any
from kinopress.pages.kinds.exercise import render_exercise
from kinopress.pages.kinds.plan import render_plan
from kinopress.pages.kinds.reading import render_article, render_plain, render_video
from kinopress.pages.kinds.terms import render_muscle, render_symptom, render_technique
from kinopress.pages.place import Place

Renderer = Callable[[Place, Any], str]
"""Takes the place of a page and the page, which is of the kind's own class; gives its Markdown."""

_OF_THEIR_OWN: Mapping[Kind, Renderer] = {
    "article": render_article,
    "exercise": render_exercise,
    "video": render_video,
    "plan": render_plan,
    "muscle": render_muscle,
    "symptom": render_symptom,
    "technique": render_technique,
    "page": render_plain,
}


def renderer_of(kind: Kind) -> Renderer:
    """What makes a page of a kind; one without a renderer of its own shows what every page has."""
    return _OF_THEIR_OWN.get(kind, render_any)
