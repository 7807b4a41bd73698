"""What is different between a client's last plan and this one, in lines a coach can read out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.sessions import dosage_of, sessions_with_drafts
from kinopress.pages.parts.wording import dosage_sentence
from kinopress.project.clients.folder import folder_of, plans_of


def changed_since(project: Path, library: Library, name: str) -> list[str]:
    """What changed since the client's last plan; nothing where this is the first.

    Raises:
        Refusal: there is no such client (exit code 2).
    """
    plans = list(plans_of(project, folder_of(project, library, name), name))
    return list(_changes(library, plans[1], plans[0])) if len(plans) > 1 else []


def _changes(library: Library, before: PrivatePlan, now: PrivatePlan) -> Iterator[str]:
    old, new = _doses(library, before), _doses(library, now)
    titles = {
        slug: page.title
        for (_, slug), page in {**library.held, **library.pages}.items()
        if isinstance(page, Exercise)
    }
    for slug in sorted(new.keys() - old.keys()):
        yield f"new: {titles[slug]}, {_in_words(new[slug])}"
    for slug in sorted(old.keys() - new.keys()):
        yield f"no longer: {titles[slug]}"
    for slug in sorted(new.keys() & old.keys()):
        if new[slug] != old[slug]:
            yield f"{titles[slug]}: {_in_words(new[slug])} (was {_in_words(old[slug])})"
    for value in now.about.measured:
        last = [v for v in before.about.measured if v.name == value.name]
        if value.day == 0 and last:
            check = library.shared.checks.get(value.check)
            side = f", {value.side}" if value.side else ""
            yield (
                f"{check.title if check else value.check}{side}: {value.value:g} before day 1"
                f" ({last[-1].value:g} on day {last[-1].day} of the last plan)"
            )


def _in_words(doses: dict[str, list[int]]) -> str:
    return "; ".join(f"{dose}, day {', '.join(map(str, days))}" for dose, days in doses.items())


def _doses(library: Library, private: PrivatePlan) -> dict[str, dict[str, list[int]]]:
    """Each exercise of a plan with its doses in words, and the days on which each is done."""
    sessions = sessions_with_drafts(library, private.plan)
    found: dict[str, dict[str, list[int]]] = {}
    for day in private.plan.days:
        for portion, exercise in sessions.of_day(mention.text for mention in day.do):
            said = dosage_sentence(dosage_of(portion, exercise)) or "as its page says"
            dose = f"{said}, {portion.side} only" if portion.side else said
            found.setdefault(exercise.slug, {}).setdefault(dose, []).append(day.number)
    return found
