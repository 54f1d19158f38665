/**
 * The encoding of a plan's picks in a request: a list of numbers or, if there are many, a base64 column of little-endian 16-bit numbers,
 * because parsing such a long list would take a runner as long as the steps.
 */
import * as v from "valibot";
import { mostTasks } from "../core/task";

/** From this many picks on, a column is used. */
const many = 256;
const pickBytes = 2;

/** Encodes picks for a request. */
export function packPicks(picks: readonly number[]): readonly number[] | string {
  if (picks.length < many) return picks;
  const column = new Uint16Array(picks.length);
  for (let index = 0; index < picks.length; index += 1) column[index] = picks[index] as number;
  return Buffer.from(column.buffer).toString("base64");
}

/** The picks that `packPicks` has encoded. */
export function unpackPicks(packed: readonly number[] | string): number[] {
  return typeof packed === "string" ? [...columnOf(packed)] : [...packed];
}

function columnOf(text: string): Uint16Array {
  const { buffer, byteOffset, length } = Buffer.from(text, "base64");
  return new Uint16Array(buffer.slice(byteOffset, byteOffset + length));
}

const List = v.pipe(
  v.custom<readonly number[]>(arePicks, "A plan needs at least one pick, and each pick is the number of a task."),
  v.transform((picks) => new Uint16Array(picks)),
);

const Column = v.pipe(
  v.string(),
  v.transform((text) => Buffer.from(text, "base64")),
  v.check(({ length }) => length > 0 && length % pickBytes === 0, "A plan needs at least one pick, and each pick has two bytes."),
  v.transform(({ buffer, byteOffset, length }) => new Uint16Array(buffer.slice(byteOffset, byteOffset + length))),
);

/** The schema with which a runner decodes picks. */
export const Picks = v.union([List, Column]);

/** The same for the queue of a ring plan, which may be empty. */
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
