"""The pictures that stand for pages where they are shared: drawn once, and kept by the digest of what is on them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from kinopress.pictures import store
from kinopress.pictures.cards.card import MIME, RECIPE, SUFFIX, Card, Ready
from kinopress.pictures.made import SITE_FOLDER, Made, MadeFile
from kinopress.system.kept import read_kept, write_kept
from kinopress.system.processors.shared import processes_for, share_out

LIST = store.FOLDER / "cards.json"
"""Those of the last build, by the lots they were drawn in: what is on them is known only once films and figures are."""

_LOT = 100
"""So many are in one folder and put on the disk together: a folder for each, flushed and renamed, took longer than its drawing."""

Tell = Callable[[int, int], None]
"""Is told how many cards are drawn, and of how many."""

Drawn = tuple[Path, str]
"""The file of a card, and its SHA-256."""

Lots = dict[str, list[str]]
"""The digest of a lot → those of the cards that are in it."""


def digest_of(card: Card) -> str:
    """The digest of a card."""
    return store.digest_of(repr(card).encode(), RECIPE)


def lots_of_cards(project: Path) -> Lots:
    """The lots in which the cards of the last build were drawn."""
    return read_kept(project / LIST, _lots) or {}


def _lots(found: Any) -> Lots:
    return {str(lot): [str(card) for card in cards] for lot, cards in found.items()}


def ready_cards(
    project: Path, cards: Mapping[str, Card], tell: Tell | None = None, *, draw: bool = True
) -> dict[str, Ready]:
    """The cards of pages, by the page's place in the plain tree.

    Args:
        project: The project's folder.
        cards: What is on them.
        tell: Is told of each that is drawn.
        draw: Draw what is not there; otherwise only what was drawn before is shown.

    Raises:
        OSError: the disk is full or may not be written to.
    """
    digests = {path: digest_of(card) for path, card in cards.items()}
    before = lots_of_cards(project)
    lots, made = _found(project, before, set(digests.values()))
    if draw:
        missing = {digest: cards[path] for path, digest in digests.items() if digest not in made}
        for lot, found in _draw_all(project, missing, tell).items():
            lots[lot] = list(found)
            made |= found
        if lots != before:
            write_kept(project / LIST, lots)
    return {
        # No folder of its own: making, flushing and deleting a thousand of them takes a fifth of a build.
        path: Ready(
            f"{SITE_FOLDER}/{_name(digest)}",
            made[digest][0],
            *cards[path].size,
            sha256=made[digest][1],
        )
        for path, digest in digests.items()
        if digest in made
    }


def _name(digest: str) -> str:
    return f"{digest[: store.NAME_DIGITS]}{SUFFIX}"


def _in_lot(lot: Made, cards: Iterable[str]) -> dict[str, Drawn]:
    digests = {file.name: file.sha256 for file in lot.files}
    return {card: (lot.folder / _name(card), digests.get(_name(card), "")) for card in cards}


def _found(project: Path, lots: Lots, wanted: set[str]) -> tuple[Lots, dict[str, Drawn]]:
    """Lots that are still there and mostly wanted, and the files of the cards in them that are."""
    kept: Lots = {}
    files: dict[str, Drawn] = {}
    for lot, cards in lots.items():
        used = [card for card in cards if card in wanted]
        if 2 * len(used) < len(cards) or not used:  # else what nobody needs would grow without end
            continue
        if (made := store.find(project, lot)) is not None:
            kept[lot] = cards
            files |= _in_lot(made, used)
    return kept, files


def _draw_all(
    project: Path, missing: Mapping[str, Card], tell: Tell | None
) -> dict[str, dict[str, Drawn]]:
    """Draw cards on all processors; told is of those that this one draws, as the part of all that they are.

    Returns:
        The digest of each lot → the files of its cards by theirs.
    """
    digests = list(missing)
    processes = processes_for(len(missing))
    size = _lot_size(len(missing), processes)
    parts = [digests[at : at + size] for at in range(0, len(digests), size)]
    drawn = 0

    def draw_lot(at: int) -> tuple[str, dict[str, Drawn]]:
        nonlocal drawn
        files: dict[str, MadeFile] = {}
        for digest in parts[at]:
            files |= _drawn(digest, missing[digest])
            drawn += 1
            if tell is not None and os.getpid() == here:
                tell(min(drawn * processes, len(digests)), len(digests))
        if not files:
            return "", {}
        lot = store.digest_of(" ".join(files).encode(), RECIPE)
        made = store.put(project, lot, list(files.values()))
        return lot, _in_lot(made, files)

    here = os.getpid()
    done = share_out(list(map(len, parts)), draw_lot, processes).done
    lots = (done[at] if at in done else draw_lot(at) for at in range(len(parts)))
    return {lot: files for lot, files in lots if lot}


def _lot_size(cards: int, processes: int) -> int:
    """Lots of about the usual size, as many for each process as for the next one."""
    rounds = max(1, round(cards / processes / _LOT))
    return max(1, -(-cards // (rounds * processes)))


def _drawn(digest: str, card: Card) -> dict[str, MadeFile]:
    """One, drawn; none where its picture has gone since it was looked for."""
    try:
        data = _painted(card, _shown(card.file) if card.file else None)
    except OSError:
        return {}
    return {digest: MadeFile(_name(digest), MIME, *card.size, data)}


def _painted(card: Card, shown: bytes | str | None) -> bytes:
    from kinopress.pictures.cards.draw import draw  # noqa: PLC0415 - loads Pillow

    return draw(card, shown)


def _shown(file: Path) -> bytes | str:
    """A photograph, or a drawing in the light colours that a program without variables shows."""
    if file.suffix != ".svg":
        return file.read_bytes()
    from kinopress.figures.drawing.moments import Moments  # noqa: PLC0415 - only where one is drawn

    svg = file.read_text("utf-8")
    box = re.search(r'viewBox="0 0 \d+ (\d+)"', svg)
    assert box is not None  # noqa: S101 - our own drawing
    return Moments(svg, float(box[1])).at(0)
