"""Pages that lead back to themselves: easier, harder, parent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kinopress.codes import Code
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Exercise, Pages
from kinopress.content.model.vocabulary import Vocabulary
from kinopress.content.relations.ladders import Ladders
from kinopress.problems import Problem


def exercise_circles(pages: Pages) -> Iterator[Problem]:
    """Exercises that are easier (or harder) than one another in a ring, also where both fields make it."""
    exercises = {page.slug: page for page in pages.values() if isinstance(page, Exercise)}
    reads: tuple[tuple[str, Callable[[Exercise], Mention | None]], ...] = (
        ("easier", lambda e: e.easier),
        ("harder", lambda e: e.harder),
    )
    told: set[str] = set()
    ladders = Ladders(exercises.values())
    for name, read in reads:
        named = {slug: read(e) for slug, e in exercises.items()}
        after = {slug: mention.text for slug, mention in named.items() if mention is not None}
        for ring in _rings(exercises, after):
            if len(ring) == 1:
                continue  # easier than itself: said where the field is checked
            mention = named[ring[0]]
            told.update(ring)
            yield Problem(
                exercises[ring[0]].path,
                f"the exercises go round in a circle: {_round(ring)}",
                f"remove {name} from one of them",
                Code.EXERCISE_CIRCLE,
                line=mention.line if mention else None,
                field=name,
            )
    for slug in sorted(exercises):
        ring = [] if slug in told else ladders.ring(slug)
        if ring and not told & set(ring):
            told.update(ring)
            low, high = exercises[ring[0]], exercises.get(ring[1])
            up = low.harder is not None and low.harder.text == ring[1]
            mention = low.harder if up or high is None else high.easier
            yield Problem(
                low.path if up or high is None else high.path,
                f"each is said to be easier than the next, and they go round in a circle: {_round(ring)}",
                "change easier or harder on one of them",
                Code.EXERCISE_CIRCLE,
                line=mention.line if mention else None,
                field="harder" if up else "easier",
            )


def parent_circles(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Terms that are, through their parents, parts of themselves."""
    terms = vocabulary.terms
    after = {slug: above.slug for slug, term in terms.items() if (above := vocabulary.parent(term))}
    for ring in _rings(terms, after):
        first = terms[ring[0]]
        yield Problem(
            first.path,
            "it is its own parent"
            if len(ring) == 1
            else f"these belong to each other in a circle: {_round(ring)}",
            "name another parent or remove the line"
            if len(ring) == 1
            else "remove parent from one of them",
            Code.PARENT_CIRCLE,
            line=first.parent.line if first.parent else None,
            field="parent",
        )


def _rings(slugs: Iterable[str], after: Mapping[str, str]) -> Iterator[list[str]]:
    """Each ring once, beginning with the first of its names in the order of the alphabet."""
    walked: set[str] = set()
    for slug in slugs:
        path: dict[str, None] = {}
        at: str | None = slug
        while at is not None and at not in walked:
            walked.add(at)
            path[at] = None
            at = after.get(at)
        if at in path:
            ring = list(path)
            ring = ring[ring.index(at) :]
            first = ring.index(min(ring))
            yield ring[first:] + ring[:first]


def _round(ring: list[str]) -> str:
    return " → ".join([*ring, ring[0]])
