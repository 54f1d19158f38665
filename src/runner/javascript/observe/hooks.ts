/**
 * Notices who resumes generators: the methods of all generators are replaced by functions that look like the originals. `for`, spread and
 * `yield*` call these methods, too.
 */
import { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, resume } from "../engine/intrinsics";

export type Method = keyof typeof resume;

/** A method of generators, original or replaced. */
export type Resume = (this: unknown, value?: unknown) => IteratorResult<unknown>;

/** Is told of generators that are resumed. */
export interface Watcher {
  /** Whether a task's slice runs, or code of the runner. Then no generator is a task. */
  isInside: boolean;
  /** Resumes a generator. @param hook the function that was called in place of the original method */
  resume(generator: unknown, method: Method, value: unknown, hook: Resume): IteratorResult<unknown>;
}

let current: unknown;

/** The generator that was resumed last and is still running. */
export function resumedGenerator(): unknown {
  return current;
}

/** Resumes a generator by the original method. */
export function resumeBy(method: Method, generator: unknown, value: unknown): IteratorResult<unknown> {
  const outer = current;
  current = generator;
  try {
    return apply(resume[method] as Resume, generator, [value]);
  } finally {
    current = outer;
  }
}

/** Replaces the methods. */
export function watchGenerators(watcher: Watcher): void {
  const hooks: Record<Method, Resume> = {
    next(value) {
      return watcher.isInside ? resumeBy("next", this, value) : watcher.resume(this, "next", value, hooks.next);
    },
    return(value) {
      return watcher.isInside ? resumeBy("return", this, value) : watcher.resume(this, "return", value, hooks.return);
    },
    throw(value) {
      return watcher.isInside ? resumeBy("throw", this, value) : watcher.resume(this, "throw", value, hooks.throw);
    },
  };
  const prototype = getPrototypeOf(function* () {}.prototype) as object;
  for (const method of ["next", "return", "throw"] as const) {
    defineProperty(prototype, method, { ...getOwnPropertyDescriptor(prototype, method), value: hooks[method] });
  }
}
