"""The button that starts an exercise, and what is offered at its end."""

from __future__ import annotations

import itertools

from kinopress.content.model.dosage import Dosage
from kinopress.content.model.pages import Exercise, Symptom
from kinopress.pages.parts.follow.data import follow_data
from kinopress.pages.parts.follow.limits import Limits
from kinopress.pages.parts.html import as_json, element
from kinopress.pages.parts.wording import days_words
from kinopress.pages.place import Place

_SYMPTOMS_MAX = 2


def start_button(
    place: Place,
    page: Exercise,
    dosage: Dosage,
    name: str | None = None,
    *,
    limits: Limits | None = None,
    own: bool = False,
    symptom: Symptom | None = None,
) -> str:
    """The button that starts an exercise, hidden until a script is there; nothing where no dose is told.

    ``name`` is what a screen reader says of it where several doses can be started, ``limits`` what is to be
    heeded all the while, if anything. ``symptom`` is whose dose it is, and where its end leads back to first. ``own`` is for the exercise's own dose, as in :func:`follow_data`.
    """
    data = follow_data(place, page, dosage, limits, own=own)
    if data is None:
        return ""
    if following := _what_next(place, page, dosage, symptom):
        data["next"] = following
    words = (
        place.in_html("Start: follow along")
        if name is None
        else place.in_html("Start with this dose")
    )
    button = element("button", words, type="button", class_="kp-start", aria_label=name)
    started = element("kp-follow", button, hidden=True, data_follow=as_json(data))
    return element(
        "div", started
    )  # Markdown would take an element that it does not know for words of a paragraph


def _what_next(
    place: Place, page: Exercise, dosage: Dosage, symptom: Symptom | None
) -> list[list[str]]:
    """What is offered at the end, where no plan says what comes: a sentence, its link's words and its address.

    What is easier and harder, when to do it again, and the symptoms that the exercise is for.
    """
    library = place.library
    found: list[list[str]] = []
    for sentence, slug in (
        (place.phrase("Was it too much? Easier: {link}."), page.easier),
        (place.phrase("No trouble at all? Harder: {link}."), page.harder),
    ):
        other = library.get(Exercise, slug)
        if other is not None:
            found.append([sentence, other.title, place.url(other)])
    if dosage.days_per_week:
        often = days_words(dosage.days_per_week, place.words)
        found.append([place.phrase("Again: {often}.", often=often), "", ""])
    others = (
        term
        for term in library.terms(page.tags)
        if isinstance(term, Symptom) and not (symptom and term.slug == symptom.slug)
    )
    for_what = itertools.chain([symptom] if symptom else [], others)
    found += [
        [place.phrase("Back to: {link}"), back.title, place.url(back)]
        for back in itertools.islice(for_what, _SYMPTOMS_MAX)
    ]
    return found
