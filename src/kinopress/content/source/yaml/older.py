"""What MkDocs makes of a value in ``mkdocs.yml`` that is written without quotes.

It reads that file as well, by YAML 1.1, where more is something other than words than in the YAML 1.2 of
our own pages: ``yes`` is a switch, ``1:30`` a number, ``2026-05-01`` a date. It refuses those where it wants
words, and ends in the middle of a date that is in no calendar.
"""

from __future__ import annotations

import functools
from typing import Literal

import yaml

Older = Literal["words", "nothing", "a date", "a number", "true or false", "a special sign"]

_MEANINGS: dict[str, Older] = {
    "tag:yaml.org,2002:str": "words",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "true or false",
}


@functools.cache
def _reader() -> yaml.SafeLoader:
    return yaml.SafeLoader("")


def older_meaning(value: str) -> tuple[Older, bool]:
    """What a value without quotes is taken for, and whether it then can be one.

    Args:
        value: The value as written, without the spaces around it.
    """
    reader = _reader()
    tag = reader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    meaning = _MEANINGS.get(tag, "a special sign")
    if meaning == "words":
        return meaning, True
    try:
        reader.construct_object(yaml.ScalarNode(tag, value), deep=True)
    except (yaml.YAMLError, ValueError, OverflowError, LookupError):
        return meaning, False
    return meaning, True
