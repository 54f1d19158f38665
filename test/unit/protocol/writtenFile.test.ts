import assert from "node:assert/strict";
import fc from "fast-check";
import { type StreamName, WrittenFile, writtenFrom } from "../../../src/protocol/writtenFile";

/** A simulated file, opened twice for appending. Only the content after the hole is kept. */
class MadeUpFile {
  bytes: number[] = [];
  /** Written by a program that opened the file again and truncated it. */
  low: number[] | undefined;
  readonly positions = [0, 0, 0];
  /** The offset of the first kept byte. */
  begin = writtenFrom;
  #isEmptied = false;

  readonly access = {
    size: () => (this.#isEmptied ? (this.low ?? []).length : this.begin + this.bytes.length),
    read: (_: number, into: Uint8Array, at: number) => {
      const rest = at >= this.begin ? this.bytes.slice(at - this.begin) : (this.low ?? []).slice(at);
      into.set(rest.slice(0, into.length));
      return Math.min(rest.length, into.length);
    },
    resize: (_: number, size: number) => {
      this.begin = size;
      this.bytes = [];
      this.#isEmptied = false;
    },
    position: (descriptor: number) => this.positions[descriptor],
  };

  write(descriptor: number, text: string | Uint8Array): void {
    this.bytes.push(...Buffer.from(text));
    this.positions[descriptor] = this.begin + this.bytes.length;
  }

  /** The effect of `> /dev/stderr` in a shell. */
  overwrite(text: string): void {
    this.low = [...Buffer.from(text)];
    this.bytes = [];
    this.#isEmptied = true;
  }
}

interface Taken {
  stream: StreamName;
  text: string;
  dropped: number;
}

function opened() {
  const file = new MadeUpFile();
  const written = new WrittenFile(file.access, { stdout: 1, stderr: 2 });
  const collect = (only?: StreamName): Taken[] => {
    const taken: Taken[] = [];
    written.collect((stream, text, dropped) => taken.push({ stream, text, dropped }), only);
    return taken;
  };
  return { file, written, collect };
}

describe("output written to the descriptors", () => {
  it("keeps its order, and of what was written between two reads, the descriptor of the last part is known", () => {
    const { file, collect } = opened();
    file.write(1, "a");
    file.write(2, "b");
    assert.deepEqual(collect(), [
      { stream: "stdout", text: "a", dropped: 0 },
      { stream: "stderr", text: "b", dropped: 0 },
    ]);
    file.write(2, "c");
    assert.deepEqual(collect(), [{ stream: "stderr", text: "c", dropped: 0 }]);
    assert.deepEqual(collect(), []);
    file.write(1, "d");
    assert.deepEqual(collect("stderr"), [{ stream: "stderr", text: "d", dropped: 0 }]);
  });

  it("is complete and in order, whoever wrote it and whenever it was read", () => {
    const write = fc.record({ descriptor: fc.constantFrom(1, 2), text: fc.string({ unit: "binary" }), looks: fc.boolean() });
    fc.assert(
      fc.property(fc.array(write), (writes) => {
        const { file, collect } = opened();
        const texts: string[] = [];
        for (const { descriptor, text, looks } of writes) {
          // The split ignores character boundaries, as programs do that write bytes.
          for (const byte of Buffer.from(text)) {
            file.write(descriptor, Uint8Array.of(byte));
            if (looks) texts.push(...collect().map((taken) => taken.text));
          }
        }
        texts.push(...collect().map((taken) => taken.text));
        const whole = Buffer.from(writes.map(({ text }) => text).join("")).toString();
        assert.equal(texts.join("").replaceAll("\u{fffd}", ""), whole.replaceAll("\u{fffd}", ""));
      }),
    );
  });

  it("is limited for each read, and what was cut off is counted", () => {
    const { file, collect } = opened();
    file.write(1, "x".repeat(100_000));
    const [taken] = collect();
    assert.deepEqual([taken?.text.length, taken?.dropped], [64 * 1024, 100_000 - 64 * 1024]);
    file.write(1, "y");
    assert.deepEqual(collect(), [{ stream: "stdout", text: "y", dropped: 0 }]);
  });

  it("is recognized after a program opened the file by its name and truncated it", () => {
    const { file, written, collect } = opened();
    file.write(1, "before\n");
    collect();
    for (const text of ["same\n", "same\n", "other\n"]) {
      file.write(1, "lost");
      file.overwrite(text);
      assert.ok(written.hasNews);
      assert.deepEqual(collect(), [
        { stream: "stdout", text: "", dropped: 4 },
        { stream: "stdout", text, dropped: 0 },
      ]);
      file.low = undefined;
    }
    file.write(2, "after\n");
    assert.deepEqual(collect(), [{ stream: "stderr", text: "after\n", dropped: 0 }]);
  });
});
