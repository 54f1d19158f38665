/**
 * Reads the central directory of a ZIP archive, which is at its end.
 */

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const entryLength = 46;

/**
 * The names of an archive's files, in the order of the archive.
 *
 * @throws Error if the bytes are not a complete archive
 */
export function namesInArchive(bytes: Buffer): string[] {
  const end = bytes.lastIndexOf(Buffer.from(Uint32Array.of(endMark).buffer));
  if (end < 0) throw new Error("This is not a ZIP archive. Build the package again: `npm run package`.");
  const count = bytes.readUInt16LE(end + 10);
  const names: string[] = [];
  for (let at = bytes.readUInt32LE(end + 16); names.length < count; ) {
    if (bytes.readUInt32LE(at) !== entryMark)
      throw new Error("The archive is damaged. Build the package again: `npm run package`.");
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    names.push(bytes.toString("utf8", at + entryLength, at + entryLength + name));
    at += entryLength + name + extra + comment;
  }
  return names;
}
