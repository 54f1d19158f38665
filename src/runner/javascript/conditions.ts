/**
 * The conditions of an `advance`: after which step it is to end. Most steps are told by their yield point alone to meet none.
 */
import type { Condition } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import { messageOf, RequestError } from "./failures";
import type { SuspendedFrame } from "./frames";
import type { PointTable } from "./marks";
import { preview } from "./preview";
import type { Locals, ModuleScope } from "./scope";
import { type RunnerTask, taskState } from "./tasks";

type Met = Answer<"advance">["condition"];
type Test = (value: unknown) => unknown;

/** User code may replace the global of that name. */
const UnknownName = ReferenceError;

/** What conditions are about. */
export interface Surroundings {
  readonly points: PointTable;
  readonly tasks: readonly (RunnerTask | undefined)[];
  readonly scope: ModuleScope;
  /** The frame whose locals an expression sees. */
  innermost(task: RunnerTask): SuspendedFrame | undefined;
}

interface Check {
  readonly id: number;
  readonly task: number | undefined;
  readonly line: Condition["line"];
  readonly test: Test | undefined;
}

export class Conditions {
  readonly #checks: readonly Check[];
  readonly #points: PointTable;
  /** For each yield point 1 where some condition may hold. */
  #reach = new Uint8Array(0);
  #known = -1;
  #evaluating: Check | undefined;
  /** The first condition that a step met. */
  met: Met;

  /** @throws RequestError with code `evaluate` when an expression is none */
  constructor(wanted: readonly Condition[], surroundings: Surroundings) {
    this.#points = surroundings.points;
    this.#checks = wanted.map(({ id, task, line, expression }) => {
      return { id, task, line, test: expression === undefined ? undefined : testOf(expression, task, surroundings) };
    });
  }

  /** Whether a step that came to this point may meet a condition. Modules that are loaded late bring new points. */
  mayHold(point: number): boolean {
    if (this.#points.count !== this.#known) this.#learn();
    return this.#reach[point] === 1;
  }

  /** Finds the first condition that a step met; runs the user's expressions. @param point 0 where the task is over */
  meet(task: number, point: number, value: unknown): boolean {
    for (const check of this.#checks) {
      const concerns = (check.task === undefined || check.task === task) && this.#isOn(check.line, point);
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

  #isOn(line: Condition["line"], point: number): boolean {
    if (!line) return true;
    const at = this.#points.get(point);
    return at !== undefined && at.line === line.line && at.file === line.file;
  }

  #learn(): void {
    this.#known = this.#points.count;
    const mayHold = (point: number) => this.#checks.some(({ line }) => this.#isOn(line, point));
    this.#reach = Uint8Array.from({ length: this.#known + 1 }, (_, point) => Number(mayHold(point)));
  }
}

function testOf(expression: string, id: number | undefined, { tasks, scope, innermost }: Surroundings): Test {
  try {
    const inModule = scope.prepareTest(expression);
    const task = id === undefined ? undefined : tasks[id];
    return task ? localTest(expression, inModule, task, innermost) : inModule;
  } catch (error) {
    const message = `The condition ${expression} cannot be evaluated: ${messageOf(error)}`;
    throw new RequestError({ code: "evaluate", message, remedy: "Correct the condition, or switch it off." });
  }
}

/** What is no generator of the user's files has no locals: there the expression sees the module alone. */
function localTest(expression: string, inModule: Test, task: RunnerTask, innermost: Surroundings["innermost"]): Test {
  const tests = new Map<ModuleScope, (value: unknown, locals: Locals) => unknown>();
  return (value) => {
    if (task.state === taskState.over) return withoutLocals(inModule, value);
    const frame = innermost(task);
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
