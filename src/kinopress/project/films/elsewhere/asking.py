"""Asking other computers to encode films."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

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
        raise not_installed() from None
    with Farm(scheduler or None) as farm:
        yield farm


def not_installed() -> Refusal:
    """What is said where the extra is not installed."""
    problem = Problem(
        "--scheduler",
        "the part that encodes on several computers is not installed",
        "install it: pip install 'kinopress[cluster]'",
        Code.CLUSTER_MISSING,
    )
    return Refusal([problem], ExitCode.ENVIRONMENT)
