"""Encrypted pages on their way: made, published beside the releases, withdrawn, over; no byte of them in clear."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kinopress import sealed
from kinopress.content.forms.settings.places import KINDS
from kinopress.content.model.settings import PublishTo
from kinopress.content.read import read_library
from kinopress.project.build import build
from kinopress.project.clients import forget as forgetting
from kinopress.project.clients import share as sharing
from kinopress.project.clients.share import live_pages
from kinopress.project.clients.shared_pages import OUT_THERE, SHARED, shared_pages
from kinopress.project.folder import only_run
from kinopress.project.live.publish import Published, World, publish
from kinopress.project.live.rollback import roll_back
from kinopress.project.live.wish import Wish
from kinopress.publish.answers import Reply
from kinopress.publish.hosts.archive import Archive
from kinopress.publish.hosts.direct import Direct
from kinopress.publish.hosts.folder import Folder
from kinopress.publish.hosts.git import GitBranch
from kinopress.publish.hosts.server import LinkedFolder
from kinopress.publish.target import HostError
from support.clients import PLAN, change, locked_with, project_with_plan
from support.command import start, type_in
from support.projects import contents, write

Capture = pytest.CaptureFixture[str]
LATER = dt.timedelta(days=800)


@pytest.fixture(autouse=True, scope="module")
def _few_rounds() -> Iterator[None]:
    with locked_with(1000):
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built once, so that no test waits for the same cards to be drawn again."""
    project = project_with_plan(tmp_path_factory.mktemp("built") / "site-of-anna")
    change(
        project / "mkdocs.yml",
        "  kinopress:\n    ",
        "  kinopress:\n    publish: {web: {folder: ../web}, zip: {zip: ../site.zip}, pages: {repository: ../pages.git}}\n    ",
    )
    settings = project / "mkdocs.yml"
    settings.write_text("site_url: https://anna.invalid/\n" + settings.read_text("utf-8"), "utf-8")
    build(project)
    return project


@pytest.fixture
def project(tmp_path: Path, built: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "site-of-anna", symlinks=True))


@pytest.fixture
def unbuilt(project: Path) -> Path:
    """The same without anything of an earlier build: all of its site is made where the plans of clients are."""
    for folder in (".kinopress", "site"):
        shutil.rmtree(project / folder)
    return project


def begin(project: Path, capsys: Capture, name: str, *more: str) -> Path:
    words = ("--from", PLAN, "--consent", "today", *more)
    assert type_in(capsys, "plan", "new", name, *words, "--project", project).code == 0
    return project / "clients" / name / "plan.md"


def shared(project: Path, capsys: Capture, name: str, *more: str) -> tuple[str, str]:
    """The number of a page, and the words or key that open it."""
    made = type_in(capsys, "plan", "share", name, *more, "--project", project)
    assert made.code == 0, made
    found = re.search(r"https://anna\.invalid/p/(\w{26})/(?:#(\S+))?", made.out)
    assert found is not None, made.out
    words = re.search(r"Words: +(.+)", made.out)
    return found[1], found[2] or (words[1] if words else "")


def published(project: Path, place: str = "web", after: dt.timedelta = dt.timedelta()) -> Published:
    world = World(now=lambda: dt.datetime.now(dt.UTC) + after)
    return publish(project, Wish(place, wait_s=0), world=world)


def there(folder: Path) -> set[str]:
    """The numbers of the pages that readers can have, whole."""
    return {file.parent.name for file in folder.glob("p/*/index.html")}


def beside(folder: Path) -> set[str]:
    """What there is in the folder of all pages: nothing of a page that went, not even its folder."""
    return {path.name for path in (folder / "p").iterdir()}


def test_it_goes_out_with_a_publication_and_in_no_record(unbuilt: Path, capsys: Capture) -> None:
    project = unbuilt
    begin(project, capsys, "sk-1")
    number, words = shared(project, capsys, "sk-1")
    said = type_in(capsys, "plan", "list", "--project", project).out
    assert "an encrypted page not published from here, opened by a passphrase, until" in said
    assert words not in said
    done = published(project)
    web = project.parent / "web"
    assert there(web) == {number}
    assert (done.pages.put, done.pages.removed, done.pages.there) == (1, 0, 1)
    assert "an encrypted page in the folder ../web" in type_in(capsys, "plan", "list", "--project", project).out  # fmt: skip
    # In no file but its own, on the site or beside it, is its address; nor in the project, but for the list.
    for root in (web, project, *project.parent.glob(".web*")):
        for path, data in contents(root).items():
            if number in path or path == (SHARED / OUT_THERE).as_posix():
                continue
            assert number.encode() not in _everything(data), path
    page = (web / "p" / number / "index.html").read_text("utf-8")
    assert "<title>14 days</title>" in page
    assert 'content="noindex' in page
    assert published(project).pages.put == 0  # once is enough


def test_what_opens_it_is_kept_nowhere(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    begin(project, capsys, "sk-2")
    _, words = shared(project, capsys, "sk-1")
    number, key = shared(project, capsys, "sk-2", "--in-link")
    published(project)
    for path, data in contents(project.parent).items():
        assert words.encode() not in data, path
        assert key.encode() not in data, path
        assert sealed.as_typed(words).encode() not in data, path
    file = project.parent / "web/p" / number / "plan.bin"
    raw = sealed_key(key)
    inside = zlib.decompress(sealed.unseal(raw, number, "plan", file.read_bytes()), -15)
    assert "weak glutes" in json.loads(inside)["html"].lower()


def test_another_release_leaves_it_where_it_is_and_no_way_back_brings_what_was_withdrawn(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    begin(project, capsys, "sk-2")
    first, _ = shared(project, capsys, "sk-1")
    other, _ = shared(project, capsys, "sk-2")
    published(project)
    change(project / "docs/index.md", "---\n\n", "---\n\nAnother release.\n\n")
    published(project)
    web = project.parent / "web"
    assert there(web) == {first, other}
    second, _ = shared(project, capsys, "sk-1")  # withdraws the first
    assert "Withdrawn, but still in the folder ../web: 1 encrypted page." in type_in(capsys, "plan", "list", "--project", project).out  # fmt: skip
    done = published(project)
    assert done.plan is not None
    assert done.plan.nothing_to_do
    assert there(web) == {second, other}
    assert type_in(capsys, "plan", "unshare", "sk-2", "--project", project).code == 0
    back = roll_back(project, Wish("web", wait_s=0))
    assert back.done
    assert there(web) == {second}
    # Not even in the releases that are kept, where no reader looks.
    for kept in project.parent.rglob("*"):
        assert first not in kept.as_posix()
        assert other not in kept.as_posix()
    assert roll_back(project, Wish("web", wait_s=0)).done
    assert there(web) == {second}


def test_on_its_day_it_goes_with_a_publication_and_with_a_way_back(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    shared(project, capsys, "sk-1", "--until", str(tomorrow))
    web = project.parent / "web"
    published(project)
    change(project / "docs/index.md", "---\n\n", "---\n\nAnother release.\n\n")
    published(project)
    assert len(there(web)) == 1
    world = World(now=lambda: dt.datetime.now(dt.UTC) + LATER)
    back = roll_back(project, Wish("web", wait_s=0), world=world)
    assert (back.pages.removed, back.pages.there) == (1, 0)
    assert beside(web) == {"index.html"}
    assert published(project).pages.put == 1  # its day has not come today
    assert published(project, after=LATER).pages.removed == 1
    assert beside(web) == {"index.html"}
    assert not live_pages(project, read_library(project)[0].settings, tomorrow)


def test_a_page_goes_on_the_sooner_day_that_its_plan_says_now(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    begin(project, capsys, "sk-2")
    first, _ = shared(project, capsys, "sk-1")
    other, _ = shared(project, capsys, "sk-2")
    published(project)
    web = project.parent / "web"
    sooner = dt.date.today() + dt.timedelta(days=3)
    plan = project / "clients/sk-1/plan.md"
    # The plan of before has its own day, also once the next one is begun.
    words = plan.read_text("utf-8")
    plan.write_text(re.sub(r"delete_on: .*", f"delete_on: {sooner}", words), "utf-8")
    assert f"until {sooner}" in say(capsys, "plan", "list", project=project)
    assert type_in(capsys, "plan", "new", "sk-1", "--again", "--consent", "today", "--project", project).code == 0  # fmt: skip
    assert f"until {sooner}" in say(capsys, "plan", "list", project=project)
    assert published(project, after=dt.timedelta(days=2)).pages.removed == 0
    assert there(web) == {first, other}
    assert published(project, after=dt.timedelta(days=4)).pages.removed == 1
    assert there(web) == {other}


def test_a_page_whose_client_took_back_their_consent_goes_at_once(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    published(project)
    web = project.parent / "web"
    plan = project / "clients/sk-1/plan.md"
    whole = plan.read_text("utf-8")
    plan.write_text(re.sub(r"consent: .*", "consent: nex Tuesday", whole), "utf-8")
    assert published(project).pages.removed == 0  # a mistake takes nothing from anybody
    plan.write_text(re.sub(r"consent: .*\n", "", whole), "utf-8")
    said = say(capsys, "plan", "list", project=project)
    assert "over, since the plan no longer records consent" in said
    for words in (("plan", "list"), ("doctor",), ("status",)):
        said = say(capsys, *words, project=project)
        assert "Over, but still in the folder ../web: 1 encrypted page." in said, words
    assert there(web) == {number}
    assert published(project).pages.removed == 1
    assert beside(web) == {"index.html", "withdrawn.txt"}


@pytest.mark.parametrize("what", ["consent", "day"])
def test_what_a_client_says_now_ends_the_pages_of_their_earlier_plans_too(
    project: Path, capsys: Capture, what: str
) -> None:
    """Consent is a person's: the page of an earlier plan has nothing of its own to rest on."""
    plan = begin(project, capsys, "sk-1")
    begin(project, capsys, "sk-2")
    shared(project, capsys, "sk-1")
    other, _ = shared(project, capsys, "sk-2")
    published(project)
    again = ("--again", "--consent", "today")
    assert type_in(capsys, "plan", "new", "sk-1", *again, "--project", project).code == 0
    web = project.parent / "web"
    assert published(project).pages.removed == 0
    words = plan.read_text("utf-8")
    if what == "consent":
        plan.write_text(re.sub(r"consent: .*\n", "", words), "utf-8")
        why = "over, since the plan no longer records consent: the next kinopress publish --to web"
    else:
        today = dt.date.today()
        plan.write_text(re.sub(r"delete_on: .*", f"delete_on: {today}", words), "utf-8")
        why = "over: the next kinopress publish --to web"
    assert why in say(capsys, "plan", "list", project=project)
    assert published(project).pages.removed == 1
    assert there(web) == {other}


def test_a_plan_begun_again_without_consent_ends_the_page_of_the_one_before(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    published(project)
    said = say(capsys, "plan", "new", "sk-1", "--again", project=project)
    assert "Their encrypted page goes with the next kinopress publish" in said
    assert published(project).pages.removed == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_nothing_waits_for_what_is_no_file(project: Path, capsys: Capture) -> None:
    """Whatever has come in the place of a note, a list or a plan before: a pipe would be waited for without end."""
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    published(project)
    own = project / "clients/sk-1"
    for folder in ("earlier", "came-back"):
        (own / folder).mkdir()
    for pipe in (
        own / "earlier/until-2026-01-01-01.md",
        own / "came-back/001.txt",
        project / "pipe",
    ):
        os.mkfifo(pipe)
    note = project / SHARED / number / "page.json"
    note.unlink()
    os.mkfifo(note)
    said = start("plan", "list", cwd=project)
    assert "Withdrawn, but still in the folder ../web: 1 encrypted page." in said.out
    said = start("plan", "forget", "sk-1", "--yes", cwd=project)
    assert (said.code, own.exists()) == (0, False), said
    listed = project / SHARED / OUT_THERE
    listed.unlink()
    os.mkfifo(listed)
    said = start("plan", "list", cwd=project)
    assert (said.code, "[client-share-list]" in said.err) == (3, True), said


def test_a_note_of_which_a_byte_was_changed_is_not_there(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    note = project / SHARED / number / "page.json"
    (page,) = shared_pages(project)
    data = note.read_text("utf-8")
    year = str(page.until.year)
    note.write_text(data.replace(f"{year}-", f"{int(year) + 50}-", 1), "utf-8")
    assert not shared_pages(project)
    # Earlier versions wrote what is in it alone.
    note.write_text(json.dumps(json.loads(data)["kept"]), "utf-8")
    assert shared_pages(project) == [page]


def test_nothing_is_forgotten_while_another_run_holds_the_project(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    monkeypatch.setattr(forgetting, "only_run", partial(only_run, wait_s=0.0))
    with only_run(project, "publishing the site"):
        answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert answer.code == 5, answer
    assert plan.is_file()
    assert len(shared_pages(project)) == 1


def test_what_takes_a_page_and_what_is_said_of_a_place_agree() -> None:
    """A place that takes no page says why, and one that takes them says nothing against it."""
    hosts = {
        "folder": (Folder,),
        "zip": (Archive,),
        "server": (LinkedFolder, Direct),
        "repository": (GitBranch,),
        "bucket": (Direct,),
    }
    assert hosts.keys() == set(KINDS)
    for kind, classes in hosts.items():
        reason = sharing.keeps_all(replace(PublishTo(kind, 1), **{kind: "x"}))
        for one in classes:
            assert hasattr(one, "put_beside") == (reason == ""), (kind, one)


def test_a_look_changes_nothing_and_says_what_would_be(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    answer = type_in(capsys, "publish", "--to", "web", "--dry-run", "--project", project)
    assert "1 encrypted page would be put there; 1 in all." in answer.out
    assert not (project.parent / "web").exists()
    assert not (project / SHARED / OUT_THERE).exists()


def test_forgetting_a_client_withdraws_it_and_says_where_it_is_still(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    begin(project, capsys, "sk-2")
    published(project)
    assert type_in(capsys, "plan", "new", "sk-1", "--again", "--project", project).code == 0
    answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert answer.code == 0, answer  # that of an earlier plan as well
    assert "Will be withdrawn: an encrypted page" in answer.out
    assert "Their encrypted page is still in the folder ../web: kinopress publish --to web removes it." in answer.out  # fmt: skip
    assert "What cannot be recalled: what somebody has opened" in answer.out
    assert not shared_pages(project)
    assert "still in the folder ../web" in type_in(capsys, "plan", "list", "--project", project).out
    answer = type_in(capsys, "publish", "--to", "web", "--no-wait", "--project", project)
    assert "1 encrypted page removed; none in all." in answer.out
    assert beside(project.parent / "web") == {"index.html", "withdrawn.txt"}
    assert "still in" not in type_in(capsys, "plan", "list", "--project", project).out


@pytest.mark.parametrize("place", ["zip", "pages"])
def test_a_place_that_keeps_everything_is_given_none_and_it_is_said(
    project: Path, capsys: Capture, place: str
) -> None:
    subprocess.run(["git", "init", "-q", "--bare", project.parent / "pages.git"], check=True)
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    answer = type_in(capsys, "publish", "--to", place, "--no-wait", "--project", project)
    assert "[client-share-place]" in answer.out + answer.err, answer
    assert "encrypted page put there" not in answer.out
    tree = (
        zipfile.ZipFile(project.parent / "site.zip").namelist()
        if place == "zip"
        else subprocess.run(
            ["git", "ls-tree", "-r", "--name-only", "gh-pages"],
            cwd=project.parent / "pages.git",
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
    )
    assert tree
    assert not [path for path in tree if path.startswith("p/")]
    assert number not in str(tree)


def test_with_no_place_that_takes_it_that_is_said_when_it_is_made(
    project: Path, capsys: Capture
) -> None:
    change(project / "mkdocs.yml", "web: {folder: ../web}, ", "")
    begin(project, capsys, "sk-1")
    made = type_in(capsys, "plan", "share", "sk-1", "--project", project)
    assert made.code == 0
    assert "[client-share-place]" in made.out + made.err


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--until", "2020-01-01"), "client-share-until", "not after today"),
        (("--until", "2099-01-01"), "client-share-until", "the plan itself is deleted on"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    project: Path, capsys: Capture, options: tuple[str, ...], code: str, words: str
) -> None:
    begin(project, capsys, "sk-1")
    before = contents(project)
    made = type_in(capsys, "plan", "share", "sk-1", *options, "--project", project)
    assert made.code == 2
    assert f"[{code}]" in made.err
    assert words in made.err
    assert contents(project) == before


def test_without_consent_or_without_the_library_nothing_is_made(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(capsys, "plan", "new", "sk-1", "--from", PLAN, "--project", project)
    made = type_in(capsys, "plan", "share", "sk-1", "--project", project)
    assert made.code == 1
    assert "[client-consent]" in made.err
    begin(project, capsys, "sk-2")

    def missing(*_: object) -> None:
        raise sealed.NotInstalled

    monkeypatch.setattr(sharing.sealed, "seal", missing)
    made = type_in(capsys, "plan", "share", "sk-2", "--project", project)
    assert made.code == 3
    assert "[client-share-needs]" in made.err
    assert not shared_pages(project)


def test_none_to_withdraw_and_a_damaged_list_are_said(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    answer = type_in(capsys, "plan", "unshare", "sk-1", "--project", project)
    assert answer.code == 2
    assert "[client-share-none]" in answer.err
    for damaged in ("{", "[1]", '{"a": {"where": "x", "pages": {"b": 1}}}'):
        write(project / SHARED / OUT_THERE, damaged)
        for words in (("plan", "list"), ("publish", "--to", "web", "--no-wait")):
            answer = type_in(capsys, *words, "--project", project)
            assert answer.code == 3, (words, answer)
            assert "[client-share-list]" in answer.err


def test_the_list_deletes_nothing_but_the_files_of_pages(project: Path, capsys: Capture) -> None:
    """Whatever somebody wrote into it."""
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    published(project)
    web = project.parent / "web"
    own = web / "p" / number / "note.txt"
    own.write_text("somebody else's", "utf-8")
    file = project / SHARED / OUT_THERE
    said = json.loads(file.read_text("utf-8"))
    (place,) = said.values()
    place["pages"][number]["paths"] += ["index.html", "../index.html", f"p/{number}/note.txt", f"p/{number}/../../a-z/index.html"]  # fmt: skip
    file.write_text(json.dumps(said), "utf-8")
    type_in(capsys, "plan", "unshare", "sk-1", "--project", project)
    assert published(project).pages.removed == 1
    assert own.read_text("utf-8") == "somebody else's"
    assert (web / "index.html").is_file()
    assert (web / "a-z/index.html").is_file()
    assert [path.name for path in own.parent.iterdir()] == ["note.txt"]


def test_a_run_that_breaks_off_is_finished_by_the_next_and_leaves_nothing_unknown(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    whole = Folder.put_beside

    def broken(self: Folder, folder: Path, paths: tuple[str, ...]) -> None:
        whole(self, folder, paths[:2])
        if len(paths) > 2:
            raise OSError(28, "no space", "x")

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "put_beside", broken)
        assert type_in(capsys, "publish", "--to", "web", "--no-wait", "--project", project).code == 4  # fmt: skip
    web = project.parent / "web"
    assert not there(web)  # the page itself comes last
    assert len(list((web / "p" / number).iterdir())) == 2
    assert published(project).pages.put == 1
    assert there(web) == {number}
    with monkeypatch.context() as patch:
        begin(project, capsys, "sk-2")
        shared(project, capsys, "sk-2")
        patch.setattr(Folder, "put_beside", broken)
        assert type_in(capsys, "publish", "--to", "web", "--no-wait", "--project", project).code == 4  # fmt: skip
    type_in(capsys, "plan", "unshare", "sk-2", "--project", project)
    assert published(project).pages.removed == 1
    assert beside(web) == {number, "index.html", "withdrawn.txt"}


def test_what_a_run_that_was_killed_left_is_no_page_and_goes_with_the_next(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    folder = project / SHARED / number
    (folder / "page.json").unlink()
    (folder / "files/p" / number / ".plan.bin.12ab.new").write_bytes(b"half")
    assert not shared_pages(project)
    assert published(project).pages.put == 0
    other, _ = shared(project, capsys, "sk-1")
    assert not folder.exists()
    assert [page.number for page in shared_pages(project)] == [other]


def say(capsys: Capture, *words: object, project: Path) -> str:
    """All that is said to a command."""
    answer = type_in(capsys, *words, "--project", project)
    return answer.out + answer.err


@pytest.mark.parametrize("way", ["deleted", "moved", "plan only"])
def test_a_page_whose_client_is_gone_is_named_not_put_there_and_can_be_withdrawn(
    project: Path, capsys: Capture, way: str
) -> None:
    begin(project, capsys, "sk-1")
    begin(project, capsys, "sk-2")
    first, _ = shared(project, capsys, "sk-1")
    published(project)
    other, _ = shared(project, capsys, "sk-2")
    for name in ("sk-1", "sk-2"):
        if way == "deleted":
            shutil.rmtree(project / "clients" / name)
        elif way == "moved":
            (project / "clients" / name).rename(project.parent / name)
        else:
            (project / "clients" / name / "plan.md").unlink()
    for words in (("plan", "list"), ("doctor",), ("status",)):
        said = say(capsys, *words, project=project)
        assert f"p/{first}/, in the folder ../web, until" in said, words
        assert f"p/{other}/, not published, until" in said, words
    done = published(project)
    assert done.pages.put == 0
    assert any("nothing is kept of their client" in one.message for one in done.report.warnings)
    assert there(project.parent / "web") == {
        first
    }  # which may be wanted still: only the coach knows
    said = say(capsys, "plan", "unshare", "--orphans", project=project)
    assert "Withdrawn here: 2 pages." in said
    assert "Pages that were shared on another computer" in said
    assert published(project).pages.removed == 1
    assert not there(project.parent / "web")
    assert not shared_pages(project)
    answer = type_in(capsys, "plan", "unshare", "--orphans", "--project", project)
    assert (answer.code, "[client-share-none]" in answer.err) == (2, True)


def test_one_file_and_no_film_are_said_as_people_say_them(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    said = say(capsys, "plan", "share", "sk-1", "--films", project=project)
    assert "With no films: there are none of its exercises.\n" in said
    assert "0 films" not in said
    said = say(capsys, "plan", "forget", "sk-1", "--yes", project=project)
    assert "Deleted: 1 file, and the folder sk-1." in said


def test_unshare_asks_for_a_client_or_for_orphans(project: Path, capsys: Capture) -> None:
    for words in ((), ("sk-1", "--orphans")):
        assert type_in(capsys, "plan", "unshare", *words, "--project", project).code == 2


def test_another_copy_of_the_project_does_not_bring_back_what_was_withdrawn(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    begin(project, capsys, "sk-2")
    first, _ = shared(project, capsys, "sk-1")
    stays, _ = shared(project, capsys, "sk-2")
    copy, waiting = project.parent / "copy", project.parent / "waiting"
    shutil.copytree(project, waiting)  # before it was published
    published(project)
    shutil.copytree(project, copy)  # and after
    type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert published(project).pages.removed == 1
    web = project.parent / "web"
    told = (web / "p/withdrawn.txt").read_text("ascii")
    assert first not in told
    assert stays not in told
    for other in (copy, waiting):
        done = published(other)
        assert there(web) == {stays}, other
        assert any(one.code == "client-share-withdrawn" for one in done.report.warnings)
        assert first not in (other / SHARED / OUT_THERE).read_text("ascii")
    # Once its day has come every copy knows, and the place need not be told any more.
    done = published(project, after=LATER)
    assert first not in (web / "p/withdrawn.txt").read_text("ascii")
    assert (web / "p/withdrawn.txt").read_bytes() == b""


def test_a_damaged_note_of_what_was_withdrawn_is_named_until_it_is_gone(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    published(project)
    type_in(capsys, "plan", "unshare", "sk-1", "--project", project)
    note = project / SHARED / "withdrawn.json"
    assert "damaged" not in say(capsys, "plan", "list", project=project)
    note.write_text(note.read_text("utf-8")[:-20], "utf-8")
    said = say(capsys, "plan", "list", project=project)
    assert ".kinopress/shared/withdrawn.json, is damaged" in said
    assert published(project).pages.removed == 1  # what this computer put there goes all the same
    begin(project, capsys, "sk-2")
    shared(project, capsys, "sk-2")
    type_in(capsys, "plan", "unshare", "sk-2", "--project", project)
    said = say(capsys, "plan", "list", project=project)
    assert ".kinopress/shared/withdrawn.damaged.json, is damaged" in said  # another did not hide it
    (project / SHARED / "withdrawn.damaged.json").unlink()
    assert "damaged" not in say(capsys, "plan", "list", project=project)


@pytest.mark.parametrize("why", ["consent", "day"])
def test_another_copy_does_not_bring_back_what_its_plan_has_ended(
    project: Path, capsys: Capture, why: str
) -> None:
    plan = begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    copy = project.parent / "copy"
    shutil.copytree(project, copy)
    published(project)
    whole = plan.read_text("utf-8")
    if why == "consent":
        plan.write_text(re.sub(r"consent: .*\n", "", whole), "utf-8")
    else:
        plan.write_text(re.sub(r"delete_on: .*", f"delete_on: {dt.date.today()}", whole), "utf-8")
    assert published(project).pages.removed == 1
    assert published(copy).pages.put == 0
    web = project.parent / "web"
    assert not there(web)
    # A mistake that is undone brings no page back, and that is said; what is encrypted again comes.
    plan.write_text(whole, "utf-8")
    done = published(project)
    assert done.pages.put == 0
    assert any(one.code == "client-share-withdrawn" for one in done.report.warnings)
    said = say(capsys, "plan", "list", project=project)
    assert "withdrawn: encrypt the plan again where the client wants a page" in said
    number, _ = shared(project, capsys, "sk-1")
    assert published(project).pages.put == 1
    assert there(web) == {number}


@pytest.mark.parametrize("errors", [False, True])
@pytest.mark.parametrize("why", ["unshare", "forget", "consent", "again"])
def test_what_another_copy_has_put_there_goes_when_it_is_withdrawn_here(
    project: Path, capsys: Capture, why: str, errors: bool
) -> None:
    plan = begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    copy = project.parent / "copy"
    shutil.copytree(project, copy)
    assert published(copy).pages.put == 1
    web = project.parent / "web"
    assert there(web) == {number}
    if why == "consent":
        plan.write_text(re.sub(r"consent: .*\n", "", plan.read_text("utf-8")), "utf-8")
    elif why == "again":
        shared(project, capsys, "sk-1")
    else:
        more = ("--yes",) if why == "forget" else ()
        assert type_in(capsys, "plan", why, "sk-1", *more, "--project", project).code == 0
    if errors:
        change(project / "docs/index.md", "---\n\n", "---\n\n[nowhere](nowhere.md)\n\n")
    assert published(project).pages.removed == 1
    assert number not in there(web)
    assert published(copy).pages.put == 0
    assert number not in there(web)
    assert published(project).pages.removed == 0


def test_a_page_that_was_never_published_comes_from_no_copy_once_it_was_withdrawn(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    copy = project.parent / "copy"
    shutil.copytree(project, copy)
    type_in(capsys, "plan", "unshare", "sk-1", "--project", project)
    assert published(project).pages.removed == 0
    assert published(copy).pages.put == 0
    assert not there(project.parent / "web")


def test_a_page_that_is_over_goes_though_another_copy_has_put_it_there(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    shared(project, capsys, "sk-1", "--until", str(tomorrow))
    copy = project.parent / "copy"
    shutil.copytree(project, copy)
    published(copy)
    assert published(project, after=dt.timedelta(days=2)).pages.removed == 1
    assert not there(project.parent / "web")


def test_what_anybody_can_read_of_withdrawn_pages_has_no_day_of_a_plan(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    (page,) = shared_pages(project)
    published(project)
    type_in(capsys, "plan", "unshare", "sk-1", "--project", project)
    published(project)
    told = (project.parent / "web/p/withdrawn.txt").read_text("ascii")
    assert told.split()[1:] == [f"{page.until.year + 1}-01-01"]


def test_each_of_several_places_is_named_with_what_removes_a_page_from_it(
    project: Path, capsys: Capture
) -> None:
    change(project / "mkdocs.yml", "zip: {zip", "backup: {folder: ../backup}, zip: {zip")
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    for place in ("web", "backup"):
        assert published(project, place).pages.put == 1
    said = say(capsys, "plan", "unshare", "sk-1", project=project)
    for place in ("web", "backup"):
        assert f"still in the folder ../{place}: kinopress publish --to {place} removes it." in said
    said = say(capsys, "publish", "--to", "web", "--no-wait", project=project)
    left = "Withdrawn, but still in the folder ../backup: 1 encrypted page. kinopress publish --to backup removes it."
    assert left in said
    assert "still in the folder ../web" not in said
    assert left in say(capsys, "plan", "list", project=project)
    assert published(project, "backup").pages.removed == 1
    assert "still in" not in say(capsys, "publish", "--to", "web", "--no-wait", project=project)


@pytest.mark.parametrize("how", ["over", "withdrawn"])
def test_what_is_to_go_goes_though_the_site_has_problems(
    project: Path, capsys: Capture, how: str
) -> None:
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    published(project)
    if how == "withdrawn":
        type_in(capsys, "plan", "unshare", "sk-1", "--project", project)
    change(project / "docs/index.md", "---\n\n", "---\n\n[nowhere](nowhere.md)\n\n")
    done = published(project, after=LATER if how == "over" else dt.timedelta())
    assert done.report.errors
    assert done.plan is None
    assert (done.pages.removed, done.pages.there) == (1, 0)
    assert not there(project.parent / "web")


def test_what_is_to_go_goes_though_the_host_refuses_the_release(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    shared(project, capsys, "sk-1")
    published(project)
    web = project.parent / "web"
    type_in(capsys, "plan", "unshare", "sk-1", "--project", project)
    write(project / "docs/more.md", "---\ntitle: More\ndescription: More of it.\n---\n\nMore.\n")
    write(web / "more/index.html", "somebody else's")
    answer = type_in(capsys, "publish", "--to", "web", "--due", "--no-wait", "--project", project)
    assert answer.code == 4, answer
    assert "[publish-in-the-way]" in answer.err
    assert "removed from there before this was found: 1 encrypted page" in answer.err
    assert not there(web)
    assert "Withdrawn, but still" not in say(capsys, "plan", "list", project=project)


def test_what_could_not_be_removed_is_said(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    published(project)
    type_in(capsys, "plan", "unshare", "sk-1", "--project", project)

    def away(*_: object) -> None:
        raise HostError("the drive is not there", "connect it")

    monkeypatch.setattr(Folder, "remove_beside", away)
    answer = type_in(capsys, "publish", "--to", "web", "--no-wait", "--project", project)
    assert answer.code == 4, answer
    assert "still there, though withdrawn or over: 1 encrypted page" in answer.err
    assert f"p/{number}/" in answer.err


def test_what_a_killed_publication_left_of_a_page_goes_with_it(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    published(project)
    web = project.parent / "web"
    write(web / "p" / number / ".plan.bin.12ab.new", "half")
    write(web / "p" / number / ".index.html.12ab.new", "half")
    type_in(capsys, "plan", "unshare", "sk-1", "--project", project)
    assert published(project).pages.removed == 1
    assert beside(web) == {"index.html", "withdrawn.txt"}


def test_pages_that_nobody_here_knows_are_named_and_stay(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    published(project)
    (project / SHARED).rename(project.parent / "lost")
    said = say(capsys, "publish", "--to", "web", "--no-wait", project=project)
    assert f"in p/{number}/ are encrypted pages that this computer does not know" in said
    assert there(project.parent / "web") == {number}


def test_a_page_at_a_place_that_the_settings_do_not_name_any_more_is_named(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")
    published(project)
    change(project / "mkdocs.yml", "web: {folder: ../web}", "web: {folder: ../new}")
    published(project)
    words = f"Still in the folder ../web, which your settings do not name any more: p/{number}/."
    for asked in (("plan", "list"), ("doctor",), ("publish", "--to", "web", "--no-wait")):
        assert words in say(capsys, *asked, project=project), asked


def test_a_site_that_lists_its_folders_is_named(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    number, _ = shared(project, capsys, "sk-1")

    def ask(method: str, address: str, headers: Mapping[str, str]) -> Reply:
        del method, headers
        return Reply(200, {}, f"<a href={number}/>".encode() if address.endswith("/p/") else b"")

    done = publish(project, Wish("web", wait_s=0), world=World(ask=ask))
    assert any("lists the encrypted pages" in one.message for one in done.report.warnings)
    assert (
        (project.parent / "web/p/index.html").read_text("utf-8").endswith("<body></body></html>\n")
    )
    done = publish(project, Wish("web", wait_s=0), world=World(ask=lambda *_: Reply(200)))
    assert not any("lists the encrypted pages" in one.message for one in done.report.warnings)


@pytest.mark.parametrize("address", ["", "http://anna.invalid/"])
def test_an_address_that_opens_no_page_is_said_when_it_is_made(
    project: Path, capsys: Capture, address: str
) -> None:
    line = "site_url: https://anna.invalid/\n"
    change(project / "mkdocs.yml", line, f"site_url: {address}\n" if address else "")
    begin(project, capsys, "sk-1")
    assert "[client-share-address]" in say(capsys, "plan", "share", "sk-1", project=project)


CANARIES = (b"Zephyrine", b"Quillfeather", b"knockhundred", b"wobblethorpe", b"Grumbleby")
"""A folder's name, a shown name, own words, the coach's words, and the title of a draft that the plan names."""


def _everything(data: bytes, depth: int = 3) -> bytes:
    found = [data]
    if depth and data[:2] == b"\x1f\x8b":
        found.append(_everything(gzip.decompress(data), depth - 1))
    if depth and data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found += [_everything(packed.read(name), depth - 1) for name in packed.namelist()]
    return b"\n".join(found)


def _with_canaries(folder: Path) -> set[str]:
    found = set()
    for path, _, names in os.walk(folder):
        for name in names:
            file = Path(path, name)
            data = file.read_bytes()
            if ".git/objects" in file.as_posix() and not file.suffix:
                data = zlib.decompress(data)
            at = file.relative_to(folder).as_posix()
            said = (at.encode() + b"\n" + _everything(data)).lower()
            if any(canary.lower() in said for canary in CANARIES):
                found.add(at)
    return found


def test_no_byte_of_what_is_encrypted_is_anywhere_in_clear_and_all_of_it_is_inside(
    unbuilt: Path, capsys: Capture, tmp_path: Path
) -> None:
    """Three plans on pages, one withdrawn, one over, a draft among their exercises: site, lists, records, git."""
    project = unbuilt
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    draft = (project / "exercises/clam.md").read_text("utf-8")
    draft = draft.replace("title: Clam", "title: Grumbleby lift\ndraft: true")
    write(project / "exercises/quiet-lift.md", draft)
    opened = {}
    for number in (1, 2, 3):
        more = ("--shown-name", "Quillfeather", "--own-words", "It goes knockhundred at night.")
        file = begin(project, capsys, f"zephyrine-{number}", *more)
        file.write_text(file.read_text("utf-8") + "\nMind the wobblethorpe.\n", "utf-8")
        change(file, "{exercise: clam, sets: 1}", "{exercise: quiet-lift, sets: 1}")
        until = str(dt.date.today() + dt.timedelta(days=number))
        made = type_in(capsys, "plan", "share", f"zephyrine-{number}", "--in-link", "--until", until, "--project", project)  # fmt: skip
        assert made.code == 0, made
        found = re.search(r"/p/(\w{26})/#(\S+)", made.out)
        assert found is not None
        opened[found[1]] = found[2]
    for words in (("publish", "--to", "web", "--no-wait"), ("publish", "--to", "zip", "--no-wait"), ("doctor",), ("status", "--to", "web"), ("check",), ("stage", tmp_path / "plain")):  # fmt: skip
        answer = type_in(capsys, *words, "--project", project)
        if words[0] not in ("doctor", "check"):
            said = (answer.out + answer.err).lower()
            assert not any(canary.decode().lower() in said for canary in CANARIES), words
    web = tmp_path / "web"
    assert there(web) == set(opened)
    for number, key in opened.items():
        raw = sealed_key(key)
        text = zlib.decompress(sealed.unseal(raw, number, "plan", (web / "p" / number / "plan.bin").read_bytes()), -15)  # fmt: skip
        for canary in CANARIES[1:]:
            assert canary in text  # all of it is where it belongs; the folder's name is in none
        assert CANARIES[0].lower() not in text.lower()
    type_in(capsys, "plan", "unshare", "zephyrine-1", "--project", project)
    assert published(project, after=dt.timedelta(days=2)).pages.there == 1
    subprocess.run([*git, "init", "-q"], cwd=project, check=True)
    subprocess.run([*git, "add", "-A"], cwd=project, check=True)
    subprocess.run([*git, "commit", "-qm", "all"], cwd=project, check=True)
    listed = subprocess.run([*git, "ls-files"], cwd=project, check=True, capture_output=True).stdout
    assert b"shared" not in listed
    assert b"clients" not in listed
    found_in = _with_canaries(tmp_path)
    assert found_in
    draft_file = "site-of-anna/exercises/quiet-lift.md"
    kept = {path for path in found_in if path.startswith(("site-of-anna/.kinopress/cache/", "site-of-anna/.git/"))}  # fmt: skip
    assert {path.split("/")[1] for path in found_in - kept - {draft_file}} == {"clients"}
    # What git and the memory of the check have is the draft, which is in the project's own pages.
    for path in kept:
        data = (tmp_path / path).read_bytes()
        data = zlib.decompress(data) if "/objects/" in path else _everything(data)
        assert not any(canary.lower() in data.lower() for canary in CANARIES[:-1]), path


def sealed_key(letters: str) -> bytes:
    """The key in a link."""
    return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))


def test_the_library_of_readers_knows_no_page(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    before, _ = read_library(project)
    shared(project, capsys, "sk-1")
    after, _ = read_library(project)
    assert before.pages.keys() == after.pages.keys()
