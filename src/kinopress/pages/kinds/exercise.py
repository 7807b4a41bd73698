"""The page of an exercise."""

from __future__ import annotations

from kinopress.content.model.pages import Article, Exercise, Symptom
from kinopress.content.relations.related import related, videos_of_exercise
from kinopress.pages.parts import parts, warning_signs
from kinopress.pages.parts.figure import figure_block
from kinopress.pages.parts.follow import start_button
from kinopress.pages.parts.html import element, escape
from kinopress.pages.parts.plan_figures import doses_in_plans
from kinopress.pages.parts.wording import FAMILY_LABELS
from kinopress.pages.place import Place
from kinopress.pages.text import film, render_body, render_line


def render_exercise(place: Place, page: Exercise) -> str:
    """What it is, how much, the film, the steps, the coach's words, what comes before and after."""
    library = place.library
    terms = library.terms(page.tags)
    films = videos_of_exercise(library, page)
    facts = [
        ("Kind", FAMILY_LABELS[parts.family_of(place, page)]),
        ("Level", page.level),
        ("Position", page.position),
        ("You need", ", ".join(page.equipment) or "nothing"),
    ]
    rows = "".join(
        f"<div><dt>{label}</dt><dd>{escape(value)}</dd></div>" for label, value in facts if value
    )
    neighbours = []
    for label, mention in (("Easier", page.easier), ("Harder", page.harder)):
        other = library.get(Exercise, mention)
        if other is not None:
            neighbours.append(f"<div><dt>{label}</dt><dd>{place.link(other)}</dd></div>")
    symptoms = [t for t in terms if isinstance(t, Symptom)]
    steps = parts.step_list(
        page.steps, [render_line(place, page, step.text) for step in page.steps]
    )
    return "".join(
        [
            parts.heading(page.title, page.description),
            parts.block(element("dl", rows, class_="kp-facts")),
            parts.block(warning_signs.flags_fold(place, symptoms)),
            "".join(parts.block(film(place, video)) for video in films[:1]),
            parts.section("How much", parts.dosage_card(page.dosage, "Dosage")),
            parts.block(start_button(place, page, page.dosage)),
            parts.block(doses_in_plans(place, page)),
            parts.block(_position_advice(place, page)),
            parts.section("How to do it", figure_block(place, page.slug, page.title) + steps),
            parts.block(render_body(place, page)),
            parts.section(
                "Easier and harder",
                element("dl", "".join(neighbours), class_="kp-facts") if neighbours else "",
            ),
            parts.section("More films", parts.cards(place, films[1:])),
            parts.section("What it belongs to", parts.chips(place, terms)),
            parts.section("Goes well with", parts.cards(place, related(library, page, Exercise))),
            parts.section("To read", parts.cards(place, related(library, page, Article, 3))),
            parts.section("Sources", parts.sources_list(place, page)),
            parts.block(parts.review_note(place, page)),
        ]
    )


def _position_advice(place: Place, page: Exercise) -> str:
    words = place.library.shared.help.advice_on(page.position)
    return element("p", escape(words), class_="kp-caution") if words else ""
