"""Of a page whose day has not come, no byte is in the site: not its words, its name, its film, its picture."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from kinopress.pages.site import Site
from kinopress.project.prepare import prepare
from support.projects import page, small_project, write
from support.small_films import make_film

CANARY = "quokka"
DAY = dt.date(2026, 3, 9)
_EXERCISE = (
    "tags: [strength, gluteus medius]\nlevel: easy\nposition: {words}\n"
    "dosage: {{sets: 2, reps: 15}}\nsteps:\n  - step: {words} up.\n  - caution: Stop if it hurts.\n"
    "also_called: [{words} dance]\nsources: [practice]"
)
_NAMES = (
    "aliases: [{words} alias]\nlay: [{words} lay]\nmisspellings: [{words}x]\n"
    "people_say: [{words} said]\nsources: [practice]\n"
)
_HELD = {
    "exercises/{slug}-lift.md": _EXERCISE,
    "docs/articles/{slug}-news.md": "tags: [strength]\nsources: [practice]",
    "docs/muscles/{slug}-muscle.md": f"kind: muscle\nregions: [buttock]\n{_NAMES}",
    "docs/symptoms/{slug}-ache.md": (
        f"regions: [buttock]\nsuspects: [gluteus-medius]\nred_flags: [not-settling]\n{_NAMES}"
    ),
    "docs/techniques/{slug}-way.md": f"family: strength\n{_NAMES}",
    "docs/{slug}-page.md": "tags: [strength]",
    "videos/{slug}-film.md": "tags: [strength]\nalt: {words} seen\nexercises: [clam]",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which a page of each kind waits, and shown pages name all of them."""
    folder = small_project(tmp_path)
    for at, (path, front) in enumerate(_HELD.items()):
        slug = CANARY
        text = page(
            f"title: {CANARY} {at}\ndescription: {CANARY} description.\ndate: {DAY}\n"
            + front.format(words=f"{CANARY}{at}", slug=slug),
            f"Body of {CANARY}. ![{CANARY} seen](/pictures/{CANARY}.txt) [x](/{CANARY}.txt)\n\n## {CANARY}",
        )
        write(
            folder / path.format(slug=slug),
            text.replace(f"![{CANARY} seen](/pictures/{CANARY}.txt) ", ""),
        )
    write(folder / f"docs/{CANARY}.txt", CANARY)
    make_film(folder / f"videos/{CANARY}-film.mp4")
    write(folder / f"videos/{CANARY}-film.en.vtt", f"WEBVTT\n\n00:00.000 --> 00:01.000\n{CANARY}\n")
    links = (
        f"See [[{CANARY}-lift|this]], [[{CANARY}-news|that]] and [more](/articles/{CANARY}-news/).\n\n"
        f"{{{{ exercise {CANARY}-lift }}}}\n\n{{{{ video {CANARY}-film }}}}"
    )
    clam = folder / "exercises/clam.md"
    text = clam.read_text("utf-8")
    text = text.replace("[strength,", f"[strength, {CANARY}2 alias,")
    text = text.replace("sources:", f"harder: {CANARY}-lift\nvideo: {CANARY}-film\nsources:")
    clam.write_text(text + links, "utf-8")
    write(folder / "docs/data/nicknames.yml", f"{CANARY}s: [{CANARY}-lift]\n")
    write(folder / "docs/data/redirects.yml", f"articles/old: articles/{CANARY}-news\n")
    return folder


def _everything(site: Site) -> str:
    pages = (f"{p.path} {p.title} {p.description} {p.text}" for p in site.pages)
    made = (f"{path} {data.decode()}" for path, data in site.made.items())
    files = (f"{path} {file}" for path, file in site.files.items())
    return "\n".join([*pages, *made, *files])


def test_before_its_day_nothing_of_a_page_is_in_the_site(project: Path) -> None:
    prepared = prepare(project, encode=False, today=DAY - dt.timedelta(days=1))
    assert prepared.site is not None, [str(p) for p in prepared.report]
    said = _everything(prepared.site).casefold()
    at = said.find(CANARY)
    assert at < 0, said[max(at - 200, 0) : at + 200]
    assert "articles/old" not in said


def test_on_its_day_all_of_them_are(project: Path) -> None:
    prepared = prepare(project, encode=False, today=DAY)
    assert prepared.site is not None, [str(p) for p in prepared.report]
    paths = {p.path for p in prepared.site.pages}
    for path in _HELD:
        assert path.format(slug=CANARY).removeprefix("docs/") in paths
    assert "articles/old/index.html" in prepared.site.made
    assert f"{CANARY}.txt" in prepared.site.files


def test_the_day_is_that_of_the_coach_not_of_the_computer(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("Europe/London", "Pacific/Auckland"), "utf-8"
    )
    noon = dt.datetime(DAY.year, DAY.month, DAY.day - 1, 12, 30, tzinfo=dt.UTC)
    library, _ = read_library(project, now=noon)
    assert library.today == DAY
    assert library.held == {}
