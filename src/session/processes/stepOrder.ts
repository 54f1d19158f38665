/**
 * Brings the steps of processes that run at the same time into one order: that in which they ended.
 */
import { maxChunkSteps, type StepChunk } from "../../core/trace/trace";
import type { Head, PendingSteps } from "./pendingSteps";

/** Where steps come from. */
export interface Source {
  readonly pending: PendingSteps;
  /** The numbers of its tasks in the trace, by its own numbers. A task that it spawns has one when the step is taken. */
  readonly tasks: readonly number[];
}

/**
 * Takes the steps that ended by a time from all sources.
 *
 * @param first the number that the first one gets
 * @returns undefined if there is none
 */
export function takenUntil<S extends Source>(
  sources: readonly S[],
  time: number,
  first: number,
  took: (source: S, number: number) => void,
): StepChunk | undefined {
  const most = Math.min(
    maxChunkSteps,
    sources.reduce((sum, { pending }) => sum + pending.length, 0),
  );
  const columns = new Columns(most, first);
  const heads = sources.map(({ pending }) => pending.head);
  while (columns.length < most) {
    let next = -1;
    for (const [at, head] of heads.entries()) {
      if (head && head.ended <= time && (next < 0 || head.ended < (heads[next] as Head).ended)) next = at;
    }
    const source = sources[next];
    const head = heads[next];
    if (!source || !head) break;
    const number = first + columns.length;
    source.pending.take(number);
    took(source, number);
    columns.add(head, source.tasks[head.chunk.task[head.index] as number] ?? 0);
    heads[next] = source.pending.head;
  }
  return columns.chunk;
}

class Columns {
  readonly #columns;
  readonly #values: string[] = [];
  readonly #numbers = new Map<string, number>();
  length = 0;

  constructor(
    most: number,
    readonly first: number,
  ) {
    this.#columns = {
      task: new Uint16Array(most),
      event: new Uint8Array(most),
      value: new Uint16Array(most),
      point: new Uint16Array(most),
      micros: new Float32Array(most),
      began: new Float64Array(most),
    };
  }

  add({ chunk, index, began }: Head, task: number): void {
    const columns = this.#columns;
    const at = this.length;
    columns.task[at] = task;
    columns.event[at] = chunk.event[index] as number;
    columns.value[at] = this.#numberOf(chunk.values.at(chunk.value[index] as number) ?? "");
    columns.point[at] = chunk.point[index] as number;
    columns.micros[at] = chunk.micros[index] as number;
    columns.began[at] = began;
    this.length = at + 1;
  }

  get chunk(): StepChunk | undefined {
    const { first, length } = this;
    if (length === 0) return undefined;
    const { task, event, value, point, micros, began } = this.#columns;
    return {
      first,
      task: task.subarray(0, length),
      event: event.subarray(0, length),
      value: value.subarray(0, length),
      point: point.subarray(0, length),
      micros: micros.subarray(0, length),
      began: began.subarray(0, length),
      values: this.#values,
    };
  }

  #numberOf(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#values.length);
    return this.#values.push(value) - 1;
  }
}
