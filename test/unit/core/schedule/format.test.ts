import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change } from "../../../../src/core/schedule/changes";
import { formatSchedule } from "../../../../src/core/schedule/format";
import { type Picks, type ScheduleItem, scheduleLength } from "../../../../src/core/schedule/items";
import { parseSchedule } from "../../../../src/core/schedule/parser";
import { ScheduleTextError } from "../../../../src/core/schedule/textError";
import { leastStep, mostSeed, mostStep } from "../../../../src/core/virtualTime";
import { switchPoints } from "../../../../src/core/ways";

/** Gives objects the usual prototype, which parsed ones have too. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

const task = fc.oneof(fc.nat(3), fc.nat(65_535));
const count = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 }));
const picks: fc.Arbitrary<ScheduleItem> = fc
  .tuple(fc.array(fc.tuple(task, count), { minLength: 1, maxLength: 12 }), count, fc.boolean())
  .map(([runs, times, isCounted]) => ({
    kind: "picks",
    picks: runs.map(([task]) => task),
    ...(isCounted ? { counts: runs.map(([, count]) => count) } : {}),
    times,
  }));
/** The path of a file can contain any characters. */
const policy = fc.oneof(
  fc.constantFrom("fcfs", "pct:seed=3,depth=2", "virtual-time", "virtual-time:step=1", "virtual-time.js"),
  fc.string(),
  fc.string({ unit: "binary" }),
);
const step = fc.oneof(fc.constantFrom(leastStep, 1, mostStep), fc.double({ min: leastStep, max: mostStep, noNaN: true }));
const time = fc.option(record({ virtual: step, seed: fc.nat(mostSeed) }), { nil: undefined });
const threads = fc.option(fc.constantFrom(...switchPoints), { nil: undefined });

const change: fc.Arbitrary<Change> = fc.oneof(
  record({ kind: fc.constant("policy" as const), policy }),
  record({ kind: fc.constant("add" as const), call: fc.string() }),
  record({ kind: fc.constantFrom("hold" as const, "release" as const, "close" as const), task }),
  record({ kind: fc.constant("pick" as const), task }),
  record({ kind: fc.constant("pick" as const), task, send: fc.string() }),
  record({ kind: fc.constant("throw" as const), task, expression: fc.string() }),
);
const schedule = fc.array(fc.oneof({ arbitrary: picks, weight: 3 }, { arbitrary: change, weight: 1 }), { maxLength: 30 });

/** One item for each step and each change, so that the grouping of picks does not matter. */
function* plain(items: Iterable<ScheduleItem>): Generator<unknown> {
  for (const item of items) {
    if (item.kind !== "picks") yield item;
    else for (let round = 0; round < item.times; round += 1) yield* roundOf(item);
  }
}

function roundOf({ picks, counts }: Picks): number[] {
  return Array.from(picks).flatMap((task, index) => new Array<number>(counts?.[index] ?? 1).fill(task));
}

const head: ScheduleItem = { kind: "policy", policy: "round-robin" };

function textOf(...picked: number[]): string {
  return formatSchedule([head, { kind: "picks", picks: picked, times: 1 }]);
}

function refusal(text: string): ScheduleTextError {
  try {
    parseSchedule(text);
  } catch (error) {
    assert.ok(error instanceof ScheduleTextError);
    return error;
  }
  throw new assert.AssertionError({ message: `${text} was not refused` });
}

describe("the text of a schedule", () => {
  it("parses back to the same picks and changes", () => {
    fc.assert(
      fc.property(time, threads, policy, schedule, (virtualTime, points, first, items) => {
        const all: ScheduleItem[] = [{ kind: "policy", policy: first }, ...items];
        // Policies at the very start that never picked are left out.
        while (all[1]?.kind === "policy") all.shift();
        const conditions = { ...(virtualTime ? { virtualTime } : {}), ...(points ? { threads: points } : {}) };
        const { items: parsed, ...others } = parseSchedule(formatSchedule(all, conditions));
        assert.deepEqual([[...plain(parsed)], others], [[...plain(all)], conditions]);
      }),
      { numRuns: 1000 },
    );
  });

  it("writes repetitions once", () => {
    assert.equal(textOf(0, 1, 0, 1), "round-robin; 0 1 0 1");
    assert.equal(textOf(0, 1, 0, 1, 0, 1, 2), "round-robin; (0 1)*3 2");
    assert.equal(textOf(0, 0, 0, 1), "round-robin; 0*3 1");
    assert.equal(textOf(0, 0, 1, 0, 0, 1, 0, 0, 1), "round-robin; (0*2 1)*3");
    const ring = { kind: "picks", picks: [0, 1, 2], times: 5_000_000 } as const;
    assert.equal(formatSchedule([head, { ...ring, picks: [4], times: 10 }, ring]), "round-robin; 4*10 (0 1 2)*5000000");
  });

  it("detects a ring of thousands of tasks, even if it comes in pieces", () => {
    const ring = Array.from({ length: 10_000 }, (_, id) => id);
    const text = formatSchedule([head, ...Array.from({ length: 40 }, () => ({ kind: "picks", picks: ring, times: 1 }) as const)]);
    assert.equal(text, `round-robin; (${ring.join(" ")})*40`);
  });

  it("has the calls after the policy, and everything else where it happened", () => {
    const items: ScheduleItem[] = [
      { kind: "policy", policy: "random:seed=7" },
      { kind: "add", call: "counter()" },
      { kind: "add", call: 'say("a; b")' },
      { kind: "picks", picks: [0, 1], times: 1 },
      { kind: "pick", task: 1, send: "5" },
      { kind: "hold", task: 0 },
      { kind: "policy", policy: "fair" },
    ];
    const text = 'random:seed=7; "counter()" "say(\\"a; b\\")"; 0 1 !1="5" hold:0 policy="fair"';
    assert.equal(formatSchedule(items), text);
    assert.deepEqual(parseSchedule(text), { items });
  });

  it("quotes a policy whose path would be ambiguous", () => {
    const textFor = (path: string) =>
      formatSchedule([
        { kind: "policy", policy: path },
        { kind: "picks", picks: [0], times: 1 },
      ]);
    assert.equal(textFor("my policies/a.js"), "my policies/a.js; 0");
    assert.equal(textFor("a;b.js"), '"a;b.js"; 0');
    // The command line interprets a text that begins with this character as the name of a file with the schedule.
    assert.equal(textFor("@mine/a.js"), '"@mine/a.js"; 0');
    assert.deepEqual(parseSchedule('\n "fcfs" ; "a()"; 0').items[0], { kind: "policy", policy: "fcfs" });
    assert.equal(refusal('"a.js" 0').position, 8);
    assert.equal(refusal('"a.js; 0').position, 1);
  });

  it("may be written by hand", () => {
    assert.deepEqual(
      [...plain(parseSchedule("round-robin; 0 1 0 1 (0 1)*2\n  2").items)],
      [...plain([head, { kind: "picks", picks: [0, 1, 0, 1, 0, 1, 0, 1, 2], times: 1 }])],
    );
    assert.deepEqual(parseSchedule("fcfs;").items, [{ kind: "policy", policy: "fcfs" }]);
  });

  it("may begin with virtual time", () => {
    const first = { virtualTime: { virtual: 1, seed: 7 }, items: [{ kind: "policy", policy: "fcfs" }] };
    assert.deepEqual(parseSchedule("virtual-time:step=1,seed=7; fcfs;"), first);
    assert.deepEqual(parseSchedule('\nvirtual-time : seed = 7 ;\n  "fcfs";'), first);
    const half = { virtual: 0.5, seed: 0 };
    assert.deepEqual(parseSchedule("virtual-time:step=0.5; fcfs;").virtualTime, half);
    assert.deepEqual(parseSchedule("virtual-time; fcfs;").virtualTime, { virtual: 1, seed: 0 });
    assert.equal(formatSchedule([head], { virtualTime: half }), "virtual-time:step=0.5,seed=0; round-robin;");
    // A path that begins like that.
    assert.deepEqual(parseSchedule("virtual-time.js; 0").items[0], { kind: "policy", policy: "virtual-time.js" });
    assert.equal(formatSchedule([{ kind: "policy", policy: "virtual-time" }]), '"virtual-time";');
  });

  it("may begin with threads, before virtual time", () => {
    const first = { threads: "lines", virtualTime: { virtual: 1, seed: 7 }, items: [{ kind: "policy", policy: "fcfs" }] };
    assert.deepEqual(parseSchedule(" threads : lines; virtual-time:seed=7; fcfs;"), first);
    assert.equal(parseSchedule("threads; fcfs;").threads, "accesses");
    assert.equal(formatSchedule([head], { threads: "accesses" }), "threads; round-robin;");
    assert.equal(formatSchedule([{ kind: "policy", policy: "threads" }]), '"threads";');
    assert.deepEqual(parseSchedule("threads.js; 0").items[0], { kind: "policy", policy: "threads.js" });
    assert.equal(refusal("threads:often; fcfs;").position, 9);
  });

  it("is rejected at the character of the error", () => {
    const refused = (text: string) => [refusal(text).position, refusal(text).message];
    assert.deepEqual(refused("0 1 0"), [1, "At character 1: a policy and a semicolon are missing."]);
    assert.deepEqual(refused("fcfs; 0 1 x"), [11, 'At character 11: "x" is no step.']);
    assert.deepEqual(refused("fcfs; (0 1"), [11, "At character 11: the number of a task is missing."]);
    assert.deepEqual(refused("fcfs; (0 1) 2"), [13, 'At character 13: "*" is missing.']);
    assert.deepEqual(refused("fcfs; ()*2"), [8, "At character 8: the parentheses are empty."]);
    assert.deepEqual(refused("fcfs; 0*0"), [9, "At character 9: a count is missing."]);
    assert.deepEqual(refused("fcfs; 70000"), [7, "At character 7: the number of a task is missing."]);
    assert.deepEqual(refused('fcfs; "a()" 0'), [13, 'At character 13: ";" is missing.']);
    assert.deepEqual(refused('fcfs; add="\\x"'), [11, "At character 11: the text in quotes is not written as in JSON."]);
    assert.deepEqual(refused("fcfs; throw:1"), [14, 'At character 14: "=" is missing.']);
    assert.deepEqual(refused("fcfs; (0 1 !2)*2"), [12, "At character 12: the number of a task is missing."]);
    assert.ok(refusal("fcfs; y").remedy.includes("(0 1)*500"));
    assert.deepEqual(refused("virtual-time:step=1"), [20, 'At character 20: ";" is missing.']);
    assert.deepEqual(refused("virtual-time:step=1;"), [21, "At character 21: a policy and a semicolon are missing."]);
    assert.deepEqual(refused("virtual-time:step=1, pace=2; fcfs;"), [
      22,
      'At character 22: "pace=2" is no setting of virtual time.',
    ]);
    assert.deepEqual(refused("virtual-time:; fcfs;"), [14, 'At character 14: "" is no setting of virtual time.']);
    assert.deepEqual(refused("virtual-time:step=0; fcfs;"), [14, "At character 14: 0 is no valid step."]);
    assert.deepEqual(refused("virtual-time:step=1,seed=1.5; fcfs;"), [21, "At character 21: 1.5 is no valid seed."]);
    assert.deepEqual(refused("virtual-time:seed=1,seed=1; fcfs;"), [21, 'At character 21: "seed" is given twice.']);
    assert.deepEqual(refused("virtual-time; fcfs; x"), [21, 'At character 21: "x" is no step.']);
  });

  it("takes no more memory than its text, for any number of picks", () => {
    const { items } = parseSchedule(`fcfs; "counts(3)"; ${"(0*4194303 1)*2 ".repeat(300)}`);
    assert.equal(scheduleLength(items), 300 * 2 * 4_194_304);
    assert.deepEqual(items[2], { kind: "picks", picks: [0, 1], counts: [4_194_303, 1], times: 2 });
  });

  it("is rejected at its place even if a word or a quoted text is as long as a file", () => {
    const long = "x".repeat(20_000_000);
    const quoted = refusal(`fcfs; add="${long}"`);
    assert.deepEqual([quoted.position, quoted.message], [11, "At character 11: the text in quotes is too long."]);
    assert.equal(refusal(`fcfs; "${long}`).position, 7);
    const word = refusal(`fcfs; ${long}`);
    assert.ok(word.position === 7 && word.message.length < 100);
  });
});
