/** The finder without a page around it: words in, pages and warning signs out. */

import { asksForSigns, type Found as FoundSigns } from "./asking.ts";
import type { Index } from "./index.ts";
import { kept, searched } from "./kept.ts";
import { type Answer, NOTHING, rank } from "./rank.ts";
import type { SignsFile } from "./signs.ts";

const NO_SIGNS: FoundSigns = { flags: [], isNear: false };

export interface Found {
  /** Warning signs the words describe or come near; they are above everything, whatever is found. */
  readonly signs: FoundSigns;
  /** A sign asks to be alone: nothing was looked for, and nothing is to be beside it. */
  readonly alone: boolean;
  readonly answer: Answer;
}

/** So long a rest between letters, in milliseconds, that a word counts as whole. */
export const REST_MS = 300;

export class Finder {
  #index: Index;
  readonly #fetchMore: (index: Index) => Promise<Index>;
  readonly #fetchSigns: () => Promise<SignsFile>;
  /** The index as it came: what words mean for a warning sign must not hang on what else was fetched. */
  readonly #first: Index;
  #more: Promise<Index> | undefined;
  #signs: Promise<(words: string) => FoundSigns> | undefined;
  #areRead = false;
  #asked: { readonly told: string; readonly whole: boolean; readonly before: boolean } | undefined;

  constructor(
    index: Index,
    fetchMore: (index: Index) => Promise<Index>,
    fetchSigns: () => Promise<SignsFile>,
  ) {
    this.#index = this.#first = index;
    this.#fetchMore = fetchMore;
    this.#fetchSigns = fetchSigns;
  }

  get index(): Index {
    return this.#index;
  }

  /**
   * Everything that is to be shown for words. `isTyping`: the last of them may not be whole yet. `early` shows what
   * there is before the second file is fetched and read.
   */
  async found(words: string, isTyping = false, early?: (found: Found) => Promise<void>): Promise<Found> {
    const signs: FoundSigns = isTyping && this.hangsOnLastWord(words) ? NO_SIGNS : await this.signs(words);
    const alone = signs.flags.some((flag) => flag.alone);
    if (alone) return { signs, alone, answer: NOTHING };
    // What says signs is here already; who has none waits for nothing.
    const beside = signs.flags.length > 0 ? (await import("./signs.ts")).beside : undefined;
    const shown = (answer: Answer): Found => ({ signs, alone, answer: beside ? beside(signs, answer) : answer });
    const told = early && ((answer: Answer): Promise<void> => early(shown(answer)));
    return shown(await this.find(words, told));
  }

  /**
   * Pages for words, best first; asks for the second file once, when the index alone has no sure answer. `early`
   * shows what the index has until then.
   */
  async find(words: string, early?: (answer: Answer) => Promise<void>): Promise<Answer> {
    const asked = searched(words);
    const answer = rank(this.#index, asked);
    if (answer.isSure) return answer;
    if (answer.hits.length > 0) await early?.(answer);
    try {
      // Letters typed while the file is on its way wait for the same one.
      this.#more ??= this.#fetchMore(this.#first);
      this.#index = await this.#more;
    } catch {
      this.#more = undefined;
      return answer; // offline by now: what the index has is still an answer
    }
    return rank(this.#index, asked);
  }

  /**
   * The warning signs in the words. The rules are fetched once, for the first words that can mean one;
   * when they do not come, that is reported, and the next words ask again.
   */
  async signs(words: string): Promise<FoundSigns> {
    const told = kept(words);
    if (!this.#asks(told).whole) return NO_SIGNS;
    try {
      return (await (this.#signs ??= this.#readSigns()))(told);
    } catch {
      this.#signs = undefined;
      return { flags: [], isNear: true, isUnread: true };
    }
  }

  /** Whether words cannot be answered yet: they may mean a sign, and the rules are still to come. */
  awaitsRules(words: string): boolean {
    return !this.#areRead && this.#asks(kept(words)).whole;
  }

  /**
   * Whether the rules would be fetched for the last word alone. While somebody types that can wait until
   * they rest: nearly every beginning of a word may be one of the rules', mistyped, and letter by letter
   * nearly every search would fetch them.
   */
  hangsOnLastWord(words: string): boolean {
    const { whole, before } = this.#asks(kept(words));
    return !this.#areRead && whole && !before;
  }

  /** Whether words need the rules, and whether they do before the last of them: asked several times for each letter. */
  #asks(told: string): { readonly whole: boolean; readonly before: boolean } {
    if (this.#asked?.told !== told) {
      const whole = asksForSigns(this.#first, told);
      this.#asked = { told, whole, before: whole && asksForSigns(this.#first, told, true) };
    }
    return this.#asked;
  }

  async #readSigns(): Promise<(words: string) => FoundSigns> {
    const asked = [this.#fetchSigns(), import("./signs.ts")] as const;
    const [file, { readSigns, signsIn }] = await Promise.all(asked);
    const signs = readSigns(file);
    this.#areRead = true;
    return (words) => signsIn(this.#first, signs, words);
  }
}
