/**
 * Executes plans: the loop that resumes tasks, and the conditions that end it.
 */
import type { Answer, StopReason } from "../../../protocol/runner";
import { now } from "../engine/intrinsics";
import type { PointTable } from "../load/pointMarks";
import { quickSlice } from "../process/output";
import { eventCode, type Recorder } from "../process/recorder";
import { isAtWork } from "../process/remaining";
import { noTask, type SharedState } from "../process/sharedState";
import type { AsyncTasks } from "../waiting/asyncTasks";
import type { Passage } from "../waiting/passage";
import type { Waits } from "../waiting/waits";
import { atNextTurn } from "../waiting/wakeup";
import { breakable, Interrupted } from "./breakable";
import type { Conditions } from "./conditions";
import { nobody, type Order, PickedOrder, type PicksPlan, RingOrder, type RingPlan } from "./order";
import { ended, slice, sliceAfterWait } from "./slice";
import type { TaskColumns } from "./tasks";
import type { Throws } from "./throws";

/** The maximum time in milliseconds before a chunk is sent, even if it is not full. Unsent steps are lost if the process dies. */
const longestStretch = 5;
/** While no task is ready, the interval in milliseconds at which it is checked whether the program can still wake a task. */
const glanceEvery = 50;
const mostPendingOutput = 1024 * 1024;

/** Recorded as the thrown error of a step that was interrupted. */
export class InterruptedStep extends Error {
  constructor(millis: number) {
    super();
    this.name = interruptedAfter(millis);
  }
}

/** How the runner describes an interrupt. */
export function interruptedAfter(millis: number): string {
  return `Interrupted after ${(millis / 1000).toFixed(1)} s`;
}

/** What a step needs in order to run. */
export interface Stage {
  readonly recorder: Recorder;
  readonly shared: SharedState;
  readonly throws: Throws;
  readonly conditions: Conditions | undefined;
  readonly points: PointTable;
  readonly asyncTasks: AsyncTasks;
}

/** One execution of a plan. `number` counts the requests to advance, from 1, so that a pause can refer to them. */
export class Advance {
  readonly recorder: Recorder;
  readonly shared: SharedState;
  readonly throws: Throws;
  readonly conditions: Conditions | undefined;
  readonly waits: Waits;
  readonly #asyncTasks: AsyncTasks;
  readonly #points: PointTable;
  readonly #order: Order;
  readonly #before: number;
  /** When the current slice began. In an array, because storing a number in an object's field would allocate each time. */
  readonly #sliceBegan = new Float64Array(1);
  #stopped: StopReason | undefined;
  /** Whether no task is ready. */
  #isWaiting = false;

  constructor(
    readonly plan: PicksPlan | RingPlan,
    readonly number: number,
    readonly tasks: TaskColumns,
    { recorder, shared, throws, conditions, points, asyncTasks }: Stage,
  ) {
    const { waits } = asyncTasks;
    const canRun = (task: number) => tasks.canRun(task) && !waits.engine.isBlocked(task);
    this.waits = waits;
    this.#asyncTasks = asyncTasks;
    this.#points = points;
    this.#order = "ring" in plan ? new RingOrder(plan, waits.engine, canRun) : new PickedOrder(plan, waits.engine);
    this.recorder = recorder;
    this.shared = shared;
    this.throws = throws;
    this.conditions = conditions;
    this.#before = recorder.steps;
  }

  /** Executes the whole plan, or up to the step that ends it early. */
  async run(): Promise<Answer<"advance">> {
    this.waits.isAdvancing = true;
    this.#order.wake();
    while (this.#stopped === undefined) {
      const { plan } = this;
      if ("picks" in plan && !this.waits.isUsed) this.#runStretch(() => this.#stretch(plan));
      else await this.#waitingStretch();
      if (this.#stopped === undefined && !this.recorder.isEarly && !this.#isWaiting) this.recorder.handOver();
      else this.recorder.send();
      if (this.#isWaiting) await this.#wait();
    }
    if (this.waits.passage) await this.#catchUp(this.waits.passage);
    this.waits.isAdvancing = false;
    return { ran: this.#ran, stopped: this.#stopped as StopReason, ...this.conditions?.told };
  }

  get #ran(): number {
    return this.recorder.steps - this.#before;
  }

  #runStretch(stretch: () => void): void {
    this.shared.enter(this.recorder.steps, noTask);
    try {
      breakable(this.shared, stretch);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.#interrupted();
    } finally {
      this.shared.leave();
    }
  }

  /**
   * Makes as many steps as fit in one chunk. A single reading of the clock ends one slice and begins the next. An interrupt can end this
   * function anywhere, so state that is needed afterwards must not be kept in local variables.
   */
  #stretch({ picks, times }: PicksPlan): void {
    const { tasks, recorder, shared, number, conditions, waits } = this;
    const { output } = recorder;
    const { values, points } = tasks;
    const sliceBegan = this.#sliceBegan;
    const left = picks.length * times - this.#ran;
    const last = recorder.steps + Math.min(left, recorder.room);
    let clock = now();
    recorder.began = clock;
    const until = clock + longestStretch;
    let position = this.#ran % picks.length;
    for (let step = recorder.steps + 1; step <= last && clock < until && output.pending < mostPendingOutput; step += 1) {
      if (shared.isPaused(number)) {
        this.#stopped = "paused";
        return;
      }
      const id = picks[position] as number;
      position = position + 1 === picks.length ? 0 : position + 1;
      sliceBegan[0] = clock;
      shared.nextSlice(step, id);
      const event = slice(tasks, id);
      const end = now();
      const point = points[id] as number;
      const at = event === threw ? this.throws.tell(step, values[id]) : point;
      recorder.record(id, event, values[id], at, (end - clock) * 1000);
      const isQuick = end - clock < quickSlice;
      clock = end;
      if (!isQuick) {
        output.collect();
        clock = now();
      }
      if (event !== yielded) {
        this.#over(event, id);
        this.#rest(id, point, undefined);
        return;
      }
      const value = values[id];
      const news = typeof value === "object" && value !== null ? this.#served(id, value) : undefined;
      if (conditions?.mayHold(point) || news) {
        this.#rest(id, point, news);
        if (this.#stopped !== undefined) return;
        clock = now();
      }
      if (waits.isUsed) break;
    }
    if (this.#ran === picks.length * times) this.#stopped ??= "completed";
  }

  /** Like `#stretch`, once tasks have waited. The event loop turns first, since it may wake tasks. */
  #waitingStretch(): Promise<void> {
    return atNextTurn(() =>
      this.#runStretch(() => {
        this.waits.wakeDue(now());
        this.#order.wake();
        this.#steps();
      }),
    );
  }

  #steps(): void {
    const { tasks, recorder, shared, number, conditions, waits } = this;
    const { output } = recorder;
    const { values } = tasks;
    const { engine } = waits;
    const order = this.#order;
    const sliceBegan = this.#sliceBegan;
    const last = recorder.steps + Math.min(order.left(this.#ran), recorder.room);
    let clock = now();
    recorder.began = clock;
    const until = clock + longestStretch;
    for (let step = recorder.steps + 1; step <= last && clock < until && output.pending < mostPendingOutput; step += 1) {
      if (shared.isPaused(number)) {
        this.#stopped = "paused";
        return;
      }
      if (waits.wakeDue(clock)) clock = now();
      if (engine.woken.length > 0 && !order.wake()) {
        this.#stopped = "changed";
        return;
      }
      const id = order.next(this.#ran);
      if (id === nobody) {
        this.#isWaiting = true;
        return;
      }
      sliceBegan[0] = clock;
      shared.nextSlice(step, id);
      engine.rows.step = step;
      const event = sliceAfterWait(tasks, id, this.#asyncTasks, this.#points);
      const end = now();
      // A task that was spawned may have moved the column.
      const point = tasks.points[id] as number;
      const value = values[id];
      const at = event === threw ? this.throws.tell(step, value) : point;
      recorder.record(id, event, value, at, (end - clock) * 1000);
      const isQuick = end - clock < quickSlice;
      clock = end;
      if (!isQuick) output.collect();
      if (event !== yielded) this.#over(event, id);
      const isReady = event === yielded && this.#isReady(id, value);
      const ranMore = waits.runMicrotasks();
      const news = order.after(id, isReady);
      engine.rows.endSlice();
      this.#rest(id, point, news);
      if (this.#stopped !== undefined) return;
      if (!isQuick || conditions || ranMore) clock = now();
    }
    if (order.left(this.#ran) === 0) this.#stopped = "completed";
  }

  #isReady(id: number, value: unknown): boolean {
    const { waits } = this;
    if (typeof value !== "object" || value === null) return true;
    if (value === this.tasks.iterators[id]) return this.#asyncTasks.block(id);
    return waits.yielded(id, value);
  }

  /** Handles a yielded object, which may be a request. @returns why this ends the plan, if it does */
  #served(id: number, value: object): StopReason | undefined {
    const isReady = this.waits.yielded(id, value);
    if (!this.waits.isUsed) return undefined;
    const news = this.#order.after(id, isReady);
    this.waits.engine.rows.endSlice();
    return news;
  }

  /** Ends the plan if there is a reason. A deadlock takes precedence over a condition, and a condition over other changes by the step. */
  #rest(id: number, point: number, news: StopReason | undefined): void {
    if (news === "deadlock") this.#stopped = news;
    if (this.conditions?.mayHold(point)) this.#meets(this.conditions, id);
    this.#stopped ??= news;
  }

  /** Handles the end of a task: wakes the tasks that waited for it. */
  #over(event: number, id: number): void {
    const how = event === eventCode.returned ? "returned" : "threw";
    this.#stopped = how;
    this.waits.engine.rows.step = this.recorder.steps;
    this.waits.engine.ended(id, how, this.tasks.values[id]);
  }

  /** Called if no task is ready. Waits until one is, or until nothing is left that could wake a task. */
  async #wait(): Promise<void> {
    const { waits, shared, number } = this;
    this.#isWaiting = false;
    for (;;) {
      if (shared.isPaused(number)) {
        this.#stopped = "paused";
        return;
      }
      // With real time, this runs no user code, so it need not be interruptible.
      if (waits.passage) await atNextTurn(() => this.#runStretch(() => waits.wakeDue(now())));
      else await atNextTurn(() => waits.wakeDue(now()));
      if (this.#order.wake() || this.#stopped !== undefined) return;
      if (waits.passage?.canJump) {
        await this.#jump(waits.passage);
        continue;
      }
      const { untilDue } = waits;
      if (untilDue === Number.POSITIVE_INFINITY && !isAtWork()) {
        this.#stopped = "idle";
        return;
      }
      await waits.wakeup.wait(Math.min(untilDue, glanceEvery));
    }
  }

  /** Does what is due after the last step. Under virtual time, the boundaries of plans must not influence what happens. */
  async #catchUp(passage: Passage): Promise<void> {
    await atNextTurn(() => this.#runStretch(() => passage.catchUp()));
    if (this.#stopped === "completed" && this.waits.engine.woken.length > 0 && !this.#order.wake()) this.#stopped = "changed";
  }

  /** Called if no task is ready: moves virtual time ahead to the next due time. */
  async #jump(passage: Passage): Promise<void> {
    await atNextTurn(() => this.#runStretch(() => passage.jump()));
  }

  /** Evaluates conditions. Their expressions are user code that belongs to the step just recorded, and to no slice. */
  #meets(conditions: Conditions, id: number): void {
    this.#sliceBegan[0] = now();
    this.shared.nextSlice(this.recorder.steps, noTask);
    const meets = conditions.meet(id, this.tasks.points[id] as number, this.tasks.values[id]);
    if (meets) this.#stopped ??= "condition";
  }

  /** Records an interrupted step. The generator remains in the state "running" forever, so its task has ended. */
  #interrupted(): void {
    const millis = now() - (this.#sliceBegan[0] as number);
    const { task: id, step } = this.shared;
    if (step !== this.recorder.steps + 1) {
      this.#stopped ??= "interrupted";
      this.conditions?.cutShort(interruptedAfter(millis));
      return;
    }
    this.#stopped = "interrupted";
    const thrown = new InterruptedStep(millis);
    ended(this.tasks, id, thrown);
    this.waits.engine.rows.step = step;
    this.waits.engine.ended(id, "threw", thrown);
    this.recorder.record(id, threw, thrown, 0, millis * 1000);
  }
}

const { yielded, threw } = eventCode;
