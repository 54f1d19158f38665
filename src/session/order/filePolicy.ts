/**
 * A user's policy from a file. Its function runs in a process of its own, so it has to be asked before it can plan.
 */
import { basename } from "node:path";
import type { Micros, Policy } from "../../core/policies/policy";
import type { ReadyTasks } from "../../core/policies/taskQueue";
import type { Plan } from "../../core/schedule/plan";
import type { Task, TaskId } from "../../core/task";
import type { PolicyQuestion } from "../../protocol/policy";
import type { PolicyFile } from "./policyFiles";
import { PolicyProcess } from "./policyProcess";

/** What a task has done so far. */
interface Doings {
  readonly task: Task;
  steps: number;
  micros: number;
  since: number;
}

export class FilePolicy implements Policy {
  readonly name: string;
  readonly #process: PolicyProcess;
  readonly #doings: Doings[] = [];
  readonly #ready = new Set<TaskId>();
  /** How often a task was added or ended. */
  #turnover = 0;
  /** The part of its last answer that has not run yet. */
  #picks: readonly TaskId[] = [];
  #refusal: Error | undefined;
  #steps = 0;
  #isOver = false;

  constructor(readonly file: PolicyFile) {
    this.name = basename(file.path);
    this.#process = new PolicyProcess(file);
  }

  get refusal(): Error | undefined {
    return this.#refusal;
  }

  /** Whether it has to be asked before it can plan. */
  get isToBeAsked(): boolean {
    return this.#picks.length === 0 && this.#ready.size > 0 && !this.#refusal && !this.#isOver;
  }

  /**
   * Asks for the next picks. What goes wrong is the `refusal`; an answer that came too late counts for nothing, since a task that
   * it names may be held back by now.
   *
   * @param step the number of the step that comes next
   * @param ready who waited longest comes first
   */
  async prepare(step: number, ready: readonly TaskId[], last: PolicyQuestion["last"]): Promise<void> {
    const turnover = this.#turnover;
    const tasks = ready.map((id) => this.#describe(id));
    try {
      const picks = await this.#process.ask({ step, ready: tasks, ...(last ? { last } : {}) });
      if (turnover === this.#turnover) this.#take(picks);
    } catch (error) {
      if (!this.#isOver) this.#refusal = error as Error;
    }
  }

  plan(_ready: ReadyTasks, limit: number): Plan {
    return { picks: this.#picks.slice(0, limit), times: 1 };
  }

  why(): string {
    return `picked by ${this.name}`;
  }

  /** Its answer may be different now that there is one more task. */
  enter(task: Task): void {
    this.#changeReady();
    this.#ready.add(task.id);
    this.#doings[task.id] ??= { task, steps: 0, micros: 0, since: this.#steps };
  }

  /** Its answer may depend on a task that no longer exists. */
  leave(task: Task): void {
    this.#changeReady();
    this.#ready.delete(task.id);
  }

  /** After a pick that was not its own, it is asked again. */
  ran({ picks }: Plan, count: number): void {
    const isOwn = count <= this.#picks.length && count <= picks.length && this.#agrees(picks, count);
    this.#picks = isOwn ? this.#picks.slice(count) : [];
  }

  spent({ picks }: Plan, count: number, micros: Micros): void {
    for (let index = 0; index < count; index += 1) {
      this.#steps += 1;
      const doings = this.#doings[picks[index % picks.length] as TaskId];
      if (!doings) continue;
      doings.steps += 1;
      doings.micros += micros(index);
      doings.since = this.#steps;
    }
  }

  /** Ends its process. */
  end(): void {
    this.#isOver = true;
    this.#process.end();
  }

  #changeReady(): void {
    this.#picks = [];
    this.#turnover += 1;
  }

  #agrees(picks: readonly TaskId[], count: number): boolean {
    for (let index = 0; index < count; index += 1) if (picks[index] !== this.#picks[index]) return false;
    return true;
  }

  #describe(id: TaskId): PolicyQuestion["ready"][number] {
    const { task, steps = 0, micros = 0, since = 0 } = this.#doings[id] ?? {};
    return { id, name: task?.name ?? "", call: task?.call ?? "", steps, micros, since };
  }

  #take(picks: readonly TaskId[]): void {
    const wrong = picks.find((pick) => !this.#ready.has(pick));
    if (wrong === undefined) this.#picks = picks;
    else this.#refusal = this.#process.refuse(`The policy answered ${wrong}, and no task of this number is ready`);
  }
}
