/**
 * Simulated programs: tasks are lists of slices, slices are lists of small operations on shared variables and locks. What they touch is
 * known, so every strategy can be compared with brute force.
 */
import fc from "fast-check";
import type { SeenProgram } from "../../../../src/core/explore/loops/loopingProgram";
import type { Loop } from "../../../../src/core/explore/loops/loops";
import type { Program } from "../../../../src/core/explore/program";
import type { Touched } from "../../../../src/core/explore/touched";

/** `of` is a variable, a lock or the script of the spawned task. */
export interface Operation {
  readonly do: "read" | "write" | "print" | "skipIfOdd" | "againIfEven" | "return" | "acquire" | "release" | "spawn";
  readonly of: number;
  readonly by: number;
}

export type Slice = readonly Operation[];
export type Script = readonly Slice[];

/** A run, with what brute force has to know of it. */
export interface Order {
  readonly picks: readonly number[];
  readonly outcome: number;
  /** How many ready tasks were passed over. */
  readonly deviations: number;
  /** How often another task ran although the last one was ready. */
  readonly preemptions: number;
}

interface Running {
  readonly script: Script;
  at: number;
  register: number;
  isOver: boolean;
}

const [locks, output, scheduler] = [100, 200, 300];

export function read(of = 0): Operation {
  return { do: "read", of, by: 0 };
}

export function write(of = 0, by = 1): Operation {
  return { do: "write", of, by };
}

/** A script without effects. */
export function idle(slices: number): Script {
  return Array.from({ length: slices }, () => []);
}

/** Reads, yields, writes what it read and one more, yields, returns: two of them lose an update in 12 of 20 orders. */
export const deposit: Script = [[read()], [write()], []];

export class Simulated implements SeenProgram {
  readonly outcomes: string[] = [];
  readonly #numbers = new Map<string, number>();
  #ready: number[] = [];
  #tasks: Running[] = [];
  #variables: number[] = [];
  #owners: (number | undefined)[] = [];
  #waiting: number[][] = [];
  #printed = "";
  #hash = 0;
  #isOver = false;
  #loop = "";
  runs = 0;

  /** @param scripts those of the first tasks, then those that may be spawned */
  constructor(
    readonly scripts: readonly Script[],
    readonly options: {
      readonly tasks?: number;
      /** A run is over at the first return. */
      readonly first?: boolean;
      readonly isTracked?: boolean;
      /** Not deterministic: what the variables are at the beginning of a run, by its number. */
      readonly start?: (run: number) => number;
    } = {},
  ) {}

  get ready(): readonly number[] {
    return this.#ready;
  }

  begin(): void {
    const start = this.options.start?.(this.runs) ?? 0;
    this.runs += 1;
    this.#variables = [start, 0, 0, 0];
    this.#owners = [];
    this.#waiting = [[], [], []];
    this.#printed = "";
    this.#hash = 0;
    this.#isOver = false;
    this.#loop = "";
    this.#tasks = [];
    this.#ready = [];
    for (const script of this.scripts.slice(0, this.options.tasks ?? this.scripts.length)) this.#add(script);
  }

  resume(task: number): Touched | undefined {
    const running = this.#tasks[task] as Running;
    const place = this.#ready.indexOf(task);
    if (place < 0) throw new Error(`Task ${task} is not ready.`);
    this.#ready.splice(place, 1);
    const reads = new Set<number>();
    const writes = new Set<number>();
    let isWaiting = false;
    const slice = running.script[running.at] ?? [];
    running.at += 1;
    for (const operation of slice) {
      isWaiting = this.#do(operation, task, running, reads, writes);
      if (isWaiting || running.isOver) break;
    }
    if (running.at >= running.script.length && !isWaiting) running.isOver = true;
    if (running.isOver && this.options.first) {
      this.#isOver = true;
      this.#ready = [];
    } else if (!running.isOver && !isWaiting) this.#ready.push(task);
    this.#hash = (Math.imul(this.#hash, 31) + task * 7 + running.register * 3 + running.at + 1) | 0;
    if (this.options.isTracked === false) return undefined;
    return { reads: [...reads].sort(ascending), writes: [...writes].sort(ascending), all: false };
  }

  outcome(isCut: boolean): number {
    const tasks = this.#tasks.map((task) => `${task.at}/${task.register}${task.isOver ? "!" : ""}`);
    const key = JSON.stringify([isCut, this.#isOver, tasks, this.#variables, this.#printed, this.#loop]);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.outcomes.push(key) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  fingerprint(): number {
    return this.#hash;
  }

  /** All that decides what can still come of a run. */
  state(): string {
    const tasks = this.#tasks.map((task) => ({ ...task, script: this.scripts.indexOf(task.script) }));
    return JSON.stringify([tasks, this.#variables, this.#owners, this.#waiting, this.#printed]);
  }

  wholeState(): string {
    return this.state();
  }

  /** The run goes round in a loop. */
  endless({ starving }: Loop): void {
    this.#loop = starving.length > 0 ? "starvation" : "livelock";
    this.#ready = [];
  }

  /** Where the tasks are, as texts. */
  get places(): string[] {
    return this.#tasks.map(({ at, isOver }, task) => (isOver ? "over" : `${at}${this.#ready.includes(task) ? "" : " waits"}`));
  }

  /** The first variable at the end of a run. */
  get value(): number {
    return this.#variables[0] as number;
  }

  #add(script: Script): void {
    this.#ready.push(this.#tasks.push({ script, at: 0, register: 0, isOver: script.length === 0 }) - 1);
    if (script.length === 0) this.#ready.pop();
  }

  /** @returns whether the task waits */
  #do(operation: Operation, task: number, running: Running, reads: Set<number>, writes: Set<number>): boolean {
    const { of, by } = operation;
    switch (operation.do) {
      case "read":
        if (!writes.has(of)) reads.add(of);
        running.register = this.#variables[of] as number;
        return false;
      case "write":
        writes.add(of);
        this.#variables[of] = (running.register + by) % 7;
        return false;
      case "print":
        writes.add(output);
        this.#printed += `${task}:${running.register} `;
        return false;
      case "skipIfOdd":
        if (!writes.has(of)) reads.add(of);
        if ((this.#variables[of] as number) % 2 === 1) running.at += by;
        return false;
      case "againIfEven":
        if (!writes.has(of)) reads.add(of);
        if ((this.#variables[of] as number) % 2 === 0) running.at = Math.max(0, running.at - 1);
        return false;
      case "return":
        running.isOver = true;
        return false;
      case "acquire":
        writes.add(locks + of);
        if (this.#owners[of] === undefined) this.#owners[of] = task;
        else (this.#waiting[of] as number[]).push(task);
        return this.#owners[of] !== task || (this.#waiting[of] as number[]).includes(task);
      case "release":
        writes.add(locks + of);
        if (this.#owners[of] === task) this.#handOver(of);
        return false;
      case "spawn":
        writes.add(scheduler);
        if (this.#tasks.length <= (this.options.tasks ?? this.scripts.length))
          this.#add(this.scripts[of % this.scripts.length] as Script);
        return false;
    }
  }

  /** The longest waiting task gets the lock and goes on after its request. */
  #handOver(lock: number): void {
    const next = this.#waiting[lock]?.shift();
    this.#owners[lock] = next;
    if (next === undefined) return;
    const woken = this.#tasks[next] as Running;
    if (woken.at >= woken.script.length) woken.isOver = true;
    else this.#ready.push(next);
  }
}

/** Every order of a program, by trying every ready task after every sequence of picks. */
export function everyOrder(program: Program, limit: number): Order[] {
  const orders: Order[] = [];
  const extend = (picks: readonly number[], deviations: number, preemptions: number): void => {
    program.begin();
    for (const task of picks) program.resume(task);
    const ready = [...program.ready];
    if (ready.length === 0 || picks.length === limit) {
      orders.push({ picks, deviations, preemptions, outcome: program.outcome(ready.length > 0) });
      return;
    }
    const last = picks.at(-1) ?? -1;
    for (const [passed, task] of ready.entries()) {
      extend([...picks, task], deviations + passed, preemptions + Number(task !== last && ready.includes(last)));
    }
  };
  extend([], 0, 0);
  return orders;
}

/** Two tasks with loops in them, and finitely many states. */
export const loopingScripts: fc.Arbitrary<Script[]> = fc.array(
  fc.array(
    fc.array(
      fc.record({
        do: fc.constantFrom(
          ...(["read", "write", "write", "againIfEven", "againIfEven", "skipIfOdd", "acquire", "release"] as const),
        ),
        of: fc.nat(1),
        by: fc.integer({ min: 1, max: 2 }),
      }),
      { maxLength: 3 },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  { minLength: 2, maxLength: 3 },
);

const operation = fc.record({
  do: fc.constantFrom(
    ...([
      "read",
      "read",
      "read",
      "write",
      "write",
      "write",
      "print",
      "skipIfOdd",
      "return",
      "acquire",
      "release",
      "spawn",
    ] as const),
  ),
  of: fc.nat(2),
  by: fc.integer({ min: 1, max: 2 }),
});

/** Two or three small tasks, so that brute force ends soon. */
export const anyScripts: fc.Arbitrary<Script[]> = fc
  .oneof(
    { weight: 2, arbitrary: fc.tuple(fc.constant(2), fc.constant(3)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant(3), fc.constant(2)) },
  )
  .chain(([tasks, slices]) =>
    fc.array(fc.array(fc.array(operation, { maxLength: 3 }), { minLength: 1, maxLength: slices }), {
      minLength: tasks,
      maxLength: tasks,
    }),
  );

function ascending(one: number, other: number): number {
  return one - other;
}
