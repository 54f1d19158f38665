/**
 * The columns of a text table: one per task if they fit. The widths are chosen from the beginning of the run.
 */
import { cut, padded, printable } from "../printable";
import { resumedIn } from "../schedule/resumption";
import { recordOf } from "../trace/segment";
import type { StepRecord } from "../trace/trace";
import type { StepWaits } from "../waiting/stepWaits";
import { type Exported, stretchesOf, taskName } from "./source";
import { eventText } from "./stepText";
import { waitsAsText } from "./waitTexts";

/** The maximum width of a line, in characters. */
export const mostWidth = 140;
/** The maximum width of a task's own column, and of a single column that all tasks share. */
const most = 40;
const mostShared = 80;
/** If the tasks' own columns would be narrower than this, too little of a value could be seen, and all tasks share one column. */
const least = 10;
/** How many steps the widths are chosen from. */
const samples = 1_000;

export const gap = "  ";

/** Places each step's cell in its row, and counts the cells that had to be cut. */
export class Columns {
  readonly stepWidth: number;
  /** The line with the column names. */
  readonly header: string;
  readonly #widths: readonly number[];
  readonly #starts: readonly number[];
  readonly #nameWidth: number;
  #cut = 0;

  /** @param waits what each step left its task waiting for; to be asked for rows in order */
  constructor(
    readonly source: Exported,
    readonly waits: StepWaits<string>,
  ) {
    const { trace } = source;
    const names = source.tasks.map((_, task) => printable(taskName(source, task)));
    this.stepWidth = Math.max(4, String(trace.length).length);
    const each = Math.floor((mostWidth - this.stepWidth) / Math.max(1, names.length)) - gap.length;
    const isShared = each < least;
    const wanted = widthsOf(source, names);
    this.#nameWidth = isShared ? Math.min(most, greatest(names.map(lengthOf))) : 0;
    this.#widths = isShared ? [] : wanted.map((width) => Math.min(width, Math.max(each, least), most));
    this.#starts = startsOf(this.#widths);
    const heads = names.map((name, task) => padded(cut(name, this.#widths[task] ?? 0), this.#widths[task] ?? 0));
    const shared = `${padded("task", this.#nameWidth)}${gap}value`;
    this.header = `${"step".padStart(this.stepWidth)}${gap}${isShared ? shared : heads.join(gap)}`.trimEnd();
  }

  /** How many cells were cut so far. */
  get cut(): number {
    return this.#cut;
  }

  /** The line of one step. */
  row(record: StepRecord): string {
    const start = this.#starts[record.task];
    const number = String(record.step).padStart(this.stepWidth);
    const text = textOf(record, this.source, this.waits);
    if (start !== undefined)
      return `${number}${gap}${" ".repeat(start)}${this.#fit(text, this.#widths[record.task] ?? least)}`.trimEnd();
    const name = padded(this.#fit(printable(taskName(this.source, record.task)), this.#nameWidth || most), this.#nameWidth);
    return `${number}${gap}${name}${gap}${this.#fit(text, mostShared)}`.trimEnd();
  }

  #fit(text: string, width: number): string {
    const shown = cut(text, width);
    if (shown !== text) this.#cut += 1;
    return shown;
  }
}

/** For each task, the length of its name or of the longest of its first values. */
function widthsOf(source: Exported, names: readonly string[]): number[] {
  const widths = names.map((name) => Math.max(least, lengthOf(name)));
  const waits = waitsAsText(source, 1);
  for (const { chunk, first, last } of stretchesOf(source, Math.min(samples, source.trace.length))) {
    for (let step = first; step <= last; step += 1) {
      const record = recordOf(chunk, step - chunk.first, source.trace.points);
      const width = lengthOf(cut(textOf(record, source, waits), most));
      widths[record.task] = Math.max(widths[record.task] ?? 0, width);
    }
  }
  return widths.slice(0, names.length);
}

/** @param waits asked for steps in order */
function textOf(record: StepRecord, { changes = [] }: Exported, waits: StepWaits<string>): string {
  waits.before(record.step);
  return eventText(record, resumedIn(changes, record.step), waits.of(record.step, record.task).waits);
}

function startsOf(widths: readonly number[]): number[] {
  let start = 0;
  return widths.map((width) => {
    const here = start;
    start += width + gap.length;
    return here;
  });
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function greatest(numbers: readonly number[]): number {
  return numbers.reduce((most, each) => Math.max(most, each), 4);
}
