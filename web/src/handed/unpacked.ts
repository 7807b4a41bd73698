/**
 * What was deflated (RFC 1951), unpacked. A browser's own way (`DecompressionStream`) is younger than some of the phones
 * that people have.
 */

/*! fflate: (c) Arjun Barrett, MIT licence */
import { inflateSync } from "fflate";
import { sumOfBytes } from "../sums.ts";

/**
 * The bytes as they were before.
 *
 * @param packed Deflated, without a head.
 * @param size How many bytes they were.
 * @param sum Their sum, as `sumOfBytes` works it out: most damage still unpacks.
 * @throws Error where they were damaged on the way.
 */
export function unpacked(packed: Uint8Array, size: number, sum: string | undefined): Uint8Array {
  const bytes = inflateSync(packed);
  if (bytes.length !== size || sumOfBytes(bytes) !== sum) throw new Error("damaged");
  return bytes;
}
