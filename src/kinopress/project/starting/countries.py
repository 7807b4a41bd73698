"""Where a new site's readers get help: numbers to call and the words for whom, country by country.

General knowledge, compared with no source yet: the file that is written says so, and so does ``kinopress init``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_SAMARITANS = "If nobody is in danger at this moment you can also call the Samaritans on 116 123, free, at any hour. Tell somebody near you now."


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


def _british(name: str, urgent: str, crisis: str = _SAMARITANS, advice: str = "111") -> Country:
    return Country(
        name=name,
        timezone="Europe/London",
        emergency="999",
        advice=advice,
        urgent=urgent,
        crisis=crisis,
        hospital="A&E",
        urgent_hospital="a minor injury unit or A&E",
        more_numbers=("116 123",),
    )


COUNTRIES: Mapping[str, Country] = {
    "wales": _british(
        "Wales",
        "Ring 111 or your GP surgery now.",
        "If nobody is in danger at this moment you can also ring 111 and press 2, at any hour, for a mental"
        " health worker in Wales, or the Samaritans on 116 123. Both are free. Tell somebody near you now.",
    ),
    "england": _british(
        "England",
        "Ring 111 or your GP surgery now.",
        "If nobody is in danger at this moment you can also ring 111 and choose the mental health option, or"
        " the Samaritans on 116 123. Both are free. Tell somebody near you now.",
    ),
    "scotland": _british("Scotland", "Ring 111 or your GP surgery now."),
    "northern-ireland": _british(
        "Northern Ireland", "Ring your GP surgery now, or the out-of-hours doctors.", advice=""
    ),
    "ireland": Country(
        name="Ireland",
        timezone="Europe/Dublin",
        emergency="112",
        urgent="Ring your GP now, or the out-of-hours doctors.",
        crisis=_SAMARITANS,
        more_numbers=("116 123",),
    ),
    "usa": Country(
        name="the United States",
        timezone="America/New_York",
        emergency="911",
        urgent="Call your doctor's office now, or go to urgent care.",
        crisis="You can also call or text 988 at any hour, free. Tell somebody near you now.",
        hospital="the emergency room",
        urgent_hospital="urgent care or the emergency room",
        doctor="doctor",
        therapist="physical therapist",
        more_numbers=("988",),
    ),
    "canada": Country(
        name="Canada",
        timezone="America/Toronto",
        emergency="911",
        advice="811",
        urgent="Call 811 or your doctor's office now.",
        crisis="You can also call or text 988 at any hour, free. Tell somebody near you now.",
        doctor="doctor",
        more_numbers=("988",),
    ),
    "australia": Country(
        name="Australia",
        timezone="Australia/Sydney",
        emergency="000",
        advice="1800 022 222",
        urgent="Call Healthdirect on 1800 022 222 or your GP now.",
        crisis="You can also call Lifeline on 13 11 14 at any hour. Tell somebody near you now.",
        more_numbers=("13 11 14",),
    ),
    "new-zealand": Country(
        name="New Zealand",
        timezone="Pacific/Auckland",
        emergency="111",
        advice="0800 611 116",
        urgent="Call Healthline on 0800 611 116 or your GP now.",
        crisis="You can also call or text 1737 at any hour, free. Tell somebody near you now.",
        more_numbers=("1737",),
    ),
}
"""By the word that ``kinopress init --country`` takes."""
