/** Groups and rules of warning signs out of the short text they travel as; src/kinopress/finder/signs/packing.py writes it. */

import { frontCoded, numbers, rising } from "./coding.ts";

export interface Packed {
  readonly words: string;
  readonly symbols: string;
  readonly groups: string;
  readonly rules: string;
}

/** Groups as "marks:phrase/phrase", and the rules of each sign as "+#1/word&#2". */
export function unpacked(file: Packed): {
  readonly groups: readonly string[];
  readonly rules: readonly (readonly string[])[];
} {
  const parts = [...(file.symbols === "" ? [] : file.symbols.split(" ")), ...frontCoded(file.words)];
  const said = (text: string): string => {
    const [ones = "", ...longer] = text.split(/(?=[.,])/);
    const isPlain = !/^[.,]/.test(ones);
    const phrases = isPlain ? rising(ones).map((at) => parts[at] ?? "") : [];
    let first = 0;
    for (const one of isPlain ? longer : [ones, ...longer]) {
      const of = numbers(one.slice(1));
      if (one.startsWith(",")) of.unshift(first);
      first = of[0] ?? 0;
      phrases.push(of.map((at) => parts[at] ?? "").join(" "));
    }
    return phrases.join("/");
  };
  return {
    groups: file.groups.split(" ").map((group) => {
      const [marks = "", text = ""] = group.split(":");
      return `${marks}:${said(text)}`;
    }),
    rules: file.rules.split("\n").map((ofSign) =>
      (ofSign === "" ? [] : ofSign.split(" ")).map((rule) => rule.replace(/([+&!])([^+&!]*)/g, (_, how: string, text: string) => how + said(text))),
    ),
  };
}
