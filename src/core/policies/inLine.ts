/**
 * The two rules that let one task run to its end: first come, first served (Silberschatz, Galvin and Gagne, Operating System
 * Concepts), and last come, first served (LCFS with preemption; Baskett, Chandy, Muntz and Palacios, Open, Closed, and Mixed
 * Networks of Queues, 1975).
 */
import type { Plan } from "../schedule/plan";
import type { Task, TaskId } from "../task";
import type { Policy } from "./policy";
import { type ReadyTasks, TaskQueue } from "./taskQueue";

/** Keeps the order in which tasks became ready. Running does not change it. A released task is added again. */
abstract class InLine implements Policy {
  abstract readonly name: string;
  protected readonly line: TaskQueue;

  constructor(line: Iterable<TaskId> = []) {
    this.line = new TaskQueue(line);
  }

  protected abstract get chosen(): TaskId | undefined;
  abstract why(): string;
  abstract copy(): Policy;

  plan(_ready: ReadyTasks, limit: number): Plan {
    return { picks: [this.chosen as TaskId], times: limit };
  }

  enter({ id }: Task): void {
    this.line.push(id);
  }

  leave({ id }: Task): void {
    this.line.remove(id);
  }
}

/** First come, first served: each task runs to its end, as in batch processing with a single worker. */
export class FirstCome extends InLine {
  readonly name = "fcfs";

  protected override get chosen(): TaskId | undefined {
    return this.line.head;
  }

  override why(): string {
    return "came first";
  }

  override copy(): Policy {
    return new FirstCome(this.line);
  }
}

/** Last in, first out: a new task runs at once, and the previous one continues when it ends, as on a call stack. */
export class LastIn extends InLine {
  readonly name = "lifo";

  protected override get chosen(): TaskId | undefined {
    return this.line.tail;
  }

  override why(): string {
    return "came last";
  }

  override copy(): Policy {
    return new LastIn(this.line);
  }
}
