"""Small pictures of a whole film, for a reader who looks for a moment (pure).

One file holds all of them in a grid; a WebVTT file says which part of it belongs to which
seconds, with the media fragment ``#xywh=x,y,width,height`` (W3C Media Fragments URI, 4.2.2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kinopress.video.recipe.ladder import fit

STORYBOARD_NAME = "storyboard.webp"
INDEX_NAME = "storyboard.vtt"
INDEX_MIME = "text/vtt"

# Below two seconds neighbours look the same; above 100 tiles the file outgrows a poster.
_INTERVAL_MIN_S = 2.0
_TILES_MAX = 100
_COLUMNS = 10
# 160 by 90 shows what a person does and costs about 3 kB.
_LONG_SIDE_PX = 160


@dataclass(frozen=True, slots=True)
class PlannedStoryboard:
    """A grid of pictures to be made.

    Attributes:
        tile_width: Pixels across of one picture.
        tile_height: Pixels down of one picture.
        columns: Pictures in a row.
        rows: Rows; the last may be filled up with black.
        tiles: Pictures.
        interval_s: Seconds from one picture to the next.
        length_s: How long the film lasts.
    """

    tile_width: int
    tile_height: int
    columns: int
    rows: int
    tiles: int
    interval_s: float
    length_s: float

    @property
    def width(self) -> int:
        """Pixels across of the whole grid."""
        return self.columns * self.tile_width

    @property
    def height(self) -> int:
        """Pixels down of the whole grid."""
        return self.rows * self.tile_height

    def select(self) -> str:
        """FFmpeg's ``select`` expression: the first picture at or after each multiple."""
        return f"gte(t,selected_n*{self.interval_s:.3f})"

    def index(self) -> str:
        """The text of the WebVTT file that is beside the grid."""
        cues = ["WEBVTT"]
        for tile in range(self.tiles):
            begins_s = tile * self.interval_s
            ends_s = self.length_s if tile == self.tiles - 1 else begins_s + self.interval_s
            x = tile % self.columns * self.tile_width
            y = tile // self.columns * self.tile_height
            part = f"{x},{y},{self.tile_width},{self.tile_height}"
            cues.append(f"{_clock(begins_s)} --> {_clock(ends_s)}\n{STORYBOARD_NAME}#xywh={part}")
        return "\n\n".join(cues) + "\n"


def plan_storyboard(width: int, height: int, length_s: float | None) -> PlannedStoryboard | None:
    """The grid for a film of ``width`` by ``height``; ``None`` when its length is unknown."""
    if length_s is None:
        return None
    # Thousandths, as FFmpeg is told and the cues say.
    interval_s = max(_INTERVAL_MIN_S, math.ceil(1000 * length_s / _TILES_MAX) / 1000)
    # The last half interval has no picture of its own: the film may end a frame early.
    tiles = max(1, math.floor(length_s / interval_s + 0.5))
    short_px = max(2, _LONG_SIDE_PX * min(width, height) // max(width, height))
    tile_width, tile_height = fit(width, height, short_px)
    columns = min(_COLUMNS, tiles)
    return PlannedStoryboard(
        tile_width=min(tile_width, _LONG_SIDE_PX),
        tile_height=min(tile_height, _LONG_SIDE_PX),
        columns=columns,
        rows=math.ceil(tiles / columns),
        tiles=tiles,
        interval_s=interval_s,
        length_s=length_s,
    )


def _clock(seconds: float) -> str:
    thousandths = round(1000 * seconds)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
