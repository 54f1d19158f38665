/**
 * A piece of the wait log as stored in the file: rows, and the state before them.
 */
import type { WaitRows } from "../../core/waiting/rows";
import type { PackedWaitState } from "../../core/waiting/waitState";
import { decodeWaits, encodeWaits } from "../../protocol/waits";

export interface WaitRecord {
  /** The step of the first row. */
  readonly first: number;
  readonly before: PackedWaitState;
  /** The rows, in the encoding of the wire. */
  readonly rows: readonly Uint8Array[];
}

/** The number of steps on one page: the same as in a segment of the trace. */
const pageSteps = 65_536;

/** The number, from 1, of the page with the rows that begin in a step. */
export function waitPageOf(step: number): number {
  return Math.floor(Math.max(0, step - 1) / pageSteps) + 1;
}

export function packRows(rows: WaitRows): Uint8Array {
  return encodeWaits(rows);
}

/** @throws FramingError if the rows are damaged */
export function unpackRows(packed: Uint8Array): WaitRows {
  return decodeWaits(packed);
}
