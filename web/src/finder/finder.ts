/** The finder without a page around it: words in, pages and warning signs out. */

import { kept, searched } from "./kept.ts";
import type { Flag, Index } from "./index.ts";
import { NO_NICKNAMES, type Nicknames } from "./nicknames.ts";
import { type Answer, NOTHING, rank } from "./rank.ts";
import { flagsIn } from "./spot.ts";

/** A best page below this may have a better one among the nicknames. */
const SURE = 0.6;
export interface Found {
  /** Warning signs the words describe; they stand above everything, whatever is found. */
  readonly flags: readonly Flag[];
  /** A sign asks to stand alone: nothing was looked for, and nothing is to stand beside it. */
  readonly alone: boolean;
  readonly answer: Answer;
}

export class Finder {
  readonly index: Index;
  readonly #fetchNicknames: () => Promise<Nicknames>;
  #nicknames = NO_NICKNAMES;

  constructor(index: Index, fetchNicknames: () => Promise<Nicknames>) {
    this.index = index;
    this.#fetchNicknames = fetchNicknames;
  }

  /** Everything that is to be shown for words. */
  async found(words: string): Promise<Found> {
    const flags = this.flags(words);
    const alone = flags.some((flag) => flag.alone);
    return { flags, alone, answer: alone ? NOTHING : await this.find(words) };
  }

  /** Pages for words, best first; asks for the nicknames once, when the index alone has no sure answer. */
  async find(words: string): Promise<Answer> {
    const asked = searched(words);
    const answer = rank(this.index, asked, this.#nicknames);
    if (this.#nicknames !== NO_NICKNAMES || (answer.hits[0]?.score ?? 0) >= SURE) return answer;
    try {
      this.#nicknames = await this.#fetchNicknames();
    } catch {
      return answer; // offline by now: what the index has is still an answer
    }
    return rank(this.index, asked, this.#nicknames);
  }

  flags(words: string): Flag[] {
    return flagsIn(this.index, kept(words));
  }
}
