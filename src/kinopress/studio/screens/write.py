"""*Write*: the pages by kind, and each as a form made from the form of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Kind, Page
from kinopress.content.source.writer import body_line, body_text, fields_of, token
from kinopress.problems import Problem, Refusal
from kinopress.project.change.remove import removed_pages
from kinopress.project.change.save import Clash, save
from kinopress.project.films.add import split_tags
from kinopress.project.new.page import write_page
from kinopress.project.telling.typed import can_be_shown, typed_body, typed_problems
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.check import (
    ShownProblem,
    footage_address,
    in_sentences,
    of_its_line,
    shown_problem,
)
from kinopress.studio.screens.source import source_file
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.writing.controls import (
    BODY,
    Control,
    controls_of,
    digest,
    typed_changes,
    typed_in,
)

_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".gif", ".svg")
_TYPED_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none';"
    " frame-ancestors 'none'"
)
"""What is typed may hold HTML of the coach's; none of it does anything in the studio."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page's file as it is now.

    Attributes:
        kind: The kind of page.
        path: The file, relative to the project.
        token: Tells this state of the file from every other.
        controls: Its fields.
        body: Its text.
        unknown: Fields in it that its kind does not have.
    """

    kind: Kind
    path: str
    token: str
    controls: list[Control]
    body: str
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Typed:
    """A text that is being typed, of a page that is there.

    Attributes:
        library: Everything else.
        kind: The kind of page.
        path: Its file, relative to the project.
        text: What is typed so far.
        base: Where the site is shown, for the links of the text.
        sources: What is typed in its field of sources; ``None`` where the form was not sent with it.
    """

    library: Library
    kind: Kind
    path: str
    text: str
    base: str
    sources: tuple[str, ...] | None

    def html(self) -> str:
        """The text as readers will have it."""
        return typed_body(self.library, self.kind, self.path, self.text, self.base, self.sources)

    def problems(self) -> list[Problem]:
        """What is wrong with the text."""
        return typed_problems(self.library, self.kind, self.path, self.text, self.sources)


def _pages(studio: Studio) -> list[Page]:
    library = studio.now().library
    found = [] if library is None else [*library.pages.values(), *library.held.values()]
    return sorted(found, key=lambda page: page.title.casefold())


def _list(request: Request) -> Response:
    return _show_list(request, "", 200)


def _show_list(request: Request, wrong: str, status: int, form: Form | None = None) -> Response:
    studio = studio_of(request)
    pages = _pages(studio)
    asked = " ".join(request.query_params.get("q", "").split())[:100]
    kind = request.query_params.get("kind", "")
    counts = {name: sum(page.kind == name for page in pages) for name in KINDS}
    if kind not in KINDS:
        kind = "" if asked else "article"
    found = [page for page in pages if _fits(page, asked) and kind in ("", page.kind)]
    faulty = {problem.path for problem in studio.now().report.errors}
    library = studio.now().library
    held = set() if library is None else {page.path for page in library.held.values()}
    return HTMLResponse(
        studio.page(
            "write.html",
            request,
            title="Write",
            readable=library is not None,
            kinds=[(name, row.labels, counts[name]) for name, row in KINDS.items()],
            kind=kind,
            asked=asked,
            found=found,
            faulty=faulty,
            held=held,
            wrong=wrong,
            new={
                "kind": form.text("kind") if form else kind or "article",
                "title": form.text("title") if form else "",
            },
            removed=[*dict.fromkeys(kept.path for kept in removed_pages(studio.project))],
            makes=[(name, row.label) for name, row in KINDS.items() if name != "video"],
        ),
        status_code=status,
    )


def _fits(page: Page, asked: str) -> bool:
    words = asked.casefold().split()
    there = f"{page.title} {page.slug} {page.description or ''}".casefold()
    return all(word in there for word in words)


def _new(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    kind = next((name for name in KINDS if name == form.text("kind") and name != "video"), None)
    if kind is None:
        return _show_list(request, "Choose a kind of page.", 422, form)
    now = studio.now()
    today = now.library.today if now.library else now.at.date()
    try:
        written = write_page(studio.project, kind, form.text("title"), today)
    except Refusal as refusal:
        return _show_list(request, in_sentences(refusal.problems[0]), 422, form)
    return RedirectResponse(address_of(written[0], said="new"), status_code=303)


def _new_of_film(request: Request, form: Form) -> Response:
    """A page for a film that is in videos/ already, under the name it has there."""
    studio = studio_of(request)
    now = studio.now()
    films = {} if now.library is None else now.library.films
    film = next((film for film in films.values() if film.path == form.text("film")), None)
    if now.library is None or film is None:
        return _show_list(request, "There is no such film in the folder videos.", 422)
    title = film.slug.replace("-", " ").capitalize()
    try:
        written = write_page(studio.project, "video", title, now.library.today)
    except Refusal as refusal:
        return _show_list(request, in_sentences(refusal.problems[0]), 422)
    return RedirectResponse(address_of(written[0], said="new"), status_code=303)


def address_of(path: str, **more: str) -> str:
    """Where a page is written."""
    return f"/write/page?{urlencode({'path': path, **more})}"


def _file_of(studio: Studio, path: str) -> tuple[Kind, Path] | None:
    """The kind and the file of a page; ``None`` for everything that is not a page."""
    file = source_file(studio.project, path)
    kind = next((page.kind for page in _pages(studio) if page.path == path), None)
    return None if file is None or kind is None else (kind, file)


def _opened(studio: Studio, path: str) -> Opened:
    """A page to be written in.

    Raises:
        HTTPException: there is no such page (404).
        Refusal: its file cannot be read as fields and a text.
    """
    found = _file_of(studio, path)
    if found is None:
        raise HTTPException(404)
    kind, file = found
    try:
        data = file.read_bytes()
    except OSError:
        raise HTTPException(404) from None
    values = fields_of(data, path)
    there: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
    controls = controls_of(kind, there)
    names = {control.name for control in controls}
    unknown = tuple(name for name in there if name not in names)
    return Opened(kind, path, token(data), controls, body_text(data, path), unknown)


def _page(request: Request) -> Response:
    studio = studio_of(request)
    path = request.query_params.get("path", "")
    if _file_of(studio, path) is None:
        return _as_file(request)
    try:
        opened = _opened(studio, path)
    except Refusal:
        return _as_file(request)
    return _show(request, opened, {}, 200)


def _as_file(request: Request) -> Response:
    """What cannot be written in fields is shown as it is; nothing is ever saved over it."""
    line = request.query_params.get("line", "")
    mark = f"#line-{line}" if line.isdecimal() else ""
    asked = {key: request.query_params.get(key, "") for key in ("path", "line", "field")}
    return RedirectResponse(f"/source?{urlencode(asked)}{mark}", status_code=303)


def _show(
    request: Request,
    opened: Opened,
    wrong: Mapping[str, str],
    status: int,
    *,
    form: Form | None = None,
    said: str = "",
    clash: Mapping[str, str] | None = None,
) -> Response:
    studio = studio_of(request)
    now = studio.now()
    found = [problem for problem in now.report if problem.path == opened.path]
    names = {control.name for control in opened.controls}
    beside: dict[str, list[ShownProblem]] = {}
    for problem in found:
        name = (problem.field or "").partition(".")[0]
        place = name if name in names else BODY if not problem.field and problem.line else ""
        beside.setdefault(place, []).append(shown_problem(problem))
    typed = {c.name: c.shown for c in opened.controls} | {BODY: opened.body}
    was = {c.name: c.was for c in opened.controls} | {BODY: digest(opened.body)}
    shapes: dict[str, str] = {c.name: c.shape for c in opened.controls}
    if form is not None:
        for control in opened.controls:
            if (words := _own_words(form, control.name)) is not None:
                typed[control.name] = words
                was[control.name] = form.text(f"was.{control.name}")
                shapes[control.name] = form.text(f"shape.{control.name}")
        if (words := _own_words(form, BODY)) is not None:
            typed[BODY], was[BODY] = words, form.text(f"was.{BODY}")
        if clash is None:  # nobody has seen yet what the file says now
            opened = replace(opened, token=form.text("token"))
    title = next((c.shown for c in opened.controls if c.name == "title"), "") or opened.path
    library = now.library
    page = studio.page(
        "page.html",
        request,
        title=title,
        page=opened,
        kind=KINDS[opened.kind],
        typed=typed,
        was=was,
        shapes=shapes,
        beside=beside,
        wrong=wrong,
        told=said,
        clash=clash,
        pictures=_pictures(opened.path, () if library is None else library.assets),
        held=library is not None and any(p.path == opened.path for p in library.held.values()),
        footage=_footage(library, opened),
        removable=PurePosixPath(opened.path).stem != "index",
        errors=sum(problem.severity == "error" for problem in found),
    )
    return HTMLResponse(page, status_code=status)


def _footage(library: Library | None, opened: Opened) -> str:
    """Where the film of a page is looked at; empty for a page without one."""
    slug = PurePosixPath(opened.path).stem
    has_film = library is not None and opened.kind == "video" and slug in library.films
    return footage_address(slug) if has_film else ""


def _pictures(path: str, assets: Sequence[str]) -> list[str]:
    """The pictures there are, as a page names them."""
    top = "../" if path.count("/") > 1 or not path.startswith("docs/") else ""
    return [
        top + asset.removeprefix("docs/")
        for asset in assets
        if PurePosixPath(asset).suffix.casefold() in _PICTURES and asset.startswith("docs/")
    ]


def _save(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    path = form.text("path")
    try:
        opened = _opened(studio, path)
    except HTTPException:  # removed or renamed meanwhile, or the settings cannot be read
        return _lost(request, form, ())
    except Refusal as refusal:
        return _lost(request, form, refusal.problems)
    changes, wrong = typed_changes(opened.kind, form)
    if wrong:
        said = "Nothing has been saved yet: one or more fields cannot be read as they were typed."
        return _show(request, opened, wrong, 422, form=form, said=said)
    try:
        save(studio.project, path, form.text("token"), changes)
    except Clash as clash:
        there = {
            control.name: control.options.get(control.shown, control.shown)
            for control in opened.controls
            if _own_words(form, control.name) not in (None, control.shown)
        }
        if _own_words(form, BODY) not in (None, opened.body):
            there[BODY] = opened.body
        said = in_sentences(clash.problems[0])
        return _show(request, opened, {}, 409, form=form, said=said, clash=there)
    except Refusal as refusal:
        problem = refusal.problems[0]
        name = (problem.field or "").partition(".")[0]
        beside = (
            {name: in_sentences(problem)} if any(c.name == name for c in opened.controls) else {}
        )
        said = "Nothing has been saved: " + (
            "see the field below." if beside else in_sentences(problem)
        )
        return _show(request, opened, beside, 422, form=form, said=said)
    return RedirectResponse(address_of(path, said="saved"), status_code=303)


def _own_words(form: Form, name: str) -> str | None:
    """What was typed in a field since it was shown; ``None`` where nobody has: then what the file says is shown."""
    words = (
        typed_in(form, name) if name != BODY else form.block(BODY) if BODY in form.values else None
    )
    return None if words is None or digest(words) == form.text(f"was.{name}") else words


def _lost(request: Request, form: Form, problems: Sequence[Problem]) -> Response:
    """The file can no longer be read, so nothing is saved over it; what was typed is shown to be copied."""
    changed = [
        (name, words)
        for name in (*(key for key in form.values if key.startswith("field.")), BODY)
        if (words := form.block(name))
    ]
    page = studio_of(request).page(
        "unsaved.html",
        request,
        title="Not saved",
        path=form.text("path"),
        problems=[shown_problem(problem) for problem in problems],
        fields=[(name.removeprefix("field."), words) for name, words in changed],
    )
    return HTMLResponse(page, status_code=409)


def _typed_in(request: Request, form: Form) -> _Typed:
    """What is typed.

    Raises:
        HTTPException: there is no such page (404).
    """
    studio, path = studio_of(request), form.text("path")
    found, library = _file_of(studio, path), studio.now().library
    if found is None or library is None:
        raise HTTPException(404)
    words = typed_in(form, "sources")
    sources = None
    if words is not None and form.text("shape.sources") == "names":
        sources = split_tags(words)
    base = f"{studio.preview}/now/"
    return _Typed(library, found[0], path, form.block(BODY), base, sources)


def _typed(request: Request, form: Form) -> Response:
    """The text as readers will have it, as far as it is typed."""
    typed = _typed_in(request, form)
    page = studio_of(request).page(
        "typed.html",
        request,
        title=form.block("field.title").strip() or typed.path,
        address=address_of(typed.path),
    )
    before, _, after = page.partition("<!-- the text -->")
    html = before + typed.html() + after
    return HTMLResponse(html, headers={"Content-Security-Policy": _TYPED_CSP})


def _beside(request: Request, form: Form) -> Response:
    """The text as readers will have it, to be shown beside the field, and what is wrong with it in words."""
    typed = _typed_in(request, form)
    problems = typed.problems()
    html = typed.html() if can_be_shown(problems) else ""
    above = _lines_above(studio_of(request), typed.path)
    said = [
        of_its_line(replace(problem, line=above + (problem.line or 1)), of_the_file=True)
        for problem in problems
    ]
    return JSONResponse({"html": html, "problems": said})


def _lines_above(studio: Studio, path: str) -> int:
    """The lines that a file has above its text, so that a problem has the same line here as in a check."""
    found = _file_of(studio, path)
    try:
        return 0 if found is None else body_line(found[1].read_bytes(), path) - 1
    except (OSError, Refusal):
        return 0


routes = [
    Route("/write", _list),
    Route("/write/new", with_form(_new), methods=["POST"]),
    Route("/write/film", with_form(_new_of_film), methods=["POST"]),
    Route("/write/page", _page),
    Route("/write/page", with_form(_save), methods=["POST"]),
    Route("/write/typed", with_form(_typed), methods=["POST"]),
    Route("/write/beside", with_form(_beside), methods=["POST"]),
]
