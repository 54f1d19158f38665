/** The tasks of a program, by their numbers. */
import { TaskNames } from "../../../core/task";
import type { LoadedModule } from "../load/modules";
import { badRequest, RequestError } from "../values/failures";
import { compactObjects } from "./compactAllocation";
import type { PicksPlan } from "./order";
import { RunnerTask, type SeenTask, TaskColumns, taskState } from "./tasks";

/** From this number of tasks on, their objects do not fit in the processor's cache. */
const manyTasks = 1_000;

export class TaskTable {
  readonly all: (SeenTask | undefined)[] = [];
  readonly columns = new TaskColumns();
  /** For each task, the module that its call was evaluated in. */
  readonly #homes: LoadedModule[] = [];
  /** By the session's own rule. */
  readonly #names: string[] = [];
  readonly #unique = new TaskNames();
  /** The number of tasks added since objects were last moved together, and the step after which the last one was added. */
  #scattered = 0;
  #came = 0;

  /** Adds a task of a scheduled program. @param step the last step before */
  add(task: RunnerTask, home: LoadedModule, name: string, step: number): void {
    this.addSeen(task, name);
    this.#homes[task.id] = home;
    this.#scattered += 1;
    this.#came = step;
  }

  /** Adds a task, whoever resumes it. */
  addSeen(task: SeenTask, name: string): void {
    this.all[task.id] = task;
    this.#names[task.id] = this.#unique.unique(name);
  }

  nameOf(task: number): string {
    return this.#names[task] ?? `task ${task}`;
  }

  /** The module that a task's call was evaluated in. */
  homeOf(task: number): LoadedModule | undefined {
    return this.#homes[task];
  }

  /** @throws RequestError if there is no such task */
  known(id: number): SeenTask {
    const task = this.all[id];
    if (!task) throw new RequestError({ code: "unknown-task", message: `There is no task ${id}.` });
    return task;
  }

  /** The same of a task that can be resumed. */
  need(id: number): RunnerTask {
    const task = this.known(id);
    if (!(task instanceof RunnerTask)) throw badRequest("An observed program decides itself who runs.");
    if (task.state === taskState.over) throw new RequestError({ code: "unknown-task", message: `Task ${id} is over.` });
    return task;
  }

  /**
   * Moves the tasks' objects together if that pays: if at least as many steps come as tasks are scattered, over several plans.
   *
   * @param step the last step before the plan
   */
  async gatherFor({ picks, times }: PicksPlan, step: number): Promise<void> {
    const steps = step - this.#came + picks.length * times;
    if (this.#scattered < manyTasks || steps < this.#scattered) return;
    this.#scattered = 0;
    await compactObjects();
  }
}
