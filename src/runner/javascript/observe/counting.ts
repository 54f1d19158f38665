/**
 * Which generators are tasks, where the user has decided that for their functions.
 */
import type { Decision, Decisions } from "../../../core/decisions";
import { create, hasOwn } from "../engine/intrinsics";
import type { Recorder } from "../process/recorder";

export class Counting {
  /** Whether some function counts even where its generators are iterated over. */
  readonly hasAlways: boolean;
  /** The functions that the session was told of. */
  readonly #told = create(null) as Record<string, true>;

  /** @param decided by the names of functions */
  constructor(
    readonly decided: Decisions,
    readonly recorder: Recorder,
  ) {
    this.hasAlways = Object.values(decided).includes("always");
  }

  /** Whether a generator of a function is a task. @param isIterated whether something iterates over it; otherwise a call resumes it */
  isTask(name: string, isIterated = false): boolean {
    const decision = this.#decisionOn(name);
    return decision === "always" || (!isIterated && decision === undefined);
  }

  /** Tells the session, once, of a function whose generators are iterated over. */
  tellIterated(name: string): void {
    if (name in this.#told || this.#decisionOn(name) !== undefined) return;
    this.#told[name] = true;
    this.recorder.wire.say({ event: "iterated", function: name });
  }

  #decisionOn(name: string): Decision | undefined {
    return hasOwn(this.decided, name) ? this.decided[name] : undefined;
  }
}
