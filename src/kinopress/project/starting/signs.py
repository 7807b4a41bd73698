"""The warning signs of a new site: those of the shared list that belong to its subject, in the words of its country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kinopress.content.model.shared import holds
from kinopress.project.starting.countries import COUNTRIES, Country

_PACKED = Path(__file__).with_name("shared")
_IN_THE_REPOSITORY = Path(__file__).parents[4] / "docs" / "data"
"""The one copy that is kept; a wheel has its own of it (``force-include`` in pyproject.toml)."""

SIGNS, SIGN_WORDS, WEIGHTS = "red_flags.yml", "sign_words.yml", "sign_weights.yml"
_WEIGHTS_HEAD = """\
# Learnt, not written. The second listener of the search adds these weights up where no rule for a warning sign is met.
# They are words, not diseases: how often somebody who typed them was in danger, among wordings that came with the program.
#
# Leave it as it is. It stays right when you change red_flags.yml: a sign that you add is found by its rules alone, and one
# that you remove is left out here as well. Without this file the search goes by the rules alone.
"""
_SELF_REFERRAL = ", by self-referral where your health board offers it"
_CRISIS, _VIOLENCE = "crisis", "violence"
_AS_WRITTEN_FOR = "Wales"
"""The country whose words the shared signs are in."""
_ADVICE_LINE = "111"
"""The number for advice that is in them."""
_BRITISH_SERVICES = re.compile(
    r"(?<!\w)(?:NHS|NICE|A&E|GP|UK|nidirect|health board|Wales|Welsh|Cornwall|Bristol|Devon|London"
    r"|Hospitals?|corahealth|circlehealth)(?!\w)"
)
"""Whose pages say how soon a sign is to be seen, in one country alone."""


def shared_file(name: str) -> str:
    """The text of one of the files that all sites share.

    Raises:
        OSError: it cannot be read.
    """
    packed = _PACKED / name
    return (packed if packed.exists() else _IN_THE_REPOSITORY / name).read_text("utf-8")


def signs_for(keys: Sequence[str], own: str, country: Country) -> str:
    """``docs/data/red_flags.yml`` of a new site.

    Args:
        keys: Which of the shared signs; all of them if there is none.
        own: Signs of its subject alone, as YAML.
        country: Whose numbers and words they name.
    """
    text = shared_file(SIGNS)
    head = re.split(r"(?m)^(?=[a-z][a-z0-9-]*:)", text, maxsplit=1)[0]
    by_key = _by_key(text.removeprefix(head))
    chosen = [_in(country, key, entry) for key, entry in by_key.items() if not keys or key in keys]
    of_subject = "".join(_in(country, key, entry) for key, entry in _by_key(own).items())
    return head + "".join(chosen) + of_subject


def weights() -> str:
    """``docs/data/sign_weights.yml`` of a site that has all of the shared signs.

    Which sign words mean is learnt from all of them: with fewer the likeliest of those left would be taken for it.
    """
    text = shared_file(WEIGHTS)
    return _WEIGHTS_HEAD + text[text.index("\nof: ") + 1 :]


def _by_key(text: str) -> dict[str, str]:
    """The entries of a file of signs."""
    entries = re.split(r"(?m)^(?=[a-z][a-z0-9-]*:)", text)
    return {entry.partition(":")[0]: entry for entry in entries if entry}


def _in(country: Country, key: str, entry: str) -> str:
    """A sign in the words of a country: what to do, and no longer where in Britain that would be."""
    if key == _CRISIS and country.name != _AS_WRITTEN_FOR:
        basis = f"General knowledge of the numbers in {country.name}."
        entry = re.sub(r"(?m)^  action: .*$", lambda _: f"  action: {country.crisis}", entry)
        entry = re.sub(r"(?m)^  basis: .*$", lambda _: f"  basis: {basis}", entry)
        entry = re.sub(r"(?m)^  checked: .*$", "  checked: none", entry)
    if key == _VIOLENCE and country.name != _AS_WRITTEN_FOR:
        action = f"If you are in no danger at this moment, a helpline for domestic abuse in {country.name} can help you plan."
        entry = re.sub(r"(?m)^  action: .*$", lambda _: f"  action: {action}", entry)
    entry = re.sub(r"(?m)^  basis: (.*)$", lambda line: _basis(country, line[1]), entry)
    return re.sub(r"(?m)^  action: .*$", lambda line: _action(country, key, line[0]), entry)


def _basis(country: Country, basis: str) -> str:
    """What a sign rests on. Readers see it below the sign, so it sends nobody to a number or a service of elsewhere.

    Sources of elsewhere stay in the file for the coach, who can compare them with those of her own country.
    """
    if not names_elsewhere(country, basis):
        return f"  basis: {basis}"
    told = f"Written for readers in Britain, and not compared yet with what is advised in {country.name}."
    return f"  # {basis}\n  basis: {told}"


def names_elsewhere(country: Country, words: str) -> bool:
    """Whether words name a number that is not a country's own, or outside the United Kingdom a service of its."""
    other = {n for it in COUNTRIES.values() for n in it.numbers} - {*country.numbers}
    if any(holds(words, number) for number in other):
        return True
    return not country.british and _BRITISH_SERVICES.search(words) is not None


def _action(country: Country, key: str, line: str) -> str:
    if key == _CRISIS:
        return line
    if country.advice != _ADVICE_LINE:  # in New Zealand those three figures are the ambulance's
        whom = country.advice or f"your {country.doctor}"
        line = re.sub(rf"(?<!\w)Ring {_ADVICE_LINE}(?!\w)", f"Call {whom}", line)
    line = re.sub(r"(?<!\w)999(?!\w)", country.emergency, line).replace("A&E", country.hospital)
    return line if country.name == _AS_WRITTEN_FOR else line.replace(_SELF_REFERRAL, "")
