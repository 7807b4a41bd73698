/** The finder without a page around it: words in, pages and warning signs out. */

import type { Flag, Index, Nickname } from "./index.ts";
import { type Answer, rank } from "./rank.ts";
import { flagsIn } from "./signs.ts";

/** A best term below this may have a better one among the nicknames. */
const SURE = 0.6;

export class Finder {
  readonly index: Index;
  readonly #fetchNicknames: () => Promise<readonly Nickname[]>;
  #nicknames: readonly Nickname[] = [];

  constructor(index: Index, fetchNicknames: () => Promise<readonly Nickname[]>) {
    this.index = index;
    this.#fetchNicknames = fetchNicknames;
  }

  /** Pages for words, best first; asks for the nicknames once, when the index alone has no sure answer. */
  async find(words: string): Promise<Answer> {
    const answer = rank(this.index, words, this.#nicknames);
    if (this.#nicknames.length > 0 || (answer.terms[0]?.score ?? 0) >= SURE) return answer;
    try {
      this.#nicknames = await this.#fetchNicknames();
    } catch {
      return answer; // offline by now: what the index has is still an answer
    }
    return rank(this.index, words, this.#nicknames);
  }

  flags(words: string): Flag[] {
    return flagsIn(this.index, words);
  }
}
