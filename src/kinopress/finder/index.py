"""From the Library to the search index: one JSON file, made the same way every time.

``build_index`` gives the file's bytes. Its parts, version 8 (``web/src/finder/index.ts`` reads them;
"numbers" are text by :mod:`kinopress.finder.packing`):

``v``         8
``words``     every stem, sorted, front-coded; a word's number is its place
``alike``     numbers of words that stand for each other, one text per group
``kinds``     [folder of a kind, how many pages, what one is called, the group its results are in, the
              word that joins one to what it belongs to, ``·`` in another language, or empty, its name where it is a tag, what it ranks
              as (``felt``, ``moved``), stems that ask for one]; pages are in this order
``terms``     how many pages, counted from the first, are terms (muscles, symptoms, techniques)
``titles`` … columns of facts, one line per page (:data:`~kinopress.finder.packing.LINE` between lines, here and below): ``titles``; ``slugs`` (empty where the slug is the title
              in lower-case letters with hyphens; elsewhere a capital letter is a word of the title, by its place); ``in``, numbers of regions; ``tags``, numbers of the
              term pages it belongs to; ``avoid``, numbers of the techniques and exercises that a symptom
              says to leave out; ``levels`` of exercises; ``doses``, how much of an exercise or a plan in a
              few letters; ``limits``, of a symptom the numbers of exercises whose usual dose it does not
              allow, each with its own dose after a space, where it has one, or ``at most`` without the
              usual one, a ``;`` between; ``films``,
              length in seconds and the poster's address from the site's root;
              ``0`` of an exercise without a film that has a drawing, at figures/ and its slug
``named``     numbers of the pages whose title begins with the name of somebody, so that it stays written
              large inside a sentence; only of those to which others belong
``names``     one line per page: for each name beside title and slug how many words and which
``says``      one line per page: of what people say of it the words that are there twice or more, a
              comma, those that are there once. (Words of a term's description gained nothing in
              rank and cost a twelfth of the size.)
``hints``     which other names the second file may hold (:func:`kinopress.finder.prints.name_bits`)
``regions``   one line per region: its key, the words people use ("/" between), its label; "|" between
``asks``      what must at least be said before a warning sign can be meant: only then are the signs and
              their rules fetched (:mod:`kinopress.finder.signs.gate`)
``help``      the address of the page that says when to get help, from the site's root; or empty
``equal``     stems that are one in the words for a part of the body: "pee wee urinat"
``about``     stems that make a query one for this site: surely, likely, and not; stems that say
              that something hurts, and that tell of a movement somebody makes
``intents``   [stems that say what somebody wants to do, numbers of techniques whose exercises then
              come first, or of the page that says when to see someone]
``person``    stems for people one may look for, stems of nearness, numbers of the pages for whoever does

Names count as a whole (a query that covers a name well is about that page); everything else a
page says counts word by word. Measured on lay sentences, whole phrases of ``people_say`` gained
nothing over their words, and words are a third of the size (benchmarks/finder.py).
"""

from __future__ import annotations

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from kinopress.content.model.kinds import SEARCHED
from kinopress.content.model.language.words import ENGLISH
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Kind, Page, Term, Video
from kinopress.finder.film_facts import FilmFacts
from kinopress.finder.lexicon import (
    ABOUT_BODY,
    ABOUT_MOVING,
    ALIKE,
    DOING,
    ELSEWHERE,
    HURTING,
    INTENTS,
    NEARNESS,
    PEOPLE,
    SEEKS_HELP,
)
from kinopress.finder.own_names import titles_with_names
from kinopress.finder.packing import LINE, front_coded, numbers, rising
from kinopress.finder.page_words import (
    AT_MOST,
    avoided_by,
    dose_of,
    limits_of,
    other_names,
    other_names_as_typed,
    phrases_of,
    regions_of,
    said_of,
    terms_of,
    title_names,
    told_of,
)
from kinopress.finder.prints import name_bits, phrase_prints
from kinopress.finder.signs.dialect import DIALECT
from kinopress.finder.signs.gate import gate_text, make_gate
from kinopress.finder.signs.rules import MISHEARD, SignFile, sign_file
from kinopress.finder.stems import EQUAL, content_stems, stem, stems, words

VERSION = 8
_BESIDE = "·"
"""Joins a kind to what it belongs to where no catalogue knows the word: in a sentence with "for" half would be English."""
HELP = "when-to-get-help"
"""The page that says whom to call, where the coach has written it."""

_PERSONS = (HELP, "contact", "assessment")
"""The pages for whoever looks for somebody to see, where the coach has written them."""

_ORDINARY = 0.003
"""How often a reader says a word of moving or of the body beside what the pages show, at least."""

_EVERYDAY = ("downstairs", "upstairs", "standing", "sleep", "toe")
"""When and where it hurts, in ordinary searches beside those of the lexicon."""

_PHRASE_WORDS = 3
"""Words that say something, in a phrase of ``people_say``."""

_ORDER = (
    "names",
    "alike",
    "named",
    "doses",
    "limits",
    "levels",
    "films",
    "v",
    "kinds",
    "intents",
    "about",
    "person",
    "titles",
    "slugs",
    "regions",
    "avoid",
    "help",
    "hints",
    "in",
    "tags",
    "says",
    "asks",
    "equal",
    "words",
    "terms",
)
"""What is written alike stands together: words with words, numbers with numbers. gzip takes 2 % off for it."""

_COMMON = (50, 25, 12, 6, 1)
"""Words held by so many pages come before rarer ones."""


def searched_pages(library: Library) -> list[Page]:
    """All shown pages in the order of the search's files."""
    return [page for row in SEARCHED for page in library.of_kind(row.page)]


ToldOf = Callable[[Library, Page], Mapping[str, int]]
"""Gives the words that tell what a page is about: :func:`~kinopress.finder.page_words.told_of`."""


def build_more(library: Library, told_by: ToldOf = told_of) -> bytes:
    """What the index alone need not hold: fetched when it has no sure answer.

    Its parts, version 8 (``web/src/finder/more.ts`` reads them):

    ``v``      8
    ``words``  stems that the index does not hold, front-coded; their numbers continue after its last
    ``alike``  as in the index, over its words and these
    ``told``   one text per page: the words that describe it, of its steps and headings too, twice or more,
               a comma, once; of a term the words that people say of it alone, once
    ``names``  other names, a line each: names as they are typed, in lower-case letters, "/" between; then
               "=" and the number of the page whose names they are, or ">" and the numbers of the
               pages that fit, best first
    ``said``   one line per term: the prints of the phrases that people say of it (:mod:`kinopress.finder.prints`)

    Args:
        library: What is shown.
        told_by: Gives the words of a page; the only one to read more of a page than its fields.

    Returns:
        JSON in UTF-8; the same library gives the same bytes.
    """
    pages = searched_pages(library)
    place_of = {(page.kind, page.slug): at for at, page in enumerate(pages)}
    vocabulary, spoken = _vocabulary(pages)
    told = [
        dict.fromkeys(one.rare, 1) if isinstance(page, Term) else told_by(library, page)
        for page, one in zip(pages, spoken, strict=True)
    ]
    known = set(vocabulary)
    new = _ordered([set(of_page) - known for of_page in told])
    number_of = {word: at for at, word in enumerate((*vocabulary, *new))}
    own = (
        (names, "=", [place_of[page.kind, page.slug]])
        for page in pages
        if (names := other_names_as_typed(page))
    )
    more = {
        "v": VERSION,
        "words": front_coded(new),
        "alike": _alike(number_of),
        "told": [_coded_said(of_page, number_of) for of_page in told],
        "names": [
            "/".join(names) + sort + numbers(places)
            for names, sort, places in (*own, *_nicknames(library, place_of))
        ],
        "said": "\n".join(
            phrase_prints(page.people_say) for page in pages if isinstance(page, Term)
        ),
    }
    return json.dumps(more, ensure_ascii=False, separators=(",", ":")).encode()


def build_facets(library: Library) -> bytes:
    """What only the page of results filters by: columns as in the index, ``positions`` and ``gear`` (commas between).

    Returns:
        JSON in UTF-8.
    """
    pages = searched_pages(library)
    rows = [
        {"positions": page.position, "gear": ",".join(page.equipment)}
        if isinstance(page, Exercise)
        else {"positions": "", "gear": ""}
        for page in pages
    ]
    return json.dumps(columns(rows), ensure_ascii=False, separators=(",", ":")).encode()


def build_index(
    library: Library,
    films: Mapping[str, FilmFacts],
    drawn: Collection[str] = (),
) -> bytes:
    """The index of all shown pages.

    Args:
        library: What is shown.
        films: What is known of each encoded film, by its slug.
        drawn: The slugs of exercises that have a drawing.

    Returns:
        JSON in UTF-8; the same library gives the same bytes.
    """
    pages = searched_pages(library)
    place_of = {(page.kind, page.slug): at for at, page in enumerate(pages)}
    vocabulary, spoken = _vocabulary(pages)
    regions = [
        (key, region.label, phrases_of((region.label, *region.say)))
        for key, region in library.shared.regions.items()
    ]
    other = [name for page in pages for name in other_names_as_typed(page)]
    named = {
        *(word for name in other for word in content_stems(name)),
        *(word for one in spoken for name in (*one.titles, *one.names) for word in name),
    }
    number_of = {word: at for at, word in enumerate(vocabulary)}
    covered = {word for _, _, phrases in regions for phrase in phrases for word in phrase}
    shown = library.shared.words
    index: dict[str, Any] = {
        "v": VERSION,
        "words": front_coded(vocabulary),
        "alike": _alike(number_of),
        "kinds": [
            [
                row.site or "pages",
                len(library.of_kind(row.page)),
                shown.phrase(row.label),
                row.in_results,
                row.belongs if shown.language == ENGLISH else _BESIDE * bool(row.belongs),
                row.name if row.is_tag else "",
                row.ranks_as,
                _spelled(row.asked_by.split(), number_of),
            ]
            for row in SEARCHED
        ],
        "terms": sum(isinstance(page, Term) for page in pages),
        **columns([_facts(library, page, place_of, films, drawn) for page in pages], LINE),
        "named": rising([at for at in titles_with_names(pages) if isinstance(pages[at], Term)]),
        "names": LINE.join(_coded_names(one.names, number_of) for one in spoken),
        "says": LINE.join(_coded_said(one.said, number_of) for one in spoken),
        "hints": name_bits(other),
        "regions": LINE.join(
            f"{key}|{'/'.join(_coded_phrase(phrase, number_of) for phrase in phrases)}|{label}"
            for key, label, phrases in regions
        ),
        "asks": _asks(library, pages, spoken, number_of),
        "help": f"{HELP}/" if ("page", HELP) in library.pages else "",
        "equal": _equal(covered),
        "about": [
            _spelled(ABOUT_BODY, number_of),
            _spelled(ABOUT_MOVING, number_of),
            _spelled((w for w in ELSEWHERE if stem(w) not in covered | named), number_of),
            _spelled(HURTING, number_of),
            _spelled(DOING, number_of),
        ],
        "intents": _intents(library, place_of, number_of),
        "person": [
            _spelled(PEOPLE, number_of),
            _spelled(NEARNESS, number_of),
            numbers([place_of["page", slug] for slug in _PERSONS if ("page", slug) in place_of]),
        ],
    }
    ordered = {key: index[key] for key in sorted(index, key=_ORDER.index)}
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The words of one page: names in its title and address, other names, what people say of it.

    ``rare`` are words that are said of this page alone, once: few ask with them, so they travel in the second file.
    """

    titles: list[tuple[str, ...]]
    names: list[tuple[str, ...]]
    said: dict[str, int]
    rare: frozenset[str]

    @property
    def words(self) -> set[str]:
        """Every word of the page."""
        return {*self.said, *(word for name in (*self.titles, *self.names) for word in name)}


def _vocabulary(pages: Sequence[Page]) -> tuple[list[str], list[_Spoken]]:
    """Every word of the index in its order, and the words of each page."""
    named = []
    for page in pages:
        titles = title_names(page)
        names = other_names(page, titles)
        named.append((titles, names, said_of(page, (*titles, *names))))
    times = Counter[str]()
    for titles, names, said in named:
        times.update(said)
        times.update(word for name in (*titles, *names) for word in name)
    spoken = []
    for titles, names, said in named:
        rare = frozenset(word for word in said if times[word] == 1)
        kept = {word: often for word, often in said.items() if word not in rare}
        spoken.append(_Spoken(titles, names, kept, rare))
    return _ordered([one.words for one in spoken]), spoken


def _asks(
    library: Library,
    pages: Sequence[Page],
    spoken: Sequence[_Spoken],
    number_of: Mapping[str, int],
) -> list[str]:
    """What must at least be said before the browser fetches the rules."""
    shared = library.shared
    names = [name for one in spoken for name in (*one.titles, *one.names)]
    told = Counter(word for name in names for word in name)
    phrases = len(names)
    for one in spoken:
        told.update(one.said)
        phrases += sum(one.said.values()) // _PHRASE_WORDS
    file = sign_file(shared.sign_words, [*shared.red_flags.values()])
    # Words of moving and of the body are in ordinary searches, however seldom the pages say them.
    ordinary = {stem(word) for word in (*ABOUT_MOVING, *ABOUT_BODY, *_EVERYDAY)}
    often = tuple(
        (word, count / max(1, phrases) + _ORDINARY * (word in ordinary))
        for word, count in told.items()
    )
    said = [
        *(name for one in spoken for name in one.titles),
        *(tuple(stems(phrase)) for page in pages for phrase in getattr(page, "people_say", ())),
        *(tuple(stems(name)) for page in pages for name in other_names_as_typed(page)),
    ]
    return list(_gate(file, tuple(number_of.items()), often, tuple(said)))


@functools.lru_cache(maxsize=2)
def _gate(
    file: SignFile,
    numbered: tuple[tuple[str, int], ...],
    often: tuple[tuple[str, float], ...],
    said: tuple[tuple[str, ...], ...],
) -> tuple[str, ...]:
    """The gate as it travels. Remembered: a preview asks after each change, and few change a name or a sign."""
    number_of = dict(numbered)
    gate = make_gate(file.groups, file.rules, {**MISHEARD, **DIALECT}, number_of, dict(often), said)
    return tuple(gate_text(gate, number_of))


def _ordered(words_of: Sequence[Iterable[str]]) -> list[str]:
    """Every word, those that many pages hold first: so the numbers of common words, and steps between them, are small."""
    pages = Counter(word for of_page in words_of for word in of_page)

    def rarity(word: str) -> int:
        return next(at for at, least in enumerate(_COMMON) if pages[word] >= least)

    return sorted(pages, key=lambda word: (rarity(word), word))


def _intents(
    library: Library, place_of: Mapping[tuple[Kind, str], int], number_of: Mapping[str, int]
) -> list[list[str]]:
    """What somebody wants to do: the words that say so, and the pages to which that which comes first belongs."""
    wanted = {family: [t for t in library.techniques if t.family == family] for family in INTENTS}
    found = [
        [
            _spelled(INTENTS[family], number_of),
            rising(sorted(place_of[t.kind, t.slug] for t in techniques)),
        ]
        for family, techniques in wanted.items()
        if techniques
    ]
    help_page = place_of.get(("page", HELP))
    if help_page is not None:
        found.append([_spelled(SEEKS_HELP, number_of), rising([help_page])])
    return found


def _spelled(said: Iterable[str], number_of: Mapping[str, int]) -> str:
    """Words as stems: those that the index has by their numbers, then the others as they are."""
    found = {stem(word) for word in said}
    numbered = rising(sorted(number_of[word] for word in found if word in number_of))
    return " ".join([numbered, *sorted(found - number_of.keys())])


def _coded_phrase(phrase: Sequence[str], number_of: Mapping[str, int]) -> str:
    """The words of a phrase by their numbers; behind "=" as they are where the index lacks one."""
    if all(word in number_of for word in phrase):
        return numbers(number_of[word] for word in phrase)
    return "=" + " ".join(phrase)


def _equal(covered: Collection[str]) -> list[str]:
    """Only those that lead to a word of the parts of the body: no others are looked for there."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word, first in EQUAL.items():
        if first in covered:
            groups[first].append(word)
    return [" ".join([first, *rest]) for first, rest in groups.items()]


def _nicknames(
    library: Library, place_of: Mapping[tuple[Kind, str], int]
) -> Iterator[tuple[list[str], str, list[int]]]:
    """What has no page of its own: its names, and the pages it leads to, best first."""
    for nickname in library.shared.nicknames:
        pages = (library.term(m) or library.find(m.text) for m in nickname.tags)
        places = list(dict.fromkeys(place_of[p.kind, p.slug] for p in pages if p is not None))
        named = [name for name in dict.fromkeys(" ".join(words(n)) for n in nickname.names) if name]
        if places and named:
            yield named, ">", places


def _alike(number_of: Mapping[str, int]) -> list[str]:
    """The groups of like words that this index holds two or more of."""
    groups = []
    for group in ALIKE:
        found = sorted({number_of[s] for word in group if (s := stem(word)) in number_of})
        if len(found) > 1:
            groups.append(rising(found))
    return groups


def _coded_names(names: Sequence[tuple[str, ...]], number_of: Mapping[str, int]) -> str:
    """How many words each name has and which, as steps from word to word; a name after the other."""
    return "".join(
        numbers([len(name)]) + rising(sorted(number_of[word] for word in name)) for name in names
    )


def _coded_said(said: Mapping[str, int], number_of: Mapping[str, int]) -> str:
    """The words of a page: those it holds twice or more, those it holds once, a comma between."""
    often = sorted(number_of[word] for word, count in said.items() if count > 1)
    once = sorted(number_of[word] for word, count in said.items() if count == 1)
    return f"{rising(often)},{rising(once)}" if said else ""


def _facts(
    library: Library,
    page: Page,
    place_of: Mapping[tuple[Kind, str], int],
    films: Mapping[str, FilmFacts],
    drawn: Collection[str],
) -> dict[str, str]:
    """What a result shows and what it is filtered by, by column; an empty text where there is nothing."""
    order = list(library.shared.regions)
    regions = sorted({order.index(key) for key in regions_of(library, page) if key in order})
    tags = sorted({place_of[t.kind, t.slug] for t in terms_of(library, page)})
    film = _film(library, page, films)
    exercise = page if isinstance(page, Exercise) else None
    still = "0" if exercise and page.slug in drawn else ""
    return {
        "titles": page.title,
        "slugs": _coded_slug(page),
        "in": rising(regions),
        "tags": rising(tags),
        "avoid": rising(sorted(place_of[t.kind, t.slug] for t in avoided_by(library, page))),
        "levels": exercise.level if exercise else "",
        "doses": dose_of(library, page),
        "limits": ";".join(
            f"{place_of['exercise', slug]}{_told(dose, dose_of(library, library.pages['exercise', slug]))}"
            for slug, dose in limits_of(library, page).items()
            if ("exercise", slug) in place_of
        ),
        "films": f"{round(film.duration_s)} {film.poster}" if film and film.poster else still,
    }


def _coded_slug(page: Page) -> str:
    """The slug, each word that the title has by its place there; nothing where it is the title's words."""
    title = words(page.title)
    if page.slug == "-".join(title):
        return ""
    place = {word: chr(ord("A") + at) for at, word in reversed([*enumerate(title[:26])])}
    coded = [place.get(word, word) for word in page.slug.split("-")]
    hyphens = ["" if a.isupper() or b.isupper() else "-" for a, b in pairwise(coded)]
    return "".join(chain.from_iterable(zip(coded, [*hyphens, ""], strict=True)))


def _told(limit: str, usual: str) -> str:
    """A symptom's dose of an exercise behind its number: nothing for "at most" the usual one, which the index has already."""
    if not limit:
        return "!"
    return "" if limit == f"{AT_MOST} {usual}" else f" {limit}"


def columns(rows: Sequence[Mapping[str, str]], line: str = "\n") -> dict[str, str]:
    """One text per column, one line per page, ``line`` between; lines at the end that are empty are left out."""
    names = rows[0] if rows else {}
    return {name: line.join(row[name] for row in rows).rstrip(line) for name in names}


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
