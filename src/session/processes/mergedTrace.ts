/**
 * The one trace of several processes: passes their steps on in the order in which they ended, on one axis of time.
 */
import type { StepChunk } from "../../core/trace/trace";
import { takenUntil } from "./stepOrder";
import { clock, type TaskProcess } from "./taskProcess";

/** The maximum time in milliseconds for which steps are kept back, because a process that runs may have made earlier ones. */
const longestDelay = 100;
/** The difference in microseconds from which on the clock of a process is not that of this one. */
const otherClock = 1_000_000;

export class MergedTrace {
  /** The number of the last step. */
  length = 0;
  /** The process that made it. */
  latest: TaskProcess | undefined;
  /** When the current plan began: by the machine's clock, and on the axis of time, which excludes all times of rest. */
  #plan = { clock: 0, time: 0 };
  /** The end of the last step, on the axis of time. */
  #end = 0;
  #later: NodeJS.Timeout | undefined;
  /** By process: the numbers in the trace of the steps of the current plan, by its own numbers. */
  #numbers: Map<TaskProcess, Map<number, number>> | undefined;

  /** @param steps takes what is passed on */
  constructor(
    readonly processes: readonly TaskProcess[],
    readonly steps: (chunk: StepChunk) => void,
  ) {}

  /** When the current plan began, in microseconds on the axis of time. */
  get planned(): number {
    return this.#plan.time;
  }

  /** Must be called when a plan begins. @param isAsked whether `numberOf` will be asked for its steps */
  begin(isAsked: boolean): void {
    this.#plan = { clock: clock(), time: this.#end };
    this.#numbers = isAsked ? new Map() : undefined;
  }

  /** The number of a process's own step of the current plan, 0 if it has none. */
  numberOf(process: TaskProcess, step: number): number {
    return this.#numbers?.get(process)?.get(step) ?? 0;
  }

  /** How far the run has come on the axis of time, in microseconds, at a time of the machine's clock. */
  timeOf(time: number): number {
    const since = time - this.#plan.clock;
    const isOther = since < -otherClock || time > clock() + otherClock;
    return this.#plan.time + (isOther ? clock() - this.#plan.clock : Math.max(0, since));
  }

  /** Passes steps on that have arrived, as far as no process can have made earlier ones; and the others soon. */
  arrived(): void {
    const open = this.processes.filter(({ isOpen }) => isOpen);
    if (open.length === 0) return;
    this.#pass(Math.min(...open.map(({ pending }) => Math.max(this.#plan.time, pending.ended))));
    if (this.processes.every(({ pending }) => pending.length === 0)) return;
    this.#later ??= setTimeout(() => this.passAll(), longestDelay).unref();
  }

  /** Passes all steps on that have arrived, and what happened after them. */
  passAll(): void {
    this.#pass(Number.POSITIVE_INFINITY);
    for (const { pending } of this.processes) pending.tellUntil(pending.taken, this.length);
  }

  /** Nothing is passed on any more unless it is asked for. */
  stop(): void {
    clearTimeout(this.#later);
  }

  #pass(time: number): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    for (;;) {
      const chunk = takenUntil(this.processes, time, this.length + 1, (process, number) => this.#took(process, number));
      if (!chunk) return;
      const last = chunk.task.length - 1;
      this.#end = Math.max(this.#end, (chunk.began?.[last] ?? 0) + (chunk.micros[last] ?? 0));
      this.length += chunk.task.length;
      this.steps(chunk);
    }
  }

  #took(process: TaskProcess, number: number): void {
    this.latest = process;
    if (!this.#numbers) return;
    const numbers = this.#numbers.get(process) ?? new Map<number, number>();
    this.#numbers.set(process, numbers.set(process.pending.taken, number));
  }
}
