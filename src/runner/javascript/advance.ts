/**
 * Executes plans: the loop that resumes tasks, and what ends it.
 */
import type { Plan } from "../../core/schedule";
import type { Answer, StopReason } from "../../protocol/runner";
import { breakable, Interrupted } from "./breakable";
import type { Conditions } from "./conditions";
import { now } from "./intrinsics";
import { forgetPoint, lastPoint } from "./marks";
import { eventCode, type Recorder } from "./recorder";
import { noTask, type SharedState } from "./shared";
import type { RunnerTask } from "./tasks";

/** A chunk is sent after this time even where it is not full. */
const longestStretch = 50;
const mostPendingOutput = 1024 * 1024;

/** What a step that an interrupt cut short is recorded to have thrown. */
class InterruptedStep extends Error {
  constructor(millis: number) {
    super();
    this.name = interruptedAfter(millis);
  }
}

function interruptedAfter(millis: number): string {
  return `Interrupted after ${(millis / 1000).toFixed(1)} s`;
}

/** One execution of a plan. `number` counts the requests to advance from 1, so that a pause can tell them apart. */
export class Advance {
  #ran = 0;
  #stopped: StopReason | undefined;
  #inSlice = false;
  #sliceBegan = 0;

  constructor(
    readonly plan: Plan,
    readonly number: number,
    readonly tasks: readonly (RunnerTask | undefined)[],
    readonly recorder: Recorder,
    readonly shared: SharedState,
    readonly conditions: Conditions | undefined,
  ) {}

  /** Runs the whole plan, or up to what stops it. */
  run(): Answer<"advance"> {
    while (this.#stopped === undefined) {
      this.#runStretch();
      this.recorder.send();
      this.recorder.wire.flush();
    }
    const condition = this.conditions?.met;
    return { ran: this.#ran, stopped: this.#stopped, ...(condition ? { condition } : {}) };
  }

  #runStretch(): void {
    this.shared.enter(this.recorder.steps, -1);
    try {
      breakable(() => this.#stretch());
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.#interrupted();
    } finally {
      this.shared.leave();
    }
  }

  /** As many steps as one chunk takes. One reading of the clock ends a slice and begins the next. */
  #stretch(): void {
    const { tasks, recorder, shared, number, conditions } = this;
    const { picks, times } = this.plan;
    const total = picks.length * times;
    let clock = now();
    const until = clock + longestStretch;
    let position = this.#ran % picks.length;
    while (this.#stopped === undefined && clock < until && !recorder.isFull && recorder.output.pending < mostPendingOutput) {
      if (shared.isPaused(number)) {
        this.#stopped = "paused";
        return;
      }
      const id = picks[position] as number;
      position = position + 1 === picks.length ? 0 : position + 1;
      this.#sliceBegan = clock;
      shared.nextSlice(recorder.steps + 1, id);
      const task = tasks[id] as RunnerTask;
      const event = this.#slice(task);
      const end = now();
      this.#record(id, event, (end - clock) * 1000);
      clock = end;
      this.#stopped = stopAfter(event) ?? (this.#ran === total ? "completed" : undefined);
      if (conditions !== undefined && event === eventCode.yielded && conditions.mayHold(task.point)) {
        this.#check(conditions, id, task);
        clock = now();
      }
    }
  }

  /** Expressions are user code that belongs to the step just recorded, and to no slice. */
  #check(conditions: Conditions, id: number, task: RunnerTask): void {
    this.#sliceBegan = now();
    this.shared.nextSlice(this.recorder.steps, noTask);
    if (conditions.meet(id, task.point, task.value)) this.#stopped = "condition";
  }

  /** Resumes a task once and gives the code of how it came back. */
  #slice(task: RunnerTask): number {
    forgetPoint();
    this.#inSlice = true;
    try {
      const result = task.next.call(task.iterator);
      task.value = result.value;
      if (result.done) {
        task.state = "over";
        return eventCode.returned;
      }
      task.state = "suspended";
      const point = lastPoint();
      if (point !== 0) task.point = point;
      return eventCode.yielded;
    } catch (error) {
      task.value = error;
      task.state = "over";
      return eventCode.threw;
    }
  }

  #record(id: number, event: number, micros: number): void {
    const task = this.tasks[id] as RunnerTask;
    if (event !== eventCode.yielded) task.point = 0;
    this.recorder.record(id, event, task.value, task.point, micros);
    this.#inSlice = false;
    this.#ran += 1;
  }

  /** The generator that was cut short stays "already running" for good: its task is over. */
  #interrupted(): void {
    this.#stopped = "interrupted";
    const millis = now() - this.#sliceBegan;
    if (!this.#inSlice) {
      this.conditions?.cutShort(interruptedAfter(millis));
      return;
    }
    const { task: id } = this.shared;
    const task = this.tasks[id] as RunnerTask;
    task.value = new InterruptedStep(millis);
    task.state = "over";
    this.#record(id, eventCode.threw, millis * 1000);
  }
}

function stopAfter(event: number): StopReason | undefined {
  if (event === eventCode.yielded) return undefined;
  return event === eventCode.returned ? "returned" : "threw";
}

/** One step that is no plain resumption: `resume` throws into a task or closes it. */
export function resumeOnce(
  id: number,
  task: RunnerTask,
  recorder: Recorder,
  shared: SharedState,
  resume: () => SingleStep,
): StopReason {
  const began = now();
  shared.enter(recorder.steps + 1, id);
  forgetPoint();
  let step: SingleStep;
  try {
    step = breakable(resume);
  } catch (error) {
    step = { event: "threw", value: cutShort(error, now() - began) };
  } finally {
    shared.leave();
  }
  const point = lastPoint();
  if (step.event !== "yielded") Object.assign(task, { state: "over", point: 0 });
  else Object.assign(task, { state: "suspended", point: point === 0 ? task.point : point });
  task.value = step.value;
  recorder.record(id, eventCode[step.event], task.value, task.point, (now() - began) * 1000);
  recorder.send();
  if (step.event === "closed" || step.event === "yielded") return "completed";
  return step.value instanceof InterruptedStep ? "interrupted" : step.event;
}

/** How such a step ended. */
export interface SingleStep {
  readonly event: "yielded" | "returned" | "threw" | "closed";
  readonly value: unknown;
}

function cutShort(error: unknown, millis: number): unknown {
  return error instanceof Interrupted ? new InterruptedStep(millis) : error;
}
