import assert from "node:assert/strict";
import { inflateRawSync } from "node:zlib";
import { compressedAnew, namesInArchive } from "../../../build/archive";

/** The directory of an archive with its end record, as a packager writes them, with a comment and an extra field in each entry. */
function archiveOf(names: readonly string[]): Buffer {
  const before = Buffer.from("the files themselves");
  const entries = names.map((name) => {
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    for (const [at, length] of [Buffer.byteLength(name), 4, 7].entries()) entry.writeUInt16LE(length, 28 + 2 * at);
    return Buffer.concat([entry, Buffer.from(name), Buffer.from("more"), Buffer.from("comment")]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(before.length, 16);
  return Buffer.concat([before, ...entries, end]);
}

describe("the directory of an archive", () => {
  it("names every file, in any alphabet", () => {
    const names = ["extension/package.json", "extension/dist/überall.js", "[Content_Types].xml"];
    assert.deepEqual(namesInArchive(archiveOf(names)), names);
    assert.deepEqual(namesInArchive(archiveOf([])), []);
  });

  it("is rejected if it is incomplete", () => {
    assert.throws(() => namesInArchive(Buffer.from("no archive at all")), /not a ZIP archive/);
    const damaged = archiveOf(["one"]);
    damaged.writeUInt32LE(0, "the files themselves".length);
    assert.throws(() => namesInArchive(damaged), /damaged/);
  });
});

/** An archive with one file that is not compressed, whose sizes stand after it. */
function archiveWith(name: string, content: Buffer): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 8);
  entry.writeUInt32LE(0x12345678, 16);
  entry.writeUInt32LE(content.length, 20);
  entry.writeUInt32LE(content.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const local = Buffer.alloc(30);
  local.writeUInt16LE(name.length, 26);
  local.writeUInt16LE(4, 28);
  const before = Buffer.concat([local, Buffer.from(name), Buffer.from("more"), content, Buffer.alloc(16)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(before.length, 16);
  return Buffer.concat([before, entry, Buffer.from(name), end]);
}

describe("an archive that is compressed anew", () => {
  const content = Buffer.from("again and ".repeat(1_000));

  it("has the same files with their checksums, and the sizes before them", () => {
    const packed = compressedAnew(compressedAnew(archiveWith("a.js", content)));
    assert.deepEqual(namesInArchive(packed), ["a.js"]);
    assert.equal(packed.readUInt32LE(0), 0x04034b50);
    assert.deepEqual(
      [6, 8].map((at) => packed.readUInt16LE(at)),
      [0, 8],
    );
    const [checksum, length = 0, whole] = [14, 18, 22].map((at) => packed.readUInt32LE(at));
    assert.deepEqual([checksum, whole], [0x12345678, content.length]);
    assert.ok(length < 100);
    assert.deepEqual(inflateRawSync(packed.subarray(34, 34 + length)), content);
  });
});
