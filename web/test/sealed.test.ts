import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { areRounds, asTyped, bytesOfLetters, Damaged, FORM, isKeyOf, keyOf, unlock, unseal } from "../src/handed/sealed.ts";

interface Vectors {
  readonly form: number;
  readonly number: string;
  readonly key: string;
  /** Tells whether a key is the page's. */
  readonly check: string;
  readonly items: Readonly<Record<string, { readonly plain: string; readonly sealed: string }>>;
  readonly lock: { readonly passphrase: string; readonly typed: string; readonly salt: string; readonly rounds: number; readonly data: string };
}

/** The same file is opened by Python's half (tests/sealed/test_sealed.py). */
const VECTORS = JSON.parse(readFileSync(new URL("../../tests/golden/sealed/vectors.json", import.meta.url), "utf-8")) as Vectors;

function bytes(letters: string): Uint8Array<ArrayBuffer> {
  const found = bytesOfLetters(letters);
  assert.ok(found !== null);
  return found;
}

test("what Python encrypted is opened", async () => {
  assert.equal(VECTORS.form, FORM);
  const key = await keyOf(bytes(VECTORS.key));
  for (const [item, one] of Object.entries(VECTORS.items)) {
    assert.equal(new TextDecoder().decode(await unseal(key, bytes(one.sealed), VECTORS.number, item)), one.plain);
  }
});

test("a passphrase opens the key, however it is typed, and no other does", async () => {
  const { salt, rounds, data, passphrase, typed } = VECTORS.lock;
  const locked = { salt: bytes(salt), rounds, data: bytes(data) };
  assert.equal(asTyped(typed), asTyped(passphrase));
  for (const words of [passphrase, typed]) assert.deepEqual(await unlock(locked, words, VECTORS.number), bytes(VECTORS.key));
  for (const words of ["", passphrase.slice(1), `${passphrase} river`]) await assert.rejects(unlock(locked, words, VECTORS.number), Damaged);
  await assert.rejects(unlock({ ...locked, rounds: rounds - 1 }, passphrase, VECTORS.number), Damaged);
  await assert.rejects(unlock(locked, passphrase, `${VECTORS.number.slice(1)}a`), Damaged);
});

test("each byte that is changed, an item in another's place and what is cut off are noticed", async () => {
  const key = await keyOf(bytes(VECTORS.key));
  const whole = bytes(VECTORS.items["film-1"]?.sealed ?? "");
  for (let at = 0; at < whole.length; at += 1) {
    const byte = whole[at] ?? 0;
    whole[at] = byte ^ (1 << at % 8);
    await assert.rejects(unseal(key, whole, VECTORS.number, "film-1"), Damaged, String(at));
    whole[at] = byte;
  }
  for (const length of [0, 11, 27, 28, whole.length - 1]) await assert.rejects(unseal(key, whole.slice(0, length), VECTORS.number, "film-1"), Damaged);
  await assert.rejects(unseal(key, whole, VECTORS.number, "text"), Damaged);
  await assert.rejects(unseal(key, whole, "another", "film-1"), Damaged);
});

test("a link that is not whole, or of another page, has not the key", async () => {
  assert.ok(await isKeyOf(bytes(VECTORS.key), VECTORS.number, VECTORS.check));
  assert.ok(!(await isKeyOf(bytes(VECTORS.key), `${VECTORS.number.slice(1)}a`, VECTORS.check)));
  assert.ok(!(await isKeyOf(bytes(VECTORS.key), VECTORS.number, "")));
  for (const letters of ["", "day-3", VECTORS.key.slice(1), `${VECTORS.key}AAAA`, `${VECTORS.key.slice(0, -1)}%`, "exercise-clam"]) {
    const found = bytesOfLetters(letters);
    assert.ok(found === null || !(await isKeyOf(found, VECTORS.number, VECTORS.check)), letters);
  }
  const other = bytes(VECTORS.key);
  other[0] = (other[0] ?? 0) ^ 1;
  assert.ok(!(await isKeyOf(other, VECTORS.number, VECTORS.check)));
});

test("rounds that protect nothing, or that would keep a phone busy for minutes, are not taken", () => {
  for (const rounds of [600_000, 1_000_000, 5_000_000]) assert.ok(areRounds(rounds), String(rounds));
  for (const rounds of [NaN, 0, 1, 599_999, 5_000_001, 1e12, Infinity, 700_000.5]) assert.ok(!areRounds(rounds), String(rounds));
});
