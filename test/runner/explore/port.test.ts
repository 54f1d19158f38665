// The strategies and the search of the Python runner are a port: for the same seed they try the same schedules in the same order as core's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import fc from "fast-check";
import { Chance } from "../../../src/core/explore/chance";
import { LoopingProgram } from "../../../src/core/explore/loops/loopingProgram";
import { makeStrategy, parseStrategy } from "../../../src/core/explore/registry";
import { Search } from "../../../src/core/explore/search";
import {
  anyScripts,
  deposit,
  idle,
  loopingScripts,
  read,
  type Script,
  Simulated,
  write,
} from "../../unit/core/explore/simulated";
import { runners } from "../runners";

const script = resolve("test/fixtures/port/simulated.py");
const drawing = resolve("test/fixtures/port/draws.py");

interface Job {
  readonly scripts: readonly Script[];
  readonly tasks: number;
  readonly first: boolean;
  readonly isTracked: boolean;
  /** What the first variable is in the beginning, run by run: not the same in a program that is not deterministic. */
  readonly start: readonly number[];
  readonly strategy: string;
  readonly shard: { readonly index: number; readonly of: number };
  readonly limit: number;
  /** Whether orders end where they go round in a loop, and who decides in it. */
  readonly loops: "fair" | "policy" | false;
  /** How many runs, and whether the search is made anew before them, from its position. */
  readonly stretches: readonly (readonly [runs: number, isAnew: boolean])[];
}

/** Notes the schedules whose outcome is asked for. */
class Noting extends Simulated {
  tried: number[][] = [];
  policyState?: () => string;
  #picks: number[] = [];

  override begin(): void {
    super.begin();
    this.#picks = [];
  }

  override resume(task: number) {
    this.#picks.push(task);
    return super.resume(task);
  }

  override outcome(isCut: boolean): number {
    this.tried.push(this.#picks);
    return super.outcome(isCut);
  }
}

function searched({ scripts, tasks, first, isTracked, start, strategy, shard, limit, loops, stretches }: Job): unknown[] {
  const startOf = (run: number) => start[run % start.length] as number;
  const program = new Noting(scripts, { tasks, first, isTracked, start: startOf });
  let current = makeStrategy(parseStrategy(strategy), shard);
  if (loops === "policy") program.policyState = () => program.ready.join();
  const tried = loops ? new LoopingProgram(program) : program;
  let search = new Search(tried, current, limit, shard);
  return stretches.map(([runs, isAnew]) => {
    if (isAnew) {
      current = makeStrategy(parseStrategy(strategy), shard, current.position());
      search = new Search(tried, current, limit, shard);
    }
    search.run(runs);
    const { isDone, differs = null, longest, tasks: most, sizes } = search;
    const picks = program.tried;
    program.tried = [];
    const { outcomes, ...counts } = search.news();
    const news = { ...counts, outcomes: outcomes.map(({ outcome: id, ...met }) => ({ id, ...met })) };
    return { isDone, differs, longest, tasks: most, sizes, position: current.position(), news, tried: picks };
  });
}

const strategies = fc.oneof(
  fc.constantFrom(
    "exhaustive",
    "exhaustive:reduce=1",
    "merging",
    "merging",
    "delays:d=0",
    "delays:d=1",
    "delays",
    "delays:d=5",
    "preemptions:n=0",
    "preemptions",
    "preemptions:n=5",
  ),
  fc
    .tuple(fc.constantFrom("random", "pct", "urw", "pos", "portfolio"), fc.nat(2 ** 32 - 1))
    .map(([name, seed]) => `${name}:seed=${seed}`),
  fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 5 })).map(([seed, depth]) => `pct:seed=${seed},depth=${depth}`),
);

const shards = fc.integer({ min: 1, max: 3 }).chain((of) => fc.record({ index: fc.nat(of - 1), of: fc.constant(of) }));

const always: fc.Arbitrary<readonly number[]> = fc.constant([0]);
const seldom: fc.Arbitrary<readonly number[]> = fc.oneof(
  { weight: 4, arbitrary: always },
  { weight: 1, arbitrary: fc.constant([0, 0, 1]) },
);

function jobsOf(
  all: fc.Arbitrary<Script[]>,
  start: fc.Arbitrary<readonly number[]>,
  loops: readonly Job["loops"][],
): fc.Arbitrary<Job> {
  return all.chain((scripts) =>
    fc.record({
      scripts: fc.constant(scripts),
      tasks: fc.integer({ min: 1, max: scripts.length }),
      first: fc.boolean(),
      isTracked: fc.boolean(),
      start,
      strategy: strategies,
      shard: shards,
      limit: fc.constantFrom(5, 40),
      stretches: fc.array(fc.tuple(fc.nat(60), fc.boolean()), { minLength: 1, maxLength: 4 }),
      loops: fc.constantFrom(...loops),
    }),
  );
}

/** Searches that are long enough for repetitions and probes, of programs with fixed slices. */
const long: Job[] = [
  "exhaustive",
  "exhaustive:reduce=1",
  "delays:d=3",
  "preemptions:n=2",
  "random:seed=7",
  "pct:seed=7",
  "urw:seed=7",
  "pos:seed=7",
  "portfolio",
].map((strategy) => ({
  scripts: [...Array.from({ length: 3 }, () => [[read(0)], [write(0)], [read(1)], [write(1)]]), idle(3), deposit],
  tasks: 4,
  first: false,
  isTracked: true,
  start: [0],
  strategy,
  shard: { index: 1, of: 2 },
  limit: 100,
  loops: false,
  stretches: [
    [2500, false],
    [700, true],
  ],
}));

/** Runs that end before the choices of earlier runs: programs that are not deterministic, in which a task skips a step now and then. */
const shorter: Job[] = ["exhaustive", "exhaustive:reduce=1", "delays", "portfolio"].map((strategy) => ({
  scripts: [
    [[{ do: "skipIfOdd", of: 0, by: 2 }], [read(0)]],
    [[write(1)], [read(0)]],
  ],
  tasks: 2,
  first: true,
  isTracked: true,
  start: [0, 0, 1],
  strategy,
  shard: { index: 0, of: 1 },
  limit: 40,
  loops: false,
  stretches: [[60, false]],
}));

interface Drawing {
  readonly seed: number;
  readonly stream: number;
  /** So many numbers are drawn before the state is asked for, each time. */
  readonly counts: readonly number[];
}

function drawnBy({ seed, stream, counts }: Drawing): unknown[] {
  const chance = Chance.ofSeed(seed, stream);
  return counts.map((count) => {
    const numbers = Array.from({ length: count }, () => chance.draw());
    const state = chance.state();
    return { numbers, state, next: Chance.ofState(state).below(1000) };
  });
}

/** The port makes 128 numbers at a time at first, and 4096 at a time after as many: so states are asked for on both sides of each boundary. */
const drawings = fc.record({
  seed: fc.nat(2 ** 32 - 1),
  stream: fc.nat(3),
  counts: fc.array(fc.oneof(fc.constantFrom(0, 1, 127, 128, 129, 4095, 4096, 4097), fc.nat(3000)), {
    minLength: 1,
    maxLength: 8,
  }),
});

describe("the port of the search", () => {
  for (const { name, command } of runners.filter(({ language }) => language === "python")) {
    it(`draws the random numbers of core, on ${name}`, () => {
      const [python = ""] = command;
      const jobs = fc.sample(drawings, { numRuns: 40, seed: 20 });
      const input = jobs.map((job) => JSON.stringify(job)).join("\n");
      const options = { input, encoding: "utf8", maxBuffer: 2 ** 30 } as const;
      const output = execFileSync(python, ["-B", drawing, resolve("src/runner/python")], options);
      const answers = output.trimEnd().split("\n");
      assert.equal(answers.length, jobs.length);
      for (const [index, job] of jobs.entries()) {
        assert.deepEqual(JSON.parse(answers[index] ?? ""), drawnBy(job), `seed ${job.seed}, counts ${job.counts}`);
      }
    });

    it(`does what core does, on ${name}`, () => {
      const [python = ""] = command;
      const drawn = fc.sample(jobsOf(anyScripts, seldom, [false]), { numRuns: 300, seed: 20 });
      const looping = fc.sample(jobsOf(loopingScripts, always, ["fair", "policy"]), { numRuns: 200, seed: 20 });
      const all = [...long, ...shorter, ...drawn, ...looping];
      const input = all.map((job) => JSON.stringify(job)).join("\n");
      const output = execFileSync(python, ["-B", script, resolve("src/runner/python")], {
        input,
        encoding: "utf8",
        maxBuffer: 2 ** 30,
      });
      const answers = output.trimEnd().split("\n");
      assert.equal(answers.length, all.length);
      for (const [index, job] of all.entries()) {
        const [given, wanted] = [JSON.parse(answers[index] ?? ""), JSON.parse(JSON.stringify(searched(job)))];
        assert.deepEqual(given, wanted, JSON.stringify(job));
      }
    });
  }
});
