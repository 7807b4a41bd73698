"""The manifest reads back as it was written, and refuses what it cannot trust."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinopress.media.clip import Clip
from kinopress.media.lasting import is_lasting
from kinopress.media.manifest import (
    Loss,
    Manifest,
    ManifestError,
    Output,
    OutputKind,
    address_of,
    parse_manifest,
    read_manifest,
)

FILM = Output("h264-720.mp4", "rendition", "video/mp4", "avc1.64001f", 720, 1280, 9, 4.0, "a" * 64)
SMALL = replace(FILM, path="h264-360.mp4", width=360, height=640)
JPEG = Output("poster.jpg", "poster", "image/jpeg", None, 720, 1280, 5, None, "b" * 64)
WEBP = replace(JPEG, path="poster.webp", mime="image/webp")
GRID = replace(WEBP, path="storyboard.webp", kind="storyboard")
INDEX = replace(WEBP, path="storyboard.vtt", kind="storyboard-index", mime="text/vtt")
MANIFEST = Manifest(3, "c" * 64, "hip.mov", 99, 1080, 1920, 4.0, True, (FILM, SMALL, WEBP, JPEG))

seconds = st.floats(min_value=0, max_value=1e6)
counts = st.integers(min_value=0, max_value=2**53)
names = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
outputs = st.builds(
    Output,
    path=names,
    kind=st.sampled_from(get_args(OutputKind)),
    mime=st.text(),
    codecs=st.none() | st.text(),
    width=counts,
    height=counts,
    bytes=counts,
    duration_s=st.none() | seconds,
    sha256=st.text(),
    recipe=st.text(),
    lost=st.lists(
        st.builds(Loss, st.sampled_from(["picture", "sound"]), seconds, st.none() | seconds),
        max_size=3,
    ).map(tuple),
)
manifests = st.builds(
    Manifest,
    version=st.just(3),
    digest=st.text(),
    source_name=st.text(st.characters(codec="utf-8")),
    source_bytes=counts,
    width=counts,
    height=counts,
    duration_s=seconds,
    has_audio=st.booleans(),
    outputs=st.lists(outputs).map(tuple),
    complete=st.booleans(),
    source_sha256=st.text(),
    from_s=seconds,
    left_out=st.lists(st.text()).map(tuple),
    fps=st.none() | st.floats(min_value=1, max_value=120),
    address=st.just("") | st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
)


@given(manifests)
def test_any_manifest_reads_back_as_it_was_written(manifest: Manifest) -> None:
    assert parse_manifest(manifest.to_json()) == manifest


def test_a_manifest_on_disk_keeps_an_emoji_readable(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    manifest = replace(MANIFEST, source_name="hüfte 🦵.mov")
    path.write_text(manifest.to_json(), encoding="utf-8")
    assert read_manifest(path) == manifest
    assert "hüfte 🦵.mov" in path.read_text(encoding="utf-8")


def test_a_manifest_from_before_pictures_were_counted_is_still_good() -> None:
    raw = json.loads(replace(MANIFEST, fps=25.0).to_json())
    assert parse_manifest(json.dumps(raw)).fps == 25
    del raw["fps"], raw["check"]
    assert parse_manifest(json.dumps(raw)) == MANIFEST
    for wrong in (0, -25, "25", True):
        with pytest.raises(ManifestError, match="fps"):
            parse_manifest(json.dumps({**raw, "fps": wrong}))


def test_a_film_from_before_addresses_were_of_bytes_keeps_its_own() -> None:
    raw = json.loads(MANIFEST.to_json())
    del raw["address"], raw["check"]
    old = parse_manifest(json.dumps(raw))
    assert Clip(old, Path(), {}).site_path(FILM) == f"media/{'c' * 16}/h264-720.mp4"
    for wrong in ("../up", "C" * 16, 3):
        with pytest.raises(ManifestError, match="address"):
            parse_manifest(json.dumps({**raw, "address": wrong}))


@pytest.mark.parametrize("other", [replace(FILM, sha256="d" * 64), replace(FILM, path="av1.mp4")])
def test_an_address_is_for_exactly_these_bytes(other: Output) -> None:
    def path(*outputs: Output) -> str:
        manifest = replace(MANIFEST, outputs=outputs, address=address_of(outputs))
        return Clip(manifest, Path(), {}).site_path(JPEG)

    assert path(FILM, JPEG) == path(replace(FILM, recipe="another"), JPEG)
    assert path(FILM, JPEG) != path(other, JPEG)
    assert is_lasting(path(FILM, JPEG))


def test_renditions_come_best_first_and_the_poster_is_the_jpeg() -> None:
    assert MANIFEST.renditions == (FILM, SMALL)
    assert MANIFEST.posters == (WEBP, JPEG)
    assert MANIFEST.poster == JPEG
    assert replace(MANIFEST, outputs=(FILM, WEBP)).poster == WEBP
    assert replace(MANIFEST, outputs=(FILM,)).poster is None


def test_a_storyboard_is_a_grid_with_its_index() -> None:
    assert MANIFEST.storyboard is None
    assert replace(MANIFEST, outputs=(FILM, INDEX, GRID)).storyboard == (GRID, INDEX)
    assert replace(MANIFEST, outputs=(FILM, GRID)).storyboard is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 1),
        ("version", True),
        ("version", "1"),
        ("digest", None),
        ("source_bytes", 1.5),
        ("duration_s", None),
        ("duration_s", "4"),
        ("has_audio", 1),
        ("complete", "yes"),
        ("from_s", None),
        ("left_out", None),
        ("left_out", [1]),
        ("outputs", {}),
        ("outputs", ["poster.jpg"]),
    ],
)
def test_a_wrong_value_is_refused(key: str, value: object) -> None:
    raw = json.loads(MANIFEST.to_json()) | {key: value}
    with pytest.raises(ManifestError, match=key):
        parse_manifest(json.dumps(raw))


def test_a_number_that_is_none_is_refused() -> None:
    raw = json.loads(MANIFEST.to_json()) | {"duration_s": float("nan")}
    with pytest.raises(ManifestError, match="NaN"):
        parse_manifest(json.dumps(raw))


def test_a_manifest_that_was_changed_is_refused() -> None:
    text = MANIFEST.to_json()
    assert f'"width": {MANIFEST.width}' in text
    with pytest.raises(ManifestError, match="not as it was written"):
        parse_manifest(text.replace(f'"width": {MANIFEST.width}', '"width": 77'))


@pytest.mark.parametrize(
    "key",
    ["version", "digest", "has_audio", "outputs", "duration_s", "complete", "from_s", "left_out"],
)
def test_a_missing_field_is_refused(key: str) -> None:
    raw = json.loads(MANIFEST.to_json())
    del raw[key]
    with pytest.raises(ManifestError, match=key):
        parse_manifest(json.dumps(raw))


@pytest.mark.parametrize(
    "key", ["path", "kind", "codecs", "width", "duration_s", "sha256", "recipe"]
)
def test_a_missing_field_of_an_output_is_refused(key: str) -> None:
    raw = json.loads(MANIFEST.to_json())
    del raw["outputs"][0][key]
    with pytest.raises(ManifestError, match=key):
        parse_manifest(json.dumps(raw))


@pytest.mark.parametrize(
    "path", ["../x.mp4", "/etc/passwd", "a/../b", "C:/x.mp4", "a\\b.mp4", "", ".", "a//b"]
)
def test_a_path_that_leaves_the_folder_is_refused(path: str) -> None:
    raw = json.loads(MANIFEST.to_json())
    raw["outputs"][0]["path"] = path
    with pytest.raises(ManifestError, match="path"):
        parse_manifest(json.dumps(raw))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[" * 100_000])
def test_what_is_no_manifest_is_refused_without_a_traceback(text: str) -> None:
    with pytest.raises(ManifestError):
        parse_manifest(text)


def test_reading_a_manifest_loads_no_encoder() -> None:
    code = (
        "import sys, kinopress.media.manifest\n"
        "print([m for m in ('av', 'ffmpeg', 'subprocess') if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
