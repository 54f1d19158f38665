/**
 * How the picks of a plan are encoded in a request: as a list of numbers or, if there are many, as a little-endian column of
 * 16-bit numbers in base64, since parsing so long a list would take a runner as long as the steps.
 */
import * as v from "valibot";
import { mostTasks } from "../core/task";

/** From so many on they are a column. */
const many = 256;
const pickBytes = 2;

/** As they are sent. */
export function packPicks(picks: readonly number[]): readonly number[] | string {
  if (picks.length < many) return picks;
  const column = new Uint16Array(picks.length);
  for (let index = 0; index < picks.length; index += 1) column[index] = picks[index] as number;
  return Buffer.from(column.buffer).toString("base64");
}

const List = v.pipe(
  v.custom<readonly number[]>(arePicks, "A plan's picks are numbers of tasks, at least one."),
  v.transform((picks) => new Uint16Array(picks)),
);

const Column = v.pipe(
  v.string(),
  v.transform((text) => Buffer.from(text, "base64")),
  v.check(({ length }) => length > 0 && length % pickBytes === 0, "A plan's picks are numbers of two bytes, at least one."),
  v.transform(({ buffer, byteOffset, length }) => new Uint16Array(buffer.slice(byteOffset, byteOffset + length))),
);

/** What a runner reads. */
export const Picks = v.union([List, Column]);

/** The same for the queue of a ring plan, in which there may be nobody. */
export const Ring = v.union([
  Picks,
  v.pipe(
    v.strictTuple([]),
    v.transform(() => new Uint16Array()),
  ),
]);

function arePicks(picks: unknown): boolean {
  if (!Array.isArray(picks) || picks.length === 0) return false;
  return picks.every((pick: unknown) => typeof pick === "number" && pick >>> 0 === pick && pick < mostTasks);
}
