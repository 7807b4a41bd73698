"""One door to the disk: what goes past it could be neither flushed, nor replayed, nor kept from what is not ours."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import kinopress

PACKAGE = Path(kinopress.__file__).parent
DOOR = "system/disk.py"

BY_MODULE = {
    "os": {
        *("rename", "renames", "replace", "remove", "unlink", "rmdir", "removedirs", "mkdir", "makedirs"),
        *("link", "symlink", "truncate", "ftruncate", "write", "open", "utime", "chmod", "chown"),
        *("fsync", "sync", "mknod", "mkfifo"),
    },
    "shutil": {"rmtree", "copy", "copy2", "copyfile", "copyfileobj", "copytree", "copymode", "copystat", "move"},
    "tempfile": {"mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile"},
    "av": {"open"},
}  # fmt: skip
BY_METHOD = {
    *("write_text", "write_bytes", "unlink", "rmdir", "mkdir", "touch", "symlink_to", "hardlink_to"),
    *("rename", "chmod"),
}  # fmt: skip

ALLOWED = {
    ("system/lock.py", "os.open"): "the lock's own file, which two runs must open at once",
    (
        "system/lock.py",
        "os.write",
    ): "who holds the lock: words for people, which nothing reads back",
    ("system/lock.py", "os.ftruncate"): "as above",
    ("cli/terminal/signals.py", "os.open"): "the null device",
    (
        "project/doctor.py",
        "tempfile.TemporaryFile",
    ): "may we write here? It has no name, and goes at once",
    (
        "engines/mkdocs/preview.py",
        "tempfile.TemporaryDirectory",
    ): "the preview's site, outside the project",
    (
        "engines/mkdocs/previewed/sites.py",
        "tempfile.TemporaryDirectory",
    ): "in the folder of the preview, as above",
    (
        "studio/apart/programs.py",
        "tempfile.TemporaryDirectory",
    ): "programs that are compiled, for as long as the studio runs, outside the project",
    ("engines/mkdocs/shown_files.py", "symlink_to"): "in the preview's site, as above",
    (
        "project/drawings/film.py",
        "tempfile.TemporaryDirectory",
    ): "the pictures of a drawn film on the way to it, outside the project",
    (
        "publish/hosts/archive.py",
        "open",
    ): "a file inside a zip file, which is aside and renamed when it is whole",
    ("system/processors/shared.py", "open"): "a pipe between two processes of ours",
    ("system/processors/shared.py", "os.open"): "a file in memory, to be read",
    ("pictures/reading.py", "open"): "Pillow reads from memory",
    ("pictures/frames.py", "open"): "as above",
    ("pictures/cards/draw.py", "open"): "as above",
    ("pictures/icons/icon.py", "open"): "as above",
    ("video/proof/joining.py", "av.open"): "PyAV writes a film into the workshop, as FFmpeg does",
}
"""What may go past the door: file and call, with the reason."""


def changes(source: str) -> Iterator[str]:
    """The calls in a module that change the disk, as they are written."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module in BY_MODULE:
            for name in node.names:
                if name.name in BY_MODULE[node.module]:
                    yield f"{node.module}.{name.name}"
        elif isinstance(node, ast.Call):
            yield from _of_call(node)


def _of_call(call: ast.Call) -> Iterator[str]:
    if isinstance(call.func, ast.Name):
        if call.func.id == "open" and _writes(call, at=1):
            yield "open"
        return
    if not isinstance(call.func, ast.Attribute):
        return
    name, of = call.func.attr, call.func.value
    module = of.id if isinstance(of, ast.Name) else ""
    if module in BY_MODULE:
        if name in BY_MODULE[module] and (module != "av" or _writes(call, at=1)):
            yield f"{module}.{name}"
    elif module == "disk":
        return
    elif name in BY_METHOD:
        yield name
    elif name == "replace" and len(call.args) == 1 and not call.keywords:  # a text's has two words
        yield "replace"
    elif name == "open" and _writes(call, at=0):
        yield "open"


def _writes(call: ast.Call, at: int) -> bool:
    """Whether a file is opened to be written to: by its mode, which stands there as it is."""
    given = [word.value for word in call.keywords if word.arg == "mode"] + call.args[at : at + 1]
    return any(
        not isinstance(mode, ast.Constant) or (isinstance(mode.value, str) and set(mode.value) & set("wax+"))
        for mode in given
    )  # fmt: skip


def test_nothing_changes_the_disk_but_through_its_door() -> None:
    found = {
        (file, call)
        for path in PACKAGE.rglob("*.py")
        if (file := path.relative_to(PACKAGE).as_posix()) != DOOR
        for call in changes(path.read_text("utf-8"))
    }
    assert found - ALLOWED.keys() == set()
    assert ALLOWED.keys() - found == set(), "an exception that nothing needs any more"


def test_each_way_past_the_door_would_be_seen() -> None:
    for call in (
        *('open("a", "w")', 'open("a", mode="ab")', 'open("a", mode)', 'path.open("x")', "path.unlink()"),
        *('path.write_text("words")', 'path.write_bytes(b"")', "path.replace(other)", "path.rename(other)"),
        *("os.replace(a, b)", "os.open(a, flags)", "shutil.rmtree(folder)", "shutil.copyfile(a, b)"),
        *("tempfile.mkdtemp()", "from shutil import move", "folder.mkdir()", 'av.open(film, "w")'),
    ):  # fmt: skip
        assert list(changes(call)), call
    for call in (
        *('open("a")', 'path.open("rb")', 'text.replace("a", "b")', "replace(value, name=1)", "os.stat(a)"),
        *("moment.replace(hour=1)", "disk.remove(file)", 'av.open(film, "r")', "shutil.which(name)"),
    ):  # fmt: skip
        assert not list(changes(call)), call
