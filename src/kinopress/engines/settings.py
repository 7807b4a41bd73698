"""What any engine must be told to build the plain tree: one set of settings for all of them."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from kinopress.content.data.words import script_words
from kinopress.content.model.kinds import LISTED
from kinopress.content.model.language.words import ENGLISH, Words
from kinopress.content.model.library import Library
from kinopress.content.model.settings import Assessment
from kinopress.content.relations.reaching import leads_on
from kinopress.engines import colours
from kinopress.engines.compact import compact
from kinopress.engines.look import FAVICON, STYLESHEET, THEME
from kinopress.engines.sheets import parts
from kinopress.finder.index import HELP
from kinopress.pages.lists.find import BODY, is_on_the_body
from kinopress.pages.markdown_extensions import MARKDOWN_EXTENSIONS
from kinopress.pages.site import Site

SCRIPTS = "assets/web"
"""Our own scripts, bundled from web/ when the package was built."""

SCRIPT = f"{SCRIPTS}/kinopress.js"
"""The one script of every page; the others it loads when they are needed."""

MENU = (
    *(
        (row.index, row.labels)
        for row in sorted(LISTED, key=lambda row: row.in_menu or 0)
        if row.in_menu is not None
    ),
    ("a-z.md", "A–Z"),
)
"""The main menu of a site that has pages of every kind."""

FOOT = (
    HELP,
    "assessment",
    "about",
    "contact",
    "techniques/index",
    "body/index",
    "colophon",
    "offline",
)
"""Pages the foot of every page leads to: lists of ours, and those of the coach where she has written them."""

LISTS_AT_THE_FOOT = {
    **{f"{row.site}/index": row.labels for row in LISTED},
    "body/index": "Body map",
    "offline": "Reading offline",
}
"""The titles of our own lists there."""


def assets() -> list[str]:
    """The theme's own files that travel as they are, by their place in the tree: icon, scripts."""
    scripts = sorted(file.name for file in (THEME / SCRIPTS).glob("*.js"))
    return [FAVICON, *(f"{SCRIPTS}/{name}" for name in scripts)]


def menu(library: Library) -> list[tuple[str, str]]:
    """Tree path and title of the lists in the main menu: those that have pages."""
    empty = _empty_lists(library)
    phrase = library.shared.words.phrase
    return [(path, phrase(label)) for path, label in MENU if path not in empty]


def _empty_lists(library: Library) -> set[str]:
    """The lists in which there is no page, by tree path: they are there, and nothing leads to them."""
    found = {row.index for row in LISTED if not library.of_kind(row.page)}
    return found if is_on_the_body(library) else {*found, BODY}


def foot_links(library: Library) -> list[tuple[str, str]]:
    """Tree path and title of the pages at the foot."""
    found = []
    empty = _empty_lists(library)
    phrase = library.shared.words.phrase
    for slug in FOOT:
        page = library.pages.get(("page", slug))
        if page is not None:
            if leads_on(library, page):
                found.append((f"{slug}.md", page.title))
        elif slug == "offline" and not library.settings.offline:
            continue
        elif slug in LISTS_AT_THE_FOOT and f"{slug}.md" not in empty:
            found.append((f"{slug}.md", phrase(LISTS_AT_THE_FOOT[slug])))
    return found


def help_link(library: Library) -> list[tuple[str, str]]:
    """Tree path and title of the page that says whom to call, where the coach has written it."""
    page = library.pages.get(("page", HELP))
    return [(f"{HELP}.md", page.title)] if page is not None else []


def navigation(library: Library) -> list[dict[str, str]]:
    """The menu as MkDocs and Zensical write it: home, the lists, the pages at the foot."""
    home = library.pages.get(("page", "index"))
    phrase = library.shared.words.phrase
    first = [{phrase("Home"): "index.md"}] if home is not None else []
    return (
        first
        + [{label: path} for path, label in menu(library)]
        + [{title: path} for path, title in foot_links(library)]
    )


def styles(library: Library) -> list[str]:
    """The style sheets of a site, in the order in which they apply: the theme's, then the colours of this one."""
    return [*parts.PATHS, *([colours.STYLESHEET] if library.settings.colour else [])]


def styles_of(library: Library, text: str) -> list[str]:
    """Those of them that a page with this text needs."""
    needed = {STYLESHEET, colours.STYLESHEET, *parts.sheets_of(text)}
    return [path for path in styles(library) if path in needed]


def made_files(library: Library) -> dict[str, bytes]:
    """What the theme makes for one site, its style sheets in order: tree path → bytes."""
    sheets = dict(own_sheets())
    if _shows_the_coach(library):
        sheets[STYLESHEET] += compact((THEME / "coach.css").read_text("utf-8"))
    if colour := library.settings.colour:
        sheets[colours.STYLESHEET] = compact(colours.stylesheet(colour))
    return {path: sheet.encode() for path, sheet in sheets.items()}


def files_made_from(library: Library) -> str:
    """All of a library that :func:`made_files` reads."""
    return repr([library.settings.colour, _shows_the_coach(library)])


@functools.cache
def own_sheets() -> Mapping[str, str]:
    """Our style sheets, whatever site they are for: path → text."""
    return parts.in_parts(compact((THEME / STYLESHEET).read_text("utf-8")))


def _shows_the_coach(library: Library) -> bool:
    """Whether any page shows what only ``coach.css`` styles: others' readers do not fetch it."""
    settings = library.settings
    return (
        settings.coach.can_be_asked
        or settings.coach.greeting is not None
        or settings.coach.photo is not None
        or settings.assessment != Assessment()
        or any(article.first_person for article in library.articles)
    )


_COUNTED_TO = 200


def words_of_scripts(words: Words) -> str:
    """What web/src/words.ts reads of a page, as JSON; empty on an English site without words of its own."""
    if words.language == ENGLISH and not words.own:
        return ""
    forms = {one: words.forms_of(one, *more) for one, *more in script_words()}
    form_for = [words.form_for(n) for n in range(_COUNTED_TO)]
    data = {"forms": {one: of for one, of in forms.items() if of}, "formFor": form_for}
    # The end of the block is not in it, whatever a coach writes.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def plain_settings(library: Library, site: Site) -> dict[str, Any]:
    """``mkdocs.yml`` of the plain tree: Material's own theme and our stylesheet, no plugin."""
    settings = library.settings
    values: dict[str, Any] = {
        "site_name": settings.site_name,
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": True,
        "theme": {
            "name": "material",
            "font": False,
            "language": settings.language,
            "favicon": site.favicon or FAVICON,
            **({"logo": site.logo} if site.logo else {}),
            "features": ["navigation.prune"],
        },
        "plugins": [],
        "extra_css": styles(library),
        "extra_javascript": [{"path": SCRIPT, "type": "module"}],
        "nav": navigation(library),
        "validation": {"nav": {"omitted_files": "ignore"}},
        "markdown_extensions": [
            {name: options} if options else name for name, options in MARKDOWN_EXTENSIONS.items()
        ],
    }
    for name in ("site_url", "site_description", "copyright"):
        value = getattr(settings, name)
        if value:
            values[name] = value
    return values
