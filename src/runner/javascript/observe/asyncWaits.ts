/**
 * What the async functions of an observed program wait for, as rows of the wait log. Rows belong to the step that was recorded last.
 */
import { types } from "node:util";
import type { WaitRecorder } from "../../../core/waiting/recorder";
import { groupKind, rowKind } from "../../../core/waiting/rows";
import { isPending } from "../engine/inspector";
import { append } from "../engine/intrinsics";
import { taskState } from "../execute/tasks";
import { AsyncRun } from "../load/awaits/asyncRuns";
import { type Combination, Combined, meaningOf, Sleep } from "../load/awaits/awaitedPromises";
import { type Seen, seenOf, Wait } from "./tasks";

const { isPromise } = types;

/** Of more tasks that wait, the engine is not asked whether they are about to go on: each takes it a twentieth of a millisecond. */
const mostLooks = 1_000;

/** A wait for the end of a task. */
interface Join {
  readonly wait: Wait;
  /** Which part of `Promise.all` it is, from 0; undefined if it ends the wait. */
  readonly part: number | undefined;
  /** What it is a part of, if anything. */
  readonly how: Combination | undefined;
}

/** What it needs from the program. */
export interface Program {
  readonly rows: WaitRecorder;
  /** The number of steps that were recorded. */
  steps(): number;
  /** Makes a task of a call that is suspended, unless it is one already; undefined if there can be no more. */
  announce(run: AsyncRun): Seen | undefined;
}

export class AsyncWaits {
  /** By the number of the task whose end is waited for. */
  readonly #joins = new Map<number, Join[]>();
  /** By the number of the task that waits. */
  readonly #blocked = new Map<number, Wait>();

  constructor(readonly program: Program) {}

  /** A task awaits a value. */
  suspended(task: Seen, value: unknown): void {
    if (!isPromise(value) || !mayBePending(value)) return;
    const meaning = meaningOf(value);
    const pending = meaning instanceof Combined ? meaning.parts.filter(mayBePending) : [];
    const parts = pending.length > 0 ? pending : [value];
    // A call that becomes a task has rows of its own. They come first, since those of a group belong together.
    const calls = parts.map((each) => this.#callOf(each));
    const how = meaning instanceof Combined && parts.length > 1 ? meaning.how : undefined;
    const isAll = how === "all" || how === "allSettled";
    const wait = new Wait(task, isAll ? parts.length : 1);
    task.wait = wait;
    this.#blocked.set(task.id, wait);
    const rows = this.#rows();
    if (how) rows.add(rowKind.group, task.id, isAll ? groupKind.all : groupKind.any);
    for (let at = 0; at < parts.length; at += 1) {
      this.#add(parts[at] as object, calls[at], { wait, part: isAll ? at : undefined, how });
    }
  }

  /** A task goes on. */
  resumes(task: Seen): void {
    const { wait } = task;
    if (!wait) return;
    task.wait = undefined;
    if (!wait.isOver) this.#wake(wait, this.#rowsOutside());
  }

  /** A task has ended. @param value what it has returned, if it did */
  ended(task: Seen, hasThrown: boolean, value: unknown): void {
    const joins = this.#joins.get(task.id);
    if (!joins) return;
    this.#joins.delete(task.id);
    // Until a promise that it has returned is settled, its own is not.
    if (!hasThrown && isPromise(value)) return;
    const rows = this.#rows();
    for (const { wait, part, how } of joins) {
      // `Promise.any` waits on for one that does not throw.
      if (wait.isOver || (hasThrown && how === "any")) continue;
      if (part !== undefined) rows.add(rowKind.part, wait.task, part);
      wait.left -= 1;
      if (wait.left === 0 || (hasThrown && how === "all")) this.#wake(wait, rows);
    }
  }

  /** The program rests: who is about to go on waits no more. */
  look(): void {
    let looks = 0;
    for (const wait of this.#blocked.values()) {
      if (looks === mostLooks) return;
      looks += 1;
      const { value } = wait.observed.seen;
      if (isPromise(value) && !isPending(value)) this.#wake(wait, this.#rowsOutside());
    }
  }

  #rows(): WaitRecorder {
    const { rows } = this.program;
    rows.step = this.program.steps();
    return rows;
  }

  /** The same for what happens between two steps. */
  #rowsOutside(): WaitRecorder {
    const rows = this.#rows();
    rows.endSlice();
    rows.noteWhen();
    return rows;
  }

  #wake(wait: Wait, rows: WaitRecorder): void {
    wait.isOver = true;
    this.#blocked.delete(wait.task);
    rows.add(rowKind.wake, wait.task, 0);
  }

  #callOf(value: unknown): Seen | undefined {
    const call = meaningOf(value as object);
    return call instanceof AsyncRun ? this.program.announce(call) : undefined;
  }

  #add(promise: object, call: Seen | undefined, join: Join): void {
    const { rows } = this.program;
    const { task } = join.wait;
    const meaning = meaningOf(promise);
    if (meaning instanceof Sleep) rows.addNumber(rowKind.blockSleep, task, meaning.due);
    else if (!call) rows.add(rowKind.blockPromise, task, 0);
    else {
      rows.add(rowKind.blockJoin, task, call.id);
      const joins = this.#joins.get(call.id);
      if (joins) append(joins, join);
      else this.#joins.set(call.id, [join]);
    }
  }
}

/** Whether a value is a promise that is not known to be settled. */
function mayBePending(value: unknown): boolean {
  if (!isPromise(value)) return false;
  const call = meaningOf(value);
  const task = call instanceof AsyncRun ? seenOf(call.generator) : undefined;
  return task?.state !== taskState.over || isPromise(task.value);
}
