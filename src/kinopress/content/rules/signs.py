"""One urgency for each warning sign: no text beside it may say another.

Whom to call and how soon follows from a sign's level and from whether a reader may go to a hospital
with it (``docs/data/help.yml``). What else is written with a sign must not disagree, and neither
must sentences that name one: by ``[[sign:…]]``, or in words of their own that the sign lists under
``named_as``. That holds for a page's body, for every sentence of its fields and for what a film's
captions say. A more urgent word with a condition of its own is allowed: "111 now, or 999
if you are short of breath".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinopress.codes import Code
from kinopress.content.captions.webvtt import Cue
from kinopress.content.data.shared import FILES
from kinopress.content.markdown.marks import scan
from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.nodes import Fields, Node, Text
from kinopress.content.model.pages import Page
from kinopress.content.model.shared import Help, RedFlag, SharedData
from kinopress.content.rules.names import unknown_key
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

_ORDER = ("later", "today", "ring", "hospital", "ambulance")
"""What a word can say, the most urgent last."""

_SAYS = {
    "later": r"\bsoon\b|\bthis week\b|\bnext few days\b|\bwithin days\b|\bpromptly\b|\broutine\b"
    r"|\bGP or (?:a )?physiotherapist\b",
    "today": r"\bsame[- ]day\b|\btoday\b|\bthat day\b|\bat once\b|\burgent(?:ly)?\b",
    "hospital": r"A&E|\bemergency department\b|\bminor injury unit\b",
    "ambulance": r"\bambulance\b",
}
"""Words that say how soon or where to. "Your GP" alone fits two levels and says nothing."""

_FITS = {
    ("emergency", False): ("ambulance",),
    ("emergency", True): ("ambulance", "hospital"),
    ("urgent", False): ("today", "ring"),
    ("urgent", True): ("today", "hospital"),
    ("gp", False): ("later",),
    ("gp", True): ("later",),
}
"""What may be said of a sign, by its level and whether one may go to a hospital with it."""

_PARTS = (
    *("soon", "week", "days", "promptly", "routine", "physiotherapist", "same", "today"),
    *("that day", "at once", "urgent", "a&e", "emergency", "minor injury", "ambulance"),
)
"""Each of those words holds one of these."""


@dataclass(frozen=True, slots=True)
class Urgencies:
    """The words that say how soon or where to, and parts of which each of them holds one."""

    words: re.Pattern[str]
    parts: tuple[str, ...]

    def parts_in(self, text: str) -> list[str]:
        """Those of the parts that a text holds."""
        folded = text.lower()
        return [part for part in self.parts if part in folded]

    def said(
        self, sentence: str, parts: Sequence[str] | None = None
    ) -> Iterator[tuple[str, re.Match[str]]]:
        """The words of a sentence that say how soon or where to, and which kind each is of.

        Args:
            sentence: The sentence.
            parts: Those that the text around it holds, where that is known.
        """
        folded = sentence.lower()
        for part in self.parts if parts is None else parts:
            if part in folded:
                break
        else:
            return  # most sentences, and much sooner told
        idle = [found.span() for found in _ONLY_TODAY.finditer(sentence)]
        for found in self.words.finditer(sentence):
            if not any(start <= found.start() < end for start, end in idle):
                yield str(found.lastgroup), found


def urgencies(help_: Help) -> Urgencies:
    """The words of this language, and the telephone numbers of this site's country."""
    numbers = {
        kind: help_.level(level).numbers[:1]
        for kind, level in (("ambulance", "emergency"), ("ring", "urgent"))
    }
    kinds = []
    for kind in _ORDER:
        ways = [rf"(?<!\w){re.escape(number)}(?!\w)" for number in numbers.get(kind, ())]
        ways += [_SAYS[kind]] if kind in _SAYS else []
        if ways:
            kinds.append(f"(?P<{kind}>{'|'.join(ways)})")
    parts = (number.lower() for of_kind in numbers.values() for number in of_kind)
    return Urgencies(re.compile("|".join(kinds), re.I), (*_PARTS, *parts))


_ONLY_TODAY = lazily(r"\bstop(?: [a-z]+){0,2} today\b|\b(?:easier|rest|enough) today\b", re.I)
"""Here "today" says when to stop, not when to be seen."""

_READERS_WORDS = frozenset({"aliases", "also_called", "lay", "misspellings", "people_say"})
"""Fields of what readers call a thing or say of it: those are no advice."""

_CONDITION = lazily(r"\b(?:if|unless|when|where|rather|instead)\b", re.I)
_SENTENCE = lazily(r"(?:[^.!?;\n]+|\.(?=\S))+[.!?;]*")
_GOES_ON = lazily(
    r"(?:So |Then )?(?:stop|ring|call|phone|go|ask|see|book|treat|that|this|it|have|get|do)\b", re.I
)
"""How a sentence begins that says what to do about the one before it."""


def disagreement(text: str, level: str, known: Urgencies, *, hospital: bool = False) -> str | None:
    """A word of a text that says another urgency than a sign's, unless a condition is with it."""
    for sentence in _SENTENCE.findall(text):
        if _CONDITION.search(sentence):
            continue
        for kind, found in known.said(sentence):
            if kind not in _FITS[level, hospital]:
                return found[0]
    return None


@dataclass(frozen=True, slots=True)
class Naming:
    """One way in which texts name a sign: all of ``needed`` stand in a sentence, nothing of ``barred``."""

    needed: tuple[re.Pattern[str], ...]
    barred: re.Pattern[str] | None
    words: tuple[tuple[str, ...], ...] = ()
    """Of each of ``needed`` the alternatives as words in lower case."""

    def may_be_in(self, folded: str) -> bool:
        """Whether a text in lower case holds the words at all: a look that costs little."""
        for words in self.words:
            for word in words:
                if word in folded:
                    break
            else:
                return False
        return True

    def ends(self, sentence: str) -> int | None:
        """Where in a sentence the last of the words ends that name the sign; None where it is not named."""
        found = [pattern.search(sentence) for pattern in self.needed]
        if not all(found) or (self.barred is not None and self.barred.search(sentence)):
            return None
        return max(match.end() for match in found if match is not None)


def naming(said: str) -> Naming:
    """Read a line of ``named_as``: ``+`` joins, ``/`` parts alternatives, what follows ``!`` rules it out."""
    wanted, _, barred = said.partition(" ! ")
    needed = wanted.split(" + ")
    return Naming(
        tuple(map(_any_of, needed)),
        _any_of(barred) if barred else None,
        tuple(tuple(word.strip().lower() for word in part.split("/")) for part in needed),
    )


def _any_of(words: str) -> re.Pattern[str]:
    alternatives = (re.escape(word.strip()) for word in words.split("/"))
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


def sign_problems(library: Library) -> Iterator[Problem]:
    """Signs whose own words disagree with their level."""
    path = FILES["red_flags"]
    flags = library.shared.red_flags
    known, _ = library.once(_read_signs)
    for flag in flags.values():
        for name, text in (("sign", flag.sign), ("brief", flag.brief), ("action", flag.action)):
            word = disagreement(text, flag.level, known, hospital=flag.hospital)
            if word is not None:
                yield _disagrees(path, flag.line, f"{flag.key}.{name}", word, flag)


def sign_problems_of(library: Library, page: Page) -> Iterator[Problem]:
    """Sentences of a page that name a sign and say another urgency."""
    known, namings = library.once(_read_signs)
    yield from _marked(library, page, known)
    for line, field, text in _texts(page) if namings else ():
        for at, word, flag in _named(text, namings, known):
            yield _disagrees(page.path, line + text.count("\n", 0, at), field, word, flag)


def _read_signs(library: Library) -> tuple[Urgencies, list[tuple[RedFlag, tuple[Naming, ...]]]]:
    return urgencies(library.shared.help), _namings(library.shared.red_flags)


def spoken_problems(shared: SharedData, path: str, cues: Sequence[Cue]) -> Iterator[Problem]:
    """Sentences of captions that name a sign and say another urgency; a sentence may go over several cues."""
    text, begins = "", []
    for cue in cues:
        begins.append(len(text))
        text += f"{' '.join(cue.words.split())} "
    for at, word, flag in urgencies_against(shared, text):
        line = cues[bisect_right(begins, at) - 1].line
        yield _disagrees(path, line, None, word, flag)


def urgencies_against(shared: SharedData, text: str) -> Iterator[tuple[int, str, RedFlag]]:
    """Words of a text that say another urgency than a sign that is named with them: where, which, and whose sign."""
    return _named(text, _namings(shared.red_flags), urgencies(shared.help))


def _namings(flags: Mapping[str, RedFlag]) -> list[tuple[RedFlag, tuple[Naming, ...]]]:
    return [(flag, tuple(map(naming, flag.named_as))) for flag in flags.values() if flag.named_as]


def _marked(library: Library, page: Page, known: Urgencies) -> Iterator[Problem]:
    """Sentences that name a sign by ``[[sign:…]]``."""
    flags = library.shared.red_flags
    for mark in scan(page.body, page.body_line):
        if mark.kind != "sign":
            continue
        if library.shared.misses("red_flags", mark.target):
            mention = Mention(mark.target, mark.line, "")
            yield unknown_key(
                page.path, mention, flags, "red flag", FILES["red_flags"], Code.RED_FLAG_UNKNOWN
            )
        flag = flags.get(mark.target)
        if flag is None:
            continue
        before = re.split(r"[.!?]\s|\n\s*\n", page.body[: mark.start])[-1]
        after = re.split(r"(?<=[.!?])\s|\n\s*\n", page.body[mark.end :])[0]
        word = disagreement(f"{before} {after}", flag.level, known, hospital=flag.hospital)
        if word is not None:
            yield _disagrees(page.path, mark.line, None, word, flag)


def _texts(page: Page) -> Iterator[tuple[int, str | None, str]]:
    """What a page says in words of its own, each with its line and field."""
    yield page.body_line, None, page.body
    for name, node in page.front.entries.items():
        if name not in _READERS_WORDS:
            yield from _sentences(node, name)


def _sentences(node: Node, field: str) -> Iterator[tuple[int, str | None, str]]:
    if isinstance(node, Text):
        if node.type == "text":
            yield node.line, field, node.text
        return
    inner = node.entries.items() if isinstance(node, Fields) else enumerate(node.items, 1)
    for name, one in inner:
        yield from _sentences(one, f"{field}.{name}")


def _named(
    text: str, namings: Sequence[tuple[RedFlag, tuple[Naming, ...]]], known: Urgencies
) -> Iterator[tuple[int, str, RedFlag]]:
    """Words of a text that say another urgency than the signs named with them: where, which, and whose."""
    parts = known.parts_in(text) if namings else []
    if not parts:
        return
    before = ""
    for found in _SENTENCE.finditer(text):
        sentence = found[0].strip()
        said = list(known.said(sentence, parts))
        if said:
            signs = _signs_in(sentence, namings)
            if not signs and _GOES_ON.match(sentence):
                signs = [(flag, 0) for flag, _ in _signs_in(before, namings)]
            for kind, word in said:
                flag = _against(sentence, kind, word, signs)
                if flag is not None:
                    at = found.start() + found[0].index(sentence)
                    yield at + word.start(), word[0], flag
        before = sentence


def _signs_in(
    sentence: str, namings: Sequence[tuple[RedFlag, tuple[Naming, ...]]]
) -> list[tuple[RedFlag, int]]:
    """The signs a sentence names, each with the place where the words that do so end."""
    folded = sentence.lower()
    signs = []
    for flag, ways in namings:
        here = [way for way in ways if way.may_be_in(folded)]
        if here and (ends := [end for way in here if (end := way.ends(sentence)) is not None]):
            signs.append((flag, min(ends)))
    return signs


def _against(
    sentence: str, kind: str, word: re.Match[str], signs: Sequence[tuple[RedFlag, int]]
) -> RedFlag | None:
    """The sign with which a word disagrees; None where it fits one that the sentence names."""
    fits = {fit for flag, _ in signs for fit in _FITS[flag.level, flag.hospital]}
    if not signs or kind in fits:
        return None
    flag, ends = signs[0]
    more_urgent = _ORDER.index(kind) > max(map(_ORDER.index, fits))
    if more_urgent and _CONDITION.search(sentence, max(ends, word.end())):
        return None
    return flag


def _disagrees(path: str, line: int, field: str | None, word: str, flag: RedFlag) -> Problem:
    way = ", and one may go to a hospital with it" if flag.hospital else ""
    return Problem(
        path,
        f"{quoted(word)} gives a different urgency from that of {flag.key}, whose level is {flag.level}{way}",
        "remove the word: whom to call and how soon follows from the level",
        Code.SIGN_URGENCY,
        line=line,
        field=field,
    )
