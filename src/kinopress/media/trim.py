"""The part of a film that is shown: what a page asks for, and what is made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trim:
    """The part of the camera film that is shown.

    A coach notes times while watching the camera film, as its player shows them. Readers see the
    trimmed film, which begins at 0, so every other time is converted by :meth:`published_s`.

    Attributes:
        from_s: Second of the camera film at which it begins.
        to_s: Second of the camera film at which it ends; ``None`` is its end.
    """

    from_s: float = 0.0
    to_s: float | None = None

    def published_s(self, at_s: float) -> float | None:
        """A time of the camera film as a time of the trimmed one; ``None`` if it was cut off."""
        if at_s < self.from_s or (self.to_s is not None and at_s > self.to_s):
            return None
        return at_s - self.from_s

    def length_s(self, film_s: float | None) -> float | None:
        """How long the trimmed film lasts, when the camera film lasts ``film_s``.

        ``None`` where nobody knows, and where nothing of the camera film would be left.
        """
        ends = [end_s for end_s in (self.to_s, film_s) if end_s is not None]
        length_s = min(ends) - self.from_s if ends else 0.0
        return length_s if length_s > 0 else None


WHOLE = Trim()
