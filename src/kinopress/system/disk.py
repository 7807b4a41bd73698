"""Every single change of the disk that this program makes; nothing else changes it.

Each function is one step that the operating system does whole or not at all, apart from the words of
a file, which come in pieces. :mod:`kinopress.system.atomic` makes whole steps of them. Because there
is one door, a test can write down what goes through it and replay every moment of a run.

What only a few of them use is imported there: a check reads lists through this door, changes nothing, and
would load a tenth of its time for nothing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

_AT_ONCE = 8
"""Steps that wait for the disk at the same moment: a file system writes its journal once for all of them.
Flushing 2000 files took 0.2 s, and 4.9 s one after the other; deleting them 0.3 s, and 7 s."""
_SHARES = 8
"""Shares of each of those: a slow disk holds up no more than its own."""
_MANY = 100
"""Fewer are done one after the other."""
_MANY_TO_FLUSH = 30
"""So many wait longer for the disk, one after the other, than for all of it once."""
_SMALL_BYTES = 1_000_000
"""A file that is copied in one piece is no larger."""
_WHOLE_DISKS = {0xEF53, 0x58465342, 0x9123683E, 0xF2F52010, 0x01021994}
"""Linux's numbers of ext2 to 4, XFS, Btrfs, F2FS and memory: the disks that can be flushed as a whole.

No overlay promises to report what the disk below could not write."""
_TELLS_SINCE = 5, 8
"""From this Linux on a disk that is flushed as a whole says what it could not write (syncfs(2), "Errors")."""

T = TypeVar("T")

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error say which file it is about: the system does not where it is open already."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is not None:
            raise OSError(error.errno, error.strerror, str(path)) from None
        raise


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where they are not there yet.

    Raises:
        OSError: it cannot be made.
    """
    try:
        os.mkdir(folder)  # noqa: PTH102 - thousands: what Path does for a folder that is new takes twice as long
    except (FileExistsError, FileNotFoundError):
        folder.mkdir(parents=True, exist_ok=True)


def make_new_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder that is not there.

    Raises:
        OSError: it is there, or cannot be made.
    """
    folder.mkdir(mode)


def write(file: Path, data: bytes, *, new: bool = False, private: bool = False) -> None:
    """Put bytes into a file; a run that dies meanwhile leaves a part of them.

    Args:
        file: The file.
        data: All its bytes.
        new: Refuse when there is something of that name.
        private: Where the system has such a thing, nobody else on this computer may read it if it was not there.

    Raises:
        OSError: it cannot be written.
    """
    opener = _for_one_person if private else None
    with _named(file), open(file, "xb" if new else "wb", opener=opener) as opened:
        opened.write(data)


def _for_one_person(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def append(file: Path, data: bytes | bytearray, *, at: int) -> None:
    """Put bytes into a file that is there, behind its first ``at`` ones; what it has after them goes.

    Raises:
        OSError: it is not there, or cannot be written.
    """
    with _named(file), file.open("r+b") as opened:
        opened.seek(at)
        opened.write(data)
        opened.truncate()


def copy(source: Path, target: Path) -> None:
    """Copy the bytes of a file, and nothing else of it.

    Raises:
        OSError: it cannot be read or written.
    """
    try:
        with _named(target):
            if _copy_small(source, target):
                return
            import shutil  # noqa: PLC0415 - see above

            shutil.copyfile(source, target)
    except OSError as error:
        if error.errno in _NO_ROOM:  # the system names the source, which was only read
            raise OSError(error.errno, error.strerror, str(target)) from None
        raise


def _copy_small(source: Path, target: Path) -> bool:
    """Copy a file in one piece to a name that is free: of a thousand pages in a third of the time; False: nothing was done."""
    at = os.stat(source)  # noqa: PTH116 - see above
    if not stat.S_ISREG(at.st_mode) or at.st_size > _SMALL_BYTES:
        return False
    with open(source, "rb", buffering=0) as read:  # noqa: PTH123 - see above
        data = read.readall()
    try:
        written = open(target, "xb", buffering=0)  # noqa: PTH123, SIM115 - see above
    except FileExistsError:
        return False
    with written:
        rest = memoryview(data)
        while rest:
            rest = rest[written.write(rest) or 0 :]
    return True


def link(file: Path, other: Path) -> None:
    """Give a file a second name.

    Raises:
        OSError: the name is taken, or the file system has no hard links.
    """
    os.link(file, other)


def rename(one: Path, to: Path) -> None:
    """Give a file or folder another name; a file of that name goes.

    Raises:
        OSError: it cannot be done.
    """
    one.replace(to)


def move(one: Path, to: Path) -> None:
    """Rename, never over anything: in one step where the system can.

    Raises:
        OSError: there is something of that name, or it cannot be done.
    """
    if _renamed(one, to, on_linux=1, on_macos=4):  # RENAME_NOREPLACE, RENAME_EXCL
        return
    if os.path.lexists(to):
        raise FileExistsError(errno.EEXIST, "there is something of that name", str(to))
    one.rename(to)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system or the disk cannot."""
    return _renamed(one, other, on_linux=2, on_macos=2)  # RENAME_EXCHANGE, RENAME_SWAP


def remove(file: Path) -> None:
    """Remove a name of a file.

    Raises:
        OSError: it is not there, or may not be removed.
    """
    file.unlink()


def remove_folder(folder: Path) -> None:
    """Remove an empty folder; never more.

    Raises:
        OSError: something is in it, or it may not be removed.
    """
    folder.rmdir()


def set_mode(path: Path, mode: int) -> None:
    """Say who may read and write a file or folder.

    Raises:
        OSError: it cannot be said.
    """
    path.chmod(mode)


def usual_modes() -> tuple[int, int]:
    """The rights that a file and a folder have which this process makes."""
    kept_back = os.umask(0o077)  # it can only be read by setting it
    os.umask(kept_back)
    return 0o666 & ~kept_back, 0o777 & ~kept_back


def set_changed_now(path: Path) -> None:
    """Give a file or folder the time of now as its last change.

    Raises:
        OSError: it cannot be done.
    """
    os.utime(path)


def flush(path: Path) -> None:
    """Have the system write a file or a folder to the disk now, so that a power cut takes nothing back.

    A file: its bytes. A folder: which names are in it.

    Raises:
        OSError: A file cannot be written; folders are flushed where the system can do that.
    """
    _flush(str(path), whole=True)


def flush_all(files: Iterable[str], folders: Iterable[str]) -> None:
    """:func:`flush` for many, files first.

    Raises:
        OSError: A file cannot be written.
    """
    every = list(files), list(folders)
    if len(every[0]) + len(every[1]) >= _MANY_TO_FLUSH and _flush_disks(*every):
        return
    for paths, step in zip(every, (_flush_file, _flush_folder), strict=True):
        many_at_once(partial(step, whole=False), paths[:-1])
        if paths:  # the last one empties what the disk itself holds back
            step(paths[-1], whole=True)


def flush_disk_of(folder: Path) -> bool:
    """Flush the whole disk on which a folder is; False where that cannot be had.

    Raises:
        OSError: something on it cannot be written, or the folder is not there.
    """
    return _flush_disks([], [str(folder)])


def _flush_disks(files: Sequence[str], folders: Sequence[str]) -> bool:
    """Flush whole disks instead of thousands of files, of which each costs a call; False where that is not sure to be enough.

    What other programs have not written yet goes along.

    Raises:
        OSError: a file cannot be written, or is not there.
    """
    if sys.platform != "linux":
        return False
    disks: dict[int, str] = {}
    for path in (*folders, *files):
        disks.setdefault(os.stat(path).st_dev, path)  # noqa: PTH116 - thousands: Path costs more
    return _can_be_flushed(disks.values()) and all(map(_flush_disk, disks.values()))


def _can_be_flushed(paths: Iterable[str]) -> bool:
    """Whether paths are on disks of kinds that are known to write everything when they are asked; FUSE and networks may not."""
    import ctypes  # noqa: PLC0415 - see above

    if tuple(map(int, re.findall(r"\d+", os.uname().release)[:2])) < _TELLS_SINCE:
        return False
    for path in paths:
        said = ctypes.create_string_buffer(512)
        try:
            failed = ctypes.CDLL(None).statfs(os.fsencode(path), said)
        except (AttributeError, OSError):
            return False
        if failed or ctypes.c_ulong.from_buffer(said).value not in _WHOLE_DISKS:
            return False
    return True


def _flush_disk(path: str) -> bool:
    import ctypes  # noqa: PLC0415 - see above

    descriptor = os.open(path, os.O_RDONLY)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if library.syncfs(descriptor) == 0:
            return True
        error = ctypes.get_errno()
    except AttributeError:
        return False
    finally:
        os.close(descriptor)
    if error == errno.ENOSYS:
        return False
    raise OSError(error, os.strerror(error), path)


def many_at_once(step: Callable[[T], object], values: Sequence[T]) -> None:
    """Do one step for many values, in no order.

    Raises:
        OSError: the first that a step raises; the others are done.
    """
    if len(values) < _MANY:
        for value in values:
            step(value)
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - see above

    def each(share: Sequence[T]) -> OSError | None:
        first: OSError | None = None
        for value in share:
            try:
                step(value)
            except OSError as error:
                first = first or error
        return first

    # A share at a time: to hand over each value alone would take longer than most steps.
    size = max(1, len(values) // (_AT_ONCE * _SHARES))
    shares = [values[at : at + size] for at in range(0, len(values), size)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        failed = [error for error in pool.map(each, shares) if error is not None]
    if failed:
        raise failed[0]


def _flush(path: str, *, whole: bool) -> None:
    (_flush_folder if os.path.isdir(path) else _flush_file)(path, whole=whole)  # noqa: PTH112 - thousands


def _flush_folder(path: str, *, whole: bool) -> None:
    if sys.platform != "win32":  # Windows opens no folders
        with contextlib.suppress(OSError):  # one that may be written to but not be read, say
            _flush_opened(os.open(path, os.O_RDONLY), whole=whole)


def _flush_file(path: str, *, whole: bool) -> None:
    flags = os.O_RDWR if sys.platform == "win32" else os.O_RDONLY
    with _named(Path(path)):
        _flush_opened(os.open(path, flags), whole=whole)


def _flush_opened(descriptor: int, *, whole: bool) -> None:
    try:
        if sys.platform == "darwin" and whole:
            # Apple's fsync leaves what the disk holds back in the disk.
            import fcntl  # noqa: PLC0415 - not on Windows

            with contextlib.suppress(OSError):
                fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
                return
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _renamed(one: Path, other: Path, *, on_linux: int, on_macos: int) -> bool:
    """Rename with a flag that Python does not offer; False where it could not be done."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        import ctypes  # noqa: PLC0415 - see above

        library = ctypes.CDLL(None)
        if sys.platform == "linux":
            here = -100  # AT_FDCWD: names are seen from the current folder
            return bool(library.renameat2(here, names[0], here, names[1], on_linux) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(names[0], names[1], on_macos) == 0)
    except (AttributeError, OSError, TypeError):
        pass
    return False
