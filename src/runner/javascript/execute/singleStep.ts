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
import { ended, InterruptedStep, interruptedAfter, type Stage, suspended } from "./advance";
import { breakable, Interrupted } from "./breakable";
import { methodOf, type RunnerTask, taskState } from "./tasks";

/** The result of such a step. */
export interface SingleStep {
  readonly event: "yielded" | "returned" | "threw" | "closed";
  readonly value: unknown;
}

/** Makes the step, and checks conditions. */
export function resumeOnce(task: RunnerTask, stage: Stage, resume: () => SingleStep): Answer<"close"> {
  const stopped = made(task, stage, resume);
  const rests = stopped === "interrupted" ? undefined : metAfter(task, stage);
  stage.recorder.send();
  return { ran: 1, stopped: stopped === "completed" && rests ? rests : stopped, ...stage.conditions?.told };
}

function made({ columns, id }: RunnerTask, { recorder, shared, throws }: Stage, resume: () => SingleStep): StopReason {
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
  recorder.output.collect();
  if (step.event === "yielded") suspended(columns, id, step.value);
  else ended(columns, id, step.value);
  const micros = (now() - began) * 1000;
  const isThrown = step.event === "threw" && !(step.value instanceof InterruptedStep);
  const at = isThrown ? throws.tell(recorder.steps + 1, step.value) : (columns.points[id] as number);
  recorder.record(id, eventCode[step.event], step.value, at, micros);
  if (step.event === "closed" || step.event === "yielded") return "completed";
  return step.value instanceof InterruptedStep ? "interrupted" : step.event;
}

/** Evaluates conditions. Their expressions are user code that belongs to the step just recorded. */
function metAfter({ id, point, value }: RunnerTask, { recorder, shared, conditions }: Stage): StopReason | undefined {
  if (!conditions?.mayHold(point)) return undefined;
  const began = now();
  shared.enter(recorder.steps, noTask);
  try {
    return breakable(() => conditions.meet(id, point, value)) ? "condition" : undefined;
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
export function sending(task: RunnerTask, sent: unknown): () => SingleStep {
  return () => {
    const { done, value } = task.next.call(task.iterator, sent);
    return { event: done ? "returned" : "yielded", value };
  };
}

/** A step in which a task's `yield` throws. An iterator without a `throw` method passes the exception on. */
export function throwing(task: RunnerTask, thrown: unknown): () => SingleStep {
  return () => {
    const resume = methodOf(task, "throw");
    if (!resume) throw thrown;
    const { done, value } = resume.call(task.iterator, thrown);
    return { event: done ? "returned" : "yielded", value };
  };
}

/** A step that closes a task. Its cleanup code may yield instead. */
export function closing(task: RunnerTask): () => SingleStep {
  return () => {
    const result = methodOf(task, "return")?.call(task.iterator);
    return result && !result.done ? { event: "yielded", value: result.value } : { event: "closed", value: result?.value };
  };
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
