/**
 * Why each step of a run went to its task. Reasons follow from the picks. Where computing one takes long, it is done in short
 * pieces and shown when it is known.
 */
import { basename } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Policy } from "../../core/policies/policy";
import { Reasons } from "../../core/scheduler/reasons";
import { inTimeSlices } from "../common/timeSlices";
import type { RunRecord } from "../seen/runRecord";
import { isPolicyFile } from "./policies";

/** Steps that are gone through at once. */
const pieceSteps = 16_384;
/** The delay in milliseconds before a reason is computed: everything else is shown first, since the computation takes the processor. */
const pictureMillis = 100;
/** The computation pauses for as long as it works. */
const restMillis = 5;
/** Reasons that are kept. */
const mostKept = 4_096;

/** What the reasons follow from; while a plan is executed, nobody looks for them. */
type Explained = Pick<RunRecord, "scheduler" | "trace" | "waits" | "added"> & { readonly isAdvancing?: boolean };

export class StepReasons {
  readonly #reasons: Reasons;
  readonly #known = new Map<number, string>();
  /** The step that was gone to last. */
  #at = 0;
  #wanted: number | undefined;

  /**
   * @param policyFor a policy of the core's in its first state
   * @param found called when a reason is known that was asked for
   */
  constructor(
    readonly run: Explained,
    policyFor: (text: string) => Policy,
    readonly found: () => void,
  ) {
    this.#reasons = new Reasons({
      scheduler: run.scheduler,
      chunkAt: (step) => run.trace.chunkAt(step),
      waitsFrom: (step) => run.waits.from(step),
      spawnedIn: (task) => (run.added[task]?.parent === undefined ? undefined : run.added[task]?.step),
      policyFor: (text) => (isPolicyFile(text) ? answered(text) : policyFor(text)),
    });
  }

  /** The reason of a step, where it is known. */
  known(step: number): string | undefined {
    return this.#known.get(step);
  }

  /** The reason of a step; where it takes long to find, undefined until it is `found`. What cannot be replayed has none. */
  of(step: number): string | undefined {
    const known = this.#known.get(step);
    if (known !== undefined) return known;
    if (step >= this.#at && step - this.#at <= pieceSteps) return this.#find(step);
    void this.#seek(step);
    return undefined;
  }

  /** Takes note of a reason that is known before the step is made. */
  note(step: number, why: string | undefined): void {
    if (why !== undefined) this.#keep(step, why);
  }

  async #seek(step: number): Promise<void> {
    const isUnderWay = this.#wanted !== undefined;
    this.#wanted = step;
    if (isUnderWay) return;
    await setTimeout(pictureMillis);
    await inTimeSlices(() => this.#piece(), Number.POSITIVE_INFINITY, restMillis);
    const isFound = this.#wanted === this.#at;
    this.#wanted = undefined;
    if (!this.run.isAdvancing && isFound) this.found();
  }

  /** Going back starts from a kept copy of the policy's state. */
  #piece(): boolean {
    if (this.run.isAdvancing) return false;
    const wanted = this.#wanted ?? 0;
    const isAhead = wanted >= this.#at;
    const next = isAhead ? this.#at + pieceSteps : wanted - (wanted % pieceSteps);
    return this.#find(Math.max(1, Math.min(wanted, next))) !== undefined && this.#at !== wanted;
  }

  #find(step: number): string | undefined {
    try {
      const why = this.#reasons.of(step);
      this.#at = step;
      this.#keep(step, why);
      return why;
    } catch {
      return undefined; // steps are lost, cannot be read, or are not what the changes lead to: told elsewhere
    }
  }

  #keep(step: number, why: string): void {
    this.#known.set(step, why);
    if (this.#known.size > mostKept) this.#known.delete(this.#known.keys().next().value as number);
  }
}

/** Stands for a policy in a file, which cannot be asked again: its answers are no longer known, only that there were some. */
function answered(file: string): Policy {
  const name = basename(file);
  return { name, plan: () => ({ picks: [], times: 1 }), whyAhead: () => `picked by ${name}` };
}
