"""Files whose names tell their content: the last site has most of them, and both may be one file on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.structure.files import File

from kinopress.engines.memory import Memory
from kinopress.system import disk


class LastingFile(File):
    """A file that becomes a second name of the one on the last site, where that has the same bytes."""

    memory: Memory | None = None

    def copy_file(self, dirty: bool = False) -> None:
        """What MkDocs calls to bring the file to the site."""
        found, source = None, self.abs_src_path
        if self.memory is not None and source is not None:
            if self.memory.has_begun_with(self.dest_uri, source, self.abs_dest_path):
                return
            found = self.memory.lasting(self.dest_uri, Path(source))
        if found is not None and self.memory is not None:
            there, sha256 = found
            here = Path(self.abs_dest_path)
            try:
                _in_its_folder(disk.link, there, here)
            except OSError:
                pass  # a disk without hard links, or another one
            else:
                self.memory.files[self.dest_uri] = sha256
                self.memory.kept.add(self.dest_uri)
                return
        if source is None:
            super().copy_file(dirty)
        else:
            _in_its_folder(disk.copy, Path(source), Path(self.abs_dest_path))


def _in_its_folder(bring: Callable[[Path, Path], object], source: Path, here: Path) -> None:
    """Bring a file to where it is to be. Its folder is there in all cases but the first: a thousand pictures have one."""
    try:
        bring(source, here)
    except FileNotFoundError:
        disk.make_folder(here.parent)
        bring(source, here)
