/**
 * The examples of waiting tasks, each run to its end in both languages: they do what their first comment says, have the expected warnings,
 * and behave alike in both languages.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { type Ended, yieldpoint } from "./commandLine";

interface Outcome {
  readonly stopped: string;
  readonly cycle?: readonly { readonly task: string; readonly waitsFor?: string; readonly since: number }[];
  readonly tasks: Readonly<Record<string, { readonly state: string; readonly value?: string }>>;
  readonly warnings?: readonly { readonly kind: string; readonly task: string }[];
}

interface Wait {
  readonly for: string;
  readonly resource?: string;
  readonly heldBy?: readonly string[];
  readonly until?: number;
}

interface Step {
  readonly step: number;
  readonly task: string;
  readonly event: string;
  readonly value: string;
  readonly waits?: Wait & { readonly any?: readonly Wait[] };
  readonly woke?: readonly string[];
}

interface Run {
  readonly code: number | null;
  readonly steps: readonly Step[];
  /** The tasks that were woken between two steps, each with the step before. */
  readonly between: readonly (readonly [string, number])[];
  readonly outcome: Outcome;
}

interface Example {
  /** The name without its extension, as in TypeScript; Python's has `_` for `-`. */
  readonly name: string;
  readonly calls: readonly string[];
  readonly options?: readonly string[];
  readonly policy?: string;
  /** The kinds of the warnings, each with its task. */
  readonly warnings?: readonly string[];
  readonly keepsPromise: (run: Run) => void;
}

const seats = [1, 2, 3, 4, 5];
const two = ['worker("x")', 'worker("y")'];

const examples: readonly Example[] = [
  {
    name: "one-worker",
    calls: ["worker()", "customers()"],
    keepsPromise: ({ steps, outcome }) => {
      assert.deepEqual(steps[0]?.waits, { for: "take", resource: "queue" });
      assert.deepEqual(steps[1]?.woke, ["worker"]);
      assert.equal(plain(outcome.tasks.worker?.value), "[a, b, c, d, e]");
    },
  },
  {
    name: "two-workers",
    calls: two,
    keepsPromise: ({ steps, outcome }) => {
      const served = steps.filter(({ event }) => event === "yielded").map(({ value }) => plain(value));
      assert.deepEqual(served, ["x serves c", "y serves c", "x serves b", "y serves a"]);
      assert.deepEqual(results(outcome), ["2", "2"]);
    },
  },
  {
    name: "two-workers",
    calls: two,
    policy: "fcfs",
    keepsPromise: ({ steps, outcome }) => {
      const served = steps.filter(({ event }) => event === "yielded").map(({ value }) => plain(value));
      assert.deepEqual(served, ["x serves c", "x serves b", "x serves a"]);
      assert.deepEqual(results(outcome), ["3", "3"]);
    },
  },
  ...["round-robin", "fcfs", "random:seed=7"].map((policy): Example => {
    return {
      name: "two-workers-one-lock",
      calls: two,
      policy,
      keepsPromise: ({ steps, outcome }) => {
        const served = steps.filter(({ value }) => value.includes("serves")).map(({ value }) => plain(value).slice(-1));
        assert.deepEqual(served, ["c", "b", "a"]);
        assert.deepEqual(results(outcome), ["3", "3"]);
        if (policy === "round-robin") assert.deepEqual(steps[1]?.waits, { for: "acquire", resource: "lock", heldBy: ["worker"] });
      },
    };
  }),
  {
    name: "two-locks",
    calls: ["ann()", "bob()"],
    keepsPromise: ({ code, steps, outcome }) => {
      assert.deepEqual([code, outcome.stopped, steps.length], [1, "deadlock", 4]);
      assert.deepEqual(outcome.cycle, [
        { task: "ann", waitsFor: "fork 2", since: 3 },
        { task: "bob", waitsFor: "fork 1", since: 4 },
      ]);
      assert.deepEqual(steps[2]?.waits, { for: "acquire", resource: "fork 2", heldBy: ["bob"] });
    },
  },
  {
    name: "philosophers",
    calls: seats.map((seat) => `philosopher(${seat})`),
    keepsPromise: ({ code, outcome }) => {
      assert.deepEqual([code, outcome.stopped, outcome.cycle?.length], [1, "deadlock", 5]);
      assert.deepEqual(
        outcome.cycle?.map(({ waitsFor }) => waitsFor),
        ["fork 2", "fork 3", "fork 4", "fork 5", "fork 1"],
      );
    },
  },
  {
    name: "philosophers",
    calls: seats.map((seat) => `orderly(${seat})`),
    keepsPromise: ({ outcome }) => {
      assert.deepEqual(
        results(outcome),
        seats.map((seat) => `seat ${seat} has eaten`),
      );
    },
  },
  {
    name: "own-piles",
    calls: ["boss()"],
    keepsPromise: ({ steps, outcome }) => {
      assert.deepEqual(results(outcome), ["5", "2", "3"]);
      // Only the boss waits, once for each worker.
      assert.deepEqual(
        steps.filter(({ waits }) => waits).map(({ task, value }) => `${task}: ${value}`),
        ["boss: join(worker)", "boss: join(worker #2)"],
      );
    },
  },
  {
    name: "through-a-channel",
    calls: ["consumer()", "producer()"],
    keepsPromise: ({ steps, outcome }) => {
      assert.equal(outcome.tasks.consumer?.value, "[1, 2, 3, 4, 5, 6]");
      assert.deepEqual(steps[0]?.waits, { for: "take", resource: "parcels" });
      const full = steps.filter(({ task, waits }) => task === "producer" && waits);
      assert.ok(full.length > 0 && full.every(({ waits }) => waits?.for === "put"));
    },
  },
  {
    name: "time-out",
    calls: ["client()", "server()"],
    keepsPromise: ({ steps, between, outcome }) => {
      assert.equal(plain(outcome.tasks.client?.value), "[answer: quick, no answer in time: slow]");
      const tried = steps.filter(({ value }) => value.startsWith("any("));
      assert.equal(tried.length, 2);
      assert.equal(tried[0]?.waits, undefined); // the first answer has already arrived
      assert.deepEqual(
        tried[1]?.waits?.any?.map((part) => part.for),
        ["take", "sleep"],
      );
      assert.deepEqual(
        between.map(([task]) => task),
        ["client", "server"],
      );
    },
  },
  {
    name: "long-waits",
    calls: ['download("news")', 'download("films")', "primes(50)"],
    options: ["--virtual-time"],
    keepsPromise: ({ outcome }) => {
      assert.deepEqual(results(outcome), ["news after 60 minutes", "films after 60 minutes", "15"]);
    },
  },
  {
    name: "starvation",
    calls: ["urgent()", "patient()"],
    policy: "priority:urgent=2",
    warnings: ["starvation patient"],
    keepsPromise: ({ steps }) => {
      const firstOf = (name: string) => steps.findIndex(({ task }) => task === name);
      const last = steps.findLastIndex(({ task }) => task === "urgent");
      assert.ok(firstOf("patient") > last);
    },
  },
  ...["round-robin", "priority:urgent=2,ageing=10"].map((policy): Example => {
    return {
      name: "starvation",
      calls: ["urgent()", "patient()"],
      policy,
      keepsPromise: ({ steps }) => {
        const lastOf = (name: string) => steps.findLastIndex(({ task }) => task === name);
        assert.ok(lastOf("patient") < lastOf("urgent"));
      },
    };
  }),
];

describe("an example of waiting tasks", () => {
  for (const { name, calls, options = [], policy = "round-robin", warnings = [], keepsPromise } of examples) {
    it(`${name}, ${calls[0]}, ${policy}: does what its comment says, in both languages alike`, async () => {
      const script = await runOf(`${name}.ts`, calls, policy, options);
      const python = await runOf(`${name.replaceAll("-", "_")}.py`, calls, policy, options);
      for (const run of [script, python]) {
        keepsPromise(run);
        assert.deepEqual(
          (run.outcome.warnings ?? []).map(({ kind, task }) => `${kind} ${task}`),
          warnings,
        );
        if (!run.outcome.cycle) assert.deepEqual([run.code, run.outcome.stopped], [0, "all-finished"]);
      }
      assert.deepEqual(storyOf(script), storyOf(python));
    });
  }
});

async function runOf(file: string, calls: readonly string[], policy: string, options: readonly string[]): Promise<Run> {
  const path = resolve("media/examples/waiting", file);
  const ended = await yieldpoint("trace", path, ...calls, "--until", "all", "--policy", policy, "--format", "jsonl", ...options);
  assert.equal(ended.stderr, "", file);
  return read(ended);
}

function read({ code, objects }: Ended): Run {
  const all = objects();
  return {
    code,
    steps: all.filter((each) => each.step && each.event) as unknown as Step[],
    between: all.flatMap(({ woke, after }) => (after ? (woke as string[]).map((task) => [task, after as number] as const) : [])),
    outcome: all.at(-1)?.outcome as Outcome,
  };
}

/** What happened, without differences in notation between the languages. */
function storyOf({ steps, between }: Run): unknown[] {
  const told = steps.map(({ step, task, event, waits, woke = [] }) => {
    const parts = waits?.any ?? (waits ? [waits] : []);
    return [step, task, event, parts.map(({ until: _, ...part }) => part), woke];
  });
  return [...told, ...between];
}

/** The values that tasks returned, without quotes. */
function results({ tasks }: Outcome): string[] {
  return Object.values(tasks).map(({ value }) => plain(value));
}

function plain(value = ""): string {
  return value.replaceAll(/["']/g, "");
}
