/**
 * The encoding of rows of the wait log in a frame of kind 2, which precedes the chunk with the steps that they belong to. All numbers
 * are little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 8 | the step of the first row, float64 |
 * | 4 | number of rows n, uint32 |
 * | 4 | number of times m, uint32 |
 * | 4 n | step, uint32: how many steps after the first row's; never descending |
 * | 4 n | object, uint32 |
 * | 2 n | task, uint16 |
 * | n | kind, uint8: see `core/waiting/rows.ts` |
 * | 0 to 7 | zeroes, up to a multiple of 8 |
 * | 8 m | times in milliseconds, float64 |
 */
import * as v from "valibot";
import { mostTasks } from "../core/task";
import { groupKind, resourceKinds, rowKind, rowKinds, type WaitRows } from "../core/waiting/rows";
import { FramingError } from "./framing";

const headerBytes = 16;
const rowBytes = 11;
/** The maximum number of rows in one frame. A larger number is rejected. */
export const maxWaitRows = 4 * 1024 * 1024;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const taskNumber = v.pipe(count, v.maxValue(mostTasks - 1));

/** A resource, as it is announced. */
export const Resource = v.object({
  kind: v.picklist(resourceKinds),
  name: v.string(),
  /** The initial permits of a semaphore, or the capacity of a channel. Absent for an unbounded channel, and where it is not known. */
  capacity: v.optional(count),
});

/** Encodes rows as the payload of a frame. */
export function encodeWaits(rows: WaitRows): Uint8Array {
  const payload = new Uint8Array(waitsBytes(rows));
  writeWaits(rows, payload);
  return payload;
}

/** The length of the payload of a frame with rows. */
export function waitsBytes({ kind, numbers }: WaitRows): number {
  return numbersPlace(kind.length) + 8 * numbers.length;
}

/** Writes the payload to memory of that length. */
export function writeWaits({ base, offset, object, task, kind, numbers }: WaitRows, payload: Uint8Array): void {
  const n = kind.length;
  const view = new DataView(payload.buffer, payload.byteOffset);
  view.setFloat64(0, base, true);
  view.setUint32(8, n, true);
  view.setUint32(12, numbers.length, true);
  let at = headerBytes;
  for (const column of [offset, object, task, kind]) {
    payload.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  const numbersAt = numbersPlace(n);
  payload.fill(0, at, numbersAt);
  payload.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), numbersAt);
}

/**
 * Decodes the rows of a payload. The columns share the payload's memory if its alignment permits.
 *
 * @throws FramingError if lengths do not fit, steps descend, or a row is impossible
 */
export function decodeWaits(payload: Uint8Array): WaitRows {
  if (payload.length < headerBytes) throw new FramingError("A frame of the wait log is shorter than its header.");
  const aligned = payload.byteOffset % 8 === 0 ? payload : payload.slice();
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  const [base, n, m] = [view.getFloat64(0, true), view.getUint32(8, true), view.getUint32(12, true)];
  if (n > maxWaitRows || payload.length !== numbersPlace(n) + 8 * m) {
    throw new FramingError(`A frame of ${n} rows of the wait log does not fit its ${payload.length} bytes.`);
  }
  const start = aligned.byteOffset + headerBytes;
  const rows = {
    base,
    offset: new Uint32Array(aligned.buffer, start, n),
    object: new Uint32Array(aligned.buffer, start + 4 * n, n),
    task: new Uint16Array(aligned.buffer, start + 8 * n, n),
    kind: new Uint8Array(aligned.buffer, start + 10 * n, n),
    numbers: new Float64Array(aligned.buffer, aligned.byteOffset + numbersPlace(n), m),
  };
  checkRows(rows);
  return rows;
}

function numbersPlace(rows: number): number {
  return Math.ceil((headerBytes + rowBytes * rows) / 8) * 8;
}

function checkRows({ base, offset, object, kind, task, numbers }: WaitRows): void {
  if (!Number.isSafeInteger(base) || base < 0) throw new FramingError(`A frame of the wait log begins at step ${base}.`);
  if (!numbers.every(Number.isFinite)) throw new FramingError("A frame of the wait log has a time that is no number.");
  let last = 0;
  for (let index = 0; index < kind.length; index += 1) {
    const step = offset[index] as number;
    if (step < last) throw new FramingError("The steps of the wait log descend.");
    last = step;
    checkRow(kind[index] as number, object[index] as number, numbers.length);
  }
  checkGroups(kind, task, object);
}

const { blockJoin, blockSleep, blockPromise, group, handOver, time, simulated } = rowKind;

function checkRow(kind: number, object: number, numbers: number): void {
  if (kind >= rowKinds) throw new FramingError(`The wait log has a row of the unknown kind ${kind}.`);
  const hasNumber = kind === blockSleep || kind === time || kind === simulated;
  if (hasNumber && object >= numbers) throw new FramingError("A row of the wait log refers to a time that is not there.");
  const namesTask = kind === blockJoin || kind === handOver;
  if (namesTask && object >= mostTasks) throw new FramingError(`A row of the wait log names task ${object}.`);
}

/** Checks that a group is of a known kind, and that its parts are rows of the same task. */
function checkGroups(kind: Uint8Array, task: Uint16Array, object: Uint32Array): void {
  for (let index = 0; index < kind.length; index += 1) {
    if (kind[index] !== group) continue;
    if (object[index] !== groupKind.any && object[index] !== groupKind.all) {
      throw new FramingError(`The wait log has a group of the unknown kind ${object[index]}.`);
    }
    const hasPart = (kind[index + 1] as number) <= blockPromise && task[index + 1] === task[index];
    if (!hasPart) throw new FramingError("The wait log has a group without parts.");
  }
}
