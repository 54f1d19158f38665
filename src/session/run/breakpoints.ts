/**
 * Breakpoints: the switches at which a run rests. Some are checked by the host, which cuts plans for them; others are
 * conditions that the runner evaluates. They refer to tasks by name, so that they survive a restart.
 */
import * as v from "valibot";
import type { Stops } from "../../core/schedule/cutPlan";
import type { Task, TaskId } from "../../core/task";
import type { StepRecord } from "../../core/trace/trace";
import { Breakpoint, type breakpointKinds } from "../../protocol/panel";
import type { Condition } from "../../protocol/requests";

/** What a breakpoint is made from: a `line` needs file and line, a `condition` an expression. */
export interface NewBreakpoint {
  readonly kind: (typeof breakpointKinds)[number];
  readonly task?: string;
  readonly file?: string;
  readonly line?: number;
  readonly expression?: string;
  readonly fromEditor?: boolean;
}

/** A breakpoint in the editor's margin. Lines count from 1. */
export interface EditorLine {
  readonly file: string;
  readonly line: number;
  readonly enabled: boolean;
  /** Must hold as well. */
  readonly expression?: string;
}

const Saved = v.array(v.omit(Breakpoint, ["id", "problem"]));

export class Breakpoints {
  #list: Breakpoint[] = [];
  #lastId = 0;

  /** @param changed called after every change but that of a problem */
  constructor(readonly changed: () => void) {}

  /** In the order of adding. */
  get list(): readonly Breakpoint[] {
    return this.#list;
  }

  /** @returns its number */
  add(wanted: NewBreakpoint): number {
    const id = this.#append({ ...wanted, enabled: true });
    this.changed();
    return id;
  }

  /** Switches one on or off. An earlier error in its expression is forgotten. */
  set(id: number, enabled: boolean): void {
    this.#list = this.#list.map((each) => (each.id === id ? { ...withoutProblem(each), enabled } : each));
    this.changed();
  }

  remove(id: number): void {
    this.#list = this.#list.filter((each) => each.id !== id);
    this.changed();
  }

  /** Takes over the lines of the editor's margin in place of those taken over before. Lines that stay keep their numbers. */
  replaceEditorLines(lines: readonly EditorLine[]): void {
    const before = this.#list.filter(({ fromEditor }) => fromEditor);
    this.#list = this.#list.filter(({ fromEditor }) => !fromEditor);
    for (const line of lines) {
      const same = (each: Breakpoint) =>
        each.file === line.file && each.line === line.line && each.expression === line.expression;
      const known = before.find(same);
      if (known) this.#list.push({ ...known, ...line });
      else this.#append({ kind: "line", ...line, fromEditor: true });
    }
    this.changed();
  }

  /** Those set in the panel, as plain data. The editor keeps its own. */
  saved(): v.InferOutput<typeof Saved> {
    return this.#list.filter(({ fromEditor }) => !fromEditor).map(({ id: _id, problem: _problem, ...rest }) => rest);
  }

  /** Takes over what `saved` returned, in place of those set in the panel; anything else is ignored. */
  restore(data: unknown): void {
    const read = v.safeParse(Saved, data);
    if (!read.success) return;
    this.#list = this.#list.filter(({ fromEditor }) => fromEditor);
    for (const each of read.output) this.#append(each);
    this.changed();
  }

  /** Where plans are to be cut. */
  stops(tasks: readonly Task[]): Stops {
    return { before: this.#tasksOf("resumed", tasks), after: this.#tasksOf("yielded", tasks) };
  }

  /** What the runner evaluates after each step. Nothing for a task that does not exist yet. */
  conditions(tasks: readonly Task[]): Condition[] {
    const wanted = this.#enabled.filter(({ kind }) => kind === "line" || kind === "condition");
    return wanted.flatMap((breakpoint) => {
      const { id, file, line, expression } = breakpoint;
      const what = {
        id,
        ...(file !== undefined && line !== undefined ? { line: { file, line } } : {}),
        ...(expression !== undefined ? { expression } : {}),
      };
      if (breakpoint.task === undefined && !seesLocals(breakpoint)) return what;
      return tasks.filter((task) => matches(breakpoint, task)).map((task) => ({ ...what, task: task.id }));
    });
  }

  /** The breakpoint that a step has hit. */
  metBy({ task, event }: StepRecord, tasks: readonly Task[]): number | undefined {
    return this.#enabled.find((each) => each.kind === event && matches(each, tasks[task]))?.id;
  }

  /** The breakpoint that waits before a task is resumed. */
  before(task: TaskId | undefined, tasks: readonly Task[]): number | undefined {
    if (task === undefined) return undefined;
    return this.#enabled.find((each) => each.kind === "resumed" && matches(each, tasks[task]))?.id;
  }

  /** Keeps why the expression of one could not be evaluated, until it can. */
  report(id: number, problem: string | undefined): void {
    this.#list = this.#list.map((each) => {
      if (each.id !== id) return each;
      return problem === undefined ? withoutProblem(each) : { ...each, problem };
    });
  }

  get #enabled(): Breakpoint[] {
    return this.#list.filter(({ enabled }) => enabled);
  }

  #tasksOf(kind: Breakpoint["kind"], tasks: readonly Task[]): Set<TaskId> {
    const wanted = this.#enabled.filter((each) => each.kind === kind);
    if (wanted.length === 0) return new Set();
    return new Set(tasks.flatMap((task) => (wanted.some((each) => matches(each, task)) ? task.id : [])));
  }

  #append(breakpoint: Omit<Breakpoint, "id">): number {
    this.#lastId += 1;
    this.#list.push({ ...breakpoint, id: this.#lastId });
    return this.#lastId;
  }
}

function matches(breakpoint: Breakpoint, task: Task | undefined): boolean {
  return breakpoint.task === undefined || breakpoint.task === task?.name;
}

/** On a line, the expression sees the locals there; without a line and a task, it sees only the module. */
function seesLocals({ kind, expression }: Breakpoint): boolean {
  return kind === "line" && expression !== undefined;
}

function withoutProblem({ problem: _, ...breakpoint }: Breakpoint): Breakpoint {
  return breakpoint;
}
