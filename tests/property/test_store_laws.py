"""Whatever lies among the made files and in the project, no command loses what was not made by a build."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kinopress.cli.main import main
from kinopress.media.manifest import MANIFEST_NAME, MANIFEST_VERSION, Manifest, Output
from kinopress.pictures import store
from kinopress.pictures.made import MadeFile
from support.projects import small_project, write

DIGESTS = ("a" * 64, "b" * 64)
FILMS = ("c" * 64, "d" * 64)
PICTURES = ".kinopress/pictures"
MEDIA = ".kinopress/media"
OURS = {
    **{f"{PICTURES}/{d[:16]}/{name}": f"{d[:4]} {name}" for d in DIGESTS for name in ("480.avif", "480.jpg")},
    **{f"{MEDIA}/{d[:16]}/{name}": f"{d[:4]} {name}" for d in FILMS for name in ("h264-720.mp4", "poster-720.jpg")},
}  # fmt: skip
LISTS = tuple(
    [f"{PICTURES}/{d[:16]}/{store.MADE}" for d in DIGESTS]
    + [f"{MEDIA}/{d[:16]}/{MANIFEST_NAME}" for d in FILMS]
)
PLACES = (
    *(f"{PICTURES}/", f"{PICTURES}/{DIGESTS[0][:16]}/", f"{PICTURES}/{DIGESTS[0][:16]}/deep/"),
    *(f"{MEDIA}/", f"{MEDIA}/{FILMS[0][:16]}/", f"{MEDIA}/{FILMS[0][:16]}/deep/"),
    *(f"{PICTURES}/{'e' * 16}/", f"{MEDIA}/{'e' * 16}/", f"{PICTURES}/.tmp-abcd_123/"),
    *(".kinopress/", "docs/", "docs/pictures/", "videos/", "exercises/", "", "site/", "site/clam/", "plain/"),
)  # fmt: skip
NAMES = (
    *("notes.txt", "480.jpg", "480.jpg", "480.AVIF", "760.webp", "Made.json", "poster-720.jpg", "H264-720.mp4"),
    *("h264-720.mp4", "h264-1080.mp4", "two\nlines.txt", "-rf", "clients.docx", "index.html", "\udcff.txt"),
)  # fmt: skip
KINDS = ("file", "same size", "same size", "read-only", "link", "link to a folder", "loop", "pipe")
strangers = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(NAMES), st.sampled_from(KINDS)), max_size=8
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("template") / "project")


class Yard:
    """A project with results that no page uses, and a folder outside that links lead to."""

    def __init__(self, root: Path, template: Path) -> None:
        self.root, self.project = root, root / "project"
        shutil.copytree(template, self.project)
        for digest in DIGESTS:
            names = [Path(p).name for p in OURS if f"/{digest[:16]}/" in p]
            files = [
                MadeFile(name, "image/avif", 480, 300, f"{digest[:4]} {name}".encode())
                for name in names
            ]
            store.put(self.project, digest, files)
        for digest in FILMS:
            _film(self.project / MEDIA / digest[:16], digest)
        # Outside lie results that look like ours: whoever follows a link would take them.
        shutil.copytree(self.project / ".kinopress", root / "outside")
        write(root / "outside/letter.txt", "Dear coach")
        self.marks: dict[Path, str] = {}

    def intrude(self, strange: list[tuple[str, str, str]]) -> None:
        for place, name, kind in strange:
            target = self.project / place / name
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.is_dir() and not target.is_symlink():
                    continue
                size = target.lstat().st_size if os.path.lexists(target) else 20
                target.unlink(missing_ok=True)
                self._put(target, kind, size)
            except OSError:
                continue
            self.marks[target] = _told(target)

    def link_away(self) -> None:
        """Links to folders in the place of results."""
        for folder, digest in ((PICTURES, DIGESTS[1]), (MEDIA, FILMS[1])):
            target = self.project / folder / ("f" * 16)
            target.symlink_to(self.root / "outside" / Path(folder).name / digest[:16])
            self.marks[target] = _told(target)

    def _put(self, target: Path, kind: str, size: int) -> None:
        outside = self.root / "outside"
        if kind in ("file", "read-only", "same size"):
            words = f"{len(self.marks)} stranger"
            target.write_text(words.ljust(size, ".")[:size] if kind == "same size" else words)
            target.chmod(0o444 if kind == "read-only" else 0o644)
        elif kind == "pipe":
            os.mkfifo(target)
        else:
            leads_to = {"link": outside / "letter.txt", "loop": Path(target.name)}
            target.symlink_to(leads_to.get(kind, outside / "media"))

    def lost(self) -> list[Path]:
        """Strangers that lie neither in their place nor, as they were, anywhere else."""
        everywhere = {_told(file) for file in _files(self.project)}
        return [at for at, told in self.marks.items() if told not in everywhere]

    def outside(self) -> dict[str, str]:
        return {str(file): _told(file) for file in _files(self.root / "outside")}


def _film(folder: Path, digest: str) -> None:
    outputs = []
    for path, words in OURS.items():
        if f"/{digest[:16]}/" in path:
            name = Path(path).name
            write(folder / name, words)
            sha256 = hashlib.sha256(words.encode()).hexdigest()
            is_film = name.endswith(".mp4")
            kind, mime = ("rendition", "video/mp4") if is_film else ("poster", "image/jpeg")
            seconds = 1.0 if is_film else None
            outputs.append(
                Output(name, kind, mime, None, 720, 400, len(words), seconds, sha256, "0" * 64)  # type: ignore[arg-type]
            )
    manifest = Manifest(
        MANIFEST_VERSION, digest, "gone.mov", 1, 720, 400, 1.0, False, tuple(outputs)
    )
    write(folder / MANIFEST_NAME, manifest.to_json())


def _told(file: Path) -> str:
    at = file.lstat()
    if stat.S_ISLNK(at.st_mode):
        return f"link {file.name!r} {file.readlink()}"
    if stat.S_ISREG(at.st_mode):
        return f"file {hashlib.sha256(file.read_bytes()).hexdigest()}"
    return f"{stat.S_IFMT(at.st_mode)} {file.name!r}"


def _files(folder: Path) -> Iterator[Path]:
    for below, folders, files in os.walk(folder):
        for name in (*folders, *files):
            at = Path(below) / name
            if name in files or at.is_symlink():
                yield at


@contextmanager
def _yard(template: Path) -> Iterator[Yard]:
    root = Path(tempfile.mkdtemp())
    try:
        yield Yard(root, template)
    finally:
        shutil.rmtree(root)


def _run(*words: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@settings(max_examples=60)
@given(strange=strangers)
@example(strange=[(PLACES[1], "480.jpg", "same size"), (PLACES[4], "h264-720.mp4", "same size")])
def test_prune_deletes_what_a_list_names_as_it_was_made_and_nothing_else(
    template: Path, strange: list[tuple[str, str, str]]
) -> None:
    with _yard(template) as yard:
        yard.link_away()
        yard.intrude(strange)
        outside = yard.outside()
        code = _run("video", "prune", "--yes", "--project", yard.project)
        assert yard.lost() == []
        assert yard.outside() == outside
        assert all(os.path.lexists(at) for at in yard.marks)
        changed = {str(at.relative_to(yard.project)) for at in yard.marks}
        if code == 0:  # a film that cannot be read keeps all
            for path in {*OURS, *LISTS} - changed:
                assert not (yard.project / path).exists()


@settings(max_examples=10)
@given(strange=strangers, verb=st.sampled_from(["build", "stage", "check"]))
def test_other_commands_lose_nothing_either(
    template: Path, strange: list[tuple[str, str, str]], verb: str
) -> None:
    with _yard(template) as yard:
        yard.link_away()
        yard.intrude(strange)
        before = {path: _told(yard.project / path) for path in OURS}
        outside = yard.outside()
        to = [yard.project / "plain"] if verb == "stage" else []
        _run(verb, *to, "--project", yard.project)
        assert yard.lost() == []
        assert yard.outside() == outside
        assert {path: _told(yard.project / path) for path in OURS} == before


@pytest.mark.parametrize("name", ["hip.mov", "hip.md", "hip.en.vtt", "HIP.mov"])
@pytest.mark.parametrize("kind", ["file", "read-only", "link", "link to a folder", "loop"])
def test_adding_a_film_never_writes_over_anything(template: Path, name: str, kind: str) -> None:
    with _yard(template) as yard:
        yard.intrude([("videos/", name, kind)])
        outside = yard.outside()
        film = yard.root / "hip.mov"
        film.write_bytes(b"\0\0\0\x14ftypqt  \0\0\0\0qt  \0\0\0\x08wide")
        write(yard.root / "hip.en.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHip.\n")
        source = film.read_bytes()
        _run("video", "add", film, "--title", "Hip", "--tags", "stretch", "--project", yard.project)
        assert yard.lost() == []
        assert yard.outside() == outside
        assert film.read_bytes() == source


def test_a_list_without_digests_of_an_earlier_version_is_known_by_sizes(template: Path) -> None:
    with _yard(template) as yard:
        file = yard.project / LISTS[0]
        values = json.loads(file.read_text("utf-8"))["kept"]
        del values["stamps"]
        for one in values["files"]:
            del one["sha256"]
        file.write_text(json.dumps(values))
        assert store.find(yard.project, DIGESTS[0]) is not None
        (yard.project / PICTURES / DIGESTS[0][:16] / "480.avif").write_text("another size")
        assert _run("video", "prune", "--yes", "--project", yard.project) == 0
        left = [p.name for p in (yard.project / PICTURES / DIGESTS[0][:16]).iterdir()]
        assert left == ["480.avif"]


def test_what_an_interrupted_run_left_goes_and_its_last_file_may_be_half(template: Path) -> None:
    with _yard(template) as yard:
        dead = yard.project / PICTURES / ".tmp-abcd_123"
        shutil.copytree(yard.project / PICTURES / DIGESTS[0][:16], dead)
        (dead / "480.jpg").write_text("aa")
        assert _run("video", "prune", "--yes", "--project", yard.project) == 0
        assert not dead.exists()


def test_a_damaged_result_is_made_whole_around_what_is_not_ours(template: Path) -> None:
    with _yard(template) as yard:
        folder = yard.project / PICTURES / DIGESTS[0][:16]
        (folder / "480.avif").unlink()
        yard.intrude(
            [(f"{PICTURES}/{DIGESTS[0][:16]}/", name, "file") for name in ("notes.txt", "deep/a")]
        )
        files = [MadeFile("480.avif", "image/avif", 480, 300, b"anew")]
        store.put(yard.project, DIGESTS[0], files)
        assert store.find(yard.project, DIGESTS[0]) is not None
        assert (folder / "480.avif").read_bytes() == b"anew"
        assert all(os.path.lexists(at) for at in yard.marks)
        assert not list(folder.parent.glob(".tmp-*"))
