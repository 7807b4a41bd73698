"""What of a film did not decode is found, and what is only missing is not called damage."""

from __future__ import annotations

import pytest

from kinopress.media.manifest import Loss
from kinopress.video.proof.losses import (
    loss_problems,
    lost_pictures,
    lost_sound,
    missing_sound,
    source_warnings,
)

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
    ("heard", "missing"),
    [
        (pieces(0, 3), []),
        (pieces(0.1, 2.96), []),  # an encoder's run-in, and less than two packets at the end
        (pieces(0.14, 3), [Loss("silence", 0.0, 0.14)]),
        (pieces(0, 2.92), [Loss("silence", 2.92, None)]),
        (pieces(0, 1) + pieces(1.04, 3), []),
        (pieces(0, 1) + pieces(1.08, 3), [Loss("silence", 1.0, 1.08)]),
        (
            pieces(1, 1.5) + pieces(2, 2.5),
            [Loss("silence", 0, 1), Loss("silence", 1.5, 2), Loss("silence", 2.5, None)],
        ),
        ([], [Loss("silence", 0.0, None)]),
    ],
)
def test_where_a_film_has_no_sound_is_found(heard: list[Span], missing: list[Loss]) -> None:
    found = missing_sound(heard, (), packed=pieces(0, 3), from_s=0.0, to_s=3.0)
    assert list(found) == missing


def test_a_hole_behind_which_the_file_is_damaged_is_lost_sound() -> None:
    heard = pieces(0, 1) + pieces(2, 3)
    (hole,) = missing_sound(heard, (), damaged_s=[2.1], from_s=0.0, to_s=3.0)
    assert hole == Loss("sound", 1.0, 2.0)
    (hole,) = missing_sound(heard, (), damaged_s=[2.8], from_s=0.0, to_s=3.0)
    assert hole == Loss("silence", 1.0, 2.0)


def test_what_was_lost_is_not_missing_as_well() -> None:
    heard = pieces(0, 1) + pieces(2, 3)
    assert missing_sound(heard, [Loss("sound", 1.0, 2.0)], from_s=0.0, to_s=3.0) == ()
    beside = missing_sound(heard, [Loss("sound", 1.0, 1.5)], from_s=0.0, to_s=3.0)
    assert beside == (Loss("silence", 1.5, 2.0),)
    assert missing_sound(heard[:50], [Loss("sound", 1.0, None)], from_s=0.0, to_s=3.0) == ()


def test_a_trim_moves_what_is_missing_and_leaves_the_rest_out() -> None:
    heard = pieces(0, 0.5) + pieces(1, 2)
    found = missing_sound(heard, (), from_s=2.0, to_s=4.0)
    assert found == (Loss("silence", 2.5, 3.0),)


def test_a_codec_that_leaves_pauses_out_has_no_holes_in_them() -> None:
    heard = pieces(0, 1) + pieces(1.4, 2) + pieces(2.6, 3)
    found = missing_sound(heard, (), codec="opus", from_s=0.0, to_s=3.0)
    assert found == (Loss("silence", 2.0, 2.6),)


@pytest.mark.parametrize(
    ("damaged_s", "silent", "lost"),
    [
        ([], [], ()),  # nothing moved on that screen
        ([2.0], [], (Loss("picture", 1.033, 2.0),)),
        ([2.6], [], ()),
        ([], [Loss("silence", 0.8, 1.7)], (Loss("picture", 1.033, 2.0),)),
        ([], [Loss("silence", 0.8, None)], ()),  # the sound ended
        ([], [Loss("silence", 1.2, 1.3)], ()),  # somebody paused
    ],
)
def test_pictures_of_which_not_even_packets_are_left_are_lost_where_the_file_is_damaged(
    damaged_s: list[float], silent: list[Loss], lost: tuple[Loss, ...]
) -> None:
    times = [n / 30 for n in range(90) if not 30 < n < 60]
    packed = [(at, at + 1 / 30) for at in times]
    found = lost_pictures(packed, times, damaged_s=damaged_s, silent=silent, from_s=0.0, to_s=None)
    assert found == lost


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
    losses += [Loss("silence", 0.0, 0.5), Loss("silence", 2.93, None)]
    told = loss_problems(losses, 3.0, "videos/hip.mp4")
    assert [one.severity for one in told] == ["warning", "warning", "warning"]
    assert "no sound from 0.0 s to 0.5 s, from 2.93 s to its end at 3.00 s" in told[2].message
    assert "from 1.0 s to 2.0 s" in told[0].message
    assert "breaks off at 1.5 s of 3.0 s" in told[1].message
    assert loss_problems([], 3.0, "videos/hip.mp4") == []


def test_a_picture_that_stays_and_sound_that_cannot_be_read_are_said() -> None:
    told = source_warnings(
        picture_end_s=2.0, still_s=23.0, sound_unread="unknown", display_path="videos/hip.mp4"
    )
    assert [one.code for one in told] == ["media-sound-unreadable", "media-picture-ends"]
    assert "ends at 2.0 s, the film at 25.0 s" in told[1].message


def test_what_is_missing_after_the_end_of_a_film_is_missed_by_nobody() -> None:
    # FLAC in an AVI: its times go on after the film, with holes in between.
    heard = pieces(0, 0.8) + pieces(1.6, 1.7) + pieces(4.2, 4.4)
    found = missing_sound(heard, (), from_s=0.0, to_s=1.5, film_s=1.5)
    assert found == (Loss("silence", 0.8, None),)
    (said,) = loss_problems(found, 1.5, "videos/hip.avi")
    assert "it has no sound from 0.8 s to its end at 1.5 s" in said.message


def test_a_hole_in_sound_that_goes_on_after_the_pictures_is_told_with_its_own_end() -> None:
    heard = pieces(0, 3) + pieces(5, 8)
    found = missing_sound(heard, (), from_s=0.0, to_s=2.0, film_s=8.0)
    assert found == (Loss("silence", 3.0, 5.0),)
