/**
 * Which variable a name refers to at a step: a local variable of the task that ran, or a variable of the module in which that task
 * is suspended. Also, at which other steps the same variable is visible.
 */
import { realpathSync } from "node:fs";
import type { TaskId } from "../../core/task";
import { type StepChunk, stepEvents } from "../../core/trace/trace";
import type { TraceStore } from "../../core/trace/traceStore";

/** Where a variable is defined: in a task, or in a module. Without a task and a module, it is in the session's file. */
export interface Variable {
  readonly task?: TaskId | undefined;
  readonly module?: string | undefined;
}

const yielded = stepEvents.indexOf("yielded");

/** The maximum number of steps searched for a module. The limit is needed because every update of a view searches. */
const mostPassed = 65_536;

export function isSameVariable(one: Variable, other: Variable): boolean {
  return one.task === other.task && (one.task !== undefined || one.module === other.module);
}

export class Scopes {
  /** For each yield point, its file, if that is not the session's file. */
  #modules: (string | undefined)[] = [undefined];
  #isMainAlone = true;

  /** @param main the absolute path of the session's file */
  constructor(
    readonly trace: Pick<TraceStore, "points" | "chunkAt" | "previousOf" | "nextOf" | "length">,
    readonly main: () => string,
  ) {}

  /** The file in which the task of a step is suspended after it, if that is not the session's. Undefined for a task that has ended. */
  moduleOf(step: number): string | undefined {
    const modules = this.#known();
    if (step === 0 || this.#isMainAlone) return undefined;
    return modules[standing(this.trace.chunkAt(step), step)];
  }

  /** The last step up to `last` at which a variable may be visible; undefined if there is none, or it is too far back. */
  previous({ task, module }: Variable, last: number): number | undefined {
    if (task !== undefined) return this.trace.previousOf(task, last);
    const modules = this.#known();
    if (this.#isMainAlone) return module === undefined && last >= 0 ? last : undefined;
    const end = Math.max(0, last - mostPassed);
    for (let step = Math.min(last, this.trace.length); step > end; ) {
      const chunk = this.trace.chunkAt(step);
      for (; step >= chunk.first && step > end; step -= 1) if (modules[standing(chunk, step)] === module) return step;
    }
    return module === undefined && end === 0 && last >= 0 ? 0 : undefined;
  }

  /** The first step of a task at or after `first`, or undefined. */
  next(task: TaskId, first: number): number | undefined {
    return this.trace.nextOf(task, first);
  }

  /** The modules of all yield points, including those of modules that were loaded since the last call. */
  #known(): readonly (string | undefined)[] {
    const { points } = this.trace;
    for (let number = this.#modules.length; number <= points.length; number += 1) {
      const { file } = points[number - 1] ?? { file: "" };
      const module = points[number - 2]?.file === file ? this.#modules[number - 1] : this.#moduleIn(file);
      this.#modules.push(module);
      this.#isMainAlone &&= module === undefined;
    }
    return this.#modules;
  }

  #moduleIn(file: string): string | undefined {
    const main = this.main();
    return file === "" || file === main || realPath(file) === realPath(main) ? undefined : file;
  }
}

/** The yield point at which the task of a step is suspended after it; 0 if the task has ended. */
function standing({ first, event, point }: Pick<StepChunk, "first" | "event" | "point">, step: number): number {
  return event[step - first] === yielded ? (point[step - first] ?? 0) : 0;
}

/** The canonical path of a file, since a runner may name it differently than the user. Unchanged if the file does not exist. */
function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
