/**
 * Steps that are not plain resumptions: a value is sent to a task, an exception is thrown into it, or it is closed.
 */
import type { Answer, StopReason } from "../../../protocol/runner";
import { now } from "../engine/intrinsics";
import type { SuspendedFrame } from "../inspect/frames";
import { progressOf } from "../inspect/progress";
import { forgetPoint } from "../load/pointMarks";
import { eventCode } from "../process/recorder";
import { noTask } from "../process/sharedState";
import { RequestError } from "../values/failures";
import { TaggedRequest } from "../values/requests";
import type { AsyncTasks, Resumption } from "../waiting/asyncTasks";
import { InterruptedStep, interruptedAfter, type Stage } from "./advance";
import { breakable, Interrupted } from "./breakable";
import { ended, suspended } from "./slice";
import { isAsync, methodOf, type Resume, type RunnerTask, taskState } from "./tasks";

/** The result of such a step. */
export interface SingleStep {
  readonly event: "yielded" | "returned" | "threw" | "closed";
  readonly value: unknown;
}

/** How a task is resumed in such a step. */
export interface ByHand {
  /** Whether its `yield` evaluates to a value. Otherwise it throws, or returns. */
  readonly sends: boolean;
  resume(): SingleStep;
}

/** Makes the step, and checks conditions. */
export function resumeOnce(task: RunnerTask, stage: Stage, byHand: ByHand): Answer<"close"> {
  const stopped = made(task, stage, byHand);
  const { engine } = stage.asyncTasks.waits;
  const news = engine.takeDeadlock() ? "deadlock" : engine.hasNews || engine.isBlocked(task.id) ? "changed" : undefined;
  const met = stopped === "interrupted" ? undefined : metAfter(task, stage);
  stage.recorder.send();
  const ends = news === "deadlock" ? news : stopped === "completed" ? (met ?? news ?? stopped) : stopped;
  return { ran: 1, stopped: ends, ...stage.conditions?.told };
}

function made(task: RunnerTask, { recorder, shared, throws, asyncTasks }: Stage, byHand: ByHand): StopReason {
  const { columns, id } = task;
  const { engine } = asyncTasks.waits;
  const began = now();
  recorder.began = began;
  shared.enter(recorder.steps + 1, id);
  forgetPoint();
  engine.rows.step = recorder.steps + 1;
  const last = columns.values[id];
  const request = typeof last === "object" && last !== null && TaggedRequest.isOne(last) ? last : undefined;
  if (byHand.sends || !request) engine.withdraw(id);
  else engine.abandon(id, request);
  let step: SingleStep;
  try {
    step = breakable(shared, () => byHand.resume());
  } catch (error) {
    step = { event: "threw", value: cutShort(error, now() - began) };
  } finally {
    shared.leave();
  }
  recorder.output.collect();
  if (step.event === "yielded") suspended(columns, id, step.value, isAsync(task.next) ? asyncTasks.pointOf(id) : undefined);
  else {
    ended(columns, id, step.value);
    engine.ended(id, step.event, step.value);
    asyncTasks.forget(id);
  }
  const micros = (now() - began) * 1000;
  const isThrown = step.event === "threw" && !(step.value instanceof InterruptedStep);
  const at = isThrown ? throws.tell(recorder.steps + 1, step.value) : (columns.points[id] as number);
  recorder.record(id, eventCode[step.event], step.value, at, micros);
  if (step.event === "yielded") serve(task, asyncTasks, step.value);
  if (step.event === "closed" || step.event === "yielded") return "completed";
  return step.value instanceof InterruptedStep ? "interrupted" : step.event;
}

function serve({ id, iterator }: RunnerTask, asyncTasks: AsyncTasks, value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (value === iterator) asyncTasks.block(id);
  else asyncTasks.waits.yielded(id, value);
}

/** Evaluates conditions. Their expressions are user code that belongs to the step just recorded. */
function metAfter({ id, point, value }: RunnerTask, { recorder, shared, conditions }: Stage): StopReason | undefined {
  if (!conditions?.mayHold(point)) return undefined;
  const began = now();
  shared.enter(recorder.steps, noTask);
  try {
    return breakable(shared, () => conditions.meet(id, point, value)) ? "condition" : undefined;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    conditions.cutShort(interruptedAfter(now() - began));
    return "interrupted";
  } finally {
    shared.leave();
  }
}

function cutShort(error: unknown, millis: number): unknown {
  return error instanceof Interrupted ? new InterruptedStep(millis) : error;
}

/** A step in which a task's `yield` evaluates to a value. */
export function sending(task: RunnerTask, asyncTasks: AsyncTasks, sent: unknown): ByHand {
  const resume = () => {
    asyncTasks.noteGiven(task.id, asyncTasks.waits.engine.rows.step, sent);
    return resumed(task, asyncTasks, task.next, sent);
  };
  return { sends: true, resume };
}

/** A step in which a task's `yield` throws. An iterator without a `throw` method passes the exception on. */
export function throwing(task: RunnerTask, asyncTasks: AsyncTasks, thrown: unknown): ByHand {
  const resume = () => {
    const method = methodOf(task, "throw");
    if (!method) throw thrown;
    return resumed(task, asyncTasks, method, thrown);
  };
  return { sends: false, resume };
}

/** A step that closes a task. Its cleanup code may yield instead. */
export function closing(task: RunnerTask, asyncTasks: AsyncTasks): ByHand {
  const resume = (): SingleStep => {
    const close = methodOf(task, "return");
    if (!close) return { event: "closed", value: undefined };
    asyncTasks.forget(task.id);
    const { event, value } = resumed(task, asyncTasks, close, undefined);
    return { event: event === "returned" ? "closed" : event, value };
  };
  return { sends: false, resume };
}

function resumed(task: RunnerTask, asyncTasks: AsyncTasks, method: Resume, argument: unknown): SingleStep {
  const { id, iterator, next } = task;
  if (isAsync(next)) return stepOf(asyncTasks.resume(id, iterator, method, argument));
  const { done, value } = method.call(iterator, argument);
  return { event: done ? "returned" : "yielded", value };
}

/** Converts a resumption to a step. Rethrows what an async generator threw. */
function stepOf({ event, value }: Resumption): SingleStep {
  if (event === "threw") throw value;
  return { event, value };
}

/**
 * Checks that a value can be sent. A generator that was never resumed would ignore it. The generator's actual state is checked, because
 * user code may have resumed it outside of the scheduler.
 *
 * @param frame returns the generator's own frame, if it is in the user's files
 * @throws RequestError
 */
export function mustTakeValues({ iterator, state }: RunnerTask, frame: () => SuspendedFrame | undefined): void {
  if (state !== taskState.created || progressOf(iterator, frame()) !== "created") return;
  const message = "The task was not resumed yet, so there is no yield that could give the value.";
  throw new RequestError({ code: "evaluate", message, remedy: "Let it run to its first yield, and send then." });
}
