"""Material's style sheet in a site of ours: what is left of it, before our own rules in the same file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from kinopress.content.text.style_sheet import is_style_sheet
from kinopress.engines import look
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
        main = next((f for f in files if _MAIN.fullmatch(f.src_uri)), None)
        if main is None or main.abs_src_path is None:
            return cls()
        coloured = bool(config.theme.get("palette"))
        if len(config.plugins) > 1 or config.theme.custom_dir:
            return cls(main.src_uri, main.src_uri, coloured=coloured)
        sheets = [made[path].decode() for path in made if is_style_sheet(path)]
        classes = classes_in(page.body for page in prepared.library.pages.values())
        whole = Path(main.abs_src_path).read_text("utf-8")
        left = trimmed(whole, classes, sheets, coloured=coloured).encode()
        if not coloured:
            return cls(main.src_uri, "", {look.STYLESHEET: left + made[look.STYLESHEET]})
        name = f"{_FOLDER}main.{hashlib.sha256(left).hexdigest()[:8]}.min.css"
        return cls(main.src_uri, name, {name: left}, coloured)

    def replaces(self, path: str) -> bool:
        """Whether a file of the theme stays behind: no page asks for it."""
        if not self.made or not path.startswith(_FOLDER):
            return False
        return not (self.coloured and _PALETTE.fullmatch(path))
