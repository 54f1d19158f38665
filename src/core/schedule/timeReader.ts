/** Reads the virtual time at the beginning of a schedule's text. */
import { cut } from "../printable";
import { leastStep, mostSeed, mostStep, usualVirtualTime, type VirtualTime } from "../virtualTime";
import { ScheduleTextError } from "./textError";
import { beginsWithTime, timeText } from "./timeText";

const setting = /^\s*(?<key>step|seed)\s*=\s*(?<number>\d+(?:\.\d+)?)\s*$/;
/** The maximum length of a setting that is quoted in an error message. */
const longestQuoted = 40;

/**
 * Reads the virtual time of a schedule, if it has one.
 *
 * @param from where the text begins, counted from 0
 * @returns with the position after it
 * @throws ScheduleTextError if it cannot be parsed
 */
export function readTime(text: string, from: number): { readonly virtualTime: VirtualTime; readonly end: number } | undefined {
  if (!beginsWithTime(text.slice(from))) return undefined;
  const end = text.indexOf(";", from);
  if (end < 0) throw new ScheduleTextError('";" is missing.', text.trimEnd().length + 1, 'Write ";" here.');
  const colon = text.slice(from, end).indexOf(":");
  return { virtualTime: { ...usualVirtualTime, ...(colon < 0 ? {} : settings(text, from + colon + 1, end)) }, end: end + 1 };
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
