/** The tasks of an observed program as they appear. */
import { mostTasks } from "../../../core/task";
import type { YieldPoint } from "../../../core/trace/trace";
import type { AsyncRun } from "../load/awaits/asyncRuns";
import type { PointTable } from "../load/pointMarks";
import type { Recorder } from "../process/recorder";
import type { Counting } from "./counting";
import { markSeen, ObservedTask, Seen } from "./tasks";

interface How {
  /** Whether it has begun earlier, as something else than a task. */
  readonly begun?: boolean;
  readonly isAsync?: boolean;
  /** The number of the task that has made it. */
  readonly parent?: number | undefined;
}

export class Appearing {
  #count = 0;

  /** @param appeared adds a task */
  constructor(
    readonly recorder: Recorder,
    readonly points: PointTable,
    readonly counting: Counting,
    readonly appeared: (task: ObservedTask, name: string) => void,
  ) {}

  /** Whether there can be no more tasks. */
  get isFull(): boolean {
    return this.#count >= mostTasks;
  }

  /** A generator becomes a task. */
  add(generator: object, name: string, point: YieldPoint | undefined, { begun, isAsync, parent }: How = {}): Seen {
    const { recorder } = this;
    const observed = new ObservedTask(this.#count, generator);
    const seen = new Seen(observed.id, observed, isAsync, this.counting.isTask(name, true));
    markSeen(generator, seen);
    this.#count += 1;
    this.appeared(observed, name);
    const told = { task: seen.id, name, call: `${name}(…)`, ...(point ? { point } : {}), ...(begun ? { begun } : {}) };
    // Another task has made it in the last step.
    const made = parent === undefined ? { step: recorder.steps + 1 } : { step: recorder.steps, parent };
    recorder.wire.say({ event: "spawned", ...made, ...told });
    return seen;
  }

  /** A call of an async function becomes one. */
  addCall({ generator, source, hasBegun, point }: AsyncRun): Seen {
    const at = hasBegun ? this.points.get(point) : source;
    return this.add(generator, source.function, at, { begun: hasBegun, isAsync: true });
  }
}
