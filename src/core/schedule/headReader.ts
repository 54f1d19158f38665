/** Reads the conditions of a run at the beginning of a schedule's text. */
import type { Conditions } from "../conditions";
import { cut } from "../printable";
import { leastStep, mostSeed, mostStep, usualVirtualTime, type VirtualTime } from "../virtualTime";
import { type SwitchPoints, switchPoints } from "../ways";
import { beginsWithProcesses, beginsWithThreads, beginsWithTime, timeText } from "./headText";
import { ScheduleTextError } from "./textError";

const setting = /^\s*(?<key>step|seed)\s*=\s*(?<number>\d+(?:\.\d+)?)\s*$/;
/** The maximum length of a setting that is quoted in an error message. */
const longestQuoted = 40;

/**
 * Reads the conditions of a schedule, as far as it has any.
 *
 * @returns with the position after them
 * @throws ScheduleTextError if they cannot be parsed
 */
export function readHead(text: string): { readonly conditions: Conditions; readonly end: number } {
  const start = spaceFrom(text, 0);
  const processes = beginsWithProcesses(text.slice(start));
  const threads: Read<SwitchPoints> = processes ? { end: spaceFrom(text, endOf(text, start) + 1) } : readThreads(text, start);
  const time = readTime(text, threads.end);
  const conditions = {
    ...(processes ? { processes } : {}),
    ...(threads.value ? { threads: threads.value } : {}),
    ...(time.value ? { virtualTime: time.value } : {}),
  };
  return { conditions, end: time.end };
}

/** What was read, if it is there, and where the text goes on. */
interface Read<T> {
  readonly value?: T;
  readonly end: number;
}

function readThreads(text: string, from: number): Read<SwitchPoints> {
  if (!beginsWithThreads(text.slice(from))) return { end: from };
  const end = endOf(text, from);
  const [, points] = text.slice(from, end).split(":");
  const value = points === undefined ? "accesses" : switchPoints.find((known) => known === points.trim());
  if (value) return { value, end: spaceFrom(text, end + 1) };
  const position = from + text.slice(from, end).indexOf(":") + 2;
  const remedy = 'Write "threads; " for switch points at each access, or "threads:lines; ".';
  throw new ScheduleTextError(`Threads have no switch points "${cut(points?.trim() ?? "", longestQuoted)}".`, position, remedy);
}

function readTime(text: string, from: number): Read<VirtualTime> {
  if (!beginsWithTime(text.slice(from))) return { end: from };
  const end = endOf(text, from);
  const colon = text.slice(from, end).indexOf(":");
  const value = { ...usualVirtualTime, ...(colon < 0 ? {} : settings(text, from + colon + 1, end)) };
  return { value, end: spaceFrom(text, end + 1) };
}

/** The position of the semicolon that ends a condition. */
function endOf(text: string, from: number): number {
  const end = text.indexOf(";", from);
  if (end < 0) throw new ScheduleTextError('";" is missing.', text.trimEnd().length + 1, 'Write ";" here.');
  return end;
}

/** Where the text goes on after white space. */
function spaceFrom(text: string, from: number): number {
  return from + text.slice(from).search(/\S|$/);
}

function settings(text: string, from: number, end: number): Partial<VirtualTime> {
  const read: { virtual?: number; seed?: number } = {};
  let at = from;
  for (const piece of text.slice(from, end).split(",")) {
    const { key, number = "" } = setting.exec(piece)?.groups ?? {};
    const position = at + piece.length - piece.trimStart().length + 1;
    const field = key === "step" ? "virtual" : "seed";
    if (!key) throw wrong(`"${cut(piece.trim(), longestQuoted)}" is no setting of virtual time.`, position);
    if (read[field] !== undefined) throw wrong(`"${key}" is given twice.`, position);
    const value = Number(number);
    const fits = key === "step" ? value >= leastStep && value <= mostStep : Number.isInteger(value) && value <= mostSeed;
    if (!fits) throw wrong(`${number} is no valid ${key}.`, position);
    read[field] = value;
    at += piece.length + 1;
  }
  return read;
}

function wrong(problem: string, position: number): ScheduleTextError {
  const ranges = `The step is a number of milliseconds from ${leastStep} to ${mostStep}, the seed a whole number up to ${mostSeed}.`;
  return new ScheduleTextError(problem, position, `Write it as in "${timeText(usualVirtualTime)}; ". ${ranges}`);
}
