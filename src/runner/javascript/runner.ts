/**
 * Answers the session's requests, one at a time.
 */
import type { MessagePort } from "node:worker_threads";
import type { VirtualTime } from "../../core/virtualTime";
import type { Request, Taken } from "../../protocol/requests";
import { type Answer, type Method, protocolVersion } from "../../protocol/runner";
import { installObserved, installReal, installVirtual } from "./clocks/install";
import { LoopTime } from "./clocks/loopTime";
import { stopDebugging } from "./engine/inspector";
import { mapColumns } from "./engine/sourceColumns";
import { hideThreads } from "./engine/stackTraces";
import { Throws } from "./execute/throws";
import { UserCode } from "./execute/userCode";
import { Exploration, type ExploredTask } from "./explore/exploration";
import { collectInOneThread } from "./explore/garbage";
import { Handles } from "./inspect/handles";
import { evaluate, inspect } from "./inspection";
import { CompiledModules } from "./load/compiledModules";
import { type LoadedModule, ModuleInstance } from "./load/modules";
import { PointTable } from "./load/pointMarks";
import { threadModules } from "./load/threads/compiling";
import type { Atomic } from "./load/threads/marking";
import { Thread } from "./load/threads/thread";
import { forgetFiles } from "./load/transform";
import { observedModules } from "./observe/compiling";
import { ObservedProgram } from "./observe/program";
import { usedProcessor } from "./process/processor";
import type { Recorder } from "./process/recorder";
import { counted, remaining, remainingNow } from "./process/remaining";
import { noTask, type SharedState } from "./process/sharedState";
import { announceReads } from "./process/standardInput";
import { exportedGenerators, type Loaded, Program, type Settings, scopeOf } from "./program";
import { Resuming } from "./resuming";
import { badRequest, RequestError, type UserFiles } from "./values/failures";

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
  readonly #handles = new Handles();
  readonly #throws: Throws;
  readonly #code: UserCode;
  #compiled: CompiledModules;
  #program: Program;
  #resuming: Resuming;
  /** A program that decides itself who runs. It takes all further requests. */
  observed: ObservedProgram | undefined;
  /** The passage of virtual time in an observed program; undefined if there is none. */
  #loopTime: LoopTime | undefined;
  #advances = 0;
  #exploration: Exploration | undefined;

  constructor(
    readonly recorder: Recorder,
    readonly shared: SharedState,
    readonly points: PointTable,
    readonly life: Process,
  ) {
    this.#compiled = new CompiledModules(points);
    this.#throws = new Throws(recorder.wire, points, this.userFiles);
    this.#code = new UserCode(recorder, shared, this.userFiles);
    [this.#program, this.#resuming] = this.#fresh({});
    recorder.ahead = {
      queue: () => {
        this.#program.waits.flush();
        this.observed?.drivers.queue();
      },
      turn: () => this.#program.waits.frames.turn(),
    };
  }

  /** Must be called after a pause request. Ends a plan that is waiting. */
  paused(): void {
    this.#program.waits.wakeup.ring();
  }

  #fresh(settings: Settings): [Program, Resuming] {
    const program = new Program(this.#code, this.points, settings, () => this.#loopTime?.plan());
    return [program, new Resuming(program, this.#throws, () => this.#handles.clear())];
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
    spawn: (fields) => this.#program.spawn(fields),
    advance: (fields) => this.#resuming.advance(fields, this.#advances),
    // The watch thread answers these three.
    pause: () => ({}),
    interrupt: () => ({}),
    ping: () => ({}),
    inspect: ({ task }) => inspect(this.#seen, task, this.#handles),
    expand: ({ handle, start, count }) => this.#handles.expand(handle, start, count),
    evaluate: (fields) => evaluate(this.#seen, fields, this.#handles),
    send: (fields) => this.#resuming.send(fields),
    throwInto: (fields) => this.#resuming.throwInto(fields),
    close: (fields) => this.#resuming.close(fields),
    processor: () => ({ micros: usedProcessor() }),
    remaining: async () => ({ remaining: await this.#remaining() }),
    conclude: async () => {
      const left = await this.#remaining();
      this.life.conclude();
      void this.#program.waits.passage?.finish();
      return { remaining: left };
    },
    reset: async () => {
      await this.#instantiate(this.#program.loaded.instance.entry);
      return {};
    },
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

  get #seen() {
    return { program: this.#program, observed: this.observed };
  }

  #check(file: string): Answer<"check"> {
    // Points of a file that is only parsed are told to nobody.
    this.#try(() => new CompiledModules(new PointTable()).get(file, true));
    return {};
  }

  async #load({ file, time, notesCalls, tellsTimes, threads, asks }: Taken<"load">): Promise<Answer<"load">> {
    if (asks) announceReads(this.recorder, this.shared, this.userFiles);
    forgetFiles();
    this.#exploration = undefined;
    const atomic: Atomic[] = [];
    this.recorder.tellsTimes = tellsTimes === true;
    hideThreads(threads !== undefined);
    this.#compiled = threads ? threadModules(this.points, threads, atomic) : new CompiledModules(this.points);
    mapColumns(this.#compiled);
    if (time)
      installVirtual(
        () => this.#program.virtualClock,
        () => this.shared.task !== noTask,
      );
    else installReal(notesCalls ? (call) => this.#program.noteCall(call) : undefined);
    const { entry } = await this.#instantiate(file, { time, threads });
    return { generators: exportedGenerators(entry), ...(threads ? { atomic } : {}) };
  }

  /** Loads a file with a new program. @param settings those of the last program if left out */
  async #instantiate(file: string, settings = this.#program.settings): Promise<Loaded> {
    this.#handles.clear();
    this.recorder.rewind();
    this.shared.rewind();
    [this.#program, this.#resuming] = this.#fresh(settings);
    return this.#program.load(new ModuleInstance(file, this.#compiled));
  }

  #observe({ module, file, arguments: given, functions = {}, time, asks }: Taken<"observe">): Answer<"observe"> {
    if (this.#program.isLoaded) throw badRequest("A module is loaded already.");
    if (module !== undefined) throw badRequest("Only Python programs are run as modules.", "Leave out the module.");
    forgetFiles();
    this.#compiled = observedModules(this.points);
    mapColumns(this.#compiled);
    this.#try(() => this.#compiled.get(file, true));
    if (time) this.#observeInVirtualTime(time);
    if (asks) announceReads(this.recorder, this.shared, this.userFiles);
    const instance = new ModuleInstance(file, this.#compiled, given);
    const program = this.#program;
    program.willLoad(instance);
    const { recorder, shared, life } = this;
    this.observed = new ObservedProgram(instance, functions, {
      ...{ recorder, shared, throws: this.#throws, requests: life.requests, engine: program.waits.engine },
      leaveToProgram: () => life.leaveToProgram(),
      answer: (request) => this.#answerNow(request),
      conditions: (until) => program.conditions(until),
      goesOn: () => {
        this.#handles.clear();
        stopDebugging();
      },
      framesOf: (generator) => program.framesOf(generator),
      appeared: (task, name) => program.tasks.addSeen(task, name),
    });
    return {};
  }

  #observeInVirtualTime(time: VirtualTime): void {
    const { recorder } = this;
    [this.#program, this.#resuming] = this.#fresh({ time });
    const { virtualClock, waits } = this.#program;
    const { rows } = waits.engine;
    const moved = () => {
      rows.step = recorder.steps;
      rows.moveClock(virtualClock.at());
    };
    this.#loopTime = new LoopTime(virtualClock, () => recorder.output.deferred, moved);
    installObserved(virtualClock);
  }

  /** The tasks are made once as in a session: for their names, and so that a call that fails is refused. */
  async #explore(fields: Taken<"explore">): Promise<Answer<"explore">> {
    collectInOneThread();
    this.#exploration = undefined;
    const { instance, entry } = await this.#instantiate(this.#program.loaded.instance.entry);
    const { code, tasks, settings } = this.#program;
    for (const expression of [fields.check, fields.invariant, ...fields.watches]) {
      if (expression !== undefined) code.run("evaluate", () => () => void scopeOf(entry).prepare(expression));
    }
    const explored: ExploredTask[] = [];
    for (const [task, { call, file }] of fields.calls.entries()) {
      await this.#program.spawn({ task, call, file });
      const isThread = tasks.all[task]?.iterator instanceof Thread;
      explored.push({ call, name: tasks.nameOf(task), file: (tasks.homeOf(task) as LoadedModule).file, isThread });
    }
    const { shared, points, recorder } = this;
    const around = { instance, shared, points, recorder, threads: settings.threads };
    this.#exploration = this.#try(() => new Exploration(fields, explored, around));
    return {};
  }

  #needExploration(): Exploration {
    if (!this.#exploration) throw badRequest("Nothing is explored.");
    return this.#exploration;
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
    const timers = this.#program.waits.passage?.clock.timers.holding ?? 0;
    return timers === 0 ? [] : [counted(timers, "timer")];
  }

  /** @throws RequestError with code `load` */
  #try<T>(make: () => T): T {
    try {
      return make();
    } catch (error) {
      throw this.#code.failed("load", error);
    }
  }
}

function hello(protocol: number): Answer<"hello"> {
  if (protocol !== protocolVersion) {
    const message = `The runner speaks version ${protocolVersion} of the protocol, not ${protocol}.`;
    throw new RequestError({ code: "version", message, remedy: "Reinstall the extension: its parts do not belong together." });
  }
  return { protocol: protocolVersion, language: "javascript", version: process.version, executable: process.execPath };
}
