"""Which plan a screen is about, by its number alone, and the addresses that name it so."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException

from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.project.clients.folder import (
    listed_clients,
)
from kinopress.studio.studio import Studio


def library_of(studio: Studio) -> Library:
    """What the coach wrote.

    Raises:
        HTTPException: the settings have a mistake, so nothing is known (409).
    """
    library = studio.now().library
    if library is None:
        raise HTTPException(409, "The settings have a mistake, which Check shows.")
    return library


def address_of(identity: str, said: str = "") -> str:
    """The address of a plan's screen; ``said`` is what it says has been done."""
    more = {"said": said} if said else {}
    return f"/clients/plan?{urlencode({'plan': identity, **more})}"


def named(studio: Studio, library: Library, identity: str) -> PrivatePlan:
    """The plan that runs of a number.

    Raises:
        HTTPException: there is none (404).
    """
    for one in listed_clients(studio.project, library):
        if one.private is not None and one.private.about.identity == identity:
            return one.private
    raise HTTPException(404)
