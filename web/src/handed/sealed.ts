/** What only a key opens: the browser's half of src/kinopress/sealed. */

export const FORM = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 8;

type Bytes = Uint8Array<ArrayBuffer>;

/** A key behind a passphrase. */
export interface Locked {
  readonly salt: Bytes;
  /** Of PBKDF2-SHA-256. */
  readonly rounds: number;
  readonly data: Bytes;
}

/** It was not made by this key for this place, or has been changed since. The name is for other scripts of the page. */
export class Damaged extends Error {
  override readonly name = "Damaged";
}

const ROUNDS_MIN = 600_000;
const ROUNDS_MAX = 5_000_000;

/** Whether so many rounds are asked of a passphrase as a page of ours asks: fewer protect nothing, more only hold up. */
export function areRounds(rounds: number): boolean {
  return Number.isInteger(rounds) && rounds >= ROUNDS_MIN && rounds <= ROUNDS_MAX;
}

const coder = new TextEncoder();

function bound(number: string, item: string): Bytes {
  return coder.encode(`kinopress\0${FORM}\0${number}\0${item}`);
}

/** A passphrase however it is typed: in capitals, with hyphens, on two lines. */
export function asTyped(passphrase: string): string {
  return (passphrase.toLowerCase().match(/[a-z]+/g) ?? []).join(" ");
}

/** Bytes that an address holds in letters; null where they are no such letters. */
export function bytesOfLetters(letters: string): Bytes | null {
  if (!/^[\w-]+$/.test(letters)) return null;
  try {
    return Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Whether bytes out of a link are the page's key, by the digest of both that the page has. */
export async function isKeyOf(bytes: Bytes, number: string, check: string): Promise<boolean> {
  if (bytes.length !== KEY_BYTES) return false;
  const name = bound(number, "check");
  const both = new Uint8Array(name.length + KEY_BYTES);
  both.set(name);
  both.set(bytes, name.length);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", both));
  const wanted = bytesOfLetters(check);
  return wanted?.length === digest.length && digest.every((byte, at) => byte === wanted[at]);
}

export function keyOf(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]);
}

async function opened(key: CryptoKey, sealed: Bytes, number: string, item: string): Promise<Bytes> {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Damaged();
  const way = { name: "AES-GCM", iv: sealed.subarray(0, NONCE_BYTES), additionalData: bound(number, item) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(way, key, sealed.subarray(NONCE_BYTES)));
  } catch {
    throw new Damaged();
  }
}

/** What was encrypted of one item of a page. */
export async function unseal(key: CryptoKey, sealed: Bytes, number: string, item: string): Promise<Bytes> {
  const plain = await opened(key, sealed, number, item);
  const length = Number(new DataView(plain.buffer).getBigUint64(0));
  return plain.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
}

/** The bytes of the key behind a passphrase; `Damaged` by another passphrase. */
export async function unlock(locked: Locked, passphrase: string, number: string): Promise<Bytes> {
  const words = await crypto.subtle.importKey("raw", coder.encode(asTyped(passphrase)), "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt: locked.salt, iterations: locked.rounds };
  const own = await crypto.subtle.deriveKey(way, words, { name: "AES-GCM", length: 8 * KEY_BYTES }, false, ["decrypt"]);
  return opened(own, locked.data, number, `key:${locked.rounds}`);
}
