/**
 * The conditions of an `advance`: after which step it is to end. Most steps are told by their yield point alone to meet none.
 */
import type { YieldPoint } from "../../core/trace";
import type { Condition } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import type { SuspendedFrame } from "./frames";
import type { PointTable } from "./marks";
import { preview } from "./preview";
import { isSameFile } from "./sameFile";
import type { Locals, ModuleScope } from "./scope";
import type { Stacks } from "./stacks";
import { type RunnerTask, taskState } from "./tasks";

type Met = Answer<"advance">["condition"];
type Line = Condition["line"];
type Test = (value: unknown) => unknown;

/** User code may replace the global of that name. */
const UnknownName = ReferenceError;

/** What conditions are about. */
export interface Surroundings {
  readonly points: PointTable;
  readonly tasks: readonly (RunnerTask | undefined)[];
  readonly scope: ModuleScope;
  readonly stacks: Stacks;
}

interface Check {
  readonly id: number;
  readonly task: number | undefined;
  readonly line: Line;
  readonly test: Test | undefined;
  /** Whether a task can be suspended at its line further out than with its innermost yield point. */
  isDeep: boolean;
}

export class Conditions {
  readonly #checks: readonly Check[];
  readonly #surroundings: Surroundings;
  /** For each yield point 1 where some condition may hold. */
  #reach = new Uint8Array(0);
  #known = -1;
  #evaluating: Check | undefined;
  /** The first condition that a step met. */
  met: Met;

  constructor(wanted: readonly Condition[], surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#checks = wanted.map((condition) => {
      const { id, task, line } = condition;
      return { id, task, line, test: testOf(condition, surroundings), isDeep: false };
    });
  }

  /** Whether a step that came to this point may meet a condition. Modules that are loaded late bring new points. */
  mayHold(point: number): boolean {
    if (this.#surroundings.points.count !== this.#known) this.#learn();
    return this.#reach[point] === 1;
  }

  /** Finds the first condition that a step met; runs the user's expressions. @param point 0 where the task is over */
  meet(task: number, point: number, value: unknown): boolean {
    for (const check of this.#checks) {
      const concerns = (check.task === undefined || check.task === task) && this.#isAt(check, task, point);
      if (concerns && this.#holds(check, value)) return true;
    }
    return false;
  }

  /** An interrupt came: the condition whose expression it ended, if it was one, counts as met. */
  cutShort(problem: string): void {
    if (this.#evaluating) this.met = { id: this.#evaluating.id, problem };
  }

  #holds(check: Check, value: unknown): boolean {
    this.#evaluating = check;
    const { id, test } = check;
    try {
      if (!test || test(value)) this.met = { id };
    } catch (error) {
      this.met = { id, problem: preview(error) };
    }
    this.#evaluating = undefined;
    return this.met !== undefined;
  }

  #isAt({ line, isDeep }: Check, id: number, point: number): boolean {
    const { points, tasks, stacks } = this.#surroundings;
    if (!line || isOn(line, points.get(point))) return true;
    const task = isDeep ? tasks[id] : undefined;
    return task !== undefined && stacks.isBeneath(task, (at) => isOn(line, at));
  }

  /** Where no line that is wanted has a `yield*`, the innermost yield point tells enough, and no stack is looked at. */
  #learn(): void {
    const { points } = this.#surroundings;
    this.#known = points.count;
    for (const check of this.#checks) check.isDeep = points.delegations.some((at) => check.line && isOn(check.line, at));
    const mayHold = (point: number) => this.#checks.some(({ line, isDeep }) => isDeep || !line || isOn(line, points.get(point)));
    this.#reach = Uint8Array.from({ length: this.#known + 1 }, (_, point) => Number(mayHold(point)));
  }
}

function isOn(line: NonNullable<Line>, at: YieldPoint | undefined): boolean {
  return at !== undefined && at.line === line.line && isSameFile(at.file, line.file);
}

/** What is no expression fails where it is to be evaluated, as one that throws does: so the run rests there, and it is told which. */
function testOf(condition: Condition, { tasks, scope, stacks }: Surroundings): Test | undefined {
  const { expression, task: id, line } = condition;
  if (expression === undefined) return undefined;
  try {
    const inModule = scope.prepareTest(expression);
    const task = id === undefined ? undefined : tasks[id];
    return task ? localTest(expression, inModule, task, () => frameAt(line, stacks.frames(task))) : inModule;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** The frame whose locals an expression is about: the one at the line that is wanted, or else the innermost. */
function frameAt(line: Line, frames: SuspendedFrame[]): SuspendedFrame | undefined {
  return (line && frames.findLast(({ at }) => isOn(line, at))) ?? frames.at(-1);
}

/** What is no generator of the user's files has no locals: there the expression sees the module alone. */
function localTest(expression: string, inModule: Test, task: RunnerTask, look: () => SuspendedFrame | undefined): Test {
  const tests = new Map<ModuleScope, (value: unknown, locals: Locals) => unknown>();
  return (value) => {
    if (task.state === taskState.over) return withoutLocals(inModule, value);
    const frame = look();
    const scope = frame?.module.scope;
    if (!frame || !scope) return inModule(value);
    const test = tests.get(scope) ?? scope.prepareLocalTest(expression);
    tests.set(scope, test);
    return test(value, frame.locals);
  };
}

/** The locals of a task that is over are gone: an expression about them does not hold, and nothing is wrong with it. */
function withoutLocals(inModule: Test, value: unknown): unknown {
  try {
    return inModule(value);
  } catch (error) {
    if (error instanceof UnknownName) return false;
    throw error;
  }
}
