"""The parts of a plan's page: its days, sessions, traffic light, checks and swaps. All HTML, one line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kinopress.content.model.pages import Exercise, Plan, Symptom
from kinopress.content.model.plans import TEST_DAYS, PainRule, PlanDay, Portion
from kinopress.content.model.shared import Check, RedFlag
from kinopress.content.relations.related import videos_of_exercise
from kinopress.content.relations.sessions import Sessions, dosage_of, is_strength, sessions_before
from kinopress.pages.parts import warning_signs
from kinopress.pages.parts.figure import thumbnail
from kinopress.pages.parts.follow.data import follow_data
from kinopress.pages.parts.follow.limits import Limits
from kinopress.pages.parts.html import as_json, element, escape, inline
from kinopress.pages.parts.plan_figures import dose_address
from kinopress.pages.parts.wording import block_label, dosage_sentence, minutes_words, number_list
from kinopress.pages.place import Place
from kinopress.pages.text import render_line

TOO_HARD = re.compile(r"^## +(.*\btoo hard\b.*?)[ #]*$", re.IGNORECASE | re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\[])")
_HARDER = re.compile(
    r"\b(?:more:|harder|stronger|progress|too easy|are easy|step it up|next rung)", re.IGNORECASE
)
_SHORT = 20

_TOGETHER = " + "


def _anchor(name: str) -> str:
    return f"session-{name}"


def days_words(place: Place, days: tuple[int, ...]) -> str:
    """Day numbers in words: 0, 7 and 14."""
    return number_list(days, place.words)


def _flag_links(place: Place, flags: list[RedFlag]) -> str:
    """Warning signs by title in a list, each leading to what to do."""
    links = (
        warning_signs.help_link(place, flag.title, f"#flag-{flag.key}") or escape(flag.title)
        for flag in flags
    )
    return element("ul", "".join(element("li", link) for link in links))


def days_table(place: Place, page: Plan, sessions: Sessions) -> str:
    """The days in a table, with columns for dates and scores that come only on paper."""
    head = "".join(
        element("th", words, scope="col", class_=cls)
        for words, cls in (
            (place.in_html("Day"), None),
            (place.in_html("Date"), "kp-paper"),
            (place.in_html("Session"), None),
            (place.in_html("Minutes"), "kp-days__minutes"),
            (place.in_html("Worst pain"), "kp-paper"),
            (place.in_html("Next day"), "kp-paper"),
        )
    )
    rows = [_day_row(place, day, page, sessions) for day in page.days]
    if any(0 in test.when for test in page.tests):
        checks = element("a", place.in_html("Checks"), href="#checks")
        first = place.in_html("{checks}, before your first session", checks=checks)
        rows.insert(0, _row(0, first, ""))
    return element(
        "div",
        element(
            "table",
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>",
            class_="kp-days",
        ),
        class_="kp-plan-days",
    )


def _row(number: int, session: str, minutes: str) -> str:
    blank = element("td", "", class_="kp-paper")
    cells = (
        element("th", str(number), scope="row")
        + blank
        + element("td", session)
        + element("td", minutes, class_="kp-days__minutes")
        + blank * 2
    )
    return element("tr", cells, id=f"day-{number}")


def _day_row(place: Place, day: PlanDay, page: Plan, sessions: Sessions) -> str:
    planned = [mention.text for mention in day.do]
    links = _TOGETHER.join(_block_link(name) for name in planned)
    notes = []
    if any(day.number in test.when for test in page.tests):
        checks = element("a", place.in_html("Checks"), href="#checks")
        notes.append(place.in_html("{checks} first.", checks=checks) if planned else f"{checks}.")
    if day.swap_if_amber is not None:
        instead = _block_link(day.swap_if_amber.text)
        notes.append(
            place.in_html("Last strength day amber or red? {session} instead.", session=instead)
        )
    notes += [escape(words) for words in (progress_words(place, page, day), day.also) if words]
    small = element("span", " ".join(notes), class_="kp-days__note") if notes else ""
    minutes = sessions.minutes(planned)
    return _row(
        day.number,
        (links or place.in_html("Rest")) + (f" {small}" if small else ""),
        str(minutes or "–"),
    )


def progress_words(place: Place, page: Plan, day: PlanDay) -> str | None:
    """What a day adds, behind its condition: the sessions of its kind before it were green."""
    if day.progress is None:
        return None
    before = number_list(sessions_before(page, day), place.words)
    words = f"{day.progress[:1].lower()}{day.progress[1:]}"
    return place.phrase("If days {days} were green: {words}", days=before, words=words)


def _block_link(name: str) -> str:
    return element("a", escape(block_label(name)), href=f"#{_anchor(name)}")


def session_lists(place: Place, page: Plan, sessions: Sessions) -> str:
    """Every block with its exercises and how much of each; the script copies them from here."""
    blocks = "".join(_block(place, page, sessions, block.name) for block in page.blocks)
    lead = element("p", place.in_html("What to do, and how much. Each name leads to the steps."))
    return element("div", lead + element("div", blocks, class_="kp-sessions"))


def _block(place: Place, page: Plan, sessions: Sessions, name: str) -> str:
    beside = [exercise for _, exercise in sessions.of_day([name])]
    items = "".join(
        _exercise(place, page, beside, portion, exercise)
        for portion, exercise in sessions.of_day([name])
    )
    minutes = sessions.minutes([name])
    about = place.in_html(
        "about {minutes}", minutes=escape(minutes_words(minutes, minutes, place.words))
    )
    time = element("span", about, class_="kp-session__time")
    title = element("h3", f"{escape(block_label(name))} {time}", id=_anchor(name))
    listed = element("ol", items, class_="kp-session", role="list")
    return element("section", title + listed, aria_labelledby=_anchor(name))


def _made_easier(place: Place, page: Plan, exercise: Exercise, dot: str) -> str:
    """After a red score, where no easier exercise is linked: the plan's own swap, or the easier form, in words.

    They hold on paper and in a file as well, where no other page can be seen.
    """
    said = [
        f"{escape(when)} {place.in_html('Do {exercise} instead.', exercise=place.link(use))}"
        for when, use in in_place_of(place, page, exercise)
    ]
    if easier := made_easier(exercise):
        said.append(place.in_html("Easier: {link}", link=render_line(place, page, easier)))
    said.append(place.in_html("Or leave it out today." if said else "Leave it out today."))
    return element("span", dot + " ".join(said), class_="kp-session__red")


def _exercise(
    place: Place, page: Plan, beside: Sequence[Exercise], portion: Portion, exercise: Exercise
) -> str:
    """One exercise of a session, its dose and its neighbours; ``beside`` are all exercises of the session."""
    library = place.library
    shown = (exercise.kind, exercise.slug) in library.pages
    dosage = dosage_of(portion, exercise)
    title = escape(exercise.title)
    if shown:
        title = element(
            "a",
            title,
            href=dose_address(place, page, exercise, dosage),
            lang=place.lang_of(exercise),
        )
    more = [
        element(
            "a",
            place.in_html("Film"),
            href=place.url(film),
            aria_label=f"{place.phrase('Film')}: {film.title}",
        )
        for film in videos_of_exercise(library, exercise)[:1]
    ]
    easier = library.get(Exercise, exercise.easier)
    if easier is not None and easier not in beside:
        more.append(place.in_html("Easier: {link}", link=place.link(easier)))
    offered = " · ".join(more)
    if easier is None or easier in beside:
        offered += _made_easier(place, page, exercise, " · " if more else "")
    harder = library.get(Exercise, exercise.harder)
    heavier = harder is not None and is_strength(library, harder)
    if harder is not None and harder not in beside and heavier <= is_strength(library, exercise):
        # A light day stays one: a harder version that is strength work would need 48 hours of its own.
        # After a red score it is not offered: its dot goes with it.
        dot = " · " if more else ""
        words = place.in_html("Harder: {link}", link=place.link(harder))
        offered += element("span", f"{dot}{words}", class_="kp-session__harder")
    only = side_words(place, portion)
    dose = " · ".join(words for words in (dosage_sentence(dosage, place.words), only) if words)
    inner = (
        thumbnail(place, exercise.slug)
        + element("span", title, class_="kp-session__title")
        + element("span", escape(dose), class_="kp-session__dose")
        + (
            element("span", escape(portion.words), class_="kp-session__own")
            if portion.words
            else ""
        )
        + (element("span", offered, class_="kp-session__more") if offered else "")
    )
    own = " ".join(words for words in (f"{only}." if only else "", portion.words) if words)
    mirrored = is_mirrored(place, portion)
    data = follow_data(place, exercise, dosage, Limits(own) if own else None, mirrored=mirrored)
    follow = None if data is None else as_json(data)
    return element(
        "li", inner, data_exercise=exercise.slug, data_follow=follow, data_mirrored=mirrored
    )


def is_mirrored(place: Place, portion: Portion) -> bool:
    """Whether one side alone does it, and the other one is drawn."""
    if portion.side is None:
        return False
    motion = place.library.motions.get(portion.exercise.text)
    return motion is not None and portion.side != ("left" if motion.drawn_side == "L" else "right")


def side_words(place: Place, portion: Portion) -> str:
    """Which side alone does it, where a plan for one client says so."""
    if portion.side is None:
        return ""
    return (
        place.phrase("left side only")
        if portion.side == "left"
        else place.phrase("right side only")
    )


def ruling_out(place: Place, page: Plan) -> list[RedFlag]:
    """The signs with which nobody begins a plan or goes on with it, the most urgent first.

    Those the plan names for either, and those of its symptoms that need help today.
    """
    flags = place.library.shared.red_flags
    rule = page.pain_rule
    named = [mention.text for mention in (*page.not_for, *(rule.stop_now if rule else ()))]
    for term in place.library.terms(page.symptoms):
        if isinstance(term, Symptom):
            named += [
                mention.text
                for mention in term.red_flags
                if mention.text in flags and flags[mention.text].level != "gp"
            ]
    found = [flags[key] for key in dict.fromkeys(named) if key in flags]
    return [flag for _, _, alike in warning_signs.flags_by_way(found) for flag in alike]


def pain_lights(place: Place, page: Plan, rule: PainRule) -> str:
    """What each score means, what ends a session, and what ends the plan."""
    help_ = place.library.shared.help
    twice = rule.twice or help_.say("red_twice")
    said = escape(f"{twice[:1].lower()}{twice[1:]}")
    if place.told_lang is not None and not rule.twice:
        said = element("span", said, lang=place.told_lang)
    red_twice = place.in_html("Red twice in a row: {words}", words=said)
    lights = (
        ("green", place.in_html("Green"), 0, rule.green_max, escape(rule.green)),
        ("amber", place.in_html("Amber"), rule.green_max + 1, rule.amber_max, escape(rule.amber)),
        (
            "red",
            place.in_html("Red"),
            rule.amber_max + 1,
            10,
            f"{escape(rule.red)} {red_twice}",
        ),
    )
    rows = "".join(
        f'<div class="kp-light kp-light--{key}"><dt><b>{name}</b> {low}–{high}</dt><dd>{words}</dd></div>'
        for key, name, low, high, words in lights
    )
    stop = ruling_out(place, page)
    signs = (
        element(
            "div",
            element(
                "p",
                place.in_html(
                    "{stop} for:",
                    stop=element("strong", place.in_html("Stop the plan and get help")),
                ),
            )
            + _flag_links(place, stop),
            class_="kp-stop",
        )
        if stop
        else ""
    )
    inner = (
        element("p", escape(help_.say("pain_score")), lang=place.told_lang)
        + element("dl", rows, class_="kp-lights")
        + element("p", inline(help_.say("end_session")), lang=place.told_lang)
        + signs
    )
    return element("div", inner, class_="kp-pain")


def checks_table(place: Place, page: Plan) -> str:
    """What to measure, what counts as a change, and how it is done; nothing where no test is known."""
    checks = place.library.shared.checks
    found = [(test, checks[test.test.text]) for test in page.tests if test.test.text in checks]
    if not found:
        return ""
    head = element("th", place.in_html("Check"), scope="col")
    head += element("th", place.in_html("A real change"), scope="col")
    head += "".join(
        element("th", place.in_html("Day {n}", n=str(n)), scope="col", class_="kp-paper")
        for n in TEST_DAYS
    )
    rows = []
    for test, check in found:
        boxes = "".join(
            element("td", "" if n in test.when else "–", class_="kp-paper") for n in TEST_DAYS
        )
        when = ""
        if test.when != TEST_DAYS:
            when = place.in_html(", day {days}", days=days_words(place, test.when))
        name = element("th", f"{escape(check.title)} ({escape(check.unit)}{when})", scope="row")
        change = render_line(
            place, page, (test.real_change or check.real_change) + _cited(page, check)
        )
        rows.append(element("tr", name + element("td", change) + boxes, data_check=check.key))
    table = element(
        "table", f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>", class_="kp-tests"
    )
    how = "".join(
        element(
            "details",
            element("summary", place.in_html("How: {check}", check=escape(check.title)))
            + element("p", escape(check.how)),
            class_="kp-check",
        )
        for _, check in found
    )
    lead = element("p", escape(place.library.shared.help.say("measuring")), lang=place.told_lang)
    return element("div", lead + table + how, class_="kp-plan-checks")


def _cited(page: Plan, check: Check) -> str:
    listed = {mention.text for mention in page.sources} - {"practice"}
    keys = [f"@{mention.text}" for mention in check.sources if mention.text in listed]
    return f" [{'; '.join(keys)}]" if keys else ""


def swap_list(place: Place, page: Plan) -> str:
    """What to do in place of what, and when."""
    items = []
    for swap in page.swaps:
        leave = place.library.get(Exercise, swap.exercise)
        use = place.library.get(Exercise, swap.use)
        if leave is not None and use is not None:
            first, then = (
                element(
                    "a",
                    escape(one.title),
                    href=dose_address(place, page, one),
                    lang=place.lang_of(one),
                )
                for one in (leave, use)
            )
            leave_it = place.in_html("Leave {first}, do {then}.", first=first, then=then)
            items.append(element("li", f"{escape(swap.when)} {leave_it}"))
    rule = element(
        "li", escape(place.library.shared.help.say("red_exercise")), lang=place.told_lang
    )
    return element("ul", "".join([*items, rule]), class_="kp-swaps")


def in_place_of(place: Place, page: Plan, exercise: Exercise) -> list[tuple[str, Exercise]]:
    """What the plan itself has for an exercise: when, and what to do then."""
    found = []
    for swap in page.swaps:
        use = place.library.get(Exercise, swap.use)
        if swap.exercise.text == exercise.slug and use is not None:
            found.append((swap.when, use))
    return found


def made_easier(exercise: Exercise) -> str:
    """How the page of an exercise says that it is made easier, as Markdown; empty where it does not say so first.

    The first sentence of its section on what is too hard, with the next one after a mere question or a word. Where that
    speaks of more as well it is left out: after a red score nothing harder is said.
    """
    heading = TOO_HARD.search(exercise.body)
    if heading is None:
        return ""
    section = re.split(r"^#", exercise.body[heading.end() :], maxsplit=1, flags=re.MULTILINE)[0]
    paragraph = " ".join(section.strip().split("\n\n", maxsplit=1)[0].split())
    said = ""
    for sentence in _SENTENCE.split(paragraph):
        said = f"{said} {sentence}".strip()
        if not sentence.endswith("?") and len(said) >= _SHORT:
            break
    is_plain = said and said[0] not in "-*<!|>{" and not said.endswith("?")
    return said if is_plain and not _HARDER.search(said) else ""
