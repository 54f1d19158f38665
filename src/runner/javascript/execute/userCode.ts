/** Runs the user's code that belongs to no step: modules, calls, expressions. */
import { circleRemedy } from "../load/circles";
import { unexportedRemedy } from "../load/linking";
import { missingRemedy } from "../load/missing";
import { forgetThrow, throwPlace } from "../load/pointMarks";
import type { Recorder } from "../process/recorder";
import { noTask, type SharedState } from "../process/sharedState";
import { failureOf, RequestError, type UserFiles, userFrames } from "../values/failures";
import { breakable, Interrupted } from "./breakable";

/** What runs; a failure has its name as the code. */
type Kind = "load" | "call" | "evaluate";

export class UserCode {
  constructor(
    readonly recorder: Recorder,
    readonly shared: SharedState,
    readonly files: UserFiles,
  ) {}

  /**
   * Runs what the function gives, so that it can be interrupted.
   *
   * @throws RequestError if it fails
   */
  run<T>(kind: Kind, prepare: () => () => T): T {
    this.#enter();
    try {
      return breakable(this.shared, prepare());
    } catch (error) {
      throw this.failed(kind, error);
    } finally {
      this.shared.leave();
    }
  }

  /**
   * The same with the code of modules, which may `await`.
   *
   * @param failedIn the module in which an error was thrown, if known
   */
  async load<T>(load: () => Promise<T>, failedIn?: (error: unknown) => string | undefined): Promise<T> {
    this.#enter();
    try {
      return await breakable(this.shared, load);
    } catch (error) {
      throw this.failed("load", error, failedIn?.(error));
    } finally {
      this.shared.leave();
    }
  }

  /** The failure of a request, from what was thrown. @param failedIn the module in which the error was thrown, if known */
  failed(kind: Kind, error: unknown, failedIn?: string): RequestError {
    if (error instanceof RequestError) return error;
    if (error instanceof Interrupted) return new RequestError({ code: "interrupted", message: "Interrupted." });
    const isNoExpression = kind !== "load" && error instanceof SyntaxError && userFrames(error, this.files).length === 0;
    const remedy = isNoExpression
      ? "Write one JavaScript expression."
      : (missingRemedy(error) ?? unexportedRemedy(error) ?? circleRemedy(error));
    const place = throwPlace(error) ?? (failedIn === undefined ? undefined : { file: failedIn });
    return new RequestError(failureOf(kind, error, this.files, { remedy, place }));
  }

  #enter(): void {
    forgetThrow();
    this.shared.enter(this.recorder.steps, noTask);
  }
}
