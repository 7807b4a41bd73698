"""The program's own words for readers, in the language of a site.

Whoever shows words to a reader writes them in English where they are shown, as an argument of :meth:`Words.phrase`
or :meth:`Words.counted`. From there they are gathered into a catalogue (gettext's, by Babel), and what a catalogue
or the coach has for them is shown instead. Words that nobody has are shown in English.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ENGLISH = "en"
LANGUAGES_WITH_WORDS = (ENGLISH, "cy")
"""The languages that the words around pages are in; all but English have a catalogue."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def _one_or_many(number: int) -> int:
    return int(number != 1)


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown for the English words of the program.

    Attributes:
        language: The two letters of the language they are in.
        forms: English words (of a number of things, those for one) → the same in that language: one form, or as
            many as the language has for numbers.
        form_for: Which of the forms is for a number of things.
        own: English words → the coach's own.
    """

    language: str = ENGLISH
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form_for: Callable[[int], int] = _one_or_many
    own: Mapping[str, str] = field(default_factory=dict)

    def phrase(self, english: str, /, **values: object) -> str:
        """Words for readers; ``values`` are put where their names are in braces."""
        text = self.own.get(english) or self.forms.get(english, (english,))[0]
        return text.format(**values) if values else text

    def together(self, *english: str) -> Words:
        """The words for a sentence that is put together from several phrases: English ones where not all are known here.

        A sentence half in one language and half in another is understood in neither. Who shows it marks it as being in
        the language of what this returns.
        """
        known = self.language == ENGLISH or all(
            one in self.own or one in self.forms for one in english
        )
        return self if known else IN_ENGLISH

    def forms_of(self, one: str, many: str = "") -> tuple[str, ...]:
        """All forms of some words, for who chooses among them elsewhere; none where they are as in the program."""
        if not many:
            found = self.own.get(one) or next(iter(self.forms.get(one, ())), "")
            return (found,) if found else ()
        if one in self.forms:
            of_one = self.form_for(1)
            return tuple(
                self.own.get(one if i == of_one else many, form)
                for i, form in enumerate(self.forms[one])
            )
        own = self.own.get(one, one), self.own.get(many, many)
        return own if own != (one, many) else ()

    def day(self, date: dt.date) -> str:
        """22 November 2026."""
        month = self.phrase(MONTHS[date.month - 1])
        return self.phrase("{day} {month} {year}", day=date.day, month=month, year=date.year)

    def month(self, date: dt.date) -> str:
        """November 2026."""
        month = self.phrase(MONTHS[date.month - 1])
        return self.phrase("{month} {year}", month=month, year=date.year)

    def counted(self, n: int, one: str, many: str, /, **values: object) -> str:
        """Words about a number of things, which is ``{n}`` in them."""
        of_one = self.form_for(n) == self.form_for(1) if one in self.forms else n == 1
        english = one if of_one else many
        text = self.own.get(english)
        if text is None:
            forms = self.forms.get(one)
            text = english if forms is None else forms[self.form_for(n)]
        return text.format(n=n, **values)


IN_ENGLISH = Words()
"""The words as they are in the program."""


def blanks(text: str) -> set[str]:
    """The names in braces, for which values are put.

    Raises:
        ValueError: a brace has no partner.
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
