"""Material's style sheet in a site of ours: what is left of it, before our own rules in the same file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from kinopress.content.text.style_sheet import is_style_sheet
from kinopress.engines import look, settings
from kinopress.engines.prepared import Prepared
from kinopress.engines.sheets.material import classes_in, trimmed

_FOLDER = "assets/stylesheets/"
_MAIN = re.compile(rf"{_FOLDER}main\.[0-9a-f]+\.min\.css")
_PALETTE = re.compile(rf"{_FOLDER}palette\.[0-9a-f]+\.min\.css")


@dataclass(frozen=True, slots=True)
class FrameSheet:
    """Material's style sheet: under its own name in Material's template, and what a site has instead.

    Every page waits for each sheet that it names, and a phone for each request: what is left of Material's goes into the
    file of ours that all pages have. Not where Material's sheet of colours is asked for: that comes between the two.

    Attributes:
        whole: Its place as Material's template writes it.
        kept: The place of what is left of it, or the same; nothing where it is in our own. A digest of the content is in the
            name, so that browsers may keep it.
        made: The files that this makes, or makes again, by their place; empty where the whole is needed.
        coloured: Whether Material's template asks for its sheet of colours as well.
    """

    whole: str = ""
    kept: str = ""
    made: Mapping[str, bytes] = field(default_factory=dict)
    coloured: bool = False

    @classmethod
    def of(
        cls, files: Files, config: MkDocsConfig, prepared: Prepared, made: Mapping[str, bytes]
    ) -> FrameSheet:
        """What is left of it for these pages, and beside these other files.

        A hook or another plugin may write what no page of the coach's says, so the whole is kept for it.
        """
        main = _main_of(files)
        if main is None or main.abs_src_path is None:
            return cls()
        coloured = bool(config.theme.get("palette"))
        if _may_say_more(config):
            return cls(main.src_uri, main.src_uri, coloured=coloured)
        sheets = [made[path].decode() for path in made if is_style_sheet(path)]
        classes = classes_in(page.body for page in prepared.library.pages.values())
        whole = Path(main.abs_src_path).read_text("utf-8")
        left = trimmed(whole, classes, sheets, coloured=coloured).encode()
        if not coloured:
            return cls(main.src_uri, "", {look.STYLESHEET: left + made[look.STYLESHEET]})
        name = f"{_FOLDER}main.{hashlib.sha256(left).hexdigest()[:8]}.min.css"
        return cls(main.src_uri, name, {name: left}, coloured)

    @classmethod
    def of_made(cls, files: Files, config: MkDocsConfig, sheets: Mapping[str, bytes]) -> FrameSheet:
        """The same of what was made before: all style sheets that are made for a site.

        Args:
            files: As :meth:`of` takes them.
            config: As above.
            sheets: What came of the same (:func:`made_from`).
        """
        main = _main_of(files)
        if main is None or main.abs_src_path is None:
            return cls()
        coloured = bool(config.theme.get("palette"))
        if _may_say_more(config):
            return cls(main.src_uri, main.src_uri, coloured=coloured)
        if not coloured:
            return cls(main.src_uri, "", {look.STYLESHEET: sheets[look.STYLESHEET]})
        name = next(path for path in sheets if _MAIN.fullmatch(path))
        return cls(main.src_uri, name, {name: sheets[name]}, coloured)

    def replaces(self, path: str) -> bool:
        """Whether a file of the theme stays behind: no page asks for it."""
        if not self.made or not path.startswith(_FOLDER):
            return False
        return not (self.coloured and _PALETTE.fullmatch(path))


def made_from(files: Files, config: MkDocsConfig, prepared: Prepared, programs: str) -> str:
    """A digest of all that the style sheets of a site are made from, Material's and ours.

    Args:
        files: As :meth:`FrameSheet.of` takes them.
        config: As above.
        prepared: As above.
        programs: A digest of the programs, style sheets and versions of others included.
    """
    main = _main_of(files)
    said = [
        programs,
        settings.files_made_from(prepared.library),
        sorted(classes_in(page.body for page in prepared.library.pages.values())),
        [made for made in prepared.site.made.items() if is_style_sheet(made[0])],
        None if main is None else (main.src_uri, main.abs_src_path),
        bool(config.theme.get("palette")),
        _may_say_more(config),
    ]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _main_of(files: Files) -> File | None:
    return next((f for f in files if _MAIN.fullmatch(f.src_uri)), None)


def _may_say_more(config: MkDocsConfig) -> bool:
    """Whether pages may say what no page of the coach's does."""
    return len(config.plugins) > 1 or bool(config.theme.custom_dir)
