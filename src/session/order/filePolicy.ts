/**
 * A policy from a user's file. Its function runs in a separate process, so it must be asked before it can plan.
 */
import { basename } from "node:path";
import type { Micros, Policy } from "../../core/policies/policy";
import type { ReadyTasks } from "../../core/policies/taskQueue";
import type { Plan } from "../../core/schedule/plan";
import type { Task, TaskId } from "../../core/task";
import type { PolicyQuestion } from "../../protocol/policy";
import type { LastStep, LastSteps } from "./lastSteps";
import type { PolicyFile } from "./policyFiles";
import { PolicyProcess } from "./policyProcess";

/** A task's history, as policies see it. */
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
  /** How many times a task was added or ended. */
  #turnover = 0;
  /** The picks of the policy's last answer that have not run yet. */
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

  /** Whether the policy must be asked before it can plan. */
  get isToBeAsked(): boolean {
    return this.#picks.length === 0 && this.#ready.size > 0 && !this.#refusal && !this.#isOver;
  }

  /**
   * Asks for the next picks. An error becomes the `refusal`. If the ready tasks changed in the meantime, the answer is ignored, because
   * it may name a task that is now held back.
   *
   * @param step the number of the next step
   * @param ready the ready tasks; the task that has waited longest comes first
   * @param lastSteps what each of them did last
   */
  async prepare(step: number, ready: readonly TaskId[], last: PolicyQuestion["last"], lastSteps: LastSteps): Promise<void> {
    const turnover = this.#turnover;
    this.#steps = step - 1;
    const tasks = ready.map((id) => this.#describe(id, lastSteps.of(id)));
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

  /** Discards the answer, which may be different now that there is another task. */
  enter(task: Task): void {
    this.#changeReady();
    this.#ready.add(task.id);
    const { steps = 0, micros = 0 } = this.#doings[task.id] ?? {};
    this.#doings[task.id] = { task, steps, micros, since: this.#steps };
  }

  /** Discards the answer, which may depend on the task that is gone. */
  leave(task: Task): void {
    this.#changeReady();
    this.#ready.delete(task.id);
  }

  /** Discards the answer if a task ran that the policy did not pick. */
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

  /** Ends the policy's process. */
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

  /** Describes a ready task. A policy that was chosen during a run does not know since when tasks that ran before are ready. */
  #describe(id: TaskId, { step, ...last }: LastStep): PolicyQuestion["ready"][number] {
    const { task, steps = 0, micros = 0, since = 0 } = this.#doings[id] ?? {};
    return { id, name: task?.name ?? "", call: task?.call ?? "", steps, micros, since: Math.max(since, step), ...last };
  }

  #take(picks: readonly TaskId[]): void {
    const wrong = picks.find((pick) => !this.#ready.has(pick));
    if (wrong === undefined) this.#picks = picks;
    else this.#refusal = this.#process.refuse(`The policy returned ${wrong}, but no task with this id is ready`);
  }
}
