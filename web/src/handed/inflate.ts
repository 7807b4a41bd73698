/**
 * Deflate (RFC 1951) unpacked: small and plain, since the page that holds it unpacks its own script with it. A browser's
 * own way (`DecompressionStream`) is younger than some of the phones that people have.
 */

/** A code of Huffman's: how many codes there are of each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const LONGEST = 15;
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const WAYS = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
  12289, 16385, 24577,
];
const WAY_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(LONGEST + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const next = new Uint16Array(LONGEST + 2);
  for (let length = 1; length <= LONGEST; length += 1) next[length + 1] = (next[length] ?? 0) + (counts[length] ?? 0);
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const at = next[length] ?? 0;
    symbols[at] = symbol;
    next[length] = at + 1;
  }
  counts[0] = 0;
  return { counts, symbols };
}

const filled = (count: number, length: number): number[] => new Array<number>(count).fill(length);
const plainCodes = (): [Code, Code] => [
  codeOf([...filled(144, 8), ...filled(256 - 144, 9), ...filled(24, 7), ...filled(8, 8)]),
  codeOf(filled(30, 5)),
];

/** The bytes that were packed; `size` is how many there are. Throws where they are damaged, whatever is wrong with them. */
export function inflate(data: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let [at, length, held, bits] = [0, 0, 0, 0];
  const take = (count: number): number => {
    while (bits < count) {
      const byte = data[at];
      if (byte === undefined) throw new RangeError();
      held |= byte << bits;
      at += 1;
      bits += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    bits -= count;
    return value;
  };
  const symbol = ({ counts, symbols }: Code): number => {
    let [code, first, index] = [0, 0, 0];
    for (let width = 1; width <= LONGEST; width += 1) {
      code |= take(1);
      const count = counts[width] ?? 0;
      if (code - count < first) return symbols[index + (code - first)] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError();
  };
  const put = (byte: number): void => {
    if (length >= size) throw new RangeError();
    out[length] = byte;
    length += 1;
  };
  const codes = (): [Code, Code] => {
    const [literals, ways, some] = [take(5) + 257, take(5) + 1, take(4) + 4];
    const lengths = filled(19, 0);
    for (const place of ORDER.slice(0, some)) lengths[place] = take(3);
    const code = codeOf(lengths);
    const all: number[] = [];
    while (all.length < literals + ways) {
      const found = symbol(code);
      if (found < 16) all.push(found);
      else if (found === 16) all.push(...filled(3 + take(2), all.at(-1) ?? 0));
      else all.push(...filled(found === 17 ? 3 + take(3) : 11 + take(7), 0));
    }
    return [codeOf(all.slice(0, literals)), codeOf(all.slice(literals))];
  };
  const block = ([literals, ways]: [Code, Code]): void => {
    for (;;) {
      const found = symbol(literals);
      if (found === 256) return;
      if (found < 256) {
        put(found);
        continue;
      }
      const repeated = (LENGTHS[found - 257] ?? 0) + take(LENGTH_BITS[found - 257] ?? 0);
      const way = symbol(ways);
      const back = (WAYS[way] ?? 0) + take(WAY_BITS[way] ?? 0);
      if (back > length) throw new RangeError();
      for (let count = 0; count < repeated; count += 1) put(out[length - back] ?? 0);
    }
  };
  for (let isLast = false; !isLast; ) {
    isLast = take(1) === 1;
    const kind = take(2);
    if (kind === 0) {
      [held, bits] = [0, 0];
      const count = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8);
      at += 4;
      for (let done = 0; done < count; done += 1, at += 1) {
        const byte = data[at];
        if (byte === undefined) throw new RangeError();
        put(byte);
      }
    } else if (kind === 3) throw new RangeError();
    else block(kind === 1 ? plainCodes() : codes());
  }
  if (length !== size) throw new RangeError();
  return out;
}
