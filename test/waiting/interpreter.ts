/**
 * Runs programs on the engine as a runner does, without a process: the reference for the order of the ready queue and for the rows.
 * Its clock is virtual: each step moves it by a millisecond, and it jumps to the next sleeper when no task is ready.
 */

import { Waiting } from "../../src/core/waiting/engine";
import { writeState } from "../../src/core/waiting/engineState";
import type { MessageKind } from "../../src/core/waiting/messages";
import { replyKind } from "../../src/core/waiting/replies";
import { type Operation, operation, type WaitRequest } from "../../src/core/waiting/request";
import type { WaitRows } from "../../src/core/waiting/rows";
import { TaskRing } from "../../src/core/waiting/taskRing";
import { type Api, type Call, type Op, type Program, type Requested, resources, taskOf } from "./programs";

/** A step as in the trace; `text` is what was returned or thrown. */
export interface Step {
  readonly task: number;
  readonly event: "yielded" | "returned" | "threw" | "closed";
  readonly text: string;
}

/** A handle of a task, and a lock that is held. */
interface Handle {
  readonly task: number;
}
const held = { held: true };
const closed = Symbol("closed");

const operations = { acquire: operation.acquire, put: operation.put, take: operation.take, wait: operation.event } as const;

class RequestError extends Error {
  constructor(
    readonly kind: MessageKind,
    message: string,
  ) {
    super(message);
  }
}

/** What tasks can do. */
export interface Observer {
  gave(task: number, op: Requested, value: unknown): void;
  called(task: number, op: Call["op"], on: number): void;
}

export class Interpreter {
  readonly waiting: Waiting<unknown>;
  readonly steps: Step[] = [];
  /** The ready tasks, in order. */
  readonly ready = new TaskRing();
  /** The rows of each step, including those of the time after it. */
  readonly rows: WaitRows[] = [];
  /** Every certain deadlock, with the step that closed it. */
  readonly deadlocks: { readonly step: number; readonly cycle: readonly number[] }[] = [];
  readonly #tasks: Generator<unknown, string, unknown>[] = [];
  /** By task: what it yielded last. */
  readonly #yielded: (WaitRequest<unknown> | undefined)[] = [];
  /** By task: the texts of its results. */
  readonly #logs: string[][] = [];
  /** By task: its operations. */
  readonly #scripts: (readonly Op[])[] = [];
  #millis = 0;
  #puts = 0;

  /** @param body what tasks do with their operations */
  constructor(
    readonly program: Program,
    readonly observer?: Observer,
    readonly body: (ops: readonly Op[], api: Api, log: string[]) => Generator<unknown, string, unknown> = taskOf,
  ) {
    this.waiting = new Waiting<unknown>({
      nothing: undefined,
      closed,
      now: () => this.#millis,
      pair: (index, value) => [index, value],
      list: (values) => [...values],
      contents: (pairOrList) => pairOrList as unknown[],
      error: (kind, message) => new RequestError(kind, message),
      show: String,
      nameOf: (task) => `task ${task}`,
      spawn: (_, child) => ({
        task: this.#add(program.children[child as number] ?? []),
        handle: { task: this.#tasks.length - 1 },
      }),
    });
    for (const resource of resources) {
      if (resource.kind === "mutex") this.waiting.resources.mutex(held);
      else if (resource.kind === "semaphore") this.waiting.resources.semaphore(held, resource.permits);
      else if (resource.kind === "event") this.waiting.resources.event();
      else this.waiting.resources.channel("capacity" in resource ? resource.capacity : undefined);
    }
    for (const ops of program.tasks) {
      const task = this.#add(ops);
      this.waiting.begin(task);
      this.ready.push(task);
    }
  }

  get tasks(): number {
    return this.#tasks.length;
  }

  isOver(task: number): boolean {
    return this.waiting.joins.standingOf(task) >= 2;
  }

  /**
   * Makes one step.
   *
   * @param pick the position of the task in the ready queue
   * @returns whether there was one to make
   */
  step(pick = 0): boolean {
    this.wakeSleepers();
    if (this.ready.length === 0) return false;
    const queue = [...this.ready];
    const task = queue[pick % queue.length] as number;
    this.ready.toHead(task);
    this.ready.shift();
    this.#slice(task);
    return true;
  }

  /** Wakes the sleepers that are due, and lets time pass until somebody is ready. */
  wakeSleepers(): void {
    this.settle();
    // A sleeper that is due may still wait for another part.
    while (this.ready.length === 0 && this.waiting.nextDue < Number.POSITIVE_INFINITY) {
      this.#millis = this.waiting.nextDue;
      this.waiting.timeMoved();
      this.#enterWoken();
    }
    this.#noteRows();
  }

  /** Wakes the sleepers that are due after the last step. */
  settle(): void {
    this.waiting.wakeDue();
    this.#enterWoken();
    this.#noteRows();
  }

  /** Closes a task by hand, which is a step. Does nothing if the task has ended. */
  close(task: number): void {
    if (task >= this.tasks || this.isOver(task)) return;
    const { waiting } = this;
    waiting.rows.step = this.steps.length + 1;
    const last = this.#yielded[task];
    if (last) waiting.abandon(task, last);
    this.#tasks[task]?.return("");
    this.steps.push({ task, event: "closed", text: "" });
    if ([...this.ready].includes(task)) {
      this.ready.toHead(task);
      this.ready.shift();
    }
    waiting.ended(task, "closed", undefined);
    this.#afterSlice();
  }

  /** Makes steps until no task is ready and none can be woken, up to a number. @param picks queue positions; round-robin when used up */
  run(picks: readonly number[] = [], most = 500): this {
    for (let made = 0; made < most && this.step(picks[made]); made += 1);
    return this;
  }

  /** The state of the engine. */
  engineState(): string {
    const texts: string[] = [];
    writeState(this.waiting, {
      add: (text) => texts.push(text),
      value: (value) => texts.push(value instanceof Error ? `!${value.message}` : `"${show(value)}`),
    });
    return texts.join(";");
  }

  /** By task: what its body has noted. */
  get logs(): readonly (readonly string[])[] {
    return this.#logs;
  }

  /** All that decides how the program goes on, and what its tasks will return. */
  state(): string {
    const made = this.#tasks.map((_, task) => this.steps.filter((step) => step.task === task).length);
    return JSON.stringify([this.engineState(), [...this.ready], this.#scripts, this.#logs, made, this.#puts]);
  }

  #add(ops: readonly Op[]): number {
    const log: string[] = [];
    this.#logs.push(log);
    this.#scripts.push(ops);
    return this.#tasks.push(this.body(ops, this.#api, log)) - 1;
  }

  #slice(task: number): void {
    const { waiting } = this;
    waiting.rows.step = this.steps.length + 1;
    this.#millis += 1;
    waiting.running = task;
    const isReady = this.#resume(task);
    waiting.running = undefined;
    this.#afterSlice(isReady ? task : undefined);
  }

  #afterSlice(ready?: number): void {
    const { waiting } = this;
    this.#enterWoken();
    if (ready !== undefined) this.ready.push(ready);
    const next = waiting.takeNext();
    if (next !== undefined) this.ready.toHead(next);
    waiting.rows.endSlice();
    const cycle = waiting.takeDeadlock();
    if (cycle) this.deadlocks.push({ step: this.steps.length, cycle });
    this.#noteRows();
  }

  /** @returns whether the task is ready afterwards */
  #resume(task: number): boolean {
    const { waiting } = this;
    const generator = this.#tasks[task] as Generator<unknown, string, unknown>;
    const kind = waiting.replies.kinds[task];
    const reply = kind === replyKind.none ? undefined : waiting.replies.take(task);
    try {
      const { done, value } = kind === replyKind.error ? generator.throw(reply) : generator.next(reply);
      this.steps.push({ task, event: done ? "returned" : "yielded", text: done ? String(value) : "" });
      if (done) waiting.ended(task, "returned", value);
      else {
        this.#yielded[task] = value as WaitRequest<unknown> | undefined;
        return value === undefined || !waiting.serve(task, value as WaitRequest<unknown>);
      }
    } catch (error) {
      this.steps.push({ task, event: "threw", text: (error as Error).message });
      waiting.ended(task, "threw", error);
    }
    return false;
  }

  #enterWoken(): void {
    const { woken } = this.waiting;
    for (let index = 0; index < woken.length; index += 1) this.ready.push(woken.at(index));
    woken.clear();
  }

  #noteRows(): void {
    if (this.waiting.rows.length === 0) return;
    const { base, offset, object, task, kind, numbers } = this.waiting.rows.takeRows();
    const copied = {
      offset: offset.slice(),
      object: object.slice(),
      task: task.slice(),
      kind: kind.slice(),
      numbers: numbers.slice(),
    };
    this.rows.push({ base, ...copied });
  }

  readonly #api: Api = {
    request: (op) => this.#request(op),
    call: (op, on) => {
      if (op === "release") this.waiting.release(on);
      else if (op === "set") this.waiting.resources.setEvent(on);
      else if (op === "clear") this.waiting.resources.clearEvent(on);
      else this.waiting.resources.closeChannel(on);
      this.observer?.called(this.waiting.running ?? -1, op, on);
    },
    show,
    gave: (op, value) => this.observer?.gave(this.waiting.running ?? -1, op, value),
  };

  #request(op: Requested): WaitRequest<unknown> {
    switch (op.op) {
      case "any":
      case "all":
        return this.#made(
          operation[op.op],
          0,
          undefined,
          op.parts.map((part) => this.#request(part)),
        );
      case "spawn":
        return this.#made(operation.spawn, 0, op.child);
      case "handOver":
        return this.#made(operation.handOver, op.on);
      case "join":
        return this.#made(operation.join, op.on);
      case "sleep":
        return this.#made(operation.sleep, op.millis, op.millis);
      case "put":
        this.#puts += 1;
        return this.#made(operation.put, op.on, op.value ?? this.#puts);
      default:
        return this.#made(operations[op.op], op.on);
    }
  }

  #made(code: Operation, object: number, value?: unknown, parts?: WaitRequest<unknown>[]): WaitRequest<unknown> {
    return { operation: code, object, value, parts, owner: this.waiting };
  }
}

function show(value: unknown): string {
  if (value === undefined) return "-";
  if (value === held) return "held";
  if (value === closed) return "closed";
  if (Array.isArray(value)) return `[${value.map(show).join(",")}]`;
  return typeof value === "object" ? `task ${(value as Handle).task}` : `${value}`;
}
