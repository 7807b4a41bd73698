"""A store that speaks S3: one bucket, or a folder in one, to which each file goes straight in its place.

Works with every such store (Amazon, Cloudflare R2, Backblaze, Hetzner, a server of one's own), because nothing
more is asked of it than to put, list, read and delete. Some honour conditions ("only if nothing is there yet",
"only if it is still what I read"), some take and ignore them; which it is, is tried each time.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError, PreconditionError
from obstore.store import S3Store

from kinopress.publish.headers import Headers
from kinopress.publish.hosts.beats import beating
from kinopress.publish.hosts.direct import AHEAD
from kinopress.publish.hosts.s3_words import in_words
from kinopress.publish.plan import Step
from kinopress.publish.record import NAME
from kinopress.publish.target import HostError, Told

LOCK = ".kinopress-lock"
"""What says that somebody publishes here now; a number by chance and nothing else is in it."""

_AT_ONCE = 8
"""So many files at a time: small ones wait for answers, not for the line."""

_IN_ONE_GO = 32
"""So many small files at a time where it must be over soon: each is one question, and its answer takes what the way to the
store takes."""

_BEAT_S = 8.0
"""How often whoever holds the lock writes it again."""

_SILENCE_S = 30.0
"""A lock that is not written again for so long was left behind. No other computer's clock is asked."""

_SETTLE_S = 2.0
"""A store that ignores conditions takes every lock; whose is there after this time has it."""

_TIMEOUT_S = 60
_RETRIES = 3
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where a store keeps a site, and with what it is opened.

    Attributes:
        name: The bucket.
        prefix: The folder in it, without a slash at either end; empty: the bucket itself.
        endpoint: The address of the store; empty: Amazon's own.
        region: Its region; ``auto`` where it has none.
        key_id: The access key, which is no secret.
        secret: The secret key.
    """

    name: str
    prefix: str
    endpoint: str
    region: str
    key_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """One object as it was read: its bytes and the tag by which the store knows this content."""

    data: bytes
    tag: str | None


class BucketStore:
    """A :class:`~kinopress.publish.hosts.direct.Store` in a bucket.

    Args:
        bucket: Where.
        beat_s: How often our lock gives a sign, in seconds.
        silence_s: After how many seconds without a sign a lock counts as left behind.
        settle_s: How many seconds are waited for others on a store that ignores conditions.
    """

    def __init__(
        self,
        bucket: Bucket,
        *,
        beat_s: float = _BEAT_S,
        silence_s: float = _SILENCE_S,
        settle_s: float = _SETTLE_S,
    ) -> None:
        self._bucket = bucket
        self._beat_s = beat_s
        self._silence_s = silence_s
        self._settle_s = settle_s
        self._store = S3Store(
            bucket.name,
            prefix=bucket.prefix or None,
            endpoint=bucket.endpoint or None,
            region=bucket.region,
            access_key_id=bucket.key_id,
            secret_access_key=bucket.secret,
            client_options={"allow_http": True, "timeout": timedelta(seconds=_TIMEOUT_S)},
            retry_config={
                "max_retries": _RETRIES,
                "retry_timeout": timedelta(seconds=_TIMEOUT_S),
            },
        )
        self._conditions = True
        self._record_tag: str | None = None
        self._lost = threading.Event()

    @property
    def is_lost(self) -> bool:
        """Whether somebody else has taken our lock: nothing more is sent then."""
        return self._lost.is_set()

    def lock(self) -> AbstractContextManager[None]:
        """See :class:`~kinopress.publish.hosts.direct.Store`.

        A run that was killed leaves its lock; whoever comes next waits until it is clear that nobody
        writes it any more, and takes its place.
        """
        return self._locked()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        mine = secrets.token_hex(8)
        self._take(mine)
        self._lost.clear()
        try:
            with beating(partial(self._beat, mine)):
                yield
        finally:
            self._give_back(mine)

    def _take(self, mine: str) -> None:
        left = self._left_behind()
        try:
            self._put_lock(f"{mine} 0", "create" if left is None else left.tag)
        except (AlreadyExistsError, PreconditionError):
            if not self._has_lock(mine):
                raise _busy() from None
        self._conditions = not self._is_overwritten(mine)
        if not self._conditions:
            time.sleep(self._settle_s)
        if not self._has_lock(mine):
            raise _busy()

    def _has_lock(self, mine: str) -> bool:
        """Whether the lock is ours.

        A condition that did not hold does not say that it is not: where the answer to a write of ours
        was lost, the library writes again, and what it meets is the first.
        """
        found = self._get(LOCK)
        return found is not None and found.data.startswith(mine.encode())

    def _left_behind(self) -> _Found | None:
        """The lock of a run that was ended; ``None``: there is none.

        Raises:
            HostError: whoever wrote it is still publishing.
        """
        found = self._get(LOCK)
        until = time.monotonic() + self._silence_s
        while found is not None and time.monotonic() < until:
            time.sleep(min(self._beat_s, self._silence_s) / 4)
            now = self._get(LOCK)
            if now is not None and now.data != found.data:
                raise _busy()
            found = now
        return found

    def _is_overwritten(self, mine: str) -> bool:
        """Whether the store takes a condition that does not hold: then it cannot keep two runs apart."""
        try:
            self._put_lock(f"{mine} 1", "create")
        except (AlreadyExistsError, PreconditionError):
            return False
        return True

    def _put_lock(self, text: str, condition: str | None) -> None:
        mode: Literal["create", "overwrite"] | dict[str, str]
        if condition == "create":
            mode = "create"
        else:
            mode = "overwrite" if condition is None else {"e_tag": condition}
        self._ask(lambda: obstore.put(self._store, LOCK, text.encode(), mode=mode))  # type: ignore[arg-type]

    def _beat(self, mine: str, ended: threading.Event) -> None:
        number = 1
        while not ended.wait(self._beat_s):
            number += 1
            try:
                found = self._get(LOCK)
                if found is None or not found.data.startswith(mine.encode()):
                    self._lost.set()
                    return
                tag = found.tag if self._conditions else None
                try:
                    self._put_lock(f"{mine} {number}", tag)
                except PreconditionError:
                    if not self._has_lock(mine):
                        self._lost.set()
                        return
            except HostError:
                continue  # a line that is down for a moment; the next file tells if it stays so

    def _give_back(self, mine: str) -> None:
        try:
            if self._has_lock(mine):
                self.delete([LOCK])
        except HostError:
            pass  # it will count as left behind

    def sizes(self) -> Mapping[str, int]:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""

        def listed() -> dict[str, int]:
            return {
                one["path"]: one["size"] for batch in obstore.list(self._store) for one in batch
            }

        return self._ask(listed)

    def read(self, path: str) -> bytes | None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        found = self._get(path)
        if path == NAME:
            self._record_tag = None if found is None else found.tag
        return None if found is None else found.data

    def put(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        _for_each(steps, lambda step: self._send(step, folder), told, at_once=_AT_ONCE)

    def _send(self, step: Step, folder: Path, under: str = "") -> None:
        self._still_ours()
        attributes = {
            "Content-Type": step.headers.content_type,
            "Cache-Control": step.headers.cache_control,
        }
        there, file = under + step.path, folder / step.path
        self._ask(lambda: obstore.put(self._store, there, file, attributes=attributes))

    def set_aside(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""

        def left() -> list[str]:
            listed = obstore.list(self._store, prefix=AHEAD)
            return [one["path"] for batch in listed for one in batch]

        self.delete(self._ask(left))
        # As many at a time as will be put in place at a time: their connections are open then.
        _for_each(
            steps, lambda step: self._send(step, folder, f"{AHEAD}/"), told, at_once=_IN_ONE_GO
        )

    def place(self, groups: Sequence[Sequence[Step]], folder: Path) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`.

        The store copies what it has, so nothing but short questions is on the line. No store can be asked to change
        several names at once: a run that is killed in these moments leaves pages of both releases.
        """

        def copy(step: Step) -> None:
            try:
                obstore.copy(self._store, f"{AHEAD}/{step.path}", step.path)
            # A store that cannot copy, or does not find what was sent; or cannot anything now, and says so.
            except (BaseError, FileNotFoundError):
                self._send(step, folder)

        self._still_ours()
        for group in groups:
            _for_each(group, copy, lambda *_: None, at_once=_IN_ONE_GO)
        self.delete([f"{AHEAD}/{step.path}" for group in groups for step in group])

    def put_record(self, data: bytes, headers: Headers) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        self._still_ours()
        attributes = {"Content-Type": headers.content_type, "Cache-Control": headers.cache_control}
        mode: Literal["create", "overwrite"] | dict[str, str] = "overwrite"
        if self._conditions:
            mode = "create" if self._record_tag is None else {"e_tag": self._record_tag}
        try:
            put = self._ask(
                lambda: obstore.put(self._store, NAME, data, attributes=attributes, mode=mode)  # type: ignore[arg-type]
            )
        except (AlreadyExistsError, PreconditionError):
            found = self._get(NAME)  # our own, perhaps: see _has_lock
            if found is None or found.data != data:
                raise _busy() from None
            self._record_tag = found.tag
        else:
            self._record_tag = put["e_tag"]

    def delete(self, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.hosts.direct.Store`."""
        if paths:
            self._ask(lambda: obstore.delete(self._store, [*paths]))

    def _still_ours(self) -> None:
        if self.is_lost:
            raise _busy()

    def _get(self, path: str) -> _Found | None:
        def get() -> _Found | None:
            try:
                found = obstore.get(self._store, path)
            except (FileNotFoundError, NotFoundError) as error:
                if "NoSuchBucket" in str(error):
                    raise
                return None
            return _Found(bytes(found.bytes()), found.meta["e_tag"])

        return self._ask(get)

    def _ask(self, question: Callable[[], _Value]) -> _Value:
        """The store's answer, or why there is none, in words.

        Raises:
            HostError: it cannot be done.
            AlreadyExistsError: a condition did not hold.
            PreconditionError: a condition did not hold.
        """
        try:
            return question()
        except (AlreadyExistsError, PreconditionError):
            raise
        except (BaseError, FileNotFoundError) as error:
            if isinstance(error, FileNotFoundError) and error.errno is not None:
                raise  # a file of ours, not of the store
            raise in_words(str(error), self._bucket.name, self._bucket.endpoint) from None


def _for_each(
    steps: Sequence[Step], do: Callable[[Step], None], told: Told, *, at_once: int
) -> None:
    with ThreadPoolExecutor(at_once) as pool:
        running: dict[Future[None], Step] = {pool.submit(do, step): step for step in steps}
        try:
            for done in as_completed(running):
                done.result()
                told(running[done], True)
        except BaseException:  # a host that refuses, or Ctrl-C: what has not begun never does
            pool.shutdown(cancel_futures=True)
            raise


def _busy() -> HostError:
    return HostError(
        "somebody else is publishing to this bucket",
        "wait until they are done, then run this again",
        busy=True,
    )
