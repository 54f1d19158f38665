/**
 * The requests of one run, and its time. Most runs never wait, so both are made when they are first needed.
 */

import type { VirtualTime } from "../../../core/virtualTime";
import { operation, type WaitRequest } from "../../../core/waiting/request";
import { VirtualClock } from "../clocks/virtualClock";
import { runMicrotasks } from "../engine/intrinsics";
import { noTask, type SharedState } from "../process/sharedState";
import type { Wire } from "../process/wire";
import { AsyncTasks } from "../waiting/asyncTasks";
import { awaited, awaitedBy } from "../waiting/awaited";
import { Waits } from "../waiting/waits";
import { clockPlace, schedulerPlace, type Touches } from "./touches";

/** What a run is to its requests. */
export interface Running {
  /** How many steps it has made. */
  readonly steps: number;
  /** How many tasks there are. */
  readonly tasks: number;
  nameOf(task: number): string;
  spawn(generator: unknown): { readonly task: number; readonly name: string };
  /** A task was spawned. @param handle what its parent knows it by */
  spawned(task: number, handle: unknown): void;
}

export class RunWaits {
  #asyncTasks: AsyncTasks | undefined;
  #clock: VirtualClock | undefined;
  #hasMicrotasks = false;

  constructor(
    readonly running: Running,
    readonly time: VirtualTime,
    readonly shared: SharedState,
    readonly wire: Wire,
    readonly touches: Touches | undefined,
  ) {}

  /** A new run begins. */
  begin(): void {
    this.#asyncTasks = undefined;
    this.#clock = undefined;
    this.#hasMicrotasks = false;
  }

  /** Undefined as long as nothing has asked for it. */
  get used(): AsyncTasks | undefined {
    return this.#asyncTasks;
  }

  get waits(): Waits {
    return this.asyncTasks.waits;
  }

  get asyncTasks(): AsyncTasks {
    this.#asyncTasks ??= this.#make();
    return this.#asyncTasks;
  }

  /** The clock, as the program asks for it. */
  get clock(): VirtualClock {
    this.touches?.write(clockPlace);
    return this.#ownClock;
  }

  get #ownClock(): VirtualClock {
    this.#clock ??= new VirtualClock(
      this.time,
      () => this.running.steps,
      () => void this.asyncTasks,
    );
    return this.#clock;
  }

  /** Takes what a task has yielded. @returns whether the task is ready */
  isReady(task: number, value: object, iterator: object): boolean {
    const used = this.#asyncTasks;
    if (used && value === iterator) return used.block(task);
    const kind = awaitedBy(value);
    if (kind === awaited.nothing) return true;
    if (kind === awaited.request && this.touches) this.#touch(this.touches, value as WaitRequest<unknown>);
    else this.touches?.write(schedulerPlace);
    return this.waits.yielded(task, value);
  }

  /** A slice is over, of which microtasks may be left. */
  runMicrotasks(): void {
    const isPending = this.#asyncTasks !== undefined && this.#asyncTasks.waits.promises.pending > 0;
    if (!isPending && !this.#hasMicrotasks) return;
    this.#hasMicrotasks = false;
    this.shared.nextSlice(this.shared.step, noTask);
    runMicrotasks();
  }

  /** A slice has put something off to a microtask. */
  noteMicrotask(): void {
    this.#hasMicrotasks = true;
  }

  /** A task is over. @param how it ended */
  ended(task: number, how: "returned" | "threw", value: unknown): void {
    if (this.touches) this.touches.write(this.#endOf(task));
    this.#asyncTasks?.waits.engine.ended(task, how, value);
  }

  /** Lets time pass that nobody can use: until somebody was woken, or nothing is left that could wake. */
  passTime(): void {
    const { engine, passage } = this.waits;
    while (engine.woken.length === 0 && passage?.canJump) passage.jump();
  }

  #make(): AsyncTasks {
    const waits = new Waits({
      shared: this.shared,
      wire: this.wire,
      virtual: () => this.#ownClock,
      nameOf: (task) => this.running.nameOf(task),
      spawn: (_, generator) => this.running.spawn(generator),
      spawned: (task, handle) => this.running.spawned(task, handle),
    });
    waits.isUsed = true;
    for (let task = 0; task < this.running.tasks; task += 1) waits.engine.begin(task);
    return new AsyncTasks(waits);
  }

  #touch(touches: Touches, { operation: code, object, parts = [] }: WaitRequest<unknown>): void {
    if (code <= operation.event) touches.write(this.placeOf(object));
    else if (code === operation.join) touches.read(this.#endOf(object));
    else if (code === operation.sleep) touches.write(clockPlace);
    else touches.write(schedulerPlace);
    for (const part of parts) this.#touch(touches, part);
  }

  /** The place of a resource. */
  placeOf(resource: number): number {
    const name = this.waits.engine.resources.at(resource)?.name;
    return name === undefined ? schedulerPlace : (this.touches as Touches).place(name);
  }

  #endOf(task: number): number {
    return (this.touches as Touches).place(`end of ${this.running.nameOf(task)}`);
  }
}
