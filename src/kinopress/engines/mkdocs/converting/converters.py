"""A page's Markdown to HTML, as MkDocs' page does it, with a converter that is made once and not for each page.

What MkDocs notes for its look at anchors is left out: pages that are made by themselves are not compared with others.
"""

from __future__ import annotations

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _ExtractTitleTreeprocessor, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc


class Converters:
    """Those of this process, one for each set of extensions that pages need."""

    def __init__(self) -> None:
        self._known: dict[str, Markdown] = {}

    def render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """What MkDocs' ``Page.render`` does with a page that it has read."""
        assert page.markdown is not None  # noqa: S101 - see above
        md = self._for(config)
        # Both replace those of the page before.
        _RelativePathTreeprocessor(page.file, files, config)._register(md)
        title = _ExtractTitleTreeprocessor()
        title._register(md)
        page.content = md.convert(page.markdown)
        page.toc = get_toc(getattr(md, "toc_tokens", []))
        page._title_from_render = title.title

    def _for(self, config: MkDocsConfig) -> Markdown:
        extensions, options = config.markdown_extensions, config.mdx_configs or {}
        named = [one if isinstance(one, str) else type(one).__qualname__ for one in extensions]
        key = repr((named, options))
        if key not in self._known:
            self._known[key] = Markdown(extensions=extensions, extension_configs=options)
        return self._known[key].reset()
