/**
 * Why each step of a run went to its task. Reasons are computed from the picks. If that takes long, it is done in short pieces, and
 * the reason is shown when it is known.
 */
import { basename } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Policy } from "../../core/policies/policy";
import { Reasons } from "../../core/scheduler/reasons";
import { inTimeSlices } from "../common/timeSlices";
import type { RunRecord } from "../seen/runRecord";
import { isPolicyFile } from "./policies";

/** The number of steps that are applied at a time. */
const pieceSteps = 16_384;
/** The delay in milliseconds before a reason is computed. The computation is expensive, so everything else is shown first. */
const pictureMillis = 100;
/** The length of the pauses in milliseconds, which is also the length of the work between them. */
const restMillis = 5;
/** Why a task that has a process of its own has made a step, unless it was one that was asked for alone. */
const ranTogether = "its process ran at the same time as the others";
/** The maximum number of reasons kept. */
const mostKept = 4_096;

/** The data that reasons are computed from. None are computed while a plan is executed. */
type Explained = Pick<RunRecord, "scheduler" | "trace" | "waits" | "added" | "processes"> & { readonly isAdvancing?: boolean };

export class StepReasons {
  readonly #reasons: Reasons;
  readonly #known = new Map<number, string>();
  /** The step that was last reached. */
  #at = 0;
  #wanted: number | undefined;

  /**
   * @param policyFor creates a built-in policy in its initial state
   * @param found called when a requested reason has been computed
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

  /** The reason for a step, if it is known. */
  known(step: number): string | undefined {
    return this.#known.get(step);
  }

  /** The reason for a step. If it takes long to compute, undefined until `found` is called. A step that cannot be replayed has none. */
  of(step: number): string | undefined {
    const known = this.#known.get(step);
    if (known !== undefined) return known;
    const { processes, scheduler } = this.run;
    if (processes && step > (scheduler.followed ?? 0)) return ranTogether;
    if (step >= this.#at && step - this.#at <= pieceSteps) return this.#find(step);
    void this.#seek(step);
    return undefined;
  }

  /** Stores a reason that is known before the step is made. */
  note(step: number, why: string | undefined): void {
    if (why !== undefined) this.#keep(step, why);
  }

  async #seek(step: number): Promise<void> {
    const isUnderWay = this.#wanted !== undefined;
    this.#wanted = step;
    if (isUnderWay) return;
    await setTimeout(pictureMillis);
    await inTimeSlices(
      () => this.#piece(),
      Number.POSITIVE_INFINITY,
      () => restMillis,
    );
    const isFound = this.#wanted === this.#at;
    this.#wanted = undefined;
    if (!this.run.isAdvancing && isFound) this.found();
  }

  /** Does a piece of work. To go back, it starts from a stored copy of the policy's state. */
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
      return undefined; // steps are lost, unreadable, or inconsistent with the changes; this is reported elsewhere
    }
  }

  #keep(step: number, why: string): void {
    this.#known.set(step, why);
    if (this.#known.size > mostKept) this.#known.delete(this.#known.keys().next().value as number);
  }
}

/** A substitute for a policy file in a past step. The policy cannot be asked again, so its reasons are unknown. */
function answered(file: string): Policy {
  const name = basename(file);
  return { name, plan: () => ({ picks: [], times: 1 }), whyAhead: () => `picked by ${name}` };
}
