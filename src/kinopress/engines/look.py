"""Where the files of our own look are: what the studio shows of a site without knowing how one is made."""

from __future__ import annotations

from pathlib import Path

from kinopress.engines.sheets import parts

THEME = Path(__file__).parent / "theme"
STYLESHEET = parts.WHOLE
FAVICON = "assets/kinopress.svg"
