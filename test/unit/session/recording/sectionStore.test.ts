import assert from "node:assert/strict";
import { encodeSection } from "../../../../src/session/recording/format";
import { SectionStore, watchedKind } from "../../../../src/session/recording/sectionStore";
import { TraceFile } from "../../../../src/session/recording/traceFile";
import { FullDisk } from "./fullDisk";
import { Folder } from "./viewed";

describe("a store", () => {
  const folder = new Folder();
  let file: TraceFile;

  beforeEach(() => {
    file = new TraceFile(folder.path);
  });
  afterEach(() => file.close());

  const entry = (step: number, text: string) => ({ step, expression: "x", seen: { text } });

  function shelfOf(...sections: readonly [number, unknown][]) {
    const json = sections.map(([number, value]) =>
      encodeSection("watched", [new TextEncoder().encode(JSON.stringify(value))], number),
    );
    const places = file.append([encodeSection("output", [new Uint8Array(3)], 1), ...json]);
    let damaged = 0;
    const store = new SectionStore(watchedKind, file, () => {
      damaged += 1;
    });
    store.note(places);
    return { store, damaged: () => damaged };
  }

  it("returns what was written under a number, in the order of writing, but nothing of other kinds", () => {
    const { store } = shelfOf([1, [entry(1, "a")]], [3, [entry(600, "b")]], [1, [entry(1, "c"), entry(2, "d")]]);
    assert.deepEqual(store.numbers, [1, 3]);
    assert.deepEqual(store.get(1), [entry(1, "a"), entry(1, "c"), entry(2, "d")]);
    assert.deepEqual([store.get(2), store.has(2)], [[], false]);
  });

  it("finds the numbers of sections from earlier builds, which have none", () => {
    const { store } = shelfOf([0, [entry(1, "a"), entry(600, "b"), entry(2, "c")]]);
    assert.deepEqual(store.numbers, [1, 3]);
    assert.deepEqual(store.get(1), [entry(1, "a"), entry(2, "c")]);
    assert.deepEqual(store.get(3), [entry(600, "b")]);
  });

  it("reports a section whose number does not fit its items, or that cannot be read", () => {
    const { store, damaged } = shelfOf([2, [entry(1, "a")]], [5, "no list"]);
    assert.deepEqual([store.get(1), damaged()], [[], 0]);
    assert.deepEqual([store.get(2), damaged()], [[], 1]);
    assert.deepEqual([store.get(5), damaged()], [[], 2]);
  });

  it("reports that it cannot write, until a write to the file succeeds", () => {
    const disk = new FullDisk(file);
    const store = new SectionStore(watchedKind, disk);
    assert.equal(store.put([entry(1, "a")]), false);
    assert.match(store.problem?.message ?? "", /ENOSPC/);
    disk.isFull = false;
    store.note(disk.append(store.sections([entry(1, "a")])));
    assert.deepEqual([store.problem, store.get(1)], [undefined, [entry(1, "a")]]);
  });

  it("is empty when its file is closed, and reports that to readers", () => {
    const { store, damaged } = shelfOf([1, [entry(1, "a")]]);
    file.close();
    assert.deepEqual([store.has(1), damaged()], [false, 0]);
    assert.throws(() => store.get(1), /The trace is gone/);
  });
});
