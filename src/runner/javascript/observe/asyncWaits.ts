/** What the async functions of an observed program wait for. */
import { groupKind, rowKind } from "../../../core/waiting/rows";
import { append, isPromise } from "../engine/intrinsics";
import { taskState } from "../execute/tasks";
import { AsyncRun } from "../load/awaits/asyncRuns";
import { type Combination, Combined, meaningOf, Sleep } from "../load/awaits/awaitedPromises";
import { type Aim, anyPromise, type BlockedTasks } from "./blockedTasks";
import { type Seen, seenOf, type Wait } from "./tasks";

/** A wait for the end of a task. */
interface Join {
  readonly wait: Wait;
  /** Which part of `Promise.all` it is, from 0; undefined if it ends the wait. */
  readonly part: number | undefined;
  /** What it is a part of, if anything. */
  readonly how: Combination | undefined;
}

export class AsyncWaits {
  /** By the number of the task whose end is waited for. */
  readonly #joins = new Map<number, Join[]>();

  /** @param announce makes a task of a call that is suspended, unless it is one already; undefined if there can be no more */
  constructor(
    readonly blocked: BlockedTasks,
    readonly announce: (run: AsyncRun) => Seen | undefined,
  ) {}

  /** A task awaits a value. */
  suspended(task: Seen, value: unknown): void {
    if (!isPromise(value) || !mayBePending(value)) return;
    const meaning = meaningOf(value);
    const pending = meaning instanceof Combined ? meaning.parts.filter(mayBePending) : [];
    const how = meaning instanceof Combined && pending.length > 1 ? meaning.how : undefined;
    const isAll = how === "all" || how === "allSettled";
    // A call that becomes a task has rows of its own. They come first, since those of a group belong together.
    const aims = (pending.length > 0 ? pending : [value]).map((each) => this.#aim(each as object));
    const group = how && (isAll ? groupKind.all : groupKind.any);
    const wait = this.blocked.block(task, aims, group, isAll ? aims.length : 1);
    for (let at = 0; at < aims.length; at += 1) {
      const { kind, object } = aims[at] as Aim;
      if (kind === rowKind.blockJoin) this.#join(object, { wait, part: isAll ? at : undefined, how });
    }
  }

  /** A task has ended. @param value what it has returned, if it did */
  ended(task: Seen, hasThrown: boolean, value: unknown): void {
    const joins = this.#joins.get(task.id);
    if (!joins) return;
    this.#joins.delete(task.id);
    // Until a promise that it has returned is settled, its own is not.
    if (!hasThrown && isPromise(value)) return;
    const { rows } = this.blocked;
    for (const { wait, part, how } of joins) {
      // `Promise.any` waits on for one that does not throw.
      if (wait.isOver || (hasThrown && how === "any")) continue;
      if (part !== undefined) rows.add(rowKind.part, wait.task, part);
      wait.left -= 1;
      if (wait.left === 0 || (hasThrown && how === "all")) this.blocked.wake(wait);
    }
  }

  #aim(promise: object): Aim {
    const meaning = meaningOf(promise);
    if (meaning instanceof Sleep) return { kind: rowKind.blockSleep, object: meaning.due };
    const task = meaning instanceof AsyncRun ? this.announce(meaning) : undefined;
    return task ? { kind: rowKind.blockJoin, object: task.id } : anyPromise;
  }

  #join(task: number, join: Join): void {
    const joins = this.#joins.get(task);
    if (joins) append(joins, join);
    else this.#joins.set(task, [join]);
  }
}

/** Whether a value is a promise that is not known to be settled. */
function mayBePending(value: unknown): boolean {
  const task = isPromise(value) ? taskOf(value) : undefined;
  return task ? task.state !== taskState.over || isPromise(task.value) : isPromise(value);
}

/** Whether a promise is not known to be pending. */
export function mayBeSettled(promise: object): boolean {
  const task = taskOf(promise);
  return !task || task.state === taskState.over;
}

/** The task whose promise a promise is. */
function taskOf(promise: object): Seen | undefined {
  const call = meaningOf(promise);
  return call instanceof AsyncRun ? seenOf(call.generator) : undefined;
}
