/**
 * One of the processes: the runner of a task, and of the tasks that it spawns.
 */
import type { TaskId } from "../../core/task";
import { type StepChunk, stepEvents } from "../../core/trace/trace";
import type { WaitRows } from "../../core/waiting/rows";
import type { Condition, Fields } from "../../protocol/requests";
import type { Answer, RunnerEvent } from "../../protocol/runner";
import { StoppedError, type UserError } from "../common/errors";
import { RunnerClient } from "../process/runnerClient";
import type { RunnerListener } from "../process/runnerListener";
import type { RunnerCommand } from "../process/runnerProcess";
import { conditionsIn, type Meaning, outsideRows, rowsByStep, type SharedPoints } from "./globalNames";
import { PendingSteps } from "./pendingSteps";

const [yielded, threw] = [stepEvents.indexOf("yielded"), stepEvents.indexOf("threw")];

/** What the processes of a run share. */
export interface Together {
  readonly listener: RunnerListener;
  readonly points: SharedPoints;
  /** The number that the next task has. */
  nextTask(process: TaskProcess): TaskId;
  /** The number that the next resource has. */
  nextResource(): number;
  /** Called when steps have arrived. */
  arrived(): void;
  /** Called when a process has ended. */
  ended(process: TaskProcess): void;
  /** The number of the last step of the trace. */
  readonly length: number;
  /** When the current plan began, in microseconds on the axis of time. */
  readonly planned: number;
  /** How far the run has come on the axis of time, in microseconds, at a time of the machine's clock. */
  timeOf(clock: number): number;
}

export class TaskProcess implements Meaning {
  readonly client: RunnerClient;
  /** Its tasks, by their numbers in the process. */
  readonly tasks: TaskId[] = [];
  readonly resources: number[] = [];
  /** The points by their numbers in the process, from 1. */
  readonly points: number[] = [0];
  readonly pending = new PendingSteps();
  /** Its tasks that can still run, by their numbers in the process. */
  readonly alive = new Set<number>();
  /** Whether a task of it has waited for something. */
  hasWaited = false;
  /** Whether it runs. */
  isOpen = false;
  /** The user code in it that hangs, if any does. */
  isHung = false;
  /** Why it has ended. */
  end: UserError | undefined;
  /** When the next chunk began, in microseconds on the axis of time. */
  #began: number | undefined;
  #fatal: string | undefined;

  /** @param process its number, from 0 */
  constructor(
    readonly process: number,
    command: RunnerCommand,
    readonly together: Together,
  ) {
    const { listener } = together;
    this.client = new RunnerClient(
      command,
      {
        steps: (chunk) => this.#steps(chunk),
        waits: (rows) => this.#waits(rows),
        event: (event) => this.#event(event),
        printed: (stream, text, dropped) => listener.printed(stream, text, dropped),
        silent: (silence) => listener.silent?.(silence),
        ended: (error) => this.#ended(error),
      },
      { process: `Process ${process + 1}`, code: "The program", remedy: "Restart the session." },
    );
  }

  /** Adds a task, whose generator exists. */
  own(task: TaskId): void {
    this.alive.add(this.tasks.push(task) - 1);
  }

  /** Executes a plan of picks of its tasks, in its own numbers. */
  async inTurn(picks: readonly number[], until: readonly Condition[]): Promise<Answer<"advance">> {
    return this.#open(
      (from) => this.client.request("advance", { from, plan: { picks, times: 1 }, ...this.#until(until) }),
      (ran) => picks.slice(ran, ran + 1),
    );
  }

  /** Lets tasks go on, in its own numbers, and those that are woken. @param steps 0 to wait until one is woken */
  async goOn(ring: readonly number[], steps: number, until: readonly Condition[] = []): Promise<Answer<"advance">> {
    return this.#open(
      (from) => this.client.request("advance", { from, plan: { ring, steps }, ...this.#until(until) }),
      () => [...this.alive],
    );
  }

  /** Wakes the tasks whose time has come. @returns whether there are any */
  async wake(): Promise<boolean> {
    if (!this.hasWaited || this.alive.size === 0) return false;
    const woken = this.client.request("advance", { from: this.pending.received + 1, plan: { ring: [], steps: 0 } });
    this.pause();
    // If the process has ended, that is a step of whoever is picked.
    return woken.then(
      ({ stopped }) => stopped === "completed",
      () => false,
    );
  }

  /** Lets it rest after its slice. */
  pause(): void {
    void this.client.request("pause", {}).catch(() => undefined);
  }

  /** Makes a step by hand. */
  async byHand<M extends "send" | "throwInto" | "close">(method: M, fields: Fields<M>): Promise<Answer<"advance">> {
    const task = this.tasks.indexOf(fields.task);
    return this.#open(
      (from) => {
        const own = { ...fields, from, task, ...this.#until(fields.until) };
        return this.client.request(method, own as Fields<M>) as Promise<Answer<"advance">>;
      },
      () => [task],
    );
  }

  #until(until: readonly Condition[] | undefined): { until?: Condition[] } {
    const conditions = conditionsIn(this, until);
    return conditions.length > 0 ? { until: conditions } : {};
  }

  /** @param concerned the tasks that the end of the process ends, given the number of steps that were made before */
  async #open(
    request: (from: number) => Promise<Answer<"advance">>,
    concerned: (ran: number) => readonly number[],
  ): Promise<Answer<"advance">> {
    const first = this.pending.received + 1;
    const wasThere = this.end === undefined;
    this.isOpen = true;
    try {
      return await request(first);
    } catch (error) {
      // Whoever ends all processes is told so.
      if (error !== this.end || error instanceof StoppedError) throw error;
      const ran = this.pending.received + 1 - first;
      return this.#died(concerned(ran), ran, wasThere);
    } finally {
      this.isOpen = false;
      this.isHung = false;
    }
  }

  /**
   * The process is gone: that ends tasks, each by a step of its own.
   *
   * @param ran how many steps it made before
   * @param inSlice whether that was while it ran
   */
  #died(concerned: readonly number[], ran: number, inSlice: boolean): Answer<"advance"> {
    const { pending, together } = this;
    const message = [this.end?.message, this.#fatal].filter((each) => each !== undefined).join(" ");
    const task = Uint16Array.from(concerned);
    const { length } = task;
    const now = together.timeOf(clock());
    const began = inSlice ? Math.max(together.planned, pending.ended) : now;
    const micros = new Float32Array(length);
    micros[0] = Math.max(0, now - began);
    for (let step = pending.received + 1; step <= pending.received + length; step += 1) {
      this.#aside(step, (number) => together.listener.event({ event: "thrown", step: number, thrown: { message, frames: [] } }));
    }
    const [event, value, point] = [new Uint8Array(length).fill(threw), new Uint16Array(length), new Uint16Array(length)];
    if (length > 0) pending.add({ first: 1, task, event, value, point, micros, values: [message] }, began);
    for (const each of concerned) this.alive.delete(each);
    together.arrived();
    return { ran: ran + length, stopped: "threw" };
  }

  #steps(chunk: StepChunk): void {
    const { points, pending, together } = this;
    const began = this.#began ?? pending.ended;
    this.#began = undefined;
    this.isHung = false;
    for (const [index, event] of chunk.event.entries()) if (event !== yielded) this.alive.delete(chunk.task[index] as number);
    pending.add({ ...chunk, point: chunk.point.map((own) => points[own] ?? 0) }, began);
    together.arrived();
  }

  #waits(rows: WaitRows): void {
    this.hasWaited = true;
    for (const { step, rows: ofStep } of rowsByStep(rows)) {
      this.#aside(step, (number) => this.together.listener.waits?.(outsideRows(ofStep, number, this)));
    }
  }

  /** What happens at rest, as when the file is loaded, is told at once. */
  #aside(step: number, tell: (number: number) => void): void {
    const { pending, together } = this;
    pending.addAside({ step, tell });
    if (!this.isOpen && pending.length === 0) pending.tellUntil(step, together.length);
  }

  #event(event: RunnerEvent): void {
    const { listener, points } = this.together;
    const tell = (told: RunnerEvent) => listener.event(told);
    const taskOf = (own: number) => this.tasks[own] ?? 0;
    if (event.event === "clock") this.#began = this.together.timeOf(event.began);
    else if (event.event === "points") this.points.push(...points.numbersOf(event.points));
    else if (event.event === "fatal") this.#fatal = event.message;
    else if (event.event === "output" || event.event === "thrown") {
      this.#aside(event.step, (step) => tell({ ...event, step }));
    } else if (event.event === "unrepeatable" || event.event === "foreign") {
      this.#aside(event.step, (step) => tell({ ...event, step, task: taskOf(event.task) }));
    } else if (event.event === "spawned") this.#spawned(event);
    else if (event.event === "resources") {
      for (const _ of event.resources) this.resources.push(this.together.nextResource());
      const own = ` of process ${this.process + 1}`;
      tell({ ...event, resources: event.resources.map((each) => ({ ...each, name: each.name + own })) });
    } else if (event.event === "hung") {
      this.isHung = true;
      const { task, ...rest } = event;
      tell({ ...rest, step: this.together.length + 1, ...(task === undefined ? {} : { task: taskOf(task) }) });
    }
  }

  #spawned(event: Extract<RunnerEvent, { event: "spawned" }>): void {
    this.alive.add(event.task);
    this.#aside(event.step, (step) => {
      const task = this.together.nextTask(this);
      this.tasks[event.task] = task;
      const parent = event.parent === undefined ? {} : { parent: this.tasks[event.parent] ?? 0 };
      this.together.listener.event({ ...event, ...parent, step, task });
    });
  }

  #ended(error: UserError): void {
    this.end = error;
    this.together.ended(this);
  }
}

/** The clock that all processes of a machine share, in microseconds. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1_000;
}
