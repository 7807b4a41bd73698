"""What only a key opens: the browser reads what Python encrypted, and whatever is changed is noticed."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinopress import sealed

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden/sealed/vectors.json").read_text("utf-8")
)
KEY, NUMBER = bytes(range(32)), VECTORS["number"]
QUICK_ROUNDS = 10


def _bytes(letters: str) -> bytes:
    import base64

    return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))


def test_what_is_committed_is_opened() -> None:
    """The same file is opened by the browser's half (web/test/sealed.test.ts)."""
    assert VECTORS["form"] == sealed.FORM
    key = _bytes(VECTORS["key"])
    for item, one in VECTORS["items"].items():
        found = sealed.unseal(key, NUMBER, item, _bytes(one["sealed"]))
        assert found.decode() == one["plain"]
    lock = VECTORS["lock"]
    locked = sealed.Locked(_bytes(lock["salt"]), lock["rounds"], _bytes(lock["data"]))
    assert lock["rounds"] >= sealed.ROUNDS_MIN
    for words in (lock["passphrase"], lock["typed"]):
        assert sealed.unlock(locked, NUMBER, words) == key


STEP = 1 << 18


@given(st.binary(max_size=40_000), st.text("abcxyz-", min_size=1, max_size=9))
def test_what_is_sealed_is_opened_and_its_size_is_a_step(data: bytes, item: str) -> None:
    found = sealed.seal(KEY, NUMBER, item, data)
    assert sealed.unseal(KEY, NUMBER, item, found) == data
    inner = len(found) - sealed.NONCE_BYTES - sealed.TAG_BYTES
    assert inner == STEP
    assert data not in found or len(data) < 4


def _inner(size: int) -> int:
    return len(sealed.seal(KEY, NUMBER, "film-1", bytes(size))) - 28


@pytest.mark.parametrize("size", [STEP - 8, STEP - 7, 3_000_001, (1 << 22) - 8, (1 << 22) - 7, 9_876_543])  # fmt: skip
def test_the_size_of_a_film_is_one_of_eight_between_a_size_and_its_double(size: int) -> None:
    inner = _inner(size)
    octave = 1 << (inner - 1).bit_length()
    assert inner % max(STEP, octave // 16) == 0
    assert size + 8 <= inner <= max(STEP, (size + 8) * 9 // 8 + STEP)


def test_films_of_about_one_size_have_one_size() -> None:
    assert {_inner(size) for size in (9_500_000, 9_800_000, 10_100_000, 10_400_000)} == {10 << 20}


def test_the_check_of_a_key_tells_another_key_and_another_page() -> None:
    check = sealed.check_of(_bytes(VECTORS["key"]), NUMBER)
    assert check == _bytes(VECTORS["check"])  # which the browser's half reads as well
    assert sealed.check_of(_bytes(VECTORS["key"]), sealed.new_number()) != check
    assert sealed.check_of(sealed.new_key(), NUMBER) != check


@pytest.mark.parametrize("item", ["text", "film-1"])
def test_each_byte_that_is_changed_is_noticed(item: str) -> None:
    found = _bytes(VECTORS["items"][item]["sealed"])
    for at in range(len(found)):
        changed = bytearray(found)
        changed[at] ^= 1 << at % 8
        with pytest.raises(sealed.Damaged):
            sealed.unseal(KEY, NUMBER, item, bytes(changed))
    for length in (0, 5, 27, 28, len(found) - 1):
        with pytest.raises(sealed.Damaged):
            sealed.unseal(KEY, NUMBER, item, found[:length])
    with pytest.raises(sealed.Damaged):
        sealed.unseal(KEY, NUMBER, item, found + b"\0")


def test_each_byte_of_a_lock_that_is_changed_is_noticed() -> None:
    locked = sealed.lock(KEY, NUMBER, "river stone", QUICK_ROUNDS)
    for name in ("salt", "data"):
        whole = getattr(locked, name)
        for at in range(len(whole)):
            changed = bytearray(whole)
            changed[at] ^= 1 << at % 8
            parts = {"salt": locked.salt, "data": locked.data, name: bytes(changed)}
            with pytest.raises(sealed.Damaged):
                sealed.unlock(sealed.Locked(parts["salt"], QUICK_ROUNDS, parts["data"]), NUMBER, "river stone")  # fmt: skip
    with pytest.raises(sealed.Damaged):
        sealed.unlock(sealed.Locked(locked.salt, QUICK_ROUNDS - 1, locked.data), NUMBER, "river stone")  # fmt: skip


def test_in_earnest_a_guess_takes_a_million_rounds() -> None:
    locked = sealed.lock(KEY, NUMBER, "river stone")
    assert locked.rounds == 1_000_000
    assert locked.rounds >= sealed.ROUNDS_MIN
    assert sealed.unlock(locked, NUMBER, "River  stone") == KEY


@pytest.mark.parametrize("words", ["", "river", "river stones", "stone river", "river stone stone"])
def test_other_words_open_nothing(words: str) -> None:
    locked = sealed.lock(KEY, NUMBER, "river stone", QUICK_ROUNDS)
    with pytest.raises(sealed.Damaged):
        sealed.unlock(locked, NUMBER, words)


def test_nothing_can_take_the_place_of_something_else() -> None:
    """Of another page, another item, another key, or the locked key as an item."""
    found = sealed.seal(KEY, NUMBER, "text", b"x")
    other = sealed.new_number()
    for key, number, item in (
        (KEY, NUMBER, "figures"),
        (KEY, other, "text"),
        (sealed.new_key(), NUMBER, "text"),
        (KEY, f"{NUMBER}\0text", ""),
    ):
        with pytest.raises(sealed.Damaged):
            sealed.unseal(key, number, item, found)


def test_a_later_form_is_not_opened_as_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = sealed.seal(KEY, NUMBER, "text", b"x")
    monkeypatch.setattr(sealed, "FORM", sealed.FORM + 1)
    with pytest.raises(sealed.Damaged):
        sealed.unseal(KEY, NUMBER, "text", found)


def test_no_nonce_salt_key_number_or_passphrase_comes_twice() -> None:
    many = 3000
    nonces = {sealed.seal(KEY, NUMBER, "text", b"")[: sealed.NONCE_BYTES] for _ in range(many)}
    locks = [sealed.lock(KEY, NUMBER, "river", 1) for _ in range(many)]
    nonces |= {lock.data[: sealed.NONCE_BYTES] for lock in locks}
    assert len(nonces) == 2 * many
    assert len({lock.salt for lock in locks}) == many
    for made in (sealed.new_key, sealed.new_number, sealed.new_passphrase):
        assert len({made() for _ in range(many)}) == many


def test_a_number_is_an_address_of_130_bits_and_a_passphrase_has_80() -> None:
    assert len(sealed.words()) ** sealed.WORDS == 2**80
    numbers = [sealed.new_number() for _ in range(300)]
    assert {len(number) for number in numbers} == {26}
    letters = set("".join(numbers))
    assert len(letters) == 32  # 32 ** 26 = 2 ** 130
    assert not letters & set("l01")
    said = sealed.new_passphrase().split()
    assert len(said) == sealed.WORDS
    assert set(said) <= set(sealed.words())


def test_words_are_short_plain_and_not_mixed_up() -> None:
    words = sealed.words()
    assert len(words) == len(set(words)) == 1024
    assert list(words) == sorted(words)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert all(3 < len(word) < 9 for word in words)
    # No two differ in one letter, or in one that is left out.
    holes: dict[str, str] = {}
    for word in words:
        for form in {f"{word[:at]}_{word[at + 1 :]}" for at in range(len(word))}:
            assert holes.setdefault(form, word) == word, (form, word)
        assert not set(words) & set(_short_of(word)), word


def _short_of(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def test_without_the_library_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(sealed.NotInstalled):
        sealed.seal(KEY, NUMBER, "text", b"")
