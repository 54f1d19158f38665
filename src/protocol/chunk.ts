/**
 * How a chunk of steps lies in a frame of kind 1. All numbers are little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 8 | number of the first step, float64 |
 * | 4 | number of steps n, uint32 |
 * | 4 | length of the values' JSON, uint32 |
 * | 4 | unit of the durations, in microseconds, float32 |
 * | 4 n | duration, float32: a runner need not convert what its clock counts |
 * | 2 n | task, uint16 |
 * | 2 n | value, uint16: index into the values |
 * | 2 n | point, uint16: number of a yield point from 1, 0 for none |
 * | n | event, uint8: index into `stepEvents` |
 * | | the values: a JSON array of strings; or one a step as Python pickles them, and the column of their numbers is blank |
 */
import { maxChunkSteps, type StepChunk, stepEvents } from "../core/trace";
import { decodeJson, FramingError } from "./framing";
import { pickleMark, unpickle } from "./pickle";

/** What stands in front of the columns. */
export const headerBytes = 20;
/** What one step takes in the columns. */
export const columnBytes = 11;

/** Puts the numbers in front of a chunk's columns, whose durations are in microseconds. */
export function writeHeader(payload: Uint8Array, first: number, n: number, valuesBytes: number): void {
  const view = new DataView(payload.buffer, payload.byteOffset);
  view.setFloat64(0, first, true);
  view.setUint32(8, n, true);
  view.setUint32(12, valuesBytes, true);
  view.setFloat32(16, 1, true);
}

/** The payload of a chunk's frame. */
export function encodeChunk(chunk: StepChunk): Uint8Array {
  const n = chunk.task.length;
  const values = new TextEncoder().encode(JSON.stringify(chunk.values));
  const payload = new Uint8Array(headerBytes + columnBytes * n + values.length);
  writeHeader(payload, chunk.first, n, values.length);
  let at = headerBytes;
  for (const column of [chunk.micros, chunk.task, chunk.value, chunk.point, chunk.event]) {
    payload.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  payload.set(values, at);
  return payload;
}

/**
 * The chunk in a payload. The columns share the payload's memory, where its place there allows it.
 *
 * @throws FramingError when lengths do not fit, an event is unknown or the values are no strings
 */
export function decodeChunk(payload: Uint8Array): StepChunk {
  if (payload.length < headerBytes) throw new FramingError("A chunk is shorter than its header.");
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const n = view.getUint32(8, true);
  const valuesBytes = view.getUint32(12, true);
  if (n === 0 || n > maxChunkSteps || payload.length !== headerBytes + columnBytes * n + valuesBytes) {
    throw new FramingError(`A chunk of ${n} steps does not fit its ${payload.length} bytes.`);
  }
  const { buffer, byteOffset } = payload.byteOffset % 4 === 0 ? payload : payload.slice();
  const start = byteOffset + headerBytes;
  const event = new Uint8Array(buffer, start + 10 * n, n);
  checkEvents(event);
  const value = new Uint16Array(buffer, start + 6 * n, n);
  return {
    first: view.getFloat64(0, true),
    micros: inMicros(new Float32Array(buffer, start, n), view.getFloat32(16, true)),
    task: new Uint16Array(buffer, start + 4 * n, n),
    value,
    point: new Uint16Array(buffer, start + 8 * n, n),
    event,
    values: decodeValues(payload.subarray(headerBytes + columnBytes * n), value),
  };
}

function inMicros(durations: Float32Array, unit: number): Float32Array {
  return unit === 1 ? durations : durations.map((duration) => duration * unit);
}

function checkEvents(event: Uint8Array): void {
  for (let index = 0; index < event.length; index += 1) {
    const code = event[index] as number;
    if (code >= stepEvents.length) throw new FramingError(`A chunk has a step with the unknown event ${code}.`);
  }
}

function decodeValues(bytes: Uint8Array, numbers: Uint16Array): string[] {
  if (bytes[0] === pickleMark) return unpickle(bytes, numbers);
  const values = decodeJson(bytes);
  if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
    throw new FramingError("The values of a chunk are not a list of strings.");
  }
  return values;
}
