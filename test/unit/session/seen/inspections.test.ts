import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer } from "../../../../src/protocol/runner";
import { SessionStateError } from "../../../../src/session/common/errors";
import { SectionFile } from "../../../../src/session/recording/sectionFile";
import { SectionStore, seenKind } from "../../../../src/session/recording/sectionStore";
import { TraceFile } from "../../../../src/session/recording/traceFile";
import { Inspections, maxCharacters } from "../../../../src/session/seen/inspections";
import { FullDisk } from "../recording/fullDisk";

const seen = (handle: number, local: number): Answer<"inspect"> => ({
  frames: [
    { function: "f", file: "/f.ts", line: 1, column: 1, locals: [{ name: "list", value: { text: "[…]", handle: local } }] },
  ],
  value: { text: "{…}", handle },
});

/** A runner whose every value has one child. Requests are recorded. */
function runner() {
  const asked: number[] = [];
  const ask = async (handle: number, start: number) => {
    asked.push(handle);
    return { properties: [{ name: String(start), value: { text: `child of ${handle}`, handle: handle + 100 } }], total: 3 };
  };
  return { asked, inspections: new Inspections(ask) };
}

describe("Inspections", () => {
  it("keep what was captured after a step", () => {
    const { inspections } = runner();
    inspections.record(4, seen(1, 2));
    assert.equal(inspections.of(4)?.value?.text, "{…}");
    assert.equal(inspections.of(4)?.frames[0]?.locals[0]?.name, "list");
    assert.equal(inspections.of(5), undefined);
  });

  it("request children once, and keep them after the task has moved on", async () => {
    const { asked, inspections } = runner();
    inspections.record(1, seen(7, 8));
    const handle = inspections.of(1)?.value?.handle ?? -1;
    const children = await inspections.expand(handle, 0);
    assert.equal(children.properties[0]?.value.text, "child of 7");
    inspections.advance();
    assert.deepEqual(await inspections.expand(handle, 0), children);
    assert.deepEqual(asked, [7]);
  });

  it("report that a past value was not expanded at that time", async () => {
    const { asked, inspections } = runner();
    inspections.record(1, seen(7, 8));
    const handle = inspections.of(1)?.value?.handle ?? -1;
    inspections.advance();
    await assert.rejects(inspections.expand(handle, 0), SessionStateError);
    await assert.rejects(inspections.expand(99_999, 0), SessionStateError);
    assert.deepEqual(asked, []);
  });

  it("never confuse handles that the runner assigned twice", async () => {
    const { inspections } = runner();
    inspections.record(1, seen(1, 2));
    inspections.advance();
    inspections.record(2, seen(1, 2));
    const [past, now] = [1, 2].map((step) => inspections.of(step)?.value?.handle ?? -1);
    assert.notEqual(past, now);
    await assert.rejects(inspections.expand(past ?? -1, 0), SessionStateError);
    assert.equal((await inspections.expand(now ?? -1, 0)).total, 3);
  });

  it("expand the values of a step in advance, up to a maximum", async () => {
    const { asked, inspections } = runner();
    inspections.record(1, seen(1, 2));
    await inspections.preload(1, 1);
    assert.deepEqual(asked, [1]);
    await inspections.preload(1, 10);
    assert.deepEqual(asked, [1, 2]);
    await inspections.preload(9, 10);
  });

  it("of a task captured later contain only its stack, since its objects may have changed", () => {
    const { inspections } = runner();
    inspections.recordLater(1, seen(1, 2));
    assert.equal(inspections.of(1), undefined);
    assert.deepEqual(inspections.placeOf(1).stack, [{ function: "f", file: "/f.ts", line: 1, column: 1 }]);
    inspections.record(2, seen(1, 2));
    const exact = inspections.of(2);
    inspections.recordLater(2, seen(3, 4));
    assert.deepEqual(inspections.of(2), exact);
  });

  it("of a replay expand what was expanded then, and never ask its process, which has ended", async () => {
    const { asked, inspections } = runner();
    const inside = { properties: [{ name: "0", value: { text: "[…]", handle: 9 } }], total: 1 };
    inspections.recordPast(5, seen(1, 2), new Map([[1, inside]]));
    const replayed = inspections.of(5);
    const { properties } = await inspections.expand(replayed?.value?.handle ?? -1, 0);
    assert.equal(properties[0]?.value.text, "[…]");
    await assert.rejects(inspections.expand(properties[0]?.value.handle ?? -1, 0), SessionStateError);
    await assert.rejects(inspections.expand(replayed?.frames[0]?.locals[0]?.value.handle ?? -1, 0), SessionStateError);
    assert.deepEqual(asked, []);
  });
});

describe("Inspections of a long run", () => {
  /** Many more than fit in memory. */
  const steps = 3_000;
  let folder: string;
  let file: TraceFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "yieldpoint-inspections-"));
    file = new TraceFile(folder, "kept");
  });
  afterEach(() => {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Captures a task after each step, and expands what it yielded. */
  async function lookedAtAll(inspections: Inspections): Promise<void> {
    for (let step = 1; step <= steps; step += 1) {
      inspections.advance();
      if (step % 100 === 0) inspections.recordLater(step, seen(1, 2));
      else inspections.record(step, seen(step, steps + step));
      await inspections.preload(step, 1);
    }
  }

  async function isWhole(inspections: Inspections): Promise<void> {
    for (const step of [1, 2, 99, 1_001, 1_999, steps - 1, 1]) {
      assert.equal(inspections.of(step)?.frames[0]?.locals[0]?.name, "list");
      const { properties } = await inspections.expand(inspections.of(step)?.value?.handle ?? -1, 0);
      assert.equal(properties[0]?.value.text, `child of ${step}`);
    }
    assert.equal(inspections.of(100), undefined);
    assert.equal(inspections.placeOf(100).stack[0]?.line, 1);
    assert.equal([...inspections.all()].length, steps);
  }

  it("are read from the trace's file, with only recently used ones in memory", async () => {
    const inspections = new Inspections(runner().inspections.ask, new SectionStore(seenKind, file));
    await lookedAtAll(inspections);
    assert.ok(inspections.changedSteps.length <= 1_000, `${inspections.changedSteps.length} steps in memory alone`);
    await isWhole(inspections);
    inspections.recordLater(5, seen(1, 2));
    assert.equal(inspections.of(5)?.value?.text, "{…}", "a later look takes nothing from what was seen at once");
  });

  it("keep few long texts in memory, and read the others from the file", async () => {
    const text = "x".repeat(1_000_000);
    const ask = async () => ({ properties: [{ name: "0", value: { text, piece: true } }], total: 1 });
    const inspections = new Inspections(ask, new SectionStore(seenKind, file));
    for (let step = 1; step <= 40; step += 1) {
      inspections.advance();
      inspections.record(step, seen(step, 100 + step));
      await inspections.preload(step, 1);
    }
    const most = maxCharacters / text.length;
    assert.ok(inspections.changedSteps.length <= most, `${inspections.changedSteps.length} steps in memory alone`);
    const { properties } = await inspections.expand(inspections.of(1)?.value?.handle ?? -1, 0);
    assert.deepEqual(properties[0]?.value, { text, piece: true });
  });

  it("can still ask the runner for the values at the head, after any number of other requests", async () => {
    const { inspections } = runner();
    const long = new Inspections(inspections.ask, new SectionStore(seenKind, file));
    await lookedAtAll(long);
    long.advance();
    long.record(steps + 1, seen(7, 8));
    const handle = long.of(steps + 1)?.frames[0]?.locals[0]?.value.handle ?? -1;
    for (let step = 1; step <= steps; step += 1) long.of(step);
    assert.equal((await long.expand(handle, 0)).properties[0]?.value.text, "child of 8");
    assert.equal(long.of(steps + 1)?.frames[0]?.locals[0]?.value.handle, handle);
  });

  it("keep the data on display, however many other stacks are requested", async () => {
    const { inspections } = runner();
    const long = new Inspections(inspections.ask, new SectionStore(seenKind, file));
    await lookedAtAll(long);
    const handle = long.of(1)?.value?.handle ?? -1;
    for (let step = 2; step <= steps; step += 1) assert.equal(long.placeOf(step).stack.length, 1);
    assert.equal((await long.expand(handle, 0)).properties[0]?.value.text, "child of 1");
    assert.equal(long.of(1)?.value?.handle, handle);
  });

  it("are complete when the file is opened", async () => {
    const inspections = new Inspections(runner().inspections.ask, new SectionStore(seenKind, file));
    await lookedAtAll(inspections);
    inspections.store?.put(inspections.changedSteps.flatMap((step) => inspections.recordOf(step) ?? []));
    const opened = new SectionFile(join(folder, file.name ?? ""));
    const store = new SectionStore(seenKind, opened);
    store.note(opened.places);
    await isWhole(new Inspections(() => Promise.reject(new Error("there is no process")), store));
    opened.close();
  });

  it("stay in memory while the disk is full", async () => {
    const disk = new FullDisk(file);
    const store = new SectionStore(seenKind, disk);
    const inspections = new Inspections(runner().inspections.ask, store);
    await lookedAtAll(inspections);
    assert.match(store.problem?.message ?? "", /ENOSPC/);
    await isWhole(inspections);
    disk.isFull = false;
    inspections.flush();
    assert.equal(store.problem, undefined);
    assert.ok(store.numbers.length >= steps - 1_000);
    await isWhole(inspections);
  });
});
