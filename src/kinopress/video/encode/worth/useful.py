"""Which of the renditions that were made are worth a place on the site (pure).

What an encoder saves is known only when it is done. A rendition that shows no more than another
one and hardly saves a byte against it is a choice without a difference: disk, upload and a line in
the page for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from kinopress.media.manifest import Output


def left_out(renditions: Sequence[Output], saving_min: float) -> frozenset[str]:
    """The names of those that are not worth it.

    Left out is a rendition in whose place another one can be: it plays wherever this one plays and
    shows at least as many pixels, and this one does not save enough of its bytes. H.264 plays everywhere,
    so only H.264 takes the place of H.264, and the largest one is never left out. A phone that plays
    AV1 takes the smallest AV1 there is, so H.264 takes the place only of the largest.

    Args:
        renditions: What was made of one film.
        saving_min: How much of the other one's bytes must be saved, 0 to 1; with minus infinity
            none is left out.
    """
    largest_av1 = max((one for one in renditions if not _is_h264(one)), key=_pixels, default=None)

    def in_place_of(other: Output, one: Output) -> bool:
        if _is_h264(one) == _is_h264(other):
            return _pixels(other) > _pixels(one)
        return one is largest_av1 and _is_h264(other) and _pixels(other) >= _pixels(one)

    return frozenset(
        one.path
        for one in renditions
        if any(
            in_place_of(other, one) and one.bytes > (1 - saving_min) * other.bytes
            for other in renditions
        )
    )


def _pixels(output: Output) -> int:
    return output.width * output.height


def _is_h264(output: Output) -> bool:
    return (output.codecs or "").startswith("avc1")
