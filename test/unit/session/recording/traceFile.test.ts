import assert from "node:assert/strict";
import { closeSync, fstatSync, openSync, unlinkSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Totals } from "../../../../src/core/trace/totals";
import type { SegmentFile, StepChunk } from "../../../../src/core/trace/trace";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { encodeSection } from "../../../../src/session/recording/format";
import { TraceFile } from "../../../../src/session/recording/traceFile";
import { chunkOf, content, piecesOf, points, recordsOf } from "../../core/chunks";

const contents = fc.array(content, { maxLength: 120 });
const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });

/** A disk with space for some segments, which is occasionally cleaned up. */
class SmallDisk implements SegmentFile {
  readonly #segments: StepChunk[] = [];
  bytes = 0;

  constructor(public room: number) {}

  write(segment: StepChunk): void {
    if (this.room === 0) throw new Error("ENOSPC: no space left on device");
    this.room -= 1;
    this.#segments.push(segment);
  }

  read(number: number): StepChunk {
    const segment = this.#segments[number];
    assert.ok(segment, "only what was written is read");
    return segment;
  }
}

describe("a trace whose full segments are on disk", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "yieldpoint-trace-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("equals the plain list of its steps, across chunk and segment boundaries", () => {
    fc.assert(
      fc.property(contents, sizes, fc.integer({ min: 1, max: 9 }), fc.nat(120), fc.nat(120), (steps, by, size, from, count) => {
        const file = new TraceFile(folder);
        const store = new TraceStore(file, size);
        store.addPoints(points);
        for (const piece of piecesOf(steps, by)) store.append(chunkOf(store.length + 1, piece));
        const records = recordsOf(steps);
        const start = Math.max(1, from) - 1;
        assert.deepEqual(store.window(from, count), records.slice(start, start + count));
        assert.deepEqual(store.window(1, store.length), records);
        file.close();
      }),
    );
  });

  it("loses nothing while the disk is full, and writes it once there is space", () => {
    fc.assert(
      fc.property(contents, fc.integer({ min: 1, max: 4 }), fc.nat(5), fc.nat(40), (steps, size, room, more) => {
        const disk = new SmallDisk(room);
        const store = new TraceStore(disk, size);
        store.addPoints(points);
        for (const piece of piecesOf(steps, [3])) store.append(chunkOf(store.length + 1, piece));
        assert.equal(store.problem !== undefined, Math.floor(steps.length / size) > room);
        assert.deepEqual(store.window(1, store.length), recordsOf(steps));
        disk.room += more + steps.length;
        store.flush();
        assert.equal(store.problem, undefined);
        assert.deepEqual(store.window(1, store.length), recordsOf(steps));
      }),
    );
  });

  it("creates no file before a segment is full, and leaves none behind", async () => {
    const file = new TraceFile(join(folder, "new"));
    const store = new TraceStore(file, 2);
    const step = { task: 0, event: "yielded", value: "1", point: 0, micros: 1 } as const;
    store.append(chunkOf(1, [step]));
    assert.ok(!(await readdir(folder)).includes("new"));
    store.append(chunkOf(2, [step, step]));
    assert.ok(file.bytes > 0);
    assert.equal(store.at(1).value, "1");
    file.close();
    assert.deepEqual(await readdir(join(folder, "new")), []);
  });

  it("reports that it is closed", () => {
    const file = new TraceFile(folder);
    file.close();
    assert.throws(() => file.write(chunkOf(1, []), Totals.none), /The trace is gone/);
    assert.throws(() => file.read(0), RangeError);
  });

  it("closes its descriptor, even if the file was removed", function () {
    if (process.platform === "win32") this.skip();
    for (const end of ["close", "release"] as const) {
      // The system assigns the lowest free descriptor.
      const descriptor = openSync(folder, "r");
      closeSync(descriptor);
      const file = new TraceFile(folder, "kept");
      file.append([encodeSection("output", [new Uint8Array(1)])]);
      assert.ok(fstatSync(descriptor).isFile());
      unlinkSync(join(folder, file.name ?? ""));
      assert.throws(() => file[end](), /ENOENT/);
      assert.throws(() => fstatSync(descriptor), /EBADF/);
    }
  });
});
