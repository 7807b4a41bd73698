"""Draw the plates of the muscle pages again, after a change to bones, ribbons or plates.

    .venv/bin/python scripts/bake_plates.py

A plate depends on nothing that a coach writes, so all are drawn here once and are part of the program: a build
shows a file and draws nothing. Tests compare the digest of the data, and draw one of each view again.
"""

from __future__ import annotations

from pathlib import Path

from kinopress.figures.anatomy.plates import PLATES, data_digest
from kinopress.figures.drawing.plate import plate

FOLDER = Path(__file__).resolve().parents[1] / "src/kinopress/figures/data/plates"
DRAWN_FROM = "drawn-from.txt"


def main() -> None:
    """Draw, and delete what is no longer named."""
    FOLDER.mkdir(exist_ok=True)
    for name in PLATES:
        (FOLDER / f"{name}.svg").write_text(plate(name) + "\n", "utf-8")
    for file in FOLDER.glob("*.svg"):
        if file.stem not in PLATES:
            file.unlink()
    (FOLDER / DRAWN_FROM).write_text(data_digest() + "\n", "utf-8")


if __name__ == "__main__":
    main()
