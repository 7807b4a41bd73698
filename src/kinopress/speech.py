"""What is said in a film, guessed by a program that listens: the door to faster-whisper.

It and what it has learnt (the model, some hundred megabytes) are no part of this program. The library is an extra
(``captions``); the model is in a folder that the coach names, and nothing is fetched while it runs.
"""

from __future__ import annotations

import contextlib
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

        Raises:
            `NotHeard`: it cannot; also while its words are taken.
        """


class NotInstalled(Exception):  # noqa: N818 - an answer, not a defect
    """The library is not there."""


class NoModel(Exception):  # noqa: N818 - as above
    """A folder has no model of this kind, and what is missing in it."""


class NotHeard(Exception):  # noqa: N818 - as above
    """It broke down over a film, in its own words: the model is not whole, or the film has no sound."""


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
        except Exception as error:  # a tokenizer that is cut off raises nothing more special
            raise NoModel(str(error)) from error

    def listen(self, film: Path, language: str) -> tuple[float, Iterator[Heard]]:
        """See :class:`Recogniser`."""
        # Where nothing is said, it would make up words; and what it made up it would say again.
        with _in_its_words():
            pieces, about = self._model.transcribe(
                str(film), language=language, vad_filter=True, condition_on_previous_text=False
            )
        return about.duration, self._heard(pieces, about.duration)

    def _heard(self, pieces: Iterator[Any], length_s: float) -> Iterator[Heard]:
        """Its words; what it believes to hear beyond the end is not in the film."""
        while True:
            with _in_its_words():
                one = next(pieces, None)
            if one is None:
                return
            if one.start < length_s:
                yield Heard(one.start, min(one.end, length_s), one.text)


@contextlib.contextmanager
def _in_its_words() -> Iterator[None]:
    """What it says of a model that is not whole, or of a film without sound, is any error of Python's."""
    try:
        yield
    except Exception as error:
        raise NotHeard(f"{type(error).__name__}: {error}") from error
