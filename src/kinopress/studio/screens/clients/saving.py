"""What was typed on the screen of a client's plan is saved; a button may ask for more at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kinopress.content.forms.scalars import day_of
from kinopress.problems import Refusal
from kinopress.project.clients.editing.draft import with_exercise
from kinopress.project.clients.editing.edit import draft_of, lost_with, save_draft
from kinopress.studio.apart import doing
from kinopress.studio.requests import Form
from kinopress.studio.screens.check import in_sentences
from kinopress.studio.screens.clients.form import typed_draft
from kinopress.studio.screens.clients.named import address_of, library_of, named
from kinopress.studio.screens.clients.plan import show
from kinopress.studio.studio import studio_of


def save(request: Request, form: Form) -> Response:
    """Save what was typed; then, where a button said so, put in an exercise, look for one, or make the file."""
    saved = _saved(request, form)
    # The site as it was before is let go here: what is shown now is read again.
    return _show_saved(request, form, saved) if isinstance(saved, _Saved) else saved


@dataclass(frozen=True, slots=True)
class _Saved:
    """What became of saving: whose plan it is, the block that the next exercise goes into, what went with it."""

    client: str
    into: str
    lost: Sequence[str]


def _saved(request: Request, form: Form) -> _Saved | Response:
    studio = studio_of(request)
    library = library_of(studio)
    identity, action = form.text("plan"), form.text("action")
    private = named(studio, library, identity)
    draft = draft_of(studio.project, library, private.client)
    typed = typed_draft(form, draft)
    for day in ("consent", "delete_on"):
        if typed.lines[day] and day_of(typed.lines[day]) is None:
            return show(
                request, identity, wrong={"all": "Write a day like 2026-11-30."}, draft=typed
            )
    if any("" in (one.exercise, one.use, one.when) for one in typed.swaps or ()):
        words = "A swap needs the exercise to leave, the one to do instead, and when."
        return show(request, identity, wrong={"all": words}, draft=typed)
    into = form.text("to")
    if action.startswith("add:"):
        typed = with_exercise(typed, into, action.removeprefix("add:"))
        if into not in {block.name for block in typed.blocks}:
            into = typed.blocks[
                -1
            ].name  # the next one goes there too, and not into one more new block
    try:
        lost = lost_with(studio.project, library, private.client, typed)
        save_draft(studio.project, library, private.client, typed)
    except Refusal as refusal:
        return show(
            request, identity, wrong={"all": in_sentences(refusal.problems[0])}, draft=typed
        )
    return _Saved(private.client, into, lost)


def _show_saved(request: Request, form: Form, saved: _Saved) -> Response:
    studio, into, lost = studio_of(request), saved.into, saved.lost
    identity, action, find = form.text("plan"), form.text("action"), form.text("find")
    if action == "make":
        try:
            made = studio.apart(
                doing.hand_over, studio.project, saved.client, bool(form.text("films"))
            )
        except Refusal as refusal:  # what was typed is in the file now
            wrong = {"all": in_sentences(refusal.problems[0])}
            return show(request, identity, find=find, into=into, wrong=wrong, lost=lost)
        return show(request, identity, find=find, into=into, made=made, lost=lost)
    # Whoever looks for exercises puts in several, one after the other; Enter in the field of the search looks, too.
    if action == "find" or (find and action.startswith("add:")) or find != form.text("found"):
        # Not by an address: a browser would keep what hurts beside the number of the plan.
        return show(request, identity, find=find, into=into, lost=lost)
    if lost:
        return show(request, identity, lost=lost)
    return RedirectResponse(address_of(identity, "plan"), status_code=303)
