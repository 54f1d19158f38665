/**
 * A piece of the wait log as it is stored: rows, and who waited for what before them.
 */
import type { WaitRows } from "../../core/waiting/rows";
import type { PackedWaitState } from "../../core/waiting/waitState";
import { decodeWaits, encodeWaits } from "../../protocol/waits";

export interface WaitRecord {
  /** The step of the first row. */
  readonly first: number;
  readonly before: PackedWaitState;
  /** As they came over the wire. */
  readonly rows: readonly Uint8Array[];
}

/** Steps whose rows are found under one number: as many as a segment of the trace has. */
const pageSteps = 65_536;

/** The number, from 1, under which rows are found of which the first is of this step. */
export function waitPageOf(step: number): number {
  return Math.floor(Math.max(0, step - 1) / pageSteps) + 1;
}

export function packRows(rows: WaitRows): Uint8Array {
  return encodeWaits(rows);
}

/** @throws FramingError when they cannot be what was packed */
export function unpackRows(packed: Uint8Array): WaitRows {
  return decodeWaits(packed);
}
