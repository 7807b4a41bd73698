"""What may be answered to the questions of ``kinopress init``, and what people write for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click

from kinopress.content.model.names import either, nearest
from kinopress.problems import quoted

LANGUAGE_NAMES = {"english": "en", "welsh": "cy", "cymraeg": "cy"}
COUNTRY_NAMES = {
    "cymru": "wales",
    "n ireland": "northern-ireland",
    "ni": "northern-ireland",
    "republic of ireland": "ireland",
    "eire": "ireland",
    "us": "usa",
    "america": "usa",
    "united states": "usa",
    "the united states": "usa",
    "united states of america": "usa",
    "nz": "new-zealand",
    "aotearoa": "new-zealand",
}
SUBJECT_NAMES = {
    "leg": "legs",
    "hip": "legs",
    "hips": "legs",
    "hips and legs": "legs",
    "shoulder": "shoulders",
    "something else": "other",
}


class Named(click.Choice[str]):
    """One of some words, also by another name, in any case, with spaces for hyphens."""

    def __init__(self, words: Iterable[str], names: Mapping[str, str]) -> None:
        super().__init__([*words], case_sensitive=False)
        self._names = {**names, **{_plain(word): word for word in self.choices}}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that is meant.

        Raises:
            click.BadParameter: nothing here is like it; at a question, click asks again.
        """
        if found := self._names.get(_plain(value)):
            return found
        close = nearest(_plain(value), self._names)
        hint = f"; the nearest is {quoted(close[0])}" if close else ""
        message = f"{quoted(value)} is not an answer here; choose {either([*self.choices])}{hint}"
        raise click.BadParameter(message, ctx, param)


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").replace(".", "").split())
