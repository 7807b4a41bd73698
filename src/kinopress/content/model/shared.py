"""Data that many pages share, as values: regions, warning signs, home checks, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kinopress.content.model.language.words import IN_ENGLISH, Words
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Page


@dataclass(frozen=True, slots=True)
class Nickname:
    """Names of something that has no page of its own, and the pages that fit, best first.

    Each of ``tags`` is a tag, or the name of any other page as in a link: ``clam``, ``contact``.
    """

    names: tuple[str, ...]
    tags: tuple[Mention, ...]
    line: int


LEVELS = ("emergency", "urgent", "gp")
"""How soon, the most urgent first: at once; the same day; within days. The numbers are in ``docs/data/help.yml``."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """One level: the heading of its signs, whom to call and how soon, and the telephone numbers to link.

    Attributes:
        heading: Above the signs of this level.
        action: Whom to call and how soon.
        numbers: Telephone numbers that become links; the first is the one of this level, by which
            a text that names it says this urgency.
        hospital_heading: The same as ``heading``, for signs with which a reader may go to a
            hospital; where it is empty, such signs are below ``heading``.
        hospital_action: The same as ``action`` for those signs.
        basis: The named sources of all this.
        checked: How far those were read: ``read``, ``secondary`` or ``none``.
    """

    heading: str
    action: str
    numbers: tuple[str, ...] = ()
    hospital_heading: str = ""
    hospital_action: str = ""
    basis: str = ""
    checked: str = "none"

    def heading_for(self, *, hospital: bool) -> str:
        """Above the signs of this level of one kind."""
        return (hospital and self.hospital_heading) or self.heading

    def action_for(self, *, hospital: bool) -> str:
        """Whom to call, or where to go, and how soon."""
        return (hospital and self.hospital_action) or self.action


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence about health that many pages show, where it rests, and how far that was read."""

    say: str
    basis: str
    checked: str = "none"


def holds(text: str, words: str) -> bool:
    """Whether words are in a text as they are, in any case, and not as a part of others."""
    return re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", text.casefold()) is not None


@dataclass(frozen=True, slots=True)
class PositionAdvice:
    """Who should not take up a position: said where one of ``named_as`` is in an exercise's ``position``."""

    named_as: tuple[str, ...]
    advice: Advice


@dataclass(frozen=True, slots=True)
class Help:
    """What readers of one country are told about getting help and taking care.

    Attributes:
        levels: Each level of a warning sign, the most urgent first.
        sentences: Sentences for the whole site by key, such as ``footer``.
        positions: What to say of the position in which an exercise is done.
        lang: The language that all this and the warning signs are written in, as the file says; empty where it
            does not. They are one text: each sign is shown with whom to call in the same breath.
    """

    levels: Mapping[str, Urgency] = field(default_factory=dict)
    sentences: Mapping[str, Advice] = field(default_factory=dict)
    positions: tuple[PositionAdvice, ...] = ()
    lang: str = ""

    def level(self, key: str) -> Urgency:
        """What a level means; empty where it could not be read, which is an error of its own."""
        return self.levels.get(key) or Urgency("", "")

    def advice_on(self, position: str) -> str:
        """Who should not take up a position, by its words; empty where nothing is to be said."""
        for one in self.positions:
            if any(holds(position, name) for name in one.named_as):
                return one.advice.say
        return ""

    def say(self, key: str) -> str:
        """One of the sentences; empty where it could not be read, which is an error of its own."""
        found = self.sentences.get(key)
        return found.say if found else ""

    @property
    def unchecked(self) -> tuple[Urgency, ...]:
        """The levels whose words and numbers nobody has compared with a source."""
        return tuple(level for level in self.levels.values() if level.checked == "none")

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every telephone number that becomes a link, the longest first."""
        found = {number for level in self.levels.values() for number in level.numbers}
        return tuple(sorted(found, key=lambda number: (-len(number), number)))


How = Literal["+", "&", "!"]


Phrase = tuple[str, ...]
"""Words in order. CAPITALS name a group, ``..`` leaves room for a few words, ``.`` is the end of what is said, ``60-99`` is any number of a range, ``=legs`` this very form of a word."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of a rule.

    Attributes:
        how: ``+`` must be near another part, ``&`` anywhere, ``!`` rules the sign out.
        said: The alternatives.
    """

    how: How
    said: tuple[Phrase, ...]


Rule = tuple[Slot, ...]
"""How somebody says something: parts that must all be there, and some that may not."""


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Phrases that mean much the same.

    Attributes:
        place: It is a part of the body: a sign belongs to the nearest one.
        ever: It counts however long ago it was.
        near: By itself worth a look at the signs of the nearest symptom.
        condition: Names of conditions: whoever asks for the symptoms of one is shown its sign.
    """

    key: str
    said: tuple[Phrase, ...]
    line: int
    place: bool = False
    ever: bool = False
    near: bool = False
    condition: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the body a reader can point at.

    Attributes:
        say: The words people use for it, for the search.
        common: The symptoms that most people have there, which its lists begin with.
    """

    key: str
    label: str
    view: str
    say: tuple[str, ...] = ()
    common: tuple[Mention, ...] = ()
    line: int = 0

    def common_first(
        self, pages: Sequence[Page], resolve: Callable[[str], Page | None]
    ) -> list[Page]:
        """Pages about it, those that are common before the others, which keep their order.

        Args:
            pages: What is to be listed.
            resolve: The page that a name of a symptom means, as the vocabulary has it.
        """
        named = [page.slug for mention in self.common if (page := resolve(mention.text))]
        ranks = {slug: rank for rank, slug in enumerate(named)}
        return sorted(pages, key=lambda page: ranks.get(page.slug, len(ranks)))


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A warning sign, how urgent it is, what else to do, and where the wording rests.

    Whom to call and how soon comes from ``level`` alone (:class:`Help`), but for whom with ``own_call``.

    Attributes:
        action: What to do besides, if anything.
        brief: The sign in one short sentence, for where several are in sight at once.
        basis: The named sources of sign and level.
        checked: How far those were read: ``read``, ``secondary`` or ``none``.
        hospital: Whether a reader may go to a hospital with it, instead of calling an ambulance or
            an advice line.
        named_as: The words by which texts of pages name it, as
            :mod:`kinopress.content.rules.signs` reads them.
        alone: Beside it the search shows nothing else.
        cause: Of emergencies it is named first: a collapse, say, only tells what is seen of it.
        own_call: ``action`` says whom to call, in place of the sentence for all signs as urgent.
        say: The rules by which the search recognises it.
    """

    key: str
    level: str
    title: str
    sign: str
    basis: str
    line: int
    action: str = ""
    brief: str = ""
    checked: str = "none"
    hospital: bool = False
    named_as: tuple[str, ...] = ()
    alone: bool = False
    cause: bool = False
    own_call: bool = False
    say: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Something a reader can try at home (``home``) or a clinician measures.

    Attributes:
        sides: Whether the left and the right are measured separately.
        counts_from: The smallest difference that counts as real, in ``unit``; ``None`` where no source gives one.
        counts_when: ``less`` or ``more`` where only one direction is established, else ``None``.
    """

    key: str
    title: str
    home: bool
    unit: str
    how: str
    real_change: str
    sources: tuple[Mention, ...]
    sides: bool = False
    counts_from: int | None = None
    counts_when: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A source: how to cite it, its DOI where seen, what it found, and how far it was checked."""

    key: str
    cite: str
    finding: str
    checked: str
    year: int | None
    doi: str | None
    line: int

    @property
    def url(self) -> str | None:
        """Where to read it."""
        return None if self.doi is None else f"https://doi.org/{self.doi}"


GONE = "gone"
"""Instead of an address: the page was removed, and readers are told so."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that a page had before, and where readers find it now.

    Attributes:
        old: The address from the site's root, without slashes at its ends: ``exercises/clam``.
        new: That of a page or a list, or of another redirect; or :data:`GONE`.
        line: The line of its file.
    """

    old: str
    new: str
    line: int


@dataclass(frozen=True, slots=True)
class SignWeights:
    """What the search has learnt of danger from wordings, as whole numbers; :mod:`kinopress.finder.signs.listener` says what of.

    Attributes:
        of: A digest of the wordings.
        base: The weight before any word is said.
        danger: By word, or by two with a space between: above 0 for danger.
        signs: By key, the weight before any word is said, and those of words.
    """

    of: str
    base: int
    danger: Mapping[str, int]
    signs: Mapping[str, tuple[int, Mapping[str, int]]]


@dataclass(frozen=True, slots=True)
class SharedData:
    """What the files of shared data hold, by key, each in its own order.

    ``nicknames`` are what people call things that have no page, with the pages that fit;
    ``sign_words`` groups of words for the rules of ``red_flags``; ``help`` says whom to call, and what else
    readers are told for their own safety; ``words`` are the program's own, in the language of the site.
    ``left_out`` holds, by file, the keys of wrong entries; ``unread`` the files that could
    not be read. What they might have held is not missed a second time where it is named.
    """

    regions: Mapping[str, Region]
    red_flags: Mapping[str, RedFlag]
    checks: Mapping[str, Check]
    references: Mapping[str, Reference]
    nicknames: tuple[Nickname, ...] = ()
    sign_words: Mapping[str, WordGroup] = field(default_factory=dict)
    help: Help = Help()
    words: Words = IN_ENGLISH
    sign_figures: Mapping[str, int] = field(default_factory=dict)
    sign_weights: SignWeights | None = None
    redirects: tuple[Redirect, ...] = ()
    removed: tuple[str, ...] = ()
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    def entries(self, name: str) -> Mapping[str, object]:
        """The entries of ``docs/data/{name}.yml``."""
        files: dict[str, Mapping[str, object]] = {
            "regions": self.regions,
            "red_flags": self.red_flags,
            "tests": self.checks,
            "references": self.references,
        }
        return files[name]

    def misses(self, name: str, key: str) -> bool:
        """Whether ``docs/data/{name}.yml`` was read and holds no such entry, right or wrong."""
        return (
            key not in self.entries(name)
            and name not in self.unread
            and key not in self.left_out.get(name, ())
        )
