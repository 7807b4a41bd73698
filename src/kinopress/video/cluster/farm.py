"""The door for whoever wants films made on other computers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.video.cluster.computers import Computers, Patience
from kinopress.video.cluster.films import FILM_MAX_BYTES
from kinopress.video.cluster.handing_out import HandingOut
from kinopress.video.encode.elsewhere import Order, Spread

_WHAT_TO_DO = (
    "its parts were made elsewhere; free some space on it, install the same versions there, or let it see the folder "
    "of the films"
)


class Farm:
    """A scheduler and the computers that it knows: :class:`~kinopress.video.encode.elsewhere.Elsewhere`."""

    def __init__(
        self,
        address: str | None,
        *,
        patience: Patience | None = None,
        film_max_bytes: int = FILM_MAX_BYTES,
    ) -> None:
        """Reach it.

        Args:
            address: The scheduler's; ``None``: one in this process, with a worker for each four processors.
            patience: How long something is waited for.
            film_max_bytes: The largest film that is sent to a computer that does not find it.

        Raises:
            Refusal: ``USAGE`` for what is not an address, ``ENVIRONMENT`` when nobody answers there.
        """
        self.computers = Computers(address, patience or Patience())
        self._film_max_bytes = film_max_bytes

    def __enter__(self) -> Farm:
        return self

    def __exit__(self, *_: object) -> None:
        self.computers.close()

    def only_one(self, digest: str, display_path: str) -> contextlib.AbstractContextManager[None]:
        """See :class:`~kinopress.video.encode.elsewhere.Elsewhere`."""
        return self.computers.only_one(digest, display_path)

    @contextlib.contextmanager
    def begin(self, order: Order) -> Iterator[Spread]:
        """See :class:`~kinopress.video.encode.elsewhere.Elsewhere`."""
        work = HandingOut(self.computers, order, self._film_max_bytes)
        work.start()
        try:
            yield work
        finally:
            work.end()

    def said(self, display_path: str) -> list[Problem]:
        """See :class:`~kinopress.video.encode.elsewhere.Elsewhere`."""
        said, self.computers.left_out = self.computers.left_out, {}
        return [
            Problem(
                display_path,
                f"the computer at {worker} took no part in encoding it, or not to the end: {why}",
                _WHAT_TO_DO,
                Code.CLUSTER_LEFT_OUT,
                severity="warning",
            )
            for worker, why in said.items()
        ]
