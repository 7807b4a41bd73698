"""What one page gives to the index: its names, what people say of it, where it is, what it belongs to."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence

from kinopress.content.model.dosage import Dosage
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Muscle, NoTag, Page, Plan, Symptom, Term, Video
from kinopress.content.relations.sessions import minutes_of, sessions_with_drafts
from kinopress.content.relations.starts import FirstExercise, first_exercises
from kinopress.content.text.prose import passages
from kinopress.finder.stems import STOP, content_stems, phrase_stems, words
from kinopress.finder.typos import forgiven_as_any


def phrases_of(said: Iterable[str]) -> list[tuple[str, ...]]:
    """Phrases as stems, without doubles. A longer one stays beside a shorter one: "back of knee" is less than "knee"."""
    return [phrase for phrase in dict.fromkeys(tuple(phrase_stems(one)) for one in said) if phrase]


def title_names(page: Page) -> list[tuple[str, ...]]:
    """The names in a page's title and address, as sorted stems; the browser makes them from the title itself."""
    named = (page.title, page.slug.rpartition("/")[2].replace("-", " "))
    return list(dict.fromkeys(tuple(sorted(content_stems(name))) for name in named if words(name)))


def other_names(page: Page, known_names: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """What else a term is called, each name as its sorted stems."""
    if not isinstance(page, Term):
        return []
    named = [*page.aliases, *page.lay]
    if isinstance(page, Muscle) and page.latin:
        named.append(page.latin)
    found = dict.fromkeys(tuple(sorted(content_stems(name))) for name in named if words(name))
    # An address is not a name that readers know, so another name that says the same is not told twice.
    return [name for name in found if name not in known_names[:1]]


def other_names_as_typed(page: Page) -> list[str]:
    """What else a page that is not a term is called, each name as its words in lower-case letters.

    Of a term the misspellings that the browser does not put right by itself; the others need not travel.
    """
    if isinstance(page, Term):
        titles = title_names(page)
        known = frozenset(word for name in (*titles, *other_names(page, titles)) for word in name)
        named = [one for one in page.misspellings if not _is_forgiven(one, known)]
    else:
        named = [*page.also_called] if isinstance(page, NoTag) else []
    return [name for name in dict.fromkeys(" ".join(words(name)) for name in named) if name]


@functools.lru_cache(maxsize=4096)
def _is_forgiven(misspelt: str, known: frozenset[str]) -> bool:
    """Whether every word of a misspelling is known, or a slip that the browser forgives by itself.

    Remembered, because two files of one index ask it, and a preview after each change.
    """
    return all(forgiven_as_any(word, known) for word in words(misspelt) if word not in STOP)


def said_of(page: Page, names: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """The stems of what people say of a term and of what a muscle does, and how often they appear there.

    Words that the names hold twice are left out: they count no more than twice.
    """
    count: Counter[str] = Counter()
    if isinstance(page, Term):
        for phrase in page.people_say:
            count.update(content_stems(phrase))
        for action in page.actions if isinstance(page, Muscle) else ():
            count.update(content_stems(action))
    named = Counter(word for name in names for word in name)
    return {word: often for word, often in count.items() if named[word] <= 1}


def told_of(library: Library, page: Page) -> dict[str, int]:
    """The stems that tell what a page that is not a term is about, and in how many passages each is.

    Its title, its description, the steps of an exercise with position and equipment, what a film shows, headings.
    """

    def title_of(name: str) -> str:
        named = library.find(name)
        return named.title if named is not None else name

    count: Counter[str] = Counter()
    for passage in passages(page, title_of, with_lines=False):
        if passage.field or passage.heading:
            count.update(content_stems(passage.text))
    if isinstance(page, Exercise):
        count.update(content_stems(" ".join((page.position, *page.equipment))))
    return dict(count)


def terms_of(library: Library, page: Page) -> list[Term]:
    """The terms a page belongs to: its tags and the groups above them; what a symptom suspects and asks to try."""
    found = library.terms(page.about)
    if isinstance(page, Symptom):
        found += library.terms((*page.suspects, *page.techniques))
    elif isinstance(page, Exercise | Video):
        found += [above for term in found for above in library.vocabulary.ancestors(term)]
    return [
        term for term in found if term.slug != page.slug and (term.kind, term.slug) in library.pages
    ]


def regions_of(library: Library, page: Page) -> list[str]:
    """Region keys of a page: its own, or those of the muscles it is tagged with."""
    if isinstance(page, Muscle | Symptom):
        return [m.text for m in page.regions]
    return list(
        dict.fromkeys(
            m.text
            for term in library.terms(page.about)
            if isinstance(term, Muscle)
            for m in term.regions
        )
    )


def avoided_by(library: Library, page: Page) -> list[Page]:
    """The techniques a symptom says to leave out for now, those below them included, and the exercises it names."""
    if not isinstance(page, Symptom):
        return []
    named = library.terms(page.avoid)
    found = {t.slug: t for term in named for t in library.vocabulary.family(term)}
    shown: list[Page] = [t for t in found.values() if (t.kind, t.slug) in library.pages]
    exercises = (library.get(Exercise, mention) for mention in page.avoid)
    return shown + [exercise for exercise in exercises if exercise is not None]


def dose_of(library: Library, page: Page) -> str:
    """How much of an exercise or a plan, in a few letters: ``3 × 8–12``, ``2 × 30 s``, ``9–13 min a day``.

    A plan's minutes are those of its sessions, as its page says them, not the most that they may take.
    """
    if isinstance(page, Plan):
        low, high = minutes_of(page, sessions_with_drafts(library, page))
        return f"{low if low == high else f'{low}–{high}'} min a day" if high else ""
    return _short(page.dosage) if isinstance(page, Exercise) else ""


AT_MOST = "at most"
"""Before a dose that a symptom does not raise; web/src/finder/index.ts knows it."""


def limits_of(library: Library, page: Page) -> dict[str, str]:
    """The exercises that a symptom limits, each with the symptom's own dose or at most the usual one.

    Empty for what is not for the first day, and where there is no dose.
    """
    if not isinstance(page, Symptom):
        return {}
    return {
        first.exercise.slug: _limit(first)
        for first in first_exercises(library, page)
        if first.is_limited
    }


def _limit(first: FirstExercise) -> str:
    most = _short(first.at_most) if first.at_most else ""
    return f"{AT_MOST} {most}" if most else _short(first.dosage) if first.dosage else ""


def _short(dosage: Dosage) -> str:
    often, each = dosage.sets, dosage.reps
    if each is None and dosage.hold is not None:
        return f"{often} × {dosage.hold} s" if often else f"{dosage.hold} s"
    if each is None:
        return ""
    return f"{often} × {each}" if often else f"{each} times"
