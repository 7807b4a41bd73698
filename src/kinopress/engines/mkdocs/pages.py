"""MkDocs' own build, its pages shared out to all processors.

A page of ours needs no other page: its text names its neighbours already. So each goes through Markdown and the theme on
its own, wherever there is a processor, and is let go when it is written. What MkDocs says of a page is kept until it is the
page's turn, so that warnings come as ever. A page of the last site that would be made from the same is copied.

A hook, another plugin or a template of the coach's may look at all pages at once. Then MkDocs builds as it always does.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import marshal
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType
from typing import cast

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from kinopress.engines.memory import Memory, PageMade
from kinopress.engines.mkdocs.converting.converters import Converters
from kinopress.engines.mkdocs.events import SiteEvents
from kinopress.engines.mkdocs.lasting_files import LastingFile
from kinopress.engines.mkdocs.page_text import PageFile, PageOf
from kinopress.engines.offline.worker import sent_as
from kinopress.engines.page_file import front_matter
from kinopress.pages.site import SitePage
from kinopress.system import disk
from kinopress.system.atomic import write_bytes
from kinopress.system.kept import DAMAGED
from kinopress.system.processors.flushing import flushed_meanwhile
from kinopress.system.processors.shared import share_out

_USUAL_BYTES = 20_000
"""A page, about."""

_MANY = 500
"""So many pages take longer to be made than the disk may take to write some of them."""

_Said = list[tuple[str, int, str]]
"""What a logger was told: its name, the level and the words."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A page that was written: what was said of it, the digest of its file, where its links led, and how it is sent.

    Packing a page to see that takes a tenth of making it, so it is done where the page is made; 0 where nobody asks.
    """

    said: _Said
    sha256: str
    links: dict[str, str]
    sent_as: int = 0


class _Compiled(BytecodeCache):
    """The theme's templates as they were compiled: by this process, since the studio builds again and again, or by an earlier one.

    What is made of a template depends on its environment as well. So it is for builds alone into which no hook
    and no other plugin has a say; theirs are all alike. They are kept where Python keeps what it compiles of this
    package, and used by the same programs alone; where nobody may write there, they are compiled each time.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}
        self._programs, self._is_new = "", False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was made of the same text of the same file."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was made."""
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code
            self._is_new = True

    def read(self, programs: str) -> None:
        """Take what an earlier process of the same programs has compiled."""
        if not programs or programs == self._programs:
            return
        self._programs = programs
        with contextlib.suppress(OSError, *DAMAGED, EOFError):
            data = _KEPT_TEMPLATES.read_bytes()
            check, said = data[:_CHECK_BYTES], data[_CHECK_BYTES:]
            if check == self._check(said):
                self._known = {**marshal.loads(said), **self._known}  # noqa: S302 - as Python does beside it

    def write(self) -> None:
        """Keep what was compiled for the next process."""
        if not (self._is_new and self._programs) or sys.dont_write_bytecode:
            return
        self._is_new = False
        said = marshal.dumps(self._known)
        with contextlib.suppress(OSError):
            disk.make_folder(_KEPT_TEMPLATES.parent)
            write_bytes(_KEPT_TEMPLATES, self._check(said) + said)

    def _check(self, said: bytes) -> bytes:
        return hashlib.sha256(self._programs.encode() + said).digest()


_KEPT_TEMPLATES = (
    Path(__file__).parent / "__pycache__" / f"templates.{sys.implementation.cache_tag}.marshal"
)
_CHECK_BYTES = 32
_COMPILED = _Compiled()


def build_pages(
    settings: MkDocsConfig, processes: int | None = None, memory: Memory | None = None
) -> int:
    """Build a site.

    Args:
        settings: As MkDocs has read them; the folder for the site is empty.
        processes: How many share the pages; by default as many as are worth it.
        memory: What the last build made; it gets what this one makes.

    Returns:
        How many processes ended early; their pages were made without them.
    """
    if not _pages_are_alone(settings):
        if memory is not None:
            memory.forget_begun(Path(settings.site_dir))
        mkdocs_build(settings)  # a hook may write into files, which then are nobody else's
        return 0
    for plugin in _ours_among(settings):
        plugin.memory = memory
    config = settings.plugins.on_config(settings)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    in_menu = {path for entry in config.nav or () for path in entry.values()}
    # MkDocs would make something of each page that is in no menu, and most of them are copied.
    shown = Files([f for f in files if not isinstance(f, PageFile) or f.src_uri in in_menu])
    nav = config.plugins.on_nav(get_navigation(shown, config), config=config, files=files)
    env = config.plugins.on_env(env, config=config, files=files) or env
    _COMPILED.read(memory.programs if memory else "")
    env.bytecode_cache = _COMPILED
    if memory is not None:
        # Nothing that is begun may be written to: what the new site has not goes before anything is made.
        pages = {file.dest_uri for file in files.documentation_pages()}
        others = {file.dest_uri for file in files if not file.is_documentation_page()}
        lasting = {file.dest_uri for file in files if isinstance(file, LastingFile)}
        may_stay = (pages - others - config.theme.static_templates) | (lasting - pages)
        memory.forget_begun(Path(config.site_dir), may_stay)
    for template in sorted(config.theme.static_templates):
        _build_theme_template(template, env, files, config, nav)
    making = _Making(config, files, nav, env)
    # What is copied is noted here; a thousand pictures take as long as some fifty pages.
    lost = making.all_pages(processes, memory, meanwhile=files.copy_static_files)
    config.plugins.on_post_build(config=config)
    return lost


def _pages_are_alone(config: MkDocsConfig) -> bool:
    """Whether nothing looks at a page but our own events and templates."""
    links = config.validation.links
    return (
        all(isinstance(plugin, SiteEvents) for plugin in config.plugins.values())
        and not config.theme.custom_dir
        and not config.extra_templates
        and links.anchors < logging.WARNING  # those of all pages are compared
    )


def _weight(file: File) -> int:
    """How much there is to do for a page; a text that was not made yet is made where the page is."""
    if isinstance(file, PageFile):
        return file.bytes_about or _USUAL_BYTES
    return len(file.content_bytes)


def _ours_among(config: MkDocsConfig) -> Iterable[SiteEvents]:
    return (plugin for plugin in config.plugins.values() if isinstance(plugin, SiteEvents))


def _ours(config: MkDocsConfig) -> Iterable[SitePage]:
    for plugin in _ours_among(config):
        if plugin.prepared is not None:
            yield from plugin.prepared.site.pages


def _words(config: MkDocsConfig) -> Iterable[str]:
    """The words around the pages: templates ask for them one by one."""
    for plugin in _ours_among(config):
        if plugin.prepared is not None:
            words = plugin.prepared.library.shared.words
            yield repr([words.language, sorted(words.forms.items()), sorted(words.own.items())])


class _Making:
    """What every page is made with."""

    def __init__(
        self, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment
    ) -> None:
        self.config, self.files, self.nav, self.env = config, files, nav, env
        self.pages = files.documentation_pages()
        self.ours = {page.path: page for page in _ours(config)}
        self.is_kept = any(plugin.is_kept() for plugin in _ours_among(config))
        self.converters = Converters()
        self._addresses: dict[str, str] = {}

    def all_pages(
        self, processes: int | None, memory: Memory | None, meanwhile: Callable[[], object]
    ) -> int:
        """Make all pages, and do what else is to be done; answers how many processes ended early."""
        made_from = self._made_from() if memory else {}
        kept = self._keep_all(memory, made_from) if memory else frozenset()
        new = [file for file in self.pages if file.src_uri not in kept]
        self.env.get_template("main.html")  # compiled once, before there are copies of this process
        _COMPILED.write()
        weights = [_weight(file) for file in new]
        is_much = len(new) >= _MANY
        with flushed_meanwhile(Path(self.config.site_dir)) if is_much else nullcontext():
            shared = share_out(
                weights, lambda at: self._quietly(new[at]), processes, meanwhile=meanwhile
            )
        if memory:
            memory.forget_begun(Path(self.config.site_dir))
        for at, file in enumerate(new):
            written = shared.done.get(at)
            if written is None:
                written = self._written(file, [])
            for name, level, words in written.said:
                logging.getLogger(name).log(level, "%s", words)
            if memory and written.sha256:
                page = PageMade(made_from[file.src_uri], written.sha256, written.links)
                memory.add(file.src_uri, file.dest_uri, page, kept=False)
                if written.sent_as:
                    memory.packed[written.sha256] = written.sent_as
        return shared.lost

    def _keep_all(self, memory: Memory, made_from: dict[str, str]) -> Collection[str]:
        """Copy pages from the last site; answers which, and all others must be made.

        One after the other: what is copied is in memory and goes into memory, where threads would only wait for each other.
        """
        kept: dict[str, PageMade] = {}

        def keep(file: File) -> None:
            made = memory.page(file.src_uri, made_from[file.src_uri], file.dest_uri, self._address)
            if made is not None and memory.bring(file.dest_uri, made.sha256, file.abs_dest_path):
                kept[file.src_uri] = made

        for file in self.pages:
            keep(file)
        # Files whose names tell their content are copied while pages are made, and taken then.
        lasting = {file.dest_uri for file in self.files if isinstance(file, LastingFile)}
        memory.forget_begun(Path(self.config.site_dir), lasting - {f.dest_uri for f in self.pages})
        for file in self.pages:
            if (page := kept.get(file.src_uri)) is not None:
                memory.add(file.src_uri, file.dest_uri, page, kept=True)
        return kept

    def _address(self, path: str) -> str:
        if path not in self._addresses:  # each page leads to a dozen others
            file = self.files.get_file_from_path(path)
            self._addresses[path] = "" if file is None else f"{file.inclusion.name} {file.url}"
        return self._addresses[path]

    def _made_from(self) -> dict[str, str]:
        """For each page a digest of all that it is made from, but where its links lead."""
        told = repr(self.env.globals.get("kp"))
        common = _digest([*_settings(self.config), *_words(self.config), told])
        return {file.src_uri: _digest([common, *self._facts(file)]) for file in self.pages}

    def _facts(self, file: File) -> Iterable[str]:
        """What the theme is told of a page, and its text."""
        page = file.page
        ours = self.ours.get(file.src_uri)
        yield from (file.src_uri, file.url)
        # The text of a page of ours is told by its facts and the digest of its body, without being made.
        yield "" if isinstance(file, PageFile) and file.is_ours else file.content_string
        if page is not None:
            neighbours = (page.previous_page, page.next_page)
            yield repr([page.title, page.canonical_url, page.is_homepage])
            yield repr([beside and beside.url for beside in neighbours])
        if ours is not None:
            yield repr(front_matter(ours))
            yield ours.told

    def _quietly(self, file: File) -> _Written:
        with _noted() as said:
            return self._written(file, said)

    def _written(self, file: File, said: _Said) -> _Written:
        links = self._make(file)
        try:
            data = Path(file.abs_dest_path).read_bytes()
        except OSError:  # the theme made nothing of it
            return _Written(said, "", links)
        sent = sent_as(data) if self.is_kept else 0
        return _Written(said, hashlib.sha256(data).hexdigest(), links, sent)

    def _make(self, file: File) -> dict[str, str]:
        """Make a page; answers where its links led."""
        asked = _Asked(self.files)
        page: Page | None = file.page
        if page is None and isinstance(file, PageFile):
            page = PageOf(None, file, self.config)
        if page is not None:
            page.render = partial(self.converters.render, page)  # type: ignore[method-assign]
            _populate_page(page, self.config, asked)
            _build_page(page, self.config, self.pages, self.nav, self.env)
            page.content = page.markdown = None  # no other page asks for them
        return {path: self._address(path) for path in sorted(asked.paths)}


class _Asked(Files):
    """The files of a site, and which of them were asked for."""

    def __init__(self, files: Files) -> None:
        super().__init__(())
        self._src_uris = cast("dict[str, File]", files.src_uris)  # one for each page would be many
        self.paths: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        """As ever; who asks is noted."""
        self.paths.add(path)
        return super().get_file_from_path(path)


_NO_VALUES = (
    "docs_dir",
    "hooks",
    "markdown_extensions",
    "mdx_configs",
    "nav",
    "plugins",
    "site_dir",
    "theme",
)
"""Settings that name places of this computer or hold programs; what pages see of them is looked at otherwise."""


def _settings(config: MkDocsConfig) -> list[str]:
    """All that templates and Markdown can read of the settings."""
    named = {
        name: value
        for name, value in config.items()
        if name not in _NO_VALUES and not name.endswith("_path")
    }
    theme = {name: config.theme[name] for name in config.theme}
    return [repr(named), repr(theme)]


def _digest(words: Iterable[str]) -> str:
    every = hashlib.sha256()
    for word in words:
        every.update(f"{len(word)}:{word}".encode("utf-8", "surrogatepass"))
    return every.hexdigest()


@contextmanager
def _noted() -> Iterator[_Said]:
    """What MkDocs' loggers are told meanwhile, instead of what they would do with it."""
    said: _Said = []
    log = logging.getLogger("mkdocs")
    handlers, log.handlers = log.handlers, [_Note(said)]
    try:
        yield said
    finally:
        log.handlers = handlers


class _Note(logging.Handler):
    def __init__(self, said: _Said) -> None:
        super().__init__(logging.WARNING)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.name, record.levelno, record.getMessage()))
