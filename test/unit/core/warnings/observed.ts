/** Runs made from plain data, to be searched for warnings. */
import type { NotedChange } from "../../../../src/core/schedule/changes";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import type { ResourceInfo } from "../../../../src/core/waiting/rows";
import { plainText } from "../../../../src/core/waiting/sentences";
import type { MakeFinder } from "../../../../src/core/warnings/finding";
import { WarningSearch } from "../../../../src/core/warnings/search";
import { OutputLog } from "../../../../src/session/seen/outputLog";
import { WaitLog } from "../../../../src/session/seen/waitLog";
import { Interpreter } from "../../../waiting/interpreter";
import { type Op, resources } from "../../../waiting/programs";
import { type Content, chunkOf, points } from "../chunks";

/** A run that grows. */
export class Observed {
  readonly output = new OutputLog();
  readonly waits = new WaitLog();
  readonly added: { step: number }[] = [];
  readonly scheduler: { changes: NotedChange[] } = { changes: [] };

  constructor(readonly trace = new TraceStore()) {
    trace.addPoints(points);
    const named = resources.map((resource, index): ResourceInfo => ({ name: `${resource.kind} ${index + 1}`, ...resource }));
    this.waits.resources.push(...named);
  }

  /** Adds tasks now. */
  join(tasks: number): this {
    for (let count = 0; count < tasks; count += 1) this.added.push({ step: this.trace.length });
    return this;
  }

  steps(contents: readonly Content[]): this {
    this.trace.append(chunkOf(this.trace.length + 1, contents));
    return this;
  }
}

/** A step that yields at the first point. */
export function yielding(task: number, value = "1", micros = 1): Content {
  return { task, event: "yielded", value, point: 1, micros };
}

/** A step that returns. */
export function returning(task: number): Content {
  return { task, event: "returned", value: "undefined", point: 0, micros: 1 };
}

/** A list of `make`'s results. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Tasks that make requests, run round-robin until none can continue. */
export function observedRun(tasks: readonly (readonly Op[])[], children: readonly (readonly Op[])[] = []): Observed {
  const interpreter = new Interpreter({ tasks, children }).run();
  const observed = new Observed().join(tasks.length);
  for (const rows of interpreter.rows) observed.waits.append(rows);
  return observed.steps(contentsOf(interpreter));
}

export function contentsOf({ steps }: Interpreter): Content[] {
  return steps.map(({ task, event, text }) => ({ task, event, value: text, point: 0, micros: 1 }));
}

/** The findings, each as `kind of task: sentence, steps`. */
export function foundIn(observed: Observed, make?: readonly MakeFinder[]): string[] {
  const search = new WarningSearch(observed, make);
  do search.advance(100_000);
  while (!search.isComplete);
  return said(search, observed);
}

export function said(search: WarningSearch, { waits }: Observed): string[] {
  const names = {
    task: (task: number) => "abcdefgh"[task] ?? `task ${task}`,
    resource: (number: number) => waits.resources[number - 1]?.name ?? "?",
  };
  return search.warnings.map(({ kind, steps, sentence }) => `${kind}: ${plainText(sentence, names)} [${steps.join(" ")}]`);
}
