/**
 * Searches a trace incrementally: by task, by event, by text in the value or in the output. A text is compared only once
 * for each distinct value of a segment. Segments without a step of the wanted tasks are not read.
 */

import type { TaskId } from "../task";
import { maxChunkSteps, type StepChunk, type StepEvent, type StepRecord, stepEvents } from "../trace/trace";
import type { TraceStore } from "../trace/traceStore";
import { type PrintedLog, printedBetween } from "./printedOutput";
import { StepList } from "./stepList";
import { type Case, occursIn, textPattern } from "./textPattern";

/** The criteria of a search. A step matches if it meets all of them. */
export interface Query {
  /** The step's task must be one of these; any task if left out. */
  readonly tasks?: readonly TaskId[] | undefined;
  /** The step's event must be one of these; any event if left out. */
  readonly events?: readonly StepEvent[] | undefined;
  /** A substring of the value's preview or of the step's output. Empty matches everything. */
  readonly text: string;
  readonly case: Case;
}

/** The maximum number of matches kept; they take 64 MB. */
const mostMatches = 16 * 1024 * 1024;

const unknown = 0;
const no = 1;
const yes = 2;

/**
 * Whether one step matches. Gives the same answer as a whole search, for the few steps that are drawn.
 *
 * @param printed the step's output
 */
export function matches(
  query: Query,
  { task, event, value }: Pick<StepRecord, "task" | "event" | "value">,
  printed = "",
): boolean {
  if (query.tasks && !query.tasks.includes(task)) return false;
  if (query.events && !query.events.includes(event)) return false;
  const pattern = textPattern(query.text, query.case);
  return occursIn(pattern, value) || occursIn(pattern, printed);
}

/** One search. It can be continued as the trace grows. */
export class Search {
  readonly matches = new StepList();
  readonly #pattern: RegExp;
  readonly #tasks = new Uint8Array(maxChunkSteps);
  readonly #events = new Uint8Array(stepEvents.length);
  /** For each value of the current segment, whether it matches: unknown, no or yes. */
  readonly #verdicts = new Uint8Array(maxChunkSteps);
  /** For each step of the current range, whether its output contains the text. */
  #printed = new Uint8Array(0);
  /** The first step of the segment that the verdicts belong to. */
  #segment = 0;
  /** The next known step of each wanted task. */
  readonly #next = new Map<TaskId, number>();
  #done = 0;

  /** @param limit the maximum number of matches kept; the search stops when it has found this many */
  constructor(
    readonly trace: TraceStore,
    readonly output: PrintedLog,
    readonly query: Query,
    readonly limit = mostMatches,
  ) {
    this.#pattern = textPattern(query.text, query.case);
    if (!query.tasks) this.#tasks.fill(1);
    for (const task of query.tasks ?? []) this.#tasks[task] = 1;
    stepEvents.forEach((event, code) => {
      this.#events[code] = !query.events || query.events.includes(event) ? 1 : 0;
    });
  }

  /** The last step that was searched, or skipped because nothing there can match. */
  get done(): number {
    return this.#done;
  }

  /** Whether the search stopped at the maximum number of matches. */
  get isCut(): boolean {
    return this.matches.length >= this.limit;
  }

  /** Whether every step recorded so far was searched. */
  get isComplete(): boolean {
    return this.#done >= this.trace.length;
  }

  /**
   * Searches the next steps.
   *
   * @param most the maximum number of steps searched in this call, which bounds the time it takes
   */
  advance(most: number): void {
    if (this.isCut) return;
    this.#lookBack();
    const from = this.#firstToRead(this.#done + 1);
    if (from > this.trace.length) {
      this.#done = this.trace.length;
      return;
    }
    const chunk = this.trace.chunkAt(from);
    const end = Math.min(this.trace.length, chunk.first + this.trace.segmentSteps - 1, from + most - 1);
    if (chunk.first !== this.#segment) this.#begin(chunk);
    this.#markPrinted(from, end);
    this.#done = this.#scan(chunk, from, end);
  }

  /** Output can arrive after its step, so the last searched step is checked once more. */
  #lookBack(): void {
    const step = this.#done;
    if (this.query.text === "" || step === 0 || this.matches.at(this.matches.length - 1) === step) return;
    const printed = textOf(this.output, step);
    if (printed !== "" && matches(this.query, this.trace.at(step), printed)) this.matches.push(step);
  }

  /** The first step of a wanted task. The segments before it are skipped. */
  #firstToRead(from: number): number {
    if (!this.query.tasks) return from;
    let first = Number.POSITIVE_INFINITY;
    for (const task of this.query.tasks) {
      const known = this.#next.get(task) ?? 0;
      const next = known >= from ? known : (this.trace.nextOf(task, from) ?? Number.POSITIVE_INFINITY);
      if (Number.isFinite(next)) this.#next.set(task, next);
      first = Math.min(first, next);
    }
    return first;
  }

  #begin(chunk: StepChunk): void {
    this.#segment = chunk.first;
    this.#verdicts.fill(this.query.text === "" ? yes : unknown);
  }

  #markPrinted(from: number, end: number): void {
    const count = end - from + 1;
    if (this.#printed.length < count) this.#printed = new Uint8Array(count);
    else this.#printed.fill(0, 0, count);
    if (this.query.text === "") return;
    for (const [step, text] of textsBetween(this.output, from, end)) {
      if (occursIn(this.#pattern, text)) this.#printed[step - from] = 1;
    }
  }

  /** @returns the last step that was searched, which is before `end` if the limit was reached */
  #scan(chunk: StepChunk, from: number, end: number): number {
    const { task, event, value, first } = chunk;
    const wanted = this.#tasks;
    const events = this.#events;
    const verdicts = this.#verdicts;
    const printed = this.#printed;
    for (let step = from; step <= end; step += 1) {
      const index = step - first;
      if (wanted[task[index] as number] === 0 || events[event[index] as number] === 0) continue;
      const number = value[index] as number;
      const verdict = verdicts[number] === unknown ? this.#judge(chunk, number) : verdicts[number];
      if (verdict === no && printed[step - from] === 0) continue;
      this.matches.push(step);
      if (this.isCut) return step;
    }
    return end;
  }

  #judge(chunk: StepChunk, number: number): number {
    const verdict = occursIn(this.#pattern, chunk.values.at(number) ?? "") ? yes : no;
    this.#verdicts[number] = verdict;
    return verdict;
  }
}

function textOf(output: PrintedLog, step: number): string {
  return textsBetween(output, step, step).get(step) ?? "";
}

/** The output of each step, joined into one text. */
function textsBetween(output: PrintedLog, first: number, last: number): Map<number, string> {
  const texts = new Map<number, string>();
  for (const { step, text } of printedBetween(output, first, last)) texts.set(step, (texts.get(step) ?? "") + text);
  return texts;
}
