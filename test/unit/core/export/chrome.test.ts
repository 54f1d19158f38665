import assert from "node:assert/strict";
import fc from "fast-check";
import { chromePieces } from "../../../../src/core/export/chrome";
import { everythingHostile, exported, type Made, made, small, textOf, waiting } from "./exported";

/** An event of the Trace Event Format, with the fields used here. */
interface TraceEvent {
  readonly ph: "M" | "X" | "i" | "B" | "E";
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly s?: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

function eventsOf(run: Made): TraceEvent[] {
  return JSON.parse(textOf(chromePieces(exported(run)))).traceEvents;
}

describe("a Chrome trace", () => {
  it("has a thread for each task, adjacent slices, and an instant where a task ended", () => {
    const pid = 100_000;
    const { traceEvents, otherData } = JSON.parse(textOf(chromePieces(exported(small))));
    assert.deepEqual(otherData, { file: "tasks.ts", stdout: "loading\n" });
    assert.deepEqual(traceEvents, [
      { ph: "M", pid, tid: 0, ts: 0, name: "process_name", args: { name: "tasks.ts" } },
      { ph: "M", pid, tid: 1, ts: 0, name: "thread_name", args: { name: "counter" } },
      { ph: "M", pid, tid: 1, ts: 0, name: "thread_sort_index", args: { sort_index: 1 } },
      { ph: "M", pid, tid: 2, ts: 0, name: "thread_name", args: { name: "bogosort" } },
      { ph: "M", pid, tid: 2, ts: 0, name: "thread_sort_index", args: { sort_index: 2 } },
      // The time of a slice is the sum of the durations before it: 0, 1.5, 1.5 + 20, 1.5 + 20 + 0.25.
      slice(1, "counter", 0, 1.5, { step: 1, event: "yielded", value: "1", place: "tasks.ts:1:2" }),
      slice(2, "bogosort", 1.5, 20, { step: 2, event: "yielded", value: "[3, 1, 2]", place: "tasks.ts:2:4", stderr: "a\nb\n" }),
      slice(1, "counter", 21.5, 0.25, { step: 3, event: "returned", value: "done" }),
      { ph: "i", s: "t", pid, tid: 1, name: "returned", ts: 21.75, args: { step: 3, value: "done" } },
      slice(2, "bogosort", 21.75, 4, { step: 4, event: "threw", value: "Error: no" }),
      { ph: "i", s: "t", pid, tid: 2, name: "threw", ts: 25.75, args: { step: 4, value: "Error: no" } },
    ]);
    function slice(tid: number, name: string, ts: number, dur: number, args: object) {
      return { ph: "X", pid, tid, name, ts, dur, args };
    }
  });

  it("has a span for each wait, from the end of the slice to the wake-up; a wait that never ended has no end", () => {
    const spans = eventsOf(waiting).filter(({ ph }) => ph === "B" || ph === "E");
    assert.deepEqual(
      spans.map(({ ph, tid, ts, name, args }) => (ph === "B" ? { ph, tid, ts, name, args } : { ph, tid, ts })),
      [
        // The time of a slice is the sum of the durations before it: 1 + 2, 1 + 2 + 3, and so on.
        { ph: "B", tid: 2, ts: 3, name: "waits for lock", args: { step: 2, heldBy: "ann" } },
        { ph: "E", tid: 2, ts: 6 },
        { ph: "B", tid: 2, ts: 10, name: "sleeps", args: { step: 4 } },
        { ph: "E", tid: 2, ts: 10 },
        { ph: "B", tid: 2, ts: 15, name: "waits for lock", args: { step: 5, heldBy: "bob" } },
      ],
    );
  });

  it("follows the format: all keys, names for all threads, monotonic time, no overlaps", () => {
    fc.assert(
      fc.property(made, (run) => {
        const events = eventsOf(run);
        const named = new Set(events.filter(({ name }) => name === "thread_name").map(({ tid }) => tid));
        const ends = new Map<number, number>();
        let before = 0;
        for (const { ph, pid, tid, ts, dur = 0, name } of events) {
          assert.ok(["M", "X", "i"].includes(ph) && [pid, tid, ts].every(Number.isFinite) && typeof name === "string");
          if (ph === "M") continue;
          assert.ok(named.has(tid));
          assert.ok(ts >= before, `${ts} after ${before}`);
          before = ts;
          if (ph === "i") continue;
          assert.ok(dur >= 0 && ts >= (ends.get(tid) ?? 0));
          ends.set(tid, ts + dur - 1e-6); // a sum of nanoseconds is rounded once more as a float
        }
      }),
      { examples: [[everythingHostile]] },
    );
  });

  it("has a slice for every step, under its task's name, with everything known about it", () => {
    fc.assert(
      fc.property(made, (run) => {
        const slices = eventsOf(run).filter(({ ph }) => ph === "X");
        const wanted = run.contents.map(({ task, event, value }, index) => ({ task, event, value, step: index + 1 }));
        const found = slices.map(({ tid, args: { event, value, step } }) => ({ task: tid - 1, event, value, step }));
        assert.deepEqual(found, wanted);
        assert.ok(slices.every(({ tid, name }) => name === run.names[tid - 1]));
        for (const { dur, args } of slices) {
          assert.ok(Math.abs((dur ?? 0) - (run.contents[(args.step as number) - 1]?.micros ?? 0)) <= 5.1e-4 + 1e-6);
        }
      }),
      { examples: [[everythingHostile]] },
    );
  });

  it("names a task that appears while the trace is read", () => {
    const tasks = [{ name: "counter" }];
    const pieces = chromePieces({ ...exported(small), tasks });
    const first = pieces.next().value?.text ?? "";
    tasks.push({ name: "(lost)" });
    const { traceEvents } = JSON.parse(first + textOf(pieces));
    const names = traceEvents.filter(({ name }: TraceEvent) => name === "thread_name").map(({ args }: TraceEvent) => args.name);
    assert.deepEqual(names, ["counter", "(lost)"]);
  });

  it("ignores an impossible duration", () => {
    const contents = [Number.NaN, Number.POSITIVE_INFINITY, -1].map((micros) => ({ ...content, micros }));
    const slices = eventsOf({ ...small, contents }).filter(({ ph }) => ph === "X");
    assert.deepEqual(
      slices.map(({ ts, dur }) => [ts, dur]),
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    );
  });
});

const content = { task: 0, event: "yielded", value: "1", point: 1 } as const;
