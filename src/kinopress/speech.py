"""What is said in a film, guessed by a program that listens: the door to faster-whisper.

It and what it has learnt (the model, some hundred megabytes) are no part of this program. The library is an extra
(``captions``); the model is in a folder that the coach names, and nothing is fetched while it runs.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

_NEEDED = ("config.json", "model.bin", "tokenizer.json")
"""What a model's folder must have. Without the last one the library would ask the internet for it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Some words, and the seconds of the film in which they are said."""

    begins_s: float
    ends_s: float
    words: str


class Recogniser(Protocol):
    """Something that listens."""

    def listen(self, film: Path, language: str) -> tuple[float, Iterator[Heard]]:
        """How long the sound of a film is, in seconds, and its words as they are heard, in order.

        Args:
            film: The film.
            language: Two letters.
        """


class NotInstalled(Exception):  # noqa: N818 - an answer, not a defect
    """The library is not there."""


class NoModel(Exception):  # noqa: N818 - as above
    """A folder has no model of this kind, and what is missing in it."""


class Whisper:
    """faster-whisper with a model from a folder.

    Args:
        model: The folder.

    Raises:
        `NotInstalled`: the extra is not there.
        `NoModel`: the folder has no such model.
    """

    def __init__(self, model: Path) -> None:
        try:
            library: Any = importlib.import_module("faster_whisper")
        except ImportError:
            raise NotInstalled from None
        missing = [name for name in _NEEDED if not (model / name).is_file()]
        if missing:
            raise NoModel(", ".join(missing))
        try:
            self._model: Any = library.WhisperModel(
                str(model), device="cpu", compute_type="int8", local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise NoModel(str(error)) from None

    def listen(self, film: Path, language: str) -> tuple[float, Iterator[Heard]]:
        """See :class:`Recogniser`."""
        # Where nothing is said, it would make up words; and what it made up it would say again.
        pieces, about = self._model.transcribe(
            str(film), language=language, vad_filter=True, condition_on_previous_text=False
        )
        return about.duration, (Heard(one.start, one.end, one.text) for one in pieces)
