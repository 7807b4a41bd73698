/** The finder without a page around it: words in, pages and warning signs out. */

import { kept, searched } from "./kept.ts";
import type { Flag, Index } from "./index.ts";
import { type Answer, NOTHING, rank } from "./rank.ts";
import { flagsIn } from "./spot.ts";

export interface Found {
  /** Warning signs the words describe; they stand above everything, whatever is found. */
  readonly flags: readonly Flag[];
  /** A sign asks to stand alone: nothing was looked for, and nothing is to stand beside it. */
  readonly alone: boolean;
  readonly answer: Answer;
}

export class Finder {
  #index: Index;
  readonly #fetchMore: (index: Index) => Promise<Index>;

  constructor(index: Index, fetchMore: (index: Index) => Promise<Index>) {
    this.#index = index;
    this.#fetchMore = fetchMore;
  }

  get index(): Index {
    return this.#index;
  }

  /** Everything that is to be shown for words. */
  async found(words: string): Promise<Found> {
    const flags = this.flags(words);
    const alone = flags.some((flag) => flag.alone);
    return { flags, alone, answer: alone ? NOTHING : await this.find(words) };
  }

  /** Pages for words, best first; asks for the second file once, when the index alone has no sure answer. */
  async find(words: string): Promise<Answer> {
    const asked = searched(words);
    const answer = rank(this.#index, asked);
    if (answer.isSure) return answer;
    try {
      const whole = await this.#fetchMore(this.#index);
      if (!this.#index.isWhole) this.#index = whole;
    } catch {
      return answer; // offline by now: what the index has is still an answer
    }
    return rank(this.#index, asked);
  }

  flags(words: string): Flag[] {
    return flagsIn(this.#index, kept(words));
  }
}
