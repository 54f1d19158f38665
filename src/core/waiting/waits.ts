/** Serves requests that wait: for one thing, or for `any` or `all` of several. */
import type { TaskId } from "../task";
import { type Attempts, outcome } from "./attempts";
import type { BlockedTasks } from "./blockedTasks";
import { Group } from "./combined";
import { operation, type WaitRequest } from "./request";
import { rowKind } from "./rows";

export class Waits<V> {
  constructor(
    readonly blocked: BlockedTasks<V>,
    readonly attempts: Attempts<V>,
  ) {}

  /** Serves a valid request at once, or blocks its task. @returns whether it is blocked */
  serve(task: TaskId, request: WaitRequest<V>): boolean {
    if (request.operation === operation.any) return this.#serveAny(task, request.parts ?? []);
    if (request.operation === operation.all) return this.#serveAll(task, request.parts ?? []);
    return this.#serveOne(task, request);
  }

  #serveOne(task: TaskId, request: WaitRequest<V>): boolean {
    const came = this.attempts.attempt(task, request);
    if (came === outcome.blocked) {
      this.blocked.block(task, request, this.attempts.queueOf(request));
      return true;
    }
    const { result } = this.attempts;
    if (came === outcome.failed) this.blocked.replies.fail(task, result);
    else this.#give(task, request, result);
    return false;
  }

  #serveAny(task: TaskId, parts: readonly WaitRequest<V>[]): boolean {
    for (const part of parts) part.owner = undefined;
    for (const [index, part] of parts.entries()) {
      const came = this.attempts.attempt(task, part);
      if (came === outcome.blocked) continue;
      const { result } = this.attempts;
      if (came === outcome.failed) this.blocked.replies.fail(task, result);
      else this.#give(task, part, this.blocked.host.pair(index, result));
      return false;
    }
    this.blocked.blockGroup(task, new Group(true, parts), (part) => this.attempts.queueOf(part));
    return true;
  }

  /** If a part fails at once, nothing is acquired or taken for the others. */
  #serveAll(task: TaskId, parts: readonly WaitRequest<V>[]): boolean {
    for (const part of parts) part.owner = undefined;
    const failing = parts.find((part) => this.attempts.fails(part));
    if (failing) {
      this.attempts.attempt(task, failing);
      this.blocked.replies.fail(task, this.attempts.result);
      return false;
    }
    const group = new Group(false, parts);
    // Repeated until nothing changes, because a put can serve a take that precedes it.
    for (let before = -1; before !== group.left; ) {
      before = group.left;
      this.#attemptParts(task, group);
    }
    if (group.left > 0) {
      this.blocked.blockGroup(task, group, (part) => this.attempts.queueOf(part));
      return true;
    }
    for (const part of parts) this.#noteHeld(task, part);
    this.blocked.replies.give(task, this.blocked.host.list(group.values));
    return false;
  }

  #attemptParts(task: TaskId, group: Group<V>): void {
    for (const [index, part] of group.parts.entries()) {
      if (group.isServed[index]) continue;
      if (this.attempts.attempt(task, part) === outcome.served) group.serve(index, this.attempts.result);
    }
  }

  #give(task: TaskId, request: WaitRequest<V>, value: V): void {
    this.#noteHeld(task, request);
    this.blocked.replies.give(task, value);
  }

  #noteHeld(task: TaskId, request: WaitRequest<V>): void {
    if (request.operation === operation.acquire) this.blocked.rows.add(rowKind.grant, task, request.object);
  }
}
