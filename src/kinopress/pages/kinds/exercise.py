"""The page of an exercise."""

from __future__ import annotations

import re

from kinopress.content.model.pages import Article, Exercise, Symptom, Technique, Video
from kinopress.content.relations.companions import companions
from kinopress.content.relations.related import related, videos_of_exercise
from kinopress.pages.coach.assessment import way_there
from kinopress.pages.parts import choices, figure, parts, sheet, warning_signs
from kinopress.pages.parts.choices import Choice
from kinopress.pages.parts.follow.button import start_button
from kinopress.pages.parts.html import element, escape, markdown_text
from kinopress.pages.parts.plan_figures import doses_for_plans, doses_in_plans
from kinopress.pages.parts.start import doses_for_symptoms
from kinopress.pages.parts.wording import FAMILY_LABELS, THEORY, dosage_sentence
from kinopress.pages.place import Place
from kinopress.pages.text import film, render_line, render_sections


def render_exercise(place: Place, page: Exercise) -> str:
    """What one needs on the mat first: picture, dose, steps; then the coach's words; why and sources in a fold."""
    library = place.library
    terms = library.terms(page.tags)
    films = videos_of_exercise(library, page)
    neighbours = []
    ladder = (
        (place.phrase("Easier"), page.easier),
        (place.phrase("Harder"), page.harder),
    )
    for label, mention in ladder:
        other = library.get(Exercise, mention)
        if other is not None:
            neighbours.append(f"<div><dt>{escape(label)}</dt><dd>{place.link(other)}</dd></div>")
    symptoms = [t for t in terms if isinstance(t, Symptom)]
    words, theory = _words(place, page)
    return "".join(
        [
            _heading(place, page),
            parts.block(_top(place, page, films)),
            parts.block(element("p", escape(page.description), class_="kp-lead")),
            parts.block(_facts(place, page)),
            parts.block(warning_signs.flags_fold(place, symptoms)),
            parts.block(_position_advice(place, page)),
            parts.section(place.phrase("How to do it"), _steps(place, page, has_film=bool(films))),
            parts.section(
                place.phrase("How much"),
                parts.dosage_card(place, page.dosage, place.phrase("Dosage")),
                anchor=place.anchor("How much"),
            ),
            parts.block(doses_in_plans(place, page)),
            parts.block(sheet.ticks(place)),
            parts.block(element("div", class_="kp-sheet-end")),
            parts.block(words),
            parts.section(
                place.phrase("Easier and harder"),
                element("dl", "".join(neighbours), class_="kp-facts") if neighbours else "",
            ),
            theory,
            parts.section(place.phrase("More films"), parts.cards(place, films[1:])),
            parts.section(place.phrase("What it belongs to"), parts.chips(place, terms)),
            parts.section(
                place.phrase("Goes well with"), parts.cards(place, companions(library, page))
            ),
            parts.section(
                place.phrase("To read"), parts.cards(place, related(library, page, Article, 3))
            ),
            parts.block(way_there(place)),
            parts.block(parts.review_note(place, page)),
        ]
    )


def _heading(place: Place, page: Exercise) -> str:
    """The title; of `MET for piriformis: push and release` what to do first, and the coach's term second."""
    term, _, plain = (part.strip() for part in page.title.partition(": "))
    if not plain or not _begins_with_a_technique(place, term):
        return parts.heading(page.title)
    first = markdown_text(plain[:1].upper() + plain[1:])
    return f"# {first} {element('small', escape(term))}\n\n"


def _begins_with_a_technique(place: Place, words: str) -> bool:
    """Whether words begin with a name of a technique."""
    found = words.split()
    resolve = place.library.vocabulary.resolve
    return any(
        isinstance(resolve(" ".join(found[:count])), Technique)
        for count in range(1, len(found) + 1)
    )


def _top(place: Place, page: Exercise, films: list[Video]) -> str:
    """What is on a phone's first screen, and stays in sight on a wide one: film or figure, and the dose."""
    seen = film(place, films[0]) if films else figure.moving_figure(place, page)
    dose = dosage_sentence(page.dosage, place.words)
    inner = (
        seen
        + doses_for_symptoms(place, page)
        + doses_for_plans(place, page)
        + (element("p", escape(dose), class_="kp-dose") if dose else "")
        + start_button(place, page, page.dosage, own=True)
        + sheet.way_back(place)
    )
    return element("div", element("div", inner), class_="kp-top") if inner else ""


def _facts(place: Place, page: Exercise) -> str:
    """How it is done and with what, each leading to the list of its like."""
    level, position = choices.level_of(page), choices.position_of(page)
    family = parts.family_of(place, page)
    found = [
        Choice(f"family-{family}", place.phrase(FAMILY_LABELS[family])),
        *([level] if level else []),
    ]
    chips = [_chip(place, choice, place.phrase(choice.label)) for choice in found]
    if position:
        chips.append(_chip(place, position, page.position[:1].upper() + page.position[1:]))
    elif page.position:
        chips.append(element("span", escape(page.position), class_="kp-chip"))
    needed = [(words, choices.ways(words)) for words in page.equipment] or [
        (place.phrase("nothing"), [])
    ]
    chips += [
        _chip(
            place,
            next(iter(ways), choices.NOTHING),
            place.phrase("You need: {things}", things=words),
        )
        for words, ways in needed
    ]
    return element("p", " ".join(chips), class_="kp-chip-row kp-fact-chips")


def _chip(place: Place, choice: Choice, words: str) -> str:
    address = f"{place.url(choices.LISTS)}#{choice.anchor}"
    return element("a", escape(words), class_="kp-chip", href=address)


def _steps(place: Place, page: Exercise, *, has_film: bool) -> str:
    """The steps, each beside its drawing."""
    words = [render_line(place, page, step.text) for step in page.steps]
    listed = parts.step_list(place, page.steps, words, figure.step_stills(place, page))
    moving = figure.moving_figure(place, page) if has_film else ""
    counted = any(_COUNTS.search(step.text) for step in page.steps)
    usual = element("p", place.in_html(USUAL), class_="kp-usual") if counted else ""
    return (
        usual + figure.other_stills(place, page) + listed + figure.figure_key(place, page) + moving
    )


_COUNTS = re.compile(
    r"\d|\b(?:two|three|four|five|six|eight|ten|twelve|fifteen|twenty|once|twice)\b", re.IGNORECASE
)
USUAL = "Numbers in these steps belong to the usual dose; yours may differ."
"""Shown to who comes from a symptom or a plan, whose own dose is at the top."""


def _words(place: Place, page: Exercise) -> tuple[str, str]:
    """The coach's words that say what to do; and in a fold, why and the sources."""
    shown: list[str] = []
    why: list[tuple[str, str]] = []
    for title, text in render_sections(place, page):
        section = f"## {title}\n\n{text}" if title else text
        is_theory = title.casefold().rstrip("?") in THEORY and _may_be_folded(text)
        if is_theory:
            why.append((title, section))
        else:
            shown.append(section)
    sources = parts.section(place.phrase("Sources"), parts.sources_list(place, page))
    inside = "".join(parts.block(section) for _, section in why) + sources
    if not inside:
        return "\n\n".join(shown), ""
    names = [title for title, _ in why] + ([place.phrase("Sources")] if sources else [])
    summary = element("summary", markdown_text(" · ".join(names)))
    # The fold is of HTML, what is in it of Markdown: headings keep their places on the page.
    fold = f'<details class="kp-theory" markdown="1">\n{summary}\n\n{inside}</details>\n\n'
    return "\n\n".join(shown), fold


_CITATION = re.compile(r'<sup class="kp-cite">.*?</sup>')


def _may_be_folded(text: str) -> bool:
    """Whether nothing in a text could end the fold around it, or belongs to the foot of the page."""
    return "<" not in _CITATION.sub("", text) and "[^" not in text


def _position_advice(place: Place, page: Exercise) -> str:
    words = place.library.shared.help.advice_on(page.position)
    return element("p", escape(words), class_="kp-caution", lang=place.told_lang) if words else ""
