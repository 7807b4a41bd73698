"""*A place for readers*: where the site is published to, by questions instead of settings to copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.problems import Refusal
from kinopress.project.live.new_place import (
    FIELDS,
    SECRETS,
    check_keeping,
    forget_place,
    keep_secrets,
    kind_of,
    known_secrets,
    name_for,
    opened,
    set_place,
)
from kinopress.project.live.places import where
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.check import in_sentences
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.work import begin_trying, publishing


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about a place.

    Attributes:
        label: What is asked.
        hint: What it is, and where a coach finds it.
        example: What it looks like.
        secret: Whether it is a key or token, shown to nobody once it is kept.
        choices: What can be chosen, by what is written; without any it is typed.
    """

    label: str
    hint: str
    example: str = ""
    secret: bool = False
    choices: Mapping[str, str] | None = None


KINDS: Mapping[str, tuple[str, str]] = {
    "server": (
        "Web space with a login (ssh)",
        "Most web space that is paid for has it; the host calls it SSH access. Only what is new is sent.",
    ),
    "bucket": (
        "A store (S3)",
        "Cloudflare R2, Backblaze, Hetzner, Amazon and others: good for many films.",
    ),
    "repository": (
        "A repository (GitHub, GitLab, Codeberg)",
        "The host makes the site of a branch. Free, with limits for films and for businesses.",
    ),
    "zip": (
        "A zip file to upload yourself",
        "For web space with nothing but a page to upload to. Nothing can be taken back from here.",
    ),
    "folder": (
        "A folder of this computer",
        "A web server on this computer shows it, or a program of your host copies what is in it.",
    ),
}
"""The kinds of place, as a coach chooses one."""

QUESTIONS: Mapping[str, Asked] = {
    "folder": Asked(
        "The folder",
        "Seen from your project, or its whole name. It must be outside of your project. It is made if it is not there.",
        "../public_html",
    ),
    "zip": Asked("The zip file", "Seen from your project, or its whole name.", "../site.zip"),
    "server": Asked(
        "Login and folder",
        "The login, a colon and the folder that readers see. Both are on your host’s pages about SSH.",
        "jen@example.org:public_html",
    ),
    "port": Asked("Port", "Only if the host names another one than 22.", "2222"),
    "bucket": Asked(
        "The bucket",
        "Its name, as the store’s pages show it; with a folder in it if you like.",
        "hips/site",
    ),
    "endpoint": Asked(
        "The store’s address",
        "The store’s pages call it endpoint. Leave it empty for Amazon.",
        "https://s3.eu-central-003.backblazeb2.com",
    ),
    "region": Asked(
        "Region", "As the store’s pages show it; empty if there is none.", "eu-central-003"
    ),
    "key": Asked(
        "Access key", "The store’s pages make it for you, together with the next.", secret=True
    ),
    "secret": Asked("Secret key", "It is shown once, when it is made.", secret=True),
    "repository": Asked(
        "The repository’s address",
        "As its page shows it under “Clone” or “Code”.",
        "https://github.com/jen/site.git",
    ),
    "branch": Asked("Branch", "Empty: gh-pages. Nothing else should be in it.", "pages"),
    "history": Asked(
        "Is the branch protected?",
        "GitLab protects some: each publication then follows the one before.",
        choices={"": "No, or I do not know", "true": "Yes"},
    ),
    "token": Asked(
        "Token",
        "Only if git on this computer cannot log in by itself: the host makes one under its settings, with the right to write.",
        secret=True,
    ),
    "host": Asked(
        "Where it will be uploaded",
        "Whose limits are to be looked at before you upload it.",
        choices={
            "": "Somewhere else",
            "cloudflare": "Cloudflare",
            "gitlab": "GitLab",
            "github": "GitHub",
        },
    ),
    "site_url": Asked(
        "The site’s address",
        "Where readers will find it. With it, publishing looks whether they do. Leave it empty if you do not know it yet.",
        "https://www.example.org/",
    ),
}
"""What is asked, by the name of the field or of the secret."""


def _settings(studio: Studio) -> Settings:
    library = studio.now().library
    if library is None:
        raise HTTPException(409, "The settings have a mistake, which Check shows.")
    return library.settings


def _named(settings: Settings, name: str) -> PublishTo | None:
    """The place of a name, none without one.

    Raises:
        HTTPException: there is no place of that name (404).
    """
    if name and name not in settings.publish:
        raise HTTPException(404)
    return settings.publish.get(name)


def _ask(request: Request) -> Response:
    studio = studio_of(request)
    place = _named(_settings(studio), request.query_params.get("name", ""))
    kind = request.query_params.get("kind", "") or (kind_of(place) if place else "")
    return _show(request, kind, place, {}, 200, opened(studio.project))


def _show(
    request: Request,
    kind: str,
    place: PublishTo | None,
    wrong: Mapping[str, str],
    status: int,
    opened_as: str,
    typed: Mapping[str, str] | None = None,
) -> Response:
    studio = studio_of(request)
    if kind and kind not in KINDS:
        raise HTTPException(404)
    settings = _settings(studio)
    fields = [*FIELDS.get(kind, ()), *SECRETS.get(kind, ()), "site_url"]
    if typed is None:
        typed = _as_set(
            settings, place if place and kind and kind_of(place) == kind else None, fields
        )
    name = place.name if place else ""
    page = studio.page(
        "place.html",
        request,
        title="Where readers get the site" if not place else f"Change the place “{name}”",
        kinds=KINDS,
        kind=kind,
        name=name,
        now=where(place) if place else "",
        fields=[(field, QUESTIONS[field]) for field in fields] if kind else [],
        needed=fields[0],
        known=known_secrets(studio.project, name, kind) if name else frozenset(),
        typed=typed,
        wrong=wrong,
        opened=opened_as,
    )
    return HTMLResponse(page, status_code=status)


def _as_set(settings: Settings, place: PublishTo | None, fields: list[str]) -> dict[str, str]:
    """What the settings say, as it is typed; of secrets nothing is shown."""
    said = {"site_url": settings.site_url or ""}
    for field in fields:
        value = getattr(place, field, None) if place else None
        is_default = (field == "branch" and value == "gh-pages") or (
            field == "region" and value == "auto"
        )
        if field != "site_url" and value not in (None, False) and not is_default:
            said[field] = "true" if value is True else str(value)
    return {field: said.get(field, "") for field in fields}


def _set(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    settings = _settings(studio)
    kind = form.text("kind")
    place = _named(settings, form.text("name"))
    if kind not in KINDS:
        raise HTTPException(404)
    name = place.name if place else name_for(settings, kind, studio.project)
    asked = [*FIELDS[kind], *SECRETS.get(kind, ()), "site_url"]
    typed = {field: form.text(field) for field in asked}
    # The file is read as it is now: another window may have changed it, and then this is not what she saw.
    opened_as = form.text("opened")
    try:
        check_keeping(studio.project, kind, typed)
        set_place(studio.project, opened_as, name, kind, typed, typed["site_url"])
        place = read_settings(studio.project).publish.get(name)  # sent again, it is this one
        keep_secrets(studio.project, name, kind, typed)
    except Refusal as refusal:
        wrong: dict[str, str] = {}
        for problem in refusal.problems:
            field = (problem.field or "").rpartition(".")[2]
            said = in_sentences(problem).replace("remove the line", "leave this empty")
            wrong.setdefault(field if field in asked else "all", said)
        shown = {field: "" if QUESTIONS[field].secret else words for field, words in typed.items()}
        # What was typed is shown again; sent again, it goes over the file as it is now.
        return _show(request, kind, place, wrong, 422, opened(studio.project), shown)
    begin_trying(studio, name)
    return RedirectResponse("/publish?said=place", status_code=303)


def _forget(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    place = _named(_settings(studio), form.text("name"))
    if place is None:
        raise HTTPException(404)
    job = studio.jobs.of(publishing(place.name))
    if job is not None and not job.is_over:
        return _show(
            request, "", place, {"all": "It is being published to at this moment."}, 409, ""
        )
    try:
        forget_place(studio.project, form.text("opened"), place.name)
    except Refusal as refusal:
        wrong = {"all": in_sentences(refusal.problems[0])}
        return _show(request, "", place, wrong, 422, opened(studio.project))
    return RedirectResponse("/publish?said=no-place", status_code=303)


def _try(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    place = _named(_settings(studio), form.text("name"))
    if place is None:
        raise HTTPException(404)
    begin_trying(studio, place.name)
    return RedirectResponse("/publish", status_code=303)


routes = [
    Route("/publish/place", _ask),
    Route("/publish/place", with_form(_set), methods=["POST"]),
    Route("/publish/place/forget", with_form(_forget), methods=["POST"]),
    Route("/publish/place/try", with_form(_try), methods=["POST"]),
]
