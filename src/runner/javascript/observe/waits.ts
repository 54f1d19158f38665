/** What the tasks of an observed program wait for, as far as it is known. */
import type { Waiting } from "../../../core/waiting/engine";
import { listed, type SuspendedFrame } from "../inspect/frames";
import type { AsyncRun } from "../load/awaits/asyncRuns";
import { eventCode } from "../process/recorder";
import { AsyncWaits, mayBeSettled } from "./asyncWaits";
import { BlockedTasks } from "./blockedTasks";
import { SagaWaits } from "./sagaWaits";
import type { ObservedTask, Seen } from "./tasks";

const { yielded, threw } = eventCode;

/** What it needs from the program. */
export interface Waiters {
  /** Keeps the wait log, and has the clock of the run. */
  readonly engine: Waiting<unknown>;
  /** The number of steps that were recorded. */
  steps(): number;
  /** Makes a task of a call that is suspended, unless it is one already; undefined if there can be no more. */
  announce(run: AsyncRun): Seen | undefined;
  framesOf(generator: object): SuspendedFrame[];
}

export class ProgramWaits {
  readonly #blocked: BlockedTasks;
  readonly #async: AsyncWaits;
  readonly #sagas: SagaWaits;

  constructor({ engine, steps, announce, framesOf }: Waiters) {
    this.#blocked = new BlockedTasks(engine.rows, steps);
    this.#async = new AsyncWaits(this.#blocked, announce);
    this.#sagas = new SagaWaits(this.#blocked, engine.resources, engine.host.now, (task, value) => {
      const [innermost] = framesOf((task.observed as ObservedTask).iterator).slice(-1);
      return innermost && [...listed(innermost.locals)].find(([, each]) => each === value)?.[0];
    });
  }

  /** A task goes on. @param given what it is resumed with */
  resumes(task: Seen, given: unknown): void {
    this.#blocked.resumes(task);
    if (!task.isAsync) this.#sagas.resumes(task, given);
  }

  /** The number of the task that has made a generator that begins; undefined if that is not known. */
  parentOf(generator: object): number | undefined {
    return this.#sagas.parentOf(generator);
  }

  /** A generator that begins is a task. */
  begins(generator: object, task: Seen): void {
    this.#sagas.begins(generator, task);
  }

  /** A step of a task was recorded, with its event and value. */
  stepped(task: Seen, event: number, value: unknown): void {
    if (!task.isAsync) {
      if (event === yielded && typeof value === "object" && value !== null) this.#sagas.yielded(task, value);
    } else if (event === yielded) this.#async.suspended(task, value);
    else this.#async.ended(task, event === threw, value);
  }

  /** A call has begun in the slice of another task, and awaits a value. */
  suspended(task: Seen, value: unknown): void {
    this.#async.suspended(task, value);
  }

  /** The program rests: who is about to go on waits no more. */
  look(): void {
    this.#blocked.look(mayBeSettled);
  }
}
