"""Encoding films for other computers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kinopress.project.films.elsewhere.asking import not_installed


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
        raise not_installed() from None
    serve(
        scheduler,
        folder=folder,
        folders=folders,
        kept_bytes=kept_bytes,
        at_once=at_once,
        on_begin=on_begin,
    )
