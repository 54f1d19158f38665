/**
 * A program that decides itself who runs: it is run as the main program, and each switch of its tasks is recorded.
 *
 * A task is a generator of the user's files that is resumed by a call, from outside of any task's slice. It becomes one when it is resumed
 * for the first time. What is iterated over instead is no task. The code of an async function is such a generator, too.
 */
import type { MessagePort } from "node:worker_threads";
import type { Decisions } from "../../../core/decisions";
import type { YieldPoint } from "../../../core/trace/trace";
import type { Waiting } from "../../../core/waiting/engine";
import type { Request } from "../../../protocol/requests";
import { later, now } from "../engine/intrinsics";
import { InterruptedStep } from "../execute/advance";
import { taskState } from "../execute/tasks";
import type { Throws } from "../execute/throws";
import type { SuspendedFrame } from "../inspect/frames";
import { progressOf } from "../inspect/progress";
import { AsyncRun, type AsyncWatcher, watchAsync } from "../load/awaits/asyncRuns";
import { tellTime } from "../load/awaits/awaitedPromises";
import { whenBegun } from "../load/begins";
import type { ModuleInstance } from "../load/modules";
import { forgetCall, takeCall } from "../load/notedCalls";
import { forgetPoint, forgetThrow, lastPoint, mark } from "../load/pointMarks";
import { quickSlice } from "../process/output";
import { eventCode, type Recorder } from "../process/recorder";
import { noTask, type SharedState } from "../process/sharedState";
import { Appearing } from "./appearing";
import { CallSites, type Driver } from "./callSites";
import { explainCommonJsName } from "./commonJsNames";
import { Counting } from "./counting";
import { Drivers } from "./drivers";
import { original, type Resume, resumeBy, resumedGenerator, type Watcher, watchGenerators } from "./hooks";
import { endWith } from "./mainModule";
import { type Served, Stepping } from "./stepping";
import { begun, markSeen, never, type ObservedTask, type Seen, seenOf } from "./tasks";
import { endBy, tellUncaught } from "./uncaught";
import { ProgramWaits } from "./waits";

/** What an observed program needs from the runner. */
export interface Surroundings extends Omit<Served, "rests"> {
  readonly recorder: Recorder;
  readonly shared: SharedState;
  readonly throws: Throws;
  /** Keeps the wait log, and has the clock of the run. */
  readonly engine: Waiting<unknown>;
  readonly requests: MessagePort;
  /** Lets the program end the process. */
  leaveToProgram(): void;
  framesOf(generator: object): SuspendedFrame[];
  /** Adds a task. */
  appeared(task: ObservedTask, name: string): void;
}

/** A generator that a call resumes, or that something iterates over. */
interface Candidate {
  readonly generator: unknown;
  readonly isIterated: boolean;
}

const { yielded, returned, threw, closed } = eventCode;
/** Of an error that ends the program from outside. */
const mostFrames = 50;

export class ObservedProgram implements Watcher, AsyncWatcher {
  isInside = false;
  readonly drivers: Drivers;
  readonly #stepping: Stepping;
  readonly #sites: CallSites;
  readonly #appearing: Appearing;
  readonly #waits: ProgramWaits;
  readonly #counting: Counting;
  /** A generator that is resumed and becomes a task if it begins. */
  #candidate: Candidate | undefined;
  #isStarted = false;
  /** Whether the statements of the program run, and not what they have left for later. */
  #isInStatements = false;
  /** Who has resumed the task whose slice runs. */
  #driver: Driver | undefined;
  /** When the last slice has begun or ended. In an array, because storing a number in an object's field would allocate each time. */
  readonly #since = new Float64Array(1);

  constructor(
    readonly instance: ModuleInstance,
    decided: Decisions,
    readonly surroundings: Surroundings,
  ) {
    const { recorder, shared, requests, engine } = surroundings;
    this.drivers = new Drivers(recorder);
    this.#counting = new Counting(decided, recorder);
    this.#appearing = new Appearing(recorder, instance.compiled.points, this.#counting, surroundings.appeared);
    this.#waits = new ProgramWaits({
      ...{ engine, steps: () => recorder.steps, framesOf: surroundings.framesOf },
      announce: (run) => this.#announce(run),
    });
    const rests = () => this.#waits.look();
    this.#stepping = new Stepping(recorder, shared, requests, { ...surroundings, rests });
    this.#sites = new CallSites(instance.compiled, __dirname);
  }

  /** Whether the program waits at a step of a task, in the middle of what has resumed it. */
  isWaitingAt(task: number): boolean {
    return this.#stepping.waitsAt === task;
  }

  /** What the task of the step was sent at which the program waits. */
  get got(): unknown {
    return this.#stepping.got;
  }

  /** Whether the program waits at a step, in the middle of what has resumed its task. */
  get isWaitingInStep(): boolean {
    return this.#stepping.waitsAt !== undefined;
  }

  /** Handles a request that arrived while the program was not in the middle of a slice or of its statements. */
  take(request: Request): void {
    this.#alone(() => this.#stepping.take(request));
    if (!this.#stepping.isRunning) {
      if (this.#isStarted) this.#alone(() => this.#stepping.wait());
    } else if (!this.#isStarted) this.#start();
  }

  /**
   * Called in the middle of the program's code, which may be endless. Nothing can throw into code that the program itself has called, so this
   * ends the process, as an error does that nobody catches.
   */
  interrupt(request: number): void {
    if (!this.#stepping.isServing(request)) return;
    const { recorder, throws, shared } = this.surroundings;
    const millis = now() - (this.#since[0] as number);
    // The frames of the user's files come after those of the debugger and the hooks. Nobody else makes an error any more.
    Error.stackTraceLimit = mostFrames;
    const error = new InterruptedStep(millis);
    if (shared.task !== noTask) {
      this.drivers.note(this.#driver);
      recorder.record(shared.task, threw, error, throws.tell(recorder.steps + 1, error), millis * 1000);
    }
    endBy(error, false, recorder, this.instance.compiled);
  }

  /** The main program begins before the event loop does: ahead of timers, and not within a microtask. */
  #start(): void {
    this.#isStarted = true;
    const { leaveToProgram, recorder, engine } = this.surroundings;
    leaveToProgram();
    tellUncaught(recorder, this.instance.compiled);
    whenBegun((at) => this.#begins(resumedGenerator() as object, at));
    watchGenerators(this);
    watchAsync(this);
    tellTime(engine.host.now);
    const begin = () => this.#run();
    // The microtasks of an ES module run before what it puts off with `process.nextTick`.
    const isLinked = this.instance.compiled.get(this.instance.entry, true).links !== undefined;
    later(() => (isLinked ? queueMicrotask(begin) : begin()));
  }

  #run(): void {
    const { shared } = this.surroundings;
    this.#isInStatements = true;
    shared.enter(0, noTask);
    this.#since[0] = now();
    try {
      const { ready } = this.instance.run();
      if (ready) endWith(ready.catch((error) => this.#fail(error)));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isInStatements = false;
      shared.leave();
    }
  }

  /** The main module has failed. */
  #fail(error: unknown): never {
    const { compiled, entry } = this.instance;
    if (compiled.get(entry, true).links !== undefined) explainCommonJsName(error, entry);
    throw error;
  }

  resume(generator: unknown, method: Resume, value: unknown, hook: Resume): IteratorResult<unknown> {
    if (typeof generator !== "object" || generator === null) return resumeBy(method, generator, value);
    const seen = seenOf(generator);
    const isTask = seen !== undefined && seen !== begun;
    const isSpent = isTask ? seen.state === taskState.over : this.#appearing.isFull || (!seen && method !== original.next);
    if (isSpent) return resumeBy(method, generator, value);
    const { way, driver } = this.#sites.resumer(hook, takeCall(generator, isTask));
    const isIterated = way === "iteration";
    if (way === "delegation" || (isIterated && !(isTask ? seen.isAlways : this.#counting.hasAlways))) {
      return this.#iterate(isTask ? seen : undefined, generator, method, value);
    }
    const task = seen === begun ? this.#adopted(generator, isIterated) : seen;
    return this.#step(task, generator, method, value, driver, isIterated);
  }

  /** A call of an async function is a task when it is first resumed outside of a slice, even if it has begun in one. */
  goOn(run: AsyncRun): IteratorResult<unknown> {
    const { generator, method, argument } = run;
    const task = seenOf(generator) ?? this.#newCall(run);
    if (!task) return resumeBy(method, generator, argument);
    const driver = run.isCalled ? this.#sites.caller(AsyncRun.prototype.goesOn) : undefined;
    return this.#step(task, generator, method, argument, driver);
  }

  #iterate(task: Seen | undefined, generator: object, method: Resume, value: unknown): IteratorResult<unknown> {
    if (!task) markSeen(generator, never);
    const result = resumeBy(method, generator, value);
    if (result.done) task?.ended(result.value);
    return result;
  }

  #step(
    known: Seen | undefined,
    generator: object,
    method: Resume,
    argument: unknown,
    driver: Driver | undefined,
    isIterated = false,
  ): IteratorResult<unknown> {
    if (known) {
      if (known.hasWaited) this.#waits.resumes(known, argument);
      this.#enter(known.id);
    }
    const before = this.#candidate;
    if (!known) this.#candidate = { generator, isIterated };
    forgetPoint();
    forgetThrow();
    let result: IteratorResult<unknown> | undefined;
    let value: unknown;
    let event = yielded;
    const began = now();
    this.#driver = driver;
    this.#since[0] = began;
    try {
      result = resumeBy(method, generator, argument);
    } catch (error) {
      value = error;
      event = threw;
    }
    const ended = now();
    if (!known) this.#candidate = before;
    const task = known ?? this.#taskOf(generator);
    if (task) {
      if (result) {
        if (result.done) event = method === original.return ? closed : returned;
        value = result.value;
      }
      // The first resumption has no `yield` to come back from.
      const got = known && method === original.next ? argument : undefined;
      this.#record(task, event, value, got, driver, began, ended);
    }
    if (!result) throw value;
    return result;
  }

  /** What a generator has become when it was resumed by a call. */
  #taskOf(generator: object): Seen | undefined {
    const seen = seenOf(generator);
    if (seen && seen.id >= 0) return seen;
    markSeen(generator, never);
    return undefined;
  }

  /** A generator that began earlier, as something else than a task, is one from now on, unless it has ended. */
  #adopted(generator: object, isIterated: boolean): Seen | undefined {
    const frames = this.#alone(() => this.surroundings.framesOf(generator));
    const [outermost] = frames;
    if (progressOf(generator, outermost) !== "suspended") return undefined;
    const name = outermost?.at.function ?? "";
    if (!this.#counting.isTask(name, isIterated)) return undefined;
    return this.#appearing.add(generator, name, frames.at(-1)?.at, { begun: true });
  }

  /** Called at the beginning of a generator's body. */
  #begins(generator: object, at: YieldPoint): void {
    const candidate = this.#candidate;
    if (this.isInside || generator !== candidate?.generator) {
      if (!seenOf(generator)) markSeen(generator, begun);
      else if (!this.isInside) this.#counting.tellIterated(at.function);
      return;
    }
    this.#candidate = undefined;
    const { isIterated } = candidate;
    if (this.#counting.isTask(at.function, isIterated)) {
      const task = this.#appearing.add(generator, at.function, at, { parent: this.#waits.parentOf(generator) });
      this.#waits.begins(generator, task);
      this.#enter(task.id);
    } else if (isIterated) this.#counting.tellIterated(at.function);
  }

  /** A call of an async function becomes a task, unless it must not, or there are too many. */
  #newCall(run: AsyncRun): Seen | undefined {
    const isTask = !this.#appearing.isFull && this.#counting.isTask(run.source.function);
    return isTask ? this.#appearing.addCall(run) : undefined;
  }

  /** A call that is suspended becomes a task, if it is none yet, because another one waits for its end. */
  #announce(run: AsyncRun): Seen | undefined {
    const known = seenOf(run.generator);
    if (known) return known.state === taskState.over ? undefined : known;
    const seen = this.#newCall(run);
    seen?.suspended(run.value, run.point);
    if (seen) this.#waits.suspended(seen, run.value);
    return seen;
  }

  #enter(task: number): void {
    const { shared, recorder } = this.surroundings;
    shared.enter(recorder.steps + 1, task);
    this.isInside = true;
  }

  #record(
    task: Seen,
    event: number,
    value: unknown,
    got: unknown,
    driver: Driver | undefined,
    began: number,
    ended: number,
  ): void {
    const { recorder, throws, shared } = this.surroundings;
    this.isInside = true;
    const passed = lastPoint();
    try {
      shared.nextSlice(recorder.steps + 1, noTask);
      this.#since[0] = ended;
      if (ended - began >= quickSlice) recorder.output.collect();
      if (event === yielded) task.suspended(value, lastPoint());
      else task.ended(value);
      const { point } = task;
      this.drivers.note(driver);
      const at = event === threw ? throws.tell(recorder.steps + 1, value) : point;
      recorder.record(task.id, event, value, at, (ended - began) * 1000);
      this.#waits.stepped(task, event, value);
      this.#stepping.after({ task: task.id, point, value, got, driver }, ended);
      if (this.#isInStatements) shared.enter(recorder.steps, noTask);
      else shared.leave();
    } finally {
      forgetCall();
      // What was evaluated in the meantime may have passed others.
      mark(passed, undefined);
      this.isInside = false;
    }
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
