/**
 * Searches a trace, one stretch at a time: by task, by event, by text in the value or in the output. A text is compared once
 * for each distinct value of a segment; segments without a step of the tasks in question are not read.
 */

import type { TaskId } from "../task";
import { maxChunkSteps, type StepChunk, type StepEvent, type StepRecord, stepEvents } from "../trace/trace";
import type { TraceStore } from "../trace/traceStore";
import { type PrintedLog, printedBetween } from "./printedOutput";
import { StepList } from "./stepList";
import { type Case, occursIn, textPattern } from "./textPattern";

/** What a step must be to match: everything that is named here. */
export interface Query {
  /** One of these; left out, any. */
  readonly tasks?: readonly TaskId[] | undefined;
  /** One of these; left out, any. */
  readonly events?: readonly StepEvent[] | undefined;
  /** A part of the value's preview, or of what the step printed. Empty for anything. */
  readonly text: string;
  readonly case: Case;
}

/** At most so many matches are kept: 64 MB of them. */
const mostMatches = 16 * 1024 * 1024;

const unknown = 0;
const no = 1;
const yes = 2;

/**
 * Whether one step matches: what a whole search says of it, for the few steps that are drawn.
 *
 * @param printed what the step printed
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

/** One search; it continues where it stopped as long as the trace grows. */
export class Search {
  readonly matches = new StepList();
  readonly #pattern: RegExp;
  readonly #tasks = new Uint8Array(maxChunkSteps);
  readonly #events = new Uint8Array(stepEvents.length);
  /** For each value of the segment that is searched now: unknown, no or yes. */
  readonly #verdicts = new Uint8Array(maxChunkSteps);
  /** For each step of the stretch, whether what it printed has the text. */
  #printed = new Uint8Array(0);
  /** The first step of the segment that the verdicts are about. */
  #segment = 0;
  /** For each wanted task, its next known step. */
  readonly #next = new Map<TaskId, number>();
  #done = 0;

  /** @param limit the most matches that are kept; a search that found more stops there */
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

  /** The last step that was looked at, or passed over because nothing there can match. */
  get done(): number {
    return this.#done;
  }

  /** Whether there were more matches than are kept. */
  get isCut(): boolean {
    return this.matches.length >= this.limit;
  }

  /** Whether every step that there is by now was looked at. */
  get isComplete(): boolean {
    return this.#done >= this.trace.length;
  }

  /**
   * Looks at the next steps.
   *
   * @param most so many at once, which bounds the time it takes
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

  /** Output can arrive after its step: the last step is read once more. */
  #lookBack(): void {
    const step = this.#done;
    if (this.query.text === "" || step === 0 || this.matches.at(this.matches.length - 1) === step) return;
    const printed = textOf(this.output, step);
    if (printed !== "" && matches(this.query, this.trace.at(step), printed)) this.matches.push(step);
  }

  /** The first step of a wanted task, so that the segments before it are left out. */
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

  /** @returns the last step that was looked at: the limit may come before the end */
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

/** What each step printed, its pieces as one text. */
function textsBetween(output: PrintedLog, first: number, last: number): Map<number, string> {
  const texts = new Map<number, string>();
  for (const { step, text } of printedBetween(output, first, last)) texts.set(step, (texts.get(step) ?? "") + text);
  return texts;
}
