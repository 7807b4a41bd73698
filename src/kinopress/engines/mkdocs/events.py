"""What MkDocs asks while it builds: the rendered pages are handed to it in memory."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from kinopress.content.data.phones import number_links
from kinopress.content.data.words import words_in
from kinopress.content.model.kinds import SOURCE_TOPS
from kinopress.content.model.library import Library
from kinopress.content.model.settings import Settings
from kinopress.engines import look
from kinopress.engines import settings as engine
from kinopress.engines.in_english import with_english_marked
from kinopress.engines.lost_page import lost_page
from kinopress.engines.memory import Memory
from kinopress.engines.mkdocs.converting.contents import Contents
from kinopress.engines.mkdocs.converting.own_html import OwnHtml
from kinopress.engines.mkdocs.frame_sheet import FrameSheet, made_from
from kinopress.engines.mkdocs.lasting_files import LastingFile
from kinopress.engines.mkdocs.page_text import PageFile
from kinopress.engines.mkdocs.rung_numbers import rung
from kinopress.engines.mkdocs.shown_files import ShownFile
from kinopress.engines.offline import app
from kinopress.engines.offline.worker import write_worker
from kinopress.engines.page_file import front_matter
from kinopress.engines.prepared import Prepared
from kinopress.pages.links import url_of
from kinopress.pages.lists.find import FIND
from kinopress.pages.markdown_extensions import extensions_needed
from kinopress.pages.place import Place
from kinopress.pages.site import Site, SitePage

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

POLICY = (
    "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'self'; "
    "script-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What a page may load: its own pictures, films, styles and scripts; nothing inline, nothing from elsewhere."""

_FONTS = (".woff", ".woff2")


def policy_of(site: Site, settings: Settings) -> str:
    """What the pages of a site may load, and where forms may go: fonts and a form of the coach's as well."""
    policy = POLICY
    if form := settings.coach.form_url:  # POLICY ends with where forms may go
        policy += f" https://{urlsplit(form).netloc}"
    return f"{policy}; font-src 'self'" if any(f.endswith(_FONTS) for f in site.files) else policy


def policy_said(site: Site, library: Library) -> str:
    """What a server may say for all pages of a site: the one for wrong addresses may need more than the others.

    So does an encrypted page, which shows a film that it has decrypted: pages say for themselves that they need no such thing.
    """
    policy = policy_of(site, library.settings).replace(
        "media-src 'self'", "media-src 'self' blob:", 1
    )
    return policy if library.settings.site_url else lost_page(policy).policy


WATCHED = SOURCE_TOPS[1:]
"""The folders with sources that MkDocs does not know: all but ``docs``."""


def _links(library: Library, pages: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Pages by place and name, as templates write a link to them; ``lang`` where a name is not in the site's language."""
    return [
        {"path": path, "url": url_of(path), "label": label, "lang": _lang_of(library, path)}
        for path, label in pages
    ]


def _lang_of(library: Library, path: str) -> str:
    page = library.pages.get(("page", path.removesuffix(".md")))
    return (Place(library, {}, path).lang_of(page) or "") if page is not None else ""


class _WithoutIcons(FileSystemLoader):
    """Finds templates as ever, but lists none of Material's 14,000 icons, which MkDocs looks through and leaves."""

    def list_templates(self) -> list[str]:
        """All files of the theme outside hidden folders."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, names, files in os.walk(top):
                names[:] = [name for name in names if not name.startswith(".")]
                inside = Path(folder).relative_to(top)
                found.update((inside / name).as_posix() for name in files)
        return sorted(found)


class KinopressConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options of its own: settings are under ``extra.kinopress``."""


class SiteEvents(BasePlugin[KinopressConfig]):  # type: ignore[no-untyped-call]
    """Replaces what MkDocs found in docs/ by the rendered pages.

    Attributes:
        source: Where the pages come from, given the project's folder and whether this is a preview.
            Whoever runs MkDocs puts its own there.
        memory: What the last build made, where somebody remembers it.
    """

    source: Callable[[Path, bool], Prepared]

    def __init__(self) -> None:
        self.preview = False
        self.prepared: Prepared | None = None
        self.memory: Memory | None = None
        self._pages: dict[str, SitePage] = {}
        self._frame = FrameSheet()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is a preview, which shows drafts and problems."""
        self.preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and render everything; tell Material how this site looks."""
        self.prepared = self.source(Path(config.config_file_path).parent, self.preview)
        config.theme.dirs.insert(0, str(look.THEME))
        config.theme["font"] = False
        make_env = config.theme.get_env

        def env_without_icons() -> Environment:
            env = make_env()
            env.loader = _WithoutIcons(config.theme.dirs)
            return env

        config.theme.get_env = env_without_icons  # type: ignore[method-assign]
        site = self.prepared.site
        config.theme["language"] = self.prepared.library.settings.language
        config.theme["favicon"] = site.favicon or look.FAVICON
        config.theme["logo"] = site.logo or config.theme["favicon"]
        config.nav = engine.navigation(self.prepared.library)
        config.validation.nav.omitted_files = logging.DEBUG
        config.use_directory_urls = True
        # Ours has the films, and the coach's days instead of the day of the build.
        config.theme.static_templates.discard("sitemap.xml")
        self._pages = {page.path: page for page in self.prepared.site.pages}
        self._use_extensions(config, "")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Our pages and films instead of the sources; Material's scripts stay behind."""
        site = self._ready().site
        docs = Path(config.docs_dir)
        made_here = {**site.made, **self._sheets(files, config)}
        kept = [
            f
            for f in files
            if f.src_uri.startswith("assets/")
            and f.src_uri not in made_here
            and not f.src_uri.startswith("assets/javascripts/")
            and not self._frame.replaces(f.src_uri)
            # The theme's own; what the coach has in docs/assets/ is published as all of hers is.
            and not (f.abs_src_path and Path(f.abs_src_path).is_relative_to(docs))
        ]
        result = Files(kept)
        for page in self._pages.values():
            result.append(PageFile.of(page, config))
        kind = ShownFile if self.preview else LastingFile
        for path, file in site.files.items():
            copied = kind.generated(config, path, abs_src_path=str(file))
            if isinstance(copied, LastingFile):
                copied.memory = self.memory
            result.append(copied)
        if self.is_kept():
            made_here |= app.files(self._ready().library, site, self.memory)
        own = self._ready().library.shared.words.own
        for path, made in made_here.items():
            if path.endswith(".html"):  # old addresses, and pages that have gone
                made = with_english_marked(made.decode("utf-8"), own).encode("utf-8")  # noqa: PLW2901
            added = File.generated(config, path, content=made)
            if path.startswith(".well-known/"):  # MkDocs leaves out what begins with a dot
                added.inclusion = InclusionLevel.INCLUDED
            result.append(added)
        return result

    def _sheets(self, files: Files, config: MkDocsConfig) -> Mapping[str, bytes]:
        """The style sheets of the site; the last one has them, where all that they are made from is the same."""
        ready, memory = self._ready(), self.memory

        def make() -> dict[str, bytes]:
            own = engine.made_files(ready.library)
            return own | dict(FrameSheet.of(files, config, ready, {**ready.site.made, **own}).made)

        if memory is None or not memory.programs:
            sheets: Mapping[str, bytes] = make()
        else:
            sheets = memory.once_made(made_from(files, config, ready, memory.programs), make)
        self._frame = FrameSheet.of_made(files, config, sheets)
        return sheets

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Menu and foot for the page templates."""
        library = self._ready().library
        help_ = library.shared.help
        policy = policy_of(self._ready().site, library.settings)
        words = library.shared.words
        env.globals["phrase"] = words.phrase
        env.globals["together"] = words.together
        env.globals["kp"] = {
            "note": number_links(escape(help_.say("footer")), help_.numbers),
            "note_lang": Place(library, {}, "index.md").told_lang,
            "preview": self.preview,
            "policy": policy,
            "lost": lost_page(policy),
            "home": url_of("index.md"),
            "find": url_of(FIND),
            "script": engine.SCRIPT,
            "frame": (self._frame.whole, self._frame.kept),
            "styles": engine.styles_of(library, ""),
            "words": engine.words_of_scripts(words),
            "manifest": app.MANIFEST if self.is_kept() else "",
            "touch_icon": app.TOUCH_ICON,
            "menu": _links(library, engine.menu(library)),
            "foot": _links(library, engine.foot_links(library)),
            "feeds": self._ready().site.feeds,
            "help": next(iter(_links(library, engine.help_link(library))), None),
        }
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What is known of a page, for its template."""
        # MkDocs' type knows only its own names; what is added is for our template.
        known = cast("dict[str, Any]", context)
        ours = self._pages.get(page.file.src_uri)
        known["kp_page"] = ours
        if ours is not None:
            # A page in another language than the site has what scripts say in its text in that one.
            known["kp_page_words"] = (
                engine.words_of_scripts(words_in(ours.lang)) if ours.lang else ""
            )
            known["kp_styles"] = engine.styles_of(self._ready().library, ours.text)
        return context

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """What is known of a page, as if it had stood in its file."""
        ours = self._pages.get(page.file.src_uri)
        if ours is not None:  # another plugin may add pages of its own
            page.meta = front_matter(ours)
        self._use_extensions(config, markdown)
        return markdown

    @staticmethod
    def _use_extensions(config: MkDocsConfig, markdown: str) -> None:
        """Those that make a difference to a page: one page with a footnote costs no other page time."""
        extensions = extensions_needed([markdown])
        # Markdown takes an extension as an object as well; MkDocs' types know only names.
        named: list[Any] = [
            *(
                Contents(**options) if name == "toc" else name
                for name, options in extensions.items()
            ),
            OwnHtml(),
        ]
        config.markdown_extensions = named
        config.mdx_configs = {name: options for name, options in extensions.items() if options}

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Numbers to call are links that ring, wherever a page says them."""
        return rung(html, self._ready().library.shared.help.numbers)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Words that the language of a page does not have are marked as English."""
        return with_english_marked(output, self._ready().library.shared.words.own)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The same for pages that are of no file: the one that says that there is none."""
        own = self._ready().library.shared.words.own
        is_page = template_name.endswith(".html")
        return with_english_marked(output_content, own) if is_page else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what keeps the site on readers' devices, or removes it there, when all else is finished."""
        if not self.preview:
            is_kept = self.is_kept()
            site, memory = Path(config.site_dir), self.memory
            if memory is None:
                write_worker(site, is_kept=is_kept)
            else:
                packed, digests = memory.packed, memory.files
                write_worker(site, is_kept=is_kept, packed=packed, digests=digests)

    def is_kept(self) -> bool:
        """Whether readers' devices keep the site; a preview changes too often."""
        return not self.preview and self._ready().library.settings.offline

    def _ready(self) -> Prepared:
        if self.prepared is None:
            raise PluginError("MkDocs did not announce its settings before its files")
        return self.prepared

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch the folders MkDocs does not know."""
        project = Path(config.config_file_path).parent
        for name in WATCHED:
            if (project / name).is_dir():
                server.watch(str(project / name))
        return server
