/**
 * Answers the session's requests, one at a time.
 */
import { types } from "node:util";
import type { MessagePort } from "node:worker_threads";
import { mostTasks, TaskNames } from "../../core/task";
import type { YieldPoint } from "../../core/trace/trace";
import type { VirtualTime } from "../../core/virtualTime";
import type { Condition, Request, Taken } from "../../protocol/requests";
import { type Answer, type Method, protocolVersion } from "../../protocol/runner";
import { installObserved, installReal, installVirtual } from "./clocks/install";
import { LoopTime } from "./clocks/loopTime";
import { VirtualClock } from "./clocks/virtualClock";
import { Bindings, entriesOfNamespace } from "./engine/bindings";
import { mapColumns } from "./engine/sourceColumns";
import { hideThreads } from "./engine/stackTraces";
import { Advance, type Stage } from "./execute/advance";
import { breakable, Interrupted } from "./execute/breakable";
import { compactObjects } from "./execute/compactAllocation";
import { Conditions } from "./execute/conditions";
import type { PicksPlan } from "./execute/order";
import { type ByHand, closing, mustTakeValues, resumeOnce, sending, throwing } from "./execute/singleStep";
import { Stacks } from "./execute/stacks";
import { createTask, dismiss, isAsync, RunnerTask, type SeenTask, TaskColumns, taskName, taskState } from "./execute/tasks";
import { type BegunThread, preparedThread, threadFrom } from "./execute/threads";
import { Throws } from "./execute/throws";
import { Exploration, type ExploredTask } from "./explore/exploration";
import { collectInOneThread } from "./explore/garbage";
import { definitionOf, framesOf, listed, type RunningFrame, runningFrames } from "./inspect/frames";
import { Handles } from "./inspect/handles";
import { circleRemedy } from "./load/circles";
import { CompiledModules } from "./load/compiledModules";
import { unexportedRemedy } from "./load/linking";
import { missingRemedy } from "./load/missing";
import { type LoadedModule, ModuleInstance } from "./load/modules";
import { forgetThrow, type PointTable, throwPlace } from "./load/pointMarks";
import type { ModuleScope } from "./load/scope";
import { threadModules } from "./load/threads/compiling";
import type { Atomic } from "./load/threads/marking";
import type { Granularity } from "./load/threads/points";
import { Thread } from "./load/threads/thread";
import { forgetFiles } from "./load/transform";
import { observedModules } from "./observe/compiling";
import { ObservedProgram } from "./observe/program";
import type { Recorder } from "./process/recorder";
import { counted, remaining, remainingNow } from "./process/remaining";
import { noTask, type SharedState } from "./process/sharedState";
import { failureOf, RequestError, type UserFiles, userFrames } from "./values/failures";
import { requestError } from "./values/requestErrors";
import { AsyncTasks } from "./waiting/asyncTasks";
import { offer } from "./waiting/offer";
import { Waits } from "./waiting/waits";
import { atNextTurn } from "./waiting/wakeup";

/** From this number of tasks on, their objects do not fit in the processor's cache. */
const manyTasks = 1_000;

interface Loaded {
  readonly instance: ModuleInstance;
  readonly entry: LoadedModule;
  readonly stacks: Stacks;
}

/** The runner's part in the life of the process. */
export interface Process {
  /** Where requests arrive. */
  readonly requests: MessagePort;
  /** Called when the runner should no longer keep the process alive. */
  conclude(): void;
  /** Called when a program begins that decides how the process ends. */
  leaveToProgram(): void;
}

export class Runner {
  readonly #tasks: (SeenTask | undefined)[] = [];
  /** For each task, the module that its call was evaluated in. */
  readonly #homes: LoadedModule[] = [];
  #columns = new TaskColumns();
  /** The tasks' names, by the session's own rule. */
  readonly #names: string[] = [];
  #unique = new TaskNames();
  readonly #handles = new Handles();
  readonly #throws: Throws;
  #compiled: CompiledModules;
  #loaded: Loaded | undefined;
  /** Where tasks can be switched within their slices; undefined if they cannot. */
  #threads: Granularity | undefined;
  /** A program that decides itself who runs. It takes all further requests. */
  observed: ObservedProgram | undefined;
  /** The passage of virtual time in an observed program; undefined if there is none. */
  #loopTime: LoopTime | undefined;
  #asyncTasks!: AsyncTasks;
  /** Undefined if time is real. */
  #time: VirtualTime | undefined;
  /** The tasks for which a call that is not repeatable was already reported. */
  readonly #noted = new Set<number>();
  #advances = 0;
  #exploration: Exploration | undefined;
  /** The number of tasks added since objects were last moved together, and the step after which the last one was added. */
  #scattered = 0;
  #came = 0;
  /** Whether the last plan ran to its end. */
  #completed = false;

  constructor(
    readonly recorder: Recorder,
    readonly shared: SharedState,
    readonly points: PointTable,
    readonly life: Process,
  ) {
    this.#compiled = new CompiledModules(points);
    this.#throws = new Throws(recorder.wire, points, this.userFiles);
    this.#asyncTasks = this.#newWaits();
    recorder.ahead = {
      queue: () => {
        this.#waits.flush();
        this.observed?.drivers.queue();
      },
      turn: () => this.#waits.frames.turn(),
    };
  }

  /** Must be called after a pause request. Ends a plan that is waiting. */
  paused(): void {
    this.#waits.wakeup.ring();
  }

  get #waits(): Waits {
    return this.#asyncTasks.waits;
  }

  get #virtualClock(): VirtualClock {
    return this.#waits.passage?.clock as VirtualClock;
  }

  #newWaits(): AsyncTasks {
    const time = this.#time;
    const waits = new Waits({
      shared: this.shared,
      wire: this.recorder.wire,
      ...(time ? { virtual: (used) => this.#newClock(time, used) } : {}),
      nameOf: (task) => this.#nameOf(task),
      spawn: (parent, generator) => this.#spawned(parent, generator),
    });
    offer(() => waits);
    return new AsyncTasks(waits);
  }

  #newClock(time: VirtualTime, used: () => void): VirtualClock {
    const usedBy = () => {
      used();
      this.#loopTime?.plan();
    };
    return new VirtualClock(time, () => this.recorder.steps, usedBy);
  }

  /** @throws RequestError if the request fails */
  async answer(request: Request): Promise<unknown> {
    if (request.method === "advance") this.#advances += 1;
    const handlers = this.#handlers as Record<Method, (request: Request) => unknown>;
    return handlers[request.method](request);
  }

  /** The user's loaded files. */
  readonly userFiles: UserFiles = {
    has: (file) => this.#compiled.has(file),
    hasColumns: true,
  };

  readonly #handlers: { [M in Method]: (fields: Taken<M>) => Answer<M> | Promise<Answer<M>> } = {
    hello: ({ protocol }) => hello(protocol),
    check: ({ file }) => this.#check(file),
    load: (fields) => this.#load(fields),
    observe: (fields) => this.#observe(fields),
    spawn: (fields) => this.#spawn(fields),
    advance: (fields) => this.#advance(fields),
    // The watch thread answers these two.
    pause: () => ({}),
    interrupt: () => ({}),
    inspect: ({ task }) => this.#inspect(task),
    expand: ({ handle, start, count }) => this.#handles.expand(handle, start, count),
    evaluate: ({ expression, task }) => this.#evaluate(expression, task),
    send: (fields) => this.#send(fields),
    throwInto: (fields) => this.#throwInto(fields),
    close: (fields) => this.#resumeOnce(fields, (task) => closing(task, this.#asyncTasks)),
    remaining: async () => ({ remaining: await this.#remaining() }),
    conclude: async () => {
      const left = await this.#remaining();
      this.life.conclude();
      void this.#waits.passage?.finish();
      return { remaining: left };
    },
    reset: () => this.#reset(),
    explore: (fields) => this.#explore(fields),
    exploreOn: (fields) => this.#needExploration().goOn(fields),
    execute: async ({ schedules }) => ({ executed: await this.#needExploration().execute(schedules) }),
  };

  /** The answer to a request while an observed program waits. */
  #answerNow(request: Request): unknown {
    switch (request.method) {
      case "hello":
      case "check":
      case "interrupt":
      case "inspect":
      case "expand":
      case "evaluate":
        return (this.#handlers[request.method] as (request: Request) => unknown)(request);
      case "remaining":
      case "conclude":
        return { remaining: this.#remainingNow() };
      default:
        throw badRequest("An observed program decides itself who runs.");
    }
  }

  #check(file: string): Answer<"check"> {
    try {
      new CompiledModules(this.points).get(file, true);
      return {};
    } catch (error) {
      throw this.#failed("load", error);
    }
  }

  async #load({ file, time, notesCalls, tellsTimes, threads }: Taken<"load">): Promise<Answer<"load">> {
    forgetFiles();
    this.#exploration = undefined;
    const atomic: Atomic[] = [];
    this.recorder.tellsTimes = tellsTimes === true;
    this.#threads = threads;
    hideThreads(threads !== undefined);
    this.#compiled = threads ? threadModules(this.points, threads, atomic) : new CompiledModules(this.points);
    mapColumns(this.#compiled);
    this.#time = time;
    if (time)
      installVirtual(
        () => this.#virtualClock,
        () => this.shared.task !== noTask,
      );
    else installReal(notesCalls ? (call) => this.#noteCall(call) : undefined);
    const { entry } = await this.#instantiate(file);
    return { generators: exportedGenerators(entry), ...(threads ? { atomic } : {}) };
  }

  #observe({ module, file, arguments: given, functions = {}, time }: Taken<"observe">): Answer<"observe"> {
    if (this.#loaded) throw badRequest("A module is loaded already.");
    if (module !== undefined) {
      const message = "Only Python programs are run as modules.";
      throw new RequestError({ code: "bad-request", message, remedy: "Leave out the module." });
    }
    forgetFiles();
    this.#compiled = observedModules(this.points);
    mapColumns(this.#compiled);
    this.#try("load", () => this.#compiled.get(file, true));
    if (time) this.#observeInVirtualTime(time);
    const instance = new ModuleInstance(file, this.#compiled, given);
    const entry = () => {
      if (!instance.begun) throw badRequest("The program has not begun.");
      return instance.begun;
    };
    this.#loaded = {
      instance,
      get entry() {
        return entry();
      },
      stacks: new Stacks(instance, this.points),
    };
    const { recorder, shared, points, life } = this;
    const { engine } = this.#waits;
    this.observed = new ObservedProgram(instance, functions, {
      ...{ recorder, shared, throws: this.#throws, requests: life.requests, engine },
      leaveToProgram: () => life.leaveToProgram(),
      answer: (request) => this.#answerNow(request),
      conditions: (until) => this.#conditions(until),
      goesOn: () => this.#handles.clear(),
      framesOf: (generator) => framesOf(generator, instance, points),
      appeared: (task, name) => {
        this.#tasks[task.id] = task;
        this.#names[task.id] = this.#unique.unique(name);
      },
    });
    return {};
  }

  #observeInVirtualTime(time: VirtualTime): void {
    this.#time = time;
    this.#asyncTasks = this.#newWaits();
    const { recorder } = this;
    const clock = this.#virtualClock;
    const { rows } = this.#waits.engine;
    const moved = () => {
      rows.step = recorder.steps;
      rows.moveClock(clock.at());
    };
    this.#loopTime = new LoopTime(clock, () => recorder.output.deferred, moved);
    installObserved(clock);
  }

  /** Reports a call that is not repeatable, only the first one of each task. */
  #noteCall(call: string): void {
    const { step, task } = this.shared;
    if (task === noTask || this.#noted.has(task)) return;
    this.#noted.add(task);
    this.#waits.tell({ event: "unrepeatable", step, task, call });
  }

  async #reset(): Promise<Answer<"reset">> {
    await this.#instantiate(this.#needLoaded().instance.entry);
    return {};
  }

  async #instantiate(file: string): Promise<Loaded> {
    this.#tasks.length = 0;
    this.#homes.length = 0;
    this.#columns = new TaskColumns();
    this.#scattered = 0;
    this.#handles.clear();
    this.#loaded = undefined;
    this.recorder.rewind();
    this.shared.rewind();
    this.#asyncTasks = this.#newWaits();
    this.#noted.clear();
    this.#names.length = 0;
    this.#unique = new TaskNames();
    const instance = new ModuleInstance(file, this.#compiled);
    try {
      forgetThrow();
      this.shared.enter(0, noTask);
      const entry = await breakable(this.shared, () => instance.load());
      this.#loaded = { instance, entry, stacks: new Stacks(instance, this.points) };
      return this.#loaded;
    } catch (error) {
      throw this.#failed("load", error, instance.failedIn(error));
    } finally {
      this.shared.leave();
    }
  }

  /** The tasks are made once as in a session: for their names, and so that a call that fails is refused. */
  async #explore(fields: Taken<"explore">): Promise<Answer<"explore">> {
    collectInOneThread();
    this.#exploration = undefined;
    const { instance, entry } = await this.#instantiate(this.#needLoaded().instance.entry);
    for (const expression of [fields.check, fields.invariant, ...fields.watches]) {
      if (expression !== undefined) this.#run("evaluate", () => () => void scopeOf(entry).prepare(expression));
    }
    const tasks: ExploredTask[] = [];
    for (const [task, { call, file }] of fields.calls.entries()) {
      await this.#spawn({ task, call, file });
      const isThread = this.#tasks[task]?.iterator instanceof Thread;
      tasks.push({ call, name: this.#nameOf(task), file: (this.#homes[task] as LoadedModule).file, isThread });
    }
    const { shared, points, recorder } = this;
    const around = { instance, shared, points, recorder, threads: this.#threads };
    this.#exploration = this.#try("load", () => new Exploration(fields, tasks, around));
    return {};
  }

  #needExploration(): Exploration {
    if (!this.#exploration) throw badRequest("Nothing is explored.");
    return this.#exploration;
  }

  async #spawn({ task: id, call, file }: Taken<"spawn">): Promise<Answer<"spawn">> {
    if (this.#tasks[id]) throw badRequest(`There is a task ${id} already.`);
    const { instance, entry } = this.#needLoaded();
    const home = file === undefined ? entry : await this.#add(instance, file);
    if (!this.#threads)
      return this.#begin(
        id,
        this.#run("call", () => scopeOf(home).prepare(call)),
        home,
      );
    const begun = this.#run("call", () => preparedThread(scopeOf(home), call)) as BegunThread;
    const { task, fn } = begun;
    return this.#begin(id, task, home, fn && definitionOf(fn, instance));
  }

  /**
   * Creates a task from the result of a call.
   *
   * @param home the module that the call was evaluated in
   * @param definition the function of a thread, whose call is not made yet
   */
  #begin(id: number, given: unknown, home: LoadedModule, definition?: YieldPoint): Answer<"spawn"> {
    const frames = framesOf(given, this.#needLoaded().instance, this.points);
    const task = createTask(this.#columns, id, given, frames);
    this.#tasks[id] = task;
    this.#homes[id] = home;
    this.#scattered += 1;
    this.#came = this.recorder.steps;
    this.#waits.engine.begin(id);
    if (isAsync(task.next)) this.#waits.isUsed = true;
    const name = (definition ?? frames[0]?.at)?.function ?? taskName(task.iterator);
    const point = definition ?? frames.at(-1)?.at;
    this.#names[id] = this.#unique.unique(name);
    return { name, ...(point ? { point } : {}), ...(task.state === taskState.begun ? { begun: true } : {}) };
  }

  /** Creates a task that another task spawned. @throws an error to be thrown into the spawning task, if no task can be created */
  #spawned(parent: number, generator: unknown): { readonly task: number; readonly name: string } {
    const task = this.#columns.length;
    try {
      if (task >= mostTasks) throw badRequest(`There can be no more than ${mostTasks} tasks.`);
      const given = this.#threads ? threadFrom(generator) : generator;
      const begun = this.#begin(task, given, this.#homes[parent] as LoadedModule);
      const call = `${begun.name}(…)`;
      this.#waits.tell({ event: "spawned", step: this.shared.step, parent, task, call, ...begun });
      return { task, name: this.#nameOf(task) };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const { message, remedy = "" } = error.failure;
      throw requestError("notTask", `${message} ${remedy}`.trimEnd());
    }
  }

  #nameOf(task: number): string {
    return this.#names[task] ?? `task ${task}`;
  }

  async #add(instance: ModuleInstance, file: string): Promise<LoadedModule> {
    this.shared.enter(this.recorder.steps, noTask);
    try {
      return await breakable(this.shared, () => instance.add(file));
    } catch (error) {
      throw this.#failed("load", error);
    } finally {
      this.shared.leave();
    }
  }

  async #advance({ from, plan, until, ahead }: Taken<"advance">): Promise<Answer<"advance">> {
    const isStale = from !== this.recorder.steps + 1 || (ahead && !this.#completed);
    this.#completed = false;
    if (isStale) return { ran: 0, stopped: "stale" };
    if ("switches" in plan) throw badRequest("The program is not observed, so the session decides who runs.");
    const named = "picks" in plan ? plan.picks : plan.ring;
    for (const pick of named) if (!this.#columns.canRun(pick)) this.#needTask(pick);
    if ("picks" in plan) this.#mustBeReady(plan);
    if ("picks" in plan && this.#isLong(plan)) await this.#gather();
    const conditions = this.#conditions(until);
    this.#handles.clear();
    const advanced = await new Advance(plan, this.#advances, this.#columns, this.#stage(conditions)).run();
    this.#completed = advanced.stopped === "completed";
    return advanced;
  }

  #mustBeReady({ picks }: PicksPlan): void {
    const { engine, isUsed } = this.#waits;
    const blocked = isUsed ? picks.find((pick) => engine.isBlocked(pick)) : undefined;
    if (blocked !== undefined) throw badRequest(`Task ${blocked} is blocked: it cannot run before it is woken.`);
  }

  /** Whether it pays to move objects together first: if there are at least as many steps as scattered tasks, over several plans. */
  #isLong({ picks, times }: PicksPlan): boolean {
    const steps = this.recorder.steps - this.#came + picks.length * times;
    return this.#scattered >= manyTasks && steps >= this.#scattered;
  }

  async #gather(): Promise<void> {
    this.#scattered = 0;
    await compactObjects();
  }

  #conditions(until: readonly Condition[] = []): Conditions | undefined {
    if (until.length === 0) return undefined;
    const { stacks } = this.#needLoaded();
    const { points, recorder } = this;
    return new Conditions(until, { points, recorder, stacks, tasks: this.#tasks, scope: this.#scope() });
  }

  async #remaining(): Promise<string[]> {
    return [...this.#virtualTimers(), ...(await remaining())];
  }

  /** The same while an observed program waits. */
  #remainingNow(): string[] {
    const { immediates, timers } = this.#loopTime?.own ?? { immediates: 0, timers: 0 };
    return [...this.#virtualTimers(), ...remainingNow(this.recorder.output.deferred + immediates, timers)];
  }

  #virtualTimers(): string[] {
    const timers = this.#waits.passage?.clock.timers.holding ?? 0;
    return timers === 0 ? [] : [counted(timers, "timer")];
  }

  #inspect(id: number): Answer<"inspect"> {
    const task = this.#knownTask(id);
    const { instance } = this.#needLoaded();
    const shown = ({ at, locals }: RunningFrame) => {
      return { ...at, locals: [...listed(locals)].map(([name, value]) => ({ name, value: this.#handles.value(value) })) };
    };
    const frames = framesOf(task.iterator, instance, this.points).map(shown);
    const isNew = task.state === taskState.created || task.state === taskState.begun;
    const resumedBy = this.observed?.isWaitingAt(id) ? { resumedBy: runningFrames(instance).map(shown) } : {};
    return { frames, ...(isNew ? {} : { value: this.#handles.value(task.value) }), ...resumedBy };
  }

  #evaluate(expression: string, id: number | undefined): Answer<"evaluate"> {
    const value = this.#run("evaluate", () => this.#prepare(expression, id));
    dismiss(value);
    return this.#handles.value(value);
  }

  #prepare(expression: string, id: number | undefined): () => unknown {
    if (id === undefined) return this.#scope().prepare(expression);
    const innermost = framesOf(this.#knownTask(id).iterator, this.#needLoaded().instance, this.points).at(-1);
    return (innermost?.module.scope ?? this.#scope(id)).prepare(expression, innermost?.locals);
  }

  #send(fields: Taken<"send">): Promise<Answer<"send">> {
    return this.#resumeOnce(fields, (task) => {
      mustTakeValues(task, () => framesOf(task.iterator, this.#needLoaded().instance, this.points)[0]);
      return sending(task, this.#asyncTasks, this.#given(fields));
    });
  }

  #throwInto(fields: Taken<"throwInto">): Promise<Answer<"throwInto">> {
    return this.#resumeOnce(fields, (task) => throwing(task, this.#asyncTasks, this.#given(fields)));
  }

  #given({ task, expression }: Taken<"send">): unknown {
    return this.#run("evaluate", () => this.#scope(task).prepare(expression));
  }

  async #resumeOnce({ from, task: id, until }: Taken<"close">, prepare: (task: RunnerTask) => ByHand): Promise<Answer<"close">> {
    if (from !== this.recorder.steps + 1) return { ran: 0, stopped: "stale" };
    const task = this.#needTask(id);
    const conditions = this.#conditions(until);
    const byHand = prepare(task);
    this.#handles.clear();
    const step = () => resumeOnce(task, this.#stage(conditions), byHand);
    return this.#waits.isUsed ? atNextTurn(step) : step();
  }

  #stage(conditions: Conditions | undefined): Stage {
    const { recorder, shared, points } = this;
    return { recorder, shared, points, throws: this.#throws, conditions, asyncTasks: this.#asyncTasks };
  }

  #try<T>(code: "load", make: () => T): T {
    try {
      return make();
    } catch (error) {
      throw this.#failed(code, error);
    }
  }

  /** Runs the prepared function as user code that belongs to no step. */
  #run(code: "call" | "evaluate", prepare: () => () => unknown): unknown {
    this.shared.enter(this.recorder.steps, noTask);
    forgetThrow();
    try {
      return breakable(this.shared, prepare());
    } catch (error) {
      throw this.#failed(code, error);
    } finally {
      this.shared.leave();
    }
  }

  /** @param failedIn the module in which the error was thrown, if known */
  #failed(code: string, error: unknown, failedIn?: string): RequestError {
    if (error instanceof RequestError) return error;
    if (error instanceof Interrupted) return new RequestError({ code: "interrupted", message: "Interrupted." });
    const isNoExpression = code !== "load" && error instanceof SyntaxError && userFrames(error, this.userFiles).length === 0;
    const remedy = isNoExpression
      ? "Write one JavaScript expression."
      : (missingRemedy(error) ?? unexportedRemedy(error) ?? circleRemedy(error));
    const place = throwPlace(error) ?? (failedIn === undefined ? undefined : { file: failedIn });
    return new RequestError(failureOf(code, error, this.userFiles, { remedy, place }));
  }

  /** The scope of the module that a task's call was evaluated in; without a task, of the session's file. */
  #scope(task?: number): ModuleScope {
    const { entry } = this.#needLoaded();
    return scopeOf((task === undefined ? undefined : this.#homes[task]) ?? entry);
  }

  #needLoaded(): Loaded {
    if (!this.#loaded) throw badRequest("No module is loaded.");
    return this.#loaded;
  }

  #knownTask(id: number): SeenTask {
    const task = this.#tasks[id];
    if (!task) throw new RequestError({ code: "unknown-task", message: `There is no task ${id}.` });
    return task;
  }

  #needTask(id: number): RunnerTask {
    const task = this.#knownTask(id);
    if (!(task instanceof RunnerTask)) throw badRequest("An observed program decides itself who runs.");
    if (task.state === taskState.over) throw new RequestError({ code: "unknown-task", message: `Task ${id} is over.` });
    return task;
  }
}

function hello(protocol: number): Answer<"hello"> {
  if (protocol !== protocolVersion) {
    const message = `The runner speaks version ${protocolVersion} of the protocol, not ${protocol}.`;
    throw new RequestError({ code: "version", message, remedy: "Reinstall the extension: its parts do not belong together." });
  }
  return { protocol: protocolVersion, language: "javascript", version: process.version, executable: process.execPath };
}

function scopeOf({ scope }: LoadedModule): ModuleScope {
  if (!scope) throw badRequest("The module ended before its scope could be opened.");
  return scope;
}

function badRequest(message: string): RequestError {
  return new RequestError({ code: "bad-request", message });
}

/** The names of the generator functions that a module exports. Does not run getters. */
function exportedGenerators({ module: { exports }, bindings }: LoadedModule): string[] {
  const entries = bindings && entriesOfNamespace(Bindings.namespaceOf(bindings) as object);
  if (entries) return entries.filter(({ value }) => types.isGeneratorFunction(value)).map(({ name }) => name);
  if (typeof exports !== "object" && typeof exports !== "function") return [];
  if (exports === null || types.isProxy(exports)) return [];
  const isModule = "__esModule" in exports;
  return Object.entries(Object.getOwnPropertyDescriptors(exports)).flatMap(([name, descriptor]) => {
    const value = descriptor.get && isModule ? Reflect.apply(descriptor.get, exports, []) : descriptor.value;
    return types.isGeneratorFunction(value) ? [name] : [];
  });
}
