/** The whole state of a program between two steps, as a text, where all of it can be seen. */
import { types } from "node:util";
import { isAsyncGenerator } from "../../engine/intrinsics";
import { type TaskColumns, taskState } from "../../execute/tasks";
import type { Tracking } from "../closures";
import { Frames, type Read } from "./frames";
import { HeapText } from "./heapText";
import { Readers } from "./readers";

/** A program between two steps, as far as it is not shown by its own code. */
export interface Seen {
  readonly columns: TaskColumns;
  readonly runWaits: { readonly used: unknown };
  /** How often it has printed something. */
  readonly printed: number;
}

export class WholeState {
  readonly frames = new Frames();
  /** The first thing that was met in any run that hides something. */
  hidden: string | undefined;
  readonly #heap = new HeapText((generator) => this.#program?.columns.iterators.indexOf(generator) ?? -1);
  #program: Seen | undefined;

  /** The state between two steps; undefined if it cannot wholly be seen. */
  of(program: Seen): string | undefined {
    const heap = this.#heap;
    this.#program = program;
    heap.begin();
    heap.hidden = this.#hiddenIn(program);
    if (heap.hidden === undefined) this.#modules();
    heap.add(`${program.printed}`);
    for (let task = 0; task < program.columns.length && heap.hidden === undefined; task += 1) this.#task(program, task);
    const text = heap.hidden === undefined ? heap.end() : undefined;
    this.hidden ??= heap.hidden;
    return text;
  }

  /** What is hidden whatever the variables are. */
  #hiddenIn({ runWaits }: Seen): string | undefined {
    // Resources, timers and what tasks wait for are the engine's.
    if (runWaits.used) return "what tasks wait for, or could";
    return this.frames.modules.find(({ hidden }) => hidden !== undefined)?.hidden;
  }

  #modules(): void {
    for (const { read, count, fixed } of this.frames.modules) {
      for (let at = 0; at < fixed; at += 1) this.#heap.fixed(valueAt(read, at));
      this.#variables(read, count);
    }
  }

  #task({ columns }: Seen, task: number): void {
    const heap = this.#heap;
    const state = columns.states[task];
    heap.add(`task ${state} ${columns.points[task]}`);
    if (state === taskState.over) {
      heap.value(columns.values[task]);
      return;
    }
    const iterator = columns.iterators[task] as object;
    if (!types.isGeneratorObject(iterator) || isAsyncGenerator(iterator)) heap.hidden = "a task that is no generator";
    if (state === taskState.created) return;
    const frames = this.frames.of(task);
    if (frames.length === 0) heap.hidden = "a generator of a package";
    for (const frame of frames) {
      if (typeof frame === "string") heap.hidden = frame;
      else this.#variables(frame.read, frame.count);
    }
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
