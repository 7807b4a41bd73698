/** Whether two words are within some slips of each other: a letter changed, missing, added, or two swapped. */
export function near(a: string, b: string, slips: number): boolean {
  return distance(a, b, slips) <= slips;
}

// Three rows for all calls: a query is held against thousands of words, and new rows for each cost more than the counting.
let before: number[] = [];
let last: number[] = [];
let row: number[] = [];

/** Which letters a word has, a bit each; letters may share one. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** Whether a word has more letters that the other lacks than so many slips can change: one at a time. */
function isApart(a: string, b: string, most: number): boolean {
  const [ofA, ofB] = [lettersOf(a), lettersOf(b)];
  let lacking = ofA & ~ofB;
  let added = ofB & ~ofA;
  for (let slip = 0; slip < most; slip++) {
    lacking &= lacking - 1;
    added &= added - 1;
  }
  return (lacking | added) !== 0;
}

/** Slips between two words (optimal string alignment); anything above `most` when it is more than that. */
export function distance(a: string, b: string, most: number): number {
  // Most words are told apart by their letters alone, whatever their order.
  if (Math.abs(a.length - b.length) > most || isApart(a, b, most)) return most + 1;
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
