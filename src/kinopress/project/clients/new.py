"""A private plan is begun: from a public one, from nothing, or from the client's last."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.private.plan import COPIED, TITLE
from kinopress.content.model.clients import CONSENT_FILE, IGNORE_FILE, day_to_delete
from kinopress.content.model.library import Library
from kinopress.content.model.names import either, nearest
from kinopress.content.model.nodes import Fields
from kinopress.content.model.pages import Plan
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.source.document import read_document, read_file, read_text
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.clients.folder import (
    EARLIER,
    PLAN_FILE,
    clients_of,
    folder_of,
    name_problem,
    shown_path,
)
from kinopress.project.folder import cannot_write
from kinopress.project.new.page import yaml_text
from kinopress.system import disk
from kinopress.system.atomic import make_private_folder, write_new, write_text

IGNORED = "# What is here is about people: git keeps nothing of it.\n*\n"

CONSENT = """\
What I keep for your plan, and for how long

- I write your plan for you alone: your exercises, what we measured, and what you told me hurts.
- It is kept on my own computer. It is not on my website and in nobody else's service.
- You get it as a file that works without the internet. What you enter in it stays on your device.
  I see it only if you send it to me.
- I delete it on {day}, or sooner if you ask. I cannot take back what is on your device or in our messages.
- You may ask for a copy of all of it, have it corrected, and say no at any time.

Is that all right with you?
"""
"""Words to adapt. They are a beginning and no legal advice."""

_EMPTY = f"""\
title: {TITLE}
for: []                # the symptoms it is for, by any of their names
minutes_per_day: 5–15 min
exercises_max: 4
pain_rule:
  green: {{max: 3, do: Carry on.}}
  amber: {{max: 5, do: "Fine, as long as it has settled when you wake tomorrow. Do not add more yet."}}
  red: {{do: Stop that exercise for today and take the easier version next time.}}
tests: []              # keys of docs/data/tests.yml, done on day 0, 7 and 14
blocks: {{}}             # like strong-1: [{{exercise: clam, sets: 2, side: left}}]
days:
{"".join(f"  {day}: {{also: Rest.}}{chr(10)}" for day in range(1, PLAN_DAYS + 1))}\
after: Keep what helped for 8 to 12 weeks.
"""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the client when a plan is begun; what is not known is left out of the file."""

    assessed: dt.date
    consent: dt.date | None = None
    shown_name: str | None = None
    own_words: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written.

    Attributes:
        path: The new plan.
        earlier: Where the last one is now.
        consent: The words to ask for consent with, if they were written as well.
        delete_on: The day on which it is to be deleted.
    """

    path: str
    earlier: str | None
    consent: str | None
    delete_on: dt.date


def begin_plan(
    project: Path,
    library: Library,
    name: str,
    about: About,
    *,
    begin_with: str | None = None,
    again: bool = False,
) -> Begun:
    """Write a client's plan.

    Args:
        project: The project's folder.
        library: The site's pages, whose public plans can be begun with.
        name: The name of the client's folder.
        about: What is known of the client.
        begin_with: The public plan to begin with, by its file name; an empty plan without.
        again: Begin with the client's last plan, which is kept beside the new one.

    Raises:
        Refusal: the name cannot be used, is taken or unknown, there is no such public plan (exit code 2), or
            nothing can be written (3).
    """
    refuse_beginning(project, library, name, begin_with=begin_with, again=again)
    folder = clients_of(project, library)
    own = folder / name
    if again:
        fields = _of_file(project, own / PLAN_FILE)
    else:
        fields = _EMPTY if begin_with is None else _of_public(project, library, begin_with)
    text = _text(about, fields)
    try:
        consent = _prepare(folder, library)
        earlier = None
        if again:  # a copy first: at no moment is there no plan
            earlier = _keep_last(own, about.assessed)
            write_text(own / PLAN_FILE, text, private=True)
        else:
            _write_first(own, text)
    except OSError as error:
        raise cannot_write(own, error) from None
    return Begun(
        shown_path(project, own / PLAN_FILE),
        None if earlier is None else shown_path(project, earlier),
        None if consent is None else shown_path(project, consent),
        day_to_delete(about.assessed),
    )


def refuse_beginning(
    project: Path,
    library: Library,
    name: str | None,
    *,
    begin_with: str | None = None,
    again: bool = False,
) -> None:
    """Say everything for which a plan cannot be begun, before anybody is asked for the rest.

    Args:
        project: The project's folder.
        library: The site's pages.
        name: The name of the client's folder; ``None`` as long as nobody has said it.
        begin_with: The public plan to begin with, by its file name.
        again: Begin with the client's last plan.

    Raises:
        Refusal: the name cannot be used, is taken or unknown, or there is no such public plan (exit code 2).
    """
    problems: list[Problem] = []
    if name is not None:
        if problem := name_problem(name):
            problems.append(problem)
        elif again:
            folder_of(project, library, name)  # with --again there is no plan to name
        elif os.path.lexists(file := clients_of(project, library) / name / PLAN_FILE):
            problems.append(_exists(shown_path(project, file)))
    if begin_with is not None and _public(library, begin_with) is None:
        problems.append(_no_plan(library, begin_with))
    if problems:
        raise Refusal(problems, ExitCode.USAGE)


def _text(about: About, fields: str) -> str:
    lines = [f"plan_id: {yaml_text(secrets.token_hex(16))}", f"assessed: {about.assessed}"]
    if about.consent is not None:
        lines.append(f"consent: {about.consent}")
    lines.append(f"delete_on: {day_to_delete(about.assessed)}")
    if about.shown_name:
        lines.append(f"shown_name: {yaml_text(about.shown_name)}")
    if about.own_words:
        lines.append(f"own_words: {yaml_text(' '.join(about.own_words.split()))}")
    own = "\n".join(lines)
    return f"---\n{own}\n{fields.rstrip()}\n---\n"


def _of_public(project: Path, library: Library, slug: str) -> str:
    page = _public(library, slug)
    if page is None:
        raise Refusal([_no_plan(library, slug)], ExitCode.USAGE)
    return _of_file(project, project / page.path)


def _public(library: Library, slug: str) -> Plan | None:
    page = {**library.held, **library.pages}.get(("plan", slug))
    return page if isinstance(page, Plan) else None


def _no_plan(library: Library, slug: str) -> Problem:
    there = sorted(found for kind, found in (*library.pages, *library.held) if kind == "plan")
    close = nearest(slug, there, 2)
    return Problem(
        "plan",
        f"there is no plan {quoted(slug)} on the site",
        f"did you mean {either(close)}?"
        if close
        else f"choose from {', '.join(there)}"
        if there
        else "leave out --from to begin with an empty one",
        Code.CLIENT_FROM,
        field="from",
    )


def _of_file(project: Path, file: Path) -> str:
    """The lines of a plan's file that another plan may begin with, as they were written."""
    path = shown_path(project, file)
    document, problems = read_document(file, path)
    text, more = read_text(file, path)
    if text is None or not document.readable:
        raise Refusal([*problems, *more], ExitCode.CONTENT)
    return "".join(lines_of(text, document.front, name) for name in COPIED)


def lines_of(text: str, front: Fields, name: str) -> str:
    """The lines of one field of a file, with what is below it; nothing where it has no such field."""
    if name not in front.key_lines:
        return ""
    lines = text.splitlines(keepends=True)
    begin = front.key_lines[name] - 1
    later = [line - 1 for line in front.key_lines.values() if line - 1 > begin]
    end = min(later, default=len(lines))
    fence = (at for at in range(begin + 1, end) if lines[at].startswith("---"))
    found = lines[begin : next(fence, end)]
    while found and (not found[-1].strip() or found[-1].startswith("#")):
        found.pop()  # a comment on a line of its own is about what comes after it
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in found)


def _prepare(folder: Path, library: Library) -> Path | None:
    """Make the folder of all clients, which git ignores by a file of its own, with the words to ask for consent."""
    make_private_folder(folder)
    if not os.path.lexists(folder / IGNORE_FILE):
        write_new(folder / IGNORE_FILE, IGNORED.encode(), private=True)
    consent = folder / CONSENT_FILE
    if os.path.lexists(consent):
        return None
    write_new(consent, _first_words(library).encode("utf-8"), private=True)
    return consent


def _write_first(own: Path, text: str) -> None:
    """A client's first plan; where it cannot be written, no empty folder is left that would count as a client."""
    is_new = not os.path.lexists(own)
    make_private_folder(own)
    try:
        write_new(own / PLAN_FILE, text.encode("utf-8"), private=True)
    except OSError:
        if is_new:
            with contextlib.suppress(OSError):
                disk.remove_folder(own)
        raise


def _first_words(library: Library) -> str:
    words = CONSENT.format(day="[the day in your plan: 30 days after its end]")
    return f"{words}\n{name}\n" if (name := library.settings.coach.name) else words


def consent_words(project: Path, library: Library) -> str:
    """The words to ask for consent with: the coach's own, or those to begin with, before anything is kept of anybody."""
    text, _ = read_text(clients_of(project, library) / CONSENT_FILE, CONSENT_FILE)
    return (text or _first_words(library)).strip()


def _keep_last(own: Path, today: dt.date) -> Path:
    """A copy of the plan that runs among those before it; one that a run left before it broke off is used."""
    data = (own / PLAN_FILE).read_bytes()
    number = 1
    while os.path.lexists(to := own / EARLIER / f"until-{today}-{number:02}.md"):
        if read_file(to, "")[0] == data:
            return to
        number += 1
    make_private_folder(to.parent)
    write_new(to, data, private=True)
    return to


def _exists(path: str) -> Problem:
    return Problem(
        path,
        "this client already has a plan",
        "write --again to begin the next one with it, or choose a different name",
        Code.CLIENT_EXISTS,
    )
