"""``kinopress publish``, ``rollback`` and ``status``, from a project to a web server on this computer."""

from __future__ import annotations

import errno
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kinopress.problems import ExitCode, Refusal
from kinopress.project.live.publish import Published, World, publish
from kinopress.project.live.rollback import roll_back
from kinopress.project.live.status import status
from kinopress.project.live.wish import Wish
from publish.web import Host, serving
from support.command import type_in
from support.projects import SETTINGS, page, small_project, write

Capture = pytest.CaptureFixture[str]

BEGINNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = small_project(tmp_path / "project")
    publish_to(made, "web: {folder: ../web}")
    return made


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with serving(tmp_path / "web") as found:
        yield found


def publish_to(project: Path, *places: str, more: str = "") -> None:
    lines = "".join(f"      {place}\n" for place in places)
    write(project / "mkdocs.yml", f"{more}{SETTINGS}    publish:\n{lines}")


def world(host: Host, days: int = 0) -> World:
    return World({}, lambda: BEGINNING + timedelta(days=days), address=host.address)


def write_home(project: Path, words: str) -> None:
    write(project / "docs/index.md", page(f"title: A small site\ndescription: {words}."))


def by_world(there: World) -> Callable[..., Published]:
    """A rollback in a world of the test's own."""
    return lambda project, wish, release, listener: roll_back(
        project, wish, release, listener, there
    )


def test_a_site_goes_live_changes_and_is_put_back(
    project: Path, host: Host, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(project, Wish(), world=world(host))
    assert first.live
    assert "exercises/clam/index.html" in first.new_pages
    assert first.report.warnings == []
    again = publish(project, Wish(), world=world(host, 1))
    assert again.plan is not None
    assert again.plan.nothing_to_do
    assert (again.live, again.since) == (True, BEGINNING)

    write_home(project, "Other words")
    look = publish(project, Wish(dry_run=True), world=world(host, 1))
    assert (look.done, look.live) == (False, None)
    assert b"Other words" not in (host.folder / "index.html").read_bytes()
    second = publish(project, Wish(), world=world(host, 1))
    assert second.live
    assert "index.html" in second.changed_pages
    assert second.plan is not None
    assert second.plan.sends_bytes < 0.5 * (first.plan.sends_bytes if first.plan else 0)
    assert b"Other words" in (host.folder / "index.html").read_bytes()

    back = roll_back(project, Wish(), world=world(host, 1))
    assert (back.id, back.live) == (first.id, True)
    assert back.plan is not None
    assert back.plan.sends_bytes == 0
    assert b"Other words" not in (host.folder / "index.html").read_bytes()
    with pytest.raises(Refusal) as unknown:
        roll_back(project, Wish(), "ffff", world=world(host, 1))
    assert unknown.value.problems[0].code == "rollback-unknown"

    found = status(project, world=world(host, 1)).places[0]
    assert found.live is not None
    assert (found.live.id, found.shown) == (first.id, True)
    assert found.plan is not None
    assert not found.plan.nothing_to_do  # the site that was built last has the other words

    by_itself = type_in(capsys, "publish", "--due", "--project", project)
    assert by_itself.code == ExitCode.OK
    assert "a rollback took this very release back from the folder ../web" in by_itself.out
    assert b"Other words" not in (host.folder / "index.html").read_bytes()

    said = type_in(capsys, "status", "--project", project)
    assert said.code == ExitCode.OK
    assert f"web (the folder ../web): release {first.id[:8]} of 23 November 2026" in said.out
    assert "The site that was built last differs." in said.out
    listed = type_in(capsys, "rollback", "--list", "--project", project).out.splitlines()
    assert [line.split()[0] for line in listed] == [first.id[:8], second.id[:8]]
    assert listed[0].endswith("live")
    put_back = type_in(capsys, "rollback", second.id[:8], "--project", project)
    assert put_back.code == ExitCode.OK
    assert f"Put back: release {second.id[:8]} to the folder ../web." in put_back.out
    assert f"Readers now have release {second.id[:8]}, published on" in put_back.out
    assert f"Another kinopress rollback would give them {first.id[:8]} of" in put_back.out
    listed = type_in(capsys, "rollback", "--list", "--project", project).out.splitlines()
    assert [" put back on " in line for line in listed] == [True, True]
    said = ["published on 23 November 2026 ", "published on 22 November 2026 "]
    assert [begin in line for begin, line in zip(said, listed, strict=True)] == [True, True]
    # Only the site's answer is missing: an address of its own would make it another site.
    monkeypatch.setattr("kinopress.project.live.publish.wait_until_live", lambda *_, **__: "mute")
    with monkeypatch.context() as named:
        named.setattr("kinopress.cli.live.rollback.roll_back", by_world(world(host, 2)))
        silent = type_in(capsys, "rollback", "--no-wait", "--project", project)
    assert silent.code == ExitCode.PUBLISH
    assert "readers may not have the release yet" in silent.out + silent.err
    assert "Readers now have" not in silent.out
    assert f"The folder ../web now has release {first.id[:8]}, published on 22 Nov" in silent.out
    type_in(capsys, "rollback", "--project", project)
    nothing = type_in(capsys, "publish", "--due", "--project", project)
    assert "Nothing to do: the folder ../web has had this very release since" in nothing.out
    assert "site_url is not set" in nothing.out


def test_a_site_that_is_live_is_not_undone_by_a_full_disk_here(
    project: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(project / ".kinopress"))

    with monkeypatch.context() as broken:
        broken.setattr("kinopress.project.live.publish.remember", full)
        done = publish(project, Wish(), world=world(host))
    assert (done.done, done.live, done.report.errors) == (True, True, [])
    assert any("could not keep a note of it" in p.message for p in done.report.warnings)


def test_a_look_at_what_is_live_leaves_nothing_there_and_waits_for_nobody(
    project: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(project, Wish(), world=world(host))

    def locks(*_: object) -> None:
        raise AssertionError("a status takes no lock")

    monkeypatch.setattr("kinopress.publish.hosts.folder.Folder.lock", locks)
    found = status(project, world=world(host)).places[0]
    assert found.live is not None
    assert list(found.problems) == []
    publish_to(project, "web: {folder: ../unplugged/web}")
    lost = status(project, world=world(host)).places[0]
    assert [p.code for p in lost.problems] == ["publish-host"]


def test_a_release_whose_files_go_while_it_is_put_back_is_not_made_live(
    project: Path, host: Host
) -> None:
    publish(project, Wish(), world=world(host))
    write_home(project, "Other words")
    publish(project, Wish(), world=world(host, 1))

    asked: list[str] = []

    def goes() -> datetime:
        asked.append(
            "what day it is"
        )  # first for encrypted pages that are over, then when it was planned
        if len(asked) > 1:
            shutil.rmtree(project.parent / ".web.releases", ignore_errors=True)
        return BEGINNING + timedelta(days=2)

    with pytest.raises(Refusal) as refused:
        roll_back(project, Wish(), world=World({}, goes, address=host.address))
    assert "have gone from there" in refused.value.problems[0].message
    assert b"Other words" in (host.folder / "index.html").read_bytes()


def test_live_is_said_only_of_what_readers_get(project: Path, host: Host) -> None:
    host.old_record = b'{"release": "0123456789abcdef"}'
    done = publish(project, Wish(wait_s=0), world=world(host))
    assert (done.done, done.live) == (True, False)
    assert [p.code for p in done.report.warnings] == ["publish-not-live"]
    assert "another release" in done.report.warnings[0].message
    host.old_record = None
    assert publish(project, Wish(wait_s=0), world=world(host)).live


def test_a_computer_that_publishes_by_itself_is_asked_nothing_and_names_what_went_live(
    project: Path, capsys: Capture
) -> None:
    first = type_in(capsys, "publish", "--due", "--project", project)
    assert first.code == ExitCode.OK, first.err + first.out
    assert "New pages" in first.out
    assert "exercises/clam/" in first.out
    again = type_in(capsys, "publish", "--due", "--project", project)
    assert again.code == ExitCode.OK
    assert "Nothing to do" in again.out


def test_what_goes_live_when_is_said_by_day_in_order(project: Path, capsys: Capture) -> None:
    fields = "description: A text.\ntags: [stretch]\nsources: [practice]"
    for name, day in (("b", "2099-01-05"), ("a", "2098-12-31"), ("c", "2099-01-05\ndraft: true")):
        write(
            project / f"docs/articles/{name}.md", page(f"title: Text {name}\ndate: {day}\n{fields}")
        )
    agenda = (
        "Goes live with the first publishing on its day or later:\n"
        "  Wednesday 31 December 2098: Text a (docs/articles/a.md)\n"
        "  Monday 5 January 2099: Text b (docs/articles/b.md)\n"
    )
    assert agenda in type_in(capsys, "publish", "--dry-run", "--project", project).out
    assert agenda in type_in(capsys, "status", "--project", project).out


def test_status_names_what_is_due_or_saved_and_not_built(
    project: Path, host: Host, capsys: Capture
) -> None:
    fields = "description: A text.\ntags: [stretch]\nsources: [practice]"
    hills = project / "docs/articles/hills.md"
    write(hills, page(f"title: Hills\ndate: 2099-01-05\n{fields}"))
    assert publish(project, Wish(), world=world(host)).done
    said = type_in(capsys, "status", "--project", project).out
    assert "due now" not in said
    assert "saved since" not in said
    write(hills, page(f"title: Hills\ndate: {date.today() - timedelta(days=1)}\n{fields}"))
    write_home(project, "Other words")
    said = type_in(capsys, "status", "--project", project).out
    assert "  due now: Hills (docs/articles/hills.md)\n  saved since: docs/index.md\n" in said
    assert "saved since: exercises" not in said


def test_a_second_computer_adopts_what_is_there_and_a_lost_record_is_no_loss(
    project: Path, host: Host, tmp_path: Path
) -> None:
    first = publish(project, Wish(), world=world(host))
    other = small_project(tmp_path / "other")
    publish_to(other, "web: {folder: ../web}")
    assert publish(other, Wish(), world=world(host)).id == first.id
    (host.folder / "release.json").unlink()
    (host.folder / "exercises/clam/index.html").unlink()
    write_home(project, "Other words")
    done = publish(project, Wish(), world=world(host, 1))
    assert done.live
    assert (host.folder / "exercises/clam/index.html").is_file()


def test_what_stands_in_the_way_is_said_before_anything_is_done(
    project: Path, host: Host, tmp_path: Path, capsys: Capture
) -> None:
    write(host.folder / "index.html", "somebody's own page")
    refused = type_in(capsys, "publish", "--project", project)
    assert refused.code == ExitCode.PUBLISH
    assert "the folder ../web: index.html: Kinopress did not put this there" in refused.err
    assert {path.name for path in host.folder.iterdir()} == {"index.html"}

    publish_to(project, "web: {folder: ../web}", "second: {folder: ../second}")
    unclear = type_in(capsys, "publish", "--project", project)
    assert unclear.code == ExitCode.USAGE
    assert "say which: --to web or --to second" in unclear.err
    wrong = type_in(capsys, "publish", "--to", "secnd", "--project", project)
    assert "did you mean second?" in wrong.err
    assert type_in(capsys, "publish", "--to", "second", "--project", project).code == ExitCode.OK

    publish_to(project, "second: {folder: ../second}", more="site_url: https://sam.example/\n")
    other = type_in(capsys, "publish", "--no-wait", "--project", project)
    assert other.code == ExitCode.PUBLISH
    assert "another site is published there: A small site" in other.err

    (tmp_path / "second/release.json").write_text('{"format": 99}')
    newer = type_in(capsys, "publish", "--project", project)
    assert newer.code == ExitCode.PUBLISH
    assert "a later version of Kinopress published there" in newer.err

    publish_to(project)
    none = type_in(capsys, "publish", "--project", project)
    assert none.code == ExitCode.USAGE


def test_a_page_changed_by_hand_there_is_named_before_anything_is_sent(
    project: Path, host: Host, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert type_in(capsys, "publish", "--no-wait", "--project", project).code == ExitCode.OK
    write(host.folder / "index.html", "changed by hand")
    write_home(project, "New words")
    monkeypatch.setattr("kinopress.publish.hosts.folder.Folder.send", None)
    said = "the folder ../web: index.html: this file has been changed there"
    refused = type_in(capsys, "publish", "--project", project)
    assert refused.code == ExitCode.PUBLISH
    assert said in refused.err
    assert "[publish-in-the-way]" in refused.err
    looked = type_in(capsys, "status", "--project", project)
    assert looked.code == ExitCode.PUBLISH
    assert said in looked.out + looked.err


@pytest.mark.parametrize("place", ["web: {folder: ../web}", "hand: {zip: ../hand.zip}"])
def test_a_full_disk_names_the_place_and_not_what_was_only_read(
    project: Path, host: Host, capsys: Capture, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    publish_to(project, place)
    write_home(project, "Words")
    kind = "Folder" if "folder" in place else "Archive"
    module = "folder" if "folder" in place else "archive"

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(f"kinopress.publish.hosts.{module}.{kind}.switch", full)
    refused = type_in(capsys, "publish", "--project", project)
    assert refused.code == ExitCode.PUBLISH
    where = "the folder ../web" if "folder" in place else "the zip file ../hand.zip"
    assert f"{where}: there is no room left on the disk that it is on" in refused.err
    assert "site/" not in refused.err


def test_a_zip_has_nothing_to_put_back_and_the_root_of_a_disk_is_called_so(
    project: Path, capsys: Capture
) -> None:
    publish_to(project, "hand: {zip: ../hand.zip}")
    refused = type_in(capsys, "rollback", "--project", project)
    assert refused.code == ExitCode.USAGE
    assert "the zip file ../hand.zip: nothing can be put back there" in refused.err
    publish_to(project, "web: {folder: /}")
    root = type_in(capsys, "check", "--project", project)
    assert "root of the disk" in root.out + root.err
    assert "fills this folder itself" not in root.out + root.err


def test_a_page_changed_after_the_build_and_a_mistake_in_the_words_publish_nothing(
    project: Path, host: Host, capsys: Capture
) -> None:
    publish(project, Wish(), world=world(host))
    (project / "site/exercises/clam/index.html").write_text("changed")
    changed = type_in(capsys, "publish", "--project", project)
    assert changed.code == ExitCode.USAGE
    assert "site/exercises/clam/index.html: this file has been changed" in changed.err
    assert "move it away" in changed.err
    write(project / "exercises/clam.md", "---\ntitle: Clam\n---\n")
    mistake = type_in(capsys, "publish", "--project", project)
    assert mistake.code == ExitCode.CONTENT
    assert "Nothing was published" in mistake.out


def test_too_large_a_film_is_named_before_the_first_byte(
    project: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kinopress.publish import limits

    small = limits.Limits("Small Pages", file_bytes_max=1000, source="https://small.example/limits")
    monkeypatch.setitem(limits.HOSTS, "cloudflare", small)  # type: ignore[arg-type] # it is a dict
    publish_to(project, "up: {zip: ../up.zip, host: cloudflare}")
    refused = type_in(capsys, "publish", "--project", project)
    assert refused.code == ExitCode.PUBLISH
    assert "and Small Pages takes files of up to 0.0 MB" in refused.err
    assert not (tmp_path / "up.zip").exists()


def test_to_a_branch_and_two_at_once(project: Path, tmp_path: Path, capsys: Capture) -> None:
    subprocess.run(["git", "init", "--bare", "-q", str(tmp_path / "host.git")], check=True)
    publish_to(project, "pages: {repository: ../host.git, branch: pages}")
    codes: list[ExitCode | None] = []

    def one() -> None:
        try:
            publish(project, Wish())
            codes.append(None)
        except Refusal as refusal:
            codes.append(refusal.exit_code)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {None, ExitCode.BUSY}
    assert None in codes
    said = type_in(capsys, "publish", "--project", project)
    assert "Nothing to do: the branch pages of ../host.git has had this very release" in said.out
