"""The sites of a preview: whatever nobody waits for is done while the writer looks at the last one."""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kinopress.codes import Code
from kinopress.engines.memory import Memory, PageMade
from kinopress.engines.mkdocs.build import NESTED, SETTINGS, load
from kinopress.engines.mkdocs.pages import build_pages
from kinopress.engines.prepared import Prepared
from kinopress.problems import Problem, Refusal
from kinopress.system import disk

_TIDIED_AFTER_S = 0.5
"""When the browser has the new site; until then it has the processor."""


class Sites:
    """The sites of a preview, one after the other, each in a folder of its own: one that fails spoils none.

    Attributes:
        headers: What is said with its files.
    """

    def __init__(
        self,
        project: Path,
        folder: Path,
        source: Callable[[], Prepared],
        said: Callable[[Prepared], Mapping[str, str]],
        url: str,
    ) -> None:
        self.project, self.folder, self.source, self.said, self.url = (
            project,
            folder,
            source,
            said,
            url,
        )
        self.headers: Mapping[str, str] = {}
        self._made: Mapping[str, PageMade] = {}
        self._files: Mapping[str, str] = {}
        self._whole = self._new()
        self._gone: list[_Folder] = []
        self._meanwhile: _Meanwhile | None = None

    @property
    def now(self) -> Path:
        """The folder of the last site that is whole."""
        return Path(self._whole.name)

    def _new(self) -> _Folder:
        return tempfile.TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True)

    def build(self) -> Sequence[Problem]:
        """Make the site as it is now; answers why that failed, nothing when it did not."""
        # Python looks through all values for those that nobody needs whenever many were made. Here that takes
        # longer than anything else, and the one who waits for a page should not wait for it.
        gc.disable()
        try:
            made, begun = self._begun()
            if len(self._gone) >= _GONE_MOST:
                gc.collect()
                while self._gone:
                    self._gone.pop().cleanup()
        except OSError as error:  # as on a full disk
            gc.enable()
            return [_failed(error)]
        try:
            prepared = self.source()
            config = load(self.project, lambda *_: prepared, site_dir=made.name, strict=False)
            config.site_url = self.url
            config.plugins.on_startup(command="serve", dirty=False)
            memory = Memory(self.now, self._made, is_alone=True, begun=begun)
            # One process: this one has threads that answer, and a copy of it might wait for them for ever.
            build_pages(config, processes=1, memory=memory)
            self.headers, self._made, self._files = self.said(prepared), memory.made, memory.files
            made, self._whole = self._whole, made
        except Refusal as refusal:
            return refusal.problems
        except RecursionError:
            return [NESTED]
        except Exception as error:  # whatever it is, the preview goes on and says it
            return [_failed(error)]
        finally:
            self._gone.append(made)  # what failed, or the site before
            self._meanwhile = _Meanwhile(self.now, self._files, self._new, self._gone)
        return ()

    def close(self) -> None:
        """Begin no other site: all of them go with the folder around them."""
        if self._meanwhile is not None:
            self._meanwhile.end()

    def _begun(self) -> tuple[_Folder, dict[str, str]]:
        """A folder for the next site, and which pages of the last one are in it already: path → SHA-256."""
        if self._meanwhile is None:
            return self._new(), {}
        return self._meanwhile.end() or (self._new(), {})


_Folder = tempfile.TemporaryDirectory[str]

_GONE_MOST = 10
"""Who saves without a pause waits once in so many times for what is done in pauses: else memory and disk fill up."""


class _Meanwhile(threading.Thread):
    """What is done between two sites: the next one is begun with the pages of the last one, and old ones are deleted.

    Thousands of files take long, and what nobody asks for any more can wait: what is still there at the end goes with the
    folder around it.
    """

    def __init__(
        self,
        last: Path,
        files: Mapping[str, str],
        new: Callable[[], _Folder],
        gone: list[_Folder],
    ) -> None:
        super().__init__(daemon=True)
        self._last, self._files, self._new, self._gone = last, files, new, gone
        self._ends = threading.Event()
        self._next: _Folder | None = None
        self._begun: dict[str, str] = {}
        self.start()

    def end(self) -> tuple[_Folder, dict[str, str]] | None:
        """Stop where it is; answers how far the next site has come."""
        self._ends.set()
        self.join()
        return None if self._next is None else (self._next, self._begun)

    def run(self) -> None:
        """One step after the other, as long as nobody saves a file."""
        if self._ends.wait(_TIDIED_AFTER_S):
            return
        self._begin()
        while self._gone and self._emptied(self._gone[-1].name):
            self._gone.pop().cleanup()
        if not self._ends.is_set():
            gc.collect()
            if not gc.get_freeze_count():
                gc.freeze()  # all programs and the first pages, which mostly last: not looked through again
            gc.enable()

    def _emptied(self, folder: str) -> bool:
        """Delete what is in a folder; answers whether there was time for all of it."""
        for at, _, files in os.walk(folder, topdown=False):
            for file in files:
                if self._ends.is_set():
                    return False
                with contextlib.suppress(OSError):
                    disk.remove(Path(at, file))
            with contextlib.suppress(OSError):
                disk.remove_folder(Path(at))
        return True

    def _begin(self) -> None:
        try:
            self._next = self._new()
            for path, sha256 in self._files.items():
                if self._ends.is_set():
                    return
                file = Path(self._next.name, path)
                disk.make_folder(file.parent)
                disk.link(self._last / path, file)
                self._begun[path] = sha256
        except OSError:
            return  # as on a disk without hard links: the build copies what it needs


def _failed(error: Exception) -> Problem:
    words = " ".join(str(error).split()) or type(error).__name__
    return Problem(
        SETTINGS,
        f"the site builder says: {words}",
        "fix it and save it again; kinopress build may say more",
        Code.SITE_BUILDER,
    )
