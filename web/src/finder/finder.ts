/** The finder without a page around it: words in, pages and warning signs out. */

import type { Index, Nickname } from "./index.ts";
import { type Answer, rank } from "./rank.ts";
import { asksForSigns, type Found, readSigns, type Signs, signsIn, type SignsFile } from "./signs.ts";

/** A best term below this may have a better one among the nicknames. */
const SURE = 0.6;

export class Finder {
  readonly index: Index;
  readonly #fetchNicknames: () => Promise<readonly Nickname[]>;
  readonly #fetchSigns: () => Promise<SignsFile>;
  #nicknames: readonly Nickname[] = [];
  #signs: Promise<Signs> | undefined;

  constructor(
    index: Index,
    fetchNicknames: () => Promise<readonly Nickname[]>,
    fetchSigns: () => Promise<SignsFile>,
  ) {
    this.index = index;
    this.#fetchNicknames = fetchNicknames;
    this.#fetchSigns = fetchSigns;
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

  /**
   * The warning signs in the words. The rules are fetched once, for the first words that can mean one;
   * when they do not come, that is said, and the next words ask again.
   */
  async signs(words: string): Promise<Found> {
    if (!asksForSigns(this.index, words)) return { flags: [], isNear: false };
    try {
      this.#signs ??= this.#fetchSigns().then((file) => readSigns(file, this.index.flags));
      return signsIn(this.index, await this.#signs, words);
    } catch {
      this.#signs = undefined;
      return { flags: [], isNear: true, isUnread: true };
    }
  }
}
