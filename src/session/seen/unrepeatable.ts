/** The calls in a replay whose results are not repeatable: the first one of each task. */
import type { TaskId } from "../../core/task";
import type { UnrepeatableCall } from "../../protocol/runner";

export class UnrepeatableCalls {
  readonly #calls = new Map<TaskId, UnrepeatableCall>();

  add(call: UnrepeatableCall): void {
    this.#calls.set(call.task, call);
  }

  /** The first such call of a task up to a step; undefined if there was none. */
  by(task: TaskId, step: number): UnrepeatableCall | undefined {
    const call = this.#calls.get(task);
    return call && call.step <= step ? call : undefined;
  }
}
