"""The page being rendered, and what it can reach from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kinopress.content.data.words import words_in
from kinopress.content.model.language.words import ENGLISH, Words
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.media.clip import Clip
from kinopress.media.figure import Figure
from kinopress.media.plate import Plate
from kinopress.pages.links import page_path, relative_url, url_of
from kinopress.pages.parts.html import element, escape, heading_anchor
from kinopress.pages.published import NOTHING, Published


def told_in(library: Library) -> str:
    """The language of the warning signs and of what ``help.yml`` tells readers; empty where nobody says.

    A new site's are in English whatever its language, so on a site in another one nothing is claimed that the file
    does not say: English declared as Welsh is read out in a Welsh voice, which nobody understands.
    """
    site = library.settings.language
    return library.shared.help.lang or (site if site == ENGLISH else "")


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in the plain tree (``path``) with the library, the encoded films and the drawn figures around it.

    ``base`` is the path of the site's root (``/``) where addresses must not be relative:
    MkDocs leaves relative addresses in HTML as they are, Zensical moves them a folder up,
    so the staged tree, which both must build alike, uses addresses from the root. The
    site itself keeps relative ones and can be in any folder of any host.

    ``lang`` is the language that the page says it is written in. The program's words on it are in that one too, so
    that it is one text to whoever has it read out; only what it takes from elsewhere is marked as in another.
    """

    library: Library
    clips: Mapping[str, Clip]
    path: str
    base: str | None = None
    published: Published = NOTHING
    figures: Mapping[str, Figure] = field(default_factory=dict)
    plates: Mapping[str, Plate] = field(default_factory=dict)
    lang: str | None = None

    @property
    def words(self) -> Words:
        """The program's own words, in the language of the page."""
        return words_in(self.language) if self.site_lang else self.library.shared.words

    @property
    def language(self) -> str:
        """The language of the page: its own, or that of the site."""
        return self.lang or self.library.settings.language

    @property
    def site_lang(self) -> str | None:
        """The language of the site, for what the page shares with all others; ``None`` where it is the page's too."""
        site = self.library.settings.language
        return None if site == self.language else site

    @property
    def told_lang(self) -> str | None:
        """The language of :func:`told_in`; ``None`` where it is this page's too, or nobody says."""
        told = told_in(self.library)
        return None if told in ("", self.language) else told

    @property
    def told_words(self) -> Words:
        """The program's words within what is told, in the language of that."""
        told = told_in(self.library)
        site = self.library.settings.language
        return self.library.shared.words if told in ("", site) else words_in(told)

    def lang_of(self, page: Page) -> str | None:
        """The language of what another page says of itself; ``None`` where it is this page's too."""
        other = page.lang or self.library.settings.language
        return None if other == self.language else other

    def phrase(self, english: str, /, **values: object) -> str:
        """Words of the program for readers; see :meth:`Words.phrase`."""
        return self.words.phrase(english, **values)

    def anchor(self, english: str) -> str:
        """The anchor of a heading that links name, in a language in which it does not follow from its words."""
        return "" if self.phrase(english) == english else heading_anchor(english)

    def in_html(self, english: str, /, **values: str) -> str:
        """Words of the program as HTML: escaped, with ``values`` that are HTML already."""
        text = escape(self.words.phrase(english), quote=False)
        return text.format(**values) if values else text

    def linked(self, sentence: str, /, **links: tuple[str, str]) -> tuple[str, str | None]:
        """Words of the program with links in them, all in one language; see :meth:`Words.together`.

        Args:
            sentence: In the program's own words.
            links: The words of each link, and where it leads, by the name in braces.

        Returns:
            The sentence as HTML, and its language; ``None`` where it is the page's.
        """
        words = self.words.together(sentence, *(said for said, _ in links.values()))
        inside = {
            name: element("a", escape(words.phrase(said), quote=False), href=address)
            for name, (said, address) in links.items()
        }
        shown = escape(words.phrase(sentence), quote=False).format(**inside)
        return shown, None if words is self.words else words.language

    def counted(self, n: int, one: str, many: str, /, **values: object) -> str:
        """Words of the program about a number of things; see :meth:`Words.counted`."""
        return self.words.counted(n, one, many, **values)

    def url(self, target: Page | str) -> str:
        """The address of a page, or of a plain-tree file, as written here."""
        path = target if isinstance(target, str) else page_path(target)
        if self.base is not None:
            return self.base + url_of(path)
        return relative_url(self.path, path)

    def published_path(self, path: str) -> str | None:
        """Where a file of the plain tree is: of a file of docs/ what is made of it, if anything is."""
        asset = f"docs/{path}"
        return self.published.addresses.get(asset) if asset in self.library.assets else path

    def link(self, page: Page, words: str | None = None) -> str:
        """A link to a page in HTML; ``words`` are plain words, the title by default."""
        lang = None if words else self.lang_of(page)
        return element("a", escape(words or page.title), href=self.url(page), lang=lang)
