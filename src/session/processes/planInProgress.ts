/**
 * A plan that several processes execute: which of them makes which steps, and why all of them come to rest.
 */
import type { TaskId } from "../../core/task";
import type { Condition } from "../../protocol/requests";
import type { Answer, StopReason } from "../../protocol/runner";
import type { TaskProcess } from "./taskProcess";

/** What the processes are to do at the same time. */
export interface AllAtOnce {
  /** The tasks that may run. */
  readonly tasks: readonly TaskId[];
  /** The maximum number of steps of all tasks; 0 only waits until one of them is woken. */
  readonly steps: number;
  readonly until: readonly Condition[];
  /** Whether all rest when a task returns or throws. */
  readonly restsAtEnd: boolean;
}

/** The reasons why all may rest, the weightiest last. Where only some have nothing to do, others can go on. */
const weights: readonly StopReason[] = [
  "idle",
  "completed",
  "paused",
  "changed",
  "returned",
  "deadlock",
  "threw",
  "condition",
  "interrupted",
];

/** While tasks make their steps one after the other, the interval in milliseconds at which those that wait are looked at. */
const glanceEvery = 50;

type Rests = Pick<Answer<"advance">, "stopped" | "condition">;

/** The last step of a task may meet a condition as well. */
function weightOf({ stopped, condition }: Rests): number {
  return Math.max(weights.indexOf(stopped), condition ? weights.indexOf("condition") : 0);
}

export class PlanInProgress {
  #isPausing = false;
  /** Why all rest, as far as it is known. */
  #rests: Rests | undefined;
  readonly #met: { readonly home: TaskProcess; readonly step: number }[] = [];

  constructor(readonly processes: readonly TaskProcess[]) {}

  /**
   * The answer, once the plan has been executed.
   *
   * @param ran the number of steps that all have made
   * @param numberOf the number in the trace of a process's own step, 0 if it has none
   */
  answer(ran: number, numberOf: (home: TaskProcess, step: number) => number): Answer<"advance"> {
    const noted = this.#met.reduce((most, { home, step }) => Math.max(most, numberOf(home, step)), 0);
    return { ran, ...(this.#rests ?? { stopped: "completed" }), ...(noted > 0 ? { noted } : {}) };
  }

  /** Lets all that run come to rest after their slices. */
  pause(): void {
    this.#isPausing = true;
    for (const home of this.processes) if (home.isOpen) home.pause();
  }

  /** Takes the answer of a process into account. */
  note(home: TaskProcess, { stopped, condition, noted }: Answer<"advance">): void {
    if (noted !== undefined) this.#met.push({ home, step: noted });
    if (this.#rests && weightOf({ stopped, condition }) <= weightOf(this.#rests)) return;
    this.#rests = { stopped, ...(condition ? { condition } : {}) };
  }

  /**
   * Lets tasks make their steps one after the other.
   *
   * @param picks the tasks, which are repeated
   * @param steps the number of steps
   * @param homeOf the process of a task
   * @param made called after each piece
   */
  async inTurn(
    picks: readonly TaskId[],
    steps: number,
    until: readonly Condition[],
    homeOf: (task: TaskId) => TaskProcess,
    made: () => void,
  ): Promise<void> {
    const pickAt = (at: number) => picks[at % picks.length] as TaskId;
    let next = performance.now() + glanceEvery;
    for (let at = 0; at < steps && !this.#isPausing; ) {
      const home = homeOf(pickAt(at));
      const own: number[] = [];
      for (; at < steps && homeOf(pickAt(at)) === home && own.length < picks.length; at += 1)
        own.push(home.tasks.indexOf(pickAt(at)));
      const answer = await home.inTurn(own, until);
      made();
      this.note(home, answer);
      if (answer.stopped !== "completed") return;
      if (at < steps && performance.now() < next) continue;
      const woken = await Promise.all(this.processes.map((each) => each.wake()));
      if (woken.includes(true)) return this.note(home, { ...answer, stopped: "changed" });
      next = performance.now() + glanceEvery;
    }
  }

  /** Lets tasks go on at the same time. */
  async together({ tasks, steps, until, restsAtEnd }: AllAtOnce): Promise<void> {
    const able = new Set(tasks);
    const homes = this.processes.filter(({ alive }) => alive.size > 0);
    let left = steps;
    const work = async (home: TaskProcess): Promise<void> => {
      const known = home.tasks.length;
      // A task that is spawned meanwhile runs as well.
      const mayRun = (own: number) => own >= known || able.has(home.tasks[own] as TaskId);
      while (left > 0 && home.alive.size > 0 && !this.#isPausing) {
        // Whoever is faster comes again sooner. The pieces become smaller, so that all are done at about the same time.
        const share = Math.max(1, Math.ceil(left / (2 * homes.length)));
        left -= share;
        const answer = await home.goOn([...home.alive].filter(mayRun), share, until);
        left += share - answer.ran;
        if (this.#rest(home, answer, restsAtEnd)) return;
      }
      // Others may wait, with steps that were left to them.
      if (left === 0) this.pause();
    };
    await Promise.all(homes.map(steps === 0 ? (home) => this.#wait(home) : work));
  }

  /** @returns whether the process has nothing left to do */
  #rest(home: TaskProcess, answer: Answer<"advance">, restsAtEnd: boolean): boolean {
    const { stopped } = answer;
    const isEnd = stopped === "returned" || stopped === "threw";
    const goesOn = isEnd ? !restsAtEnd && !answer.condition : stopped === "completed" || stopped === "changed";
    this.note(home, goesOn ? { ...answer, stopped: "completed" } : answer);
    if (goesOn) return false;
    const isStuck = stopped === "idle" || stopped === "deadlock";
    if (!isStuck) this.pause();
    return isStuck;
  }

  /** Waits until a task of the process is woken, or one of another process. */
  async #wait(home: TaskProcess): Promise<void> {
    const answer = await home.goOn([], 0);
    if (answer.stopped === "idle") return this.note(home, answer);
    this.note(home, { ...answer, stopped: "changed" });
    this.pause();
  }
}
