"""What FFmpeg can do is asked of it; without one that can, the run ends with a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kinopress.problems import ExitCode, Refusal
from kinopress.video.ffmpeg import binary as ffmpeg_binary
from kinopress.video.ffmpeg.binary import REQUIRED_ENCODERS, Encoder, find_encoder, inspect_encoder

GOOD = Encoder("good", "n9.0.2", REQUIRED_ENCODERS)


def pretend(monkeypatch: pytest.MonkeyPatch, *encoders: Encoder | None) -> None:
    known = {f"/bin/{number}": encoder for number, encoder in enumerate(encoders)}
    monkeypatch.setattr(ffmpeg_binary, "_candidates", lambda: iter(known))
    monkeypatch.setattr(ffmpeg_binary, "inspect_encoder", known.__getitem__)


def test_the_real_one_is_found_and_says_what_it_has() -> None:
    encoder = find_encoder()
    assert encoder.is_new_enough
    assert encoder.encoders >= REQUIRED_ENCODERS
    assert encoder.has_zscale
    assert "V....D" not in encoder.encoders


def test_the_second_choice_is_taken_when_the_first_lacks_x264(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pretend(monkeypatch, Encoder("a", "9.0", frozenset({"aac"})), GOOD)
    assert find_encoder() is GOOD


def test_one_that_cannot_scale_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, replace(GOOD, has_zscale=False), GOOD)
    assert find_encoder() is GOOD


def test_none_that_can_is_a_refusal_that_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = Encoder("b", "4.4.2-0ubuntu0.22.04.1", REQUIRED_ENCODERS)
    pretend(monkeypatch, Encoder("a", "9.0", REQUIRED_ENCODERS - {"libx264"}), old, None)
    with pytest.raises(Refusal) as refused:
        find_encoder()
    assert refused.value.exit_code is ExitCode.ENVIRONMENT
    sentence = str(refused.value)
    assert "/bin/0 lacks libx264" in sentence
    assert "/bin/1 is version 4.4.2" in sentence
    assert "/bin/2 does not run" in sentence
    assert "[ffmpeg-missing]" in sentence


@pytest.mark.parametrize(
    ("version", "new_enough"),
    [
        ("n9.0.2-17", True),
        ("6.1.1-3ubuntu5", True),
        ("5.1.6", True),
        ("5.0.3", False),
        ("N-118-gabc", True),
    ],
)
def test_versions(version: str, new_enough: bool) -> None:
    assert Encoder("x", version, frozenset()).is_new_enough is new_enough


def test_a_program_that_is_no_ffmpeg(tmp_path: Path) -> None:
    assert inspect_encoder(str(tmp_path / "missing")) is None
    assert inspect_encoder("/bin/echo") is None


@pytest.mark.parametrize(
    ("built_with", "av1", "avif"),
    [
        ({"libsvtav1", "libaom-av1"}, "libsvtav1", True),
        ({"libaom-av1"}, "libaom-av1", True),
        ({"libsvtav1"}, "libsvtav1", False),
        ({"libdav1d"}, None, False),
    ],
)
def test_it_says_what_makes_av1(built_with: set[str], av1: str | None, avif: bool) -> None:
    encoder = Encoder("x", "9.0", REQUIRED_ENCODERS | built_with)
    assert (encoder.av1, encoder.makes_avif) == (av1, avif)
