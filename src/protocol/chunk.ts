/**
 * The layout of a chunk of steps in a frame of kind 1. All numbers are little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 8 | number of the first step, float64 |
 * | 4 | number of steps n, uint32; the highest bit tells that there is a column of the times at which the slices began |
 * | 4 | length of the values' JSON, uint32 |
 * | 4 | unit of the durations, in microseconds, float32 |
 * | 4 n | duration, float32; the unit lets a runner send the ticks of its clock unconverted |
 * | 2 n | task, uint16 |
 * | 2 n | value, uint16: index into the values |
 * | 2 n | point, uint16: number of a yield point from 1, 0 for none |
 * | n | event, uint8: index into `stepEvents` |
 * | 8 n | when the slice began, in microseconds since the first one did, float64; only in the files of traces whose tasks ran at the same time |
 * | | the values: a JSON array of strings; or a pickled list with one value per step, and then the value column is unused |
 */
import { GrowingTexts, PackedTexts, type Texts } from "../core/trace/textList";
import { maxChunkSteps, type StepChunk, stepEvents } from "../core/trace/trace";
import { decodeJson, FramingError } from "./framing";
import { pickleMark, unpickle } from "./pickle";

/** The size of the header before the columns, in bytes. */
export const headerBytes = 20;
/** The size of one step in the columns, in bytes. */
export const columnBytes = 11;
const beganBytes = 8;
/** The bit of the number of steps that tells that there is a column of times. */
const timed = 0x8000_0000;

/** From this size in bytes, values stay encoded until one is read. */
const minPacked = 64 * 1024;

const [opening, separator, closing] = [Uint8Array.of(0x5b), Uint8Array.of(0x2c), Uint8Array.of(0x5d)] as const;

/** Writes the header of a chunk. The durations in its columns are in microseconds. */
export function writeHeader(payload: Uint8Array, first: number, n: number, valuesBytes: number): void {
  const view = new DataView(payload.buffer, payload.byteOffset);
  view.setFloat64(0, first, true);
  view.setUint32(8, n, true);
  view.setUint32(12, valuesBytes, true);
  view.setFloat32(16, 1, true);
}

/** Encodes a chunk as the payload of a frame. */
export function encodeChunk(chunk: StepChunk): Uint8Array {
  const pieces = chunkPieces(chunk);
  const payload = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    payload.set(piece, at);
    at += piece.length;
  }
  return payload;
}

/** The same in consecutive pieces, most of which share the chunk's memory: values can be many megabytes. */
export function chunkPieces(chunk: StepChunk): Uint8Array[] {
  const values = listOf(valuesOf(chunk.values));
  const columns = [chunk.micros, chunk.task, chunk.value, chunk.point, chunk.event, ...(chunk.began ? [chunk.began] : [])];
  const header = new Uint8Array(headerBytes);
  const valuesBytes = values.reduce((sum, { length }) => sum + length, 0);
  writeHeader(header, chunk.first, chunk.task.length + (chunk.began ? timed : 0), valuesBytes);
  return [header, ...columns.map((column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength)), ...values];
}

/** The JSON strings of a list, in pieces; the caller puts a comma between pieces. */
function valuesOf(texts: Texts): Uint8Array[] {
  if (texts instanceof GrowingTexts) return texts.parts.flatMap(valuesOf);
  if (texts instanceof PackedTexts) return [texts.strings];
  return texts.length === 0 ? [] : [new TextEncoder().encode(JSON.stringify(texts).slice(1, -1))];
}

function listOf(strings: readonly Uint8Array[]): Uint8Array[] {
  const separated = strings.flatMap((piece, index) => (index > 0 ? [separator, piece] : [piece]));
  return [opening, ...separated, closing];
}

/**
 * Decodes a payload. The columns share the payload's memory, if they are aligned in it.
 *
 * @throws FramingError if the lengths do not match, an event is unknown or the values are not strings
 */
export function decodeChunk(payload: Uint8Array): StepChunk {
  if (payload.length < headerBytes) throw new FramingError("A chunk is shorter than its header.");
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const isTimed = view.getUint32(8, true) >= timed;
  const n = view.getUint32(8, true) - (isTimed ? timed : 0);
  const valuesBytes = view.getUint32(12, true);
  const columns = (columnBytes + (isTimed ? beganBytes : 0)) * n;
  if (n === 0 || n > maxChunkSteps || payload.length !== headerBytes + columns + valuesBytes) {
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
    ...(isTimed ? { began: timesOf(buffer.slice(start + columnBytes * n, start + columns)) } : {}),
    values: decodeValues(payload.subarray(headerBytes + columns), value),
  };
}

function inMicros(durations: Float32Array, unit: number): Float32Array {
  return unit === 1 ? durations : durations.map((duration) => duration * unit);
}

/** @throws FramingError if there is one that cannot be */
function timesOf(bytes: ArrayBufferLike): Float64Array {
  const times = new Float64Array(bytes);
  if (!times.every((each) => each >= 0 && each < Number.POSITIVE_INFINITY))
    throw new FramingError("A chunk has a time that cannot be.");
  return times;
}

function checkEvents(event: Uint8Array): void {
  const known = stepEvents.length;
  for (let index = 0; index < event.length; index += 1) {
    const code = event[index] as number;
    if (code >= known) throw new FramingError(`A chunk has a step with the unknown event ${code}.`);
  }
}

function decodeValues(bytes: Uint8Array, numbers: Uint16Array): Texts {
  if (bytes[0] === pickleMark) return unpickle(bytes, numbers);
  const packed = bytes.length < minPacked ? undefined : PackedTexts.read(bytes);
  if (packed) return packed;
  const values = decodeJson(bytes);
  if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
    throw new FramingError("The values of a chunk are not a list of strings.");
  }
  return values;
}
