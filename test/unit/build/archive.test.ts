import assert from "node:assert/strict";
import { namesInArchive } from "../../../build/archive";

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
