/**
 * A program that decides itself who runs: it is run as the main program, and each switch of its tasks is recorded.
 *
 * A task is a generator of the user's files that is resumed by a call, from outside of any task's slice. It becomes one when it is resumed
 * for the first time. What is iterated over instead is no task.
 */
import type { MessagePort } from "node:worker_threads";
import { mostTasks } from "../../../core/task";
import type { YieldPoint } from "../../../core/trace/trace";
import type { Request } from "../../../protocol/requests";
import { later, now, weakMap } from "../engine/intrinsics";
import { taskState } from "../execute/tasks";
import type { Throws } from "../execute/throws";
import type { SuspendedFrame } from "../inspect/frames";
import { progressOf } from "../inspect/progress";
import { whenBegun } from "../load/begins";
import type { ModuleInstance } from "../load/modules";
import { forgetPoint, forgetThrow, lastPoint } from "../load/pointMarks";
import { quickSlice } from "../process/output";
import { eventCode, type Recorder } from "../process/recorder";
import { noTask, type SharedState } from "../process/sharedState";
import { CallSites, type Resumer } from "./callSites";
import { Drivers } from "./drivers";
import { type Method, type Resume, resumeBy, resumedGenerator, type Watcher, watchGenerators } from "./hooks";
import { type Served, Stepping } from "./stepping";
import { ObservedTask } from "./tasks";
import { failLater, tellUncaught } from "./uncaught";

/** What an observed program needs from the runner. */
export interface Surroundings extends Served {
  readonly recorder: Recorder;
  readonly shared: SharedState;
  readonly throws: Throws;
  readonly requests: MessagePort;
  /** Lets the program end the process. */
  leaveToProgram(): void;
  framesOf(generator: object): SuspendedFrame[];
  /** Adds a task. */
  appeared(task: ObservedTask, name: string): void;
}

interface Ended {
  readonly event: number;
  readonly value: unknown;
}

const { yielded, returned, threw, closed } = eventCode;

export class ObservedProgram implements Watcher {
  isInside = false;
  readonly drivers: Drivers;
  readonly #stepping: Stepping;
  readonly #sites: CallSites;
  readonly #tasks: ObservedTask[] = [];
  /** Generators that are no tasks: they are iterated over, or are not in the user's files. */
  readonly #others = weakMap<true>();
  /** Generators that began in another way than as tasks. */
  readonly #begun = weakMap<true>();
  /** A generator that is resumed and becomes a task if it begins. */
  #candidate: unknown;
  #isStarted = false;
  /** Whether the statements of the program run, and not what they have left for later. */
  #isInStatements = false;

  constructor(
    readonly instance: ModuleInstance,
    readonly surroundings: Surroundings,
  ) {
    const { recorder, shared, requests } = surroundings;
    this.drivers = new Drivers(recorder);
    this.#stepping = new Stepping(recorder, shared, requests, surroundings);
    this.#sites = new CallSites(instance.compiled, __dirname);
  }

  /** Whether the program waits at a step of a task, in the middle of what has resumed it. */
  isWaitingAt(task: number): boolean {
    return this.#stepping.waitsAt === task;
  }

  /** Handles a request that arrived while the program was not in the middle of a slice or of its statements. */
  take(request: Request): void {
    this.#alone(() => this.#stepping.take(request));
    if (!this.#stepping.isRunning) {
      if (this.#isStarted) this.#alone(() => this.#stepping.wait());
    } else if (!this.#isStarted) this.#start();
  }

  /** The main program begins before the event loop does: ahead of timers, and not within a microtask. */
  #start(): void {
    this.#isStarted = true;
    const { leaveToProgram, recorder } = this.surroundings;
    leaveToProgram();
    tellUncaught(recorder, this.instance.compiled);
    whenBegun((at) => this.#begins(resumedGenerator(), at));
    watchGenerators(this);
    const begin = () => this.#run();
    // The microtasks of an ES module run before what it puts off with `process.nextTick`.
    const isLinked = this.instance.compiled.get(this.instance.entry, true).links !== undefined;
    later(() => (isLinked ? queueMicrotask(begin) : begin()));
  }

  #run(): void {
    const { shared } = this.surroundings;
    this.#isInStatements = true;
    shared.enter(0, noTask);
    try {
      const { ready } = this.instance.run();
      if (ready) endWith(ready);
    } finally {
      this.#isInStatements = false;
      shared.leave();
    }
  }

  resume(generator: unknown, method: Method, value: unknown, hook: Resume): IteratorResult<unknown> {
    if (typeof generator !== "object" || generator === null || this.#others.has(generator)) {
      return resumeBy(method, generator, value);
    }
    const id = ObservedTask.idOf(generator);
    const task = id === undefined ? undefined : this.#tasks[id];
    const isSpent = task ? task.state === taskState.over : this.#tasks.length >= mostTasks;
    const isNew = !task && !this.#begun.has(generator);
    if (isSpent || (isNew && method !== "next")) return resumeBy(method, generator, value);
    const resumer = this.#sites.resumer(hook);
    if (!resumer.isExplicit) return this.#iterate(task, generator, method, value);
    return this.#step(task ?? this.#adopted(generator), generator, method, value, resumer);
  }

  #iterate(task: ObservedTask | undefined, generator: object, method: Method, value: unknown): IteratorResult<unknown> {
    if (!task) this.#others.set(generator, true);
    const result = resumeBy(method, generator, value);
    if (result.done) task?.ended(result.value);
    return result;
  }

  #step(
    known: ObservedTask | undefined,
    generator: object,
    method: Method,
    argument: unknown,
    resumer: Resumer,
  ): IteratorResult<unknown> {
    if (known) this.#enter(known.id);
    const candidate = this.#candidate;
    if (!known) this.#candidate = generator;
    forgetPoint();
    forgetThrow();
    const began = now();
    let result: IteratorResult<unknown> | undefined;
    let thrown: unknown;
    try {
      result = resumeBy(method, generator, argument);
    } catch (error) {
      thrown = error;
    }
    const micros = (now() - began) * 1000;
    this.#candidate = candidate;
    const task = known ?? this.#taskOf(generator);
    if (task) {
      const over = method === "return" ? closed : returned;
      const ended = result ? { event: result.done ? over : yielded, value: result.value } : { event: threw, value: thrown };
      this.#alone(() => this.#record(task, ended, micros, resumer));
    } else this.#others.set(generator, true);
    if (!result) throw thrown;
    return result;
  }

  #taskOf(generator: object): ObservedTask | undefined {
    const id = ObservedTask.idOf(generator);
    return id === undefined ? undefined : this.#tasks[id];
  }

  /** A generator that began earlier, as something else than a task, is one from now on, unless it has ended. */
  #adopted(generator: object): ObservedTask | undefined {
    if (!this.#begun.has(generator)) return undefined;
    const frames = this.#alone(() => this.surroundings.framesOf(generator));
    const [outermost] = frames;
    if (progressOf(generator, outermost) !== "suspended") return undefined;
    return this.#add(generator, outermost?.at.function ?? "", frames.at(-1)?.at, true);
  }

  /** Called at the beginning of a generator's body. */
  #begins(generator: unknown, at: YieldPoint): void {
    if (this.isInside || generator !== this.#candidate) {
      this.#begun.set(generator as object, true);
      return;
    }
    this.#candidate = undefined;
    this.#enter(this.#add(generator as object, at.function, at, false).id);
  }

  #add(generator: object, name: string, point: YieldPoint | undefined, begun: boolean): ObservedTask {
    const { recorder, appeared } = this.surroundings;
    const task = new ObservedTask(this.#tasks.length, generator);
    this.#tasks.push(task);
    appeared(task, name);
    const place = { ...(point ? { point } : {}), ...(begun ? { begun } : {}) };
    recorder.wire.say({ event: "spawned", step: recorder.steps + 1, task: task.id, name, call: `${name}(…)`, ...place });
    return task;
  }

  #enter(task: number): void {
    const { shared, recorder } = this.surroundings;
    shared.enter(recorder.steps + 1, task);
    this.isInside = true;
  }

  #record(task: ObservedTask, { event, value }: Ended, micros: number, { driver }: Resumer): void {
    const { recorder, throws, shared } = this.surroundings;
    shared.enter(recorder.steps + 1, noTask);
    if (micros >= 1000 * quickSlice) recorder.output.collect();
    if (event === yielded) task.suspended(value, lastPoint());
    else task.ended(value);
    const { point } = task;
    this.drivers.note(driver);
    const at = event === threw ? throws.tell(recorder.steps + 1, value) : point;
    recorder.record(task.id, event, value, at, micros);
    this.#stepping.after({ task: task.id, point, value });
    if (this.#isInStatements) shared.enter(recorder.steps, noTask);
    else shared.leave();
  }

  /** Runs code of the runner, whose own generators are none of the program's. */
  #alone<T>(run: () => T): T {
    this.isInside = true;
    try {
      return run();
    } finally {
      this.isInside = false;
    }
  }
}

/** Ends the process as Node does, if the program's statements fail later on, or if they never come to their end. */
function endWith(ready: Promise<void>): void {
  let isOver = false;
  const noteUnsettled = () => {
    if (!isOver) process.exitCode ??= unsettled;
  };
  process.once("exit", noteUnsettled);
  ready.then(
    () => {
      isOver = true;
      process.off("exit", noteUnsettled);
    },
    (error) => {
      isOver = true;
      failLater(error);
    },
  );
}

/** The exit code for a module whose `await` nothing will ever settle. */
const unsettled = 13;
