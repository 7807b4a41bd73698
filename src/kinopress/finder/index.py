"""From the Library to the search index: one JSON file, made the same way every time.

``build_index`` gives the file's bytes. Its parts, version 1 (``web/src/finder/index.ts`` reads them;
"numbers" are text by :mod:`kinopress.finder.coding`):

``v``         1
``words``     every stem, sorted, front-coded; a word's number is its place
``alike``     numbers of words that stand for each other, a group a text
``kinds``     names of the kinds, in the order in which the pages stand
``terms``     how many pages, counted from the first, are terms (muscles, symptoms, techniques)
``pages``     [kind, slug, title, facts] a page; facts hold what there is of ``r`` (numbers of
              regions), ``t`` (numbers of the term pages it carries as tags), ``s`` (a line about
              it), ``l`` (level), ``p`` (position), ``e`` (equipment), ``f`` (film: length in
              seconds, poster's address from the site's root)
``names``     a text a page: how many names, and for each how many words and which
``posts``     a text a word: the pages that hold it, each step to the next page times 4, plus how
              often (0: only in its description; 1, 2; 3: three times or more)
``regions``   [key, label, words people use …] a region; words as lists of word numbers
``flags``     [key, level, title, action, wordings] a warning sign; a wording is a list of parts,
              a part a list of alternatives, an alternative a text of stems
``away``      numbers of words for parts of the body this site has nothing about are not needed:
              the stems themselves, joined by spaces
``intents``   family of techniques → stems that ask for it

Names count as a whole (a query that covers a name well is about that page); everything else a
page says counts word by word. Measured on lay sentences, whole phrases of ``people_say`` gained
nothing over their words, and words are a third of the size (benchmarks/finder.py).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kinopress.content.kinds import (
    Article,
    Exercise,
    Muscle,
    Page,
    PlainPage,
    Symptom,
    Technique,
    Term,
    Video,
)
from kinopress.content.library import FOLDER_OF, Library
from kinopress.finder.coding import front_coded, numbers, rising
from kinopress.finder.lexicon import ALIKE, ELSEWHERE, INTENTS
from kinopress.finder.normal import content_stems, stem, stems, words

VERSION = 1
KINDS: tuple[type[Page], ...] = (Muscle, Symptom, Technique, Exercise, Video, Article, PlainPage)
"""Terms first: they are what a reader's words lead to; the rest belongs to them."""

_OFTEN = 3


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What a result shows of a film: its length in seconds and its poster's address from the site's root."""

    duration_s: float
    poster: str


def build_index(library: Library, films: Mapping[str, FilmFacts]) -> bytes:
    """The index of all shown pages.

    Args:
        library: What is shown.
        films: What is known of each encoded film, by its slug.

    Returns:
        JSON in UTF-8; the same library gives the same bytes.
    """
    pages = [page for kind in KINDS for page in library.of_kind(kind)]
    place_of = {(page.kind, page.slug): at for at, page in enumerate(pages)}
    nicknames = _nicknames(library)
    names = [_names(page, nicknames.get(page.slug, ())) for page in pages]
    bags = [_bag(library, page, of_page) for page, of_page in zip(pages, names, strict=True)]
    regions = [
        (key, region.label, tuple(stems(said) for said in (region.label, *region.say)))
        for key, region in library.shared.regions.items()
    ]
    known = {word for bag in bags for word in bag}
    vocabulary = sorted(known)
    number_of = {word: at for at, word in enumerate(vocabulary)}
    posts: list[list[int]] = [[] for _ in vocabulary]
    for at, bag in enumerate(bags):
        for word, often in bag.items():
            posts[number_of[word]].append(at * 4 + often)
    covered = {word for _, _, said in regions for part in said for word in part}
    index: dict[str, Any] = {
        "v": VERSION,
        "words": front_coded(vocabulary),
        "alike": _alike(number_of),
        "kinds": [_folder(kind) for kind in KINDS],
        "terms": sum(isinstance(page, Term) for page in pages),
        "pages": [_entry(library, page, place_of, films) for page in pages],
        "names": [_coded_names(of_page, number_of) for of_page in names],
        "posts": [_coded_posts(of_word) for of_word in posts],
        "regions": [
            [key, label, [" ".join(part) for part in said]] for key, label, said in regions
        ],
        "flags": [
            [flag.key, flag.level, flag.title, flag.action, _wordings(flag.say)]
            for flag in library.shared.red_flags.values()
            if flag.say
        ],
        "away": " ".join(sorted({stem(word) for word in ELSEWHERE} - covered - known)),
        "intents": {
            family: " ".join(sorted({stem(word) for word in said}))
            for family, said in INTENTS.items()
        },
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


def _folder(kind: type[Page]) -> str:
    """The kind's folder on the site, which is also its name in ``data-result``; "pages" for plain ones."""
    key = {Muscle: "muscle", Symptom: "symptom", Technique: "technique"}.get(kind)  # type: ignore[call-overload]
    name = key or kind.__name__.lower().replace("plainpage", "page")
    return FOLDER_OF.get(name) or "pages"  # type: ignore[call-overload, no-any-return]


def _nicknames(library: Library) -> Mapping[str, Sequence[str]]:
    """Slug of a term → names of things without a page that lead to it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for nickname in library.shared.nicknames:
        for term in library.terms(nickname.tags):
            found[term.slug].extend(nickname.names)
    return found


def _names(page: Page, nicknames: Sequence[str]) -> list[tuple[str, ...]]:
    """What a page is called, each name as its stems."""
    named = [page.title, page.slug.rpartition("/")[2].replace("-", " ")]
    if isinstance(page, Term):
        named += [*page.aliases, *page.lay, *page.misspellings, *nicknames]
        if isinstance(page, Muscle) and page.latin:
            named.append(page.latin)
    return list(dict.fromkeys(tuple(content_stems(name)) for name in named if words(name)))


def _bag(library: Library, page: Page, names: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """The stems of a page, and how often they stand there in names and in what people say (0: description only)."""
    count: Counter[str] = Counter(word for name in names for word in name)
    if isinstance(page, Term):
        for phrase in page.people_say:
            count.update(content_stems(phrase))
        if isinstance(page, Muscle):
            for action in page.actions:
                count.update(content_stems(action))
    else:
        for term in library.terms(page.tags):
            count.update(content_stems(term.title))
    bag = {word: min(often, _OFTEN) for word, often in count.items()}
    for word in content_stems(page.description):
        bag.setdefault(word, 0)
    return bag


def _alike(number_of: Mapping[str, int]) -> list[str]:
    """The groups of like words that this index holds two or more of."""
    groups = []
    for group in ALIKE:
        found = sorted({number_of[s] for word in group if (s := stem(word)) in number_of})
        if len(found) > 1:
            groups.append(rising(found))
    return groups


def _coded_names(names: Sequence[tuple[str, ...]], number_of: Mapping[str, int]) -> str:
    return numbers(
        [
            len(names),
            *(n for name in names for n in (len(name), *(number_of[word] for word in name))),
        ]
    )


def _coded_posts(posts: Sequence[int]) -> str:
    """Each page as the step from the one before, times 4, plus how often."""
    written, before = [], 0
    for post in posts:
        at, often = divmod(post, 4)
        written.append((at - before) * 4 + often)
        before = at
    return numbers(written)


def _wordings(said: Iterable[Sequence[Sequence[str]]]) -> list[list[list[str]]]:
    return [[[" ".join(stems(words)) for words in part] for part in wording] for wording in said]


def _entry(
    library: Library,
    page: Page,
    place_of: Mapping[tuple[str, str], int],
    films: Mapping[str, FilmFacts],
) -> list[Any]:
    """What a result shows and what it is filtered by."""
    order = list(library.shared.regions)
    facts: dict[str, Any] = {}
    regions = sorted({order.index(key) for key in regions_of(library, page) if key in order})
    if regions:
        facts["r"] = rising(regions)
    tags = sorted({place_of[t.kind, t.slug] for t in _tags(library, page)})
    if tags:
        facts["t"] = rising(tags)
    if isinstance(page, Exercise):
        facts["l"] = page.level
        if page.position:
            facts["p"] = page.position
        if page.equipment:
            facts["e"] = list(page.equipment)
    film = _film(library, page, films)
    if film is not None:
        facts["f"] = [round(film.duration_s), film.poster]
    kind = next(at for at, of_kind in enumerate(KINDS) if isinstance(page, of_kind))
    return [kind, page.slug, page.title, facts] if facts else [kind, page.slug, page.title]


def _tags(library: Library, page: Page) -> list[Term]:
    """The terms a page belongs to: its tags, and what a symptom suspects and asks to try."""
    found = library.terms(page.tags)
    if isinstance(page, Symptom):
        found += library.terms((*page.suspects, *page.techniques))
    return [term for term in found if term.slug != page.slug]


def regions_of(library: Library, page: Page) -> list[str]:
    """Region keys of a page: its own, or those of the muscles it is tagged with."""
    if isinstance(page, Muscle | Symptom):
        return [m.text for m in page.regions]
    return list(
        dict.fromkeys(
            m.text
            for term in library.terms(page.tags)
            if isinstance(term, Muscle)
            for m in term.regions
        )
    )


def _film(library: Library, page: Page, films: Mapping[str, FilmFacts]) -> FilmFacts | None:
    """The film a page shows: its own, or that of its exercise."""
    if isinstance(page, Video):
        return films.get(page.slug)
    if isinstance(page, Exercise):
        if page.video is not None and page.video.text in films:
            return films[page.video.text]
        for video in library.videos:
            if any(m.text == page.slug for m in video.exercises):
                return films.get(video.slug)
    return None
