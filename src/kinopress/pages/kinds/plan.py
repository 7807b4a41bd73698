"""The page of a plan: whole and plain without a script, two sheets on paper, and what the script needs as data."""

from __future__ import annotations

from kinopress.content.model.pages import Article, Plan, Symptom
from kinopress.content.model.plans import PLAN_DAYS, TEST_DAYS
from kinopress.content.model.shared import RedFlag
from kinopress.content.relations.related import related
from kinopress.content.relations.sessions import Sessions, minutes_of
from kinopress.pages.coach.assessment import way_there
from kinopress.pages.coach.coach import sender
from kinopress.pages.kinds.plan_data import plan_data
from kinopress.pages.parts import parts, warning_signs
from kinopress.pages.parts import plan as plan_parts
from kinopress.pages.parts.html import as_json, element, escape
from kinopress.pages.parts.plan_figures import sessions_of
from kinopress.pages.parts.wording import minutes_words
from kinopress.pages.place import Place
from kinopress.pages.text import render_body, split_sections

NOT_FOR = "not-for"
"""The place on the page of what rules a plan out."""
FOR_WHOM = "is this the right plan"
"""How the heading begins of what a reader needs before anything else; it goes to the top of the page."""


def render_plan(place: Place, page: Plan) -> str:
    """Today (with a script), warning signs, for whom it is, the days, pain, the sessions, checks, swaps; then the coach's words."""
    library = place.library
    sessions = sessions_of(place, page)
    about = related(library, page, Article, 3)
    written = split_sections(render_body(place, page))
    first = [part for part in written if part[0].casefold().startswith(FOR_WHOM)]
    rest = [part for part in written if part not in first]
    return "".join(
        [
            parts.heading(page.title, page.description),
            parts.block(parts.contents(place, _places(place, page))),
            # Whoever comes back each day need not look for it; on the first day it leads on to what rules the plan out.
            parts.block(_today(place, page, sessions)),
            parts.block(ruled_out(place, page)),
            _for_whom(first),
            parts.block(facts(place, page, sessions)),
            parts.section(
                place.phrase("The 14 days"),
                plan_parts.days_table(place, page, sessions),
                anchor="days",
            ),
            parts.section(
                place.phrase("Pain: the traffic light"),
                plan_parts.pain_lights(place, page, page.pain_rule),
                anchor="pain",
            )
            if page.pain_rule
            else "",
            parts.section(
                place.phrase("The sessions"),
                plan_parts.session_lists(place, page, sessions),
                anchor="sessions",
            ),
            parts.section(
                place.phrase("Checks: day {days}", days=plan_parts.days_words(place, TEST_DAYS)),
                plan_parts.checks_table(place, page),
                anchor="checks",
            ),
            parts.section(place.phrase("Swaps"), plan_parts.swap_list(place, page), anchor="swaps"),
            parts.section(
                place.phrase("After day {n}", n=PLAN_DAYS),
                element("p", escape(page.after)),
                anchor="after",
            ),
            # On paper the plan ends here; what follows is for reading.
            parts.block(element("div", "", class_="kp-plan-end")),
            *(f"## {title}\n\n{text}\n\n" if title else f"{text}\n\n" for title, text in rest),
            parts.section(
                place.phrase("What it is for"),
                parts.chips(place, library.terms(page.about), about=True),
            ),
            parts.section(place.phrase("To read"), parts.cards(place, about)),
            parts.block(way_there(place)),
            parts.section(place.phrase("Sources"), parts.sources_list(place, page)),
            parts.block(parts.review_note(place, page)),
        ]
    )


def _places(place: Place, page: Plan) -> list[tuple[str, str]]:
    """Where on the page one goes again and again in two weeks: (anchor, words)."""
    return [
        ("days", place.phrase("The 14 days")),
        *([("pain", place.phrase("Pain: the traffic light"))] if page.pain_rule else []),
        ("sessions", place.phrase("The sessions")),
        ("checks", place.phrase("Checks")),
        *([("swaps", place.phrase("Swaps"))] if page.swaps else []),
        ("after", place.phrase("After day {n}", n=PLAN_DAYS)),
    ]


def facts(place: Place, page: Plan, sessions: Sessions) -> str:
    """What it is for, how its days are shared out, how long a session takes, what is needed."""
    strength = sum(sessions.is_strength(day) for day in page.days)
    light = sum(bool(day.do) for day in page.days) - strength
    rest = PLAN_DAYS - strength - light
    kinds = [
        place.phrase("{n} strength", n=strength),
        place.phrase("{n} light", n=light),
        place.phrase("{n} rest", n=rest) if rest else "",
    ]
    equipment = dict.fromkeys(
        thing
        for block in page.blocks
        for _, exercise in sessions.of_day([block.name])
        for thing in exercise.equipment
    )
    needed = [
        t for t in equipment if t.removesuffix(" optional") not in equipment or " optional" not in t
    ]
    minutes = escape(minutes_words(*minutes_of(page, sessions), place.words))
    rows = [
        (
            place.in_html("For"),
            ", ".join(place.link(term) for term in place.library.terms(page.symptoms)),
        ),
        (
            place.in_html("Days"),
            escape(f"{PLAN_DAYS}: {', '.join(kind for kind in kinds if kind)}"),
        ),
        (place.in_html("A day"), place.in_html("about {minutes}", minutes=minutes)),
        (place.in_html("You need"), escape(", ".join(needed) or place.phrase("nothing"))),
    ]
    return element(
        "dl",
        "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in rows if value),
        class_="kp-facts",
    )


def _for_whom(written: list[tuple[str, str]]) -> str:
    """For whom the plan is, between two marks: who has begun has read it, and paper has room for two sheets."""
    if not written:
        return ""
    begin, end = (element("div", "", class_=f"kp-for-whom{x}") for x in ("", "-end"))
    text = "".join(f"## {title}\n\n{text}\n\n" for title, text in written)
    return parts.block(begin) + text + parts.block(end)


def ruled_out(place: Place, page: Plan, *, fold: bool = True) -> str:
    """What rules the plan out: by how soon, and below it every sign in full, with those of its symptoms that can wait (``fold``).

    Without the fold there are no other pages either: what has its own plan is something to ask the coach about.
    """
    own = plan_parts.ruling_out(place, page)
    elsewhere = [
        place.link(term) if fold else element("span", escape(term.title), lang=place.lang_of(term))
        for term in other_symptoms(place, page)
    ]
    line = ""
    if own or elsewhere:
        others = "".join(element("li", term) for term in elsewhere)
        instead = place.in_html("Begin on its own page") if fold else place.in_html("Ask the coach")
        line = element(
            "div",
            "<p>"
            + place.in_html(
                "{not_for_you_now} with any of these:",
                not_for_you_now=element("strong", place.in_html("Not for you now")),
            )
            + "</p>"
            + warning_signs.by_urgency(place, own)
            + (warning_signs.headed(instead, others) if others else "")
            + ("" if fold or not others else _reach(place)),
            class_="kp-caution kp-not-for",
            id=NOT_FOR,
        )
    in_full = ""
    if fold:
        # What stands right above in a line each is not a second warning, but explained.
        words = (
            place.phrase("Each sign in full, and what to do")
            if line
            else place.phrase("Before you start: check the warning signs")
        )
        in_full = warning_signs.fold(place, every_sign(place, page), words)
    return "\n\n".join(x for x in (line, in_full) if x)


def _reach(place: Place) -> str:
    """Who is to be asked, where no other page says it."""
    found = sender(place)
    return element("p", found) if found else ""


def every_sign(place: Place, page: Plan) -> list[RedFlag]:
    """The signs that rule a plan out, and those of its symptoms that can wait."""
    flags = place.library.shared.red_flags
    terms = place.library.terms(page.symptoms)
    keys = [m.text for term in terms if isinstance(term, Symptom) for m in term.red_flags]
    found = (*plan_parts.ruling_out(place, page), *(flags[key] for key in keys if key in flags))
    return list({flag.key: flag for flag in found}.values())


def other_symptoms(place: Place, page: Plan) -> list[Symptom]:
    """The symptoms a plan is not for, those whose pages are shown."""
    found = (place.library.term(mention) for mention in page.not_for)
    return [term for term in found if isinstance(term, Symptom)]


def _today(place: Place, page: Plan, sessions: Sessions) -> str:
    """Where the script shows today's session; without it, what to do instead."""
    words = place.in_html(
        "{no_script} so this page cannot show today’s session, keep ticks or make"
        " a calendar file. All of the plan is below. Print it: two sheets, with room for dates and scores.",
        no_script=element("strong", place.in_html("No script is running,")),
    )
    data = as_json(plan_data(place, page, sessions))
    inner = element("kp-plan", element("p", words, class_="kp-held"), data_plan=data)
    return element("div", inner, class_="kp-plan", id="today")
