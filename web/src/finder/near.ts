/** Whether two words are within some slips of each other: a letter changed, missing, added, or two swapped. */
export function near(a: string, b: string, slips: number): boolean {
  return distance(a, b, slips) <= slips;
}

// Three rows for all calls: a query is held against thousands of words, and new rows for each cost more than the counting.
let before = new Uint16Array(64);
let last = new Uint16Array(64);
let row = new Uint16Array(64);

/** Slips between two words (optimal string alignment); anything above `most` when it is more than that. */
export function distance(a: string, b: string, most: number): number {
  const length = b.length;
  if (Math.abs(a.length - length) > most) return most + 1;
  if (length >= last.length) {
    before = new Uint16Array(2 * length);
    last = new Uint16Array(2 * length);
    row = new Uint16Array(2 * length);
  }
  for (let j = 0; j <= length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1);
    const other = i > 1 ? a.charCodeAt(i - 2) : -1;
    row[0] = i;
    let least = i;
    for (let j = 1, left = i, corner = i - 1; j <= length; j++) {
      const above = last[j] ?? 0;
      const same = b.charCodeAt(j - 1) === letter;
      let slips = same ? corner : 1 + Math.min(corner, above, left);
      // Two letters that changed places.
      if (j > 1 && b.charCodeAt(j - 1) === other && b.charCodeAt(j - 2) === letter) {
        slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      }
      row[j] = left = slips;
      corner = above;
      if (slips < least) least = slips;
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return last[length] ?? most + 1;
}
