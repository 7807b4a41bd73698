"""``kinopress captions``: a draft for the coach, from a stand-in that listens; never published, never overwritten."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from kinopress.content.captions.webvtt_reader import read_webvtt
from kinopress.content.read import read_library
from kinopress.problems import ExitCode, Refusal
from kinopress.project.new.captions import draft_captions
from kinopress.speech import Heard
from support.command import type_in
from support.projects import SETTINGS, small_project, write
from support.small_films import film_page, make_film

Capture = pytest.CaptureFixture[str]
DRAFT = "videos/hip.en.draft.vtt"
LONG = "Lift the top knee slowly, " * 6


class Listener:
    """Hears always the same."""

    def __init__(self, model: Path) -> None:
        assert model.name == "model"

    def listen(self, film: Path, language: str) -> tuple[float, Iterator[Heard]]:
        assert (film.name, language) == ("hip.mov", "en")
        heard = [Heard(0.5, 1, " Side <lying> & ready. "), Heard(1, 5, LONG), Heard(5, 5, "um")]
        return 5.0, iter(heard)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = small_project(tmp_path / "site")
    write(made / "mkdocs.yml", f"{SETTINGS}    video: {{captions_model: ../model}}\n")
    write(made / "videos/hip.mov", "the camera's")
    film_page(made, "hip")
    return made


def test_what_is_heard_becomes_captions_of_two_lines_to_be_corrected(project: Path) -> None:
    shares: list[float] = []
    draft = draft_captions(project, "hip", "en", shares.append, Listener)
    assert draft.path == DRAFT
    cues = read_webvtt((project / DRAFT).read_text("utf-8")).cues
    assert cues[0].words == "Side <lying> & ready."
    assert all(len(cue.words) <= 84 for cue in cues)
    assert " ".join(cue.words for cue in cues[1:]) == LONG.strip()
    assert [round(cues[n].ends_s - cues[n + 1].begins_s, 2) for n in range(len(cues) - 1)] == [0] * (len(cues) - 1)  # fmt: skip
    assert (cues[0].begins_s, cues[-1].ends_s, draft.captions) == (0.5, 5, len(cues))
    assert shares == [0.2, 1, 1]


def test_a_draft_is_shown_to_nobody_and_never_overwritten(project: Path) -> None:
    draft_captions(project, "hip", "en", make=Listener)
    library, report = read_library(project)
    assert library.films["hip"].captions == {}
    assert [(p.path, p.severity) for p in report if p.code == "captions-draft"] == [(DRAFT, "note")]
    write(project / DRAFT, "corrected")
    with pytest.raises(Refusal) as refused:
        draft_captions(project, "hip", "en", make=Listener)
    assert refused.value.exit_code == ExitCode.CONTENT
    assert (project / DRAFT).read_text("utf-8") == "corrected"


def test_what_is_missing_is_said_before_anything_is_done(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(*words: str) -> str:
        answer = type_in(capsys, "captions", *words, "--project", project)
        assert not (project / DRAFT).exists()
        assert answer.out == ""
        return f"{answer.code} {answer.err}"

    assert said("hip", "--lang", "xx").startswith("2 captions: “xx” is not a language known here")
    assert said("hop").startswith("2 videos: there is no film “hop”; did you mean hip?")
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    assert "3 captions: the part that listens to films is not installed" in said("hip")
    library = SimpleNamespace(WhisperModel=None)
    monkeypatch.setitem(sys.modules, "faster_whisper", library)
    (project.parent / "model").mkdir()
    (project.parent / "model/model.bin").touch()
    assert "has no model for faster-whisper (config.json, tokenizer.json)" in said("hip")
    for name in ("config.json", "tokenizer.json"):
        write(project.parent / f"model/{name}", "{")

    def cut_off(folder: str, **options: object) -> None:
        raise Exception("EOF while parsing an object at line 1")  # noqa: TRY002 - as the library does

    library.WhisperModel = cut_off
    assert "has no model for faster-whisper (EOF while parsing an object at line 1)" in said("hip")
    write(project / "mkdocs.yml", SETTINGS)
    assert "no folder with a model that can listen is set" in said("hip")


def test_a_model_is_used_from_its_folder_and_fetches_nothing(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    class Model:
        def __init__(self, folder: str, **options: object) -> None:
            asked.extend((Path(folder).name, options["local_files_only"]))

        def transcribe(self, film: str, **options: object) -> tuple[object, object]:
            asked.extend((Path(film).name, options["language"]))
            return iter([SimpleNamespace(start=0.0, end=1.0, text=" Hello.")]), SimpleNamespace(
                duration=1.0
            )

    monkeypatch.setitem(sys.modules, "faster_whisper", SimpleNamespace(WhisperModel=Model))
    for name in ("model.bin", "config.json", "tokenizer.json"):
        write(project.parent / f"model/{name}", "")
    answer = type_in(capsys, "captions", "hip", "--project", project)
    assert answer.code == ExitCode.OK, answer.err
    assert f"Drafted: {DRAFT}, 1 captions." in answer.out
    assert asked == ["model", True, "hip.mov", "en"]


@pytest.mark.parametrize("breaks", ["at once", "on the way"])
@pytest.mark.parametrize("sound", [True, False])
def test_a_model_that_breaks_down_is_told_from_a_film_without_sound(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, breaks: str, sound: bool
) -> None:
    make_film(project / "videos/hip.mov", *([] if sound else ["-an"]), size="320x180")

    class Model:
        def __init__(self, folder: str, **options: object) -> None: ...

        def transcribe(self, film: str, **options: object) -> tuple[object, object]:
            def pieces() -> Iterator[object]:
                yield SimpleNamespace(start=0.0, end=1.0, text=" Hello.")
                raise IndexError("out of range")

            if breaks == "at once":
                raise IndexError("out of range")
            return pieces(), SimpleNamespace(duration=1.0)

    _with_model(project, monkeypatch, Model)
    answer = type_in(capsys, "captions", "hip", "--project", project)
    assert not (project / DRAFT).exists()
    if sound:
        assert answer.code == ExitCode.ENVIRONMENT
        assert (
            "the model in ../model broke down over videos/hip.mov (IndexError: out of range)"
            in answer.err
        )
    else:
        assert answer.code == ExitCode.CONTENT
        assert "videos/hip.mov: the film has no sound" in answer.err


def test_what_is_heard_beyond_the_end_is_not_in_the_film(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Model:
        def __init__(self, folder: str, **options: object) -> None: ...

        def transcribe(self, film: str, **options: object) -> tuple[object, object]:
            said = [(0.0, 2.0, " Lie down."), (2.0, 24.0, " Lift."), (24.5, 26.0, " Thanks.")]
            pieces = (SimpleNamespace(start=start, end=end, text=text) for start, end, text in said)
            return pieces, SimpleNamespace(duration=8.0)

    _with_model(project, monkeypatch, Model)
    assert type_in(capsys, "captions", "hip", "--project", project).code == ExitCode.OK
    cues = read_webvtt((project / DRAFT).read_text("utf-8")).cues
    assert [(cue.begins_s, cue.ends_s, cue.words) for cue in cues] == [
        (0, 2, "Lie down."),
        (2, 8, "Lift."),
    ]


def _with_model(project: Path, monkeypatch: pytest.MonkeyPatch, model: type) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", SimpleNamespace(WhisperModel=model))
    for name in ("model.bin", "config.json", "tokenizer.json"):
        write(project.parent / f"model/{name}", "")
