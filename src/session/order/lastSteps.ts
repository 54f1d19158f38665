/**
 * The last step of each task: what it yielded there, and what it then waited for. Computed only when a policy is asked.
 */
import type { TaskId } from "../../core/task";
import type { Blocked, WaitPart } from "../../core/waiting/blockedColumns";
import { rowKind, waitKindOf } from "../../core/waiting/rows";
import type { ReadyTask, Waited } from "../../protocol/policy";
import type { RunRecord } from "../seen/runRecord";

export interface LastStep extends Pick<ReadyTask, "yielded" | "waited"> {
  /** 0 if the task never ran. */
  readonly step: number;
}

export class LastSteps {
  /** The last step of each task, up to step `#upTo`. */
  readonly #steps: number[] = [];
  #upTo = 0;
  readonly #known: LastStep[] = [];

  constructor(readonly run: Pick<RunRecord, "trace" | "waits" | "tasks">) {}

  of(task: TaskId): LastStep {
    this.#catchUp();
    const step = this.#steps[task] ?? 0;
    const known = this.#known[task];
    if (known?.step === step) return known;
    const last = step === 0 ? { step } : this.#describe(step, task);
    this.#known[task] = last;
    return last;
  }

  /** Reads the steps since the last call. At the first call, the trace's totals make reading the earlier steps unnecessary. */
  #catchUp(): void {
    const { trace, tasks } = this.run;
    if (this.#upTo === 0) {
      for (const [task, { lastStep }] of trace.totals(trace.length, tasks.length).entries()) this.#steps[task] = lastStep;
      this.#upTo = trace.length;
    }
    while (this.#upTo < trace.length) {
      const { first, task } = trace.chunkAt(this.#upTo + 1);
      const end = Math.min(trace.length, first + task.length - 1);
      for (let step = this.#upTo + 1; step <= end; step += 1) this.#steps[task[step - first] as TaskId] = step;
      this.#upTo = end;
    }
  }

  #describe(step: number, task: TaskId): LastStep {
    const blocked = this.run.waits.begunIn(step, task);
    const yielded = this.run.trace.at(step).value;
    return { step, yielded, ...(blocked ? { waited: this.#waited(blocked) } : {}) };
  }

  #waited({ how, parts, since }: Blocked): Waited {
    const [only] = parts;
    if (how === "one" && only) return { ...this.#part(only), since };
    return { kind: how === "all" ? how : "any", parts: parts.map((part) => this.#part(part)), since };
  }

  #part({ kind, object, due }: WaitPart) {
    return {
      kind: waitKindOf(kind),
      ...(kind <= rowKind.blockEvent ? { resource: this.run.waits.resources[object - 1]?.name ?? "" } : {}),
      ...(kind === rowKind.blockJoin ? { task: object } : {}),
      ...(kind === rowKind.blockSleep ? { due } : {}),
    };
  }
}
