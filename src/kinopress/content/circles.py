"""Pages that lead back to themselves: easier, harder, parent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kinopress.content.fields import Mention
from kinopress.content.kinds import Exercise, Kind, Page, Term
from kinopress.content.vocabulary import Vocabulary
from kinopress.problems import Problem


def exercise_circles(pages: Mapping[tuple[Kind, str], Page]) -> Iterator[Problem]:
    """Exercises that are easier (or harder) than one another in a ring."""
    reads: tuple[tuple[str, Callable[[Exercise], Mention | None]], ...] = (
        ("easier", lambda e: e.easier),
        ("harder", lambda e: e.harder),
    )
    for name, step in reads:
        told: set[str] = set()
        for page in pages.values():
            if not isinstance(page, Exercise) or page.slug in told:
                continue
            path: list[str] = []
            at: Page | None = page
            while isinstance(at, Exercise) and at.slug not in path:
                path.append(at.slug)
                mention = step(at)
                at = pages.get(("exercise", mention.text)) if mention else None
            if isinstance(at, Exercise) and at.slug in path:
                ring = path[path.index(at.slug) :]
                if len(ring) > 1 and not told & set(ring):
                    first = pages["exercise", min(ring)]
                    mention = step(first) if isinstance(first, Exercise) else None
                    yield Problem(
                        first.path,
                        mention.line if mention else None,
                        name,
                        f"the exercises go round in a circle: {' → '.join([*ring, ring[0]])}",
                        f"remove {name} from one of them",
                        "exercise-circle",
                    )
                told |= set(ring)


def parent_circles(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Terms that are, through their parents, parts of themselves."""
    told: set[str] = set()
    for term in vocabulary.terms.values():
        path: list[str] = []
        at: Term | None = term
        while at is not None and at.slug not in path:
            path.append(at.slug)
            at = vocabulary.parent(at)
        if at is not None and not told & set(path):
            ring = path[path.index(at.slug) :]
            told |= set(path)
            first = vocabulary.terms[min(ring)]
            yield Problem(
                first.path,
                first.parent.line if first.parent else None,
                "parent",
                f"these belong to each other in a circle: {' → '.join([*ring, ring[0]])}",
                "remove parent from one of them",
                "parent-circle",
            )
