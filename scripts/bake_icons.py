"""Draws `src/kinopress/engines/offline/icons`, the icons of a site whose coach has none of her own.

    .venv/bin/python scripts/bake_icons.py

Run it again when `theme/assets/kinopress.svg` or the colour behind it has changed.
"""

from __future__ import annotations

import posixpath
from pathlib import Path

from kinopress.engines.offline.app import own_icons

OUT = Path(__file__).resolve().parents[1] / "src/kinopress/engines/offline/icons"


def main() -> None:
    """Write them."""
    OUT.mkdir(exist_ok=True)
    for path, data in own_icons().items():
        (OUT / posixpath.basename(path)).write_bytes(data)


if __name__ == "__main__":
    main()
