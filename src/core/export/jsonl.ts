/**
 * A trace as JSON Lines: one object per step, preceded by one object for each piece of its output, and finally the outcome. The
 * names and the order of the keys are a stable format.
 */
import { printedBetween } from "../analysis/printedOutput";
import { type Resumed, resumedIn } from "../schedule/resumption";
import type { Driver } from "../trace/driver";
import type { Thrown } from "../trace/thrown";
import { type StepEvent, type StepRecord, stepEvents } from "../trace/trace";
import type { StepWaits } from "../waiting/stepWaits";
import { ChunkTexts } from "./chunkTexts";
import type { Outcome } from "./outcome";
import { type Exported, type Piece, PrintedInTurn, type PrintedText, type Stretch, stretchesOf, taskName } from "./source";
import { waitsAsJson, wokenIn } from "./waitTexts";

/** The lines of a whole run, in pieces. The outcome comes after all of them, because it takes longer to compute than a piece. */
export function* jsonlPieces(source: Exported): Generator<Piece> {
  const { trace, output } = source;
  const end = trace.length;
  const lines = new StepLines(source);
  yield { text: outputLines(printedBetween(output, 0, 0)), step: 0 };
  for (const stretch of stretchesOf(source, end)) yield { text: lines.of(stretch), step: stretch.last };
  // A slice that never ended may have printed.
  const unfinished = outputLines(printedBetween(output, end + 1, Number.POSITIVE_INFINITY));
  yield { text: lines.wokenBefore(end + 1) + unfinished, step: end };
}

class StepLines {
  readonly #texts: ChunkTexts;
  readonly #names: string[] = [];
  readonly #waits: StepWaits<string>;

  constructor(readonly source: Exported) {
    this.#texts = new ChunkTexts(source.trace.points, JSON.stringify, placeKeys);
    this.#waits = waitsAsJson(source, 1);
  }

  of({ chunk, first, last, printed }: Stretch): string {
    const prints = new PrintedInTurn(printed);
    let text = "";
    this.#waits.refresh();
    for (let step = first; step <= last; step += 1) {
      text += this.wokenBefore(step);
      const index = step - chunk.first;
      const task = chunk.task[index] as number;
      const name = this.#names[task] ?? this.#name(task);
      const event = stepEvents[chunk.event[index] as number] ?? "yielded";
      const value = this.#texts.value(chunk, chunk.value[index] as number);
      const place = this.#texts.point(chunk.point[index] as number);
      if (printed.length > 0) text += outputLines(prints.of(step));
      const given = this.source.changes ? givenKeys(resumedIn(this.source.changes, step)) : "";
      const error = event === "threw" ? errorKey(this.source.throws.of(step)) : "";
      const { waits, ended, simulated } = this.#waits.of(step, task);
      const wait = waitKeys(waits, wokenIn(ended, this.source), simulated);
      text += `${line(step, name, event, value + given, place + error + wait, chunk.micros[index] as number, chunk.began?.[index])}\n`;
    }
    return text;
  }

  /** The line of the tasks that were woken after the step before this one. */
  wokenBefore(step: number): string {
    const woke = wokenIn(this.#waits.before(step), this.source);
    return woke.length > 0 ? `${wokenLine(step - 1, woke)}\n` : "";
  }

  #name(task: number): string {
    const name = JSON.stringify(taskName(this.source, task));
    this.#names[task] = name;
    return name;
  }
}

/** What a step's line tells beside its record. */
export interface StepDetails {
  readonly resumed?: Resumed | undefined;
  readonly thrown?: Thrown | undefined;
  /** Who resumed the task, in an observed program. */
  readonly driver?: Driver | undefined;
  /** What it left its task waiting for, as JSON. */
  readonly waits?: string | undefined;
  /** The names of the tasks that it woke. */
  readonly woke?: readonly string[];
  /** What the clock of the program's simulation shows. */
  readonly simulated?: number | undefined;
}

/** The line of one step, without a line break. */
export function stepLine(
  record: StepRecord,
  task: string,
  { resumed, thrown, driver, waits, woke = [], simulated }: StepDetails,
): string {
  const { step, event, value, point, micros, began } = record;
  const given = JSON.stringify(value) + givenKeys(resumed);
  const rest = placeKeys(point) + driverKey(driver) + errorKey(thrown) + waitKeys(waits, woke, simulated);
  return line(step, JSON.stringify(task), event, given, rest, micros, began);
}

/** The line of the tasks that a time or a promise woke after a step. */
export function wokenLine(step: number, woke: readonly string[]): string {
  return JSON.stringify({ woke, after: step });
}

/** The line of a piece of output. Step 0 is the loading of the file. */
export function outputLine(step: number, { stream, text, dropped }: Omit<PrintedText, "step">): string {
  return JSON.stringify({ output: stream, step, text, ...(dropped ? { dropped } : {}) });
}

/** The last line: the outcome. */
export function outcomeLine(outcome: Outcome): string {
  return JSON.stringify({ outcome });
}

function line(
  step: number,
  task: string,
  event: StepEvent,
  value: string,
  place: string,
  micros: number,
  began?: number,
): string {
  const start = began === undefined ? "" : `,"began":${tenths(began)}`;
  return `{"step":${step},"task":${task},"event":"${event}","value":${value}${place},"micros":${tenths(micros)}${start}}`;
}

function tenths(micros: number): number {
  return Number.isFinite(micros) ? Math.round(micros * 10) / 10 : 0;
}

function placeKeys(point: { readonly line: number; readonly column: number } | undefined): string {
  return point ? `,"line":${point.line},"column":${point.column}` : "";
}

function driverKey(driver: Driver | undefined): string {
  if (!driver) return "";
  const { function: name, file, line } = driver;
  return `,"resumedBy":${JSON.stringify({ function: name, file, line })}`;
}

function errorKey(thrown: Thrown | undefined): string {
  return thrown ? `,"error":${JSON.stringify(thrown)}` : "";
}

function waitKeys(waits: string | undefined, woke: readonly string[], simulated: number | undefined): string {
  const clock = simulated === undefined ? "" : `,"simulated":${simulated}`;
  return (waits === undefined ? "" : `,"waits":${waits}`) + (woke.length > 0 ? `,"woke":${JSON.stringify(woke)}` : "") + clock;
}

function givenKeys(resumed: Resumed | undefined): string {
  return resumed ? `,${JSON.stringify(resumed).slice(1, -1)}` : "";
}

function outputLines(printed: readonly PrintedText[]): string {
  return printed.map((piece) => `${outputLine(piece.step, piece)}\n`).join("");
}
