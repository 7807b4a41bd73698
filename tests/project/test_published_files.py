"""Which files of docs/ are published, as what, and that a second build makes nothing anew."""

from __future__ import annotations

import io
import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from kinopress.cli.terminal.report import print_problems
from kinopress.pictures import store
from kinopress.project import publishing
from kinopress.project.preview import Preview
from kinopress.project.publishing import publish
from kinopress.project.read import read_project
from kinopress.system.kept import take_kept
from support.command import type_in
from support.projects import contents, page, small_project, write
from support.small_films import make_film

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site-of-anna")


def photo(file: Path, size: tuple[int, int] = (1000, 700), seed: int = 0) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    noise = Image.effect_noise((max(2, size[0] // 8), max(2, size[1] // 8)), 40 + seed)
    noise.convert("RGB").resize(size).save(file)
    return file


def on_index(project: Path, *lines: str) -> None:
    with (project / "docs/index.md").open("a", encoding="utf-8") as index:
        index.write("\n" + "\n\n".join(lines) + "\n")


def built(project: Path, capsys: Capture) -> str:
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 0, answer.out
    return (project / "site/index.html").read_text("utf-8")


def test_a_file_in_the_place_of_the_kept_pictures_is_named_and_left(
    project: Path, capsys: Capture
) -> None:
    photo(project / "docs/pictures/hip.jpg", (40, 30))
    on_index(project, "![A hip](pictures/hip.jpg)")
    write(project / ".kinopress/pictures", "mine")
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 3
    assert ".kinopress/pictures: it cannot be written" in answer.err
    assert "move away what is in its place" in answer.err
    assert (project / ".kinopress/pictures").read_text("utf-8") == "mine"
    assert not (project / "site").exists()
    (project / ".kinopress/pictures").unlink()
    assert "<picture>" in built(project, capsys)


def test_a_picture_keeps_its_room_and_comes_in_the_smallest_file_that_will_do(
    project: Path, capsys: Capture
) -> None:
    photo(project / "docs/pictures/my hip.jpg")
    on_index(project, '![The "hip" & more](<pictures/my hip.jpg> "On the side"){ .kp-small }')
    html = built(project, capsys)
    (picture,) = re.findall(r"<picture>.*?</picture>", html)
    sources = re.findall(r'<source type="image/(\w+)" srcset="([^"]+)" sizes="([^"]+)">', picture)
    assert [kind for kind, _, _ in sources] == ["avif", "webp"]
    for _, names, sizes in sources:
        assert [width for _, width in map(str.split, names.split(", "))] == [
            "480w",
            "760w",
            "1000w",
        ]
        assert sizes == "(min-width: 736px) 700px, calc(100vw - 36px)"
        for name in names.split(", "):
            assert (project / "site" / name.split()[0]).is_file()
    (image,) = re.findall(r"<img [^>]+>", picture)
    for written in (
        'alt="The &quot;hip&quot; &amp; more"',
        'title="On the side"',
        'class="kp-picture kp-small"',
        'width="1000" height="700"',
        'loading="lazy"',
        'decoding="async"',
    ):
        assert written in image
    assert "{" not in picture and "my hip" not in html


def test_every_way_of_writing_a_picture_leads_through_the_same_door(
    project: Path, capsys: Capture
) -> None:
    photo(project / "docs/pictures/hip.jpg", (300, 200))
    on_index(
        project,
        "![a](pictures/hip.jpg)",
        "![b](/pictures/hip.jpg)",
        "![c][hip]",
        "<img src='pictures/hip.jpg' alt='d'>",
        "<img alt='' src=pictures/hip.jpg>",
        "[![e](pictures/hip.jpg)](pictures/hip.jpg)",
        "![decorative](pictures/hip.jpg)",
        "`![f](pictures/hip.jpg)`",
        "[hip]: pictures/hip.jpg",
    )
    steps = project / "exercises/clam.md"
    text = steps.read_text("utf-8").replace(
        "- step: Open the top knee.", '- step: "Open ![g](../docs/pictures/hip.jpg) it."'
    )
    steps.write_text(text, "utf-8")
    html = built(project, capsys)
    pictures = re.findall(r"<picture>.*?</picture>", html)
    alts = [re.findall(r'alt="([^"]*)"', one)[0] for one in pictures]
    assert alts == ["a", "b", "c", "d", "", "e", ""]
    assert re.search(r'<a href="media/[0-9a-f]{16}/300.jpg"><picture>', html)
    assert "<code>![f](pictures/hip.jpg)</code>" in html
    clam = (project / "site/exercises/clam/index.html").read_text("utf-8")
    assert re.search(r'Open <picture>.*src="../../media/[^"]+" alt="g"', clam)
    assert "pictures/hip.jpg" not in clam
    assert not (project / "site/pictures").exists()


@pytest.mark.parametrize(
    "written",
    [
        '<picture><source srcset="pictures/b.jpg" type="image/jpeg"><img src="pictures/a.jpg" alt="a"></picture>',
        '<picture>\n<source srcset="pictures/b.jpg 1x, pictures/a.jpg 2x">\n<img src="pictures/a.jpg" alt="a">\n</picture>',
        "<PICTURE><SOURCE SRCSET=pictures/b.jpg><IMG SRC=pictures/a.jpg ALT=a></PICTURE>",
        '<img src="pictures/a.jpg" srcset="pictures/b.jpg 2x" alt="a">',
        '<img srcset="pictures/a.jpg 1x, pictures/b.jpg 2x" alt="a">',
    ],
)
def test_sizes_that_a_coach_names_give_way_to_those_of_the_site(
    project: Path, capsys: Capture, written: str
) -> None:
    photo(project / "docs/pictures/a.jpg", (300, 200))
    photo(project / "docs/pictures/b.jpg", (200, 300))
    on_index(project, written)
    html = built(project, capsys)
    assert "[html-left-out]" in type_in(capsys, "check", "--project", project).out
    (picture,) = re.findall(r"<p><picture>(?:<source [^>]+>)+<img [^>]+></picture></p>", html)
    assert len(re.findall("(?i)<picture", html)) == 1
    assert 'height="200"' in picture and "pictures/" not in html
    for address in re.findall(r'(?:srcset|src)="(media/[^" ]+)', html):
        assert (project / "site" / address).is_file()


def test_a_second_build_makes_and_opens_no_picture_again(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        file = photo(project / f"docs/pictures/{number}.jpg", (300, 200), number)
        aged(file)
        on_index(project, f"![hip {number}](pictures/{number}.jpg)")
    before = built(project, capsys)
    docs = contents(project / "docs")
    made = contents(project / ".kinopress/pictures")
    monkeypatch.setattr(publishing, "_make", None)  # whoever made or opened one would fail
    monkeypatch.setattr(publishing, "_judge", None)
    assert type_in(capsys, "build", "--force", "--project", project).code == 0
    assert type_in(capsys, "check", "--project", project).code == 0
    assert (project / "site/index.html").read_text("utf-8") == before
    assert contents(project / "docs") == docs
    assert {k: v for k, v in contents(project / ".kinopress/pictures").items() if k in made} == made


def aged(file: Path, seconds: int = 100) -> None:
    """A file that was last changed a while ago: what has just changed is not remembered."""
    import os

    status = file.stat()
    os.utime(file, (status.st_atime - seconds, status.st_mtime - seconds))


def test_a_changed_picture_is_made_anew_and_the_same_in_two_places_once(project: Path) -> None:
    one = photo(project / "docs/pictures/one.png", (300, 200))
    shutil.copy(one, project / "docs/pictures/two.png")
    on_index(project, "![one](pictures/one.png)", "![two](pictures/two.png)")
    library, _ = read_project(project)
    first, problems = publish(project, library)
    assert problems == []
    assert first.made["docs/pictures/one.png"] == first.made["docs/pictures/two.png"]
    photo(one, (300, 200), seed=9)
    second, _ = publish(project, library)
    assert second.made["docs/pictures/one.png"] != first.made["docs/pictures/one.png"]
    assert second.made["docs/pictures/two.png"] == first.made["docs/pictures/two.png"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-be"])
def test_a_text_in_another_encoding_is_told_to_be_saved_again(
    project: Path, capsys: Capture, encoding: str
) -> None:
    (project / "docs/list.txt").write_bytes("Grüße an alle".encode(encoding))
    on_index(project, "[The list](list.txt)")
    answer = type_in(capsys, "check", "--project", project)
    assert answer.code == 1
    assert "docs/list.txt is not plain text in UTF-8; save it again with the encoding" in answer.out


@pytest.mark.parametrize("damage", ["remove", "cut", "list", "none of ours"])
def test_a_damaged_store_is_made_whole(project: Path, damage: str) -> None:
    photo(project / "docs/pictures/hip.jpg", (300, 200))
    on_index(project, "![hip](pictures/hip.jpg)")
    library, _ = read_project(project)
    first, _ = publish(project, library)
    made = first.made["docs/pictures/hip.jpg"]
    whole = contents(made.folder)
    file = made.folder / made.files[0].name
    if damage == "remove":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:-9])
    elif damage == "list":
        (made.folder / store.MADE).write_text("{")
    else:
        (made.folder / store.MADE).write_text(json.dumps({"digest": "0" * 64}))
    second, problems = publish(project, library)
    assert (problems, second.made) == ([], first.made)
    again = contents(made.folder)
    for files in (whole, again):  # the list says when each file was written, too
        files[store.MADE] = _without_stamps(files[store.MADE])
    assert again == whole
    assert not [f for f in made.folder.parent.iterdir() if f.name.startswith(".tmp")]


def _without_stamps(made: bytes) -> bytes:
    listed = take_kept(made, dict)
    assert listed is not None
    return json.dumps(listed | {"stamps": []}).encode()


def test_what_only_a_draft_uses_is_neither_published_nor_complained_of(
    project: Path, capsys: Capture
) -> None:
    photo(project / "docs/pictures/later.jpg", (300, 200))
    front = "title: Later\ndescription: Not yet.\ndraft: true"
    write(project / "docs/later.md", page(front, "![Later](pictures/later.jpg)"))
    answer = type_in(capsys, "build", "--project", project)
    assert (answer.code, "file-unlinked" in answer.out) == (0, False)
    assert not (project / "site/media").exists()
    library, _ = read_project(project, show_held=True)
    shown, _ = publish(project, library)
    assert list(shown.made) == ["docs/pictures/later.jpg"]


def test_documents_texts_and_the_coachs_own_styles_are_published_as_they_may_be(
    project: Path, capsys: Capture
) -> None:
    pdf = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "Canary"})
    writer.write(pdf)
    for name, data in {
        "leaflets/hip.pdf": pdf.getvalue(),
        "leaflets/words.txt": b"Words.",
        "styles/mine.css": b"/* Canary url(../assets/list.txt) */@import 'part.css';"
        b"body { background: url('paper.png') } @font-face { src: url(a.woff2) }",
        "styles/part.css": b"@import url(INNER.CSS);",
        "styles/INNER.CSS": b"em {}/* Canary */",
        "styles/other.css": b"p {}",
        "robots.txt": b"User-agent: *\n",
        "assets/list.txt": b"Canary",
    }.items():
        (project / "docs" / name).parent.mkdir(exist_ok=True)
        (project / "docs" / name).write_bytes(data)
    photo(project / "docs/styles/paper.png", (40, 30))
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "extra_css: [styles/mine.css]\n", "utf-8")
    on_index(
        project, "[leaflet](leaflets/hip.pdf#page=2)", '<a href="leaflets/words.txt">words</a>'
    )
    html = built(project, capsys)
    assert 'href="leaflets/hip.pdf#page=2"' in html and 'href="leaflets/words.txt"' in html
    assert (
        'href="styles/mine.css"' in html and b"Canary" in contents(project)["docs/styles/mine.css"]
    )
    site = contents(project / "site")
    assert site["robots.txt"] == b"User-agent: *\n"
    assert not [path for path, data in site.items() if b"Canary" in data]
    assert site["styles/INNER.CSS"] == b"em {}/**/"
    paper = re.search(rb"url\('\.\./(media/[^']+)'\)", site["styles/mine.css"])
    assert paper is not None and paper[1].decode() in site
    assert "styles/other.css" not in site and "assets/list.txt" not in site


def test_what_is_left_out_of_a_handout_is_said(project: Path, capsys: Capture) -> None:
    from property.test_canaries import CANARY, HANDOUT_SPOTS, _handout

    writer = _handout()
    HANDOUT_SPOTS["a comment"](writer)
    with (project / "docs/leaflet.pdf").open("wb") as pdf:
        writer.write(pdf)
    on_index(project, "[leaflet](leaflet.pdf)")
    for _ in range(2):  # the second time from what is remembered
        aged(project / "docs/leaflet.pdf", 0)
        answer = type_in(capsys, "build", "--force", "--project", project)
        assert "docs/leaflet.pdf: readers get this file without its comments" in answer.out
    assert CANARY not in (project / "site/leaflet.pdf").read_bytes()


def test_a_link_out_of_the_project_is_not_followed(project: Path, tmp_path: Path) -> None:
    secret = photo(tmp_path / "elsewhere/secret.jpg", (40, 30))
    (project / "docs/pictures").mkdir()
    (project / "docs/pictures/hip.jpg").symlink_to(secret)
    (project / "docs/more").symlink_to(secret.parent, target_is_directory=True)
    on_index(project, "![hip](pictures/hip.jpg)", "![hip](more/secret.jpg)")
    library, report = read_project(project)
    assert {p.code for p in report.errors} == {"file-outside", "file-unreadable", "link-broken"}
    assert publish(project, library)[0].files == {}


def test_names_of_any_sort_are_published_under_addresses_that_work(
    project: Path, capsys: Capture
) -> None:
    names = ["höft.jpg", "a b.JPG", "100%.jpg", "#1.jpg", "q?.jpg", "c+d (2).jpg", "hip.v2.JPEG"]
    for number, name in enumerate(names):
        photo(project / f"docs/pictures/{name}", (60, 40), number)
        address = re.sub("[%#?]", lambda m: f"%{ord(m[0]):02X}", name)
        on_index(project, f"![{number}](<pictures/{address}>)")
    html = built(project, capsys)
    found = re.findall(r'<img src="(media/[^"]+)" alt="(\d)"', html)
    assert [alt for _, alt in found] == [str(number) for number in range(len(names))]
    assert all((project / "site" / address).is_file() for address, _ in found)


def test_a_name_may_be_written_as_a_mac_does_and_a_slip_in_it_is_named(
    project: Path, capsys: Capture
) -> None:
    photo(project / f"docs/pictures/{unicodedata.normalize('NFD', 'höft')}.jpg", (60, 40))
    photo(project / "docs/pictures/Hip.JPG", (60, 40), 3)
    on_index(project, f"![one](pictures/{unicodedata.normalize('NFC', 'höft')}.jpg)")
    on_index(project, "![two](pictures/hip.jpg)", "![three](images/Hip.JPG)")
    answer = type_in(capsys, "check", "--project", project)
    said = [line for line in answer.out.splitlines() if line.endswith("[link-broken]")]
    assert len(said) == 2
    assert all("; write pictures/Hip.JPG" in line for line in said)


def test_the_preview_shows_nothing_that_a_build_would_refuse(
    project: Path, capsys: Capture
) -> None:
    (project / "docs/clients.docx").write_bytes(b"PK\3\4 Canary")
    photo(project / "docs/pictures/hip.jpg", (60, 40))
    on_index(project, "[clients](clients.docx)", "![hip](pictures/hip.jpg)")
    site = Preview(project, lambda _, report: print_problems(report)).now().site
    assert len([path for path in site.files if path.startswith("media/")]) == 3
    assert all(b"Canary" not in file.read_bytes() for file in site.files.values())
    assert capsys.readouterr().out.count("docs/clients.docx is an archive") == 1


def test_prune_deletes_what_was_made_of_pictures_that_no_page_uses(
    project: Path, capsys: Capture
) -> None:
    for name in ("kept", "gone"):
        photo(project / f"docs/pictures/{name}.jpg", (300, 200), len(name) + ord(name[0]))
    index = (project / "docs/index.md").read_text("utf-8")
    on_index(project, "![kept](pictures/kept.jpg)", "![gone](pictures/gone.jpg)")
    built(project, capsys)
    (project / "docs/index.md").write_text(f"{index}\n![kept](pictures/kept.jpg)\n", "utf-8")
    (project / ".kinopress/pictures/.tmp-deadbeef").mkdir()
    before = contents(project / "docs")
    answer = type_in(capsys, "video", "prune", "--yes", "--project", project)
    assert (answer.code, "2 made pictures" in answer.out) == (0, True)
    (folder,) = [f for f in (project / ".kinopress/pictures").iterdir() if f.is_dir()]
    library, _ = read_project(project)
    assert publish(project, library)[0].made["docs/pictures/kept.jpg"].folder == folder
    assert contents(project / "docs") == before
    answer = type_in(capsys, "video", "prune", "--yes", "--project", project)
    assert answer.out.startswith("Nothing to delete")


@pytest.mark.parametrize("bad_page", [True, False])
def test_a_build_says_all_that_a_check_says_of_pages_films_and_posters(
    project: Path, capsys: Capture, bad_page: bool
) -> None:
    day = "2026-02-31" if bad_page else "2026-02-28"
    front = f"title: Hills\ndescription: Up.\ndate: {day}\ntags: [strength]\nsources: [practice]"
    write(project / "docs/articles/hills.md", page(front))
    film = "title: A film\ndescription: Up.\ndate: 2026-01-01\ntags: [strength]\nalt: A hip."
    for name in ("list", "none"):
        write(project / f"videos/{name}.md", page(film))
    write(project / "videos/list.mp4", "#EXTM3U\nother.mp4\n")
    write(project / "videos/list.poster.jpg", "x")
    make_film(project / "videos/none.mp4")
    write(project / "videos/none.poster.jpg", "")
    said = {}
    for verb in ("check", "build"):
        answer = type_in(capsys, verb, "--project", project, "--json")
        assert answer.code == 1
        said[verb] = [(p["path"], p["code"], p["message"]) for p in answer.json["problems"]]
    assert said["build"] == said["check"]
    wrong = [code for _, code, _ in said["check"]]
    assert wrong.count("poster-image") == 2
    assert ("media-playlist" in wrong, "date" in " ".join(wrong)) == (True, bad_page)


def test_an_empty_poster_has_no_link_to_remove(project: Path, capsys: Capture) -> None:
    (project / "videos/hip.mp4").write_bytes(b"a film in name only: check opens none")
    write(project / "videos/hip.poster.jpg", "")
    answer = type_in(capsys, "check", "--project", project)
    (said,) = [line for line in answer.out.splitlines() if "poster-image" in line]
    assert said == (
        "videos/hip.poster.jpg: this poster is empty; put the file itself there, or remove it and"
        " the program chooses a poster [poster-image]"
    )


def test_check_opens_the_coachs_own_posters_as_a_build_would(
    project: Path, capsys: Capture
) -> None:
    for name in ("good", "half"):
        (project / f"videos/{name}.mp4").write_bytes(b"a film in name only: check opens none")
        poster = photo(project / f"videos/{name}.poster.jpg", (300, 200))
    poster.write_bytes(poster.read_bytes()[:-999])
    before = contents(project)
    answer = type_in(capsys, "check", "--project", project)
    (said,) = [line for line in answer.out.splitlines() if "poster-image" in line]
    assert said.startswith("videos/half.poster.jpg: this poster is damaged or cut off; ")
    assert (answer.code, contents(project)) == (1, before)
