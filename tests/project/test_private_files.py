"""No way out of the project publishes where, when or with what a picture was taken."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kinopress.cli.terminal.report import print_problems
from kinopress.mkdocs_plugin import prepared_for_mkdocs
from kinopress.privacy.walk import private_data, private_files
from kinopress.project.preview import Preview
from support.command import type_in
from support.projects import contents, small_project

Capture = pytest.CaptureFixture[str]
CANARY = b"Llangollen Phonemaker"


@pytest.fixture
def telling(tmp_path: Path) -> Path:
    """A project with a photo that says with what it was taken, and a file that nobody links."""
    project = small_project(tmp_path / "site-of-anna")
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    picture = project / "docs/pictures/me.jpg"
    picture.parent.mkdir()
    Image.new("RGB", (40, 40)).save(picture, exif=exif, comment=CANARY)
    (project / "docs/assets").mkdir()
    for name in ("clients.txt", "assets/clients.txt"):
        (project / "docs" / name).write_bytes(CANARY)
    with (project / "docs/index.md").open("a") as index:
        index.write("\n![Me](pictures/me.jpg) and [the same](pictures/me.jpg)\n")
    return project


def assert_published_clean(site: Path) -> None:
    """Some picture is there, and the canary nowhere."""
    assert list(site.rglob("40.jpg"))
    assert not [file for file in site.rglob("*") if file.is_file() and CANARY in file.read_bytes()]
    assert not list(site.rglob("clients*"))


def test_a_build_publishes_a_picture_without_what_it_tells(telling: Path, capsys: Capture) -> None:
    before = contents(telling / "docs")
    answer = type_in(capsys, "build", "--project", telling)
    assert answer.code == 0
    assert "docs/clients.txt: no page links to this file, so it is not published" in answer.out
    assert_published_clean(telling / "site")
    assert contents(telling / "docs") == before


def test_staged_pages_hold_no_private_data(telling: Path, tmp_path: Path, capsys: Capture) -> None:
    plain = tmp_path / "plain"
    assert type_in(capsys, "stage", plain, "--project", telling).code == 0
    assert_published_clean(plain)
    before = contents(plain)
    (telling / "docs/pictures/me.jpg").write_bytes(b"")
    answer = type_in(capsys, "stage", plain, "--project", telling)
    assert answer.code == 1
    assert "docs/pictures/me.jpg is empty" in answer.out
    assert contents(plain) == before, "what was staged before stays"


def test_plain_mkdocs_build_publishes_no_private_data(telling: Path) -> None:
    argv = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(argv, cwd=telling, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert_published_clean(telling / "site")
    before = contents(telling / "site")
    (telling / "docs/pictures/me.jpg").write_text("no picture")
    done = subprocess.run(argv, cwd=telling, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "docs/pictures/me.jpg is not a JPEG picture" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert contents(telling / "site") == before


def test_the_preview_shows_the_picture_and_says_when_it_cannot(
    telling: Path, capsys: Capture
) -> None:
    preview = Preview(telling, lambda _, report: print_problems(report))
    site = preview.now().site
    assert [path for path in site.files if path.endswith("/40.jpg")]
    assert all(CANARY not in file.read_bytes() for file in site.files.values())
    (telling / "docs/pictures/me.jpg").write_bytes(b"\xff\xd8\xff")
    assert preview.now().site.pages
    assert "docs/pictures/me.jpg is damaged" in capsys.readouterr().out
    assert prepared_for_mkdocs(telling, preview=True).site.pages


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Nobody//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/London:20260201T100000
SUMMARY:Hip class, in words that
  go on
LOCATION:The hall
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("ORGANIZER;CN=Llangollen:mailto:a@example.org", "ORGANIZER, ORGANIZER;CN"),
        ("attendee:mailto:Llangollen@example.org", "ATTENDEE"),
        ("GEO:52.97;-3.17", "GEO"),
        ("X-APPLE-STRUCTURED-LOCATION;VALUE=URI:geo:52.97,-3.17", "X-APPLE-STRUCTURED-LOCATION"),
        ("CREATED:20260102T030405Z\n LAST", "CREATED"),
        ('COMMENT;ALTREP="cid:a:b":Llangollen', "COMMENT, COMMENT;ALTREP"),
        ('SUMMARY;X-BY="Llangollen":Hip', "SUMMARY;X-BY"),
        ("BEGIN:VTODO\nEND:VTODO", "VTODO"),
        ("Llangollen", "a line that is not an entry"),
    ],
)
def test_a_calendar_tells_its_readers_what_they_see_and_nothing_else(
    telling: Path, capsys: Capture, line: str, named: str
) -> None:
    with (telling / "docs/index.md").open("a") as index:
        index.write("\n[Classes](classes.ics)\n")
    calendar = telling / "docs/classes.ics"
    calendar.write_text(CALENDAR.replace("END:VEVENT", f"{line}\nEND:VEVENT"))
    answer = type_in(capsys, "check", "--project", telling)
    assert answer.code == 1
    assert f"a calendar with entries that readers do not see ({named}); delete" in answer.out
    calendar.write_text(CALENDAR)
    assert type_in(capsys, "check", "--project", telling).code == 0


HOSTILE: dict[str, bytes] = {
    "a letter.docx": b"PK\3\4" + CANARY,
    "a letter.odt": b"PK\3\4mimetypeapplication/vnd.oasis.opendocument.text" + CANARY,
    "letter.txt": b"PK\3\4" + CANARY,
    "anna.vcf": b"BEGIN:VCARD\nFN:" + CANARY + b"\nEND:VCARD\n",
    "run.gpx": b"<gpx><trkpt lat='52.97' lon='-3.17'><name>" + CANARY + b"</name></trkpt></gpx>",
    "run.kml": b"<kml><name>" + CANARY + b"</name></kml>",
    "talk.mp3": b"ID3\4\0\0\0\0\0\0TPE1" + CANARY,
    "talk.txt": b"ID3\4\0\0\0\0\0\0TPE1" + CANARY,
    "walk.mp4": struct.pack(">I4s4sII", 20, b"ftyp", b"isom", 0, 0) + b"\0\0\0\x40moovudta\xa9xyz" + CANARY,
    "walk.webm": b"\x1aE\xdf\xa3" + CANARY,
    "hip.tif": b"II*\0" + CANARY,
    "hip.dng.jpg": b"II*\0" + CANARY,
    "font.ttf": b"\0\1\0\0" + CANARY,
    "pages.csv": b"a,b\n\0" + CANARY,
    "page.html": b"<!-- " + CANARY + b" -->",
    "mail.eml": b"From: " + CANARY,
    "packed.svgz": b"\x1f\x8b\x08\x10" + CANARY,
    "hidden.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><metadata>" + CANARY + b"</metadata><g visibility='hidden'><text>" + CANARY + b"</text></g><path d='M0 0h9'/></svg>",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("verb", ["build", "stage"])
def test_no_file_that_a_page_links_to_tells_more_than_it_shows(
    telling: Path, tmp_path: Path, capsys: Capture, name: str, verb: str
) -> None:
    (telling / "docs" / name).write_bytes(HOSTILE[name])
    with (telling / "docs/index.md").open("a") as index:
        index.write(f"\n[It](<{name}>)\n")
    to = [tmp_path / "plain"] if verb == "stage" else []
    answer = type_in(capsys, verb, *to, "--project", telling)
    made = telling / "site" if verb == "build" else tmp_path / "plain"
    if name == "hidden.svg":
        assert answer.code == 0 and list(made.rglob(name))
    else:
        assert answer.code == 1 and f"docs/{name}" in answer.out
        assert not made.exists()
    assert not [at for at in made.rglob("*") if at.is_file() and CANARY in at.read_bytes()]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("hip.jpg", b"\xff\xd8\xff\xe1\0\x08Exif\0\0\xff\xd9"),
        ("hip.tif", b"II*\0" + bytes(60)),
        ("hip.mov", struct.pack(">I4s", 8, b"wide")),
        ("hip.zzz", b"\1\2\3\4\0"),
        ("hip.png", b"\xff\xd8\xff\xd9"),
        ("hip.docx", b"PK\3\4"),
        ("words.txt", "Clients: Zoë".encode("latin-1")),
        ("words.gpx", b"<gpx><trkpt lat='52.97'/></gpx>"),
        ("index.html", b"<img src='data:image/jpeg;base64,/9j/4QAIRXhpZgAA/9k='>"),
    ],
)
def test_whatever_a_site_is_made_by_each_of_its_files_is_looked_through(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).write_bytes(data)
    (tmp_path / "site/robots.txt").write_text("Sitemap: none")
    (problem,) = private_data(tmp_path / "site", {}, tmp_path)
    assert (problem.path, problem.code) == (f"site/{name}", "media-private")
    source = tmp_path / "docs" / name
    source.parent.mkdir()
    source.write_bytes(data)
    (problem,) = private_files({name: source}, tmp_path)
    assert (problem.path, problem.code) == (f"docs/{name}", "media-private")
