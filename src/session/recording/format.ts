/**
 * The layout of a `*.yieldtrace` file: a header, independent sections, and an index at the end. `docs/yieldtrace.md` specifies it.
 */
import { crc32, deflateSync, inflateSync } from "node:zlib";
import { FramingError } from "../../protocol/framing";

/** Like the signature of PNG, it reveals a file whose line ends were converted. */
export const magic = Uint8Array.of(0x89, 0x59, 0x50, 0x54, 0x0d, 0x0a, 0x1a, 0x0a);

/** Incremented when older readers would misread a file. Additions that older readers can skip do not need a new version. */
export const formatVersion = 1;

/** The size of magic and version, in bytes. */
export const fileHeaderBytes = 12;

/** The size of a section's header, in bytes. */
export const sectionHeaderBytes = 28;

/** The size in bytes of the footer of a properly closed file, which has the position of the index. */
export const footerBytes = 20;

/** The kinds of sections. Readers skip unknown kinds. */
export const sectionKind = {
  meta: 1,
  source: 2,
  points: 3,
  steps: 4,
  totals: 5,
  tail: 6,
  output: 7,
  seen: 8,
  watched: 9,
  index: 10,
  changes: 11,
  thrown: 12,
  resources: 13,
  waits: 14,
  explored: 15,
  drivers: 16,
} as const;
export type SectionKind = keyof typeof sectionKind;

/** The first bytes of every section, `YPS1`. After damage, a reader searches for them. */
export const sectionMarker = Uint8Array.of(0x59, 0x50, 0x53, 0x31);
const footerMarker = Uint8Array.of(0x59, 0x50, 0x45, 0x31);

const encodings = { plain: 0, zlib: 1 } as const;

/** Longer sections are considered damaged. Step sections include their values and cannot be split; the writer splits all others. */
const maxStepsBytes = 256 * 1024 * 1024;
const maxOtherBytes = 64 * 1024 * 1024;

/** The maximum compression ratio of zlib. A header that claims more is damaged. */
const maxInflation = 1_032;

/** The header of a section. */
export interface SectionHeader {
  readonly kind: number;
  readonly encoding: number;
  /** The number of the segment (steps and totals), of the step (captured values and errors) or of the page (watches); otherwise 0. */
  readonly number: number;
  /** The size of the content, and of its stored form, in bytes. */
  readonly rawBytes: number;
  readonly storedBytes: number;
  readonly checksum: number;
}

/** A section and its position in the file. */
export interface SectionPlace extends SectionHeader {
  /** The position of the section's header in the file. */
  readonly offset: number;
}

/** A section ready to be written: its header and the stored bytes. */
export interface EncodedSection {
  readonly header: Uint8Array;
  /** The stored bytes, in consecutive parts. */
  readonly stored: readonly Uint8Array[];
}

export function encodeFileHeader(): Uint8Array {
  const bytes = new Uint8Array(fileHeaderBytes);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint32(magic.length, formatVersion, true);
  return bytes;
}

/** The version of a file, or undefined if it is not a trace. */
export function decodeFileHeader(bytes: Uint8Array): number | undefined {
  if (bytes.length < fileHeaderBytes || !startsWith(bytes, magic)) return undefined;
  return viewOn(bytes).getUint32(magic.length, true);
}

/**
 * Makes a section. The bytes are not copied, so they must not be changed before the section is written.
 *
 * @param number the number in the section's header, if it has one
 */
export function encodeSection(kind: SectionKind, raw: readonly Uint8Array[], number = 0): EncodedSection {
  return sectionOf(kind, number, lengthOf(raw), encodings.plain, raw);
}

/** Makes a compressed section, at the fastest level. */
export function encodeCompressed(kind: SectionKind, raw: Uint8Array, number = 0): EncodedSection {
  return compressedSection(kind, number, raw.length, deflateSync(raw, { level: 1 }));
}

/** Makes a section of bytes that are already deflated. */
export function compressedSection(kind: SectionKind, number: number, rawBytes: number, deflated: Uint8Array): EncodedSection {
  return sectionOf(kind, number, rawBytes, encodings.zlib, [deflated]);
}

function sectionOf(
  kind: SectionKind,
  number: number,
  rawBytes: number,
  encoding: number,
  stored: readonly Uint8Array[],
): EncodedSection {
  const checksum = stored.reduce((sum, piece) => crc32(piece, sum), 0);
  const storedBytes = lengthOf(stored);
  const header = encodeHeader({ kind: sectionKind[kind], encoding, number, rawBytes, storedBytes, checksum });
  return { header, stored };
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function encodeHeader(header: SectionHeader): Uint8Array {
  const bytes = new Uint8Array(sectionHeaderBytes);
  const view = viewOn(bytes);
  bytes.set(sectionMarker);
  view.setUint8(4, header.kind);
  view.setUint8(5, header.encoding);
  view.setUint32(8, header.number, true);
  view.setUint32(12, header.rawBytes, true);
  view.setUint32(16, header.storedBytes, true);
  view.setUint32(20, header.checksum, true);
  view.setUint32(24, crc32(bytes.subarray(0, 24)), true);
  return bytes;
}

/** The section header at the beginning of these bytes, or undefined if there is no complete and plausible one. */
export function decodeHeader(bytes: Uint8Array): SectionHeader | undefined {
  if (bytes.length < sectionHeaderBytes || !startsWith(bytes, sectionMarker)) return undefined;
  const view = viewOn(bytes);
  if (view.getUint32(24, true) !== crc32(bytes.subarray(0, 24))) return undefined;
  const header: SectionHeader = {
    kind: view.getUint8(4),
    encoding: view.getUint8(5),
    number: view.getUint32(8, true),
    rawBytes: view.getUint32(12, true),
    storedBytes: view.getUint32(16, true),
    checksum: view.getUint32(20, true),
  };
  return isCredible(header) ? header : undefined;
}

function isCredible({ kind, encoding, rawBytes, storedBytes }: SectionHeader): boolean {
  const isSteps = kind === sectionKind.steps || kind === sectionKind.tail;
  if (rawBytes > (isSteps ? maxStepsBytes : maxOtherBytes)) return false;
  if (encoding === encodings.plain) return rawBytes === storedBytes;
  return encoding === encodings.zlib && rawBytes <= storedBytes * maxInflation;
}

/**
 * The content of a section.
 *
 * @throws FramingError if the stored bytes are damaged
 */
export function contentOf(header: SectionHeader, stored: Uint8Array): Uint8Array {
  if (stored.length !== header.storedBytes || crc32(stored) !== header.checksum) {
    throw new FramingError("A section does not match its checksum.");
  }
  if (header.encoding === encodings.plain) return stored;
  const raw = inflated(stored, header.rawBytes);
  if (raw.length !== header.rawBytes) throw new FramingError("A section is not as long as it says.");
  return raw;
}

function inflated(stored: Uint8Array, rawBytes: number): Uint8Array {
  try {
    return inflateSync(stored, { maxOutputLength: Math.max(1, rawBytes) });
  } catch (cause) {
    throw new FramingError("A section cannot be decompressed.", { cause });
  }
}

/** The size of an index entry in bytes: a section's offset, and a copy of its header. */
const indexEntryBytes = 8 + sectionHeaderBytes;

/** Encodes the content of an index. */
export function encodeIndex(places: readonly SectionPlace[]): Uint8Array {
  const bytes = new Uint8Array(places.length * indexEntryBytes);
  const view = viewOn(bytes);
  for (const [index, place] of places.entries()) {
    view.setFloat64(index * indexEntryBytes, place.offset, true);
    bytes.set(encodeHeader(place), index * indexEntryBytes + 8);
  }
  return bytes;
}

/**
 * The sections in an index.
 *
 * @param fileBytes the size of the file; a section beyond it is invalid
 * @throws FramingError if the index is invalid
 */
export function decodeIndex(bytes: Uint8Array, fileBytes: number): SectionPlace[] {
  if (bytes.length % indexEntryBytes !== 0) throw new FramingError("The index has half an entry.");
  const view = viewOn(bytes);
  return Array.from({ length: bytes.length / indexEntryBytes }, (_, index) => {
    const at = index * indexEntryBytes;
    const offset = view.getFloat64(at, true);
    const header = decodeHeader(bytes.subarray(at + 8, at + indexEntryBytes));
    const fits = header && offset >= fileHeaderBytes && offset + sectionHeaderBytes + header.storedBytes <= fileBytes;
    if (!fits) throw new FramingError("The index names a section that is not there.");
    return { ...header, offset };
  });
}

/** @param indexOffset the position of the index section */
export function encodeFooter(indexOffset: number): Uint8Array {
  const bytes = new Uint8Array(footerBytes);
  const view = viewOn(bytes);
  bytes.set(footerMarker);
  view.setFloat64(4, indexOffset, true);
  view.setUint32(12, formatVersion, true);
  view.setUint32(16, crc32(bytes.subarray(0, 16)), true);
  return bytes;
}

/** The position of the index, or undefined if these are not the last bytes of a properly closed file. */
export function decodeFooter(bytes: Uint8Array): number | undefined {
  if (bytes.length !== footerBytes || !startsWith(bytes, footerMarker)) return undefined;
  const view = viewOn(bytes);
  return view.getUint32(16, true) === crc32(bytes.subarray(0, 16)) ? view.getFloat64(4, true) : undefined;
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function viewOn(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
