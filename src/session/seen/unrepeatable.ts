/** What was called in a replay that gives something else each time: the first call of each task. */
import type { TaskId } from "../../core/task";
import type { UnrepeatableCall } from "../../protocol/runner";

export class UnrepeatableCalls {
  readonly #calls = new Map<TaskId, UnrepeatableCall>();

  add(call: UnrepeatableCall): void {
    this.#calls.set(call.task, call);
  }

  /** What a task has called by a step; undefined if it has called nothing of that kind. */
  by(task: TaskId, step: number): UnrepeatableCall | undefined {
    const call = this.#calls.get(task);
    return call && call.step <= step ? call : undefined;
  }
}
