/**
 * The conditions of an `advance` request, which end it after a step. For most steps, the yield point alone rules them all out.
 */
import type { Driver } from "../../../core/trace/driver";
import type { YieldPoint } from "../../../core/trace/trace";
import type { Condition } from "../../../protocol/requests";
import type { Answer } from "../../../protocol/runner";
import { listed, type RunningFrame, type SuspendedFrame } from "../inspect/frames";
import type { PointTable } from "../load/pointMarks";
import { isSameFile } from "../load/sameFile";
import type { Locals, ModuleScope } from "../load/scope";
import type { Recorder } from "../process/recorder";
import { preview } from "../values/preview";
import type { Stacks } from "./stacks";
import { type SeenTask, taskState } from "./tasks";

type Told = Pick<Answer<"advance">, "condition" | "noted">;
type Met = Told["condition"];
type Place = Pick<YieldPoint, "file" | "line">;
type Line = Condition["line"];
type Test = (value: unknown) => unknown;
type Owner = () => SeenTask | undefined;
type AmongLocals = (frame: RunningFrame | undefined, value: unknown) => unknown;

/** The result of an evaluation that was skipped. */
const notLookedAt = Symbol("not looked at");

/** Captured, because user code may replace the global. */
const UnknownName = ReferenceError;

/** What the evaluation of conditions needs. */
export interface Surroundings {
  readonly points: PointTable;
  readonly recorder: Recorder;
  readonly tasks: readonly (SeenTask | undefined)[];
  readonly scope: ModuleScope;
  readonly stacks: Stacks;
  /** The function that has resumed the task of the step, in an observed program. */
  driver(): RunningFrame | undefined;
}

interface OfDriver extends Surroundings {
  /** Whether the function that a condition names has resumed the task. */
  isDriven(): boolean;
}

interface Check {
  readonly id: number;
  readonly task: number | undefined;
  readonly line: Line;
  readonly module: string | undefined;
  readonly isOfEnd: boolean;
  readonly test: Test | undefined;
  readonly isNoted: boolean;
  /** For each yield point, 1 if the condition may be met by a task whose innermost yield point it is. */
  reach: Uint8Array;
  /** Whether a frame further out than the innermost one can be suspended at the condition's line. */
  isDeep: boolean;
}

export class Conditions {
  readonly #checks: readonly Check[];
  /** The conditions that are only noted, and those that end a plan. */
  readonly #noted: readonly Check[];
  readonly #ending: readonly Check[];
  readonly #surroundings: Surroundings;
  /** For each yield point, 1 if any condition may be met there. */
  #reach = new Uint8Array(0);
  #known = -1;
  #evaluating: Check | undefined;
  /** The number of the task that has made the step. */
  #resumed = -1;
  #driver: Driver | undefined;
  /** The first plan-ending condition that a step met. */
  #met: Met;
  /** The last step that met a condition that is only noted. */
  #lastNoted: number | undefined;

  constructor(wanted: readonly Condition[], surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#checks = wanted.map((condition) => {
      const { id, task, line, module, ended: isOfEnd = false, seesLocals, noted: isNoted = false } = condition;
      const owner = task === undefined ? () => surroundings.tasks[this.#resumed] : () => surroundings.tasks[task];
      const isDriven = () => condition.driver !== undefined && isBy(condition.driver, this.#driver);
      const test = testOf(condition, task !== undefined || seesLocals ? owner : undefined, { ...surroundings, isDriven });
      return { id, task, line, module, isOfEnd, test, isNoted, reach: new Uint8Array(0), isDeep: false };
    });
    this.#noted = this.#checks.filter(({ isNoted }) => isNoted);
    this.#ending = this.#checks.filter(({ isNoted }) => !isNoted);
  }

  /** Whether a step at a yield point may meet a condition. Also handles new yield points of modules that were loaded late. */
  mayHold(point: number): boolean {
    if (this.#surroundings.points.count !== this.#known) this.#learn();
    return this.#reach[point] === 1;
  }

  /** Whether a step may meet a condition because of who resumed the task. */
  mayHoldFor(driver: Driver | undefined): boolean {
    return driver !== undefined && this.#checks.some((check) => isDrivenAt(check, driver));
  }

  /** The part of the answer that concerns conditions. */
  get told(): Told {
    const noted = this.#lastNoted;
    return { ...(this.#met ? { condition: this.#met } : {}), ...(noted === undefined ? {} : { noted }) };
  }

  /**
   * Checks which conditions a step met. Runs the user's expressions.
   *
   * @param point 0 if the task has ended
   * @param driver who resumed the task of an observed program was resumed
   * @returns whether a condition ends the plan
   */
  meet(task: number, point: number, value: unknown, driver?: Driver): boolean {
    this.#resumed = task;
    this.#driver = driver;
    if (this.#first(this.#noted, task, point, value)) this.#lastNoted = this.#surroundings.recorder.steps;
    this.#met = this.#first(this.#ending, task, point, value);
    return this.#met !== undefined;
  }

  /** Handles an interrupt. If it ended the evaluation of a condition, that condition counts as met, and the problem is reported. */
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

  #isAt(check: Check, id: number, point: number): boolean {
    const { line, reach, isDeep, isOfEnd } = check;
    if (isOfEnd) return this.#surroundings.tasks[id]?.state === taskState.over;
    if (reach[point] === 1 || (this.#driver && isDrivenAt(check, this.#driver))) return true;
    const { tasks, stacks } = this.#surroundings;
    const task = isDeep ? tasks[id] : undefined;
    return line !== undefined && task !== undefined && stacks.isBeneath(task, (at) => isOn(line, at));
  }

  /** Updates `reach`. If no wanted line has a `yield*`, the innermost yield point is sufficient, and no stack needs to be read. */
  #learn(): void {
    const { points, scope } = this.#surroundings;
    const length = points.count + 1;
    this.#known = points.count;
    this.#reach = new Uint8Array(length);
    for (const check of this.#checks) {
      const { line, module, isOfEnd } = check;
      const mayHold = (at: YieldPoint | undefined) =>
        (!line || isOn(line, at)) &&
        (module === undefined || isSameFile(module, at?.file ?? scope.file)) &&
        (!isOfEnd || at === undefined);
      check.isDeep = points.delegations.some((at) => line && isOn(line, at));
      check.reach = Uint8Array.from({ length }, (_, point) => Number(mayHold(points.get(point))));
      for (let point = 0; point < length; point += 1) if (check.isDeep || check.reach[point] === 1) this.#reach[point] = 1;
    }
  }
}

/** An expression is about the locals of a task alone. */
function isDrivenAt({ line, test }: Check, driver: Place): boolean {
  return line !== undefined && test === undefined && isOn(line, driver);
}

function isBy(wanted: NonNullable<Condition["driver"]>, driver: Driver | undefined): boolean {
  return driver?.function === wanted.function && isSameFile(driver.file, wanted.file);
}

function isOn(line: NonNullable<Line>, at: Place | undefined): boolean {
  return at !== undefined && at.line === line.line && isSameFile(at.file, line.file);
}

/** @param owner the task whose locals the expression sees; undefined for the scope of a module */
function testOf(condition: Condition, owner: Owner | undefined, surroundings: OfDriver): Test | undefined {
  const { expression, isNot } = condition;
  if (expression === undefined) return undefined;
  const evaluate = evaluationOf(expression, condition, owner, surroundings);
  if (isNot !== undefined) return givesAnother(isNot, evaluate);
  return owner ? truthAmongLocals(owner, evaluate) : evaluate;
}

/** Tests whether an expression has another value than `one`. Values are compared as text. An expression that throws has no value. */
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

/** Tests an expression about a task's locals. They no longer exist after the task has ended; the test is then false, not an error. */
function truthAmongLocals(owner: Owner, evaluate: Test): Test {
  return (value) => {
    try {
      return evaluate(value);
    } catch (error) {
      if (owner()?.state === taskState.over && error instanceof UnknownName) return false;
      throw error;
    }
  };
}

function evaluationOf(expression: string, condition: Condition, owner: Owner | undefined, surroundings: OfDriver): Test {
  const { isNot, line, module } = condition;
  const { scope, stacks } = surroundings;
  const parameters = isNot === undefined ? ["value"] : [];
  if (module !== undefined) return inModuleOf(module, expression, scope, stacks);
  const inModule = orThrowing(() => scope.prepareOften(expression, ...parameters));
  const among = amongLocals(expression, parameters, inModule);
  if (condition.driver) return (value) => ifThere(among, surroundings.isDriven() ? surroundings.driver() : undefined, value);
  if (!owner) return inModule;
  const look = () => {
    const task = owner();
    return task && frameAt(line, stacks.frames(task));
  };
  return condition.locals ? onlyWith(new Set(condition.locals), among, look) : (value) => among(look(), value);
}

/**
 * Replaces a syntax error by a function that throws it. So it is reported like a runtime error, when the run rests at the condition,
 * together with the condition's id.
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

/** Prepared when a task is first suspended in the file, because the module may not have been loaded before. */
function inModuleOf(file: string, expression: string, main: ModuleScope, { instance }: Stacks): Test {
  const scopeOfIt = () => (isSameFile(file, main.file) ? main : (instance.scopeOf(file) ?? main));
  let evaluate: Test | undefined;
  return (value) => {
    evaluate ??= orThrowing(() => scopeOfIt().prepareOften(expression));
    return evaluate(value);
  };
}

function ifThere(among: AmongLocals, frame: RunningFrame | undefined, value: unknown): unknown {
  return frame ? among(frame, value) : notLookedAt;
}

function onlyWith(names: ReadonlySet<string>, among: AmongLocals, look: () => SuspendedFrame | undefined): Test {
  return (value) => {
    const frame = look();
    for (const [name] of frame ? listed(frame.locals) : []) if (names.has(name)) return among(frame, value);
    return notLookedAt;
  };
}

/** Evaluates an expression among a task's locals. A task that has ended, or that has no frame in the user's files, has none. */
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

/** The frame whose locals an expression sees: the one at the given line, or else the innermost. */
function frameAt(line: Line, frames: SuspendedFrame[]): SuspendedFrame | undefined {
  return (line && frames.findLast(({ at }) => isOn(line, at))) ?? frames.at(-1);
}
