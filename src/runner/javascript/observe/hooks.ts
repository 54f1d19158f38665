/**
 * Notices who resumes generators: the methods of all generators are replaced by functions that look like the originals. `for`, spread and
 * `yield*` call these methods, too.
 */
import { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, resume } from "../engine/intrinsics";

/** A method of generators, original or replaced. */
export type Resume = (this: unknown, value?: unknown) => IteratorResult<unknown>;

/** Is told of generators that are resumed. */
export interface Watcher {
  /** Whether a task's slice runs, or code of the runner. Then no generator is a task. */
  isInside: boolean;
  /** Resumes a generator by one of the original methods. @param hook the function that was called in its place */
  resume(generator: unknown, method: Resume, value: unknown, hook: Resume): IteratorResult<unknown>;
}

/** The original methods. */
export const original = resume as Readonly<Record<keyof typeof resume, Resume>>;

let current: unknown;

/** The generator that was resumed last and is still running. */
export function resumedGenerator(): unknown {
  return current;
}

/** Resumes a generator by one of the original methods. */
export function resumeBy(method: Resume, generator: unknown, value: unknown): IteratorResult<unknown> {
  const outer = current;
  current = generator;
  try {
    return apply(method, generator, [value]);
  } finally {
    current = outer;
  }
}

/** Replaces the methods. */
export function watchGenerators(watcher: Watcher): void {
  const hooks: Record<keyof typeof original, Resume> = {
    next(value) {
      return watcher.isInside ? resumeBy(original.next, this, value) : watcher.resume(this, original.next, value, hooks.next);
    },
    return(value) {
      return watcher.isInside
        ? resumeBy(original.return, this, value)
        : watcher.resume(this, original.return, value, hooks.return);
    },
    throw(value) {
      return watcher.isInside ? resumeBy(original.throw, this, value) : watcher.resume(this, original.throw, value, hooks.throw);
    },
  };
  const prototype = getPrototypeOf(function* () {}.prototype) as object;
  for (const method of ["next", "return", "throw"] as const) {
    defineProperty(prototype, method, { ...getOwnPropertyDescriptor(prototype, method), value: hooks[method] });
  }
}
