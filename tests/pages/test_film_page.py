"""What a reader gets of a film: the right file for the screen, captions, chapters, the words."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from kinopress.content.captions.webvtt import paragraphs, shown_chapters, write_chapters
from kinopress.content.captions.webvtt_reader import read_webvtt
from kinopress.content.model.pages import Chapter
from kinopress.media.clip import Clip
from kinopress.media.manifest import Manifest, Output, read_manifest
from kinopress.media.trim import Trim
from kinopress.pages.parts.film import player, poster_element, video_element
from kinopress.project.films.made.list import read_records
from support.command import type_in
from support.projects import contents, small_project, write
from support.small_films import film_page, make_film

Capture = pytest.CaptureFixture[str]


class _Here:
    language = "en"

    def url(self, target: str, /) -> str:
        return target

    def in_html(self, english: str, /, **values: str) -> str:
        return english.format(**values)


def _output(name: str, side: int, codecs: str | None, mime: str = "video/mp4") -> Output:
    kind = "rendition" if codecs else "poster"
    return Output(name, kind, mime, codecs, side * 16 // 9, side, 1000, 2.0, "0" * 64)


def _clip(*outputs: Output) -> Clip:
    manifest = Manifest(2, "d" * 64, "hip.mov", 9, 1920, 1080, 2.0, True, outputs)
    return Clip(manifest, Path("store"), {}, None)


AV1_720 = _output("av1-720.mp4", 720, "av01.0.05M.08,mp4a.40.2")
AV1_1080 = _output("av1-1080.mp4", 1080, "av01.0.08M.08,mp4a.40.2")
H264_360 = _output("h264-360.mp4", 360, "avc1.64001e,mp4a.40.2")
H264_720 = _output("h264-720.mp4", 720, "avc1.64001f,mp4a.40.2")


def _chosen(html: str, *, width_px: int, av1: bool) -> str:
    """The file a browser takes: the first whose ``media`` fits and whose type it can play."""
    found: list[str] = []

    class Sources(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = dict(attrs)
            if tag != "source":
                return
            most = re.fullmatch(r"\(max-width: (\d+)px\)", values.get("media") or "")
            fits = most is None or width_px <= int(most[1])
            if fits and (av1 or "av01" not in str(values["type"])):
                found.append(str(values["src"]).rpartition("/")[2])

    Sources().feed(html)
    return found[0]


@pytest.mark.parametrize(
    ("there", "phone_av1", "phone", "wide_av1", "wide"),
    [
        (
            (AV1_1080, AV1_720, H264_720, H264_360),
            *("av1-720.mp4", "h264-360.mp4", "av1-1080.mp4", "h264-720.mp4"),
        ),
        (
            (AV1_720, H264_720, H264_360),
            *("av1-720.mp4", "h264-360.mp4", "av1-720.mp4", "h264-720.mp4"),
        ),
        (
            (H264_720, H264_360),
            *("h264-360.mp4", "h264-360.mp4", "h264-720.mp4", "h264-720.mp4"),
        ),
        ((H264_720,), *["h264-720.mp4"] * 4),
    ],
)
def test_every_screen_and_browser_gets_the_file_that_suits_it(
    there: tuple[Output, ...], phone_av1: str, phone: str, wide_av1: str, wide: str
) -> None:
    html = video_element(_Here(), "hip", "A hip.", _clip(*there))
    assert _chosen(html, width_px=400, av1=True) == phone_av1
    assert _chosen(html, width_px=600, av1=False) == phone
    assert _chosen(html, width_px=601, av1=True) == wide_av1
    assert _chosen(html, width_px=1400, av1=False) == wide
    assert "codecs=&quot;" in html and 'preload="none"' in html


def test_the_still_picture_comes_in_the_smallest_form_a_browser_knows() -> None:
    posters = [
        _output(f"poster.{end}", 720, None, f"image/{mime}")
        for end, mime in (("jpg", "jpeg"), ("webp", "webp"), ("avif", "avif"))
    ]
    html = poster_element(_Here(), _clip(H264_720, *posters))
    assert re.findall(r'type="image/(\w+)"', html) == ["avif", "webp"]
    assert re.search(r'<img src="[^"]+poster.jpg"', html)


def test_the_player_is_told_what_a_browser_does_not_know_of_a_film() -> None:
    grid = Output(
        *("storyboard.webp", "storyboard", "image/webp", None, 320, 90, 9, None, "0" * 64)
    )
    index = replace(grid, path="storyboard.vtt", kind="storyboard-index", mime="text/vtt")
    clip = _clip(H264_720, _output("poster.avif", 720, None, "image/avif"), grid, index)
    manifest = replace(clip.manifest, fps=29.97003)
    told = player(
        *(_Here(), "hip", "A hip.", replace(clip, manifest=manifest)),
        [Chapter(0.0, 'Set "up"'), Chapter(1.25, "<b>Go</b>")],
    )
    element = re.match("<kp-film ([^>]+)>", told)
    assert element is not None
    facts = {name: unescape(value) for name, value in re.findall(r'(\S+)="([^"]*)"', element[1])}
    assert facts == {
        "data-length": "2",
        "data-fps": "29.97003",
        "data-keep": f"media/{'d' * 16}/{H264_720.path}",
        "data-keep-bytes": str(H264_720.bytes),
        "data-board": f"media/{'d' * 16}/storyboard.vtt",
        "data-chapters": '[[0.0,"Set \\"up\\""],[1.25,"<b>Go</b>"]]',
    }
    # The poster is behind the element, which takes one file and no choice of them.
    assert "poster=" not in told
    assert told.index("poster.avif") < told.index("<video ")


def test_chapters_are_in_the_language_of_the_page() -> None:
    here = _Here()
    here.language = "cy"
    told = player(here, "hip", "A hip.", replace(_clip(H264_720), chapters=Path("chapters.vtt")))
    assert re.search(r'<track kind="chapters"[^>]* srclang="cy"', told)


def test_a_film_from_before_pictures_were_counted_has_none_to_step_by() -> None:
    assert "data-fps" not in player(_Here(), "hip", "A hip.", _clip(H264_720))


def test_a_film_without_sound_says_so_and_one_with_sound_does_not() -> None:
    clip = _clip(H264_720)
    for sounds in (True, False):
        manifest = replace(clip.manifest, has_audio=sounds)
        told = player(_Here(), "hip", "A hip.", replace(clip, manifest=manifest))
        assert ("data-silent" in told) is not sounds


# Captions


SRT = "1\n00:00:00,500 --> 00:00:01,000\n{words}\n\n2\n00:00:01,000 --> 00:00:01,900\nTwo.\n"


@pytest.mark.parametrize(
    ("data", "code", "exit_code"),
    [
        ("\ufeff" + SRT.format(words="Hi.").replace("\n", "\r\n"), None, 0),
        (SRT.format(words="Caf\xe9").encode("latin-1"), "file-encoding", 1),
        ("1\n00:00:09,000 --> 00:00:08,000\nBack.\n", "captions-order", 1),
    ],
)
def test_the_check_looks_into_subrip_files(
    data: str | bytes, code: str | None, exit_code: int, tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path)
    film_page(project, "hip")
    make_film(project / "videos/hip.mp4", seconds=2)
    raw = data if isinstance(data, bytes) else data.encode()
    (project / "videos/hip.en.srt").write_bytes(raw)
    answer = type_in(capsys, "check", "--json", "--project", project)
    assert (answer.code, answer.codes) == (exit_code, [code] if code else [])


def test_names_that_belong_to_nothing_are_said(tmp_path: Path, capsys: Capture) -> None:
    project = small_project(tmp_path)
    film_page(project, "hip")
    make_film(project / "videos/hip.mp4", seconds=2)
    for name in ("hip.en.srt", "hip.en.vtt", "hop.cy.srt", "hop.poster.jpg"):
        write(project / "videos" / name, "WEBVTT\n\n00:00.000 --> 00:01.000\nHi.\n")
    for ending in ("png", "webp"):
        Image.new("RGB", (64, 48)).save(project / f"videos/hip.poster.{ending}")
    answer = type_in(capsys, "check", "--json", "--project", project)
    assert answer.code == 0
    assert sorted(answer.codes) == [
        *("captions-alone", "captions-twice", "poster-alone", "poster-twice")
    ]


# Times


def test_chapters_of_a_part_begin_with_it_and_each_lasts_until_the_next() -> None:
    chapters = (Chapter(0, "Gone"), Chapter(1, "Set up"), Chapter(5, "A < B"), Chapter(9, "Late"))
    shown = shown_chapters(chapters, Trim(2, 8))
    assert shown == (Chapter(0, "Set up"), Chapter(3, "A < B"))
    assert write_chapters(shown, 6).split("\n\n") == [
        "WEBVTT",
        "00:00:00.000 --> 00:00:03.000\nSet up",
        "00:00:03.000 --> 00:00:06.000\nA &lt; B\n",
    ]


def test_a_transcript_has_a_paragraph_for_each_thought() -> None:
    text = (
        "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Jen>Slow\n\n00:01.000 --> 00:02.000\n"
        "and <i>steady</i>.\n\n00:05.000 --> 00:06.000\nThen &lt;rest&gt;.\n"
    )
    assert [(p.at_s, p.words) for p in paragraphs(read_webvtt(text).cues)] == [
        (0.0, "Slow and steady."),
        (5.0, "Then <rest>."),
    ]


# The built site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one film, all its parts, and a built site."""
    project = small_project(tmp_path_factory.mktemp("films") / "site-of-anna")
    make_film(project / "videos/hip.mov", seconds=2)
    shutil.copy(project / "videos/hip.mov", project / "videos/again.mov")
    film_page(project, "again")
    film_page(
        project,
        "hip",
        "trim: {from: 0.5 s}",
        "chapters: [{at: 0 s, title: Set up}, {at: 1 s, title: Go}]",
        "exercises: [clam]",
    )
    write(project / "videos/hip.en.srt", SRT.format(words="<b>One</b> & more."))
    write(
        project / "videos/again.en.vtt",
        "WEBVTT\n\nNOTE ask Anna\n\n00:08.000 --> 00:09.000\nToo late.\n",
    )
    return project


def test_a_film_stands_on_its_page_with_everything_that_belongs_to_it(
    built: Path, capsys: Capture
) -> None:
    before = contents(built / "videos")
    answer = type_in(capsys, "build", "--json", "--project", built)
    assert (answer.code, sorted(answer.codes)) == (0, ["captions-beyond", "film-same"])
    html = (built / "site/videos/hip/index.html").read_text("utf-8")
    (video,) = re.findall(r"<video .*?</video>", html)
    for kind, name in (("captions", "hip.en.vtt"), ("chapters", "hip.chapters.vtt")):
        assert re.search(rf'<track kind="{kind}" src="\.\./{name}"', video)
    captions = (built / "site/videos/hip.en.vtt").read_text("utf-8")
    assert "00:00:00.000 --> 00:00:00.500\n<b>One</b> &amp; more." in captions
    assert (built / "site/videos/again.en.vtt").read_text("utf-8") == (
        "WEBVTT\n\n00:00:08.000 --> 00:00:09.000\nToo late.\n"
    )
    chapters = (built / "site/videos/hip.chapters.vtt").read_text("utf-8")
    assert "00:00:00.500 --> 00:00:01.500\nGo" in chapters
    (download,) = re.findall(r'<a href="([^"]+)" download="hip.mp4">Download the film', html)
    assert (built / "site/videos/hip" / download).resolve().name.startswith("h264-")
    assert re.search(r"<details class=\"kp-transcript\">.*One &amp; more\. Two\.", html)
    # A chapter leads to its second of the film: in the page by the player, without a script in the file.
    times = re.findall(r'<dt>([\d:]+)</dt><dd><a href="([^"]+)#t=([\d.]+)">([^<]+)</a></dd>', html)
    assert times == [("0:00", download, "0", "Set up"), ("0:00", download, "0.5", "Go")]
    assert "What is said" in html
    for address in re.findall(r'src="([^"]+)"', video):
        assert (built / "site/videos/hip" / address).resolve().is_file(), address
    assert "<video " in (built / "site/exercises/clam/index.html").read_text("utf-8")
    assert contents(built / "videos") == before


def test_a_quick_build_is_completed_by_the_next(tmp_path: Path, capsys: Capture) -> None:
    project = small_project(tmp_path)
    make_film(project / "videos/hip.mov")
    film_page(project, "hip")
    shown = []
    for words in (("--quick",), ()):
        assert type_in(capsys, "build", *words, "--project", project).code == 0
        html = (project / "site/videos/hip/index.html").read_text("utf-8")
        shown.append(re.findall(r'<source src="[^"]+/([a-z0-9]+)-\d+.mp4"', html))
    assert shown[0] == ["h264"]
    # So small a film in AV1 may save nothing, and is then left out.
    assert shown[1] in (["av1", "h264"], ["h264"])
    (record,) = read_records(project).values()
    assert read_manifest(project / record.folder / "manifest.json").complete
