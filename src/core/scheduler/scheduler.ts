/**
 * The one scheduler: it decides which task runs when, and never runs anything itself. A runner executes its plans; the
 * scheduler applies the results and plans again.
 */

import type { Micros, Policy } from "../policies/policy";
import { roundRobin } from "../policies/roundRobin";
import type { Change, NotedChange } from "../schedule/changes";
import { type Plan, pickAt, planLength, type RingPlan } from "../schedule/plan";
import type { Task, TaskId, TaskState } from "../task";
import type { StepEvent } from "../trace/trace";
import type { WaitRows } from "../waiting/rows";
import { type PickError, whyNotReady } from "./pickErrors";
import { Readiness } from "./readiness";
import type { ScheduleReplay } from "./replay";

/** The part of a plan that a runner executed: the first `ran` steps, the last of which ended with `last`. */
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
  readonly #listener = {
    entered: (task: Task) => this.#policy.enter?.(task),
    left: (task: Task) => {
      if (this.#picked?.task === task.id) this.#picked = undefined;
      this.#policy.leave?.(task);
    },
  };
  #readiness = new Readiness(this.#listener);
  readonly #changes: NotedChange[] = [];
  #picked: (Change & { kind: "pick" }) | undefined;
  #replay: ScheduleReplay | undefined;
  #policy: Policy = roundRobin;
  #policyText = "";
  #steps = 0;
  #followed = 0;

  /** @param text the policy as users type it, with its parameters */
  constructor(policy: Policy = roundRobin, text = policy.name) {
    this.setPolicy(policy, text);
  }

  get tasks(): readonly Task[] {
    return this.#readiness.table.list;
  }

  /** The tasks that may run next; the head is the one that waited longest. */
  get ready(): readonly TaskId[] {
    return this.#readiness.list;
  }

  /** Whether no task may run. Cheaper than a look at the queue. */
  get isIdle(): boolean {
    return this.#readiness.queue.length === 0;
  }

  /** The tasks that the user holds back. One of them may wait for something as well. */
  get held(): readonly TaskId[] {
    return this.#readiness.table.held;
  }

  /** How many tasks wait for something. */
  get waiting(): number {
    return this.#readiness.table.waiting;
  }

  /** Whether the next step has to wait for somebody to be woken: nobody else is ready, or a schedule goes on with a task that waits. */
  get mustWait(): boolean {
    return this.isNextWaiting || (this.isIdle && this.waiting > 0 && !this.replay);
  }

  /** Whether a schedule goes on with a task that still waits for something: it may yet be woken. */
  get isNextWaiting(): boolean {
    const next = this.#picked ? undefined : this.replay?.nextPick;
    return next !== undefined && this.#readiness.table.isWaiting(next);
  }

  get policy(): Policy {
    return this.#policy;
  }

  /** The policy as users type it, with its parameters. */
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

  /** The last step that a schedule picked; 0 where none was followed. A schedule is followed from the first step on. */
  get followed(): number {
    return this.#followed;
  }

  /** What was picked by hand for the next step. */
  get picked(): { readonly task: TaskId; readonly send?: string } | undefined {
    return this.#picked;
  }

  /** The schedule that is replayed, until it is over. */
  get replay(): ScheduleReplay | undefined {
    return this.#replay?.isOver ? undefined : this.#replay;
  }

  /** Why nothing can be planned though tasks are ready: the schedule does not fit here, or the policy refuses. */
  get refusal(): Error | undefined {
    if (this.#picked) return undefined;
    return this.replay ? this.replay.mismatch(this.#steps + 1, this.#obstacle) : this.#policy.refusal;
  }

  /** The task that the next step resumes, or undefined when nothing can be planned. */
  get next(): TaskId | undefined {
    return this.refusal ? undefined : this.plan(1)?.picks[0];
  }

  /** Why the next step goes to the task it goes to, in words. */
  get reason(): string | undefined {
    if (this.#picked) return "picked by hand";
    const { next } = this;
    return next === undefined ? undefined : this.reasonFor(next, this.replay !== undefined);
  }

  /**
   * Why a ready task would run now: in the policy's words where it is the policy's pick.
   *
   * @param isFollowing whether a schedule says who runs now
   */
  reasonFor(id: TaskId, isFollowing: boolean): string {
    const policy = this.#policy;
    const { handedOver, queue, table } = this.#readiness;
    if (handedOver?.to === id) return `${table.at(handedOver.by).name} handed over to it`;
    if (!policy.refusal && policy.plan(queue, 1).picks[0] === id) return policy.why?.() ?? `picked by ${policy.name}`;
    return (isFollowing ? undefined : policy.whyAhead?.()) ?? "as the schedule says";
  }

  /**
   * Adds a task at the tail of the ready queue.
   *
   * @param name the generator function's name; a number is added where another task has it already
   * @param call the expression that made the generator
   * @param state `ready` where the user's code resumed the generator already
   */
  add(name: string, call: string, state: "created" | "ready" = "created"): Task {
    const task = this.#readiness.table.add(name, call, state);
    this.#note({ kind: "add", call });
    this.#readiness.enter(task.id);
    return task;
  }

  /**
   * A task has spawned another in a step: it joins the ready queue as soon as the step is taken in.
   *
   * @param name as for `add`
   */
  addSpawned(step: number, name: string, call: string, state: "created" | "ready" = "created"): Task {
    const task = this.#readiness.table.add(name, call, state);
    this.#readiness.noteSpawned(step, task.id);
    return task;
  }

  /** Requests did something to the tasks: it counts as soon as the steps of the rows are taken in. */
  noteWaits(rows: WaitRows): void {
    this.#readiness.noteWaits(rows);
  }

  /** The next step of which it is known that requests did something in it; Infinity where there is none. */
  get nextWait(): number {
    return this.#readiness.nextEffect;
  }

  /** Takes in what requests did since the last step. */
  takeWaits(): void {
    this.#readiness.takeEffects(this.#steps);
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
    for (const id of this.#readiness.queue) policy.enter?.(this.#readiness.table.at(id));
  }

  /** Plans by a schedule until its end; undefined stops following it. The policy is told about every step, and continues afterwards. */
  follow(replay: ScheduleReplay | undefined): void {
    this.#replay = replay;
  }

  /**
   * Holds a task back: it is not ready until it is let go. Not while a plan is executed.
   *
   * @throws PickError when it is not ready
   */
  hold(id: TaskId): void {
    this.#mustBeReady(id);
    this.#note({ kind: "hold", task: id });
    this.#readiness.table.hold(id);
    this.#readiness.leave(id);
  }

  /** Releases a task that was held back: it joins the ready queue at its tail. Does nothing if it was not held back. */
  release(id: TaskId): void {
    if (!this.#readiness.table.release(id)) return;
    this.#note({ kind: "release", task: id });
    this.#readiness.enter(id);
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
   * The picks for the next steps, or undefined when no task is ready, or the schedule has a change that is to be made first. A
   * pick by hand is a plan of its own.
   *
   * @param limit the most steps wanted, at least 1
   * @throws Error the `refusal`
   */
  plan(limit: number): Plan | undefined {
    if (this.#picked) return { picks: [this.#picked.task], times: 1 };
    const { refusal, replay } = this;
    if (refusal && !(this.isIdle && !replay)) throw refusal;
    if (replay) return replay.plan(limit, this.#obstacle);
    const { handedOver, queue } = this.#readiness;
    if (handedOver) return { picks: [handedOver.to], times: 1 };
    return this.isIdle ? undefined : this.#policy.plan(queue, limit);
  }

  /**
   * The next steps as a ring, once tasks have made requests: the runner goes on where a plan of picks would end. Undefined where
   * they do not go by round-robin alone.
   *
   * @param limit the most steps wanted
   */
  planRing(limit: number): RingPlan | undefined {
    const { sawRequests, isWaitingHeld, list } = this.#readiness;
    if (!sawRequests || this.#policy !== roundRobin || this.#picked || this.replay) return undefined;
    // Only the scheduler knows who is held back: should such a task be woken, the runner would run it.
    return isWaitingHeld ? undefined : { ring: list, steps: limit };
  }

  /**
   * The picks after those of a plan, should all of these run and every task stay ready; undefined where nobody can tell. It may be
   * sent while the plan runs, but counts only where all of that was applied and nothing else was done.
   *
   * @param limit the most steps wanted, at least 1
   */
  planAfter(plan: Plan, limit: number): Plan | undefined {
    if (this.#picked || this.replay || this.#readiness.handedOver) return undefined;
    return this.#policy.planAfter?.(plan, limit, this.#readiness.queue);
  }

  /**
   * Takes in what a runner did of a plan. A runner stops at the first step that changes what may run next, so every step
   * but the last one yielded, and left who was ready.
   *
   * @throws RangeError when more ran than was planned
   */
  apply(plan: Plan, { ran, last, micros = equallyLong }: Executed): void {
    if (ran > planLength(plan)) throw new RangeError(`${ran} steps ran of ${planLength(plan)} planned.`);
    this.#readiness.takeEffects(this.#steps);
    if (ran === 0) return;
    const { replay } = this;
    if (this.#picked) this.#note(this.#picked);
    else replay?.ran(ran);
    this.#steps += ran;
    if (replay && !this.#picked) this.#followed = this.#steps;
    this.#picked = undefined;
    this.#policy.ran?.(plan, ran);
    this.#policy.spent?.(plan, ran, micros);
    this.#readiness.ranAll(plan, ran);
    const lastTask = pickAt(plan, ran - 1);
    this.#readiness.takeEffects(this.#steps, lastTask);
    if (last) this.#readiness.settle(lastTask, stateAfter[last]);
  }

  /**
   * Takes in steps of a ring plan: who ran, only the trace tells.
   *
   * @param last how the last one ended
   */
  applyRing(tasks: ArrayLike<TaskId>, last: StepEvent): void {
    this.#readiness.takeEffects(this.#steps);
    for (let index = 0; index < tasks.length; index += 1) {
      const id = tasks[index] as TaskId;
      this.#steps += 1;
      this.#readiness.ran(id);
      this.#readiness.takeEffects(this.#steps, id);
    }
    if (tasks.length > 0) this.#readiness.settle(tasks[tasks.length - 1] as TaskId, stateAfter[last]);
  }

  /**
   * Takes in a step outside of any plan: a task was thrown into or closed. It counts as no pick of the policy's.
   *
   * @param how what was done, as part of the schedule
   */
  settle(id: TaskId, event: StepEvent, how: Change & { kind: "throw" | "close" } = { kind: "close", task: id }): void {
    this.#readiness.table.at(id);
    this.#readiness.takeEffects(this.#steps);
    this.#note(how);
    this.#steps += 1;
    this.#readiness.takeEffects(this.#steps, id);
    this.#readiness.settle(id, stateAfter[event]);
    // A task that waited, and goes on in a `finally` block, is ready again.
    if (event === "yielded") this.#readiness.enter(id);
  }

  /** An independent copy, without the followed schedule and the notes so far. */
  copy(): Scheduler {
    const copy = new Scheduler();
    copy.#readiness = new Readiness(copy.#listener, this.#readiness);
    copy.#policy = this.#policy.copy?.() ?? this.#policy;
    copy.#policyText = this.#policyText;
    copy.#steps = this.#steps;
    return copy;
  }

  readonly #obstacle = (id: TaskId): PickError | undefined =>
    this.#readiness.queue.has(id) ? undefined : whyNotReady(id, this.tasks[id], this.#readiness.table.isWaiting(id));

  #mustBeReady(id: TaskId): void {
    const obstacle = this.#obstacle(id);
    if (obstacle) throw obstacle;
  }

  /** A policy that never picked leaves no trace. */
  #note(change: Change): void {
    const latest = this.#changes.at(-1);
    if (change.kind === "policy" && latest?.change.kind === "policy" && latest.after === this.#steps) this.#changes.pop();
    this.#changes.push({ after: this.#steps, change });
  }
}
