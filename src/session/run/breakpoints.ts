/**
 * Breakpoints: the context switches at which a run rests. For some kinds the host cuts plans; the others are conditions that the
 * runner evaluates. Breakpoints refer to tasks by name, so that they survive a restart.
 */
import * as v from "valibot";
import type { Stops } from "../../core/schedule/cutPlan";
import type { Task, TaskId } from "../../core/task";
import type { StepRecord } from "../../core/trace/trace";
import { Breakpoint, type breakpointKinds } from "../../protocol/breakpoints";
import type { Condition } from "../../protocol/requests";

/** The definition of a breakpoint. A `line` needs a file and a line, a `condition` an expression. */
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
  /** A condition that must also be true. */
  readonly expression?: string;
}

const Saved = v.array(v.omit(Breakpoint, ["id", "problem"]));

export class Breakpoints {
  #list: Breakpoint[] = [];
  #lastId = 0;

  /** @param changed called after every change, except when an error is reported */
  constructor(readonly changed: () => void) {}

  /** The breakpoints, in the order in which they were added. */
  get list(): readonly Breakpoint[] {
    return this.#list;
  }

  /** @returns the breakpoint's id */
  add(wanted: NewBreakpoint): number {
    const id = this.#append({ ...wanted, enabled: true });
    this.changed();
    return id;
  }

  /** Enables or disables a breakpoint, and clears an error in its expression. */
  set(id: number, enabled: boolean): void {
    this.#list = this.#list.map((each) => (each.id === id ? { ...withoutProblem(each), enabled } : each));
    this.changed();
  }

  remove(id: number): void {
    this.#list = this.#list.filter((each) => each.id !== id);
    this.changed();
  }

  /** Replaces all lines set in the editor's margin. Lines that stay keep their ids. */
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

  /** The breakpoints that were set in the panel, as plain data. The editor saves its own. */
  saved(): v.InferOutput<typeof Saved> {
    return this.#list.filter(({ fromEditor }) => !fromEditor).map(({ id: _id, problem: _problem, ...rest }) => rest);
  }

  /** Replaces the breakpoints set in the panel by data from `saved`. Invalid data is ignored. */
  restore(data: unknown): void {
    const read = v.safeParse(Saved, data);
    if (!read.success) return;
    this.#list = this.#list.filter(({ fromEditor }) => fromEditor);
    for (const each of read.output) this.#append(each);
    this.changed();
  }

  /** Where plans must be cut. */
  stops(tasks: readonly Task[]): Stops {
    return { before: this.#tasksOf("resumed", tasks), after: this.#tasksOf("yielded", tasks) };
  }

  /**
   * The conditions that the runner evaluates after each step. A breakpoint for a task that does not exist yet has none. Where tasks may appear
   * at any step, a breakpoint for all tasks has a single condition.
   */
  conditions(tasks: readonly Task[], mayAppear = false): Condition[] {
    const wanted = this.#enabled.filter(({ kind }) => kind === "line" || kind === "condition");
    return wanted.flatMap((breakpoint) => {
      const { id, file, line, expression } = breakpoint;
      const what = {
        id,
        ...(file !== undefined && line !== undefined ? { line: { file, line } } : {}),
        ...(expression !== undefined ? { expression } : {}),
      };
      if (breakpoint.task === undefined && !seesLocals(breakpoint)) return what;
      if (breakpoint.task === undefined && mayAppear) return { ...what, seesLocals: true as const };
      return tasks.filter((task) => matches(breakpoint, task)).map((task) => ({ ...what, task: task.id }));
    });
  }

  /** Whether a breakpoint depends on which task has made a step, or on how it ended. A plan of unknown picks cannot be cut for it. */
  get isAboutTasks(): boolean {
    return this.#enabled.some(({ kind, task }) => !/^(line|condition)$/.test(kind) || task !== undefined);
  }

  /** The id of the breakpoint that a step has hit. */
  metBy({ task, event }: StepRecord, tasks: readonly Task[]): number | undefined {
    return this.#enabled.find((each) => each.kind === event && matches(each, tasks[task]))?.id;
  }

  /** The id of the breakpoint at which the run rests before a task is resumed. */
  before(task: TaskId | undefined, tasks: readonly Task[]): number | undefined {
    if (task === undefined) return undefined;
    return this.#enabled.find((each) => each.kind === "resumed" && matches(each, tasks[task]))?.id;
  }

  /** Stores why a breakpoint's expression could not be evaluated, or clears it if there is no problem. */
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

/** On a line, the expression sees the local variables there. Without a line or a task, it sees only the module. */
function seesLocals({ kind, expression }: Breakpoint): boolean {
  return kind === "line" && expression !== undefined;
}

function withoutProblem({ problem: _, ...breakpoint }: Breakpoint): Breakpoint {
  return breakpoint;
}
