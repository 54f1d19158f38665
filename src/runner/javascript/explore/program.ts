/**
 * The user's program as a search runs it: on a fresh instance each time, without a trace.
 */
import type { Loop } from "../../../core/explore/loops/loops";
import type { Program } from "../../../core/explore/program";
import type { Touched } from "../../../core/explore/touched";
import { TaskNames } from "../../../core/task";
import { Interrupted } from "../execute/breakable";
import { slice, sliceAfterWait } from "../execute/slice";
import { isAsync, nextOf, TaskColumns, taskName } from "../execute/tasks";
import { threadFrom } from "../execute/threads";
import type { PointTable } from "../load/pointMarks";
import { Thread } from "../load/threads/thread";
import { eventCode } from "../process/recorder";
import { isAtWork } from "../process/remaining";
import { noTask, type SharedState } from "../process/sharedState";
import type { Wire } from "../process/wire";
import type { UserFiles } from "../values/failures";
import { offer } from "../waiting/offer";
import type { FreshModules } from "./freshModules";
import { Invariant } from "./invariant";
import { Judging } from "./judging";
import type { Outcomes } from "./outcomes";
import type { Compiled, EndedRun, Plan, RunEnd } from "./plan";
import { mixed, ReadyQueue } from "./readyQueue";
import { endOf } from "./runEnd";
import { RunWaits } from "./runWaits";
import { spawnable } from "./spawning";
import type { Handles } from "./states/handles";
import type { WholeState } from "./states/wholeState";
import { touchNext } from "./threadTouches";
import { clockPlace, outputPlace, schedulerPlace, type Touches } from "./touches";

const { yielded, returned, threw } = eventCode;

/** So many characters of what a run prints are kept. */
const mostOutput = 64 * 1024;

/** The runner around it. */
export interface Surroundings {
  readonly shared: SharedState;
  readonly wire: Wire;
  readonly points: PointTable;
}

export class FreshProgram implements Program, EndedRun {
  readonly columns = new TaskColumns();
  readonly runWaits: RunWaits;
  /** How many steps this run has made. */
  steps = 0;
  /** What was printed in this run, as far as it is kept. */
  output = "";
  /** How often something was printed in this run. */
  printed = 0;
  /** What was met in any run that a repetition cannot bring back. */
  outside: string | undefined;
  readonly #names: string[];
  readonly #queue: ReadyQueue;
  /** Counts all steps, so that the watch thread sees that a run goes on. */
  #total = 0;
  #print = 0;
  #end: RunEnd | undefined;
  readonly #invariant = new Invariant();
  #running = noTask;
  readonly #judging = new Judging();
  /** Whether in this run nobody was ready before something real had come. */
  waitsOutside = false;

  constructor(
    readonly modules: FreshModules,
    readonly plan: Plan,
    readonly around: Surroundings,
    readonly outcomes: Outcomes,
    readonly touches: Touches | undefined,
    readonly whole: WholeState | undefined,
  ) {
    this.#names = plan.calls.map(({ name }) => name);
    this.#queue = new ReadyQueue(plan.policy, (task) => this.nameOf(task));
    this.runWaits = new RunWaits(this, plan.time, around.shared, around.wire, touches);
  }

  /** From now on requests of the user's code are made to this program. */
  offer(): void {
    const { runWaits, touches, whole } = this;
    const made = whole && ((...given: Parameters<Handles["resource"]>) => whole.handles.resource(...given));
    const used = (resource: number) => {
      touches?.write(schedulerPlace);
      touches?.write(runWaits.placeOf(resource));
    };
    const looked = () => touches?.write(clockPlace);
    offer(() => runWaits.waits, { ...(made ? { made } : {}), ...(touches ? { used, looked } : {}) });
  }

  get ready(): readonly number[] {
    return this.#queue.ranked;
  }

  get tasks(): number {
    return this.columns.length;
  }

  nameOf(task: number): string {
    return this.#names[task] ?? `task ${task}`;
  }

  isBlocked(task: number): boolean {
    return this.runWaits.used?.waits.engine.isBlocked(task) ?? false;
  }

  get points(): PointTable {
    return this.around.points;
  }

  get files(): UserFiles {
    return this.modules.compiled;
  }

  begin(): void {
    const { columns, plan } = this;
    columns.clear();
    this.#queue.begin();
    this.steps = 0;
    this.output = "";
    this.printed = 0;
    this.#print = 0;
    this.#end = undefined;
    this.#judging.begin();
    this.waitsOutside = false;
    if (this.#names.length > plan.calls.length) this.#names.length = plan.calls.length;
    this.runWaits.begin();
    this.touches?.begin();
    this.whole?.frames.begin();
    this.#enter(noTask);
    try {
      this.modules.begin();
      for (const call of plan.calls) this.#add(this.#called(call));
    } catch (thrown) {
      this.#finish({ end: "threw", by: "threw", thrown });
    }
    this.runWaits.runMicrotasks();
    const { invariant } = plan;
    if (invariant && this.#end === undefined) {
      const evaluate = this.#closure(invariant);
      this.#invariant.begin(() => this.#judging.valueOf(invariant, evaluate), this.touches);
    }
  }

  resume(task: number): Touched | undefined {
    const { columns, runWaits, touches } = this;
    const queue = this.#queue;
    queue.take(task);
    touches?.begin();
    touches?.read(clockPlace);
    if (this.plan.hasThreads && touches) touchNext(touches, columns.values[task]);
    this.#enter(task);
    const { used } = runWaits;
    const event = used ? sliceAfterWait(columns, task, used, this.around.points) : slice(columns, task);
    this.steps += 1;
    const value = columns.values[task];
    this.#print = mixed(this.#print, task, event, columns.points[task] as number, value);
    if (event === yielded) this.#yielded(task, value);
    else this.#over(task, event, value);
    if (this.#invariant.isAsked && this.#end === undefined) this.#hold();
    if (this.#end !== undefined) {
      queue.clear();
      // Whatever else could have run does not.
      touches?.all();
    } else if (runWaits.used || queue.isEmpty) this.#pass();
    return touches?.touched;
  }

  outcome(isCut: boolean): number {
    return this.outcomes.numberOf(this, endOf(this, this.#end, isCut));
  }

  fingerprint(): number {
    return this.#print;
  }

  wholeState(): string | undefined {
    const state = this.whole?.of(this);
    return state === undefined ? undefined : `${this.#queue.state()};${this.output.length}:${this.output};${state}`;
  }

  /** Ends the run before a slice that must not run. @param end what the slice would do */
  endBefore(task: number, end: "hung" | "died"): Touched | undefined {
    this.steps += 1;
    this.#finish({ end, by: end, task });
    this.touches?.begin();
    this.touches?.all();
    return this.touches?.touched;
  }

  /**
   * What runs does not end: it was interrupted. With a slice, the run is over; an expression of the user's counts from now on as one that
   * throws this.
   */
  interrupted(): void {
    const evaluated = this.#judging.interrupted();
    if (evaluated === undefined) this.#finish({ end: "hung", by: "hung", task: this.#running });
    else if (evaluated === this.plan.invariant) this.#finish({ end: "invariant", by: "invariant", thrown: new Interrupted() });
  }

  /** The run goes round in a loop for ever, and is over. */
  endless(loop: Loop): void {
    const end = loop.starving.length > 0 ? "starvation" : "livelock";
    this.#finish({ end, by: end, loop });
  }

  /** What decides how the policy goes on. */
  policyState(): string {
    return this.#queue.state();
  }

  /** A task has spawned another. */
  spawn(generator: unknown): { readonly task: number; readonly name: string } {
    const { columns } = this;
    const task = columns.length;
    const given = this.plan.hasThreads ? threadFrom(generator) : generator;
    const next = spawnable(given, columns);
    const names = new TaskNames();
    for (const known of this.#names) names.unique(known);
    this.#names[task] = names.unique(this.modules.nameOf(generator as object) ?? taskName(generator as object));
    columns.add(task, given as object, next);
    return { task, name: this.nameOf(task) };
  }

  spawned(task: number, handle: unknown): void {
    this.whole?.handles.task(task, handle);
  }

  /** The value of an expression of the user's in this instance. Evaluating it belongs to no slice. */
  evaluate(compiled: Compiled): unknown {
    this.#enter(noTask);
    return this.#judging.valueOf(compiled, this.#closure(compiled));
  }

  /** The program prints something. @param text undefined where that does not matter */
  prints(text: ((room: number) => string) | undefined): void {
    this.printed += 1;
    if (!text) return;
    if (this.output.length < mostOutput) this.output += text(mostOutput - this.output.length);
    this.touches?.write(outputPlace);
  }

  #closure({ file, index }: Compiled): () => unknown {
    return this.modules.closure(file, index);
  }

  #enter(task: number): void {
    this.#total += 1;
    this.#running = task;
    this.whole?.frames.enter(task);
    this.around.shared.nextSlice(this.#total, task);
  }

  /** What a call gives; a thread makes its call later. */
  #called({ name, isThread, ...compiled }: Plan["calls"][number]): unknown {
    const given = this.#closure(compiled)();
    return isThread ? Thread.ofCall(given as object, name) : given;
  }

  #add(given: unknown): void {
    const { columns } = this;
    const task = columns.length;
    const next = nextOf(given);
    columns.add(task, given as object, next);
    this.#queue.enter(task);
    if (isAsync(next)) void this.runWaits.asyncTasks;
    this.runWaits.used?.waits.engine.begin(task);
  }

  #yielded(task: number, value: unknown): void {
    const { runWaits, columns } = this;
    const isObject = typeof value === "object" && value !== null;
    const isReady = !isObject || runWaits.isReady(task, value, columns.iterators[task] as object);
    if (!isReady) this.#queue.leave(task);
    runWaits.runMicrotasks();
    this.#wake();
    if (isReady) this.#queue.putBack(task);
    const next = runWaits.used?.waits.engine.takeNext();
    if (next !== undefined) this.#queue.handOver(next);
  }

  #over(task: number, event: number, value: unknown): void {
    const how = event === returned ? "returned" : "threw";
    this.#queue.leave(task);
    this.runWaits.ended(task, how, value);
    this.runWaits.runMicrotasks();
    if (event === threw) this.#finish({ end: "threw", by: "threw", thrown: value, task });
    else if (this.plan.until === "first") this.#finish({ end: "first" });
    else this.#wake();
  }

  #wake(): void {
    const engine = this.runWaits.used?.waits.engine;
    if (!engine) return;
    const { woken, rows } = engine;
    for (let index = 0; index < woken.length; index += 1) this.#queue.enter(woken.at(index));
    woken.clear();
    rows.endSlice();
    rows.takeRows();
  }

  /** Between slices: what is due happens; where nobody is ready, time goes on. */
  #pass(): void {
    const { runWaits } = this;
    const { used } = runWaits;
    if (!used) return;
    this.#enter(noTask);
    used.waits.passage?.catchUp();
    this.#wake();
    if (!this.#queue.isEmpty) return;
    runWaits.passTime();
    this.#wake();
    if (this.#queue.isEmpty && used.waits.promises.pending > 0 && isAtWork()) {
      this.waitsOutside = true;
      this.outside ??= "A task waits for something real, such as input or a child process";
    }
  }

  #hold(): void {
    this.#enter(noTask);
    const broken = this.#invariant.broken(this.touches);
    if (broken) this.#finish(broken);
  }

  #finish(end: RunEnd): void {
    this.#end = end;
    this.#queue.clear();
  }
}
