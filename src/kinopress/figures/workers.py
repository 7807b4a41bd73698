"""Several figures at the same time, one process for each processor.

A figure takes seconds and none needs another, so a site's first build takes as many times less as there are
processors. Each process does its sums alone: the sums are small, and NumPy's own threads cost twice the processor
time that they save. One that lost the build it works for ends by itself.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING

from kinopress.figures.pose import Motion

if TYPE_CHECKING:  # what draws loads NumPy
    from kinopress.figures.draw import Drawn

_THREADS = "OPENBLAS_NUM_THREADS"


def draw_alone(motion: Motion, name: str) -> Drawn:
    """Draw one figure in this process, without threads if nothing has loaded NumPy yet."""
    os.environ.setdefault(_THREADS, "1")
    from kinopress.figures.draw import draw  # noqa: PLC0415 - loads NumPy

    return draw(motion, name)


def draw_all(motions: Mapping[str, Motion]) -> Generator[tuple[str, Drawn]]:
    """Draw figures; each comes with its name as soon as it is drawn.

    Whoever stops asking ends the rest. Where processes cannot be started, or end early, what is
    left is drawn in this one.
    """
    left = dict(motions)
    number = min(len(left), os.cpu_count() or 1)
    if number > 1:
        # It takes as long to load as everything that notices that all figures are drawn already.
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        try:
            for name, drawn in _together(left, number):
                del left[name]
                yield name, drawn
        except (BrokenProcessPool, OSError, ImportError):
            pass  # no room for processes, or one was ended: the rest is drawn below
    for name, motion in left.items():
        yield name, draw_alone(motion, name)


def _together(motions: Mapping[str, Motion], number: int) -> Generator[tuple[str, Drawn]]:
    import multiprocessing  # noqa: PLC0415 - see above
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415

    # Not forked: the preview has threads, and a fork of those can wait for ever.
    pool = ProcessPoolExecutor(number, multiprocessing.get_context("spawn"), _begin)
    try:
        names = {pool.submit(draw_alone, motion, name): name for name, motion in motions.items()}
        for done in as_completed(names):
            yield names[done], done.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build is told, and ends this one
    threading.Thread(target=_end_with_the_build, daemon=True).start()


def _end_with_the_build() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415 - see above

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
