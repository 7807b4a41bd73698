"""What changes over a film, as SVG's own animation (SMIL), in the form that every browser reads."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from kinopress.figures.body import Array

TOLERANCES = (2.3, 2.9, 3.5, 4.1)
"""Units by which a point may stray between two key times: about a pixel on a phone. The first at which the
film is light enough is taken."""


def number(value: float, digits: int = 1) -> str:
    """A short decimal; a zero before the point stays."""
    word = f"{value:.{digits}f}"
    word = word.rstrip("0").rstrip(".") if "." in word else word
    return "0" if word in {"-0", ""} else word


class Timeline:
    """Writes how an attribute changes.

    Attributes:
        times: The second of each key time of the film.
        duration: Its length in seconds.
        tolerance: One of :data:`TOLERANCES`.
    """

    def __init__(self, keys: Sequence[tuple[float, Hashable]], duration: float) -> None:
        self.times, self.duration = [t for t, _ in keys], duration
        self._instants = [key for _, key in keys]
        self.tolerance = TOLERANCES[0]

    def _thin(self, values: list[Array], tolerance: float) -> list[int]:
        """The key times that are needed, so that a straight way between them stays within the tolerance.

        A film comes back the way it went, so an instant that is written once costs next to nothing when it
        comes again. Instants are therefore taken or left as a whole, and only then single times of them.
        """
        table = np.array([value.ravel() for value in values])

        def strays(kept: list[int]) -> Array:
            times = np.interp(self.times, [self.times[i] for i in kept], range(len(kept)))
            low = np.minimum(times.astype(int), len(kept) - 2)
            share = (times - low)[:, None]
            shown = table[kept]
            way = shown[low] + (shown[low + 1] - shown[low]) * share
            out: Array = np.abs(way - table).max(1)
            out[kept] = 0  # two key times may be at one moment
            return out

        last = len(values) - 1
        ends = {self._instants[0], self._instants[last]}

        def of(instants: set[Hashable]) -> list[int]:
            return [i for i, one in enumerate(self._instants) if one in instants or i in (0, last)]

        chosen = set(ends)
        while (off := strays(of(chosen))).max() > tolerance:
            chosen.add(self._instants[int(off.argmax())])
        for one in [one for one in dict.fromkeys(self._instants) if one in chosen - ends]:
            if strays(of(chosen - {one})).max() <= tolerance:
                chosen.remove(one)
        kept = of(chosen)
        for i in kept[1:-1]:
            if strays([k for k in kept if k != i]).max() <= tolerance:
                kept.remove(i)
        return kept

    def animate(
        self, attribute: str, words: list[str], values: list[Array], tolerance: float
    ) -> str:
        """An attribute that takes these values at the film's key times; nothing where it stays.

        Args:
            attribute: Its name.
            words: Each value as it is written.
            values: Each as numbers, by which those that are not needed are found.
            tolerance: How far a number may stray.
        """
        if len(set(words)) == 1:
            return ""
        picked = self._thin(values, tolerance)
        times = [self.times[i] / self.duration for i in picked]
        words = [words[i] for i in picked]
        kept = [
            (number(t, 3), w)
            for i, (t, w) in enumerate(zip(times, words, strict=True))
            if not (0 < i < len(words) - 1 and words[i - 1] == w == words[i + 1])
        ]
        return self.smil(attribute, [t for t, _ in kept], [w for _, w in kept])

    def smil(self, attribute: str, times: list[str], words: list[str]) -> str:
        """An attribute with its values at shares of the film, both as they are written."""
        return (
            f'<animate attributeName="{attribute}" dur="{number(self.duration)}s"'
            f' repeatCount="indefinite" keyTimes="{";".join(times)}" values="{";".join(words)}"/>'
        )

    def fade(self, spans: list[tuple[float, float]], ramp: float = 0.25) -> tuple[str, int]:
        """Seen only in some spans of the film; also whether it is at the beginning (1 or 0)."""
        length = self.duration
        times, shown = [0.0], [0]
        for start, end in sorted(spans):
            if start <= 1e-6:
                shown[0] = 1
            else:
                times += [max(start - ramp, 0), start]
                shown += [0, 1]
            if end >= length - 1e-6:
                times.append(length)
                shown.append(1)
            else:
                times += [end, min(end + ramp, length)]
                shown += [1, 0]
        if times[-1] < length:
            times.append(length)
            shown.append(shown[-1])
        words = [number(t / length, 3) for t in times]
        return self.smil("opacity", words, [str(x) for x in shown]), shown[0]
