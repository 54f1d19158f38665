/**
 * Errors meant for the user: each says what happened, where, and what to do.
 */
import type { Failure } from "../../protocol/runner";

/** What went wrong, in words for the user, and a remedy. */
export class UserError extends Error {
  override readonly name: string = "UserError";

  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The message and the remedy in one line. Error messages of a runtime have no full stop at the end, so it is added. */
  get advice(): string {
    return `${this.message}${/[.!?]$/.test(this.message) ? "" : "."} ${this.remedy}`;
  }
}

/** The requested interpreter does not exist or does not start. */
export class RuntimeNotFoundError extends UserError {
  override readonly name = "RuntimeNotFoundError";
}

/** The interpreter is too old to run tasks. */
export class RuntimeTooOldError extends UserError {
  override readonly name = "RuntimeTooOldError";
}

/** Whether another interpreter would help, which a setting names. */
export function isOfRuntime(error: unknown): boolean {
  return error instanceof RuntimeNotFoundError || error instanceof RuntimeTooOldError;
}

/** The process with the user's code has ended, or it uses another version of the protocol. */
export class RunnerFailedError extends UserError {
  override readonly name = "RunnerFailedError";
}

/** The user stopped the action, or started another one. There is nothing to report. */
export class StoppedError extends UserError {
  override readonly name = "StoppedError";
}

/** The user's code or input caused an error; `failure` has the location. */
export class UserCodeError extends UserError {
  override readonly name: string = "UserCodeError";

  constructor(readonly failure: Failure) {
    super(failure.message, failure.remedy ?? "Correct the code and run it again.");
  }
}

/** The maximum length of a call when it is quoted in an error. */
const mostCall = 200;

/** A call did not create a task; `failure` says why. */
export class CallError extends UserCodeError {
  /** The runtime's own message, without the call. */
  readonly reason: string;

  constructor(
    readonly call: string,
    failure: Failure,
  ) {
    const shown = call.length > mostCall ? `${call.slice(0, mostCall)}…` : call;
    const subject = "The call ";
    const what = failure.message.startsWith(subject) ? failure.message.slice(subject.length) : `fails: ${failure.message}`;
    const where = failure.file === undefined ? "Correct the call." : "Correct the code at that place, or the call.";
    super({ ...failure, message: `${subject}${shown} ${what}`, remedy: failure.remedy ?? where });
    this.reason = failure.message;
  }
}

/** A call that should have created a task of a session did not. */
export class CallFailedError extends UserCodeError {
  override readonly name = "CallFailedError";

  /** @param index the index of the call among the calls of the session */
  constructor(
    failure: Failure,
    readonly call: string,
    readonly index: number,
    /** The runtime's own message, without the call. */
    readonly reason = failure.message,
  ) {
    super(failure);
  }

  /**
   * Returns a rejection handler that converts the error of such a call. It rethrows other errors unchanged.
   *
   * @param written where the call is written: the place of what no code is to blame for
   */
  static of(call: string, index: number, written?: Pick<Failure, "file" | "line" | "column">): (error: Error) => never {
    return (error) => {
      if (!(error instanceof UserCodeError)) throw error;
      const { failure } = error;
      const placed = failure.file === undefined ? { ...failure, ...written } : failure;
      throw new CallFailedError(placed, call, index, error instanceof CallError ? error.reason : undefined);
    };
  }
}

/** A policy, a schedule or a pick by hand is not possible. */
export class OrderError extends UserError {
  override readonly name = "OrderError";
}

/** A step that a schedule prescribes failed. The original error is the cause, and its remedy is used. */
export class ScheduleStepError extends UserError {
  override readonly name = "ScheduleStepError";
  /** The piece of the schedule, with the message of the original error. */
  readonly problem: string;

  /**
   * @param step the number of the step, counted from 1
   * @param what the piece of the schedule that failed
   */
  constructor(
    readonly step: number,
    what: string,
    cause: Error & { readonly remedy: string },
  ) {
    const problem = `${what}: ${cause instanceof CallError || cause instanceof CallFailedError ? cause.reason : cause.message}`;
    super(`The schedule does not fit at step ${step}: ${problem}`, cause.remedy, { cause });
    this.problem = problem;
  }
}

/** The action is not possible in the current state of the session. */
export class SessionStateError extends UserError {
  override readonly name = "SessionStateError";
}

/** A text for anything that was thrown, for use where only one line can be shown. */
export function adviceOf(error: unknown): string {
  if (error instanceof UserError) return error.advice;
  return error instanceof Error ? error.message : String(error);
}
