/** The tasks of an observed program that wait, as rows of the wait log. Rows belong to the step that was recorded last. */
import type { WaitRecorder } from "../../../core/waiting/recorder";
import { type RowKind, rowKind } from "../../../core/waiting/rows";
import { isPending } from "../engine/inspector";
import { isPromise } from "../engine/intrinsics";
import { type Seen, Wait } from "./tasks";

/** Of more tasks that wait, the engine is not asked whether they are about to go on: each takes it a twentieth of a millisecond. */
const mostLooks = 1_000;

/** One thing that a task waits for. */
export interface Aim {
  readonly kind: RowKind;
  /** The number of a resource or a task; of a sleep, when it ends, in milliseconds. */
  readonly object: number;
}

export const anyPromise: Aim = { kind: rowKind.blockPromise, object: 0 };

export class BlockedTasks {
  /** By the number of the task. */
  readonly #waits = new Map<number, Wait>();

  /** @param steps gives the number of steps that were recorded */
  constructor(
    readonly recorder: WaitRecorder,
    readonly steps: () => number,
  ) {}

  /** The wait log, for rows of the last step. */
  get rows(): WaitRecorder {
    this.recorder.step = this.steps();
    return this.recorder;
  }

  /**
   * A task waits.
   *
   * @param group one of `groupKind`, if it waits for several
   * @param left how many of them have to be served
   */
  block(task: Seen, aims: readonly Aim[], group: number | undefined, left: number): Wait {
    const { rows } = this;
    const wait = new Wait(task, left);
    task.wait = wait;
    task.hasWaited = true;
    this.#waits.set(task.id, wait);
    if (group !== undefined) rows.add(rowKind.group, task.id, group);
    for (let at = 0; at < aims.length; at += 1) {
      const { kind, object } = aims[at] as Aim;
      if (kind === rowKind.blockSleep) rows.addNumber(kind, task.id, object);
      else rows.add(kind, task.id, object);
    }
    return wait;
  }

  /** A task goes on. */
  resumes(task: Seen): void {
    const { wait } = task;
    if (!wait) return;
    task.wait = undefined;
    if (!wait.isOver) this.#wakeOutside(wait);
  }

  /** What a task waits for has come. */
  wake(wait: Wait): void {
    wait.isOver = true;
    this.#waits.delete(wait.task);
    this.rows.add(rowKind.wake, wait.task, 0);
  }

  /** The program rests: who is about to go on waits no more. @param mayBeSettled whether it is not known that a promise is pending */
  look(mayBeSettled: (promise: object) => boolean): void {
    let looks = 0;
    for (const wait of this.#waits.values()) {
      const { value } = wait.observed.seen;
      if (!isPromise(value) || !mayBeSettled(value)) continue;
      if (looks === mostLooks) return;
      looks += 1;
      if (!isPending(value)) this.#wakeOutside(wait);
    }
  }

  /** It comes between two steps. */
  #wakeOutside(wait: Wait): void {
    const { rows } = this;
    rows.endSlice();
    rows.noteWhen();
    this.wake(wait);
  }
}
