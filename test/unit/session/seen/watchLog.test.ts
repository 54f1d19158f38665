import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { SectionFile } from "../../../../src/session/recording/sectionFile";
import { SectionStore, watchedKind } from "../../../../src/session/recording/sectionStore";
import { TraceFile } from "../../../../src/session/recording/traceFile";
import { completeWatches } from "../../../../src/session/run/watchEvaluation";
import { Scopes } from "../../../../src/session/seen/scopes";
import type { WatchEntry, Watched } from "../../../../src/session/seen/watchEntry";
import { WatchLog } from "../../../../src/session/seen/watchLog";
import { type Content, chunkOf } from "../../core/chunks";
import { FullDisk } from "../recording/fullDisk";

const head = 40;

/** Two tasks take turns: one makes the odd steps, the other the even ones. */
const taskOf = (step: number) => step % 2;
/** Every fifth step ends in another module. */
const moduleOf = (step: number) => (step > 0 && step % 5 === 0 ? "/other.ts" : undefined);

/** The variables that names refer to in a number of these steps. */
function scopesOf(steps: number): Scopes {
  const trace = new TraceStore(undefined, 16);
  trace.addPoints(["/main.ts", "/other.ts"].map((file) => ({ file, line: 1, column: 1, function: "f" })));
  const contents = Array.from({ length: steps }, (_, index): Content => {
    return { task: taskOf(index + 1), event: "yielded", value: "1", point: moduleOf(index + 1) ? 2 : 1, micros: 1 };
  });
  trace.append(chunkOf(1, contents));
  return new Scopes(trace, () => "/main.ts");
}

/** The same for a single module. */
const inOneModule = {
  moduleOf: () => undefined,
  driverAt: () => undefined,
  previous: (_: unknown, last: number) => last,
  next: () => undefined,
};

const text = fc.constantFrom("1", "2", "3").map((each): Watched => ({ text: each }));
const watched: fc.Arbitrary<Watched> = fc.oneof(
  { weight: 4, arbitrary: text },
  { arbitrary: fc.constant({ error: "no such name" }), weight: 1 },
);

/** The values at some steps, recorded in any order, because rebuilding fills in the past. */
const recorded = fc
  .uniqueArray(fc.tuple(fc.nat(head), watched, fc.boolean()), { selector: ([step]) => step, maxLength: 30 })
  .map((all) =>
    all.map(
      ([step, seen, isLocal]): WatchEntry => ({
        step,
        expression: "x",
        seen,
        ...(isLocal && step > 0 ? { task: taskOf(step) } : {}),
      }),
    ),
  );

function logOf(entries: readonly WatchEntry[]): WatchLog {
  const log = new WatchLog(scopesOf(head));
  for (const entry of entries) log.record(entry);
  return log;
}

const textOf = (entry: WatchEntry | undefined) => (entry && "text" in entry.seen ? entry.seen.text : undefined);
const isSame = (one: WatchEntry, other: WatchEntry) =>
  one.task === other.task && (one.task !== undefined || moduleOf(one.step) === moduleOf(other.step));
/** Whether the variable of an entry is visible at a step. */
const isSeenAt = ({ task, step }: WatchEntry, at: number) =>
  task === undefined ? moduleOf(at) === moduleOf(step) : at > 0 && taskOf(at) === task;

/** The expected report of the change at a step, computed from a plain list of the records. */
function changeIn(entries: readonly WatchEntry[], step: number): { was?: string | undefined; isKnown: boolean } {
  const entry = entries.find((each) => each.step === step);
  if (!entry) return { isKnown: false };
  for (let before = step - 1; before >= 0; before -= 1) {
    if (!isSeenAt(entry, before)) continue;
    const earlier = entries.find((each) => each.step === before);
    if (!earlier) return { isKnown: false };
    if (!isSame(earlier, entry)) continue;
    return { isKnown: true, was: textOf(earlier) === textOf(entry) ? undefined : (textOf(earlier) ?? "no such name") };
  }
  return { isKnown: true };
}

describe("the values of watches", () => {
  it("are compared with the last step at which the same variable was visible, and no other", () => {
    fc.assert(
      fc.property(recorded, fc.nat(head + 2), (entries, step) => {
        const { was, isKnown } = changeIn(entries, step);
        const log = logOf(entries);
        const shown = {
          expression: "x",
          ...entries.find((each) => each.step === step)?.seen,
          ...(was === undefined ? {} : { was }),
        };
        assert.deepEqual(log.at(step, "x"), shown);
        assert.equal(log.missingBefore(step, "x").length > 0, log.has(step, "x") && !isKnown);
      }),
      { numRuns: 500 },
    );
  });

  it("have their nearest changes in both directions, and the ranges where they are unknown", () => {
    fc.assert(
      fc.property(recorded, fc.nat(head), (entries, from) => {
        const log = logOf(entries);
        const entryAt = (step: number) => entries.find((each) => each.step === step);
        const here = entryAt(from);
        // A step without a record may show the value of a module wherever its task is suspended.
        const concerns = (step: number) => {
          const entry = entryAt(step);
          return !here || (entry ? isSame(here, entry) : here.task === undefined || isSeenAt(here, step));
        };
        const found = (all: number[]) => {
          const steps = all.filter(concerns);
          const step = steps.find((each) => changeIn(entries, each).was !== undefined);
          const passed = step === undefined ? steps : steps.slice(0, steps.indexOf(step));
          const passedBy = passed.filter((each) => !changeIn(entries, each).isKnown);
          const unknown = here ? passedBy : [from, ...passedBy];
          const stretch = { from: Math.min(...unknown), to: Math.max(...unknown) };
          return { ...(step === undefined ? {} : { step }), ...(unknown.length > 0 ? { unknown: stretch } : {}) };
        };
        const all = Array.from({ length: head }, (_, index) => index + 1);
        assert.deepEqual(log.changeBefore(from, "x"), found(all.slice(0, Math.max(0, from - 1)).reverse()));
        assert.deepEqual(log.changeAfter(from, "x", head), found(all.slice(from)));
      }),
      { numRuns: 500 },
    );
  });

  it("refer to locals if the expression names one, and otherwise to the module", async () => {
    const log = new WatchLog(scopesOf(4));
    const frames = [{ file: "a.js", line: 1, column: 1, function: "f", locals: [{ name: "by", value: { text: "" } }] }];
    for (const [index, by] of [1, 10, 1, 11].entries()) {
      const at = { step: index + 1, task: taskOf(index + 1), frames };
      await completeWatches(log, at, { active: ["by", "total", "this.by"], stop: assert.fail }, async (expression) => ({
        text: expression === "by" ? `${by}` : `${index}`,
      }));
    }
    assert.deepEqual(
      [1, 2, 3, 4].map((step) => log.at(step, "by").was),
      [undefined, undefined, undefined, "10"],
    );
    for (const expression of ["total", "this.by"]) assert.equal(log.at(4, expression).was, "2");
    assert.deepEqual(log.changeBefore(4, "by"), {});
  });
});

describe("the values of watches in a long run", () => {
  /** Many more than fit in memory. */
  const steps = 20_000;
  let folder: string;
  let file: TraceFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "yieldpoint-watches-"));
    file = new TraceFile(folder, "kept");
  });
  afterEach(() => {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function recordAll(log: WatchLog): void {
    for (let step = 1; step <= steps; step += 1)
      log.record({ step, expression: "x", seen: { text: `${Math.floor(step / 1_000)}` } });
  }

  function isWhole(log: WatchLog): void {
    for (const step of [1, 255, 256, 999, 1_000, 12_345, steps]) {
      const was = step % 1_000 === 0 ? { was: `${step / 1_000 - 1}` } : {};
      assert.deepEqual(log.at(step, "x"), { expression: "x", text: `${Math.floor(step / 1_000)}`, ...was });
    }
    assert.deepEqual(log.changeBefore(steps, "x"), { step: 19_000 });
    assert.deepEqual(log.changeBefore(1_000, "x"), { unknown: { from: 1, to: 1 } });
    assert.deepEqual(log.changeAfter(1, "x", steps), { step: 1_000 });
  }

  it("are read from the trace's file, with only recently used ones in memory", () => {
    const log = new WatchLog(inOneModule, new SectionStore(watchedKind, file));
    recordAll(log);
    assert.ok(log.unwritten.length < 5_000, `${log.unwritten.length} entries in memory`);
    isWhole(log);
    log.record({ step: 500, expression: "x", seen: { text: "another" } });
    assert.equal(log.at(501, "x").was, "another");
  });

  it("are complete when the file is opened", () => {
    const log = new WatchLog(inOneModule, new SectionStore(watchedKind, file));
    recordAll(log);
    log.record({ step: 0, expression: "y", seen: { error: "none" } });
    log.store?.put(log.unwritten);
    const opened = new SectionFile(join(folder, file.name ?? ""));
    const store = new SectionStore(watchedKind, opened);
    store.note(opened.places);
    const again = new WatchLog(inOneModule, store);
    isWhole(again);
    assert.deepEqual(again.at(0, "y"), { expression: "y", error: "none" });
    const last = new Map([...again.all()].flat().map((entry) => [`${entry.expression} ${entry.step}`, entry]));
    assert.equal(last.size, steps + 1);
    opened.close();
  });

  it("stay in memory while the disk is full", () => {
    const disk = new FullDisk(file);
    const log = new WatchLog(inOneModule, new SectionStore(watchedKind, disk));
    recordAll(log);
    assert.match(log.store?.problem?.message ?? "", /ENOSPC/);
    isWhole(log);
    disk.isFull = false;
    log.flush();
    assert.equal(log.store?.problem, undefined);
    isWhole(log);
  });
});
