/** A plan for tests: strength on even days, day 7 rest with checks, day 10 may be swapped. */

import type { PlanData, PlanDay, State } from "../src/plan-store.ts";
import { fresh } from "../src/plan-store.ts";

export const ID = "0123456789abcdef0123456789abcdef";

function day(number: number): PlanDay {
  const strength = number % 2 === 0;
  return {
    number,
    blocks: number === 7 ? [] : [strength ? "strong-1" : "loosen-a"],
    minutes: number === 7 ? 0 : strength ? 10 : 15,
    swap: number === 10 ? "loosen-a" : null,
    swapMinutes: number === 10 ? 15 : 0,
    needs: number === 7 ? 0 : 3,
    strength,
    checks: [1, 7, 14].includes(number),
    also: number === 7 ? "Rest." : null,
    progress: number === 6 ? "If days 2 and 4 were green: add a set." : null,
    before: number === 6 ? [2, 4] : [],
  };
}

export const PLAN: PlanData = {
  slug: "any-plan",
  blocks: { "loosen-a": "Loosen A", "strong-1": "Strong 1" },
  days: Array.from({ length: 14 }, (_, at) => day(at + 1)),
  light: { greenMax: 3, amberMax: 5, green: "Carry on.", amber: "Wait a day.", red: "Stop.", twice: "Ask." },
  checks: [
    { key: "reach", title: "Reach", unit: "cm", min: -1000, max: 999, whole: false, sides: false, when: [0, 7, 14], from: null, only: null },
    { key: "knee", title: "Knee", unit: "degrees", min: -1000, max: 999, whole: false, sides: true, when: [0, 14], from: 8, only: null },
    { key: "score", title: "Score", unit: "points", min: 0, max: 10, whole: false, sides: false, when: [0, 7, 14], from: 2, only: "less" },
  ],
  plans: { "any-plan": "14 days for anything", "other-plan": "14 days for something else" },
  lights: { "any-plan": { greenMax: 3, amberMax: 5 }, "other-plan": { greenMax: 3, amberMax: 5 } },
  home: null,
  says: { redBefore: "Ease off.", redKind: "Ease off again.", stopped: "Begin again.", missedDays: "Carry on.", missedRule: "Missed days? Carry on." },
};

/** A plan whose tenth day is a harder version of days 2, 4 and 6; day 8 is strength of another kind. */
export const HARDER: PlanData = {
  ...PLAN,
  blocks: { ...PLAN.blocks, "strong-2": "Strong 2", "strong-3": "Strong 3" },
  days: PLAN.days.map((one) =>
    one.number === 10 ? { ...one, blocks: ["strong-2"], swap: "strong-1" } : one.number === 8 ? { ...one, blocks: ["strong-3"] } : one,
  ),
};

export function started(start: string): State {
  return { ...fresh(ID), start };
}
