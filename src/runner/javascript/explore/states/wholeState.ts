/** The whole state of a program between two steps, as a text, where all of it can be seen. */
import { types } from "node:util";
import type { Waiting } from "../../../../core/waiting/engine";
import { writeState } from "../../../../core/waiting/engineState";
import { isAsyncGenerator } from "../../engine/intrinsics";
import { type TaskColumns, taskState } from "../../execute/tasks";
import type { Tracking } from "../closures";
import { type Delegate, Frames, type Read } from "./frames";
import { Handles } from "./handles";
import { HeapText } from "./heapText";
import { Readers } from "./readers";

/** A program between two steps, as far as it is not shown by its own code. */
export interface Seen {
  readonly columns: TaskColumns;
  /** The tasks that calls have made; others were spawned. */
  readonly plan: { readonly calls: readonly unknown[] };
  /** Their requests; undefined as long as nobody has made one. */
  readonly runWaits: { readonly used: { readonly waits: { readonly engine: Waiting<unknown> } } | undefined };
  /** How often it has printed something. */
  readonly printed: number;
  nameOf(task: number): string;
}

export class WholeState {
  readonly frames = new Frames();
  /** The first thing that was met in any run that hides something. */
  hidden: string | undefined;
  readonly handles = new Handles();
  readonly #heap = new HeapText((generator) => this.#program?.columns.iterators.indexOf(generator) ?? -1, this.handles);
  #program: Seen | undefined;

  /** The state between two steps; undefined if it cannot wholly be seen. */
  of(program: Seen): string | undefined {
    const heap = this.#heap;
    this.#program = program;
    heap.begin();
    heap.hidden = this.frames.modules.find(({ hidden }) => hidden !== undefined)?.hidden;
    if (heap.hidden === undefined) this.#modules();
    heap.add(`${program.printed}`);
    const { used } = program.runWaits;
    if (used) writeState(used.waits.engine, heap);
    for (let task = 0; task < program.columns.length && heap.hidden === undefined; task += 1) this.#task(program, task);
    const text = heap.hidden === undefined ? heap.end() : undefined;
    this.hidden ??= heap.hidden;
    return text;
  }

  #modules(): void {
    for (const [module, { read, count, fixed }] of this.frames.modules.entries()) {
      for (let at = 0; at < fixed; at += 1) this.#heap.fixed(valueAt(read, at), `${module}.${at}`);
      this.#variables(read, count);
    }
  }

  #task(program: Seen, task: number): void {
    const { columns, plan } = program;
    const heap = this.#heap;
    const state = columns.states[task];
    const isSpawned = task >= plan.calls.length;
    heap.add(`task ${state} ${columns.points[task]}`);
    if (isSpawned) heap.value(program.nameOf(task));
    if (state === taskState.over) {
      heap.value(columns.values[task]);
      return;
    }
    const iterator = columns.iterators[task] as object;
    if (!types.isGeneratorObject(iterator) || isAsyncGenerator(iterator)) heap.hidden = "a task that is no generator";
    if (state === taskState.created) {
      // The others have been given the same in every run.
      if (isSpawned) heap.hidden = "what a spawned task begins with";
      return;
    }
    const frames = this.frames.of(task);
    if (frames.length === 0 || this.handles.isHolding(iterator)) heap.hidden = "a generator of a package";
    for (const [depth, frame] of frames.entries()) {
      if (typeof frame === "string") heap.hidden = frame;
      else {
        this.#variables(frame.read, frame.count);
        heap.hidden ??= frame.delegate && this.#hiddenIn(frame.delegate, depth === frames.length - 1);
      }
    }
  }

  /** @param isLast whether none of the user's generators runs in it */
  #hiddenIn({ to, showsLock }: Delegate, isLast: boolean): string | undefined {
    if (!types.isGeneratorObject(to)) return "an iteration that yield* goes through";
    if (this.handles.isHolding(to)) return showsLock ? undefined : "which lock a generator holds";
    return isLast ? "a generator of a package" : undefined;
  }

  #variables(read: Read, count: number): void {
    for (let at = 0; at < count; at += 1) {
      const value = valueAt(read, at);
      if (value === unset) this.#heap.add("unset");
      else this.#heap.value(value);
    }
  }
}

/** Changes a file as another change does, and lets it show its variables. @param track the other change */
export function showing(track: Tracking | undefined): Tracking {
  return (program) => {
    const readers = new Readers(program);
    track?.(program);
    readers.write();
    (program.scope as unknown as { crawl(): void }).crawl();
  };
}

/** In place of a variable that is not initialized. */
const unset = {};

function valueAt(read: Read, at: number): unknown {
  try {
    return read(at);
  } catch {
    return unset;
  }
}
