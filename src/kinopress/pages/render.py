"""The library as a plain tree of Markdown pages and files. Pure: nothing is read or written here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from types import MappingProxyType

from kinopress.content.model.library import Library
from kinopress.content.model.pages import (
    Article,
    Exercise,
    Muscle,
    Page,
    PlainPage,
    Plan,
    Symptom,
    Technique,
    Video,
)
from kinopress.finder.index import build_facets, build_index, build_more, build_signs
from kinopress.media.clip import Clip, caption_path, chapters_path
from kinopress.media.figure import Figure
from kinopress.pages.kinds.exercise import render_exercise
from kinopress.pages.kinds.plan import render_plan
from kinopress.pages.kinds.reading import render_article, render_plain, render_video
from kinopress.pages.kinds.terms import render_muscle, render_symptom, render_technique
from kinopress.pages.links import page_path
from kinopress.pages.lists import find as find_page
from kinopress.pages.lists.lists import index_pages
from kinopress.pages.parts import parts
from kinopress.pages.parts.film import film_facts
from kinopress.pages.parts.html import element, plain_text
from kinopress.pages.place import Place
from kinopress.pages.published import NOTHING, Published
from kinopress.problems import Problem


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page of the plain tree.

    Attributes:
        path: Where it stands, ``exercises/clam.md``.
        title: For the window and lists.
        description: For search engines.
        markdown: Everything, front matter included.
        source: The coach's file it came from, relative to the project; ``None`` for a list.
    """

    path: str
    title: str
    description: str
    markdown: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Site:
    """What the engine builds: pages, files to copy (tree path → file on disk), and files made here (tree path → bytes)."""

    pages: tuple[RenderedPage, ...]
    files: Mapping[str, Path] = field(default_factory=dict)
    made: Mapping[str, bytes] = field(default_factory=dict)


LIST_LABELS = {
    "exercises": "Exercises",
    "symptoms": "Symptoms",
    "muscles": "Muscles",
    "techniques": "Techniques",
    "plans": "Plans",
    "articles": "Articles",
    "videos": "Films",
    "body": "Body map",
}
"""The list a page leads back to."""

_RENDER: dict[type[Page], Callable[..., str]] = {
    Article: render_article,
    Exercise: render_exercise,
    Video: render_video,
    Plan: render_plan,
    Muscle: render_muscle,
    Symptom: render_symptom,
    Technique: render_technique,
    PlainPage: render_plain,
}


def render_site(
    library: Library,
    clips: Mapping[str, Clip],
    project: Path,
    problems: Iterable[Problem] = (),
    *,
    base: str | None = None,
    published: Published = NOTHING,
    figures: Mapping[str, Figure] = MappingProxyType({}),
) -> Site:
    """Render every page.

    Args:
        library: What is shown.
        clips: Encoded films by slug.
        project: The project folder, for the files that are copied.
        problems: Problems to show on the pages they belong to (the preview while writing).
        base: Path of the site's root for addresses from the root; ``None`` for relative ones.
        published: The coach's own pictures and documents as readers get them.
        figures: Drawn figures by the slug of their exercise.
    """
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.path, []).append(problem)
    pages = []
    for page in library.pages.values():
        path = page_path(page)
        place = Place(library, clips, path, base, published, figures)
        body = _crumb(place) + _RENDER[type(page)](place, page)
        if (page.kind, page.slug) in library.held:
            body = parts.block(parts.held_note(page)) + body
        body = _problem_box(by_file.pop(page.path, ())) + body
        pages.append(_rendered(path, page.title, page.description, body, page.path))
    for index in index_pages(library):
        place = Place(library, clips, index.path, base, published, figures)
        body = (
            _crumb(place) if index.path != find_page.BODY and index.path.startswith("body/") else ""
        )
        body += parts.heading(index.title, index.description) + index.render(place)
        pages.append(_rendered(index.path, index.title, index.description, body, None))
    rest = [problem for of_file in by_file.values() for problem in of_file]
    if rest:
        at, home = next(((i, p) for i, p in enumerate(pages) if p.path == "index.md"), (None, None))
        if at is not None and home is not None:
            front, _, body = home.markdown.partition("\n---\n\n")
            pages[at] = RenderedPage(
                home.path,
                home.title,
                home.description,
                f"{front}\n---\n\n{_problem_box(rest)}{body}",
                home.source,
            )
    files = _files(clips, project, published)
    for figure in figures.values():
        files |= figure.files
    return Site(tuple(pages), files, _search(library, clips))


def markdown_of(library: Library, path: str) -> str | None:
    """The Markdown of one page of the plain tree, without front matter and films; ``None`` when there is none."""
    for page in library.pages.values():
        if page_path(page) == path:
            return _RENDER[type(page)](Place(library, {}, path), page)
    for index in index_pages(library):
        if index.path == path:
            place = Place(library, {}, path)
            return parts.heading(index.title, index.description) + index.render(place)
    return None


def _search(library: Library, clips: Mapping[str, Clip]) -> dict[str, bytes]:
    """The files a reader's search needs."""
    films = {slug: film_facts(clip) for slug, clip in clips.items()}
    return {
        "assets/finder/index.json": build_index(library, films),
        "assets/finder/facets.json": build_facets(library),
        "assets/finder/more.json": build_more(library),
        "assets/finder/signs.json": build_signs(library),
    }


def _rendered(
    path: str, title: str, description: str, body: str, source: str | None
) -> RenderedPage:
    # Engines put these two into <title> and <meta> as they are: they are escaped here, once.
    front = {
        "title": escape(title, quote=False),
        "description": escape(plain_text(description)),
        "hide": ["navigation"],
    }
    lines = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items()
    )
    return RenderedPage(path, title, description, f"---\n{lines}---\n\n{body.rstrip()}\n", source)


def _crumb(place: Place) -> str:
    """The way back from a page to the list it stands in."""
    folder = place.path.rpartition("/")[0]
    if folder not in LIST_LABELS:
        return ""
    link = element("a", escape(LIST_LABELS[folder]), href=place.url(f"{folder}/index.md"))
    return parts.block(element("p", link, class_="kp-crumb"))


def _problem_box(problems: Iterable[Problem]) -> str:
    items = "".join(element("li", escape(str(p))) for p in problems)
    if not items:
        return ""
    inner = element("p", element("strong", "To fix before this can be published:")) + element(
        "ul", items
    )
    return parts.block(element("div", inner, class_="kp-problems", role="alert"))


def _files(clips: Mapping[str, Clip], project: Path, published: Published) -> dict[str, Path]:
    files = dict(published.files)
    for slug, clip in clips.items():
        for output in clip.manifest.outputs:
            files[clip.site_path(output)] = clip.folder / output.path
        for language, source in clip.captions.items():
            files[caption_path(slug, language)] = project / source
        if clip.chapters is not None:
            files[chapters_path(slug)] = project / clip.chapters
    return files
