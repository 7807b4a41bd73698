"""A lock on a host is renewed while the work goes on that it is for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def beating(beat: Callable[[threading.Event], None]) -> Iterator[None]:
    """Have a lock renewed meanwhile.

    Args:
        beat: Renews it again and again, in a thread of its own, until the event says that the work is over.
    """
    over = threading.Event()
    thread = threading.Thread(target=beat, args=(over,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
