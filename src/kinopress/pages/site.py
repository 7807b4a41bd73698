"""A site as a value: its pages with what is known of each, and its files. An engine writes it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, cast

from kinopress.content.model.kinds import SharedAs
from kinopress.finder.film_facts import FilmFacts
from kinopress.pages.found.following import Feed
from kinopress.pages.packed import Packed
from kinopress.pages.parts.html import element
from kinopress.problems import Problem


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page on the way back from another: its name, its place in the tree, and its address as written there."""

    label: str
    path: str
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands for a page where it is shared: its place in the tree, what is seen, its pixels."""

    path: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """One page of the site.

    Attributes:
        path: Where it is in the plain tree, ``exercises/clam.md``.
        title: For the window and lists, in plain words.
        description: For search engines, as the coach wrote it.
        body: What the page says, from its heading on, in Markdown and HTML. It may be given as a function
            (:func:`made_when_asked`).
        sha256: The SHA-256 of its body, where that is known.
        source: The coach's file it came from, relative to the project; ``None`` for a list.
        shared_as: What it is where it is shared (https://ogp.me/#types).
        date: The day it is dated.
        film: The film it is about.
        picture: The picture that stands for it.
        linked_data: What it says of itself to search engines, as JSON-LD; empty where that is nothing.
        crumbs: The way back, the nearest list last; empty where there is none.
        back: The words of the button beside it that leads to the page before, where a script knows of one.
        lang: The language of its body, where that is another than the site's; else empty.
        is_home: Whether it is the first page of the site.
        has_search: Whether it has the large search field, so that none is needed above it.
        has_form: Whether readers send a form from it to a service, which asks from which site it comes.
        is_empty: Whether it is a list with nothing in it so far, to which nothing of ours leads.
        held: In the preview: why it is not on the public site, in a sentence.
        problems: In the preview: what is wrong with it.
    """

    path: str
    title: str
    description: str
    body: str
    sha256: str = ""
    source: str | None = None
    shared_as: SharedAs = "website"
    date: dt.date | None = None
    film: FilmFacts | None = None
    picture: Picture | None = None
    linked_data: str = ""
    crumbs: tuple[Crumb, ...] = ()
    back: str = ""
    lang: str = ""
    is_home: bool = False
    has_search: bool = False
    has_form: bool = False
    is_empty: bool = False
    held: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of its body."""
        return self.sha256 or hashlib.sha256(self.body.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def told(self) -> str:
        """All of it in words, its body by its digest: two pages of which the same is told are the same."""
        values = {name: value for name, value in self.__dict__.items() if name != "body"}
        return repr({**values, "sha256": self.digest})

    @property
    def way_back(self) -> tuple[str, ...]:
        """The pages that lead to it, by their place in the tree."""
        return tuple(crumb.path for crumb in self.crumbs)

    @property
    def text(self) -> str:
        """All that a reader sees of it, as an engine gets it: what is wrong with it, the way back, its body."""
        blocks = [problem_box(self.problems)] if self.problems else []
        if self.held:
            blocks.append(element("p", escape(self.held), class_="kp-held"))
        if self.crumbs:
            links = (element("a", escape(c.label), href=c.address) for c in self.crumbs)
            data = self.back or None
            blocks.append(element("p", " › ".join(links), class_="kp-crumb", data_back=data))
        return "\n\n".join([*blocks, self.body.rstrip()]) + "\n"


class _Body:
    """A page's body, made when it is asked for: few engines ask for one that has not changed."""

    def __get__(self, page: Any, cls: type | None = None) -> Any:
        if page is None:
            return self
        body = page.__dict__["body"]
        if isinstance(body, Packed):
            body = body.text()
        if isinstance(body, bytes):
            return body.decode("utf-8", "surrogatepass")
        if not isinstance(body, str):
            body = page.__dict__["body"] = body()
        return body

    def __set__(self, page: Any, body: object) -> None:
        page.__dict__["body"] = body


setattr(SitePage, "body", _Body())  # noqa: B010 - the dataclass has made a field of it before


def made_when_asked(make: Callable[[], str] | bytes | Packed) -> str:
    """A body that is made when somebody asks for it, or is there as UTF-8 or packed, as :class:`SitePage` takes it."""
    return cast("str", make)


@dataclass(frozen=True, slots=True)
class Site:
    """What the engine builds.

    Attributes:
        pages: Its pages.
        files: Files to copy: tree path → file on disk.
        made: Files made here: tree path → bytes.
        logo: The coach's own picture before the site's name, by its tree path; empty where she has none.
        favicon: Her own icon, in the same way.
        feeds: The feeds among these files.
        digests: Tree path → SHA-256 of files to copy whose makers noted it, and that are as they were made.
    """

    pages: tuple[SitePage, ...]
    files: Mapping[str, Path] = field(default_factory=dict)
    made: Mapping[str, bytes] = field(default_factory=dict)
    logo: str = ""
    favicon: str = ""
    feeds: tuple[Feed, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)


def problem_box(
    problems: tuple[Problem, ...], lead: str = "To fix before this can be published:"
) -> str:
    """What the preview shows of problems at the top of a page.

    Args:
        problems: At least one.
        lead: The words before them.
    """
    items = "".join(element("li", escape(str(p))) for p in problems)
    inner = element("p", element("strong", escape(lead))) + element("ul", items)
    return element("div", inner, class_="kp-problems", role="alert")
