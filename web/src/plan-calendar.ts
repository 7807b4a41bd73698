/**
 * A plan as a calendar file (RFC 5545). The titles are neutral: a calendar is often seen by others,
 * so no entry names a symptom or an exercise, nor links to a page whose address does.
 */

import { addDays, type PlanData, type PlanDay, type State } from "./plan-store.ts";
import { phrase } from "./words.ts";

export interface When {
  /** Time of day as 07:30, or null for entries that last the whole day. No zone: it goes where the reader goes. */
  readonly time: string | null;
  /** Minutes before that time at which the calendar reminds of it; null for never. */
  readonly alarm: number | null;
  /** The moment the file is made. */
  readonly now: Date;
}

const LINE_OCTETS = 75; // RFC 5545, 3.1: longer lines are folded

/** The whole file, or null while there is no start date. */
export function calendar(data: PlanData, state: State, when: When): string | null {
  const { start } = state;
  if (start === null) return null;
  const about = phrase("The exercises are on the page of your plan, on your own device.");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kinopress//Plan//EN", "CALSCALE:GREGORIAN"];
  for (const day of data.days) {
    const title = titleOf(day);
    if (title === null) continue;
    const link = data.home === null ? null : `${data.home}#plan-day-${day.number}`;
    lines.push(
      "BEGIN:VEVENT",
      `UID:${state.id}-${day.number}`,
      `DTSTAMP:${when.now.toISOString().replace(/[-:]|\.\d+/g, "")}`,
      `SEQUENCE:${state.calendars}`,
      ...span(addDays(start, day.number - 1), day, when.time),
      `SUMMARY:${text(title)}`,
      `DESCRIPTION:${text(link === null ? about : `${about}\n${link}`)}`,
      ...(link === null ? [] : [`URL:${link}`]),
      "CLASS:PRIVATE",
      "TRANSP:TRANSPARENT",
      ...reminder(title, when),
      "END:VEVENT",
    );
  }
  lines.push("END:VCALENDAR");
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

/** `Session 4, 15 min`; a day of rest without checks has no entry. */
export function titleOf(day: PlanDay): string | null {
  const { number, minutes } = day;
  if (day.blocks.length === 0) return day.checks ? phrase("Checks, day {number}", { number }) : null;
  const values = { number, minutes };
  return day.checks
    ? phrase("Session {number}, {minutes} min, with checks", values)
    : phrase("Session {number}, {minutes} min", values);
}

/** An alarm needs a time of day: before an entry of a whole day it would come at night. */
function reminder(title: string, { time, alarm }: When): string[] {
  if (alarm === null || !isTime(time)) return [];
  const before = alarm === 0 ? "PT0S" : `-PT${alarm}M`;
  return ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${text(title)}`, `TRIGGER:${before}`, "END:VALARM"];
}

function isTime(time: string | null): time is string {
  return time !== null && /^\d{2}:\d{2}$/.test(time);
}

function span(date: string, day: PlanDay, time: string | null): string[] {
  const plain = date.replaceAll("-", "");
  if (!isTime(time)) {
    return [`DTSTART;VALUE=DATE:${plain}`, `DTEND;VALUE=DATE:${addDays(date, 1).replaceAll("-", "")}`];
  }
  return [`DTSTART:${plain}T${time.replace(":", "")}00`, `DURATION:PT${Math.max(day.minutes, 5)}M`];
}

/** Words as a value of type TEXT (RFC 5545, 3.3.11). */
export function text(words: string): string {
  return words.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
}

/** A content line in pieces of at most 75 octets, none of which splits a letter (RFC 5545, 3.1). */
export function fold(line: string): string {
  const encoder = new TextEncoder();
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > LINE_OCTETS) {
      pieces.push(piece);
      piece = " ";
      octets = 1;
    }
    piece += letter;
    octets += size;
  }
  return [...pieces, piece].join("\r\n");
}
