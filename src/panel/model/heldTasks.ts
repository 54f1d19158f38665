/** The tasks of the latest view. Most views bring only those that have changed. */
import type { TaskRow, View, ViewMessage } from "../../protocol/panel";

export class HeldTasks {
  private held: TaskRow[] = [];
  private number = 0;

  /** The view of a message with all its tasks; undefined if the view before it is missing. */
  complete({ view, number = 0, of }: ViewMessage): View | undefined {
    if (of === undefined) this.held = view.tasks;
    else if (number !== this.number + 1) return undefined;
    else {
      const tasks: (TaskRow | undefined)[] = this.held.slice(0, of);
      for (const task of view.tasks) tasks[task.id] = task;
      const known = tasks.filter((task) => task !== undefined);
      if (tasks.length !== of || known.length !== of) return undefined;
      this.held = known;
    }
    this.number = number;
    return { ...view, tasks: this.held };
  }
}
