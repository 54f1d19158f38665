/** What changed code shows of the variables of its modules and of its suspended generators. */
import { reader } from "./readers";

/** Gives the variable at a position. It throws where the variable is not initialized. */
export type Read = (at: number) => unknown;

/** What a suspended generator delegates to. */
export interface Delegate {
  readonly to: unknown;
  /** Whether the variables show what it holds, if it holds a lock. */
  readonly showsLock: boolean;
}

/** A suspended generator: its variables, or what of it is hidden. */
export type Frame = { readonly read: Read; readonly count: number; readonly delegate: Delegate | undefined } | string;

/** A module's variables, first those that are functions and classes for ever; or what of it is hidden. */
export interface SeenModule {
  readonly read: Read;
  readonly count: number;
  readonly fixed: number;
  readonly hidden: string | undefined;
}

/** The names of the functions in `Frames.passed`. */
export const frameNames = Object.values(reader)
  .map((name) => `, ${name}`)
  .join("");

const begun = "a generator that something else has resumed";

export class Frames {
  /** In the order in which they were evaluated. */
  readonly modules: SeenModule[] = [];
  /** For each task, its generator and those that it delegates to. */
  readonly #tasks: Frame[][] = [];
  #running: Frame[] = [];

  /** What changed code is passed. */
  readonly passed: readonly unknown[] = [
    /** A generator begins. @returns how many generators delegate to it */
    () => this.#running.push(begun) - 1,
    /** A generator is about to be suspended. */
    (depth: number, value: unknown, read: Read | string, count: number) => {
      this.#suspend(depth, typeof read === "string" ? read : { read, count, delegate: undefined });
      return value;
    },
    /** A generator is about to delegate to another. @param showsLock whether its variables show which lock that one may hold */
    (depth: number, showsLock: boolean, to: unknown, read: Read | string, count: number) => {
      this.#suspend(depth, typeof read === "string" ? read : { read, count, delegate: { to, showsLock } });
      return to;
    },
    (read: Read, count: number, fixed: number, hidden: string | undefined) => {
      this.modules.push({ read, count, fixed, hidden });
    },
  ];

  /** A run begins. */
  begin(): void {
    this.modules.length = 0;
    this.#tasks.length = 0;
    this.#running = [];
  }

  /** From now on code runs that belongs to a task, or to none. */
  enter(task: number): void {
    this.#running = task < 0 ? [] : this.of(task);
  }

  #suspend(depth: number, frame: Frame): void {
    this.#running.length = depth + 1;
    this.#running[depth] = frame;
  }

  /** The frames of a task, the outermost first. */
  of(task: number): Frame[] {
    const frames = this.#tasks[task] ?? [];
    this.#tasks[task] = frames;
    return frames;
  }
}
