"""What publishing to a place would do there: asked for a look, for a publication and for the way back, and answered once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kinopress.publish.plan import LocalRelease, Publication, plan_publication
from kinopress.publish.record import HostRelease
from kinopress.publish.target import Target


def planned(
    target: Target,
    local: LocalRelease,
    host: HostRelease | None,
    now: Callable[[], datetime],
    *,
    clear: bool = False,
    takes_back: bool = False,
) -> Publication:
    """Compare a release with what a place has, and with the room there is.

    Args:
        target: The place.
        local: The release.
        host: What its record says; ``None``: nothing was published there yet.
        now: Gives the moment, once the place has been asked.
        clear: Delete at once what is out of use there.
        takes_back: It puts an earlier release back.

    Raises:
        HostError: the place cannot be asked.
    """
    there = target.holdings(host, local)
    return plan_publication(
        local,
        host,
        there,
        now(),
        clear=clear,
        room_bytes=target.limits.site_bytes_max,
        takes_back=takes_back,
    )
