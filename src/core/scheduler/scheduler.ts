/**
 * The one scheduler: it decides which task runs when, and never runs anything itself. A runner executes its plans; the
 * scheduler applies the results and plans again.
 */

import type { Micros, Policy } from "../policies/policy";
import { roundRobin } from "../policies/roundRobin";
import type { Change, NotedChange } from "../schedule/changes";
import { type Plan, pickAt, planLength, type RingPlan } from "../schedule/plan";
import { isOver, type Task, type TaskId, type TaskState } from "../task";
import { type StepEvent, stepEvents } from "../trace/trace";
import type { WaitRows } from "../waiting/rows";
import { type PickError, whyNotReady } from "./pickErrors";
import { Readiness } from "./readiness";
import type { ScheduleReplay } from "./replay";

/** The part of a plan that a runner executed: the first `ran` steps. The last of them ended with the event `last`. */
export interface Executed {
  readonly ran: number;
  readonly last?: StepEvent;
  /** The durations of the steps; if left out, all count as equally long. Read only by policies that need durations. */
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
    entered: (id: TaskId) => this.#policy.enter?.(this.#readiness.table.at(id)),
    left: (id: TaskId) => {
      if (this.#picked?.task === id) this.#picked = undefined;
      this.#policy.leave?.(this.#readiness.table.at(id));
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
  /** Whether somebody else decides who runs. */
  #isLeft = false;

  /** @param text the policy as users type it, with its parameters */
  constructor(policy: Policy = roundRobin, text = policy.name) {
    this.setPolicy(policy, text);
  }

  get tasks(): readonly Task[] {
    return this.#readiness.table.list;
  }

  /** The tasks that may run next; the task that has waited longest comes first. */
  get ready(): readonly TaskId[] {
    return this.#readiness.list;
  }

  /** Whether no task may run. Cheaper than reading `ready`. */
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

  /** Whether the next step requires that a task is woken first: no task is ready, or the schedule's next task is waiting. */
  get mustWait(): boolean {
    return this.isNextWaiting || (this.isIdle && this.waiting > 0 && !this.replay);
  }

  /** Whether the schedule's next task still waits for something. It may yet be woken. */
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

  /** The user's changes, in order. Together with the picks of the trace they are the complete schedule. */
  get changes(): readonly NotedChange[] {
    return this.#changes;
  }

  /** The number of steps applied. */
  get steps(): number {
    return this.#steps;
  }

  /** The last step that was picked by a schedule, 0 if there was no schedule. Schedules are followed from the first step on. */
  get followed(): number {
    return this.#followed;
  }

  /** The pick by hand for the next step, if there is one. */
  get picked(): { readonly task: TaskId; readonly send?: string } | undefined {
    return this.#picked;
  }

  /** The schedule that is being replayed, until its end. */
  get replay(): ScheduleReplay | undefined {
    return this.#replay?.isOver ? undefined : this.#replay;
  }

  /** Why nothing can be planned although tasks are ready: the schedule does not fit, or the policy refuses. */
  get refusal(): Error | undefined {
    if (this.#picked) return undefined;
    return this.replay ? this.replay.mismatch(this.#steps + 1, this.#obstacle) : this.#policy.refusal;
  }

  /** The task that the next step resumes, or undefined if nothing can be planned. */
  get next(): TaskId | undefined {
    return this.refusal || this.#isLeft ? undefined : this.plan(1)?.picks[0];
  }

  /** Why the next step goes to `next`, in words that follow the task's name. */
  get reason(): string | undefined {
    if (this.#picked) return "picked by hand";
    const { next } = this;
    return next === undefined ? undefined : this.reasonFor(next, this.replay !== undefined);
  }

  /**
   * Why a ready task would run now: in the policy's words if the policy picks it.
   *
   * @param isFollowing whether a schedule determines which task runs now
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
   * @param name the generator function's name; a number is appended if another task already has it
   * @param call the expression that created the generator
   * @param state `ready` if the user's code had already resumed the generator
   */
  add(name: string, call: string, state: "created" | "ready" = "created"): Task {
    const task = this.#readiness.table.add(name, call, state);
    this.#note({ kind: "add", call });
    this.#readiness.enter(task.id);
    return task;
  }

  /**
   * Adds a task that another task spawned in a step. It joins the ready queue when that step is applied.
   *
   * @param name as for `add`
   */
  addSpawned(step: number, name: string, call: string, state: "created" | "ready" = "created"): Task {
    const task = this.#readiness.table.add(name, call, state);
    this.#readiness.noteSpawned(step, task.id);
    return task;
  }

  /** Notes effects of requests. They are applied together with the steps of their rows. */
  noteWaits(rows: WaitRows): void {
    this.#readiness.noteWaits(rows);
  }

  /** The next step with a known effect of a request; Infinity if there is none. */
  get nextWait(): number {
    return this.#readiness.nextEffect;
  }

  /** Applies the effects of requests since the last step. */
  takeWaits(): void {
    this.#readiness.takeEffects(this.#steps);
  }

  /**
   * Changes the policy. The new policy starts from the tasks that are ready now, and does not see earlier steps.
   *
   * @param text the policy as users type it, with its parameters
   */
  setPolicy(policy: Policy, text = policy.name): void {
    this.#policy = policy;
    this.#policyText = text;
    this.#note({ kind: "policy", policy: text });
    for (const id of this.#readiness.queue) policy.enter?.(this.#readiness.table.at(id));
  }

  /** From now on somebody else decides who runs: there is no policy to speak of, and no change of the order to note. */
  leaveToOthers(): void {
    this.#isLeft = true;
    this.#changes.length = 0;
  }

  /** Plans by a schedule until its end; undefined stops following. The policy is informed of every step, and takes over afterwards. */
  follow(replay: ScheduleReplay | undefined): void {
    this.#replay = replay;
  }

  /**
   * Holds a task back: it is not ready until it is released. Must not be called while a plan is executed.
   *
   * @throws PickError if the task is not ready
   */
  hold(id: TaskId): void {
    this.#mustBeReady(id);
    this.#note({ kind: "hold", task: id });
    this.#readiness.table.hold(id);
    this.#readiness.leave(id);
  }

  /** Releases a task: it joins the ready queue at the tail. Does nothing if the task was not held back. */
  release(id: TaskId): void {
    if (!this.#readiness.table.release(id)) return;
    this.#note({ kind: "release", task: id });
    this.#readiness.enter(id);
  }

  /**
   * Picks the task of the next step by hand, instead of the policy.
   *
   * @param send an expression: the task is resumed with its value
   * @throws PickError if the task is not ready
   */
  pick(id: TaskId, send?: string): void {
    this.#mustBeReady(id);
    this.#picked = { kind: "pick", task: id, ...(send === undefined ? {} : { send }) };
  }

  /** Cancels the pick by hand, so that the policy picks the next step. */
  unpick(): void {
    this.#picked = undefined;
  }

  /**
   * The picks for the next steps. Undefined if no task is ready, or if the schedule has a change that must be made first. A pick by
   * hand is a plan of its own.
   *
   * @param limit the maximum number of steps wanted, at least 1
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
   * The next steps as a ring, once tasks have made requests: the runner can continue where a plan of picks would end. Undefined if
   * anything other than round-robin determines the next steps.
   *
   * @param limit the maximum number of steps wanted
   */
  planRing(limit: number): RingPlan | undefined {
    const { sawRequests, isWaitingHeld, list } = this.#readiness;
    if (!sawRequests || this.#policy !== roundRobin || this.#picked || this.replay) return undefined;
    // Only the scheduler knows which tasks are held back. If such a task were woken, the runner would run it.
    return isWaitingHeld ? undefined : { ring: list, steps: limit };
  }

  /**
   * The tasks that can go on at the same time, each in a process of its own; among them those that wait for something, which may come. Undefined
   * if a schedule or the user says who is next, or if somebody waits who must not go on when it comes.
   */
  get parallel(): readonly TaskId[] | undefined {
    if (this.#picked || this.replay || this.#readiness.isWaitingHeld) return undefined;
    return this.tasks.flatMap(({ id, state }) => (isOver(state) || this.#readiness.table.isHeld(id) ? [] : [id]));
  }

  /**
   * The picks that follow a plan, assuming that the whole plan runs and every task stays ready; undefined if they cannot be known. The
   * result may be sent while the plan runs. It is valid only if the whole plan was applied and nothing else changed.
   *
   * @param limit the maximum number of steps wanted, at least 1
   */
  planAfter(plan: Plan, limit: number): Plan | undefined {
    if (this.#picked || this.replay || this.#readiness.handedOver) return undefined;
    return this.#policy.planAfter?.(plan, limit, this.#readiness.queue);
  }

  /**
   * Applies the part of a plan that a runner executed. A runner stops at the first step that changes which tasks may run next, so
   * every step except the last one yielded and left its task ready.
   *
   * @throws RangeError if more steps ran than were planned
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
   * Applies steps of a ring plan, or of a program that decides itself who runs.
   *
   * @param tasks the tasks that ran, which are known only from the trace
   * @param events how each step ended: an index into `stepEvents`
   */
  applyRing(tasks: ArrayLike<TaskId>, events: ArrayLike<number>): void {
    this.#readiness.takeEffects(this.#steps);
    for (let index = 0; index < tasks.length; index += 1) {
      const id = tasks[index] as TaskId;
      this.#steps += 1;
      this.#readiness.ran(id);
      this.#readiness.takeEffects(this.#steps, id);
      const event = stepEvents[events[index] as number] as StepEvent;
      if (event !== "yielded") this.#readiness.settle(id, stateAfter[event]);
    }
  }

  /**
   * Applies a step outside of any plan: a task was thrown into or closed. It does not count as a pick of the policy.
   *
   * @param how the step, as part of the schedule
   */
  settle(id: TaskId, event: StepEvent, how: Change & { kind: "throw" | "close" } = { kind: "close", task: id }): void {
    this.#readiness.table.at(id);
    this.#readiness.takeEffects(this.#steps);
    this.#note(how);
    this.#steps += 1;
    this.#readiness.takeEffects(this.#steps, id);
    this.#readiness.settle(id, stateAfter[event]);
    // A task that was waiting, and continues in a `finally` block, is ready again.
    if (event === "yielded") this.#readiness.enter(id);
  }

  /** An independent copy, without the schedule that is followed and without the recorded changes. */
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

  /** Records a change. A policy that never picked is not recorded. */
  #note(change: Change): void {
    if (this.#isLeft) return;
    const latest = this.#changes.at(-1);
    if (change.kind === "policy" && latest?.change.kind === "policy" && latest.after === this.#steps) this.#changes.pop();
    this.#changes.push({ after: this.#steps, change });
  }
}
