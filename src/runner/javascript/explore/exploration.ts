/**
 * A search over the orders of the program's tasks, and single orders of it in all detail.
 */
import type { LoopingProgram } from "../../../core/explore/loops/loopingProgram";
import type { Program } from "../../../core/explore/program";
import { makeStrategy, mergesStates, parseStrategy, tracksSlices } from "../../../core/explore/registry";
import { Search } from "../../../core/explore/search";
import type { Executed, Explored, ExploreFields } from "../../../protocol/explore";
import { installVirtual } from "../clocks/install";
import { now } from "../engine/intrinsics";
import { breakable, Interrupted } from "../execute/breakable";
import type { ModuleInstance } from "../load/modules";
import type { PointTable } from "../load/pointMarks";
import type { Granularity } from "../load/threads/points";
import type { Recorder } from "../process/recorder";
import { noTask, type SharedState } from "../process/sharedState";
import { RequestError } from "../values/failures";
import { atNextTurn } from "../waiting/wakeup";
import { closureOf, compiledFor, type Expressions, threadClosureOf } from "./closures";
import { Execution } from "./execution";
import { FreshModules } from "./freshModules";
import { GuardedProgram } from "./guardedProgram";
import { Outcomes } from "./outcomes";
import type { Compiled, Plan } from "./plan";
import { FreshProgram } from "./program";
import { frameNames } from "./states/frames";
import { looping } from "./states/seenProgram";
import { showing, WholeState } from "./states/wholeState";
import { ToldStates } from "./toldStates";
import { Touches } from "./touches";
import { functionsOf } from "./tracking/known";
import { trackingBy, trackingNames } from "./tracking/tracking";

/** A call that makes a task, the task's name, and the file in whose scope the call stands. */
export interface ExploredTask {
  readonly call: string;
  readonly name: string;
  readonly file: string;
  /** Whether the task is a thread. */
  readonly isThread: boolean;
}

export interface Surroundings {
  /** With the files of all tasks. */
  readonly instance: ModuleInstance;
  readonly shared: SharedState;
  readonly points: PointTable;
  readonly recorder: Recorder;
  /** Where tasks can be switched within their slices; undefined if they cannot. */
  readonly threads: Granularity | undefined;
}

/** So many milliseconds the event loop does not turn. */
const stretch = 20;

export class Exploration {
  readonly #expressions: Expressions;
  readonly #plan: Plan;
  readonly #program: FreshProgram;
  readonly #outcomes: Outcomes;
  readonly #search: Search;
  readonly #looping: LoopingProgram | undefined;
  readonly #states: ToldStates | undefined;
  readonly #isPolicys: boolean;
  readonly #merges: boolean;
  readonly #told = new Set<number>();
  #tracked: FreshProgram | undefined;

  constructor(
    readonly fields: ExploreFields,
    tasks: readonly ExploredTask[],
    readonly around: Surroundings,
  ) {
    const { instance, threads } = around;
    const { entry } = instance;
    const expressions = new Map<string, string[]>([[entry, []]]);
    const compiled = (file: string, expression: string, closure = closureOf): Compiled => {
      const text = closure(expression);
      const own = expressions.get(file) ?? [];
      expressions.set(file, own);
      const known = own.indexOf(text);
      return { file, index: known < 0 ? own.push(text) - 1 : known };
    };
    const { check, invariant, watches, until, policy, time, strategy, shard, position, steps } = fields;
    this.#expressions = expressions;
    this.#plan = {
      calls: tasks.map(({ call, name, file, isThread }) => {
        return { name, isThread, ...compiled(file, call, isThread ? threadClosureOf : closureOf) };
      }),
      hasThreads: threads !== undefined,
      check: check === undefined ? undefined : compiled(entry, check),
      invariant: invariant === undefined ? undefined : compiled(entry, invariant),
      watches: watches.map((watch) => compiled(entry, watch)),
      until,
      policy,
      time: { virtual: time.step, seed: time.seed },
    };
    const choice = parsed(strategy);
    this.#isPolicys = choice.definition.coverage === "delays";
    this.#merges = mergesStates(choice);
    if (threads && (this.#merges || fields.findsLoops || fields.tellsStates)) throw statesUnseen();
    this.#outcomes = new Outcomes({ ...fields.counts, check, invariant });
    this.#program = tracksSlices(choice) ? this.#makeTracked() : this.#make(undefined);
    const guarded = this.#guarded();
    this.#looping = this.#loopingOver(guarded, this.#program);
    const program = this.#looping ?? guarded;
    this.#states = fields.tellsStates ? new ToldStates(program, this.#program) : undefined;
    this.#search = new Search(this.#states ?? program, makeStrategy(choice, shard, position), steps, shard);
  }

  /** Goes on with the search for at most so many runs, and about so many milliseconds. */
  async goOn({ orders, millis }: { orders: number; millis: number }): Promise<Explored> {
    const search = this.#search;
    const program = this.#program;
    const until = now() + millis;
    let left = orders;
    let batch = 1;
    this.#begin(program, this.fields.counts.output);
    do {
      const began = now();
      const runs = Math.min(batch, left);
      await this.#apart(
        program,
        () => search.run(runs),
        () => search.interrupted(),
      );
      left -= runs;
      const took = Math.max(now() - began, 0.01);
      batch = Math.max(1, Math.min(4 * batch, Math.floor((batch * stretch) / took)));
    } while (left > 0 && now() < until && !search.isDone);
    return this.#news();
  }

  /** Executes single schedules, with all that can be told of their steps. */
  async execute(schedules: readonly (readonly number[])[]): Promise<Executed[]> {
    this.#tracked ??= this.#makeTracked();
    const program = this.#tracked;
    const executed: Executed[] = [];
    for (const schedule of schedules) {
      this.#begin(program, true);
      const execution = new Execution(program, this.#loopingOver(program, program), this.#outcomes, this.fields.steps);
      await this.#apart(program, () => execution.run(schedule));
      executed.push(execution.executed());
    }
    return executed;
  }

  #guarded(): Program {
    const { fatal = [], announces = false } = this.fields;
    if (fatal.length === 0 && !announces) return this.#program;
    return new GuardedProgram(this.#program, fatal, announces ? this.around.recorder.wire : undefined);
  }

  #loopingOver(program: Program, running: FreshProgram): LoopingProgram | undefined {
    if (!this.fields.findsLoops) return undefined;
    return running.whole && looping(program, running, running.whole, this.#isPolicys);
  }

  #news(): Explored {
    const { tried, merged, pruned, cut, outcomes } = this.#search.news();
    const { isDone, differs, longest, tasks, sizes, strategy } = this.#search;
    const { outside, touches, whole } = this.#program;
    return {
      tried,
      ...(this.#merges ? { merged } : {}),
      pruned,
      cut,
      done: isDone,
      position: strategy.position(),
      ...(differs === undefined ? {} : { differs }),
      ...(outside === undefined ? {} : { outside }),
      ...(this.#looping?.hasReturned ? { returned: true } : {}),
      ...(whole?.hidden === undefined ? {} : { hidden: whole.hidden }),
      opaque: [...(touches?.opaque ?? [])],
      longest,
      tasks,
      sizes,
      outcomes: outcomes.map(({ outcome: id, orders, witness, deviations }) => ({
        id,
        orders,
        ...(this.#isNew(id) ? { outcome: this.#outcomes.at(id) } : {}),
        ...(witness ? { witness: [...witness], deviations } : {}),
      })),
      ...(this.#states ? { told: this.#states.news() } : {}),
    };
  }

  #isNew(outcome: number): boolean {
    if (this.#told.has(outcome)) return false;
    this.#told.add(outcome);
    return true;
  }

  /** From now on the user's code is this program's. */
  #begin(program: FreshProgram, keepsOutput: boolean): void {
    const { shared, recorder } = this.around;
    program.offer();
    installVirtual(
      () => program.runWaits.clock,
      () => shared.task !== noTask,
      () => program.runWaits.noteMicrotask(),
    );
    recorder.output.taker = (text) => program.prints(keepsOutput ? text : undefined);
  }

  /** Runs user code in a turn of its own of the event loop. @param interrupted called when it was interrupted in that */
  async #apart(program: FreshProgram, run: () => void, interrupted?: () => void): Promise<void> {
    const { shared } = this.around;
    await atNextTurn(() => {
      shared.enter(shared.step, noTask);
      try {
        breakable(shared, run);
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        program.interrupted();
        interrupted?.();
      } finally {
        shared.leave();
      }
    });
  }

  #makeTracked(): FreshProgram {
    const touches = new Touches();
    const { instance } = this.around;
    const known = new WeakSet<object>();
    for (const { imports } of instance.modules) {
      const imported = imports.get("cotasks");
      if (imported && "value" in imported) functionsOf(imported.value, known);
    }
    // The switch points of threads tell what comes next, so their code stays as it is.
    const tracking = this.around.threads ? { passed: [] } : trackingBy(touches, (fn) => known.has(fn));
    this.#tracked = this.#make({ ...tracking, names: this.around.threads ? "" : trackingNames, touches });
    return this.#tracked;
  }

  /** @param tracking how the program tells what its slices touch; undefined where nobody asks */
  #make(
    tracking: (Partial<Pick<Tracked, "track">> & Pick<Tracked, "passed"> & { names: string; touches: Touches }) | undefined,
  ): FreshProgram {
    const { instance, shared, points, recorder } = this.around;
    const looks = this.fields.findsLoops || (this.#merges && tracking === undefined);
    const whole = looks ? new WholeState() : undefined;
    const track = whole ? showing(tracking?.track) : tracking?.track;
    const names = `${tracking?.names ?? ""}${whole ? frameNames : ""}`;
    const modules = compiledFor(this.#expressions, points, track, names, this.around.threads);
    const passed = [...(tracking?.passed ?? []), ...(whole?.frames.passed ?? [])];
    const fresh = new FreshModules([...this.#expressions.keys()], instance, modules, passed);
    return new FreshProgram(fresh, this.#plan, { shared, points, wire: recorder.wire }, this.#outcomes, tracking?.touches, whole);
  }
}

type Tracked = ReturnType<typeof trackingBy>;

function statesUnseen(): RequestError {
  const message = "The whole state of threads is not seen, so that neither states can be merged nor loops be found.";
  return new RequestError({ code: "bad-request", message, remedy: "Choose another strategy, and leave out loops and states." });
}

function parsed(strategy: string) {
  try {
    return parseStrategy(strategy);
  } catch (error) {
    throw new RequestError({ code: "bad-request", message: (error as Error).message });
  }
}
