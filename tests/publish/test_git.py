"""A branch in a real repository: what is in it, what is not touched, and who may not write there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kinopress.publish.hosts.git import GitBranch
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.plan import plan_publication
from kinopress.publish.target import HostError
from publish.hosts import BEGINNING, live, local_site, put_back, quiet, run, site


def git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--bare", "--quiet", "host.git")
    return tmp_path / "host.git"


def branch(bare: Path, own: str = "own.git", *, with_history: bool = False) -> GitBranch:
    return GitBranch(str(bare), "pages", bare.parent / own, NO_LIMITS, with_history=with_history)


def there(bare: Path, revision: str = "pages") -> dict[str, bytes]:
    """Every file of a branch, as a host would give it to readers."""
    listed = git(bare, "ls-tree", "-r", "-z", "--name-only", revision).split("\0")
    return {
        path: subprocess.run(
            ["git", "-C", str(bare), "show", f"{revision}:{path}"], check=True, capture_output=True
        ).stdout
        for path in listed
        if path
    }


def pages_of(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    return {
        path: data for path, data in contents.items() if path not in {"release.json", ".nojekyll"}
    }


def test_the_branch_has_the_site_byte_for_byte_in_one_commit_that_names_nobody(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(
        "[core]\n  autocrlf = true\n[user]\n  name = Jen\n  email = jen@example.org\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    for version in (1, 2):
        contents = site(version)
        run(branch(bare), local_site(tmp_path / f"site-{version}", contents))
    found = there(bare)
    assert found.pop(".nojekyll") == b""
    first_film = next(path for path in site(1) if path not in site(2))
    assert pages_of(found) == {**site(2), first_film: site(1)[first_film]}
    assert git(bare, "rev-list", "--count", "pages").strip() == "1"
    assert git(bare, "log", "-1", "--format=%an %ae %cn %ce", "pages").strip() == (
        "Kinopress kinopress@publish.invalid Kinopress kinopress@publish.invalid"
    )
    assert live(branch(bare)).id == local_site(tmp_path / "site-2", site(2)).id


def test_nothing_of_the_coachs_repository_is_touched(bare: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    git(project, "init", "--quiet", "-b", "main")
    (project / "a.md").write_text("staged")
    git(project, "add", "a.md")
    (project / "b.md").write_text("not staged")
    before = git(project, "status", "--porcelain"), (project / ".git/index").read_bytes()
    target = GitBranch(str(bare), "pages", project / ".kinopress/own.git", NO_LIMITS)
    os.environ["GIT_DIR"] = str(project / ".git")  # as in a hook
    try:
        run(target, local_site(tmp_path / "site", site(1)))
    finally:
        del os.environ["GIT_DIR"]
    (project / ".kinopress").rename(tmp_path / "moved")
    assert (git(project, "status", "--porcelain"), (project / ".git/index").read_bytes()) == before
    assert git(project, "branch", "--list").strip() == ""


def test_another_computer_goes_on_from_what_is_there_and_either_may_put_a_release_back(
    bare: Path, tmp_path: Path
) -> None:
    one, two = branch(bare, "one.git"), branch(bare, "two.git")
    run(one, local_site(tmp_path / "1", site(1)))
    plan = run(two, local_site(tmp_path / "2", site(2)))
    assert {step.path for step in plan.steps} == {
        path for path, data in site(2).items() if site(1).get(path) != data
    }
    assert run(one, local_site(tmp_path / "2", site(2))).nothing_to_do
    put_back(branch(bare, "three.git"))
    assert there(bare)["index.html"] == b"version 1"
    found = live(one)
    assert [e.id for e in found.editions] == [
        local_site(tmp_path / str(n), site(n)).id for n in (1, 2)
    ]
    put_back(one)
    assert there(bare)["index.html"] == b"version 2"


def test_what_was_deleted_by_hand_comes_back_and_a_file_of_somebody_else_stays(
    bare: Path, tmp_path: Path
) -> None:
    local = local_site(tmp_path / "site", site(1))
    run(branch(bare), local)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "-b", "pages", str(bare), str(clone))
    (clone / "CNAME").write_text("www.example.org")
    git(clone, "rm", "--quiet", "page-1/index.html")
    git(clone, "add", "CNAME")
    git(clone, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "by hand")
    git(clone, "push", "--quiet")
    plan = run(branch(bare), local)
    assert plan.returned == ("page-1/index.html",)
    assert there(bare)["page-1/index.html"] == b"version 1, page 1"
    run(branch(bare), local_site(tmp_path / "2", site(2)))
    assert there(bare)["CNAME"] == b"www.example.org"


def test_of_two_who_publish_at_once_one_is_told_and_overwrites_nothing(
    bare: Path, tmp_path: Path
) -> None:
    slow, quick = branch(bare, "slow.git"), branch(bare, "quick.git")
    local = local_site(tmp_path / "1", site(1))
    with slow.lock():
        host = slow.read_record()
        plan = plan_publication(local, host, slow.holdings(host, local), BEGINNING)
        run(quick, local_site(tmp_path / "2", site(2)))
        with pytest.raises(HostError) as found:
            slow.switch(plan, local, quiet)
    assert found.value.busy
    assert there(bare)["index.html"] == b"version 2"
    run(slow, local)
    assert there(bare)["index.html"] == b"version 1"


def test_a_branch_that_refuses_force_gets_a_commit_with_a_parent(
    bare: Path, tmp_path: Path
) -> None:
    run(branch(bare), local_site(tmp_path / "1", site(1)))
    git(bare, "config", "receive.denyNonFastForwards", "true")
    run(branch(bare), local_site(tmp_path / "2", site(2)))
    assert there(bare)["index.html"] == b"version 2"
    assert git(bare, "rev-list", "--count", "pages").strip() == "2"
    run(branch(bare, with_history=True), local_site(tmp_path / "3", site(3)))
    assert git(bare, "rev-list", "--count", "pages").strip() == "3"


def test_commits_of_somebody_else_stay_in_the_branch(bare: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(tmp_path, "init", "--quiet", "-b", "pages", str(other))
    for word in ("one", "two"):
        (other / f"{word}.txt").write_text(word)
        git(other, "add", ".")
        by = ("-c", "user.name=a", "-c", "user.email=a@b.c")
        git(other, *by, "commit", "--quiet", "-m", word)
    git(other, "push", "--quiet", str(bare), "pages")
    for version in (1, 2, 3):
        run(branch(bare), local_site(tmp_path / str(version), site(version)))
    assert pages_of(there(bare)).items() >= site(3).items()
    said = git(bare, "log", "--format=%s", "pages").split()
    assert said[-2:] == ["two", "one"]


def test_a_branch_that_somebody_deleted_is_made_again(bare: Path, tmp_path: Path) -> None:
    target = branch(bare)
    run(target, local_site(tmp_path / "1", site(1)))
    git(bare, "update-ref", "-d", "refs/heads/pages")
    run(target, local_site(tmp_path / "2", site(2)))
    assert pages_of(there(bare)) == site(2)


def test_a_branch_with_another_site_in_it_is_left_alone(bare: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(tmp_path, "init", "--quiet", "-b", "pages", str(other))
    (other / "index.html").write_text("an old site")
    git(other, "add", "index.html")
    git(other, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "old")
    git(other, "push", "--quiet", str(bare), "pages")
    target, local = branch(bare), local_site(tmp_path / "1", site(1))
    with target.lock():
        host = target.read_record()
        plan = plan_publication(local, host, target.holdings(host, local), BEGINNING)
    assert host is None
    assert plan.in_the_way == ("index.html",)


def test_a_git_that_was_killed_in_our_own_repository_stops_no_later_run(
    bare: Path, tmp_path: Path
) -> None:
    target = branch(bare)
    run(target, local_site(tmp_path / "1", site(1)))
    left = (
        "refs/kinopress/live.lock",
        "shallow.lock",
        "packed-refs.lock",
        "config.lock",
        "index-1",
    )
    for name in left:
        (target.own / name).write_bytes(b"")
    run(target, local_site(tmp_path / "2", site(2)))
    assert there(bare)["index.html"] == b"version 2"
    assert [name for name in left if (target.own / name).exists()] == []


def test_releases_that_cannot_be_put_back_are_not_kept_in_the_repository(
    bare: Path, tmp_path: Path
) -> None:
    for version in range(5):
        run(branch(bare), local_site(tmp_path / str(version), site(version)))
    kept = git(bare, "for-each-ref", "--format=%(refname)", "refs/kinopress/").split()
    assert len(kept) == 3
    assert {name.rpartition("/")[2] for name in kept} == {e.id for e in live(branch(bare)).editions}


def test_a_wrong_address_and_a_login_that_is_not_accepted_are_said_in_words(tmp_path: Path) -> None:
    local = local_site(tmp_path / "1", site(1))
    missing = GitBranch(str(tmp_path / "none.git"), "pages", tmp_path / "own.git", NO_LIMITS)
    with pytest.raises(HostError, match="there is no such repository"):
        run(missing, local)
    ssh = tmp_path / "ssh"
    ssh.write_text(
        "#!/bin/sh\necho 'git@example.org: Permission denied (publickey).' >&2\nexit 255\n"
    )
    ssh.chmod(0o755)
    target = GitBranch("git@example.org:jen/site.git", "pages", tmp_path / "own.git", NO_LIMITS)
    os.environ["GIT_SSH_COMMAND"] = str(ssh)
    try:
        with pytest.raises(HostError, match="ssh key"):
            run(target, local)
    finally:
        del os.environ["GIT_SSH_COMMAND"]


@pytest.mark.skipif(sys.platform == "win32", reason="the hook is a shell script")
def test_a_host_without_room_is_said_and_the_release_before_stays(
    bare: Path, tmp_path: Path
) -> None:
    run(branch(bare), local_site(tmp_path / "1", site(1)))
    hook = bare / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'fatal: write error: No space left on device' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(HostError, match="the disk is full"):
        run(branch(bare), local_site(tmp_path / "2", site(2)))
    assert there(bare)["index.html"] == b"version 1"
