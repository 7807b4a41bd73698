"""The one list of tags: every muscle, symptom and technique page is a tag.

A tag is right when it is a term's label, its slug, one of its aliases or one of
its common misspellings, in any case, with spaces, hyphens or underscores. Lay
names ("front pocket muscle") are for the reader's search; more than one term may
share them, so they are not tags but help to find the tag that was meant.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kinopress.codes import Code
from kinopress.content.model.noticing.noticed import watcher
from kinopress.content.model.pages import Term, line_of
from kinopress.content.model.slips import COMPARED_MAX, nearest_words
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

GUESSES_MAX = 500
"""Where more names than this lead nowhere, nobody reads what each may have meant; a guess takes milliseconds."""

_SEPARATORS = lazily(r"[\s_\-‐-―]+")


@functools.lru_cache(maxsize=65_536)
def normal(name: str) -> str:
    """The form in which names are compared: no case, one kind of space and apostrophe, composed letters."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", name).casefold())
    return _SEPARATORS.sub(" ", plain.replace("’", "'")).strip()


@dataclass(frozen=True)
class Vocabulary:
    """All terms, and every name that leads to one.

    ``unread`` are the texts of vocabulary pages that could not be read: nobody knows which
    names they give.
    """

    terms: Mapping[str, Term]
    names: Mapping[str, str] = field(repr=False)
    lay: Mapping[str, tuple[str, ...]] = field(repr=False)
    unread: tuple[str, ...] = field(default=(), repr=False)

    def resolve(self, name: str) -> Term | None:
        """The term a tag means, or ``None``."""
        asked = watcher(self)
        if asked is not None:
            asked.seen.add(name)
        slug = self.names.get(normal(name))
        return None if slug is None else self.terms[slug]

    def may_lead_to_unread(self, name: str) -> bool:
        """Whether a name that leads nowhere is in a vocabulary page that could not be read."""
        words = re.compile(rf"(?<!\w){re.escape(normal(name))}(?!\w)")
        return any(words.search(text) for text in self.unread)

    def nearest(self, name: str, count: int = 3) -> list[Term]:
        """The terms most like ``name``: those it is a lay name of, then those spelt like it."""
        key = normal(name[:COMPARED_MAX])
        if len(self._nearest) >= GUESSES_MAX:
            return []
        if (key, count) not in self._nearest:
            self._nearest[key, count] = self._find_nearest(key, count)
        return self._nearest[key, count]

    @functools.cached_property
    def _nearest(self) -> dict[tuple[str, int], list[Term]]:
        """What was asked for before: a term that is gone is missed by all its pages."""
        return {}

    def _find_nearest(self, key: str, count: int) -> list[Term]:
        slugs = list(self.lay.get(key, ()))
        for close in nearest_words(key, [*self.names, *self.lay], 3 * count):
            slugs += [self.names[close]] if close in self.names else self.lay[close]
        if not slugs:
            words = set(key.split())
            slugs = [slug for known, slug in self.names.items() if words & set(known.split())]
        return [self.terms[slug] for slug in list(dict.fromkeys(slugs))[:count]]

    def parent(self, term: Term) -> Term | None:
        """The group a term belongs to."""
        return None if term.parent is None else self.resolve(term.parent.text)

    def ancestors(self, term: Term) -> Iterator[Term]:
        """The groups above a term, nearest first; stops at a circle."""
        seen = {term.slug}
        above = self.parent(term)
        while above is not None and above.slug not in seen:
            yield above
            seen.add(above.slug)
            above = self.parent(above)

    @functools.cached_property
    def children(self) -> Mapping[str, tuple[Term, ...]]:
        """Slug of a group → the terms directly below it."""
        found: dict[str, list[Term]] = {}
        for term in self.terms.values():
            above = self.parent(term)
            if above is not None and above.slug != term.slug:
                found.setdefault(above.slug, []).append(term)
        return {slug: tuple(terms) for slug, terms in found.items()}

    def family(self, term: Term) -> tuple[Term, ...]:
        """A term and everything below it."""
        found: dict[str, Term] = {}
        todo = [term]
        while todo:
            next_ = todo.pop(0)
            if next_.slug not in found:
                found[next_.slug] = next_
                todo.extend(self.children.get(next_.slug, ()))
        return tuple(found.values())


def build_vocabulary(
    terms: Iterable[Term], unread: Iterable[str] = ()
) -> tuple[Vocabulary, list[Problem]]:
    """Join the terms to one list of names; a name claimed by two terms is a problem on the later file."""
    problems: list[Problem] = []
    by_slug: dict[str, Term] = {}
    names: dict[str, str] = {}
    lay: dict[str, list[str]] = {}
    ordered = sorted(terms, key=lambda t: t.path)

    def claim(term: Term, name: str, what: str, line_field: str) -> None:
        key = normal(name)
        owner = names.get(key)
        if owner is None:
            names[key] = term.slug
        elif owner != term.slug:
            other = by_slug[owner]
            problems.append(
                Problem(
                    term.path,
                    f"the {what} {quoted(name)} already leads to {other.title} ({other.path})",
                    "remove it from one of the two, or make it one of the lay names there",
                    Code.ALIAS_TWICE,
                    line=line_of(term, line_field, name),
                    field=line_field,
                )
            )

    for term in ordered:
        if term.slug in by_slug:
            other = by_slug[term.slug]
            problems.append(
                Problem(
                    term.path,
                    f"{other.path} has the same file name",
                    "rename one of the two: a tag must mean one thing",
                    Code.SLUG_TWICE,
                )
            )
            continue
        by_slug[term.slug] = term
    terms_once = list(by_slug.values())
    for term in terms_once:
        claim(term, term.slug, "file name", "title")
    for term in terms_once:
        claim(term, term.title, "title", "title")
    for term in terms_once:
        for name in term.aliases:
            claim(term, name, "alias", "aliases")
        for name in term.misspellings:
            claim(term, name, "misspelling", "misspellings")
    for term in terms_once:
        for name in (*term.lay, *term.people_say):
            key = normal(name)
            if names.get(key) != term.slug:
                lay.setdefault(key, []).append(term.slug)
    vocabulary = Vocabulary(
        by_slug,
        names,
        {key: tuple(slugs) for key, slugs in lay.items()},
        tuple(normal(text) for text in unread),
    )
    return vocabulary, problems
