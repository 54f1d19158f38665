/**
 * How runs ended: equal ends get the same number. An end is told by a text, made after every run; it is described only once.
 */
import type { ExploredOutcome } from "../../../protocol/explore";
import { taskState } from "../execute/tasks";
import { thrownOf } from "../execute/throws";
import { throwPlace } from "../load/pointMarks";
import { preview } from "../values/preview";
import type { EndedRun, RunEnd } from "./plan";

/** What counts as part of an outcome, and the expressions as they were written. */
export interface Counting {
  readonly values: boolean;
  readonly output: boolean;
  readonly check: string | undefined;
  readonly invariant: string | undefined;
}

const mostOutput = 2_000;

export class Outcomes {
  readonly #numbers = new Map<string, number>();
  readonly #all: ExploredOutcome[] = [];

  constructor(readonly counting: Counting) {}

  /** The outcome with a number. */
  at(number: number): ExploredOutcome {
    return this.#all[number] as ExploredOutcome;
  }

  /** The number of the outcome of a program's run that has just ended. */
  numberOf(program: EndedRun, end: RunEnd): number {
    const watches = end.end === "hung" || end.end === "died" ? [] : this.#watched(program);
    const key = this.#keyOf(program, end, watches);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#all.push(this.#described(program, end, watches)) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  #watched(program: EndedRun): string[] {
    const { watches } = program.plan;
    if (watches.length === 0) return none;
    return watches.map((watch) => {
      try {
        return textOf(program.evaluate(watch));
      } catch (error) {
        return preview(error);
      }
    });
  }

  #keyOf(program: EndedRun, { end, by, thrown, cycle, loop }: RunEnd, watches: readonly string[]): string {
    const { columns } = program;
    const { states, values } = columns;
    let key = `${end} ${by}`;
    for (let task = 0; task < columns.length; task += 1) {
      if (states[task] !== taskState.over) {
        const place = loop?.running.includes(task) ? "" : this.#placeKey(program, task);
        key += `\n${this.#stateOf(program, task)} ${place}`;
      } else if (this.counting.values) key += `\n${textOf(values[task])}`;
      else key += "\n";
    }
    if (by === "threw" || thrown !== undefined) key += `\n${preview(thrown)} ${placeText(throwPlace(thrown))}`;
    if (cycle) key += `\n${cycle}`;
    if (loop) key += `\n${tasksOf({ end, by, loop })}`;
    for (const watch of watches) key += `\n${watch}`;
    return this.counting.output ? `${key}\n${program.output}` : key;
  }

  #placeKey({ columns, points }: EndedRun, task: number): string {
    return placeText(points.get(columns.points[task] as number));
  }

  #stateOf(program: EndedRun, task: number): "created" | "ready" | "blocked" {
    if (program.isBlocked(task)) return "blocked";
    return program.columns.states[task] === taskState.created ? "created" : "ready";
  }

  #described(program: EndedRun, end: RunEnd, watches: readonly string[]): ExploredOutcome {
    const failing = this.#failing(program, end);
    const { cycle } = end;
    return {
      end: end.end,
      tasks: Array.from({ length: program.columns.length }, (_, task) => this.#task(program, task, end)),
      watches: [...watches],
      ...(this.counting.output ? { output: shortened(program.output) } : {}),
      ...(cycle ? { cycle: [...cycle] } : {}),
      ...(failing ? { failing } : {}),
      ...(end.by === "threw" ? { thrown: thrownOf(end.thrown, program.files) } : {}),
    };
  }

  #task(program: EndedRun, task: number, end: RunEnd): ExploredOutcome["tasks"][number] {
    const { columns, points } = program;
    const name = program.nameOf(task);
    if (columns.states[task] !== taskState.over) {
      // A task that goes round in a loop is everywhere in it.
      const point = end.loop?.running.includes(task) ? undefined : points.get(columns.points[task] as number);
      return { name, state: this.#stateOf(program, task), ...(point ? { point } : {}) };
    }
    const value = preview(columns.values[task]);
    if (end.by !== "threw" || end.task !== task) return { name, state: "returned", value };
    const { at } = thrownOf(end.thrown, program.files);
    return { name, state: "threw", value, ...(at ? { point: at } : {}) };
  }

  #failing(program: EndedRun, end: RunEnd): ExploredOutcome["failing"] {
    const { by, task } = end;
    if (!by) return undefined;
    const error = "thrown" in end ? `: ${preview(end.thrown)}` : "";
    if (by === "livelock" || by === "starvation") return { by, message: this.#named(program, tasksOf(end)).join(", ") };
    if (by === "check" || by === "invariant") return { by, message: `${this.counting[by]}${error}` };
    if (by === "threw" || by === "hung" || by === "died")
      return { by, message: `${task === undefined || task < 0 ? "The module" : program.nameOf(task)}${error}` };
    return { by, message: this.#waiting(program).join(", ") };
  }

  #waiting(program: EndedRun): string[] {
    const tasks = Array.from({ length: program.columns.length }, (_, task) => task);
    return this.#named(
      program,
      tasks.filter((task) => this.#stateOf(program, task) === "blocked"),
    );
  }

  #named(program: EndedRun, tasks: readonly number[]): string[] {
    return tasks.map((task) => program.nameOf(task));
  }
}

/** The tasks that make a loop a failure: those that run in it without an end, or those that never run. */
function tasksOf({ loop, by }: RunEnd): readonly number[] {
  return (by === "starvation" ? loop?.starving : loop?.running) ?? none;
}

const none: never[] = [];

/** The preview of a value; for those that most tasks return, without the way through all kinds of values. */
function textOf(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value === "number" && value !== 0) return `${value}`;
  return preview(value);
}

function placeText(at: { readonly line: number; readonly column: number; readonly file: string } | undefined): string {
  return at ? `${at.line}:${at.column} ${at.file}` : "";
}

function shortened(text: string): string {
  return text.length > mostOutput ? `${text.slice(0, mostOutput)}…` : text;
}
