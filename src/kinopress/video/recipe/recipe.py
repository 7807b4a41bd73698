"""How the renditions are made: an FFmpeg command, decided before anything runs (pure).

The command itself is put together by :mod:`kinopress.video.ffmpeg.graph`. One process decodes the
source once and feeds every rendition and poster through a split graph, at most 1.03 times the
bare cost of decoding once and encoding each (``benchmarks/encode.py``).

What one output is made
of does not depend on which others are made with it, so each has a digest of its own and is
made once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kinopress.media.trim import WHOLE, Trim
from kinopress.video.recipe.ladder import Av1Encoder, Rendition, choose_fps
from kinopress.video.recipe.poster import OwnPoster, PlannedPoster, plan_posters
from kinopress.video.recipe.storyboard import STORYBOARD_NAME, PlannedStoryboard, plan_storyboard
from kinopress.video.settings import VideoSettings
from kinopress.video.source.film import Probe

# Extra seconds after which a rendition is cut. Only a film whose time stamps contradict its
# header reaches it; the length check then refuses the film instead of filling the disk.
_OVERRUN_S = 10.0
# What an encoder of sound needs to find its feet, and puts before a film's first picture: at most 2112
# samples, AAC's in iPhones and Final Cut, which are 0.066 s at 32 kHz.
_RUN_IN_S = 0.07


@dataclass(frozen=True, slots=True)
class Recipe:
    """A decided command.

    Attributes:
        probe: The source.
        renditions: Files to be made, in the order of ``<source>`` elements.
        posters: Pictures to be made, smallest format first.
        storyboard: The grid of small pictures, if there is one.
        trim: The part of the source that is shown.
        poster_at_s: Second of the shown film for the poster; ``None``: still to be chosen.
        own_poster: The coach's own poster, of which the posters are then made, by
            :func:`picture_argv`.
        wanted: Names of the files to be made now; ``None`` means all.
        base_size: Width and height of the largest rendition of the whole ladder, to which an
            HDR film is scaled before it is tone-mapped.
        av1: What encodes AV1.
        fps: Constant rate of the renditions.
        settings: What the project set.
    """

    probe: Probe
    renditions: tuple[Rendition, ...]
    posters: tuple[PlannedPoster, ...]
    storyboard: PlannedStoryboard | None
    trim: Trim
    poster_at_s: float | None
    own_poster: OwnPoster | None
    wanted: frozenset[str] | None
    base_size: tuple[int, int]
    av1: Av1Encoder | None
    fps: Fraction
    settings: VideoSettings

    @property
    def length_s(self) -> float | None:
        """How long the shown film lasts."""
        length_s = self.trim.length_s(self.probe.duration_s)
        return None if length_s is None else length_s - self.lead_s

    @property
    def lead_s(self) -> float:
        """Sound before the first picture that is not shown, in seconds; usually 0.

        An encoder of sound begins with some samples of nothing, and a container puts the pictures
        after them. Pictures and sound then both begin with the first picture: waiting for it would
        show it twice. Sound that really begins earlier keeps the first picture until then.
        """
        start_s = self.probe.start_s or 0.0
        waits = start_s * self.fps >= Fraction(1, 2)
        return start_s if waits and start_s <= _RUN_IN_S and self.trim.from_s == 0 else 0.0

    @property
    def from_s(self) -> float:
        """Second of the camera film at which the shown part begins."""
        return self.trim.from_s + self.lead_s

    @property
    def end_s(self) -> float | None:
        """When everything ends at the latest, in seconds of the shown film."""
        if self.length_s is None:
            return None
        if self.trim.to_s is not None:
            return self.length_s
        return self.length_s + _OVERRUN_S

    @property
    def still_s(self) -> float:
        """How long the last picture stays after the end of the pictures, in seconds."""
        beyond_s = 0.0
        if self.trim.to_s is not None and self.probe.duration_s is not None:
            beyond_s = max(0.0, self.probe.duration_s - self.trim.to_s)
        return max(0.0, self.probe.still_s - beyond_s)

    @property
    def ends_within_step(self) -> bool:
        """Whether the last slide lasts for less than one step of the constant rate."""
        begins_s, ends_s = self.probe.last_slide_s, self.probe.picture_end_s
        return begins_s is not None and ends_s is not None and ends_s - begins_s < 1 / self.fps

    @property
    def names(self) -> tuple[str, ...]:
        """The files that FFmpeg makes, in the manifest's order."""
        grid = [STORYBOARD_NAME] if self.storyboard else []
        films = [rendition.name for rendition in self.renditions]
        made = [*films, *(poster.name for poster in self.posters), *grid]
        return tuple(name for name in made if self.wanted is None or name in self.wanted)

    @property
    def films(self) -> tuple[str, ...]:
        """Those of :attr:`names` that are renditions."""
        films = {rendition.name for rendition in self.renditions}
        return tuple(name for name in self.names if name in films)


def plan_recipe(
    probe: Probe,
    renditions: Sequence[Rendition],
    settings: VideoSettings,
    *,
    av1: Av1Encoder | None = "libsvtav1",
    avif: bool = True,
    trim: Trim = WHOLE,
    poster_at_s: float | None = None,
    own_poster: OwnPoster | None = None,
) -> Recipe:
    """Decide how a source becomes its outputs.

    Args:
        probe: The source.
        renditions: What :func:`kinopress.video.recipe.ladder.plan_ladder` chose.
        settings: What the project set.
        av1: What encodes AV1.
        avif: Whether AVIF posters can be made.
        trim: The part of the source that is shown.
        poster_at_s: Where to take the poster, in seconds of the source; ``None``, or a second
            that was cut off, leaves the choice to :mod:`kinopress.video.recipe.poster_score`.
        own_poster: The coach's own poster, which wins over ``poster_at_s``.
    """
    largest = max(renditions, key=lambda rendition: rendition.width * rendition.height)
    pictured = own_poster or probe
    length_s = trim.length_s(probe.duration_s)
    return Recipe(
        probe=probe,
        renditions=tuple(renditions),
        posters=plan_posters(pictured.width, pictured.height, avif=avif),
        storyboard=plan_storyboard(probe.width, probe.height, length_s),
        trim=trim,
        poster_at_s=None if poster_at_s is None else trim.published_s(poster_at_s),
        own_poster=own_poster,
        wanted=None,
        base_size=(largest.width, largest.height),
        av1=av1,
        fps=choose_fps(probe.fps, settings.fps_max),
        settings=settings,
    )
