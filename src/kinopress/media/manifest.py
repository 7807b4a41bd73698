"""The manifest: what one film became, as the pages and the store read it.

``manifest.json`` is beside the files it names. Version 3 looks like this::

    {
      "version": 3,
      "digest": "9f2c…",            64 hexadecimal digits: all that is in this folder
      "complete": true,             false after a quick run: more renditions are to come
      "source_name": "hip.mov",     the camera file's name, without its folder
      "source_bytes": 48211034,
      "source_sha256": "77b0…",     the same for the same film under another name
      "from_s": 0.0,                second of the source at which the outputs begin (trim)
      "width": 1080,                the source as displayed, in square pixels
      "height": 1920,
      "duration_s": 41.2,           how long the film lasts as shown, after the trim
      "has_audio": true,
      "left_out": ["5be1…"],        "recipe" of what was made and not worth keeping
      "fps": 25.0,                  pictures a second of each rendition; null: not known
      "address": "c2d9…",           16 digits of all bytes of its outputs: the name of their folder on the site
      "outputs": [
        {
          "path": "h264-720.mp4",   relative to the manifest's folder
          "kind": "rendition",      or "poster", "storyboard", "storyboard-index"
          "mime": "video/mp4",
          "codecs": "avc1.64001f,mp4a.40.2",   RFC 6381; null for others
          "width": 720,
          "height": 1280,
          "bytes": 9120331,
          "duration_s": 41.2,       null for a picture
          "sha256": "41aa…",        so that a damaged file is found
          "recipe": "c07d…",        source + command + encoder: what need not be made again
          "lost": [                 what readers miss of the source; usually []
            {"what": "sound", "from_s": 1.5, "to_s": null}     or "picture", or
                                                                "silence"; null: to the end
          ]
        }
      ]
    }

Renditions come in the order of ``<source>`` elements: AV1 before H.264, larger before
smaller. A storyboard is a grid of small pictures, its index the WebVTT file that says which
part of it (``#xywh=``) belongs to which seconds; its cues name it relative to themselves.
Since version 1: ``complete``, ``source_sha256``, ``from_s``, ``recipe``, AVIF and AV1; since
version 2: ``left_out``, ``lost``. ``fps`` came without a new version, which would have encoded
every film again: where it is missing, it is not known. So did ``address``: where it is missing, the files
have their old one, which begins as ``digest`` does. And ``check``, a digest of all the others: where it is
missing, nobody can tell whether they are as they were written. Apart from that a reader
ignores no field and guesses none: another version, a missing field or a path that
leaves the folder is a :class:`ManifestError`. This module is all that other rooms
import; it knows nothing of encoding.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeVar, cast, get_args

from kinopress.system.kept import DAMAGED, digest_of, parse

MANIFEST_VERSION = 3
MANIFEST_NAME = "manifest.json"
_ADDRESS_DIGITS = 16

LossKind = Literal["picture", "sound", "silence"]
OutputKind = Literal["rendition", "poster", "storyboard", "storyboard-index"]

_Plain = TypeVar("_Plain", str, int, bool, list[object])


class ManifestError(ValueError):
    """A manifest that cannot be trusted, and why."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A stretch of picture or sound that readers miss.

    Attributes:
        what: What is in the film and cannot be decoded, or ``silence``: there is no sound in the film.
        from_s: Second of the camera film from which on.
        to_s: Second of the camera film; ``None``: to its end.
    """

    what: LossKind
    from_s: float
    to_s: float | None


@dataclass(frozen=True, slots=True)
class Output:
    """One file made from the source.

    Attributes:
        path: File name relative to the manifest's folder, with ``/``.
        kind: What it is for.
        mime: Media type without parameters, such as ``video/mp4``.
        codecs: RFC 6381 codecs parameter, exact; ``None`` for a picture.
        width: Pixels across, as displayed.
        height: Pixels down, as displayed.
        bytes: Size of the file.
        duration_s: Seconds; ``None`` for a picture.
        sha256: Hexadecimal SHA-256 of the file.
        recipe: Hexadecimal digest of what it was made from and how.
        lost: Stretches of the source that could not be decoded, or have no sound.
    """

    path: str
    kind: OutputKind
    mime: str
    codecs: str | None
    width: int
    height: int
    bytes: int
    duration_s: float | None
    sha256: str
    recipe: str = ""
    lost: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything made from one source; the module's docstring explains each field."""

    version: int
    digest: str
    source_name: str
    source_bytes: int
    width: int
    height: int
    duration_s: float
    has_audio: bool
    outputs: tuple[Output, ...]
    complete: bool = True
    source_sha256: str = ""
    from_s: float = 0.0
    left_out: tuple[str, ...] = ()
    fps: float | None = None
    address: str = ""

    @property
    def site_name(self) -> str:
        """The name of the folder of its files on the site."""
        return self.address or self.digest[:_ADDRESS_DIGITS]

    @property
    def renditions(self) -> tuple[Output, ...]:
        """The playable files, in the order of ``<source>`` elements."""
        return tuple(output for output in self.outputs if output.kind == "rendition")

    @property
    def posters(self) -> tuple[Output, ...]:
        """The poster in each of its formats, smallest format first."""
        return tuple(output for output in self.outputs if output.kind == "poster")

    @property
    def poster(self) -> Output | None:
        """The poster every browser, feed and link preview can show (JPEG), if there is one."""
        jpegs = [output for output in self.posters if output.mime == "image/jpeg"]
        return next(iter(jpegs or self.posters), None)

    @property
    def storyboard(self) -> tuple[Output, Output] | None:
        """The grid of small pictures and its index, if there is one."""
        kinds = {output.kind: output for output in self.outputs}
        grid, index = kinds.get("storyboard"), kinds.get("storyboard-index")
        return None if grid is None or index is None else (grid, index)

    def to_json(self) -> str:
        """The manifest as the text of ``manifest.json``, the same for the same values."""
        value = asdict(self)
        value["check"] = digest_of(value)
        return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_manifest(path: Path) -> Manifest:
    """Read a ``manifest.json``.

    Raises:
        ManifestError: It is missing, damaged or of another version.
    """
    try:
        if path.exists() and not path.is_file():  # a named pipe would be waited for without end
            raise ManifestError("cannot be read: it is not a file")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"cannot be read: {error}") from error
    return parse_manifest(text)


def parse_manifest(text: str) -> Manifest:
    """Turn the text of a ``manifest.json`` into its value.

    Raises:
        ManifestError: The text is not a manifest of this version.
    """
    try:
        raw = parse(text)
    except DAMAGED as error:
        raise ManifestError(f"is not JSON: {error}") from error
    if not isinstance(raw, dict):
        raise ManifestError("is not a JSON object")
    version = _plain(raw, "version", int)
    if version != MANIFEST_VERSION:
        raise ManifestError(f"has version {version}; this program reads {MANIFEST_VERSION}")
    outputs = raw.get("outputs")
    if not isinstance(outputs, list) or not all(isinstance(item, dict) for item in outputs):
        raise ManifestError("outputs is not a list of objects")
    duration_s = _seconds(raw, "duration_s")
    from_s = _seconds(raw, "from_s")
    if duration_s is None or from_s is None:
        raise ManifestError("duration_s or from_s is null")
    manifest = Manifest(
        version=version,
        digest=_plain(raw, "digest", str),
        source_name=_plain(raw, "source_name", str),
        source_bytes=_plain(raw, "source_bytes", int),
        width=_plain(raw, "width", int),
        height=_plain(raw, "height", int),
        duration_s=duration_s,
        has_audio=_plain(raw, "has_audio", bool),
        outputs=tuple(_output(item) for item in outputs),
        complete=_plain(raw, "complete", bool),
        source_sha256=_plain(raw, "source_sha256", str),
        from_s=from_s,
        left_out=_digests(raw, "left_out"),
        fps=_fps(raw),
        address=_address(raw),
    )
    check = raw.pop("check", None)  # earlier versions wrote none
    if check is not None and check != digest_of(raw):
        raise ManifestError("is not as it was written")
    return manifest


def address_of(outputs: Iterable[Output]) -> str:
    """The name of the folder of a film's files on the site: 16 hexadecimal digits that change with any of their bytes.

    What a file is made from does not tell its bytes: encoders that keep a ceiling share their work among threads and come
    out otherwise each time, and a file that was weighed and made again lower depends on rules that are in no digest.
    """
    named = sorted((output.path, output.sha256) for output in outputs)
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:_ADDRESS_DIGITS]


def _output(raw: Mapping[str, object]) -> Output:
    path = _plain(raw, "path", str)
    if not path or "\\" in path or ":" in path or {"", ".", ".."} & set(path.split("/")):
        raise ManifestError(f"path {path!r} leaves the folder")
    kind = _plain(raw, "kind", str)
    if kind not in get_args(OutputKind):
        raise ManifestError(f"kind {kind!r} is unknown")
    return Output(
        path=path,
        kind=cast("OutputKind", kind),
        mime=_plain(raw, "mime", str),
        codecs=None if raw.get("codecs", "") is None else _plain(raw, "codecs", str),
        width=_plain(raw, "width", int),
        height=_plain(raw, "height", int),
        bytes=_plain(raw, "bytes", int),
        duration_s=_seconds(raw, "duration_s"),
        sha256=_plain(raw, "sha256", str),
        recipe=_plain(raw, "recipe", str),
        lost=tuple(_loss(item) for item in _plain(raw, "lost", list)),
    )


def _loss(raw: object) -> Loss:
    if not isinstance(raw, dict):
        raise ManifestError("lost is not a list of objects")
    from_s = _seconds(raw, "from_s")
    if from_s is None:
        raise ManifestError("from_s of a loss is null")
    what = _plain(raw, "what", str)
    if what not in get_args(LossKind):
        raise ManifestError(f"a loss of {what!r} is unknown")
    return Loss(cast("LossKind", what), from_s, _seconds(raw, "to_s"))


def _digests(raw: Mapping[str, object], key: str) -> tuple[str, ...]:
    values = raw.get(key)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ManifestError(f"{key} is missing or no list of digests")
    return tuple(values)


def _fps(raw: Mapping[str, object]) -> float | None:
    fps = None if "fps" not in raw else _seconds(raw, "fps")
    if fps is not None and fps <= 0:
        raise ManifestError("fps is not above 0")
    return fps


def _address(raw: Mapping[str, object]) -> str:
    address = _plain(raw, "address", str) if "address" in raw else ""
    if address and not re.fullmatch(rf"[0-9a-f]{{{_ADDRESS_DIGITS}}}", address):
        raise ManifestError("address is no 16 hexadecimal digits")
    return address


def _plain(raw: Mapping[str, object], key: str, kind: type[_Plain]) -> _Plain:
    value = raw.get(key)
    if type(value) is not kind:  # exact: JSON's true is no integer
        raise ManifestError(f"{key} is missing or of the wrong kind")
    return value


def _seconds(raw: Mapping[str, object], key: str) -> float | None:
    value = raw.get(key, "")
    if value is None:
        return None
    if type(value) not in (int, float) or not math.isfinite(cast("float", value)):
        raise ManifestError(f"{key} is missing or no number")
    return float(cast("float", value))
