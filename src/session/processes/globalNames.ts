/**
 * Numbers that mean something in one process only, and what they are called outside: yield points, resources, tasks and handles.
 */
import type { TaskId } from "../../core/task";
import type { YieldPoint } from "../../core/trace/trace";
import { rowKind, type WaitRows } from "../../core/waiting/rows";
import type { Condition } from "../../protocol/requests";
import type { Answer, Frame, Property, Value } from "../../protocol/runner";
import { mostProcesses } from "../process/runnerProcess";

/** The yield points of all processes, which load the same files: each place has one number. */
export class SharedPoints {
  readonly #numbers = new Map<string, number>();

  /** @param announce called with places that are new */
  constructor(readonly announce: (points: YieldPoint[]) => void) {}

  /** The numbers of places, counted from 1. */
  numbersOf(points: readonly YieldPoint[]): number[] {
    const fresh: YieldPoint[] = [];
    const numbers = points.map((point) => {
      const key = JSON.stringify([point.file, point.line, point.column, point.function]);
      const known = this.#numbers.get(key);
      if (known !== undefined) return known;
      fresh.push(point);
      this.#numbers.set(key, this.#numbers.size + 1);
      return this.#numbers.size;
    });
    if (fresh.length > 0) this.announce(fresh);
    return numbers;
  }
}

const ofResource: ReadonlySet<number> = new Set([
  rowKind.blockAcquire,
  rowKind.blockPut,
  rowKind.blockTake,
  rowKind.blockEvent,
  rowKind.grant,
  rowKind.free,
  rowKind.permit,
]);
const ofTask: ReadonlySet<number> = new Set([rowKind.blockJoin, rowKind.handOver]);

/** What the numbers of a process mean outside of it. */
export interface Meaning {
  /** By the process's own number, from 0. */
  readonly tasks: readonly TaskId[];
  /** The same for resources, which count from 1. */
  readonly resources: readonly number[];
  /** The number of the process, from 0. */
  readonly process: number;
}

/** The rows of single steps of the process, each with that step. Times are shared, not copied. */
export function* rowsByStep({ base, offset, ...rows }: WaitRows): Generator<{ readonly step: number; readonly rows: WaitRows }> {
  for (let from = 0, to = 0; from < offset.length; from = to) {
    while (to < offset.length && offset[to] === offset[from]) to += 1;
    const step = base + (offset[from] as number);
    const [object, task, kind] = [rows.object.slice(from, to), rows.task.slice(from, to), rows.kind.slice(from, to)];
    yield { step, rows: { base: step, offset: new Uint32Array(to - from), object, task, kind, numbers: rows.numbers } };
  }
}

/** Rows of one step, with the numbers that count outside. @param step the number of the step in the trace */
export function outsideRows(
  { kind, task, object, ...rows }: WaitRows,
  step: number,
  { tasks, resources, process }: Meaning,
): WaitRows {
  return {
    ...rows,
    base: step,
    kind,
    task: task.map((each) => tasks[each] ?? 0),
    object: object.map((each, index) => {
      const of = kind[index] as number;
      if (ofResource.has(of)) return resources[each - 1] ?? 0;
      if (ofTask.has(of)) return tasks[each] ?? 0;
      return of === rowKind.blockPromise ? each * mostProcesses + process : each;
    }),
  };
}

/** The conditions that a process can meet, in its own numbers. */
export function conditionsIn({ tasks }: Meaning, until: readonly Condition[] | undefined): Condition[] {
  return (until ?? []).flatMap((condition) => {
    if (condition.task === undefined) return [condition];
    const own = tasks.indexOf(condition.task);
    return own < 0 ? [] : [{ ...condition, task: own }];
  });
}

/** The process that a handle is of, and its own number of it. */
export function ownHandle(handle: number): { readonly process: number; readonly own: number } {
  return { process: handle % mostProcesses, own: Math.floor(handle / mostProcesses) };
}

/** A value with the handle that counts outside. */
export function outsideValue({ handle, ...value }: Value, process: number): Value {
  return handle === undefined ? value : { ...value, handle: handle * mostProcesses + process };
}

/** Named values, in the same way. */
export function outsideProperties(properties: readonly Property[], process: number): Property[] {
  return properties.map(({ name, value }) => ({ name, value: outsideValue(value, process) }));
}

/** Where a task is suspended, in the same way. */
export function outsideStack({ frames, value }: Answer<"inspect">, process: number): Answer<"inspect"> {
  const outside = ({ locals, ...frame }: Frame): Frame => ({ ...frame, locals: outsideProperties(locals, process) });
  return { frames: frames.map(outside), ...(value ? { value: outsideValue(value, process) } : {}) };
}
