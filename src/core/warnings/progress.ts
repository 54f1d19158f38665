/** The progress of a run for the finders: which tasks are ready, which have ended, and what the others wait for. */
import type { Change } from "../schedule/changes";
import type { TaskId } from "../task";
import type { ResourceInfo, RowKind, WaitRows } from "../waiting/rows";
import { WaitState } from "../waiting/waitState";
import type { Finder, ForeignYield, Rejection, Standing } from "./finding";
import { Looks } from "./looks";

/** Why a task is not ready: flags, of which several can be set. */
const reason = { waits: 1, held: 2, over: 4, absent: 8 } as const;

/** A finder that handles an event. */
type Told<K extends keyof Finder> = Finder & Required<Pick<Finder, K>>;

export class Progress implements Standing {
  readonly waits = new WaitState();
  readonly looks = new Looks();
  tasks = 0;
  ready = 0;
  /** By task: its flags; 0 if it is ready. */
  #reasons = new Uint8Array(64).fill(reason.absent);
  /** The finders by what they handle. Separate, because there can be more rows than steps. */
  #ofRows: readonly Told<"row">[] = [];
  #ofEntering: readonly Told<"entered">[] = [];
  #ofLeaving: readonly Told<"left">[] = [];
  #ofEnds: readonly Told<"ended">[] = [];

  constructor(
    readonly observed: {
      readonly waits: { readonly resources: readonly ResourceInfo[] };
      readonly rejections?: readonly Rejection[];
      readonly foreignYields?: readonly ForeignYield[];
    },
    readonly hasPrinted: Standing["hasPrinted"],
  ) {}

  /** Sets the finders to notify. */
  listen(finders: readonly Finder[]): void {
    this.#ofRows = finders.filter((finder): finder is Told<"row"> => finder.row !== undefined);
    this.#ofEntering = finders.filter((finder): finder is Told<"entered"> => finder.entered !== undefined);
    this.#ofLeaving = finders.filter((finder): finder is Told<"left"> => finder.left !== undefined);
    this.#ofEnds = finders.filter((finder): finder is Told<"ended"> => finder.ended !== undefined);
  }

  isReady(task: TaskId): boolean {
    return this.#reasons[task] === 0;
  }

  isOver(task: TaskId): boolean {
    return ((this.#reasons[task] ?? 0) & reason.over) !== 0;
  }

  resource(number: number): ResourceInfo | undefined {
    return this.observed.waits.resources[number - 1];
  }

  get rejections(): readonly Rejection[] {
    return this.observed.rejections ?? [];
  }

  get foreignYields(): readonly ForeignYield[] {
    return this.observed.foreignYields ?? [];
  }

  add(task: TaskId, step: number): void {
    this.#clear(task, reason.absent, step);
    this.tasks = Math.max(this.tasks, task + 1);
  }

  /** Called when a task runs. It need not have been ready if it was resumed by hand. */
  resumed(task: TaskId, step: number): void {
    if (!this.isReady(task)) this.#clear(task, 0xff, step);
    this.tasks = Math.max(this.tasks, task + 1);
  }

  change(change: Change, step: number): void {
    if (change.kind === "hold") this.#set(change.task, reason.held, step);
    else if (change.kind === "release") this.#clear(change.task, reason.held, step);
  }

  /** Applies a row and notifies the finders. */
  row(rows: WaitRows, index: number): void {
    const kind = rows.kind[index] as RowKind;
    const task = rows.task[index] as number;
    const step = rows.base + (rows.offset[index] as number);
    const wasBlocked = this.waits.isBlocked(task);
    this.waits.applyOne(rows, index);
    const row = { step, kind, task, object: rows.object[index] as number };
    for (const finder of this.#ofRows) finder.row(row);
    const isBlocked = this.waits.isBlocked(task);
    if (isBlocked && !wasBlocked) this.#set(task, reason.waits, step);
    else if (wasBlocked && !isBlocked) this.#clear(task, reason.waits, step);
  }

  /** Called when a task has ended, after the rows of its last step, since they can refer to it. */
  end(task: TaskId, step: number): void {
    this.#set(task, reason.over, step);
    for (const finder of this.#ofEnds) finder.ended(task, step);
  }

  #set(task: TaskId, why: number, step: number): void {
    if (task >= this.#reasons.length) this.#grow(task);
    const before = this.#reasons[task] as number;
    this.#reasons[task] = before | why;
    if (before !== 0) return;
    this.ready -= 1;
    for (const finder of this.#ofLeaving) finder.left(task, step);
  }

  #clear(task: TaskId, why: number, step: number): void {
    if (task >= this.#reasons.length) this.#grow(task);
    const before = this.#reasons[task] as number;
    const after = before & ~why;
    this.#reasons[task] = after;
    if (before === 0 || after !== 0) return;
    this.ready += 1;
    for (const finder of this.#ofEntering) finder.entered(task, step);
  }

  #grow(task: TaskId): void {
    const { length } = this.#reasons;
    const larger = new Uint8Array(Math.max(2 * length, task + 1)).fill(reason.absent, length);
    larger.set(this.#reasons);
    this.#reasons = larger;
  }
}
