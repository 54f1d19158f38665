/**
 * What each task had done up to some step, in columns. With thousands of tasks, one object per task and segment would take longer
 * to create than everything else that is done with the steps.
 */

/** What one task had done by some step. */
export interface TaskTotals {
  readonly steps: number;
  readonly micros: number;
  /** The last step of the task, 0 if it never ran. */
  readonly lastStep: number;
}

/** Three columns one after the other: steps, microseconds, last step. */
export class Totals {
  static readonly none = new Totals(new Float64Array(0));
  /** The number of tasks in the columns. Tasks beyond that had not run. */
  readonly tasks: number;

  /** @param columns the three, of equal length */
  constructor(readonly columns: Float64Array) {
    this.tasks = columns.length / 3;
  }

  get steps(): Float64Array {
    return this.columns.subarray(0, this.tasks);
  }

  get micros(): Float64Array {
    return this.columns.subarray(this.tasks, 2 * this.tasks);
  }

  get lastSteps(): Float64Array {
    return this.columns.subarray(2 * this.tasks);
  }

  /** The last step of a task, 0 if it never ran. */
  lastStepOf(task: number): number {
    return task < this.tasks ? (this.columns[2 * this.tasks + task] as number) : 0;
  }

  /** A copy for a given number of tasks. */
  resized(tasks: number): Totals {
    const sized = new Totals(new Float64Array(3 * tasks));
    const kept = Math.min(tasks, this.tasks);
    sized.steps.set(this.steps.subarray(0, kept));
    sized.micros.set(this.micros.subarray(0, kept));
    sized.lastSteps.set(this.lastSteps.subarray(0, kept));
    return sized;
  }

  /** One object per task, for callers that need few of them. */
  list(): TaskTotals[] {
    const { steps, micros, lastSteps } = this;
    return Array.from(steps, (count, id) => ({
      steps: count,
      micros: micros[id] as number,
      lastStep: lastSteps[id] as number,
    }));
  }
}
