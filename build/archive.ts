/**
 * Reads the central directory of a ZIP archive, which is at its end, and compresses its files anew.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const entryLength = 46;
const localLength = 30;
const endLength = 22;
const deflated = 8;

/**
 * The names of an archive's files, in the order of the archive.
 *
 * @throws Error if the bytes are not a complete archive
 */
export function namesInArchive(bytes: Buffer): string[] {
  return entriesOf(bytes).map((entry) => entry.toString("utf8", entryLength));
}

/**
 * The same archive, with each file compressed as far as zlib can, and without what is written twice.
 *
 * @throws Error if the bytes are not a complete archive
 */
export function compressedAnew(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const entry of entriesOf(bytes)) {
    const data = deflateRawSync(contentOf(bytes, entry), { level: 9, memLevel: 9 });
    // The sizes stand before the data, not after it.
    entry.writeUInt16LE(entry.readUInt16LE(8) & ~8, 8);
    entry.writeUInt16LE(deflated, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(at, 42);
    const local = Buffer.alloc(localLength);
    local.writeUInt32LE(localMark);
    entry.copy(local, 4, 6, 30);
    const name = entry.subarray(entryLength);
    pieces.push(local, name, data);
    entries.push(entry);
    at += localLength + name.length + data.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(endLength);
  end.writeUInt32LE(endMark);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, directory, end]);
}

/** Copies of the entries of the directory, each with its name, and without what else may follow. */
function entriesOf(bytes: Buffer): Buffer[] {
  const end = bytes.lastIndexOf(Buffer.from(Uint32Array.of(endMark).buffer));
  if (end < 0) throw new Error("This is not a ZIP archive. Build the package again: `npm run package`.");
  const count = bytes.readUInt16LE(end + 10);
  const entries: Buffer[] = [];
  for (let at = bytes.readUInt32LE(end + 16); entries.length < count; ) {
    if (bytes.readUInt32LE(at) !== entryMark)
      throw new Error("The archive is damaged. Build the package again: `npm run package`.");
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const entry = Buffer.from(bytes.subarray(at, at + entryLength + name));
    entry.writeUInt32LE(0, 30);
    entries.push(entry);
    at += entryLength + name + extra + comment;
  }
  return entries;
}

function contentOf(bytes: Buffer, entry: Buffer): Buffer {
  const at = entry.readUInt32LE(42);
  const begin = at + localLength + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const data = bytes.subarray(begin, begin + entry.readUInt32LE(20));
  return entry.readUInt16LE(10) === deflated ? inflateRawSync(data) : data;
}
