/**
 * Words as they are compared: folded, split, stemmed. The index is made by the same rules in
 * src/kinopress/finder/stems.py; tests/golden/finder/stems.txt holds both sides to each other.
 */

const STOP = new Set(
  `
    a about after again all also always am an and any anything are as at be because been before
    being best better bit but by can cannot cant could did didnt do does doesnt doing done dont
    during each even ever every feel feeling feels felt few for from get gets getting go goes
    going good got had has have havent having he help her here him his how i id if ill im in
    into is isnt it its ive just keep keeps kept kind know left let like lot make makes many me
    might mine more most much my myself near need never no not now of often on one only or other our
    out own please put rather really right same seem seems she should since so some something
    sometimes sort still such take takes tell than that the their them then there theres these
    they thing things think this those through time times to today too tried try trying until us
    use used very want was wasnt way we well were what whats when where which while who why will
    with wont would you your youre
  `
    .trim()
    .split(/\s+/),
);

/** Forms that no ending leads from, and their stems. */
export const IRREGULAR: Readonly<Record<string, string>> = {
  ache: "ach",
  achey: "ach",
  achy: "ach",
  bent: "bend",
  calves: "calf",
  driving: "drive",
  drove: "drive",
  feet: "foot",
  glutei: "gluteus",
  lay: "lie",
  lying: "lie",
  ran: "run",
  sat: "sit",
  slept: "sleep",
  stood: "stand",
  stung: "sting",
  swollen: "swell",
  swelled: "swell",
  teeth: "tooth",
  tore: "tear",
  torn: "tear",
  went: "go",
  woke: "wake",
  worse: "wors",
  worst: "wors",
};

/** Words in two, as dictation and the keyboards of phones write them: "my self", "pain killers". */
const PARTED =
  /\b(?:(?:my|him|her|your|them|our|it) +sel(?:f|ves)|pain +killers?|over +dos(?:e|es|ed|ing)|knee +caps?|under +(?:wear|pants)|heart +(?:beats?|burn)|head +aches?|tooth +ache|out +side|finger +tips?|eye +sight|mid +wife|breath +less)\b/gi;

/** A query with such words in one. */
export function together(text: string): string {
  return text.replace(PARTED, (said) => said.replace(/ +/, ""));
}

/** The words of a text: lower-case letters without accents, numbers; apostrophes join what they are in. */
export function words(text: string): string[] {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/['’‘`´]/g, "");
  return plain.match(/[a-z0-9]+/g) ?? [];
}

const known = new Map<string, string>();

/** The light stem of one word: number, tense, UK or US spelling make no difference. */
export function stem(word: string): string {
  let found = known.get(word);
  if (found === undefined) known.set(word, (found = stemmed(word)));
  return found;
}

function stemmed(given: string): string {
  const irregular = Object.hasOwn(IRREGULAR, given) ? IRREGULAR[given] : undefined;
  if (irregular !== undefined) return irregular;
  let word = given;
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
  if (word.length > 6) {
    word = word.replace(/is(e|ed|es|er|ing|ation)$/, "iz$1").replaceAll("ae", "e");
  }
  if (word.length > 5) word = word.replace(/our(s|ed)?$/, "or$1");
  if (word.endsWith("tre")) word = word.slice(0, -3) + "ter";
  for (const ending of ["fulness", "ness", "ful", "ly"]) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) {
      word = word.slice(0, -ending.length);
      break;
    }
  }
  if (word.endsWith("ies") && word.length > 4) word = word.slice(0, -3) + "y";
  else if (/(sses|ches|shes|xes)$/.test(word)) word = word.slice(0, -2);
  else if (word.endsWith("s") && !/(ss|us|is)$/.test(word)) word = word.slice(0, -1);
  for (const ending of ["ing", "ed"]) {
    const rest = word.slice(0, -ending.length);
    if (word.endsWith(ending) && rest.length >= 3 && /[aeiouy]/.test(rest)) {
      word = rest.length > 3 && /([^lsz])\1$/.test(rest) ? rest.slice(0, -1) : rest;
      break;
    }
  }
  if (word.endsWith("e") && word.length > 3) word = word.slice(0, -1);
  if (word.endsWith("y") && word.length > 3) word = word.slice(0, -1) + "i";
  return word;
}

const STOP_STEMS = new Set([...STOP].map(stem));

/** The same in their order, which is that of the gate to the signs (src/kinopress/finder/signs/gate.py). */
export const STOPS: readonly string[] = [...STOP_STEMS].sort();

/** Whether a stem is that of a word that says nothing about what is wanted. */
export function isStop(word: string): boolean {
  return STOP_STEMS.has(word);
}

/** All stems of a text, in order, stop words included. */
export function stems(text: string): string[] {
  return words(text).map(stem);
}

/** The stems that say something, without doubles, in order; all when every word is a stop word. */
export function contentStems(text: string): string[] {
  return contentOf(words(text));
}

/** The same of words that are split already. */
export function contentOf(found: readonly string[]): string[] {
  const kept = found.filter((word) => !STOP.has(word));
  return [...new Set((kept.length > 0 ? kept : found).map(stem))];
}

/** Words (as stems) that change nothing inside a phrase: "back of my left knee" is "back knee". */
const FILLERS = new Set(
  `
    a an the my your his her our their of on in at to it its is are was were be been being am i im
    ive so very really just and like left right one same whole entire when feel have has had that
    this some bit
  `
    .trim()
    .split(/\s+/),
);

/** The stems of a phrase, in order, without fillers; `equal` makes one of those that mean the same. */
export function phraseStems(text: string, equal: ReadonlyMap<string, string>): string[] {
  return phraseOf(stems(text), equal);
}

/** The same of stems. */
export function phraseOf(given: readonly string[], equal: ReadonlyMap<string, string>): string[] {
  return given.filter((word) => !FILLERS.has(word)).map((word) => equal.get(word) ?? word);
}
