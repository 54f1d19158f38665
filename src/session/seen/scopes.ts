/**
 * Which variable a name refers to at a step: a local variable of the task that ran or, in an observed program, of the function that has
 * resumed it, or a variable of the module in which that task is suspended. Also, at which other steps the same variable is visible.
 */
import { realpathSync } from "node:fs";
import type { TaskId } from "../../core/task";
import type { Driver } from "../../core/trace/driver";
import { type StepChunk, stepEvents } from "../../core/trace/trace";
import type { TraceStore } from "../../core/trace/traceStore";

/** Where a variable is defined: in a task, a driver, or a module. Without any, it is in the session's file. */
export interface Variable {
  readonly task?: TaskId | undefined;
  /** The function that has resumed the task; null for none that is known. */
  readonly driver?: Pick<Driver, "file" | "function"> | null;
  readonly module?: string | undefined;
}

const yielded = stepEvents.indexOf("yielded");

/** The maximum number of steps searched for a module or a driver. The limit is needed because every update of a view searches. */
const mostPassed = 65_536;

export function isSameVariable(one: Variable, other: Variable): boolean {
  if (one.driver !== undefined || other.driver !== undefined) return isOneDriver(one.driver, other.driver);
  return one.task === other.task && (one.task !== undefined || one.module === other.module);
}

function isOneDriver(one: Variable["driver"], other: Variable["driver"]): boolean {
  return one?.file === other?.file && one?.function === other?.function && (one === null) === (other === null);
}

export class Scopes {
  /** For each yield point, its file, if that is not the session's file. */
  #modules: (string | undefined)[] = [undefined];
  #isMainAlone = true;

  /**
   * @param main the absolute path of the session's file
   * @param driverAt who resumed the task of a step, if that is known
   */
  constructor(
    readonly trace: Pick<TraceStore, "points" | "chunkAt" | "previousOf" | "nextOf" | "length">,
    readonly main: () => string,
    readonly driverAt: (step: number) => Driver | undefined = () => undefined,
  ) {}

  /** The file in which the task of a step is suspended after it, if that is not the session's. Undefined for a task that has ended. */
  moduleOf(step: number): string | undefined {
    const modules = this.#known();
    if (step === 0 || this.#isMainAlone) return undefined;
    return modules[standing(this.trace.chunkAt(step), step)];
  }

  /** The last step up to `last` at which a variable may be visible; undefined if there is none, or it is too far back. */
  previous({ task, driver, module }: Variable, last: number): number | undefined {
    if (task !== undefined) return this.trace.previousOf(task, last);
    if (driver !== undefined) return this.#previousBy(driver, last);
    const modules = this.#known();
    if (this.#isMainAlone) return module === undefined && last >= 0 ? last : undefined;
    const end = Math.max(0, last - mostPassed);
    for (let step = Math.min(last, this.trace.length); step > end; ) {
      const chunk = this.trace.chunkAt(step);
      for (; step >= chunk.first && step > end; step -= 1) if (modules[standing(chunk, step)] === module) return step;
    }
    return module === undefined && end === 0 && last >= 0 ? 0 : undefined;
  }

  #previousBy(driver: Variable["driver"], last: number): number | undefined {
    for (let step = Math.min(last, this.trace.length), end = Math.max(0, last - mostPassed); step > end; step -= 1) {
      if (isOneDriver(this.driverAt(step) ?? null, driver)) return step;
    }
    return undefined;
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
