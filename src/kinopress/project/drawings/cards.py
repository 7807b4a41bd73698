"""The pictures that stand for pages where they are shared: drawn once, and kept by the digest of what is on them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from kinopress.pictures import store
from kinopress.pictures.cards.card import MIME, NAME, RECIPE, Card, Ready
from kinopress.pictures.made import Made, MadeFile
from kinopress.system.kept import read_kept, write_kept
from kinopress.system.processors.shared import processes_for, share_out

LIST = store.FOLDER / "cards.json"
"""The digests of those of the last build: what is on them is known only once films and figures are."""

_TOGETHER = 20
"""So many are put on the disk together: it takes a third of the time, and two megabytes of memory."""

Tell = Callable[[int, int], None]
"""Is told how many cards are drawn, and of how many."""


def digest_of(card: Card) -> str:
    """The digest of a card."""
    return store.digest_of(repr(card).encode(), RECIPE)


def card_digests(project: Path) -> set[str]:
    """The digests of the cards of the last build."""
    return read_kept(project / LIST, lambda found: {str(one) for one in found}) or set()


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
    made = {digest: store.find(project, digest) for digest in digests.values()}
    if draw:
        missing = {digest: cards[path] for path, digest in digests.items() if made[digest] is None}
        made |= _draw_all(project, missing, tell)
        if set(made) != card_digests(project):
            write_kept(project / LIST, sorted(made))
    return {
        # No folder of its own: making, flushing and deleting a thousand of them takes a fifth of a build.
        path: Ready(
            f"{found.site_folder}{Path(NAME).suffix}", found.folder / NAME, *cards[path].size
        )
        for path, digest in digests.items()
        if (found := made[digest]) is not None
    }


def _draw_all(
    project: Path, missing: Mapping[str, Card], tell: Tell | None
) -> dict[str, Made | None]:
    """Draw cards on all processors; told is of those that this one draws, as the part of all that they are."""
    digests = list(missing)
    groups = [digests[at : at + _TOGETHER] for at in range(0, len(digests), _TOGETHER)]
    processes = processes_for(len(missing))
    drawn = 0

    def draw_group(at: int) -> dict[str, Made | None]:
        nonlocal drawn
        results = []
        for digest in groups[at]:
            results += _drawn(digest, missing[digest])
            drawn += 1
            if tell is not None and os.getpid() == here:
                tell(min(drawn * processes, len(digests)), len(digests))
        kept = {made.digest: made for made in store.put_all(project, results)}
        return {digest: kept.get(digest) for digest in groups[at]}

    here = os.getpid()
    done = share_out(list(map(len, groups)), draw_group, processes).done
    made: dict[str, Made | None] = {}
    for at in range(len(groups)):
        made |= done[at] if at in done else draw_group(at)
    return made


def _drawn(digest: str, card: Card) -> list[store.Result]:
    """One, drawn; none where its picture has gone since it was looked for."""
    from kinopress.pictures.cards.draw import draw  # noqa: PLC0415 - loads Pillow

    try:
        data = draw(card, _shown(card.file) if card.file else None)
    except OSError:
        return []
    return [store.Result(digest, [MadeFile(NAME, MIME, *card.size, data)])]


def _shown(file: Path) -> bytes | str:
    """A photograph, or a drawing in the light colours that a program without variables shows."""
    if file.suffix != ".svg":
        return file.read_bytes()
    from kinopress.figures.drawing.moments import Moments  # noqa: PLC0415 - only where one is drawn

    svg = file.read_text("utf-8")
    box = re.search(r'viewBox="0 0 \d+ (\d+)"', svg)
    assert box is not None  # noqa: S101 - our own drawing
    return Moments(svg, float(box[1])).at(0)
