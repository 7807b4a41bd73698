"""A branch of a git repository, from which a host makes pages (GitHub Pages, GitLab Pages, Codeberg and others).

The commit is put together in a repository of our own, from digests: no work tree, no index and no branch of the coach's
is touched. It has no parent, so that a film which was replaced does not stay in the repository for ever; it has one only
where the host forbids that (a protected branch), and where somebody else has committed to the branch: their history stays. The branch moves in one step, and only if it is still where it
was read (``--force-with-lease``): of two who publish at once, one is told so.

The releases that may be put back are kept under names of their own (``refs/kinopress/releases/…``), which hosts do not publish.
What is sent at all, git itself finds out: never what the host has.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kinopress.publish.hosts.signs import (
    KEY_REFUSED,
    KEY_UNKNOWN,
    NO_ANSWER,
    NO_ROOM,
    NO_SUCH_NAME,
    Sign,
    meaning,
)
from kinopress.publish.limits import Limits
from kinopress.publish.plan import Holdings, LocalRelease, Publication
from kinopress.publish.record import ID_DIGITS, NAME, HostRelease, read_record, record_bytes
from kinopress.publish.target import HostError, Told
from kinopress.system import disk
from kinopress.system.lock import hold
from kinopress.system.process import Answer, ask

_KEPT = "refs/kinopress/releases/"
_LIVE = "refs/kinopress/live"
_NO_JEKYLL = ".nojekyll"
"""GitHub leaves out folders that begin with an underscore unless a file of this name is there."""
_QUICK_S = 600.0
_NETWORK_S = 12 * 3600.0
"""A first publication with films takes hours over a slow line. One that stands still ends after two minutes."""
_SETTINGS = {
    "core.autocrlf": "false",  # a coach's own setting would change the bytes of captions
    "core.quotePath": "false",
    "core.hooksPath": os.devnull,
    "commit.gpgSign": "false",
    "push.gpgSign": "false",
    "gc.auto": "0",
    "core.looseCompression": "1",  # films are packed already
    "pack.compression": "1",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "120",
}
_NOBODY = {
    **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Kinopress"),
    **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "kinopress@publish.invalid"),
}
"""Whoever opens the repository reads who committed: not the coach's name and address."""
_OF_THE_CALLER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")  # fmt: skip
_ID = re.compile(rf"[0-9a-f]{{{ID_DIGITS}}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Blob:
    """A file in a commit: git's name for its content, its mode, and its size in bytes."""

    name: str
    mode: str
    size_bytes: int


class GitBranch:
    """A branch as a :class:`~kinopress.publish.target.Target`.

    Args:
        repository: Its address, or a folder.
        branch: The branch; it need not be there yet.
        own: A folder for our own repository, which need not be there.
        limits: What the host takes.
        with_history: Keep a parent for each commit, for a branch that is protected.
        token: A password or token for an address that begins with ``https://``, from the environment
            or a file outside the project; without one git asks its own helper, or ssh its agent.
    """

    def __init__(
        self,
        repository: str,
        branch: str,
        own: Path,
        limits: Limits,
        *,
        with_history: bool = False,
        token: str | None = None,
    ) -> None:
        self.repository, self.branch, self.own = repository, branch, own
        self._limits = limits
        self.with_history = with_history
        self.token = token
        self.tip: str | None = None
        """The commit that was read, which must still be there when we push."""

    @property
    def limits(self) -> Limits:
        """See :class:`~kinopress.publish.target.Target`."""
        return self._limits

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One run on this computer; another computer is noticed when the branch moves."""
        if shutil.which("git") is None:
            raise HostError(
                "git is not installed on this computer",
                "install it from https://git-scm.com, or publish to a folder or a zip file",
            )
        disk.make_folder(self.own.parent)
        name = f"{self.own.name}.lock"
        with hold(self.own.parent, path=self.repository, doing="publishing", wait_s=5.0, name=name):
            self._forget_locks()
            self._git("init", "--bare", "--quiet", str(self.own))
            yield

    def read_record(self) -> HostRelease | None:
        """See :class:`~kinopress.publish.target.Target`."""
        listed = self._remote(
            "ls-remote", self.repository, f"refs/heads/{self.branch}", f"{_KEPT}*"
        )
        names = dict(line.split("\t")[::-1] for line in listed.stdout.decode().splitlines())
        self.tip = names.get(f"refs/heads/{self.branch}")
        if self.tip is None:
            return None
        wanted = [f"+refs/heads/{self.branch}:{_LIVE}"]
        wanted += [f"+{name}:{name}" for name in names if _ID.fullmatch(name.removeprefix(_KEPT))]
        self._remote(
            *("fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head"),
            self.repository,
            *wanted,
        )
        found = self._git("cat-file", "blob", f"{_LIVE}:{NAME}", may_fail=True)
        return read_record(found.stdout) if found.returncode == 0 else None

    def holdings(self, host: HostRelease | None, local: LocalRelease) -> Holdings:
        """See :class:`~kinopress.publish.target.Target`."""
        live = (
            self._tree(_LIVE) if self.tip else {}
        )  # without a branch, that is what was there once
        sizes = {
            path: blob.size_bytes for path, blob in live.items() if path not in {NAME, _NO_JEKYLL}
        }
        kept: frozenset[str] = frozenset()
        if local.folder is None and local.files.keys() <= self._tree(_KEPT + local.id).keys():
            kept = frozenset(file.sha256 for file in local.files.values())
        return Holdings(sizes, kept)

    def send(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """Put what is new into our own repository; git sends it together with the branch."""
        if local.folder is None:
            return
        for path in local.files.keys() - local.elsewhere.keys():
            if "\n" in path or not (local.folder / path).is_file():
                raise FileNotFoundError(2, "the file is not there", str(local.folder / path))

    def switch(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        before = self._tree(_LIVE) if self.tip else {}
        ours = {*plan.announced.ours(), NAME}
        entries = {path: blob for path, blob in before.items() if path not in ours}
        entries |= {
            path: before[path] for path in plan.settled.retired if path in before
        }  # what somebody deleted by hand nobody needs any more
        entries |= self._blobs_of(local, before)
        entries[NAME] = self._blob(record_bytes(plan.settled))
        entries[_NO_JEKYLL] = before.get(_NO_JEKYLL) or self._blob(b"")
        tree = self._write_tree(entries)
        kept = self._commit(tree, None)
        follows = self.tip if self.with_history or self._holds_others() else None
        commit = self._commit(tree, follows) if follows else kept
        self._push(commit, tree)
        self._git("update-ref", _LIVE, commit)
        for step in plan.steps:
            told(step, step.sent)
        self._keep(kept, plan.settled)

    def _holds_others(self) -> bool:
        """Whether commits of somebody else would be in no branch any more if ours had no parent."""
        if self.tip is None:
            return False
        head, _, _ = self._git("cat-file", "commit", self.tip).stdout.partition(b"\n\n")
        rows = head.split(b"\n")
        ours = f"committer {_NOBODY['GIT_COMMITTER_NAME']} <{_NOBODY['GIT_COMMITTER_EMAIL']}> "
        has_parent = any(row.startswith(b"parent ") for row in rows)
        return has_parent or not any(row.startswith(ours.encode()) for row in rows)

    def _forget_locks(self) -> None:
        """Remove what a git that was killed left in our own repository: it would refuse to go on.

        Nobody else is in it, since whoever is holds our lock.
        """
        for pattern in ("*.lock", "index-*"):
            for file in list(self.own.rglob(pattern)):
                if file.is_file():
                    with contextlib.suppress(FileNotFoundError):
                        disk.remove(file)

    def _blobs_of(self, local: LocalRelease, before: Mapping[str, Blob]) -> dict[str, Blob]:
        """The files of the release, in our own repository; ``before`` is what the branch has."""
        if local.folder is None:
            there = self._tree(_KEPT + local.id)
            return {path: there[path] for path in local.files}
        paths = [path for path in local.files if path not in local.elsewhere]
        named = "\n".join(str((local.folder / path).absolute()) for path in paths)
        names = self._git(
            *("hash-object", "-w", "--no-filters", "--stdin-paths"), stdin=os.fsencode(named)
        ).stdout.split()
        sent = {
            path: Blob(name.decode(), "100644", local.files[path].size_bytes)
            for path, name in zip(paths, names, strict=True)
        }
        return {**sent, **{path: before[path] for path in local.elsewhere}}

    def _blob(self, data: bytes) -> Blob:
        made = self._git("hash-object", "-w", "--no-filters", "--stdin", stdin=data)
        return Blob(made.stdout.decode().strip(), "100644", len(data))

    def _tree(self, revision: str) -> dict[str, Blob]:
        listed = self._git("ls-tree", "-r", "-l", "-z", revision, may_fail=True)
        found = {}
        for row in listed.stdout.split(b"\0") if listed.returncode == 0 else ():
            if row:
                about, _, path = row.partition(b"\t")
                mode, _, name, size = about.decode().split()
                found[path.decode("utf-8", "surrogateescape")] = Blob(
                    name, mode, int(size) if size.isdigit() else 0
                )
        return found

    def _write_tree(self, entries: Mapping[str, Blob]) -> str:
        index = self.own / f"index-{os.urandom(4).hex()}"
        rows = b"".join(
            f"{blob.mode} {blob.name}\t{path}\0".encode("utf-8", "surrogateescape")
            for path, blob in entries.items()
        )
        env = {"GIT_INDEX_FILE": str(index)}
        try:
            self._git("update-index", "-z", "--add", "--index-info", stdin=rows, env=env)
            return self._git("write-tree", env=env).stdout.decode().strip()
        finally:
            with contextlib.suppress(FileNotFoundError):
                disk.remove(index)

    def _commit(self, tree: str, parent: str | None) -> str:
        after = ("-p", parent) if parent else ()
        made = self._git("commit-tree", tree, *after, "-m", "Published by Kinopress", env=_NOBODY)
        return made.stdout.decode().strip()

    def _push(self, commit: str, tree: str) -> None:
        branch = f"refs/heads/{self.branch}"
        lease = f"--force-with-lease={branch}:{self.tip or ''}"
        answer = self._remote(
            "push", "--quiet", lease, self.repository, f"{commit}:{branch}", may_fail=True
        )
        if answer.returncode == 0:
            return
        words = answer.stderr.casefold()
        if "stale info" in words or "fetch first" in words:
            raise HostError(
                "somebody else published there a moment ago, and that was not overwritten",
                "run this again",
                busy=True,
            )
        is_protected = "protected" in words or "non-fast-forward" in words or "force" in words
        if self.tip and is_protected and not self.with_history:
            with_parent = self._commit(tree, self.tip)
            again = self._remote(
                "push", "--quiet", self.repository, f"{with_parent}:{branch}", may_fail=True
            )
            if again.returncode == 0:
                return
            answer = again
        raise HostError(*_in_words(answer), where=_without_password(self.repository))

    def _keep(self, commit: str, settled: HostRelease) -> None:
        """Keep this release under its own name, and forget those that cannot be put back any more.

        The site is live by now: where a host forbids such names, only the quick way back is lost.
        """
        wanted = {one.id for one in settled.editions}
        self._git("update-ref", f"{_KEPT}{settled.id}", commit)
        listed = self._git("for-each-ref", "--format=%(refname)", _KEPT).stdout.decode().split()
        gone = [name for name in listed if name.removeprefix(_KEPT) not in wanted]
        for name in gone:
            self._git("update-ref", "-d", name)
        there = self._remote("ls-remote", self.repository, f"{_KEPT}*", may_fail=True)
        names = {line.split("\t")[1] for line in there.stdout.decode().splitlines()}
        changes = [
            f":{name}"
            for name in names
            if _is_ours(name) and name.removeprefix(_KEPT) not in wanted
        ]
        changes.append(f"+{commit}:{_KEPT}{settled.id}")
        self._remote("push", "--quiet", self.repository, *changes, may_fail=True)
        self._git("prune", "--expire=now", may_fail=True)

    def _remote(self, *words: str, may_fail: bool = False) -> Answer:
        """A git command that asks the host."""
        env = {}
        if self.token is not None and self.repository.startswith("https://"):
            login = base64.b64encode(f"kinopress:{self.token}".encode()).decode()
            env = {"http.extraHeader": f"Authorization: Basic {login}"}
        where = _without_password(self.repository)
        return self._git(*words, wall_s=_NETWORK_S, may_fail=may_fail, settings=env, where=where)

    def _git(
        self,
        *words: str,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
        wall_s: float = _QUICK_S,
        may_fail: bool = False,
        where: str = "",
    ) -> Answer:
        argv = (
            ["git", *words] if words[0] == "init" else ["git", "--git-dir", str(self.own), *words]
        )
        answer = ask(argv, wall_s=wall_s, stdin=stdin, env=_environment(env or {}, settings or {}))
        if answer.returncode != 0 and not may_fail:
            # What asks no host fails on this computer's own disk.
            raise HostError(*_in_words(answer), where=where or str(self.own))
        return answer


def _is_ours(name: str) -> bool:
    return _ID.fullmatch(name.removeprefix(_KEPT)) is not None


def _environment(more: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """Git's environment. Settings go through it too: others can read a program's arguments, but not this."""
    env = {key: value for key, value in os.environ.items() if key not in _OF_THE_CALLER}
    every = {**_SETTINGS, **settings}
    env["GIT_CONFIG_COUNT"] = str(len(every))
    for number, (key, value) in enumerate(every.items()):
        env[f"GIT_CONFIG_KEY_{number}"] = key
        env[f"GIT_CONFIG_VALUE_{number}"] = value
    env["GIT_TERMINAL_PROMPT"] = "0"  # a question that nobody sees would hang for ever
    env["LC_ALL"] = "C"  # its words are compared
    env["TZ"] = "UTC"
    env.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
    return {**env, **more}


_SAID: tuple[Sign, ...] = (
    (
        ("could not read username", "authentication failed", "invalid credentials", "error: 403", "error: 401"),
        "the host did not accept the login",
        "log in with git once, or give a token that may write there (COACH.md, “Publish”)",
    ),
    (
        (*KEY_REFUSED, *KEY_UNKNOWN),
        "the host did not accept this computer's ssh key",
        "add the key to your account there, and log in with ssh once in a terminal",
    ),
    (
        ("not found", "does not appear to be a git repository", "does not exist", "not a git repository"),
        "there is no such repository, or this login may not see it",
        "correct its address in mkdocs.yml, or make the repository first",
    ),
    (
        (*NO_SUCH_NAME, *NO_ANSWER),
        "the host cannot be reached",
        "check the internet connection, then run this again",
    ),
    (
        ("exceeds github's file size limit", "gh001", "larger than"),
        "the host refused a file that is too large",
        "make the film shorter or smaller, or publish it elsewhere",
    ),
    (
        NO_ROOM,
        "the disk is full, here or on the host",
        "free some space, then run this again",
    ),
    (
        ("protected branch", "pre-receive hook declined", "denied"),
        "the host does not let this login change the branch",
        "allow it in the settings of the repository, or name a different branch",
    ),
)  # fmt: skip
"""Signs in what git says → what happened, what to do."""


def _in_words(answer: Answer) -> tuple[str, str]:
    if not answer.in_time:
        return "the host did not answer in time", "run this again"
    if (known := meaning(answer.stderr, _SAID)) is not None:
        return known
    lines = [line for line in answer.stderr.splitlines() if line.strip()]
    last = _without_password(lines[-1].strip()) if lines else "no reason was given"
    return f"git could not do it ({last})", "check the address and the branch in mkdocs.yml"


def _without_password(words: str) -> str:
    return re.sub(r"//[^/@\s]+@", "//", words)
