/**
 * The conditions of an `advance`: after which step it ends. For most steps, the yield point alone tells that none is met.
 */
import type { YieldPoint } from "../../../core/trace/trace";
import type { Condition } from "../../../protocol/requests";
import type { Answer } from "../../../protocol/runner";
import { listed, type SuspendedFrame } from "../inspect/frames";
import type { PointTable } from "../load/pointMarks";
import { isSameFile } from "../load/sameFile";
import type { Locals, ModuleScope } from "../load/scope";
import type { Recorder } from "../process/recorder";
import { preview } from "../values/preview";
import type { Stacks } from "./stacks";
import { type RunnerTask, taskState } from "./tasks";

type Told = Pick<Answer<"advance">, "condition" | "noted">;
type Met = Told["condition"];
type Line = Condition["line"];
type Test = (value: unknown) => unknown;
type AmongLocals = (frame: SuspendedFrame | undefined, value: unknown) => unknown;

/** What an evaluation gives that did not take place. */
const notLookedAt = Symbol("not looked at");

/** User code may replace the global of that name. */
const UnknownName = ReferenceError;

/** What conditions are about. */
export interface Surroundings {
  readonly points: PointTable;
  readonly recorder: Recorder;
  readonly tasks: readonly (RunnerTask | undefined)[];
  readonly scope: ModuleScope;
  readonly stacks: Stacks;
}

interface Check {
  readonly id: number;
  readonly task: number | undefined;
  readonly line: Line;
  readonly module: string | undefined;
  readonly test: Test | undefined;
  readonly isNoted: boolean;
  /** For each yield point 1 if the condition may hold for a task whose innermost yield point it is. */
  reach: Uint8Array;
  /** Whether a task can be suspended at its line further out than with its innermost yield point. */
  isDeep: boolean;
}

export class Conditions {
  readonly #checks: readonly Check[];
  /** Those that are just noted, and those that end a plan. */
  readonly #noted: readonly Check[];
  readonly #ending: readonly Check[];
  readonly #surroundings: Surroundings;
  /** For each yield point 1 where some condition may hold. */
  #reach = new Uint8Array(0);
  #known = -1;
  #evaluating: Check | undefined;
  /** The first condition that a step met, of those that end a plan. */
  #met: Met;
  /** The last step that met one of those that are just noted. */
  #lastNoted: number | undefined;

  constructor(wanted: readonly Condition[], surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#checks = wanted.map((condition) => {
      const { id, task, line, module, noted: isNoted = false } = condition;
      const test = testOf(condition, surroundings);
      return { id, task, line, module, test, isNoted, reach: new Uint8Array(0), isDeep: false };
    });
    this.#noted = this.#checks.filter(({ isNoted }) => isNoted);
    this.#ending = this.#checks.filter(({ isNoted }) => !isNoted);
  }

  /** Whether a step that came to this point may meet a condition. Modules that are loaded late bring new points. */
  mayHold(point: number): boolean {
    if (this.#surroundings.points.count !== this.#known) this.#learn();
    return this.#reach[point] === 1;
  }

  /** What the answer says of them. */
  get told(): Told {
    const noted = this.#lastNoted;
    return { ...(this.#met ? { condition: this.#met } : {}), ...(noted === undefined ? {} : { noted }) };
  }

  /**
   * Looks which conditions a step met; runs the user's expressions.
   *
   * @param point 0 where the task is over
   * @returns whether one of them ends the plan
   */
  meet(task: number, point: number, value: unknown): boolean {
    if (this.#first(this.#noted, task, point, value)) this.#lastNoted = this.#surroundings.recorder.steps;
    this.#met = this.#first(this.#ending, task, point, value);
    return this.#met !== undefined;
  }

  /** An interrupt came. If it ended the expression of a condition, that condition counts as met and is always reported. */
  cutShort(problem: string): void {
    if (this.#evaluating) this.#met = { id: this.#evaluating.id, problem };
  }

  #first(checks: readonly Check[], task: number, point: number, value: unknown): Met {
    for (const check of checks) {
      const concerns = (check.task === undefined || check.task === task) && this.#isAt(check, task, point);
      const met = concerns ? this.#judged(check, value) : undefined;
      if (met) return met;
    }
    return undefined;
  }

  #judged(check: Check, value: unknown): Met {
    this.#evaluating = check;
    const { id, test } = check;
    let met: Met;
    try {
      if (!test || test(value)) met = { id };
    } catch (error) {
      met = { id, problem: preview(error) };
    }
    this.#evaluating = undefined;
    return met;
  }

  #isAt({ line, reach, isDeep }: Check, id: number, point: number): boolean {
    if (reach[point] === 1) return true;
    const { tasks, stacks } = this.#surroundings;
    const task = isDeep ? tasks[id] : undefined;
    return line !== undefined && task !== undefined && stacks.isBeneath(task, (at) => isOn(line, at));
  }

  /** Where no line that is wanted has a `yield*`, the innermost yield point tells enough, and no stack is looked at. */
  #learn(): void {
    const { points, scope } = this.#surroundings;
    const length = points.count + 1;
    this.#known = points.count;
    this.#reach = new Uint8Array(length);
    for (const check of this.#checks) {
      const { line, module } = check;
      const mayHold = (at: YieldPoint | undefined) =>
        (!line || isOn(line, at)) && (module === undefined || isSameFile(module, at?.file ?? scope.file));
      check.isDeep = points.delegations.some((at) => line && isOn(line, at));
      check.reach = Uint8Array.from({ length }, (_, point) => Number(mayHold(points.get(point))));
      for (let point = 0; point < length; point += 1) if (check.isDeep || check.reach[point] === 1) this.#reach[point] = 1;
    }
  }
}

function isOn(line: NonNullable<Line>, at: YieldPoint | undefined): boolean {
  return at !== undefined && at.line === line.line && isSameFile(at.file, line.file);
}

function testOf(condition: Condition, surroundings: Surroundings): Test | undefined {
  const { expression, isNot, task } = condition;
  if (expression === undefined) return undefined;
  const evaluate = evaluationOf(expression, condition, surroundings);
  if (isNot !== undefined) return givesAnother(isNot, evaluate);
  return task === undefined ? evaluate : truthAmongLocals(surroundings.tasks[task], evaluate);
}

/** Whether it gives another than this: a value shows as a text, and where it throws, it gives nothing. */
function givesAnother(one: string | null, evaluate: Test): Test {
  return (value) => {
    let given: string | null = null;
    try {
      const evaluated = evaluate(value);
      if (evaluated === notLookedAt) return false;
      given = preview(evaluated);
    } catch {}
    return given !== one;
  };
}

/** The locals of a task that has ended are gone: an expression about them does not hold, which is not an error. */
function truthAmongLocals(task: RunnerTask | undefined, evaluate: Test): Test {
  return (value) => {
    try {
      return evaluate(value);
    } catch (error) {
      if (task?.state === taskState.over && error instanceof UnknownName) return false;
      throw error;
    }
  };
}

function evaluationOf(expression: string, condition: Condition, { tasks, scope, stacks }: Surroundings): Test {
  const { isNot, task: id, line, module } = condition;
  const parameters = isNot === undefined ? ["value"] : [];
  if (module !== undefined) return inModuleOf(module, expression, scope, stacks);
  const inModule = orThrowing(() => scope.prepareOften(expression, ...parameters));
  const task = id === undefined ? undefined : tasks[id];
  if (!task) return inModule;
  const among = amongLocals(expression, parameters, inModule);
  const look = () => frameAt(line, stacks.frames(task));
  return condition.locals ? onlyWith(new Set(condition.locals), among, look) : (value) => among(look(), value);
}

/**
 * A text that is not an expression fails when it is evaluated, like one that throws: so the run rests there and reports which
 * one it was.
 */
function orThrowing<F>(prepare: () => F): F | (() => never) {
  try {
    return prepare();
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Prepared at the first step at which a task is suspended there: before, the module may not have been loaded. */
function inModuleOf(file: string, expression: string, main: ModuleScope, { instance }: Stacks): Test {
  const scopeOfIt = () => (isSameFile(file, main.file) ? main : (instance.scopeOf(file) ?? main));
  let evaluate: Test | undefined;
  return (value) => {
    evaluate ??= orThrowing(() => scopeOfIt().prepareOften(expression));
    return evaluate(value);
  };
}

function onlyWith(names: ReadonlySet<string>, among: AmongLocals, look: () => SuspendedFrame | undefined): Test {
  return (value) => {
    const frame = look();
    for (const [name] of frame ? listed(frame.locals) : []) if (names.has(name)) return among(frame, value);
    return notLookedAt;
  };
}

/** A task that is not a generator of the user's files, or has ended, has no locals: the expression sees only the module. */
function amongLocals(expression: string, parameters: string[], inModule: Test): AmongLocals {
  const evaluations = new Map<ModuleScope, (locals: Locals, value: unknown) => unknown>();
  return (frame, value) => {
    const scope = frame?.module.scope;
    if (!frame || !scope) return inModule(value);
    const evaluate = evaluations.get(scope) ?? orThrowing(() => scope.prepareOftenWithLocals(expression, ...parameters));
    evaluations.set(scope, evaluate);
    return evaluate(frame.locals, value);
  };
}

/** The frame whose locals an expression sees: the one at the given line, otherwise the innermost. */
function frameAt(line: Line, frames: SuspendedFrame[]): SuspendedFrame | undefined {
  return (line && frames.findLast(({ at }) => isOn(line, at))) ?? frames.at(-1);
}
