"""Do the pages agree with one another? How often and how hard an exercise is, and what a plan makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import (
    LEVELS,
    Exercise,
    Pages,
    Plan,
    Symptom,
    Technique,
    line_of,
)
from kinopress.content.model.plans import PlanDay
from kinopress.content.relations.ladders import Ladders
from kinopress.content.relations.sessions import STRENGTH_APART_H, Sessions
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

STRENGTH_DAYS_MAX = 7 * 24 // STRENGTH_APART_H
"""So many days of a week leave ``STRENGTH_APART_H`` between any two, also from one week to the next."""

_WEEK_DAYS = 7


def exercise_contradictions(library: Library, pages: Pages, page: Exercise) -> Iterator[Problem]:
    """An exercise more often than its technique allows, or above one of a higher level."""
    yield from _too_often(library, page)
    yield from _levels(pages, page)


def _too_often(library: Library, page: Exercise) -> Iterator[Problem]:
    """Strength work needs its days off: as many as the technique says, or 48 hours where it says nothing."""
    days, sessions = page.dosage.days_per_week, page.dosage.sessions_per_day
    for tag in page.tags:
        technique = library.vocabulary.resolve(tag.text)
        if not isinstance(technique, Technique) or technique.family != "strength":
            continue
        said = technique.dosage.days_per_week
        most = float(STRENGTH_DAYS_MAX) if said is None else said.high
        apart = f"{STRENGTH_APART_H}hours between them would not be possible"
        if days is not None and days.high > most:
            yield Problem(
                page.path,
                f"{days} days a week are too many for {technique.title}: "
                + (apart if said is None else f"{technique.path} says {said}"),
                f"write {most:g} or fewer, or remove the tag",
                Code.EXERCISE_TOO_OFTEN,
                line=line_of(page, "dosage.days_per_week"),
                field="dosage.days_per_week",
            )
            return
        daily = technique.dosage.sessions_per_day
        if sessions is None or sessions.high <= 1 or most > STRENGTH_DAYS_MAX or daily is not None:
            continue
        yield Problem(
            page.path,
            f"{sessions} sessions a day are too many for {technique.title}: {apart}",
            "write 1, or remove the tag",
            Code.EXERCISE_TOO_OFTEN,
            line=line_of(page, "dosage.sessions_per_day"),
            field="dosage.sessions_per_day",
        )
        return


def _levels(pages: Pages, page: Exercise) -> Iterator[Problem]:
    """The easier exercise has a higher level, or the harder one a lower."""
    own = LEVELS.index(page.level)
    for mention, way in ((page.easier, "easier"), (page.harder, "harder")):
        other = None if mention is None else pages.get(("exercise", mention.text))
        if mention is None or not isinstance(other, Exercise):
            continue
        step = LEVELS.index(other.level) - own
        if step > 0 if way == "easier" else step < 0:
            yield Problem(
                page.path,
                f"{other.slug} is {other.level} and this exercise is {page.level}, so it is not {way}",
                f"name a different exercise, or change the level of one of the two ({other.path})",
                Code.EXERCISE_LEVEL,
                line=mention.line,
                field=way,
            )


def plan_contradictions(
    library: Library, plan: Plan, sessions: Sessions, ladders: Ladders, *, private: bool = False
) -> Iterator[Problem]:
    """Where a plan speaks against itself or against the pages of its exercises.

    What is wrong in a ``private`` one is put right in it: pages of the site are not changed for one client.
    """
    yield from _for_and_not_for(library, plan)
    yield from _twice(plan, sessions)
    yield from _swaps(plan, sessions, ladders)
    yield from _too_many_days(plan, sessions, private)
    yield from _harder_first(plan, sessions, ladders, private)
    yield from _exercises_max(plan, sessions)
    yield from _numbers_in_words(plan, sessions)


def _for_and_not_for(library: Library, plan: Plan) -> Iterator[Problem]:
    resolve = library.vocabulary.resolve
    wanted = {term.slug for mention in plan.symptoms if (term := resolve(mention.text))}
    for mention in plan.not_for:
        term = resolve(mention.text)
        if isinstance(term, Symptom) and term.slug in wanted:
            yield Problem(
                plan.path,
                f"the plan is both for {quoted(mention.text)} and not for it",
                "choose one of the two",
                Code.PLAN_FOR_AND_NOT_FOR,
                line=mention.line,
                field="not_for",
            )


def _ways(plan: Plan, sessions: Sessions) -> Iterator[tuple[PlanDay, tuple[str, ...], list[str]]]:
    """Each session once: the first day that has it, its blocks, and its exercises by name."""
    told: set[tuple[str, ...]] = set()
    for day in plan.days:
        for way in sessions.ways(day):
            if tuple(way) not in told:
                told.add(tuple(way))
                portions = [
                    portion
                    for name in way
                    if name in sessions.blocks
                    for portion in sessions.blocks[name].portions
                ]
                yield day, tuple(way), [portion.exercise.text for portion in portions]


def _twice(plan: Plan, sessions: Sessions) -> Iterator[Problem]:
    for day, way, names in _ways(plan, sessions):
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                yield Problem(
                    plan.path,
                    f"{name} appears twice in this session ({' and '.join(way)})",
                    "keep it in one place, with more sets if you like",
                    Code.PLAN_EXERCISE_TWICE,
                    line=day.line,
                    field=f"days.{day.number}",
                )


def _swaps(plan: Plan, sessions: Sessions, ladders: Ladders) -> Iterator[Problem]:
    """A swap that doubles an exercise of its session, asks for more, leads to itself, or is never made.

    That it asks for more is a word of warning: another position may be all the reader needs.
    """
    ways = list(_ways(plan, sessions))
    readable = all(block.whole for block in plan.blocks)
    for swap in plan.swaps:
        leave, use = swap.exercise.text, swap.use.text
        if leave == use:
            yield _swap_problem(
                plan, swap.use, f"{use} cannot stand in for itself", Code.PLAN_SWAP_SELF
            )
            continue
        doubled = next((way for _, way, names in ways if {leave, use} <= set(names)), None)
        if doubled is not None:
            yield _swap_problem(
                plan,
                swap.use,
                f"{use} is already in {' and '.join(doubled)}, beside {leave}: it would be done twice",
                Code.PLAN_SWAP_DOUBLED,
            )
        if ladders.is_harder(use, leave):
            yield Problem(
                plan.path,
                f"{use} is harder than {leave}, by what their pages say",
                "name an easier one, unless it is only the position that hurts",
                Code.PLAN_SWAP_HARDER,
                line=swap.use.line,
                field=swap.use.field,
                severity="warning",
            )
        if readable and not any(leave in names for _, _, names in ways):
            yield Problem(
                plan.path,
                f"no session has {leave}, so this swap is never used",
                "remove it, or name an exercise of the plan",
                Code.PLAN_SWAP_UNUSED,
                line=swap.exercise.line,
                field=swap.exercise.field,
                severity="warning",
            )
    yield from _amber_swaps(plan, sessions, ladders)


def _swap_problem(plan: Plan, mention: Mention, message: str, code: Code) -> Problem:
    hint = "name another exercise to do instead"
    return Problem(plan.path, message, hint, code, line=mention.line, field=mention.field)


def _amber_swaps(plan: Plan, sessions: Sessions, ladders: Ladders) -> Iterator[Problem]:
    """What replaces a session after an amber day must not ask for more than what it replaces."""
    told: set[tuple[str, ...]] = set()
    for day in plan.days:
        mention = day.swap_if_amber
        if mention is None or mention.text not in sessions.blocks:
            continue
        planned = tuple(m.text for m in day.do)
        if (*planned, mention.text) in told:
            continue
        told.add((*planned, mention.text))
        if planned == (mention.text,):
            message, code = f"{mention.text} cannot stand in for itself", Code.PLAN_SWAP_SELF
        else:
            before = _names(sessions, planned)
            harder = [
                (new, old)
                for new in _names(sessions, (mention.text,))
                for old in before
                if new not in before and ladders.is_harder(new, old)
            ]
            if not harder:
                continue
            new, old = harder[0]
            message = f"{mention.text} is not easier: {new} is harder than {old} of {planned[0]}"
            code = Code.PLAN_SWAP_HARDER
        hint = "name an easier block, or remove swap_if_amber"
        yield Problem(plan.path, message, hint, code, line=mention.line, field=f"days.{day.number}")


def _names(sessions: Sessions, blocks: tuple[str, ...]) -> list[str]:
    return [
        portion.exercise.text
        for name in blocks
        if name in sessions.blocks
        for portion in sessions.blocks[name].portions
    ]


def _too_many_days(plan: Plan, sessions: Sessions, private: bool) -> Iterator[Problem]:
    """An exercise on more days of a week than its own page says."""
    days: dict[tuple[str, int], list[int]] = {}
    found: dict[str, tuple[Mention, Exercise]] = {}
    for day in plan.days:
        for portion, exercise in sessions.of_day(dict.fromkeys(m.text for m in day.do)):
            found.setdefault(exercise.slug, (portion.exercise, exercise))
            at = days.setdefault((exercise.slug, _week(day.number)), [])
            if day.number not in at:
                at.append(day.number)
    for slug, (mention, exercise) in found.items():
        said = exercise.dosage.days_per_week
        most = max(len(on) for (name, _), on in days.items() if name == slug)
        if said is not None and most > said.high:
            yield Problem(
                plan.path,
                f"{slug} is done on {most} days of a week, and its page says {said}",
                "leave it out on some days of that week, or do another exercise then"
                if private
                else f"leave it out on some days, or change days_per_week in {exercise.path}",
                Code.PLAN_TOO_OFTEN,
                line=mention.line,
                field=mention.field,
            )


def _harder_first(
    plan: Plan, sessions: Sessions, ladders: Ladders, private: bool
) -> Iterator[Problem]:
    """An exercise that comes a week later than one its pages call harder. Within a week sessions take turns."""
    first: dict[str, tuple[int, Mention]] = {}
    for day in plan.days:
        for mention in day.do:
            if mention.text in sessions.blocks:
                for portion in sessions.blocks[mention.text].portions:
                    first.setdefault(portion.exercise.text, (day.number, portion.exercise))
    for slug, (number, mention) in first.items():
        for other in sorted(first):
            if ladders.is_harder(other, slug) and _week(first[other][0]) < _week(number):
                yield Problem(
                    plan.path,
                    f"{slug} begins on day {number}, a week after {other} (day {first[other][0]}), "
                    "which is harder by what their pages say",
                    "begin with the easier one, or leave one of the two out"
                    if private
                    else "change the weeks, or easier and harder on those pages",
                    Code.PLAN_HARDER_FIRST,
                    line=mention.line,
                    field=mention.field,
                )


def _week(day: int) -> int:
    return (day - 1) // _WEEK_DAYS


def _fullest(plan: Plan, sessions: Sessions) -> int:
    return max((len(names) for _, _, names in _ways(plan, sessions)), default=0)


def _exercises_max(plan: Plan, sessions: Sessions) -> Iterator[Problem]:
    """More exercises allowed than any session has: whoever quotes the figure says what is not so."""
    most = _fullest(plan, sessions)
    readable = all(block.whole for block in plan.blocks)
    if (
        not readable
        or not 0 < most < plan.exercises_max
        or "exercises_max" not in plan.front.entries
    ):
        return
    yield Problem(
        plan.path,
        f"it allows {plan.exercises_max} exercises, and the fullest session has {most}",
        f"write {most}",
        Code.PLAN_EXERCISES_MAX,
        line=line_of(plan, "exercises_max"),
        field="exercises_max",
        severity="warning",
    )


_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_WORDS)})"
_EXERCISES = lazily(
    rf"\b(?:(?:no|not|never|nothing) (?:\w+ )?more than|at most|up to) {_NUMBER} exercises\b"
    rf"|\b{_NUMBER} exercises (?:at a time|at once|(?:in )?(?:a|each|every|per) (?:session|day))\b",
    re.IGNORECASE,
)
_MINUTES = lazily(
    rf"\b{_NUMBER}(?: ?(?:to|[-–]) ?{_NUMBER})? min(?:ute)?s? "
    r"(?:each\b|(?:a|each|every|per) (?:day|session)\b)",
    re.IGNORECASE,
)


def _numbers_in_words(plan: Plan, sessions: Sessions) -> Iterator[Problem]:
    """Figures in a plan's own words that its sessions do not bear out."""
    blocks = [name for _, way, _ in _ways(plan, sessions) for name in way]
    if not blocks or not sessions.whole(blocks):
        return
    most = _fullest(plan, sessions)
    minutes = [sessions.minutes([m.text for m in day.do]) for day in plan.days if day.do] or [0]
    low, high = min(minutes), max(minutes)
    texts = [
        ("description", line_of(plan, "description"), plan.description),
        ("after", line_of(plan, "after"), plan.after),
        *((None, plan.body_line + n, line) for n, line in enumerate(plan.body.splitlines())),
    ]
    for field, line, text in texts:
        folded = text.lower()
        for found in _EXERCISES.finditer(text) if "exercises" in folded else ():
            if _number(found[1] or found[2]) != most:
                yield _number_problem(
                    plan, field, line, found[0], f"the fullest session has {most} exercises"
                )
        for found in _MINUTES.finditer(text) if " min" in folded else ():
            least, longest = _number(found[1]), _number(found[2] or found[1])
            fits = least <= low and high <= longest if found[2] else low <= least <= high
            if not fits:
                yield _number_problem(
                    plan, field, line, found[0], f"the sessions take {low} to {high} minutes"
                )


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _WORDS.index(words.lower()) + 1


def _number_problem(
    plan: Plan, field: str | None, line: int | None, said: str, fact: str
) -> Problem:
    return Problem(
        plan.path,
        f"the text says {quoted(said)}, but {fact}",
        "leave the number out: the page works it out by itself",
        Code.PLAN_NUMBER_IN_TEXT,
        line=line,
        field=field,
        severity="warning",
    )
