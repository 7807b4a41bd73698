"""The pages of the vocabulary: muscles, symptoms, techniques. Each gathers by itself what carries its tag."""

from __future__ import annotations

from collections.abc import Sequence

from kinopress.content.model.kinds import LISTED
from kinopress.content.model.pages import (
    Article,
    Exercise,
    Muscle,
    Page,
    Plan,
    Symptom,
    Technique,
    Term,
    Video,
)
from kinopress.content.relations.related import (
    articles_for,
    by_family,
    exercises_for,
    plans_for,
    suspected_in,
    videos_for,
)
from kinopress.content.relations.starts import Avoided, first_exercises
from kinopress.pages.coach.assessment import way_there
from kinopress.pages.parts import parts, start, warning_signs
from kinopress.pages.parts.figure import moving_figure
from kinopress.pages.parts.html import element, escape, heading_anchor, plain_text
from kinopress.pages.parts.plate import plate_block
from kinopress.pages.parts.wording import FAMILY_LABELS, STRUCTURE_LABELS
from kinopress.pages.place import Place
from kinopress.pages.text import render_body, render_line, render_sections


def _row(label: str, html: str) -> str:
    return f"<div><dt>{escape(label)}</dt><dd>{html}</dd></div>" if html else ""


def _links(place: Place, terms: Sequence[Term]) -> str:
    return ", ".join(place.link(t) for t in terms)


def _also_called(term: Term) -> str:
    return ", ".join(escape(name) for name in (*term.aliases, *term.lay))


def _exercise_groups(place: Place, exercises: list[Exercise], level: int = 3) -> str:
    """Exercises under a heading for each family."""
    return "".join(
        parts.section(place.phrase(FAMILY_LABELS[family]), parts.cards(place, found), level)
        for family, found in by_family(place.library, exercises)
    )


_HAVE_A_SECTION = (Exercise, Plan, Video, Article)


def _of_other_kinds(place: Place, term: Term) -> str:
    """What carries a term and is of a kind that has no section of its own on a term's page."""
    tagged = place.library.tagged.get(term.slug, ())
    return "".join(
        parts.section(
            place.phrase(row.labels), parts.cards(place, [p for p in tagged if p.kind == row.name])
        )
        for row in LISTED
        if not row.is_tag and row.page not in _HAVE_A_SECTION
    )


def gathered(place: Place, term: Term) -> str:
    """Everything that carries a term as its tag, under a heading for each kind."""
    groups = _exercise_groups(place, exercises_for(place.library, term))
    return "".join(
        [
            f"## {place.phrase('Exercises')}\n\n{groups}" if groups else "",
            parts.section(
                place.phrase("Day by day"), parts.cards(place, plans_for(place.library, term))
            ),
            _of_other_kinds(place, term),
            parts.section(
                place.phrase("Films"), parts.cards(place, videos_for(place.library, term))
            ),
            parts.section(
                place.phrase("To read"), parts.cards(place, articles_for(place.library, term))
            ),
        ]
    )


def foot(place: Place, term: Term) -> str:
    """How else people say it, what the page rests on, who has checked it."""
    return "".join(
        [
            parts.section(place.phrase("Other ways to say it"), parts.people_say(place, term)),
            parts.section(place.phrase("Sources"), parts.sources_list(place, term)),
            parts.block(parts.review_note(place, term)),
        ]
    )


def render_muscle(place: Place, page: Muscle) -> str:
    """What it is and does, what can be felt there, what works on it."""
    library = place.library
    shared = library.shared
    above = library.vocabulary.parent(page)
    below = [
        t
        for t in library.vocabulary.children.get(page.slug, ())
        if (t.kind, t.slug) in library.pages
    ]
    beside = (
        [t for t in library.vocabulary.children.get(above.slug, ()) if t.slug != page.slug]
        if above
        else []
    )
    facts = "".join(
        [
            _row(place.phrase("Kind"), escape(place.phrase(STRUCTURE_LABELS[page.structure]))),
            _row(place.phrase("Also called"), _also_called(page)),
            _row(
                place.phrase("Latin"),
                element("i", escape(page.latin), lang="la") if page.latin else "",
            ),
            _row(
                place.phrase("Where"),
                ", ".join(
                    escape(shared.regions[m.text].label.lower())
                    for m in page.regions
                    if m.text in shared.regions
                ),
            ),
            _row(place.phrase("What it does"), escape("; ".join(page.actions))),
            _row(place.phrase("Works against"), _links(place, library.terms(page.antagonists))),
            _row(
                place.phrase("Part of"),
                place.link(above) if above and (above.kind, above.slug) in library.pages else "",
            ),
            _row(place.phrase("Its parts"), _links(place, below)),
            _row(
                place.phrase("Beside it"),
                _links(place, [t for t in beside if (t.kind, t.slug) in library.pages]),
            ),
        ]
    )
    symptoms = suspected_in(library, page)
    groups = gathered(place, page)
    nothing = "" if exercises_for(library, page) else _no_exercise(place, symptoms, above)
    return "".join(
        [
            parts.heading(page.title, page.description),
            parts.block(plate_block(place, page)),
            parts.block(element("dl", facts, class_="kp-facts")),
            parts.block(render_body(place, page)),
            parts.section(place.phrase("What you may feel"), parts.cards(place, symptoms)),
            nothing,
            groups,
            foot(place, page),
        ]
    )


def _no_exercise(place: Place, symptoms: Sequence[Symptom], above: Term | None) -> str:
    """Where to go from a muscle no exercise is tagged with: up to its group, or to what is felt."""
    if above is not None and exercises_for(place.library, above):
        text = place.in_html(
            "No exercise here is aimed at this part alone. Those for the whole group are on the page {link}.",
            link=place.link(above),
        )
    elif symptoms:
        text = place.in_html(
            "No exercise here is aimed at this part. Start from what you feel: {links}.",
            links=_links(place, symptoms),
        )
    else:
        help_ = warning_signs.help_link(place, place.phrase("See who can help"))
        text = place.in_html("No exercise here is aimed at this part.") + (
            f" {help_}." if help_ else ""
        )
    return parts.section(place.phrase("Exercises"), element("p", text))


SYMPTOM_SECTIONS = ("what it can be", "check", "what to try", "what to leave out", "when to see")
"""How the headings of a symptom page begin. Below each, the page adds what its front matter holds."""


def render_symptom(place: Place, page: Symptom) -> str:
    """Warning signs, then what to do today; then what it can be, what else to do, what to avoid, whom to see."""
    library = place.library
    flags = [
        library.shared.red_flags[m.text]
        for m in page.red_flags
        if m.text in library.shared.red_flags
    ]
    suspects = [t for t in library.terms(page.suspects) if isinstance(t, Muscle)]
    first = first_exercises(library, page)
    plans = plans_for(library, page)
    shown = {one.exercise.slug for one in first}
    avoided = Avoided(library, page)
    exercises = [
        e for e in exercises_for(library, page) if e.slug not in shown and e not in avoided
    ]
    groups = _exercise_groups(place, exercises)
    can_be_tried = bool(groups or first)
    if not can_be_tried:
        help_ = warning_signs.help_link(place, place.phrase("See who can help"))
        groups = parts.block(
            element(
                "p",
                place.in_html("There is no exercise for this on the site.")
                + " "
                + (f"{help_}. " if help_ else "")
                + warning_signs.of_the_list(place, escape(library.shared.help.say("no_exercise"))),
                class_="kp-none",
            )
        )
    extra = {
        "what it can be": parts.block(parts.cards(place, suspects)),
        "check": parts.block(_checks(place, page)),
        "what to try": parts.block(
            _row_list(
                place.phrase("Ways of working"),
                parts.chip_row(place, library.terms(page.techniques)),
            )
        )
        + groups,
        "what to leave out": parts.block(
            _row_list(
                place.phrase("Leave out for now"), parts.chip_row(place, _to_leave_out(place, page))
            )
        ),
        "when to see": "",
    }
    titles = {
        "what it can be": place.phrase("What it can be"),
        "check": place.phrase("Checks"),
        "what to try": place.phrase("What to try"),
        "what to leave out": place.phrase("What to leave out for now"),
    }
    body: list[str] = []
    places = [("today", start.heading(place, first))] if first else []
    checks: tuple[str, str] | None = None
    for title, text in render_sections(place, page):
        key = next((k for k in SYMPTOM_SECTIONS if title.casefold().startswith(k)), None)
        if anchor := heading_anchor(title):
            places.append((anchor, plain_text(title)))
            checks = checks or (places[-1] if key == "check" else None)
        body.append(
            (f"## {title}\n\n" if title else "")
            + f"{text}\n\n"
            + (extra.pop(key, "") if key else "")
        )
    # What the coach gave no heading of her own still belongs on the page, in the same order.
    added = [(titles[key], html) for key, html in extra.items() if html and key in titles]
    body += [f"## {title}\n\n{html}" for title, html in added]
    places += [(heading_anchor(title), title) for title, _ in added]
    facts = "".join(
        [
            _row(place.phrase("Also called"), _also_called(page)),
            _row(
                place.phrase("Where"),
                ", ".join(
                    escape(library.shared.regions[m.text].label.lower())
                    for m in page.regions
                    if m.text in library.shared.regions
                ),
            ),
        ]
    )
    return "".join(
        [
            parts.heading(page.title, page.description),
            parts.block(parts.contents(place, places)),
            parts.block(warning_signs.flags_strip(place, flags)),
            start.today(place, page, first, plans, checks),
            *body,
            "" if first else parts.section(place.phrase("Day by day"), parts.cards(place, plans)),
            _of_other_kinds(place, page),
            parts.section(place.phrase("Films"), parts.cards(place, videos_for(library, page))),
            parts.section(place.phrase("To read"), parts.cards(place, articles_for(library, page))),
            # Where there is nothing to try, the page has said who can help: somebody else, and first.
            parts.block(way_there(place)) if can_be_tried else "",
            parts.section(place.phrase("Sources"), parts.sources_list(place, page)),
            parts.section(
                place.phrase("Other ways to say it"),
                (element("dl", facts, class_="kp-facts") if facts else "")
                + parts.people_say(place, page),
                anchor="said",
            ),
            parts.block(parts.review_note(place, page)),
        ]
    )


def _to_leave_out(place: Place, page: Symptom) -> list[Page]:
    """The techniques and the exercises a symptom asks to leave out."""
    named = (place.library.get(Exercise, m) or place.library.term(m) for m in page.avoid)
    return [found for found in named if found is not None]


def _row_list(label: str, chips: str) -> str:
    return (
        element("div", element("p", escape(label), class_="kp-label") + chips, class_="kp-labelled")
        if chips
        else ""
    )


def _checks(place: Place, page: Symptom) -> str:
    """Home checks with how they are done; clinicians' tests by name only."""
    items = []
    for mention in page.tests:
        check = place.library.shared.checks.get(mention.text)
        if check is None:
            continue
        if check.home:
            real = place.in_html("A real change: {change}", change=escape(check.real_change))
            body = f"<p>{escape(check.how)}</p><p>{real}</p>"
        else:
            by = place.in_html("Done by a clinician.")
            body = f"<p>{by} {escape(check.how)}</p>"
        items.append(
            element("details", f"<summary>{escape(check.title)}</summary>{body}", class_="kp-check")
        )
    return element("div", "".join(items), class_="kp-checks") if items else ""


def _shown(place: Place, page: Technique) -> str:
    """Its typical movement: the figure of the exercise it names, if there is one."""
    exercise = place.library.get(Exercise, page.shown_by)
    drawn = moving_figure(place, exercise) if exercise else ""
    if exercise is None or not drawn:
        return ""
    words = element(
        "p", place.in_html("As in {link}.", link=place.link(exercise)), class_="kp-label"
    )
    return element("div", drawn + words, class_="kp-shown")


def render_technique(place: Place, page: Technique) -> str:
    """What it is, the usual dose, what trials say, and every exercise that uses it."""
    library = place.library
    above = library.vocabulary.parent(page)
    below = [
        t
        for t in library.vocabulary.children.get(page.slug, ())
        if (t.kind, t.slug) in library.pages
    ]
    facts = "".join(
        [
            _row(place.phrase("Family"), escape(place.phrase(FAMILY_LABELS[page.family]))),
            _row(place.phrase("Also called"), _also_called(page)),
            _row(
                place.phrase("A form of"),
                place.link(above) if above and (above.kind, above.slug) in library.pages else "",
            ),
            _row(place.phrase("Its forms"), _links(place, below)),
        ]
    )
    caution = (
        element(
            "p",
            element("strong", place.in_html("Careful.")) + " " + escape(page.caution),
            class_="kp-caution",
        )
        if page.caution
        else ""
    )
    helps = [
        s for s in library.symptoms if any(t.slug == page.slug for t in library.terms(s.techniques))
    ]
    nothing = ""
    if not exercises_for(library, page):
        nothing = parts.section(
            place.phrase("Exercises"),
            element(
                "p",
                place.in_html(
                    "No exercise on this site uses it by itself. {all_exercises} are listed by technique and region.",
                    all_exercises=element(
                        "a", place.in_html("All exercises"), href=place.url("exercises/index.md")
                    ),
                ),
            ),
        )
    return "".join(
        [
            parts.heading(page.title, page.description),
            parts.block(element("dl", facts, class_="kp-facts")),
            parts.block(caution),
            parts.block(_shown(place, page)),
            parts.section(
                place.phrase("The usual dose"),
                parts.dosage_card(place, page.dosage, place.phrase("Usual dose")),
            ),
            parts.block(render_body(place, page)),
            f"## {place.phrase('What trials say')}\n\n<p>{render_line(place, page, page.evidence)}</p>\n\n"
            if page.evidence
            else "",
            nothing,
            gathered(place, page),
            parts.section(place.phrase("Where it is tried"), parts.chip_row(place, helps)),
            foot(place, page),
        ]
    )
