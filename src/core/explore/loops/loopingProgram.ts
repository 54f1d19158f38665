/**
 * A program whose orders end where they go round in a loop for ever.
 */
import type { TaskId } from "../../task";
import type { Program } from "../program";
import type { Touched } from "../touched";
import { type Loop, Loops } from "./loops";

/** A program whose state may be seen. */
export interface SeenProgram extends Program {
  /** The state as a text: equal texts mean that the same can come of it. Undefined if it cannot wholly be seen. */
  state(): string | undefined;
  /** The same for the policy. Undefined if anybody may run next. */
  policyState?(): string;
  /** The run goes round in a loop for ever, and is over. */
  endless(loop: Loop): void;
}

export class LoopingProgram implements Program {
  readonly #loops: Loops;
  ready: readonly TaskId[] = [];

  constructor(readonly program: SeenProgram) {
    this.#loops = new Loops(program.policyState ? "policy" : "fair");
  }

  /** The one that the order goes round in. */
  get loop(): Loop | undefined {
    return this.#loops.loop;
  }

  /** Whether any order came back to a state. */
  get hasReturned(): boolean {
    return this.#loops.hasReturned;
  }

  begin(): void {
    this.#loops.begin();
    this.program.begin();
    this.#come();
  }

  resume(task: TaskId): Touched | undefined {
    this.#loops.picked(task, this.program.ready.indexOf(task));
    const touched = this.program.resume(task);
    this.#come();
    return touched;
  }

  outcome(isCut: boolean): number {
    return this.program.outcome(isCut);
  }

  fingerprint(): number {
    return this.program.fingerprint();
  }

  #come(): void {
    const { program } = this;
    const { ready } = program;
    const state = ready.length === 0 ? undefined : program.state();
    const whole = state !== undefined && program.policyState ? `${program.policyState()}\n${state}` : state;
    this.ready = this.#loops.comesTo(whole, ready);
    if (this.#loops.loop) program.endless(this.#loops.loop);
  }
}
