import assert from "node:assert/strict";
import { encodeSection } from "../../../../src/session/recording/format";
import { Shelf, watchedKind } from "../../../../src/session/recording/sectionStore";
import { TraceFile } from "../../../../src/session/recording/traceFile";
import { FullDisk } from "./fullDisk";
import { Folder } from "./viewed";

describe("a shelf", () => {
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
    const shelf = new Shelf(watchedKind, file, () => {
      damaged += 1;
    });
    shelf.note(places);
    return { shelf, damaged: () => damaged };
  }

  it("gives what was written under a number, in the order of writing, and nothing of other kinds", () => {
    const { shelf } = shelfOf([1, [entry(1, "a")]], [3, [entry(600, "b")]], [1, [entry(1, "c"), entry(2, "d")]]);
    assert.deepEqual(shelf.numbers, [1, 3]);
    assert.deepEqual(shelf.get(1), [entry(1, "a"), entry(1, "c"), entry(2, "d")]);
    assert.deepEqual([shelf.get(2), shelf.has(2)], [[], false]);
  });

  it("finds the numbers of sections of earlier builds, which have none", () => {
    const { shelf } = shelfOf([0, [entry(1, "a"), entry(600, "b"), entry(2, "c")]]);
    assert.deepEqual(shelf.numbers, [1, 3]);
    assert.deepEqual(shelf.get(1), [entry(1, "a"), entry(2, "c")]);
    assert.deepEqual(shelf.get(3), [entry(600, "b")]);
  });

  it("believes no number that its items do not have, and says so, as where a section cannot be read", () => {
    const { shelf, damaged } = shelfOf([2, [entry(1, "a")]], [5, "no list"]);
    assert.deepEqual([shelf.get(1), damaged()], [[], 0]);
    assert.deepEqual([shelf.get(2), damaged()], [[], 1]);
    assert.deepEqual([shelf.get(5), damaged()], [[], 2]);
  });

  it("says when it cannot write, until it or somebody else wrote to the file", () => {
    const disk = new FullDisk(file);
    const shelf = new Shelf(watchedKind, disk);
    assert.equal(shelf.put([entry(1, "a")]), false);
    assert.match(shelf.problem?.message ?? "", /ENOSPC/);
    disk.isFull = false;
    shelf.note(disk.append(shelf.sections([entry(1, "a")])));
    assert.deepEqual([shelf.problem, shelf.get(1)], [undefined, [entry(1, "a")]]);
  });

  it("has nothing to be read once its file is closed, and says so to who reads all the same", () => {
    const { shelf, damaged } = shelfOf([1, [entry(1, "a")]]);
    file.close();
    assert.deepEqual([shelf.has(1), damaged()], [false, 0]);
    assert.throws(() => shelf.get(1), /The trace is gone/);
  });
});
