/**
 * The one scheduler: it decides who runs and in which order, and never runs anything itself. A runner executes its plans;
 * what came back is applied, and then it plans again.
 */
import type { Change, NotedChange } from "./changes";
import { whyNotReady } from "./pickErrors";
import type { Micros, Policy } from "./policies/policy";
import { roundRobin } from "./policies/roundRobin";
import { lastRuns, type Plan, pickAt, planLength } from "./schedule";
import { isOver, type Task, type TaskId, TaskNames, type TaskState } from "./task";
import { TaskQueue } from "./taskQueue";
import type { StepEvent } from "./trace";

/** What a runner did of a plan: the first `ran` steps, the last of which ended with `last`. */
export interface Executed {
  readonly ran: number;
  readonly last?: StepEvent;
  /** How long the steps took; left out, all count as equally long. Asked only by policies that need it. */
  readonly micros?: Micros;
}

const stateAfter: Record<StepEvent, TaskState> = {
  yielded: "ready",
  returned: "returned",
  threw: "threw",
  closed: "closed",
};

const equallyLong: Micros = () => 1;

export class Scheduler {
  readonly #tasks: Task[] = [];
  readonly #names = new TaskNames();
  readonly #ready = new TaskQueue();
  /** The tasks held back by the user, and the state to which each goes back. */
  readonly #held = new Map<TaskId, TaskState>();
  readonly #changes: NotedChange[] = [];
  #readyList: readonly TaskId[] | undefined = [];
  #picked: (Change & { kind: "pick" }) | undefined;
  #policy: Policy = roundRobin;
  #policyText = "";
  #steps = 0;

  /** @param text the policy as users type it, with its parameters */
  constructor(policy: Policy = roundRobin, text = policy.name) {
    this.setPolicy(policy, text);
  }

  get tasks(): readonly Task[] {
    return this.#tasks;
  }

  /** The tasks that may run next; the head is the one that waited longest. */
  get ready(): readonly TaskId[] {
    this.#readyList ??= [...this.#ready];
    return this.#readyList;
  }

  /** Whether no task may run. Cheaper than a look at the queue. */
  get isIdle(): boolean {
    return this.#ready.length === 0;
  }

  /** The tasks that the user holds back. */
  get held(): readonly TaskId[] {
    return [...this.#held.keys()];
  }

  get policy(): Policy {
    return this.#policy;
  }

  /** The policy as users type it. */
  get policyText(): string {
    return this.#policyText;
  }

  /** What the user did, in order: with the picks of the trace it is the whole schedule. */
  get changes(): readonly NotedChange[] {
    return this.#changes;
  }

  /** How many steps were applied. */
  get steps(): number {
    return this.#steps;
  }

  /** The task that the next step resumes, or undefined when none is ready or the policy refuses. */
  get next(): TaskId | undefined {
    return this.#policy.refusal && !this.#picked ? undefined : this.plan(1)?.picks[0];
  }

  /** What was picked by hand for the next step. */
  get picked(): { readonly task: TaskId; readonly send?: string } | undefined {
    return this.#picked;
  }

  /** Why the next step goes to the task it goes to, in the policy's words. */
  get reason(): string | undefined {
    if (this.#picked) return pickedByHand;
    return this.next === undefined ? undefined : (this.#policy.why?.() ?? `picked by ${this.#policy.name}`);
  }

  /**
   * Adds a task at the tail of the ready queue.
   *
   * @param name the generator function's name; a number is added where another task has it already
   * @param call the expression that made the generator
   */
  add(name: string, call: string): Task {
    const task: Task = { id: this.#tasks.length, name: this.#names.unique(name), call, state: "created" };
    this.#tasks.push(task);
    this.#note({ kind: "add", call });
    this.#enter(task);
    return task;
  }

  /**
   * Another policy picks from here on. It begins with the tasks that are ready now and what they do from now on.
   *
   * @param text the policy as users type it, with its parameters
   */
  setPolicy(policy: Policy, text = policy.name): void {
    this.#policy = policy;
    this.#policyText = text;
    this.#note({ kind: "policy", policy: text });
    for (const id of this.#ready) policy.enter?.(this.#task(id));
  }

  /**
   * Holds a task back: it is not ready until it is let go. Not while a plan is executed.
   *
   * @throws PickError when it is not ready
   */
  hold(id: TaskId): void {
    this.#mustBeReady(id);
    this.#note({ kind: "hold", task: id });
    this.#held.set(id, this.#task(id).state);
    this.#setState(id, "blocked");
    this.#leave(id);
  }

  /** Lets a task go that was held back: it joins the ready queue at its tail. Nothing happens where it was not held. */
  release(id: TaskId): void {
    const state = this.#held.get(id);
    if (state === undefined) return;
    this.#note({ kind: "release", task: id });
    this.#held.delete(id);
    this.#setState(id, state);
    this.#enter(this.#task(id));
  }

  /**
   * Picks the task of the next step by hand, out of the policy's order.
   *
   * @param send an expression: the task is resumed with its value
   * @throws PickError when it is not ready
   */
  pick(id: TaskId, send?: string): void {
    this.#mustBeReady(id);
    this.#picked = { kind: "pick", task: id, ...(send === undefined ? {} : { send }) };
  }

  /** The policy picks the next step after all. */
  unpick(): void {
    this.#picked = undefined;
  }

  /**
   * The picks for the next steps, or undefined when no task is ready. A pick by hand is a plan of its own.
   *
   * @param limit the most steps wanted, at least 1
   * @throws Error what the policy refuses with
   */
  plan(limit: number): Plan | undefined {
    if (this.#picked) return { picks: [this.#picked.task], times: 1 };
    if (this.isIdle) return undefined;
    if (this.#policy.refusal) throw this.#policy.refusal;
    return this.#policy.plan(this.#ready, limit);
  }

  /**
   * Takes in what a runner did of a plan. A runner stops at the first step that changes what may run next, so every step
   * but the last one yielded.
   *
   * @throws RangeError when more ran than was planned
   */
  apply(plan: Plan, { ran, last, micros = equallyLong }: Executed): void {
    if (ran > planLength(plan)) throw new RangeError(`${ran} steps ran of ${planLength(plan)} planned.`);
    if (ran === 0) return;
    if (this.#picked) this.#note(this.#picked);
    this.#picked = undefined;
    this.#steps += ran;
    this.#policy.ran?.(plan, ran);
    this.#policy.spent?.(plan, ran, micros);
    this.#requeue(plan, ran);
    if (last) this.#settle(pickAt(plan, ran - 1), last);
  }

  /**
   * Takes in a step outside of any plan: a task was thrown into or closed. It counts as no pick of the policy's.
   *
   * @param how what was done, as part of the schedule
   */
  settle(id: TaskId, event: StepEvent, how: Change & { kind: "throw" | "close" } = { kind: "close", task: id }): void {
    this.#task(id);
    this.#note(how);
    this.#steps += 1;
    if (this.#picked?.task === id && isOver(stateAfter[event])) this.#picked = undefined;
    this.#settle(id, event);
  }

  #settle(id: TaskId, event: StepEvent): void {
    const state = stateAfter[event];
    if (isOver(state)) {
      this.#setState(id, state);
      if (!this.#held.delete(id)) this.#leave(id);
    } else if (this.#held.has(id)) this.#held.set(id, state);
    else this.#setState(id, state);
  }

  /** Whoever ran goes to the tail, in the order of the last runs. */
  #requeue(plan: Plan, ran: number): void {
    for (const id of lastRuns(plan, ran, this.#ready.length)) {
      this.#ready.push(id);
      this.#setState(id, "ready");
    }
    this.#readyList = undefined;
  }

  #enter(task: Task): void {
    this.#ready.push(task.id);
    this.#readyList = undefined;
    this.#policy.enter?.(task);
  }

  #leave(id: TaskId): void {
    if (this.#picked?.task === id) this.#picked = undefined;
    if (!this.#ready.has(id)) return;
    this.#ready.remove(id);
    this.#readyList = undefined;
    this.#policy.leave?.(this.#task(id));
  }

  #mustBeReady(id: TaskId): void {
    if (!this.#ready.has(id)) throw whyNotReady(id, this.#tasks[id]);
  }

  /** A policy that never picked leaves no trace. */
  #note(change: Change): void {
    const latest = this.#changes.at(-1);
    if (change.kind === "policy" && latest?.change.kind === "policy" && latest.after === this.#steps) this.#changes.pop();
    this.#changes.push({ after: this.#steps, change });
  }

  #task(id: TaskId): Task {
    const task = this.#tasks[id];
    if (!task) throw new RangeError(`There is no task ${id}.`);
    return task;
  }

  #setState(id: TaskId, state: TaskState): void {
    const task = this.#task(id);
    if (task.state !== state) this.#tasks[id] = { ...task, state };
  }
}

/** Why a step went to a task that the policy would not have picked. */
export const pickedByHand = "picked by hand";
