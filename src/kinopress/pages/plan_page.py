"""The page of a plan: whole and plain without a script, two sheets on paper, and what the script needs as data."""

from __future__ import annotations

import json
from typing import Any

from kinopress.content.kinds import (
    PLAN_DAYS,
    TEST_DAYS,
    Article,
    Exercise,
    PainRule,
    Plan,
    PlanDay,
    Portion,
    Symptom,
)
from kinopress.content.plan_sessions import Sessions, dosage_of
from kinopress.content.shared_data import Check, RedFlag
from kinopress.pages import parts, warning_signs
from kinopress.pages.body import render_body, render_line
from kinopress.pages.html import element, escape
from kinopress.pages.place import Place
from kinopress.pages.related import related, videos_of_exercise
from kinopress.pages.words import block_label, dosage_sentence, minutes_words

_TOGETHER = " + "


def sessions_of(place: Place, page: Plan) -> Sessions:
    """The sessions of a plan, drafts among its exercises included: their time counts, their link is left out."""
    library = place.library
    return Sessions(library, {**library.held, **library.pages}, page)


def render_plan(place: Place, page: Plan) -> str:
    """Warning signs, today (with a script), the days, the sessions, pain, checks, swaps; then the coach's words."""
    library = place.library
    sessions = sessions_of(place, page)
    about = related(library, page, Article, 3)
    return "".join(
        [
            parts.heading(page.title, page.description),
            parts.block(_not_for(place, page)),
            parts.block(_today(page, sessions)),
            parts.block(_facts(place, page, sessions)),
            parts.section("The 14 days", _days(page, sessions), anchor="days"),
            parts.section("Pain: the traffic light", _pain(place, page.pain_rule), anchor="pain")
            if page.pain_rule
            else "",
            parts.section("The sessions", _sessions(place, page, sessions), anchor="sessions"),
            parts.section(
                f"Checks: day {_days_words(TEST_DAYS)}", _checks(place, page), anchor="checks"
            ),
            parts.section("Swaps", _swaps(place, page), anchor="swaps"),
            parts.section(
                f"After day {PLAN_DAYS}", element("p", escape(page.after)), anchor="after"
            ),
            # On paper the plan ends here; what follows is for reading.
            parts.block(element("div", "", class_="kp-plan-end")),
            parts.block(render_body(place, page)),
            parts.section(
                "What it is for", parts.chips(place, library.terms(page.about), about=True)
            ),
            parts.section("To read", parts.cards(place, about)),
            parts.section("Sources", parts.sources_list(place, page)),
            parts.block(parts.review_note(place, page)),
        ]
    )


def _anchor(name: str) -> str:
    return f"session-{name}"


def _days_words(days: tuple[int, ...]) -> str:
    words = [str(day) for day in days]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def minutes_of(page: Plan, sessions: Sessions) -> tuple[int, int]:
    """The shortest and the longest session, in minutes."""
    found = [sessions.minutes([m.text for m in day.do]) for day in page.days if day.do] or [0]
    return min(found), max(found)


def _facts(place: Place, page: Plan, sessions: Sessions) -> str:
    strength = sum(sessions.is_strength(day) for day in page.days)
    light = sum(bool(day.do) for day in page.days) - strength
    rest = PLAN_DAYS - strength - light
    kinds = [f"{strength} strength", f"{light} light", f"{rest} rest" if rest else ""]
    equipment = dict.fromkeys(
        thing
        for block in page.blocks
        for _, exercise in sessions.of_day([block.name])
        for thing in exercise.equipment
    )
    needed = [
        t for t in equipment if t.removesuffix(" optional") not in equipment or " optional" not in t
    ]
    rows = [
        ("For", ", ".join(place.link(term) for term in place.library.terms(page.symptoms))),
        ("Days", escape(f"{PLAN_DAYS}: {', '.join(kind for kind in kinds if kind)}")),
        ("A day", f"about {minutes_words(*minutes_of(page, sessions))}"),
        ("You need", escape(", ".join(needed) or "nothing")),
    ]
    return element(
        "dl",
        "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in rows if value),
        class_="kp-facts",
    )


def _not_for(place: Place, page: Plan) -> str:
    """What rules the plan out: in a line, and below it every sign in full."""
    flags = place.library.shared.red_flags
    own = [flags[m.text] for m in page.not_for if m.text in flags]
    terms = place.library.terms(page.symptoms)
    keys = [m.text for term in terms if isinstance(term, Symptom) for m in term.red_flags]
    every = {flag.key: flag for flag in (*own, *(flags[key] for key in keys if key in flags))}
    line = ""
    if own:
        names = _flag_links(place, own)
        line = element(
            "p",
            f"<strong>Not for you now</strong> with any of these: {names}.",
            class_="kp-caution",
        )
    fold = warning_signs.fold(place, every.values(), "Before you start: check the warning signs")
    return "\n\n".join(x for x in (line, fold) if x)


def _flag_links(place: Place, flags: list[RedFlag]) -> str:
    return "; ".join(
        warning_signs.help_link(place, flag.title, f"#flag-{flag.key}") or escape(flag.title)
        for flag in flags
    )


def plan_data(page: Plan, sessions: Sessions) -> dict[str, Any]:
    """What the script is told: the days, the names of the blocks, the limits and words of the traffic light."""
    rule = page.pain_rule
    tested = {day for test in page.tests for day in test.when}
    return {
        "slug": page.slug,
        "blocks": {block.name: block_label(block.name) for block in page.blocks},
        "days": [
            {
                "number": day.number,
                "blocks": planned,
                "minutes": sessions.minutes(planned),
                "swap": None if day.swap_if_amber is None else day.swap_if_amber.text,
                "swapMinutes": sessions.minutes(swapped[0]) if swapped else 0,
                "strength": sessions.is_strength(day),
                "checks": day.number in tested or (day.number == 1 and 0 in tested),
                "also": day.also,
                "progress": day.progress,
            }
            for day in page.days
            for planned, *swapped in [sessions.ways(day)]
        ],
        "light": None
        if rule is None
        else {
            "greenMax": rule.green_max,
            "amberMax": rule.amber_max,
            "green": rule.green,
            "amber": rule.amber,
            "red": rule.red,
        },
    }


def _today(page: Plan, sessions: Sessions) -> str:
    """Where the script shows today's session; without it, what to do instead."""
    words = (
        "<strong>No script is running,</strong> so this page cannot show today’s session, keep ticks or make "
        "a calendar file. All of the plan is below. Print it: two sheets, with room for dates and scores."
    )
    data = json.dumps(plan_data(page, sessions), ensure_ascii=False, separators=(",", ":"))
    inner = element("kp-plan", element("p", words, class_="kp-held"), data_plan=data)
    return element("div", inner, class_="kp-plan", id="today")


def _days(page: Plan, sessions: Sessions) -> str:
    head = "".join(
        element("th", words, scope="col", class_=cls)
        for words, cls in (
            ("Day", None),
            ("Date", "kp-paper"),
            ("Session", None),
            ("Minutes", "kp-days__minutes"),
            ("Worst pain", "kp-paper"),
            ("Next day", "kp-paper"),
        )
    )
    rows = [_day_row(day, page, sessions) for day in page.days]
    if any(0 in test.when for test in page.tests):
        first = element("a", "Checks", href="#checks") + ", before your first session"
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


def _day_row(day: PlanDay, page: Plan, sessions: Sessions) -> str:
    planned = [mention.text for mention in day.do]
    links = _TOGETHER.join(_block_link(name) for name in planned)
    notes = []
    if any(day.number in test.when for test in page.tests):
        notes.append(element("a", "Checks", href="#checks") + (" first." if planned else "."))
    if day.swap_if_amber is not None:
        instead = _block_link(day.swap_if_amber.text)
        notes.append(f"Last strength day amber or red? {instead} instead.")
    notes += [escape(words) for words in (day.progress, day.also) if words]
    small = element("span", " ".join(notes), class_="kp-days__note") if notes else ""
    minutes = sessions.minutes(planned)
    return _row(day.number, (links or "Rest") + (f" {small}" if small else ""), str(minutes or "–"))


def _block_link(name: str) -> str:
    return element("a", escape(block_label(name)), href=f"#{_anchor(name)}")


def _sessions(place: Place, page: Plan, sessions: Sessions) -> str:
    blocks = "".join(_block(place, sessions, block.name) for block in page.blocks)
    lead = element("p", "What to do, and how much. Each name leads to the steps.")
    return element("div", lead + element("div", blocks, class_="kp-sessions"))


def _block(place: Place, sessions: Sessions, name: str) -> str:
    items = "".join(_exercise(place, *pair) for pair in sessions.of_day([name]))
    minutes = sessions.minutes([name])
    time = element("span", f"about {minutes_words(minutes, minutes)}", class_="kp-session__time")
    title = element("h3", f"{escape(block_label(name))} {time}", id=_anchor(name))
    listed = element("ol", items, class_="kp-session", role="list")
    return element("section", title + listed, aria_labelledby=_anchor(name))


def _exercise(place: Place, portion: Portion, exercise: Exercise) -> str:
    library = place.library
    shown = (exercise.kind, exercise.slug) in library.pages
    title = place.link(exercise) if shown else escape(exercise.title)
    more = [
        element("a", "Film", href=place.url(film), aria_label=f"Film: {film.title}")
        for film in videos_of_exercise(library, exercise)[:1]
    ]
    easier = library.get(Exercise, exercise.easier)
    if easier is not None:
        more.append(f"Easier: {place.link(easier)}")
    harder = library.get(Exercise, exercise.harder)
    if harder is not None:
        more.append(f"Harder: {place.link(harder)}")
    inner = (
        element("span", title, class_="kp-session__title")
        + element(
            "span", escape(dosage_sentence(dosage_of(portion, exercise))), class_="kp-session__dose"
        )
        + (element("span", " · ".join(more), class_="kp-session__more") if more else "")
    )
    return element("li", inner, data_exercise=exercise.slug)


def _pain(place: Place, rule: PainRule) -> str:
    lights = (
        ("green", "Green", 0, rule.green_max, rule.green),
        ("amber", "Amber", rule.green_max + 1, rule.amber_max, rule.amber),
        ("red", "Red", rule.amber_max + 1, 10, rule.red),
    )
    rows = "".join(
        f'<div class="kp-light kp-light--{key}"><dt><b>{name}</b> {low}–{high}</dt><dd>{escape(words)}</dd></div>'
        for key, name, low, high, words in lights
    )
    flags = place.library.shared.red_flags
    stop = [flags[m.text] for m in rule.stop_now if m.text in flags]
    signs = (
        element(
            "p", f"<strong>Stop the plan and get help</strong> for: {_flag_links(place, stop)}."
        )
        if stop
        else ""
    )
    inner = (
        "<p>Score your pain from 0, none, to 10, the worst you can imagine: while you exercise, "
        "straight after, and next morning.</p>"
        + element("dl", rows, class_="kp-lights")
        + "<p><strong>End the session</strong>, whatever the number, for pain that spreads, tingling or "
        "numbness, or groin pain when you land on that leg.</p>" + signs
    )
    return element("div", inner, class_="kp-pain")


def _checks(place: Place, page: Plan) -> str:
    checks = place.library.shared.checks
    found = [(test, checks[test.test.text]) for test in page.tests if test.test.text in checks]
    if not found:
        return ""
    head = element("th", "Check", scope="col") + element("th", "A real change", scope="col")
    head += "".join(element("th", f"Day {n}", scope="col", class_="kp-paper") for n in TEST_DAYS)
    rows = []
    for test, check in found:
        boxes = "".join(
            element("td", "" if n in test.when else "–", class_="kp-paper") for n in TEST_DAYS
        )
        when = "" if test.when == TEST_DAYS else f", day {_days_words(test.when)}"
        name = element("th", f"{escape(check.title)} ({escape(check.unit)}{when})", scope="row")
        change = render_line(
            place, page, (test.real_change or check.real_change) + _cited(page, check)
        )
        rows.append(element("tr", name + element("td", change) + boxes))
    table = element(
        "table", f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>", class_="kp-tests"
    )
    how = "".join(
        element(
            "details",
            element("summary", f"How: {escape(check.title)}") + element("p", escape(check.how)),
            class_="kp-check",
        )
        for _, check in found
    )
    lead = (
        "<p>Day 0 is before your first session. Check both sides, at the same time of day, and write it down. "
        "Less than a real change can be chance.</p>"
    )
    return element("div", lead + table + how, class_="kp-plan-checks")


def _cited(page: Plan, check: Check) -> str:
    listed = {mention.text for mention in page.sources} - {"practice"}
    keys = [f"@{mention.text}" for mention in check.sources if mention.text in listed]
    return f" [{'; '.join(keys)}]" if keys else ""


def _swaps(place: Place, page: Plan) -> str:
    items = []
    for swap in page.swaps:
        leave = place.library.get(Exercise, swap.exercise)
        use = place.library.get(Exercise, swap.use)
        if leave is not None and use is not None:
            items.append(
                element(
                    "li", f"{escape(swap.when)} Leave {place.link(leave)}, do {place.link(use)}."
                )
            )
    rule = element(
        "li",
        "An exercise was red? Next time take the easier version named below it, or leave it out.",
    )
    return element("ul", "".join([*items, rule]), class_="kp-swaps")
