"""The warning signs of a new site: those of the shared list that belong to its subject, in the words of its country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kinopress.project.starting.countries import Country

_PACKED = Path(__file__).with_name("shared")
_IN_THE_REPOSITORY = Path(__file__).parents[4] / "docs" / "data"
"""The one copy that is kept; a wheel has its own of it (``force-include`` in pyproject.toml)."""

SIGNS, SIGN_WORDS = "red_flags.yml", "sign_words.yml"
_SELF_REFERRAL = ", by self-referral where your health board offers it"
_CRISIS = "crisis"
_AS_WRITTEN_FOR = "Wales"
"""The country whose words the shared signs are in."""


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
    head, *entries = re.split(r"(?m)^(?=[a-z][a-z0-9-]*:)", text)
    by_key = {entry.partition(":")[0]: entry for entry in entries}
    chosen = [_in(country, key, entry) for key, entry in by_key.items() if not keys or key in keys]
    return head + "".join(chosen) + own


def _in(country: Country, key: str, entry: str) -> str:
    """A sign in the words of a country: what to do, and no longer where in Britain that would be."""
    if key == _CRISIS and country.name != _AS_WRITTEN_FOR:
        basis = f"General knowledge of the numbers in {country.name}."
        entry = re.sub(r"(?m)^  action: .*$", lambda _: f"  action: {country.crisis}", entry)
        entry = re.sub(r"(?m)^  basis: .*$", lambda _: f"  basis: {basis}", entry)
        entry = re.sub(r"(?m)^  checked: .*$", "  checked: none", entry)
    return re.sub(r"(?m)^  action: .*$", lambda line: _action(country, key, line[0]), entry)


def _action(country: Country, key: str, line: str) -> str:
    if key == _CRISIS:
        return line
    line = re.sub(r"(?<!\w)999(?!\w)", country.emergency, line).replace("A&E", country.hospital)
    return line if country.name == _AS_WRITTEN_FOR else line.replace(_SELF_REFERRAL, "")
