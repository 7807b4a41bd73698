"""Does a plan hold together? Sessions short enough, strength far enough apart, nothing its symptoms rule out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.data.shared import FILES
from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention, either, nearest
from kinopress.content.model.nodes import Fields
from kinopress.content.model.pages import (
    Exercise,
    Pages,
    Plan,
    Symptom,
    Technique,
    line_of,
)
from kinopress.content.model.plans import PLAN_DAYS, PlanDay
from kinopress.content.relations.ladders import Ladders
from kinopress.content.relations.sessions import (
    GREENS_BEFORE_MORE,
    STRENGTH_APART_H,
    Sessions,
    sessions_before,
    too_close,
)
from kinopress.content.rules.contradictions import plan_contradictions
from kinopress.content.rules.names import page_named, unknown_key, unknown_term
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted


def plan_problems(
    library: Library, pages: Pages, plan: Plan, ladders: Ladders, *, private: bool = False
) -> Iterator[Problem]:
    """Everything a plan names is there, its days keep the rules, and it agrees with the pages it names.

    A ``private`` one is about one client.
    """
    yield from _named(library, pages, plan)
    sessions = Sessions(library, pages, plan)
    yield from _missing_days(plan)
    yield from _blocks_named(plan, sessions)
    told: set[tuple[str, ...]] = set()
    for day in plan.days:
        for way in sessions.ways(day):
            if tuple(way) not in told:  # one session on many days is one mistake
                told.add(tuple(way))
                yield from _full(plan, day, way, sessions)
                yield from _minutes(plan, day, way, sessions)
    strength = [day for day in plan.days if sessions.is_strength(day)]
    lines = {day.number: day.line for day in strength}
    for before, after in too_close(lines):
        yield Problem(
            plan.path,
            f"this strength session is less than {STRENGTH_APART_H} hours after the one on day {before}",
            "leave a day without strength work between the two",
            Code.PLAN_STRENGTH_CLOSE,
            line=lines[after],
            field=f"days.{after}",
        )
    yield from _early(plan)
    yield from _conditions(plan)
    yield from _avoided(library, pages, plan, sessions)
    yield from plan_contradictions(library, plan, sessions, ladders, private=private)
    yield from _held(library, pages, plan)


def _named(library: Library, pages: Pages, plan: Plan) -> Iterator[Problem]:
    for mention in plan.symptoms:
        if not isinstance(library.vocabulary.resolve(mention.text), Symptom):
            yield from unknown_term(
                library.vocabulary, plan.path, mention, Code.SYMPTOM_UNKNOWN, "symptom", Symptom
            )
    flags = library.shared.red_flags
    stop_now = plan.pain_rule.stop_now if plan.pain_rule else ()
    for mention in (*plan.not_for, *stop_now):
        if mention in plan.not_for and _is_symptom(library, mention):
            continue
        if library.shared.misses("red_flags", mention.text):
            yield unknown_key(
                plan.path, mention, flags, "red flag", FILES["red_flags"], Code.RED_FLAG_UNKNOWN
            )
    for test in plan.tests:
        if library.shared.misses("tests", test.test.text):
            yield unknown_key(
                plan.path,
                test.test,
                library.shared.checks,
                "test",
                FILES["tests"],
                Code.TEST_UNKNOWN,
            )
    for mention in exercises_named(plan):
        yield from page_named(pages, plan, mention, "exercise")


def _is_symptom(library: Library, mention: Mention) -> bool:
    """Whether a word names a symptom, or may name one whose page could not be read."""
    vocabulary = library.vocabulary
    return isinstance(vocabulary.resolve(mention.text), Symptom) or (
        vocabulary.may_lead_to_unread(mention.text)
    )


def exercises_named(plan: Plan) -> Iterator[Mention]:
    """Every exercise a plan names, as often as it does."""
    for block in plan.blocks:
        yield from (portion.exercise for portion in block.portions)
    for swap in plan.swaps:
        yield from (swap.exercise, swap.use)


def _missing_days(plan: Plan) -> Iterator[Problem]:
    written = plan.front.entries.get("days")
    if not isinstance(written, Fields):
        return
    missing = [str(n) for n in range(1, PLAN_DAYS + 1) if str(n) not in written.entries]
    if missing:
        one = len(missing) == 1
        yield Problem(
            plan.path,
            f"day{'' if one else 's'} {', '.join(missing)} {'is' if one else 'are'} missing",
            f"a plan has {PLAN_DAYS} days; a rest day counts as one too, like 3: {{also: Rest.}}",
            Code.PLAN_DAY_MISSING,
            line=line_of(plan, "days"),
            field="days",
        )


def _blocks_named(plan: Plan, sessions: Sessions) -> Iterator[Problem]:
    used = set()
    readable = isinstance(plan.front.entries.get("blocks"), Fields)
    for day in plan.days:
        for mention in (*day.do, *([day.swap_if_amber] if day.swap_if_amber else [])):
            used.add(mention.text)
            if readable and mention.text not in sessions.blocks:
                close = nearest(mention.text, sessions.blocks, 2)
                yield Problem(
                    plan.path,
                    f"this plan has no block {quoted(mention.text)}",
                    f"did you mean {either(close)}?" if close else "add it below blocks",
                    Code.PLAN_BLOCK_UNKNOWN,
                    line=mention.line,
                    field=mention.field,
                )
    for block in plan.blocks:
        if block.name not in used and plan.days:
            yield Problem(
                plan.path,
                "no day uses this block",
                "name it on a day, or remove it",
                Code.PLAN_BLOCK_UNUSED,
                line=block.line,
                field=f"blocks.{block.name}",
                severity="warning",
            )


def _full(plan: Plan, day: PlanDay, way: list[str], sessions: Sessions) -> Iterator[Problem]:
    number = sum(len(sessions.blocks[name].portions) for name in way if name in sessions.blocks)
    if number > plan.exercises_max:
        yield Problem(
            plan.path,
            f"{number} exercises are more than the {plan.exercises_max} that a session may have",
            "remove a block, or shorten one: a few exercises are easier to keep up",
            Code.PLAN_SESSION_FULL,
            line=day.line,
            field=f"days.{day.number}",
        )


def _minutes(plan: Plan, day: PlanDay, way: list[str], sessions: Sessions) -> Iterator[Problem]:
    if plan.session_s is None or not way or not sessions.whole(way):
        return
    low, high = plan.session_s.low / 60, plan.session_s.high / 60
    minutes = sessions.minutes(way)
    if low <= minutes <= high:
        return
    more = minutes > high
    yield Problem(
        plan.path,
        f"{' and '.join(way)} takes about {minutes} minutes, "
        f"{'more' if more else 'less'} than minutes_per_day says",
        f"{'remove sets or exercises' if more else 'add a set'}, or change minutes_per_day",
        Code.PLAN_MINUTES,
        line=day.line,
        field=f"days.{day.number}",
    )


def _early(plan: Plan) -> Iterator[Problem]:
    """Days that add something before there can have been enough green sessions of their kind."""
    for day in plan.days:
        if day.progress and len(sessions_before(plan, day)) < GREENS_BEFORE_MORE:
            yield Problem(
                plan.path,
                f"fewer than {GREENS_BEFORE_MORE} earlier days do the same blocks, so nothing can be added yet",
                "move it to a later day of the same blocks, or remove it",
                Code.PLAN_PROGRESS_EARLY,
                line=day.line,
                field=f"days.{day.number}.progress",
            )


_CONDITION = lazily(r"(?:if|when|once|provided)\b[^,:]*\bgreen\b[^,:]*[,:]?\s*", re.IGNORECASE)
_OF_A_DAY = lazily(r"(?:if|when|once)\s+days?\b", re.IGNORECASE)


def _conditions(plan: Plan) -> Iterator[Problem]:
    """What a day adds, with the condition that pages put before it anyway."""
    for day in plan.days:
        written = day.progress or ""
        condition = _CONDITION.match(written)
        if condition is None and not _OF_A_DAY.match(written):
            continue
        rest = written[condition.end() :] if condition else ""
        like = f"{rest[:1].upper()}{rest[1:]}" if rest else "Add a set."
        yield Problem(
            plan.path,
            "readers see a condition twice: which days must have been green is put before these words",
            f"write only what to add, like {like}",
            Code.PLAN_PROGRESS_CONDITION,
            line=day.line,
            field=f"days.{day.number}.progress",
            severity="warning",
        )


def _avoided(library: Library, pages: Pages, plan: Plan, sessions: Sessions) -> Iterator[Problem]:
    """Exercises, also those to swap to, made only of techniques that a symptom of the plan asks to leave out."""
    resolve = library.vocabulary.resolve
    named = [(portion.exercise, exercise) for portion, exercise in sessions.of_day(sessions.blocks)]
    for swap in plan.swaps:
        use = pages.get(("exercise", swap.use.text))
        if isinstance(use, Exercise):
            named.append((swap.use, use))
    for mention in plan.symptoms:
        symptom = resolve(mention.text)
        if not isinstance(symptom, Symptom):
            continue
        avoid = {term.slug for m in symptom.avoid if (term := resolve(m.text))}
        for where, exercise in named:
            terms = (resolve(tag.text) for tag in exercise.tags)
            used = {term.slug for term in terms if isinstance(term, Technique)}
            by_name = any(m.text == exercise.slug for m in symptom.avoid)
            if by_name or (used and used <= avoid):
                yield Problem(
                    plan.path,
                    f"{symptom.path} says to avoid what {exercise.path} does",
                    "choose a different exercise",
                    Code.PLAN_AVOIDED,
                    line=where.line,
                    field=where.field,
                )


def _held(library: Library, pages: Pages, plan: Plan) -> Iterator[Problem]:
    """A word about exercises of a shown plan that are kept back themselves."""
    if (plan.kind, plan.slug) not in library.pages:
        return
    for slug in dict.fromkeys(mention.text for mention in exercises_named(plan)):
        page = pages.get(("exercise", slug))
        if page is not None and ("exercise", slug) not in library.pages:
            yield Problem(
                plan.path,
                f"{page.path} is held back, so the plan names it without a link for now",
                "it will appear when that page does; nothing to do",
                Code.LINK_HELD,
                line=line_of(plan, "blocks"),
                field="blocks",
                severity="warning",
            )
