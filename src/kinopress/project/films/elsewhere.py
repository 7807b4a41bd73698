"""Films that are encoded on several computers: who wants them made, and who makes them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.video.encode.elsewhere import Elsewhere


@contextlib.contextmanager
def other_computers(scheduler: str | None) -> Iterator[Elsewhere | None]:
    """The computers behind a scheduler, while they are needed.

    Args:
        scheduler: Its address; empty: one of this computer's own, ``None``: no others.

    Raises:
        Refusal: the part that speaks to them is not installed, or nobody answers (exit code 3); it is not an
            address (2).
    """
    if scheduler is None:
        yield None
        return
    try:
        from kinopress.video.cluster.farm import Farm  # noqa: PLC0415
    except ImportError:
        raise _not_installed() from None
    with Farm(scheduler or None) as farm:
        yield farm


def work_for_others(
    scheduler: str,
    *,
    folder: Path | None,
    folders: Mapping[str, str],
    kept_bytes: int,
    at_once: int,
    on_begin: Callable[[str], None],
) -> None:
    """Encode parts of films for whoever asks a scheduler, until that ends.

    Args:
        scheduler: Its address.
        folder: Where parts, and films that were sent, are kept meanwhile.
        folders: Folders of those who want films made, and where each is on this computer.
        kept_bytes: How much of films that were sent is kept.
        at_once: How many parts are made at the same time.
        on_begin: Is told this worker's own address when it has reached the scheduler.

    Raises:
        Refusal: the part for it is not installed, or the scheduler cannot be reached, or no longer (exit
            code 3); it is not an address (2).
    """
    try:
        from kinopress.video.cluster.worker import serve  # noqa: PLC0415
    except ImportError:
        raise _not_installed() from None
    serve(
        scheduler,
        folder=folder,
        folders=folders,
        kept_bytes=kept_bytes,
        at_once=at_once,
        on_begin=on_begin,
    )


def _not_installed() -> Refusal:
    problem = Problem(
        "--scheduler",
        "the part that encodes on several computers is not installed",
        "install it: pip install 'kinopress[cluster]'",
        Code.CLUSTER_MISSING,
    )
    return Refusal([problem], ExitCode.ENVIRONMENT)
