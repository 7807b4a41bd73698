"""What of a film did not decode is found, and what is only missing is not called damage."""

from __future__ import annotations

import pytest

from kinopress.video.losses import loss_problems, lost_pictures, lost_sound, source_warnings
from kinopress.video.manifest import Loss
from kinopress.video.poster_score import Sample
from kinopress.video.proof import alike

Span = tuple[float, float]


def pieces(begin_s: float, end_s: float, step_s: float = 0.02) -> list[Span]:
    """Packets that follow one another."""
    count = round((end_s - begin_s) / step_s)
    return [(begin_s + n * step_s, begin_s + (n + 1) * step_s) for n in range(count)]


@pytest.mark.parametrize(
    ("heard", "lost"),
    [
        (pieces(0, 3), ()),
        (pieces(0, 1.5), (Loss("sound", 1.5, None),)),
        (pieces(0, 1) + pieces(2, 3), (Loss("sound", 1.0, 2.0),)),
        (pieces(0, 1) + pieces(1.08, 3), ()),  # a click
        ([], (Loss("sound", 0.0, None),)),
    ],
)
def test_sound_that_is_packed_and_not_heard_is_lost(
    heard: list[Span], lost: tuple[Loss, ...]
) -> None:
    assert lost_sound(pieces(0, 3), heard, from_s=0.0, to_s=None) == lost


def test_sound_that_was_never_there_is_not_lost() -> None:
    there = pieces(0.5, 1) + pieces(2, 2.5)
    assert lost_sound(there, there, from_s=0.0, to_s=None) == ()


def test_a_trim_moves_the_times_and_cuts_the_rest_off() -> None:
    heard = pieces(0, 0.5)
    assert lost_sound(pieces(0, 10), heard, from_s=2.0, to_s=4.0) == (Loss("sound", 2.5, None),)


def test_a_clock_that_begins_anew_proves_no_loss() -> None:
    assert lost_sound(pieces(0, 3) + pieces(0, 3), pieces(0, 6), from_s=0.0, to_s=None) == ()
    assert lost_pictures(pieces(0, 3) + pieces(0, 3), [0.0], from_s=0.0, to_s=None) == ()


@pytest.mark.parametrize(
    ("decoded_s", "lost"),
    [
        ([n / 30 for n in range(90)], ()),
        ([n / 15 for n in range(45)], ()),  # two packets a picture
        ([n / 30 for n in range(90) if not 30 < n < 60], (Loss("picture", 1.033, 2.0),)),
        ([n / 30 for n in range(45)], (Loss("picture", 1.5, None),)),
    ],
)
def test_pictures_that_are_packed_and_not_decoded_are_lost(
    decoded_s: list[float], lost: tuple[Loss, ...]
) -> None:
    packed = [(n / 30, (n + 1) / 30) for n in range(90)]
    assert lost_pictures(packed, decoded_s, from_s=0.0, to_s=None) == lost


def test_a_still_is_no_loss() -> None:
    packed = [(0.0, 5.0), (5.0, 10.0)]
    assert lost_pictures(packed, [0.0, 5.0], from_s=0.0, to_s=None) == ()


def test_each_loss_is_said_with_its_second() -> None:
    losses = [Loss("sound", 1.5, None), Loss("picture", 1.0, 2.0)]
    told = loss_problems(losses, 3.0, "videos/hip.mp4")
    assert [one.severity for one in told] == ["warning", "warning"]
    assert "from 1.0 s to 2.0 s" in told[0].message
    assert "breaks off at 1.5 s of 3.0 s" in told[1].message
    assert loss_problems([], 3.0, "videos/hip.mp4") == []


def test_a_picture_that_stays_and_sound_that_cannot_be_read_are_said() -> None:
    told = source_warnings(
        picture_end_s=2.0, still_s=23.0, sound_unread="unknown", display_path="videos/hip.mp4"
    )
    assert [one.code for one in told] == ["media-sound-unreadable", "media-picture-ends"]
    assert "ends at 2.0 s, the film at 25.0 s" in told[1].message


def stripes(dark: int, light: int) -> Sample:
    """A small picture of stripes."""
    return Sample(0.0, 40, 20, bytes([dark] * 10 + [light] * 10) * 40)


def test_a_wrong_range_or_a_black_picture_is_not_alike() -> None:
    film = stripes(30, 200)
    assert alike(film, stripes(34, 196), tone_mapped=False)
    assert not alike(film, stripes(0, 0), tone_mapped=False)
    assert not alike(film, stripes(115, 115), tone_mapped=False), "flat"
    assert not alike(film, stripes(10, 235), tone_mapped=False), "stretched"
    assert alike(film, stripes(60, 180), tone_mapped=True)
    assert not alike(film, stripes(0, 4), tone_mapped=True)
