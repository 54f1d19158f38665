/**
 * Executes plans: the loop that resumes tasks, and the conditions that end it.
 */
import type { Taken } from "../../../protocol/requests";
import type { Answer, StopReason } from "../../../protocol/runner";
import { now } from "../engine/intrinsics";
import { forgetPoint, lastPoint } from "../load/pointMarks";
import { quickSlice } from "../process/output";
import { eventCode, type Recorder } from "../process/recorder";
import { noTask, type SharedState } from "../process/sharedState";
import { breakable, Interrupted } from "./breakable";
import type { Conditions } from "./conditions";
import { type Resume, type TaskColumns, taskState } from "./tasks";
import type { Throws } from "./throws";

/** A chunk is sent after this time, in milliseconds, even if it is not full: what has not been sent is lost when the process dies. */
const longestStretch = 5;
const mostPendingOutput = 1024 * 1024;

/** The recorded throw of a step that an interrupt cut short. */
export class InterruptedStep extends Error {
  constructor(millis: number) {
    super();
    this.name = interruptedAfter(millis);
  }
}

/** How the runner reports an interrupt. */
export function interruptedAfter(millis: number): string {
  return `Interrupted after ${(millis / 1000).toFixed(1)} s`;
}

/** A plan whose picks are known beforehand. */
export type PicksPlan = Extract<Taken<"advance">["plan"], { picks: unknown }>;

/** What steps are made in. */
export interface Stage {
  readonly recorder: Recorder;
  readonly shared: SharedState;
  readonly throws: Throws;
  readonly conditions: Conditions | undefined;
}

/** One execution of a plan. `number` counts the requests to advance from 1, so that a pause can tell them apart. */
export class Advance {
  readonly recorder: Recorder;
  readonly shared: SharedState;
  readonly throws: Throws;
  readonly conditions: Conditions | undefined;
  readonly #before: number;
  /** The time at which the slice that runs began. An array, since a number of an object is made anew for each store. */
  readonly #sliceBegan = new Float64Array(1);
  #stopped: StopReason | undefined;

  constructor(
    readonly plan: PicksPlan,
    readonly number: number,
    readonly tasks: TaskColumns,
    { recorder, shared, throws, conditions }: Stage,
  ) {
    this.recorder = recorder;
    this.shared = shared;
    this.throws = throws;
    this.conditions = conditions;
    this.#before = recorder.steps;
  }

  /** Runs the whole plan, or up to what stops it. */
  run(): Answer<"advance"> {
    while (this.#stopped === undefined) {
      this.#runStretch();
      if (this.#stopped === undefined && !this.recorder.isEarly) this.recorder.handOver();
      else this.recorder.send();
    }
    return { ran: this.#ran, stopped: this.#stopped, ...this.conditions?.told };
  }

  get #ran(): number {
    return this.recorder.steps - this.#before;
  }

  #runStretch(): void {
    this.shared.enter(this.recorder.steps, noTask);
    try {
      breakable(() => this.#stretch());
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.#interrupted();
    } finally {
      this.shared.leave();
    }
  }

  /**
   * As many steps as one chunk takes. One reading of the clock ends a slice and begins the next. An interrupt can end it
   * anywhere, so what must be known afterwards is in no local variable.
   */
  #stretch(): void {
    const { tasks, recorder, shared, number, conditions } = this;
    const { output } = recorder;
    const { values, points } = tasks;
    const { picks, times } = this.plan;
    const sliceBegan = this.#sliceBegan;
    const left = picks.length * times - this.#ran;
    const last = recorder.steps + Math.min(left, recorder.room);
    let clock = now();
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
        this.#stopped = event === eventCode.returned ? "returned" : "threw";
        if (conditions?.mayHold(point)) this.#meets(conditions, id);
        return;
      }
      if (conditions?.mayHold(point)) {
        if (this.#meets(conditions, id)) return;
        clock = now();
      }
    }
    if (this.#ran === picks.length * times) this.#stopped = "completed";
  }

  /** Expressions are user code that belongs to the step just recorded, and to no slice. */
  #meets(conditions: Conditions, id: number): boolean {
    this.#sliceBegan[0] = now();
    this.shared.nextSlice(this.recorder.steps, noTask);
    const meets = conditions.meet(id, this.tasks.points[id] as number, this.tasks.values[id]);
    if (meets) this.#stopped ??= "condition";
    return meets;
  }

  /** The interrupted generator stays "already running" forever: its task has ended. */
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
    this.recorder.record(id, threw, thrown, 0, millis * 1000);
  }
}

const { yielded, threw } = eventCode;

/** Resumes a task once and gives the code of how it came back. */
function slice(tasks: TaskColumns, id: number): number {
  forgetPoint();
  try {
    const result = (tasks.nexts[id] as Resume).call(tasks.iterators[id]);
    if (!result.done) {
      suspended(tasks, id, result.value);
      return yielded;
    }
    ended(tasks, id, result.value);
    return eventCode.returned;
  } catch (error) {
    ended(tasks, id, error);
    return eventCode.threw;
  }
}

/** Where no point was passed, it stands where it stood. */
export function suspended(tasks: TaskColumns, id: number, value: unknown): void {
  tasks.values[id] = value;
  tasks.states[id] = taskState.suspended;
  const point = lastPoint();
  if (point !== 0) tasks.points[id] = point;
}

/** The last result of a task is kept; it is suspended nowhere. */
export function ended(tasks: TaskColumns, id: number, value: unknown): void {
  tasks.values[id] = value;
  tasks.states[id] = taskState.over;
  tasks.points[id] = 0;
}
