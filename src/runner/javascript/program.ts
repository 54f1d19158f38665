/** A program of the user's from loading to the next reset: its modules, its tasks, and what they wait for. */
import { types } from "node:util";
import { mostTasks } from "../../core/task";
import type { YieldPoint } from "../../core/trace/trace";
import type { VirtualTime } from "../../core/virtualTime";
import type { Condition, Taken } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import { VirtualClock } from "./clocks/virtualClock";
import { Bindings, entriesOfNamespace } from "./engine/bindings";
import { Conditions } from "./execute/conditions";
import { Stacks } from "./execute/stacks";
import { createTask, isAsync, taskName, taskState } from "./execute/tasks";
import { TaskTable } from "./execute/taskTable";
import { preparedThread, threadFrom } from "./execute/threads";
import type { UserCode } from "./execute/userCode";
import { definitionOf, framesOf, runningFrames, type SuspendedFrame } from "./inspect/frames";
import type { LoadedModule, ModuleInstance } from "./load/modules";
import type { PointTable } from "./load/pointMarks";
import type { ModuleScope } from "./load/scope";
import type { Granularity } from "./load/threads/points";
import { noTask } from "./process/sharedState";
import { badRequest, RequestError } from "./values/failures";
import { requestError } from "./values/requestErrors";
import { AsyncTasks } from "./waiting/asyncTasks";
import { offer } from "./waiting/offer";
import { Waits } from "./waiting/waits";

export interface Loaded {
  readonly instance: ModuleInstance;
  /** The module of the session's file. */
  readonly entry: LoadedModule;
  readonly stacks: Stacks;
}

/** What a program is loaded with, and is again after a reset. */
export interface Settings {
  /** Undefined if time is real. */
  readonly time?: VirtualTime | undefined;
  /** Where tasks can be switched within their slices; undefined if they cannot. */
  readonly threads?: Granularity | undefined;
}

export class Program {
  readonly tasks = new TaskTable();
  readonly asyncTasks: AsyncTasks;
  #loaded: Loaded | undefined;
  /** The tasks for which a call that is not repeatable was already reported. */
  readonly #noted = new Set<number>();

  /** @param clockUsed called when something is to happen at a time on the virtual clock */
  constructor(
    readonly code: UserCode,
    readonly points: PointTable,
    readonly settings: Settings,
    clockUsed: () => void,
  ) {
    const { recorder, shared } = code;
    const { time } = settings;
    const clock = (used: () => void) => {
      const usedBy = () => {
        used();
        clockUsed();
      };
      return new VirtualClock(time as VirtualTime, () => recorder.steps, usedBy);
    };
    const waits = new Waits({
      shared,
      wire: recorder.wire,
      ...(time ? { virtual: clock } : {}),
      nameOf: (task) => this.tasks.nameOf(task),
      spawn: (parent, generator) => this.#spawned(parent, generator),
    });
    offer(() => waits);
    this.asyncTasks = new AsyncTasks(waits);
  }

  get waits(): Waits {
    return this.asyncTasks.waits;
  }

  get virtualClock(): VirtualClock {
    return this.waits.passage?.clock as VirtualClock;
  }

  /** @throws RequestError if no module is loaded */
  get loaded(): Loaded {
    if (!this.#loaded) throw badRequest("No module is loaded.");
    return this.#loaded;
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined;
  }

  /** Runs the statements of the file. @throws RequestError with code `load` if they fail */
  async load(instance: ModuleInstance): Promise<Loaded> {
    const entry = await this.code.load(
      () => instance.load(),
      (error) => instance.failedIn(error),
    );
    this.#loaded = { instance, entry, stacks: new Stacks(instance, this.points) };
    return this.#loaded;
  }

  /** The program is observed, so its file is loaded when it begins. */
  willLoad(instance: ModuleInstance): void {
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
  }

  /** Creates a task by a call. @throws RequestError if the call fails, or gives no task */
  async spawn({ task: id, call, file }: Taken<"spawn">): Promise<Answer<"spawn">> {
    if (this.tasks.all[id]) throw badRequest(`There is a task ${id} already.`);
    const { instance, entry } = this.loaded;
    const home = file === undefined ? entry : await this.code.load(() => instance.add(file));
    if (!this.settings.threads) {
      const given = this.code.run("call", () => scopeOf(home).prepare(call));
      return this.#begin(id, given, home);
    }
    const { task, fn } = this.code.run("call", () => preparedThread(scopeOf(home), call));
    return this.#begin(id, task, home, fn && definitionOf(fn, instance));
  }

  /**
   * Creates a task from the result of a call.
   *
   * @param home the module that the call was evaluated in
   * @param definition the function of a thread, whose call is not made yet
   */
  #begin(id: number, given: unknown, home: LoadedModule, definition?: YieldPoint): Answer<"spawn"> {
    if (id >= mostTasks) throw badRequest(`There can be no more than ${mostTasks} tasks.`);
    const { columns } = this.tasks;
    const frames = this.framesOf(given);
    const task = createTask(columns, id, given, frames);
    const name = (definition ?? frames[0]?.at)?.function ?? taskName(task.iterator);
    this.tasks.add(task, home, name, this.code.recorder.steps);
    this.waits.engine.begin(id);
    if (isAsync(task.next)) this.waits.isUsed = true;
    const point = definition ?? frames.at(-1)?.at;
    return { name, ...(point ? { point } : {}), ...(task.state === taskState.begun ? { begun: true } : {}) };
  }

  /** Creates a task that another task spawned. @throws an error to be thrown into the spawning task, if no task can be created */
  #spawned(parent: number, generator: unknown): { readonly task: number; readonly name: string } {
    const task = this.tasks.columns.length;
    try {
      const given = this.settings.threads ? threadFrom(generator) : generator;
      const begun = this.#begin(task, given, this.tasks.homeOf(parent) as LoadedModule);
      const call = `${begun.name}(…)`;
      this.waits.tell({ event: "spawned", step: this.code.shared.step, parent, task, call, ...begun });
      return { task, name: this.tasks.nameOf(task) };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const { message, remedy = "" } = error.failure;
      throw requestError("notTask", `${message} ${remedy}`.trimEnd());
    }
  }

  /** Where a generator is suspended, the outermost frame first. */
  framesOf(generator: unknown): SuspendedFrame[] {
    return framesOf(generator, this.loaded.instance, this.points);
  }

  /** The scope of the module that a task's call was evaluated in; without a task, of the session's file. */
  scope(task?: number): ModuleScope {
    const { entry } = this.loaded;
    return scopeOf((task === undefined ? undefined : this.tasks.homeOf(task)) ?? entry);
  }

  /** What the steps of a plan are checked for. */
  conditions(until: readonly Condition[] = []): Conditions | undefined {
    if (until.length === 0) return undefined;
    const { stacks } = this.loaded;
    const driver = () => runningFrames(stacks.instance).at(-1);
    const { points, code, tasks } = this;
    return new Conditions(until, { points, recorder: code.recorder, stacks, tasks: tasks.all, scope: this.scope(), driver });
  }

  /** Reports a call that is not repeatable, only the first one of each task. */
  noteCall(call: string): void {
    const { step, task } = this.code.shared;
    if (task === noTask || this.#noted.has(task)) return;
    this.#noted.add(task);
    this.waits.tell({ event: "unrepeatable", step, task, call });
  }
}

/** The names of the generator functions that a module exports. Does not run getters. */
export function exportedGenerators({ module: { exports }, bindings }: LoadedModule): string[] {
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

/** Where expressions are evaluated as in the module's own code. @throws RequestError if the module has ended before */
export function scopeOf({ scope }: LoadedModule): ModuleScope {
  if (!scope) throw badRequest("The module ended before its scope could be opened.");
  return scope;
}
