"""Which pages need not be rendered again, by what they were made from.

Rendering is a function of the library and of what is beside it. So a page whose last making read nothing that is different now
would come out as it did: only what engines ask of its text is remembered, and the text is made when somebody asks for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from kinopress.content.model.noticing.watched import Told, Watched, in_order
from kinopress.pages.packed import Packed


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says, or what is known of it.

    Attributes:
        sha256: The SHA-256 of its text.
        has_search: Whether it has the large search field.
        has_form: Whether readers send a form from it to a service.
        text: The text as UTF-8, which is half of what it takes as words, or packed; ``None`` where it was not made again.
    """

    sha256: str
    has_search: bool
    has_form: bool
    text: bytes | Packed | None = None

    @classmethod
    def of_file(cls, data: bytes) -> Words:
        """What is known of a file beside the pages."""
        return cls(hashlib.sha256(data).hexdigest(), False, False)

    @classmethod
    def of(cls, text: str, *, packs: bool = False) -> Words:
        """What is known of a text, and the text; ``packs``: as one of thousands."""
        # Whoever makes a text has loaded what makes pages; to know what is remembered of them takes none of it.
        from kinopress.pages.coach.coach import has_form  # noqa: PLC0415
        from kinopress.pages.lists.find import has_search_form  # noqa: PLC0415

        data = text.encode("utf-8", "surrogatepass")
        sha256 = hashlib.sha256(data).hexdigest()
        kept = Packed.of(data) if packs else data
        return cls(sha256, has_search_form(text), has_form(text), kept)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it was rendered.

    Attributes:
        seen: What was read of the library.
        now: A digest of that.
        words: What came of it, without its text.
    """

    seen: tuple[int | str, ...]
    now: str
    words: Words


def ordered_and_told(
    seen: Collection[int | str], watched: Watched
) -> tuple[tuple[int | str, ...], str]:
    """What was read of a library, in the one order, and a digest of it: what :meth:`Renderings.put` takes."""
    ordered = in_order(seen)
    return ordered, watched.now(ordered)


def _no_file(path: str, sha256: str) -> bytes | None:
    """There is no site yet."""
    return None


def _if_it_is(data: bytes | None, sha256: str) -> bytes | None:
    is_it = data is not None and hashlib.sha256(data).hexdigest() == sha256
    return data if is_it else None


@dataclass(slots=True)
class Renderings:
    """The pages of the last time and those of this one.

    Attributes:
        beside: A digest of all that pages are rendered from beside the library's pages.
        last: What was rendered the last time, by place in the tree: a page is in it with what it was made from.
        last_common: What all of them were made from then.
        last_told: What was told then of all that they had read; empty where that is not known.
        made: What is rendered, or was kept, this time.
        common: What all of them are made from now.
        told: What is told now of all that they have read; empty where nothing was known before, since a first time takes long enough.
        file_before: Gives a file of the last site by its path, if it has this SHA-256.
    """

    beside: str = ""
    last: Mapping[str, Rendered] = field(default_factory=dict)
    last_common: str = ""
    last_told: Told = field(default_factory=dict)
    made: dict[str, Rendered] = field(default_factory=dict)
    common: str = ""
    told: Told = field(default_factory=dict)
    file_before: Callable[[str, str], bytes | None] = field(default=_no_file, repr=False)
    _one_of_each: dict[int | str, int | str] = field(default_factory=dict, repr=False)
    _differing: frozenset[int | str] | None = field(default=None, repr=False)

    def begin(self, watched: Watched, more: object) -> None:
        """Look at a library, and at what else all pages are made from, before any page is asked for."""
        said = f"{self.beside} {watched.common} {more!r}"
        self.common = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        if self.common != self.last_common:
            self.last, self.last_told = {}, {}
        self.made, self._differing = {}, None

    def end(self, watched: Watched) -> None:
        """Note what is told of all that was read, when every page was asked for."""
        if self.last:
            self.told = watched.told(page.seen for page in self.made.values())

    def kept(self, path: str, watched: Watched) -> Words | None:
        """What is known of a page that would come out as it did; ``None`` where it has to be made."""
        last = self.last.get(path)
        if last is None or not self._is_read_again(last, watched):
            return None
        self.made[path] = last
        return last.words

    def _is_read_again(self, last: Rendered, watched: Watched) -> bool:
        """Whether all that was read for a page is as it was."""
        if not self.last_told:
            return watched.now(last.seen) == last.now
        if self._differing is None:
            self._differing = watched.differing(self.last_told)
        return self._differing.isdisjoint(last.seen)

    def file_kept(self, path: str, watched: Watched) -> bytes | None:
        """A file of the last site that would be made as it was; ``None`` where it has to be made."""
        words = self.kept(path, watched)
        return None if words is None else self.file_before(path, words.sha256)

    def comes_out(self, path: str, sha256: str) -> bool:
        """Whether something came out the last time just as it does now."""
        last = self.last.get(path)
        return last is not None and last.words.sha256 == sha256

    def add(self, path: str, words: Words, seen: Collection[int | str], watched: Watched) -> None:
        """Remember a page that was made."""
        self.put(path, words, *ordered_and_told(seen, watched))

    def put(self, path: str, words: Words, seen: tuple[int | str, ...], now: str) -> None:
        """Remember a page that was made.

        Args:
            path: Its place in the tree.
            words: What came of it.
            seen: What was read of the library, in the one order.
            now: A digest of that.
        """
        one_of_each = self._one_of_each  # thousands of pages have read the same names
        read = tuple([one_of_each.setdefault(one, one) for one in seen])
        known = Words(words.sha256, words.has_search, words.has_form)
        self.made[path] = Rendered(read, now, known)

    def another(self, file_of: Callable[[str], bytes | None]) -> Renderings:
        """What the next time knows.

        Args:
            file_of: Gives a file that was made this time by its path.
        """
        return Renderings(
            last=self.made,
            last_common=self.common,
            last_told=self.told,
            file_before=lambda path, sha256: _if_it_is(file_of(path), sha256),
        )
