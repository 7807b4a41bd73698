"""The films and pictures of a preview: led to where they are, since copying them all after each word takes long."""

from __future__ import annotations

from pathlib import Path

from mkdocs.structure.files import File

from kinopress.system import disk


class ShownFile(File):
    """A file that is not copied if the system can lead from one place to another."""

    def copy_file(self, dirty: bool = False) -> None:
        """What MkDocs calls to bring the file to the site."""
        if self.abs_src_path is not None:
            disk.make_folder(Path(self.abs_dest_path).parent)
            try:
                Path(self.abs_dest_path).symlink_to(Path(self.abs_src_path).absolute())
            except (OSError, NotImplementedError):
                pass  # Windows allows it to few people
            else:
                return
        super().copy_file(dirty)
