"""A plan as a message in plain words: for whoever opens no file, and for a phone that shows none."""

from __future__ import annotations

import re

from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.pages import Exercise, Plan
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.model.shared import RedFlag
from kinopress.content.relations.of_client import exercises_in
from kinopress.content.relations.sessions import dosage_of, sessions_with_drafts
from kinopress.pages.coach.coach import sender_in_words
from kinopress.pages.handed.article import measured_lines
from kinopress.pages.kinds.exercise import USUAL
from kinopress.pages.kinds.plan import every_sign, other_symptoms
from kinopress.pages.parts import plan as plan_parts
from kinopress.pages.parts.html import in_words_alone, spoken_text
from kinopress.pages.parts.plan import made_easier
from kinopress.pages.parts.wording import block_label, dosage_sentence
from kinopress.pages.place import Place


def handed_message(place: Place, private: PrivatePlan) -> str:
    """All of the plan: the days, what each session is made of, the steps of every exercise, the pain rule, the checks, every sign."""
    plan, about = private.plan, private.about
    library = place.library
    sessions = sessions_with_drafts(library, plan)
    lines = [plan.title]
    if about.shown_name:
        lines.append(place.phrase("For {name}", name=about.shown_name))
    if about.own_words:
        lines.append(f"“{about.own_words}”")
    if plan.body.strip():
        lines += ["", _in_plain_words(plan.body)]
    signs = plan_parts.ruling_out(place, plan)
    if signs:
        lines += ["", place.phrase("Stop the plan and get help")]
        lines += [_sign(place, flag) for flag in signs]
    elsewhere = other_symptoms(place, plan)
    if elsewhere:
        lines += ["", place.phrase("Ask the coach")]
        lines += [f"- {term.title}" for term in elsewhere]
        lines += [reached] if (reached := sender_in_words(place)) else []
    lines += ["", place.phrase("The 14 days").upper()]
    for day in plan.days:
        blocks = " + ".join(block_label(mention.text) for mention in day.do) or place.phrase("Rest")
        more = [
            spoken_text(words)
            for words in (plan_parts.progress_words(place, plan, day), day.also)
            if words
        ]
        if day.swap_if_amber is not None:
            instead = block_label(day.swap_if_amber.text)
            more.append(
                place.phrase("Last strength day amber or red? {session} instead.", session=instead)
            )
        lines.append(f"{place.phrase('Day {n}', n=day.number)}: {' '.join([blocks + '.', *more])}")
    lines += ["", place.phrase("The sessions").upper()]
    for block in plan.blocks:
        lines.append(block_label(block.name))
        for portion, exercise in sessions.of_day([block.name]):
            dose = dosage_sentence(dosage_of(portion, exercise), place.words)
            only = plan_parts.side_words(place, portion)
            said = ", ".join(words for words in (dose, only) if words)
            own = f" ({spoken_text(portion.words)})" if portion.words else ""
            lines.append(f"- {exercise.title}: {said}{own}" if said else f"- {exercise.title}{own}")
    lines += ["", place.phrase("Swaps").upper(), *_swaps(place, plan)]
    lines += ["", place.phrase("The exercises").upper(), place.phrase(USUAL)]
    for exercise in exercises_in(library, private)[0]:
        lines.append(exercise.title)
        lines += [f"- {spoken_text(step.text)}" for step in exercise.steps]
        lines += [f"- {line}" for line in _easier(place, exercise)]
    if plan.pain_rule is not None:
        rule = plan.pain_rule
        lines += ["", place.phrase("Pain: the traffic light").upper()]
        lines.append(spoken_text(library.shared.help.say("pain_score")))
        for name, low, high, words in (
            ("Green", 0, rule.green_max, rule.green),
            ("Amber", rule.green_max + 1, rule.amber_max, rule.amber),
            ("Red", rule.amber_max + 1, 10, rule.red),
        ):
            lines.append(f"{place.phrase(name)} {low}–{high}: {spoken_text(words)}")
        twice = rule.twice or library.shared.help.say("red_twice")
        lines.append(place.phrase("Red twice in a row: {words}", words=spoken_text(twice)))
    checks = library.shared.checks
    given = [(test, checks[test.test.text]) for test in plan.tests if test.test.text in checks]
    if given:
        lines += ["", place.phrase("Checks").upper()]
    for test, check in given:
        days = plan_parts.days_words(place, test.when)
        lines.append(
            f"{check.title}, {place.phrase('day {days}', days=days)}. {spoken_text(check.how)}"
        )
    measured = measured_lines(place, private)
    if measured:
        lines += ["", place.phrase("What we measured").upper(), *(f"- {line}" for line in measured)]
    others = [flag for flag in every_sign(place, plan) if flag not in signs]
    if others:
        lines += [
            "",
            place.phrase("Warning signs").upper(),
            *(_sign(place, flag) for flag in others),
        ]
    lines += ["", place.phrase("After day {n}", n=PLAN_DAYS).upper(), spoken_text(plan.after)]
    if reached := sender_in_words(place):
        lines += ["", reached]
    return "\n".join(lines) + "\n"


def _sign(place: Place, flag: RedFlag) -> str:
    """A warning sign with whom to call."""
    call = place.library.shared.help.level(flag.level).action_for(hospital=flag.hospital)
    return f"- {flag.title}. {flag.sign} {call} {flag.action}".strip()


def _swaps(place: Place, plan: Plan) -> list[str]:
    """What is done in place of what, and when; and the rule for what was red."""
    lines = []
    for swap in plan.swaps:
        leave = place.library.get(Exercise, swap.exercise)
        use = place.library.get(Exercise, swap.use)
        if leave is not None and use is not None:
            words = place.phrase("Leave {first}, do {then}.", first=leave.title, then=use.title)
            lines.append(f"- {spoken_text(swap.when)} {words}")
    return [*lines, f"- {spoken_text(place.library.shared.help.say('red_exercise'))}"]


def _easier(place: Place, exercise: Exercise) -> list[str]:
    """The easier form of an exercise, for after a red score."""
    easier = place.library.get(Exercise, exercise.easier)
    if easier is not None:
        return [place.phrase("Easier: {link}", link=easier.title)]
    said = made_easier(exercise)
    return [place.phrase("Easier: {link}", link=spoken_text(said))] if said else []


def _in_plain_words(body: str) -> str:
    """The coach's own words without what Markdown has for a page: a heading and an item of a list stay lines."""
    lines = []
    for line in body.strip().splitlines():
        item = re.match(r"\s*([-*+]|[0-9]+[.)])\s+(.*)", line)
        words = spoken_text(in_words_alone((item[2] if item else line).strip().lstrip("#").strip()))
        mark = "- " if item and item[1] in "-*+" else f"{item[1]} " if item else ""
        lines.append(mark + words)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
