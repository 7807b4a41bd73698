/** Whether two words are within some slips of each other: a letter changed, missing, added, or two swapped. */
export function near(a: string, b: string, slips: number): boolean {
  return distance(a, b, slips) <= slips;
}

// Three rows for all calls: a query is held against thousands of words, and new rows for each cost more than the counting.
let before: number[] = [];
let last: number[] = [];
let row: number[] = [];

/** Slips between two words (optimal string alignment); anything above `most` when it is more than that. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    let least = (row[0] = i);
    for (let j = 1; j <= b.length; j++) {
      const corner = last[j - 1] ?? 0;
      let slips = a[i - 1] === b[j - 1] ? corner : 1 + Math.min(corner, last[j] ?? 0, row[j - 1] ?? 0);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      }
      row[j] = slips;
      least = Math.min(least, slips);
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return last[b.length] ?? most + 1;
}
