/**
 * Warning signs in a reader's own words: by rule, apart from all ranking, so that nothing hides one.
 *
 * The words are in the site's data: groups of phrases ("numb", "between my legs"), and for each sign
 * its rules, which say what groups must come together. What is here is the grammar around them:
 * small words that change nothing, what denies a sign, what only asks how to avoid one, what is long
 * past, and to which part of the body a word belongs. It recognises words and knows no disease.
 */

// Here already, and in one file with what this one needs of it (more.ts says why).
import "./main.ts";

// In one file with the rules: a sign that was recognised is never without its card.
export { safetyCard } from "./safety.ts";
// Without an index words are checked by the rules as well; a reader who has one never needs it.
export { lost } from "./lost.ts";
import { placeOf } from "./safety.ts";

import { type Facts, type Flag, type Found, isUrgent, type Level, pieces, SENTENCE } from "./asking.ts";
import { rising } from "./coding.ts";
import type { Index } from "./index.ts";
import { Listener, type ListenerFile } from "./listener.ts";
import { distance } from "./near.ts";
import { IRREGULAR, isStop, stem } from "./normal.ts";
import type { Answer } from "./rank.ts";
import { firstsIn, onlyPart, type Packed, partsOf, phrasesIn } from "./unpacking.ts";

/** One part of a phrase: a word as its stem, behind "=" as it is, or "." for the end of what is said; a group by its number, any number of a range, or a gap. */
type Part = string | number | { readonly from: number; readonly to: number } | null;
type Phrase = readonly Part[];
/** Stands for what a phrase begins with that is no word: a group, a number, a gap. */
const ANY = -1;

/** Phrases of which any will do. What they are made of is read when it is asked for: most of them never are. */
class Group {
  /** Worth a look at the signs of the nearest symptom, also where no rule is met. */
  readonly isNear: boolean;
  /** Names of conditions. */
  readonly isCondition: boolean;
  readonly #text: string;
  readonly #parts: readonly Part[];
  readonly #groups: readonly Group[];
  #marks: string | undefined;
  #firsts: readonly number[] | undefined;
  #byFirst: ReadonlyMap<number, readonly Phrase[]> | undefined;

  /** Without `marks` it is a set in a rule, and what it is follows from the groups it names. */
  constructor(text: string, parts: readonly Part[], groups: readonly Group[], marks?: string) {
    this.#text = text;
    this.#parts = parts;
    this.#groups = groups;
    this.#marks = marks;
    this.isNear = marks?.includes("n") ?? false;
    this.isCondition = marks?.includes("c") ?? false;
  }

  /** A part of the body. */
  get isPlace(): boolean {
    return (this.#marks ??= this.#marksOfNamed()).includes("p");
  }

  /** Counts however long ago it was. */
  get isEver(): boolean {
    return (this.#marks ??= this.#marksOfNamed()).includes("e");
  }

  /** A set that names groups and nothing else is a place where all of them are; any that counts for ever makes it count so. */
  #marksOfNamed(): string {
    const phrases = phrasesIn(this.#text);
    const named = phrases.flatMap((phrase) => {
      const only = phrase.length === 1 ? this.#parts[phrase[0] ?? -1] : undefined;
      return typeof only === "number" ? [this.#groups[only]] : [];
    });
    const isPlace = named.length === phrases.length && named.every((one) => one?.isPlace);
    return `${isPlace ? "p" : ""}${named.some((one) => one?.isEver) ? "e" : ""}`;
  }

  /** The parts of its phrases, one after another. */
  get said(): readonly Part[] {
    return phrasesIn(this.#text).flatMap((phrase) => phrase.map((at) => this.#parts[at] ?? null));
  }

  /** The numbers of the parts that its phrases begin with. */
  get firsts(): readonly number[] {
    return (this.#firsts ??= firstsIn(this.#text));
  }

  /** Phrases by the number of the part they begin with; under ANY those that begin with no word. */
  get byFirst(): ReadonlyMap<number, readonly Phrase[]> {
    if (this.#byFirst !== undefined) return this.#byFirst;
    const found = new Map<number, Phrase[]>();
    for (const phrase of phrasesIn(this.#text)) {
      const [first = ANY] = phrase;
      const under = typeof this.#parts[first] === "string" ? first : ANY;
      const alike = found.get(under);
      const read = phrase.map((at) => this.#parts[at] ?? null);
      if (alike === undefined) found.set(under, [read]);
      else alike.push(read);
    }
    return (this.#byFirst = found);
  }
}

interface Slot {
  readonly group: number;
  /** "+" beside another, "&" anywhere, "!" nowhere. */
  readonly how: string;
}

/** The signs and rules of a site, as they are used. */
/** What must come together for a sign. */
interface Rule {
  readonly flag: Flag;
  readonly slots: readonly Slot[];
}

export interface Signs extends Facts {
  readonly groups: readonly Group[];
  /** What phrases are made of, and the number of each. */
  readonly parts: readonly Part[];
  readonly partNumber: ReadonlyMap<string, number>;
  readonly places: readonly number[];
  readonly rules: readonly Rule[];
  /** By first letter: words as they may be typed, and the stems they lead to. */
  readonly vocabulary: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Short words as they are misheard by dictation or mistyped, too short for slips to be counted. */
  readonly misheard: ReadonlyMap<string, string>;
  /** Words of dialect, and the standard ones. */
  readonly dialect: ReadonlyMap<string, string>;
  /** Stems of ordinary words that are not slips, though a word of the rules is near: "fewer" is no "fever". */
  readonly plain: ReadonlySet<string>;
  /** What hears words that no rule knows; not on every site. */
  readonly listener: Listener | undefined;
}

/**
 * As it travels: groups and rules packed (unpacking.ts);
 * `misheard` and `dialect` words and what they are read as, in turn; `plain` stems; the signs as index.py says.
 */
export interface SignsFile extends Packed {
  readonly misheard: string;
  readonly dialect: string;
  readonly plain: string;
  readonly flags: readonly (readonly [string, Level, string, string, 0 | 1, number])[];
  readonly urgency: readonly (readonly [Level, string, readonly string[], string])[];
  readonly says: readonly string[];
  readonly warns: string;
  readonly listener?: ListenerFile;
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** May be inside a phrase and change nothing: "can't properly feel", "a bit numb", "of my left leg". */
const FILLERS = set(`
  a an the my your his her our their its it is are was were be been being am i im ive id ill hes shes
  theyre thats theres very really so quite rather pretty kind sort kinda sorta somewhat of bit little
  tad slightly actually literally totally completely absolutely properly proper basically honestly
  definitely clean bloody fucking fuckin effing frigging flipping damn the fuck fucks well proper dead-on almost nearly even all at on in to
  for with when while around from that this these those some any have has had having got get gets
  getting do does did like right left same feel feels felt feeling and he she they me him them us we
  you there here also as into by about over through more much too still now just then mine actual
  whole both seem seems seemed going gone go goes started starting starts keeps keep being myself mums
  dads husbands wifes sons daughters
`);

/** Deny what follows. "Can't" and "won't" are no such words: they are signs themselves. */
const NEGATORS = set(`
  no not never without isnt wasnt arent werent dont doesnt didnt havent hasnt hadnt nor neither none
  zero aint
`);

/** After these a "no" or "not" denies nothing: "not sure why", "no idea", "won't stop", "never before like this". */
const NOT_DENIED = set(`
  sure only just idea know knew warning reason matter better going go goes stop stopped stopping
  gone ease eased easing settle settled settling heal healing improve improved improving wonder want
  wanna mean worry worried sleep slept relief joke joking kidding understand normal right good great
  clue doubt longer way help helping helped helps work working touch touching long wanting panic
  shift shifting budge letting let lie lying being think-so sense clear cleared
`);

/** Deny what they follow, as where somebody answers a form: "swelling none". */
const ANSWERS_NO = set("none nil negative");

/** End what a "no" before them denies. */
const SCOPE_ENDS = set(`
  and but although though however except yet only just since because cos cause when whenever then now
  so until till plus instead while started which thats
`);
const LISTS_ON = set("or nor");

/** Ask how to keep clear of something, in whatever words follow. */
const AVOIDS = set("avoid avoiding prevent preventing prevention prevents avoided");

/** A question about a condition may hold these and its name, and asks for what it is like by one of LIKENESS. */
const QUESTION = set(`
  what whats which how do does did is are was would will can could should to tell know spot recognise recognize check you
  i my one if whether it its the a an of for in on with from and or ive im youve got get having have has common main typical
  early first warning red flag flags list stages nhs fast quick symptom symptoms sign signs feel feels feeling look looks
  like women woman men man adults adult children child kids baby babies toddlers runners cyclists swimmers athletes older
  elderly young people someone somebody teenagers leg legs calf arm brain heart test start starts begin
`);
const LIKENESS = ["symptoms", "symptom", "signs", "sign", "feel like", "feels like", "look like", "looks like", "how do i know",
  "how do you know", "how to know", "how can i tell", "how can you tell", "how do i tell", "how do you tell", "how to tell",
  "how would i know", "how will i know", "how to spot", "how do i spot", "how to recognise", "how to recognize",
].map((phrase) => phrase.split(" "));
/** Somebody has it: that is not a question. After "how" or "what" it may be one all the same. */
const PEOPLE = set("i im ive my me has have having got he hes she shes we our they");
const QUESTIONS = set("how what whats which");

/** Say that the clause is about long ago. */
const PAST = [
  "years ago", "year ago", "yrs ago", "last year", "ages ago", "decades ago", "decade ago", "long ago",
  "months ago", "as a kid", "as a child", "as a teenager", "when i was younger", "when i was a kid",
  "when i was little", "when i was a teenager", "used to", "fully healed",
  "fully recovered", "all healed", "has healed", "healed up", "now healed", 
  "previously", "previous", "in 2010", "last season", "last winter", "last summer", "all clear",
  "recovered from", "recovering from", "healed", "recovered", "back to running after", "return to running after",
  "returning to running after", "getting back after", "coming back from", "once had", "old injury", "old fracture",
  "old break", "years since", "year since", "when i was expecting", "when i was pregnant", "gone since .", "long sorted",
  "all sorted", "now sorted", "once at school", "once in school", "sorted with", "sorted now", "sorted years", "in school assembly", "at school once", "years back",
  "week all better", "month all better", "year all better", "back from a stress fracture", "back from stress fracture",
  "long gone", "from childhood", "in childhood", "decades back", "ruled out", "back to normal now", "is back running", "back running again", "back running now", "signed me off", "signed him off",
  "signed her off", "at uni",
].map((phrase) => phrase.split(" "));
const PRESENT = set("now still again today tonight suddenly currently new yesterday morning keeps started begun lately recently");
/** After "and" these begin a clause about today: "steroids last year and there's an ache". */
const TODAY = set("there theres it its ive im my both");
const YEAR = /^(19|20)\d\d$/;

/** Numbers as they are dictated: "twelve tablets", "seventy and fell". */
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  ("six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen " +
    "twenty thirty forty fifty sixty seventy eighty ninety")
    .split(" ")
    .map((word, at) => [word, at < 14 ? at + 6 : 10 * at - 120]),
);

/** Somebody else of whom a reader tells: "my dad had a stroke and I want to run". */
const OTHERS = set(`
  dad dads father mum mums mom mother brother sister uncle aunt auntie aunty nan nana gran granny grandma grandmother
  grandad granddad grandpa grandfather cousin husband wife partner friend friends mate mates boss colleague neighbour
  son daughter family
`);
const HAD = set("had suffered died");
/** "Has had" and "just had" may be a minute ago. */
const HAS = set("has have just hes shes ive think reckon maybe");
/** What is made for others to read or hear: "a poster about heat stroke" means nobody has one. */
const TOPICS = set(`
  talk newsletter piece poster posters podcast book article quiz dissertation essay video videos film course module slides
  slide blog documentary assembly lesson webinar briefing briefings leaflet leaflets chapter episode handout handouts workshop
  seminar presentation poem novel programme
`);
const ABOUT = set("about covers covering covered question said says saying");
/** After "on" these say where or when, and not of what: "a book on the train". */
const WHERE = set("the a an my his her this that our monday tuesday wednesday thursday friday saturday sunday sale it me");
const OF_IT = set("signs symptoms dangers risks");
const MYSELF = set("i im ive id me mine my myself we our us help");
const ABOUT_MOST = 6;

/** What readers want to do themselves, and what they fear for themselves. */
const OWN_PLANS = set(`
  run running runner jog jogging train training stretch stretches stretching exercise exercises exercising swim swimming
  cycle cycling ride race marathon parkrun gym start starting fit safe risk prevent avoid keep sport
`);
const OWN = set("i im ive me mine should can is am");
/** It is there now, or about the one it happened to, or asks for help. */
const NOT_HISTORY = set(`
  he him his hes she her shes they them their theyre help happening minute minutes hour hours ago just ambulance while during
`);
const MAY = set("can could should may");
const MAY_BE = set("ok okay safe fit allowed");
/** "What can he do now?" asks for help, and for no exercise. */
const NO_PLAN = set("now about for to if when until anything something");
const WHAT_TO_DO = ["do i do", "should i do", "shall i do", "i do now", "can i do for"].map((phrase) => phrase.split(" "));

/** May trail behind what somebody says and add nothing it could be about: "I can't go on any more". */
const TRAILING = set("any more anymore longer now today tonight really honestly anyway either at all please help sorry soon");
/** Begin another thought, also where dictation leaves out the stop: "what's the point I'm so tired". */
const BEGINS = set("i im ive id ill hes shes theyre and but although though however because cos since so plus everyone nobody everything nothing");

/** Begin a sentence that goes on with the one before it: "Numb saddle. Only on the bike." "Mum had a stroke. What can I do?" */
const GOES_ON = set(`
  only it its that thats this these those they was were is goes gone went comes came happens happened but and then when whenever
  after before while during since until till fine ok okay no not never had years months last all just usually always sometimes
  if because as so years better worse stops stopped eases eased settles settled from for with without on in at each every or
  which though although except what how can could should would may will any best is are do does
`);

/** What brings on an everyday ache: who names it is asked in one line, and has the results in sight. */
const EVERYDAY = set(`
  deadlift deadlifts deadlifting squat squats squatting gym gardening digging desk shoe shoes trainers boots purpose dieting
  doms workout weights rolling rolled twisted laughing jumping trampoline hills
`);

/** "Back to normal" does not come back, and "now back pain" is about the back. */
const BACK_TO = set("to on in at pain pains ache aches hurts sore stiff spasm spasms");

/** The end of what is said, as a part of a phrase. */
const END = ".";
const FILLERS_MOST = 5;
const GAP_MOST = 4;
/** A part and that it hurts take fewer words. */
const STORY_LEAST = 3;
/** A sign has so many words at least, and a sentence of two is parted at one of so many. */
const LEAST_PART = 2;
const PARTED_MOST = 60;
/** So few words may say no more than of what it came. */
const CAUSE_MOST = 3;
/** Behind every emergency and before what is less urgent; safety.ts says what goes where. */
const AFTER_MET = 1.5;
/** Words that say something between two parts that are beside each other, at most. */
const BESIDE_MOST = 7;

/** The rules out of the index. */
export function readSigns(file: SignsFile): Signs {
  const flags: readonly Flag[] = file.flags.map(([key, level, title, action, alone, marks]) => ({
    key,
    level,
    title,
    action,
    alone: alone === 1,
    hospital: (marks & 1) > 0,
    cause: (marks & 2) > 0,
    ownCall: (marks & 4) > 0,
  }));
  const spelled = partsOf(file);
  const parts = spelled.map(part);
  let vocabulary: Signs["vocabulary"] | undefined;
  const groups: Group[] = [];
  for (const group of file.groups.split(" ")) {
    const [marks, text = ""] = group.split(":");
    groups.push(new Group(text, parts, groups, marks));
  }
  const places = groups.flatMap((group, at) => (group.isPlace ? [at] : []));
  const known = new Map<string, number>();
  const groupOf = (text: string): number => {
    let at = known.get(text);
    if (at === undefined) {
      const named = parts[onlyPart(text) ?? -1];
      at = typeof named === "number" ? named : groups.push(new Group(text, parts, groups)) - 1;
      known.set(text, at);
    }
    return at;
  };
  const rules = file.rules.split("\n").flatMap((ofSign, at) => {
    const flag = flags[at];
    if (flag === undefined || ofSign === "") return [];
    return ofSign.split(" ").map((rule) => ({
      flag,
      slots: (rule.match(/[+&!][^+&!]+/g) ?? []).map((slot) => ({ group: groupOf(slot.slice(1)), how: slot.charAt(0) })),
    }));
  });
  const [mayBeSign = "", ifNow = "", nearSign = "", seeFirst = ""] = file.says;
  const inTurn = (text: string): ReadonlyMap<string, string> => {
    const words = text.split(" ");
    return new Map(words.flatMap((word, at) => (at % 2 ? [] : [[word, words[at + 1] ?? ""] as const])));
  };
  return {
    flags,
    urgency: file.urgency.map(([level, action, numbers, hospitalAction]) => ({ level, action, numbers, hospitalAction })),
    says: { mayBeSign, ifNow, nearSign, seeFirst },
    warns: file.warns.split("\n").map(rising),
    groups,
    parts,
    partNumber: new Map(spelled.map((one, at) => [one, at])),
    places,
    rules,
    get vocabulary() {
      return (vocabulary ??= vocabularyOf(groups));
    },
    misheard: inTurn(file.misheard),
    dialect: inTurn(file.dialect),
    plain: new Set(file.plain.split(" ")),
    listener: file.listener && new Listener(file.listener, spelled),
  };
}

/**
 * Words of the rules as they may be typed, by first letter, in the order of the groups: of two that are as near to a slip the
 * first is meant. Read for the first word that may be one.
 */
function vocabularyOf(groups: readonly Group[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  const learn = (word: string, leadsTo: string): void => {
    const alike = found.get(word[0] ?? "");
    if (alike === undefined) found.set(word[0] ?? "", new Map([[word, leadsTo]]));
    else alike.set(word, leadsTo);
  };
  for (const group of groups) {
    for (const word of group.said) if (typeof word === "string" && word.length >= 4 && !word.startsWith("=")) learn(word, word);
  }
  for (const [form, of] of Object.entries(IRREGULAR)) {
    if (found.get(of[0] ?? "")?.has(of)) learn(form, of);
  }
  return found;
}

function part(text: string): Part {
  if (text === "..") return null;
  if (text.startsWith("#")) return Number(text.slice(1));
  const range = /^(\d+)-(\d+)$/.exec(text);
  return range ? { from: Number(range[1]), to: Number(range[2]) } : text;
}

interface Token {
  readonly word: string;
  readonly stem: string;
  /** What parts it from the word before: 0 nothing, 1 a comma, 2 the end of a sentence. */
  readonly stop: number;
}

/** Before these "wee" says small. */
const CHILDREN = set("lad lass boy girl one man child son daughter brother sister bit tad dog");
/** Before these "faint" says slight, but not after "feel" or "came over". */
const DIM = set(`
  ache aches aching niggle niggles pain pains bruise bruises bruising twinge twinges tingle tingling tingles soreness stiffness
  tightness lump mark marks line lines rash tickle burn burning numbness swelling redness click clicking pull pop cramp
`);
const FAINTS = set("feel feels feeling felt go goes going went come came over am im is was nearly almost all so bit and or very really");

/** The words of a text under the rules. */
function tokens(text: string, signs: Signs, isKnown: (stem: string) => boolean): Token[] {
  const standard = (word: string): string => signs.dialect.get(word) ?? word;
  return pieces(text).map(({ piece, stop }, at, all) => {
    const isSmall = piece === "wee" && all[at + 1] !== undefined && CHILDREN.has(standard(all[at + 1]?.piece ?? ""));
    const isSlight = piece === "faint" && DIM.has(all[at + 1]?.piece ?? "") && all[at + 1]?.stop === 0 && !FAINTS.has(all[at - 1]?.piece ?? "");
    const word = isSmall || isSlight ? "little" : standard(piece);
    return { word, stem: meant(word, signs, isKnown), stop };
  });
}

/** A word of the rules that was meant by a mistyped one; the word's own stem where it is known or like none. */
function meant(piece: string, signs: Signs, isKnown: (stem: string) => boolean): string {
  const misheard = signs.misheard.get(piece);
  if (misheard !== undefined) return stem(misheard);
  const typed = stem(piece);
  if (piece.length < 4 || FILLERS.has(piece)) return typed;
  if (isKnown(typed)) return typed;
  const alike = signs.vocabulary.get(typed[0] ?? "");
  if (alike === undefined || alike.has(typed)) return typed;
  // "Throbbin", "swellin": as it is said.
  const said = piece.endsWith("in") ? stem(`${piece}g`) : "";
  if (said !== "" && signs.vocabulary.get(said[0] ?? "")?.has(said)) return said;
  const most = piece.length >= 8 ? 2 : 1;
  // A slip in an ending that would have been cut off: "tinglng", "swellign".
  const whole = /(ng|gn|ig|in|ed|de)$/.test(typed) && typed.length > 6;
  const forms = whole ? [typed, typed.slice(0, -2), typed.slice(0, -3)] : [typed];
  let best = typed;
  let least = most + 1;
  for (const [word, leadsTo] of alike) {
    // A short word is many words' neighbour: only two letters that changed places, or a key beside, are forgiven.
    if (piece.length === 4 && !isSwapped(typed, word) && !lacksVowel(typed, word) && !(EASILY.has(word) && isKeyBeside(typed, word))) continue;
    for (const form of forms) {
      const slips = distance(form, word, most) + (form === typed ? 0 : 0.5);
      if (slips < least) [best, least] = [leadsTo, slips];
    }
  }
  return best;
}

function isSwapped(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join("") === [...b].sort().join("");
}

/** A word written without its vowel, as in a text message: "chst", "hart". */
function lacksVowel(typed: string, word: string): boolean {
  return word.length === typed.length + 1 &&
    [...word].some((letter, at) => "aeiou".includes(letter) && word.slice(0, at) + word.slice(at + 1) === typed);
}

const KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** Short words of the rules that other short words rarely stand for. */
const EASILY = set("foot knee calf heel shin back head neck face numb pain cold weak pale chest");

/** One letter is the one beside it on the keyboard: "foor". */
function isKeyBeside(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const wrong = [...a].flatMap((letter, at) => (letter === b[at] ? [] : [[letter, b[at] ?? ""] as const]));
  return wrong.length === 1 && wrong.every(([typed, meant]) =>
    KEYS.some((row) => row.includes(typed) && Math.abs(row.indexOf(typed) - row.indexOf(meant)) === 1 && row.includes(meant)));
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** The word that denies it, or -1. */
  readonly denied: number;
  readonly isPast: boolean;
}

/** "Peanut butter" rules out "peanut": it says more than the words it holds. */
function isWider(span: Span, other: Span): boolean {
  return span.from <= other.from && other.to <= span.to && span.to - span.from > other.to - other.from;
}

/** Whether words begin or end in the middle of a name: the "stroke sign" of "heat stroke sign". */
function isCut(named: Span, span: Span): boolean {
  return [span.from, span.to].some((edge) => named.from < edge && edge < named.to);
}

const NOWHERE: readonly number[] = [];
const NO_SPANS: readonly Span[] = [];

/** What a word says as a number; NaN where it says no number. */
function valueOf(word: string): number {
  return /^\d+$/.test(word) ? Number(word) : NUMBER_WORDS.get(word) ?? NaN;
}

/** One sentence, with what is the same however it is read. */
class Sentence {
  readonly signs: Signs;
  readonly tokens: readonly Token[];
  readonly isFiller: readonly boolean[];
  /** For each word, under what the phrases are kept that may begin with it. */
  readonly begun: readonly (readonly number[])[];
  /** How many words before each are no fillers. */
  readonly before: readonly number[];
  /** Which parts of phrases are said, and whether any number is. */
  readonly #isSaid: Uint8Array;
  readonly #saysNumber: boolean;
  /** For each group, whether a phrase of it may begin at any word: 1 that it may, 2 that it cannot, 0 where nobody asked. */
  readonly #mayBegin: Uint8Array;
  #rules: readonly Rule[] | undefined;

  constructor(signs: Signs, words: readonly Token[]) {
    this.signs = signs;
    this.tokens = words;
    this.isFiller = words.map(({ word }) => FILLERS.has(word));
    this.#isSaid = new Uint8Array(signs.parts.length);
    this.begun = words.map((token) => {
      const found = [ANY];
      for (const one of [token.stem, stem(token.word), `=${token.word}`]) {
        const at = signs.partNumber.get(one);
        if (at === undefined || found.includes(at)) continue;
        found.push(at);
        this.#isSaid[at] = 1;
      }
      return found;
    });
    this.#saysNumber = words.some(({ word }) => !Number.isNaN(valueOf(word)));
    this.#mayBegin = new Uint8Array(signs.groups.length);
    let count = 0;
    this.before = words.map((_, at) => (this.isFiller[at] ? count : count++));
  }

  /** The rules of which every group may be said: of most sentences hardly any, and no other need be looked at. */
  get rules(): readonly Rule[] {
    return (this.#rules ??= this.signs.rules.filter(({ slots }) => slots.every(({ how, group }) => how === "!" || this.mayBe(group))));
  }

  /** Whether a phrase of a group may begin at any word: most begin nowhere, and need not be looked for. */
  mayBe(group: number): boolean {
    const known = this.#mayBegin[group];
    if (known) return known === 1;
    this.#mayBegin[group] = 1; // while it is looked at: nothing is ruled out by itself
    const { groups, parts } = this.signs;
    const may = groups[group]?.firsts.some((at) => {
      const first = parts[at];
      if (typeof first === "string") return this.#isSaid[at] === 1;
      if (typeof first === "number") return this.mayBe(first);
      return first === null || this.#saysNumber;
    });
    this.#mayBegin[group] = may ? 1 : 2;
    return may === true;
  }
}

/** One sentence under the rules. */
class Reading {
  readonly #signs: Signs;
  readonly #sentence: Sentence;
  readonly #tokens: readonly Token[];
  readonly #ends = new Map<number, (readonly number[])[]>();
  readonly #spans = new Map<number, readonly Span[]>();
  readonly #isFiller: readonly boolean[];
  readonly #harmless: readonly (readonly [number, number])[];
  readonly #isPast: readonly boolean[];
  readonly #denies: readonly boolean[];
  /** For each word the one before it that says what it is only a topic of, or -1. */
  readonly #topics: readonly number[];
  readonly #before: readonly number[];
  readonly #asked: boolean;
  readonly #endsAnywhere: boolean;
  #wholeNames = false;

  /**
   * `asked`: the words ask for what a condition is like, so that nothing makes its name harmless. `endsAnywhere`: what is
   * said may end after any word, as where another sign follows with nothing between.
   */
  constructor(sentence: Sentence, asked = false, endsAnywhere = false) {
    const { signs, tokens: words } = sentence;
    this.#signs = signs;
    this.#sentence = sentence;
    this.#tokens = words;
    this.#asked = asked;
    this.#endsAnywhere = endsAnywhere;
    this.#isFiller = sentence.isFiller;
    this.#before = sentence.before;
    // The first group is what sounds like a sign and is not one; words are in it as they are.
    this.#harmless = [];
    this.#harmless = words.flatMap((_, from) => {
      const to = asked ? from : this.#longest(from);
      return to > from ? [[from, to] as const] : [];
    });
    this.#ends.clear();
    this.#isPast = this.#past();
    this.#topics = this.#topicsOf();
    this.#denies = words.map(({ word }, at) => {
      if (!NEGATORS.has(word)) return false;
      // "never had it this bad", "not been like this before": it is there now.
      const ahead = words.slice(at + 1, at + 9).map((one) => one.word);
      if (word === "never" && ahead.some((one) => one === "before" || one === "this")) return false;
      const next = words.slice(at + 1).find((one, i) => !FILLERS.has(one.word) || i > 3 || NOT_DENIED.has(one.word));
      return next === undefined || !NOT_DENIED.has(next.word);
    });
  }

  #longest(from: number): number {
    return Math.max(from, ...this.#match(0, from));
  }

  /** Where a group's phrases end that begin at a word. */
  #match(group: number, from: number): readonly number[] {
    let of = this.#ends.get(group);
    if (of === undefined) this.#ends.set(group, (of = []));
    const known = of[from];
    if (known !== undefined) return known;
    const { byFirst } = this.#signs.groups[group] as Group;
    let ends: Set<number> | undefined;
    for (const first of this.#sentence.begun[from] ?? []) {
      const phrases = byFirst.get(first);
      if (phrases === undefined) continue;
      ends ??= new Set();
      for (const phrase of phrases) this.#follow(phrase, 0, from, ends, group === 0);
    }
    // So it is with nearly every word and group: nothing is made for them.
    if (ends === undefined || ends.size === 0) return (of[from] = NOWHERE);
    const kept = [...ends].filter(
      (to) => !this.#harmless.some(([a, b]) => a <= from && to <= b && group !== 0),
    );
    return (of[from] = kept);
  }

  #follow(phrase: Phrase, at: number, from: number, ends: Set<number>, isLiteral: boolean): void {
    if (at === phrase.length) {
      ends.add(from);
      return;
    }
    const wanted = phrase[at];
    if (wanted === null) {
      for (let to = from; to <= from + GAP_MOST && to < this.#tokens.length; to++) {
        this.#follow(phrase, at + 1, to, ends, isLiteral);
        if (this.#parts(to)) break;
      }
      return;
    }
    if (wanted === END) {
      if (this.#isEnd(from)) this.#follow(phrase, at + 1, from, ends, isLiteral);
      return;
    }
    for (let to = from, skipped = 0; to < this.#tokens.length; to++, skipped++) {
      const token = this.#tokens[to] as Token;
      if (to > from && token.stop === SENTENCE) return;
      if (isLiteral && at > 0 && token.stop > 0) return;
      if (typeof wanted === "number") {
        for (const end of this.#match(wanted, to)) this.#follow(phrase, at + 1, end, ends, isLiteral);
      } else if (typeof wanted === "object" && wanted !== undefined) {
        const number = valueOf(token.word);
        if (number >= wanted.from && number <= wanted.to) this.#follow(phrase, at + 1, to + 1, ends, isLiteral);
      } else if (token.stem === wanted || stem(token.word) === wanted || `=${token.word}` === wanted) {
        this.#follow(phrase, at + 1, to + 1, ends, isLiteral);
      }
      if (at === 0 || isLiteral || !this.#isFiller[to] || skipped >= FILLERS_MOST) return;
    }
  }

  /** Whether nothing follows that the words before could be about: "what's the point", not "of foam rolling". */
  #isEnd(at: number): boolean {
    if (this.#endsAnywhere) return true;
    for (let next = at; ; next++) {
      const token = this.#tokens[next];
      if (token === undefined || token.stop > 0 || BEGINS.has(token.word)) return true;
      if (!TRAILING.has(token.word)) return false;
    }
  }

  /** Whether a gap may not go on over this word. */
  #parts(at: number): boolean {
    const token = this.#tokens[at];
    return token === undefined || NEGATORS.has(token.word) || (this.#tokens[at + 1]?.stop ?? SENTENCE) > 0;
  }

  /** Words that are in a clause about long ago. */
  #past(): boolean[] {
    const isPast = this.#tokens.map(() => false);
    let begin = 0;
    for (let at = 1; at <= this.#tokens.length; at++) {
      const token = this.#tokens[at];
      const ends = token === undefined || token.stop > 0 || token.word === "but" || token.word === "now" ||
        (token.word === "and" && [PRESENT, TODAY].some((words) => words.has(this.#tokens[at + 1]?.word ?? "")));
      if (!ends) continue;
      const clause = this.#tokens.slice(begin, at).map((one) => one.word);
      let from = 0;
      let said = 0;
      const says = clause.some((word, i) => {
        const of = YEAR.test(word) ? 1 : PAST.find((phrase) => phrase.every((one, k) => one === (clause[i + k] ?? END)))?.length ?? 0;
        [from, said] = [i, i + of];
        return of > 0;
      });
      // "Two years ago and now again": what follows says only that it is back.
      const next = this.#tokens.slice(at, at + 3).map((one) => one.word);
      const back = next.indexOf("back");
      const isBack = next.includes("again") || (back >= 0 && !BACK_TO.has(next[back + 1] ?? this.#tokens[at + 3]?.word ?? ""));
      // "Had cancer years ago back pain now": what stands between the two is there now.
      const to = token?.word === "now" && from > 0 ? begin + said : at;
      if (says && !isBack && !clause.some((word) => PRESENT.has(word))) isPast.fill(true, begin, to);
      begin = at;
    }
    for (const [from, to] of this.#history()) isPast.fill(true, from, to);
    return isPast;
  }

  /** Where a condition is named that somebody else once had, in a text that is about the reader's own plans. */
  #history(): readonly (readonly [number, number])[] {
    const words = this.#tokens.map(({ word }) => word);
    // Nearly every text ends here: nobody had anything, and no condition need be looked for.
    if (!words.some((word) => HAD.has(word))) return [];
    // "And now I want to run" is about the reader.
    const isNow = (word: string, at: number): boolean => PRESENT.has(word) && !(word === "now" && words[at + 1] === "i");
    // "Can he do bridges?": for whom that is asked, it is over.
    const isTheirs = (at: number): boolean => {
      const [before = "", next = "", what = "now"] = [words[at - 1], words[at + 1], words[at + 2]];
      if (before === "is") return MAY_BE.has(next);
      return MAY.has(before) && (OWN_PLANS.has(next) || (next === "do" && !NO_PLAN.has(what)));
    };
    if (words.some((word, at) => (NOT_HISTORY.has(word) && !isTheirs(at)) || isNow(word, at))) return [];
    if (words.some((_, at) => WHAT_TO_DO.some((phrase) => phrase.every((one, k) => one === words[at + k])))) return [];
    const found = this.#signs.groups.flatMap((group, at) => (group.isCondition ? words.flatMap((_, from) => {
      const had = words.findLastIndex((word, i) => i < from && i >= from - 5 && HAD.has(word));
      const other = words.findLastIndex((word, i) => i < had && i >= had - 3 && OTHERS.has(word));
      const isOne = had >= 0 && other >= 0 && !words.slice(other, had).some((word) => HAS.has(word)) &&
        !this.#tokens.slice(other + 1, from + 1).some(({ stop }) => stop > 0);
      return isOne ? this.#match(at, from).map((to) => [other, to] as const) : [];
    }) : []));
    const own = words.filter((_, at) => !found.some(([from, to]) => from <= at && at < to));
    if (words.some((_, at) => isTheirs(at))) return found;
    return own.some((word) => OWN_PLANS.has(word)) && own.some((word) => OWN.has(word)) ? found : [];
  }

  /** Where what follows is what somebody writes or talks about, and nobody is told of besides. */
  #topicsOf(): readonly number[] {
    let topic = -1;
    return this.#tokens.map(({ word, stop }, at, all) => {
      if (stop === SENTENCE) topic = -1;
      if (topic < 0 && TOPICS.has(word) && !this.#asked) {
        const end = all.findIndex((one, i) => i > at && one.stop === SENTENCE);
        const rest = all.slice(at + 1, end < 0 ? undefined : end).map((one) => one.word);
        const isAbout = rest.slice(0, ABOUT_MOST).some((one, i) =>
          ABOUT.has(one) || (one === "on" && (!WHERE.has(rest[i + 1] ?? "the") || OF_IT.has(rest[i + 2] ?? ""))));
        const isOfSomebody = rest.some((one) => MYSELF.has(one) || NOT_HISTORY.has(one) || OTHERS.has(one));
        if (isAbout && !isOfSomebody) topic = at;
      }
      return topic;
    });
  }

  /** The word that denies what begins at `from`, or -1. */
  #deniedBy(from: number): number {
    // "My calf never heals, what's the point": what is asked is not denied by what was said before.
    if (QUESTIONS.has(this.#tokens[from]?.word ?? "")) return -1;
    const topic = this.#topics[from] ?? -1;
    if (topic >= 0) return topic;
    let isList = false;
    for (let at = from; at < Math.min(from + 8, this.#tokens.length); at++) {
      if (LISTS_ON.has(this.#tokens[at]?.word ?? "")) isList = true;
    }
    for (let at = from - 1, said = 0; at >= 0; at--) {
      const token = this.#tokens[at] as Token;
      const after = this.#tokens[at + 1] as Token;
      if (after.stop === SENTENCE) return -1;
      if (after.stop === 1 && !isList) return -1;
      if (AVOIDS.has(token.word)) return at;
      if (this.#denies[at]) return said <= 4 ? at : -1;
      if (LISTS_ON.has(token.word)) {
        isList = true;
        said = 0;
        continue;
      }
      if (SCOPE_ENDS.has(token.word)) return this.#avoidsBefore(at);
      if (!this.#isFiller[at]) said++;
    }
    return -1;
  }

  /** The word straight after what was said that says there is none of it, or -1. "None of the pills help" says nothing of the kind. */
  #answeredNo(at: number): number {
    const token = this.#tokens[at];
    const isNo = token !== undefined && token.stop < SENTENCE && ANSWERS_NO.has(token.word);
    return isNo && (this.#tokens[at + 1]?.word ?? "") !== "of" ? at : -1;
  }

  #avoidsBefore(at: number): number {
    for (let back = at; back >= 0; back--) {
      const token = this.#tokens[back] as Token;
      if (AVOIDS.has(token.word)) return back;
      if (token.stop > 0 || token.word === "but" || token.word === "because") return -1;
    }
    return -1;
  }

  /** Every place where a group's words are. */
  spans(group: number): readonly Span[] {
    if (!this.#sentence.mayBe(group)) return NO_SPANS;
    const known = this.#spans.get(group);
    if (known !== undefined) return known;
    const found = this.#tokens.flatMap((_, from) => {
      const ends = this.#match(group, from);
      if (ends.length === 0) return [];
      const before = this.#deniedBy(from);
      return [...ends].sort((a, b) => a - b).map((to) => ({ from, to, denied: before < 0 ? this.#answeredNo(to) : before, isPast: this.#isPast[from] ?? false }));
    });
    this.#spans.set(group, found);
    return found;
  }

  /**
   * Whether all slots of a rule find their words, and none that rules it out. `wholeNames`: not by a part
   * of a condition's name, because who asks about heat stroke does not ask about a stroke.
   */
  meets(slots: readonly Slot[], wholeNames = false): boolean {
    this.#wholeNames = wholeNames;
    const needed = slots.filter((slot) => slot.how !== "!");
    if (needed.some((slot) => this.spans(slot.group).length === 0)) return false;
    return this.#choose(slots, needed, 0, []);
  }

  #choose(slots: readonly Slot[], needed: readonly Slot[], at: number, chosen: readonly Span[]): boolean {
    const slot = needed[at];
    if (slot === undefined) return this.#stands(slots, needed, chosen);
    for (const span of this.spans(slot.group)) {
      if (span.isPast && !this.#signs.groups[slot.group]?.isEver) continue;
      if (chosen.some((other) => other.from < span.to && span.from < other.to)) continue;
      // "A & B + C": C is near B, wherever A is.
      const chain = needed.slice(0, at).findLastIndex((one) => one.how === "&");
      if (slot.how === "+" && at > 0 && !chosen.some((other, i) =>
        i >= chain && this.#isBeside(other, needed[i] as Slot, span, slot))) continue;
      if (this.#choose(slots, needed, at + 1, [...chosen, span])) return true;
    }
    return false;
  }

  #stands(slots: readonly Slot[], needed: readonly Slot[], chosen: readonly Span[]): boolean {
    const holds = (word: number): boolean => chosen.some((span) => span.from <= word && word < span.to);
    const isPlace = (i: number): boolean => this.#signs.groups[needed[i]?.group ?? -1]?.isPlace ?? false;
    if (chosen.some((span, i) => !isPlace(i) && span.denied >= 0 && !holds(span.denied))) return false;
    if (this.#wholeNames && chosen.some((span) => this.#conditions().some((named) => isWider(named, span) || isCut(named, span)))) return false;
    return slots.every(
      (slot) =>
        slot.how !== "!" || this.#asked ||
        !this.spans(slot.group).some(
          (span) => span.denied < 0 && !chosen.some((other) => other.from < span.to && span.from < other.to && !isWider(span, other)),
        ),
    );
  }

  #isBeside(a: Span, aSlot: Slot, b: Span, bSlot: Slot): boolean {
    const [first, last] = a.from < b.from ? [a, b] : [b, a];
    const said = (this.#before[last.from] ?? 0) - (this.#before[first.to] ?? this.#before[last.from] ?? 0);
    if (said > BESIDE_MOST) return false;
    const place = this.#isPlaceSlot(aSlot) ? a : this.#isPlaceSlot(bSlot) ? b : undefined;
    const own = place === a ? aSlot : bSlot;
    if (place === undefined || (this.#isPlaceSlot(aSlot) && this.#isPlaceSlot(bSlot))) return true;
    return !this.#signs.places.some((group) =>
      this.spans(group).some(
        (other) =>
          other.from >= first.to &&
          other.to <= last.from &&
          !this.spans(own.group).some((one) => one.from < other.to && other.from < one.to) &&
          this.#tokens[other.from]?.stem !== "leg" &&
          !this.#isListed(place, other),
      ),
    );
  }

  #isPlaceSlot(slot: Slot): boolean {
    return this.#signs.groups[slot.group]?.isPlace ?? false;
  }

  /** "My calf and ankle": two parts named in one breath. */
  #isListed(a: Span, b: Span): boolean {
    const [first, last] = a.from < b.from ? [a, b] : [b, a];
    return this.#tokens
      .slice(first.to, last.from)
      .every(({ word }, i) => this.#isFiller[first.to + i] || LISTS_ON.has(word));
  }

  /** Where conditions are named. */
  #conditions(): readonly Span[] {
    return this.#signs.groups.flatMap((group, at) => (group.isCondition ? this.spans(at) : []));
  }

  /** Whether nothing but a condition's name is asked about, and what it is like: "signs of a stroke in women". */
  asksForSymptoms(): boolean {
    const words = this.#tokens.map(({ word }) => word);
    // The names come last: hardly any words ask, and names are what takes time to look for.
    if (!words.some((_, at) => LIKENESS.some((phrase) => phrase.every((one, k) => one === words[at + k])))) return false;
    if (!QUESTIONS.has(words[0] ?? "") && words.some((word) => PEOPLE.has(word))) return false;
    const isNamed = words.map(() => false);
    for (const { from, to } of this.#conditions()) isNamed.fill(true, from, to);
    return isNamed.includes(true) && words.every((word, at) => isNamed[at] || QUESTION.has(word));
  }

  /** Whether anything is said that makes a look at the signs worth while. */
  isNear(): boolean {
    return this.#signs.groups.some(
      (group, at) => group.isNear && this.spans(at).some((span) => span.denied < 0 && !span.isPast),
    );
  }
}

const NOTHING: Found = { flags: [], isNear: false };

/** What is asked of the index: whether the site knows a word, which then is no slip. */
interface Knows {
  readonly numberOf: Pick<Index["numberOf"], "has">;
}

/** The words of a text as rules and listener read them. */
function read(index: Knows, signs: Signs, text: string): Token[] {
  return tokens(text, signs, (word) => index.numberOf.has(word) || isStop(word) || signs.plain.has(word));
}

/** The same as stems, for whoever teaches the listener: it must hear what it has learnt from. */
export function stemsIn(index: Knows, signs: Signs, text: string): string[] {
  return read(index, signs, text).map((token) => token.stem);
}

/** The warning signs in a reader's words. By rule: nothing else can hide one. Where no rule is met the listener is asked. */
export function signsIn(index: Knows, signs: Signs, text: string): Found {
  const words = read(index, signs, text);
  if (words.length === 0) return NOTHING;
  const whole = told(signs, words);
  // What one sentence says is not hushed by another: "No pain in my knee. Both legs have gone weak."
  const sentences = withCauses(signs, inSentences(words));
  const parts = sentences.length > 1 ? sentences.map((one) => told(signs, one)) : [whole];
  const besides = sentences.flatMap((one, at) => besideOther(signs, one, parts[at] as Told));
  const met = new Set([whole, ...parts].flatMap((one) => [...one.found]));
  const found = new Set([...met, ...besides]);
  // What only a part of a sentence means, and the whole rules out, is called for all the same, but named last.
  const place = (flag: Flag): number => (flag.level === "emergency" && !met.has(flag) ? AFTER_MET : placeOf(flag));
  const flags = signs.flags
    .filter((flag) => found.has(flag))
    .sort((a, b) => place(a) - place(b));
  if (flags.length > 0) return { flags, isNear: false, isAsked: whole.isAsked, facts: signs };
  const heard = signs.listener?.hear(words.map((word) => word.stem));
  const named = (places: readonly number[] = []): Flag[] => places.flatMap((at) => signs.flags[at] ?? []);
  const meant = named(heard?.meant).sort((a, b) => placeOf(a) - placeOf(b));
  if (meant.length > 0) return { flags: meant, isNear: false, isAsked: whole.isAsked, facts: signs };
  const comesNear = !heard?.isQuiet && whole.reading.isNear();
  // "Back pain" tells no story: all signs of its symptom are asked about, and not the few that such words came with most.
  const isStory = words.length >= STORY_LEAST;
  // Where the listener hears no danger in a story that comes near, one line asks, and the results are in sight.
  const isEveryday = comesNear && ((isStory && heard?.asks === false) || words.some(({ word }) => EVERYDAY.has(word)));
  const likely = comesNear && !isStory ? [] : named(heard?.asked);
  return { flags, isNear: comesNear || heard?.asks === true, isEveryday, isAsked: whole.isAsked, likely, facts: signs };
}

interface Told {
  readonly found: ReadonlySet<Flag>;
  readonly reading: Reading;
  readonly sentence: Sentence;
  readonly isAsked: boolean;
}

/** The signs that words meet, read as one. */
function told(signs: Signs, words: readonly Token[]): Told {
  const sentence = new Sentence(signs, words);
  const asking = new Reading(sentence, true);
  const isAsked = asking.asksForSymptoms();
  const reading = isAsked ? asking : new Reading(sentence);
  const met = (wholeNames: boolean): ReadonlySet<Flag> => {
    const found = new Set<Flag>();
    for (const { flag, slots } of sentence.rules) {
      if (!found.has(flag) && reading.meets(slots, wholeNames)) found.add(flag);
    }
    return found;
  };
  let found = met(isAsked);
  if (isAsked && found.size === 0) found = met(false);
  return { found, reading, sentence, isAsked };
}

/**
 * Urgent signs of a sentence with two in it: what one of them says is no reason to pass over the other. Wherever it can be
 * parted so that either part is a sign by itself, both are meant, whatever stands between: "and", "but", a comma or nothing.
 */
function besideOther(signs: Signs, words: readonly Token[], { found, sentence }: Told): readonly Flag[] {
  const rulesFor = (flags: ReadonlySet<Flag>): Signs => ({ ...signs, rules: signs.rules.filter(({ flag }) => flags.has(flag)) });
  // What no words rule out in the whole is told already; nearly every sentence ends here.
  const hushed = new Set(signs.flags.filter((flag) => flag.level !== "gp" && !found.has(flag)));
  const any = new Reading(sentence, true, true);
  const missed = new Set<Flag>();
  for (const { flag, slots } of sentence.rules) {
    if (hushed.has(flag) && !missed.has(flag) && any.meets(slots)) missed.add(flag);
  }
  if (missed.size === 0) return [];
  const sought = rulesFor(missed);
  const more = new Set<Flag>();
  for (let at = LEAST_PART; at <= Math.min(words.length - LEAST_PART, PARTED_MOST); at++) {
    const both = [words.slice(0, at), words.slice(at)] as const;
    for (const [part, other] of [both, [both[1], both[0]] as const]) {
      const told_ = [...told(sought, part).found].filter((flag) => !more.has(flag));
      if (told_.length > 0 && told(signs, other).found.size > 0) for (const flag of told_) more.add(flag);
    }
  }
  return [...more];
}

/**
 * Sentences, but a few words that only say of what it came are no sentence of their own: "Numb bum. Long ride." is what
 * "numb bum, long ride" is. They say so where they make another sign of the one before, and are none themselves.
 */
function withCauses(signs: Signs, sentences: readonly (readonly Token[])[]): readonly (readonly Token[])[] {
  const found: (readonly Token[])[] = [];
  for (const one of sentences) {
    const before = found.at(-1);
    const both = before && one.length <= CAUSE_MOST ? [...before, ...one] : undefined;
    if (before && both && told(signs, one).found.size === 0) {
      const alone = told(signs, before).found;
      if ([...told(signs, both).found].some((flag) => !alone.has(flag))) {
        found[found.length - 1] = both;
        continue;
      }
    }
    found.push(one);
  }
  return found;
}

/** Words parted where a sentence ends, but for one that goes on with what was said before it. */
function inSentences(words: readonly Token[]): Token[][] {
  const found: Token[][] = [];
  for (const word of words) {
    if (found.length === 0 || (word.stop === SENTENCE && !GOES_ON.has(word.word))) found.push([]);
    found[found.length - 1]?.push(word);
  }
  return found;
}

/** Beside a sign that is urgent, how near to the best a page must come: who has one is not to try what fits by half. */
const NEAR_BEST = 0.6;

/** The group of pages on what it may be. */
const HELPS = "be";

/** The group of pages about the coach, and how to book: for nobody who has to call today. */
const SITE = "site";

/**
 * What of an answer is shown beside signs. In an emergency only what it may be is, whose pages say when to call: nothing
 * to do, and nothing to read meanwhile. Words that tell of an exercise are answered as ever.
 */
export function beside(signs: Found, answer: Answer): Answer {
  if (!isUrgent(signs)) return answer;
  const least = NEAR_BEST * (answer.hits[0]?.score ?? 0);
  const rests = signs.flags.some(({ level }) => level === "emergency") && !answer.isOfMovement;
  return {
    ...answer,
    hits: answer.hits.filter(({ page, score }) => score >= least && page.group !== SITE && !(rests && page.group !== HELPS)),
  };
}
