"""What only a key opens: the door to what encrypts.

AES-256-GCM by a key made for one page alone. Each item of the page has a nonce of its own by chance, and is bound to the
page's number, to this form and to its own name: items of two pages, or two items of one, cannot be exchanged. The key
is either in the link (after ``#``, which no browser sends) or locked by a passphrase: PBKDF2 is the best that every
browser brings, so the passphrase is long enough and made by chance. The library is an extra (``private``).
The browser's half is web/src/handed/sealed.ts.
"""

from __future__ import annotations

import base64
import importlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FORM = 1
"""Of what is encrypted here; a browser that knows a later one alone says so."""
KEY_BYTES, NONCE_BYTES, TAG_BYTES, SALT_BYTES = 32, 12, 16, 16
ROUNDS = 1_000_000
"""Of PBKDF2-SHA-256: each wrong guess costs at least 80 ms (benchmarks/passphrase.py)."""
ROUNDS_MIN = 600_000
WORDS = 8
"""Of a passphrase: eight of 1024 are 80 bits."""
_STEP, _STEPS = 1 << 18, 8
"""Sizes are multiples of the one, and at most so many differ between a size and its double."""
_LENGTH_BYTES = 8
_LOCKED = "key"
"""The name to which the locked key is bound, as if it were an item."""


class NotInstalled(Exception):  # noqa: N818 - an answer, not a defect
    """The library is not there."""


class Damaged(Exception):  # noqa: N818 - as above
    """It was not made by this key for this place, or has been changed since."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A key behind a passphrase.

    Attributes:
        salt: By chance.
        rounds: Of PBKDF2-SHA-256.
        data: The key, encrypted.
    """

    salt: bytes
    rounds: int
    data: bytes


def new_key() -> bytes:
    """A key for one page."""
    return secrets.token_bytes(KEY_BYTES)


def new_number() -> str:
    """The number of a page, which is its address as well: 130 bits, in letters that nobody mixes up."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(letters) for _ in range(26))


def new_passphrase() -> str:
    """Words to be typed by somebody else."""
    return " ".join(secrets.choice(words()) for _ in range(WORDS))


@cache
def words() -> tuple[str, ...]:
    """The words of passphrases: plain English, each two letters or more apart from every other."""
    return tuple((Path(__file__).parent / "words.txt").read_text("ascii").split())


def as_typed(passphrase: str) -> str:
    """A passphrase however it is typed: in capitals, with hyphens, on two lines."""
    return " ".join(re.findall(r"[a-z]+", passphrase.lower()))


def as_letters(data: bytes) -> str:
    """Bytes in letters that an address takes as they are."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def seal(key: bytes, number: str, item: str, data: bytes) -> bytes:
    """Encrypt one item of a page: nonce, then what is encrypted, filled up so that its size says little.

    Raises:
        `NotInstalled`: the extra is not there.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed: bytes = _cipher(key).encrypt(nonce, _filled(data), _bound(number, item))
    return nonce + sealed


def unseal(key: bytes, number: str, item: str, sealed: bytes) -> bytes:
    """What was encrypted.

    Raises:
        `Damaged`: by another key, for another page or item, or changed since.
        `NotInstalled`: the extra is not there.
    """
    plain = _opened(key, sealed, _bound(number, item))
    length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
    return plain[_LENGTH_BYTES : _LENGTH_BYTES + length]


def check_of(key: bytes, number: str) -> bytes:
    """Tells whether a key is that of a page, without a word of it: so a damaged page is told from a damaged link."""
    import hashlib  # noqa: PLC0415 - most commands need none

    return hashlib.sha256(_bound(number, "check") + key).digest()


def lock(key: bytes, number: str, passphrase: str, rounds: int = ROUNDS) -> Locked:
    """Put a key behind a passphrase.

    Raises:
        `NotInstalled`: the extra is not there.
    """
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    own = _stretched(passphrase, salt, rounds)
    data: bytes = _cipher(own).encrypt(nonce, key, _bound(number, f"{_LOCKED}:{rounds}"))
    return Locked(salt, rounds, nonce + data)


def unlock(locked: Locked, number: str, passphrase: str) -> bytes:
    """The key behind a passphrase.

    Raises:
        `Damaged`: by another passphrase, or what is locked was changed.
        `NotInstalled`: the extra is not there.
    """
    own = _stretched(passphrase, locked.salt, locked.rounds)
    return _opened(own, locked.data, _bound(number, f"{_LOCKED}:{locked.rounds}"))


def _bound(number: str, item: str) -> bytes:
    return f"kinopress\0{FORM}\0{number}\0{item}".encode()


def _filled(data: bytes) -> bytes:
    """With its length before it, filled up to a whole number of steps.

    A film's size names the film, since that of the site is public: steps grow with it, so that several films have one
    size. It costs an eighth at most, but for what is small.
    """
    size = _LENGTH_BYTES + len(data)
    step = max(_STEP, (1 << (size - 1).bit_length() - 1) // _STEPS)
    return len(data).to_bytes(_LENGTH_BYTES, "big") + data + bytes(-size % step)


def _opened(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise Damaged
    wrong = _asked("cryptography.exceptions").InvalidTag
    try:
        plain: bytes = _cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except wrong:
        raise Damaged from None
    return plain


def _stretched(passphrase: str, salt: bytes, rounds: int) -> bytes:
    import hashlib  # noqa: PLC0415 - most commands need none

    return hashlib.pbkdf2_hmac(
        "sha256", as_typed(passphrase).encode(), salt, rounds, dklen=KEY_BYTES
    )


def _cipher(key: bytes) -> Any:
    make: Callable[[bytes], Any] = _asked("cryptography.hazmat.primitives.ciphers.aead").AESGCM
    return make(key)


def _asked(module: str) -> Any:
    """The library, when somebody asks for it: no build does."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise NotInstalled from None
