/**
 * The content of a section with pieces of the wait log. Rows come as quickly as steps, so they are stored as they came over the wire: a
 * JSON text with everything else says how many bytes each batch of them has, and the batches follow.
 */
import * as v from "valibot";
import { decodeJson, FramingError } from "../../protocol/framing";
import type { WaitRecord } from "../seen/waitRecord";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const lists = v.array(v.array(v.number()));

const Header = v.array(
  v.object({
    first: count,
    before: v.object({
      blocked: lists,
      holdings: lists,
      added: lists,
      moved: v.array(v.number()),
      simulated: v.optional(v.number()),
    }),
    /** The sizes of the batches of rows, in bytes. */
    rows: v.array(count),
  }),
);

const lengthBytes = 4;

/** @returns the content in pieces */
export function encodeWaitRecords(records: readonly WaitRecord[]): Uint8Array[] {
  const header = records.map(({ first, before, rows }) => ({ first, before, rows: rows.map(({ byteLength }) => byteLength) }));
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(lengthBytes);
  new DataView(length.buffer).setUint32(0, json.length, true);
  return [length, json, ...records.flatMap(({ rows }) => rows)];
}

/** @throws FramingError if it cannot be what was encoded */
export function decodeWaitRecords(content: Uint8Array): WaitRecord[] {
  if (content.length < lengthBytes) throw new FramingError("A section of the wait log is too short.");
  const length = new DataView(content.buffer, content.byteOffset).getUint32(0, true);
  const header = v.safeParse(Header, decodeJson(content.subarray(lengthBytes, lengthBytes + length)));
  if (!header.success) throw new FramingError("A section of the wait log has no valid beginning.");
  let at = lengthBytes + length;
  const records = header.output.map((record) => {
    const rows = record.rows.map((bytes) => {
      at += bytes;
      return content.subarray(at - bytes, at);
    });
    return { ...record, rows };
  });
  if (at !== content.length) throw new FramingError("A section of the wait log has another length than its batches.");
  return records;
}
