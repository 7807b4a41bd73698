"""Where a new site's readers get help: numbers to call and the words for whom, country by country.

They are data like a coach's own file of numbers, read in the same way. General knowledge, compared with no source
yet: the file that is written says so, and so does ``kinopress init``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from kinopress.content.forms.form import Desk, Field, Form, Reader
from kinopress.content.forms.scalars import any_text, list_of
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.problems import Problem

FILE = Path(__file__).with_name("countries.yml")
"""A group of lines for each country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What readers of one country are told.

    Attributes:
        name: As in a sentence.
        timezone: Whose midnight counts.
        emergency: The number for an emergency.
        urgent: Whom to call, or where to go, the same day; it names ``advice`` where there is one.
        crisis: What else somebody can do who thinks of ending their life.
        advice: The number of a line for urgent advice; empty where there is none.
        hospital: What the part of a hospital for emergencies is called.
        urgent_hospital: Where to go the same day; ``hospital`` alone where it is empty.
        doctor: Whom one sees first.
        therapist: Who treats muscles and joints.
        more_numbers: Other numbers in these sentences, which become links.
    """

    name: str
    timezone: str
    emergency: str
    urgent: str
    crisis: str
    advice: str = ""
    hospital: str = "the emergency department"
    urgent_hospital: str = ""
    doctor: str = "GP"
    therapist: str = "physiotherapist"
    more_numbers: tuple[str, ...] = ()

    @property
    def british(self) -> bool:
        """Whether it is part of the United Kingdom, for which the shared warning signs were written."""
        return self.timezone == "Europe/London"

    @property
    def numbers(self) -> tuple[str, ...]:
        """All the numbers that its readers are told."""
        return tuple(filter(None, (self.emergency, self.advice, *self.more_numbers)))


def _fields() -> Iterator[Field]:
    """A line for each of a country's attributes, as they are written in the file."""
    for attribute in fields(Country):
        read: Reader[Any] = list_of(any_text) if attribute.name == "more_numbers" else any_text
        yield Field(attribute.name, read, "", "", required=attribute.default is MISSING)


_FORM = Form(*_fields(), what="a country")


def read_countries(text: str, path: str) -> tuple[dict[str, Country], list[Problem]]:
    """The countries of a file, and what is wrong with it; a country that lacks something is left out."""
    top, problems = parse_fields(text, path)
    found = {}
    for key, node in {} if top is None else top.entries.items():
        mistakes: list[Problem] = []
        values = _FORM.read(node, Desk(path, mistakes, key))
        problems += mistakes
        if values is not None and not mistakes:
            found[key] = Country(**values)
    return found, problems


COUNTRIES: Mapping[str, Country] = read_countries(FILE.read_text("utf-8"), FILE.name)[0]
"""By the word that ``kinopress init --country`` takes."""
