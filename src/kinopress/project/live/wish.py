"""What is wanted of a publication: values alone, so that whoever only asks for one loads nothing that publishes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a publication.

    Attributes:
        to: The name of the place; ``None``: the only one.
        dry_run: Only say what would be done.
        clear: Delete at once what is out of use on the host; there is no way back then.
        adopt: A site with another address is there, and it is this one.
        quick: Make new films at 720p first.
        wait_s: How long to wait until the site shows the release; ``None``: as the host needs.
        due: Nobody has asked for it just now: what a rollback took from readers is not given to them again.
        takes_back: It puts an earlier release back.
    """

    to: str | None = None
    dry_run: bool = False
    clear: bool = False
    adopt: bool = False
    quick: bool = False
    wait_s: float | None = None
    due: bool = False
    takes_back: bool = False
