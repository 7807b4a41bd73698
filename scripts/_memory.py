"""Where a whole test run keeps its files: in memory, where there is enough of it.

The tests make and remove tens of thousands of small files, of which none is needed once the run is over. A disk costs the
processor far more than memory does: ext4, for one, looks for each new file through all that were removed in the last seconds.
"""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, which has no such folder either
    fcntl = None  # type: ignore[assignment]

SHARED = Path("/dev/shm")  # noqa: S108 - only folders of our own are made in it
ROOM_BYTES = 6 << 30
"""Several times what a whole run leaves behind."""
_LIMIT = Path("/sys/fs/cgroup/memory.max")
_USED = Path("/sys/fs/cgroup/memory.current")
_MEMORY = Path("/proc/meminfo")
_YOUNG_S = 60
"""What is as new as that may be of a run that has not got hold of it yet."""
_NAME = "kp-"  # short: the address of a socket in it may have 107 characters


def roomy(folder: Path = SHARED, needed: int = ROOM_BYTES) -> Path | None:
    """The folder, if it lies in memory and a whole run has room there; nothing where that is in doubt.

    Containers often have a small one, or one from which no program may be started, and tests start some.

    Args:
        folder: What Linux keeps in memory.
        needed: Bytes; of memory as much again must be free, for what runs.
    """
    try:
        state = os.statvfs(folder)
        room, free = state.f_bavail * state.f_frsize, _free_bytes()
    except (AttributeError, KeyError, OSError, ValueError):  # no Linux, or one that does not tell
        return None
    if not os.path.ismount(folder) or not os.access(folder, os.W_OK | os.X_OK):
        return None
    fixed = state.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)
    return None if fixed or room < needed or free < 2 * needed else folder


def _free_bytes() -> int:
    """What programs may still take, of the computer's memory and of what a container is given."""
    lines = dict(line.split(":", 1) for line in _MEMORY.read_text("utf-8").splitlines())
    free = int(lines["MemAvailable"].split()[0]) << 10
    if _LIMIT.exists() and (limit := _LIMIT.read_text("utf-8").strip()) != "max":
        free = min(free, int(limit) - int(_USED.read_text("utf-8")))
    return free


@contextlib.contextmanager
def folder_of_run(shared: Path | None) -> Iterator[Path]:
    """A folder of a run's own, which is removed afterwards; what it starts meanwhile keeps its files there, too.

    A run that is killed leaves its folder, and memory with it: the next one removes what no run holds any more.

    Args:
        shared: Where it is made; where nothing else is known, in the usual place, and only we use it.
    """
    if shared is None or fcntl is None:
        with tempfile.TemporaryDirectory(prefix="kinopress-run-") as folder:
            yield Path(folder)
        return
    for left in shared.glob(f"{_NAME}*"):
        with contextlib.suppress(OSError), _held(left, old_s=_YOUNG_S):
            shutil.rmtree(left, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix=_NAME, dir=shared)
    before = os.environ.get("TMPDIR")
    try:
        with _held(Path(folder)):
            os.environ["TMPDIR"] = folder
            yield Path(folder)
    finally:
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: Path, old_s: float = 0) -> Iterator[None]:
    """Hold a folder as long as it is in use.

    Raises:
        OSError: if another run does, it is not ours, or not as old as that.
    """
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        state = os.fstat(place)
        new = old_s and time.time() < state.st_mtime + old_s
        if new or state.st_uid != os.geteuid():
            raise PermissionError(folder)
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(place)
