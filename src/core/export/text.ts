/**
 * A trace as a text table with one column per task, to be pasted into an issue or a chat. It says what it leaves out.
 */

import { printedBetween } from "../analysis/printedOutput";
import { cut, padded, printable } from "../printable";
import { recordOf } from "../trace/segment";
import type { StepWaits } from "../waiting/stepWaits";
import { Columns, gap, mostWidth } from "./columns";
import { outcomeOf, thrownBy } from "./outcome";
import { baseName, type Exported, type Piece, PrintedInTurn, type PrintedText, type Stretch, stretchesOf } from "./source";
import { endLines, printedLines } from "./stepText";
import { waitsAsText } from "./waitTexts";

/** The maximum number of output lines shown for one step. */
const mostPrinted = 20;

/** The table of a whole run, piece by piece. */
export function* textPieces(source: Exported): Generator<Piece> {
  const { trace, output, file } = source;
  const end = trace.length;
  const table = new Table(source);
  const before = table.printed(printedBetween(output, 0, 0));
  yield { text: lines([printable(baseName(file)), "", ...before, table.columns.header]), step: 0 };
  for (const stretch of stretchesOf(source, end)) yield { text: lines(table.rows(stretch)), step: stretch.last };
  const unfinished = table.printed(printedBetween(output, end + 1, Number.POSITIVE_INFINITY));
  yield { text: lines([...unfinished, ...outcomeLines(source), ...table.notes()]), step: end };
}

class Table {
  readonly columns: Columns;
  readonly #waits: StepWaits<string>;
  #cutLines = 0;
  #leftOut = 0;

  constructor(readonly source: Exported) {
    this.#waits = waitsAsText(source, 1);
    this.columns = new Columns(source, this.#waits);
  }

  rows({ chunk, first, last, printed }: Stretch): string[] {
    const prints = new PrintedInTurn(printed);
    const rows: string[] = [];
    this.#waits.refresh();
    for (let step = first; step <= last; step += 1) {
      rows.push(this.columns.row(recordOf(chunk, step - chunk.first, this.source.trace.points)));
      if (printed.length > 0) rows.push(...this.printed(prints.of(step)));
    }
    return rows;
  }

  /** The output lines below a step. */
  printed(pieces: readonly PrintedText[]): string[] {
    if (pieces.length === 0) return [];
    const indent = this.columns.stepWidth + gap.length;
    const all = pieces.flatMap((piece) => printedLines(piece, indent));
    const more = all.length - mostPrinted;
    this.#leftOut += Math.max(0, more);
    const shown = all.slice(0, mostPrinted).map((line) => cut(line, mostWidth));
    this.#cutLines += shown.filter((line, index) => line !== all[index]).length;
    return more > 0 ? [...shown, `${" ".repeat(indent)}| … ${counted(more, "more line")}`] : shown;
  }

  /** Notes on what the table leaves out. */
  notes(): string[] {
    const { lostFrom } = this.source.output;
    const notes = [
      this.columns.cut > 0 ? `${counted(this.columns.cut, "value")} cut to the width of the column, marked by …` : "",
      this.#cutLines > 0 ? `${counted(this.#cutLines, "line")} of output cut to the width of the table` : "",
      this.#leftOut > 0 ? `${counted(this.#leftOut, "line")} of output left out` : "",
      lostFrom === undefined ? "" : `output from step ${lostFrom} on, which was not kept`,
    ].filter((note) => note !== "");
    return notes.length > 0 ? ["", ...notes.map((note) => `Not shown in full: ${note}.`)] : [];
  }
}

function outcomeLines(source: Exported): string[] {
  const { steps, tasks } = outcomeOf(source);
  const { why } = source;
  const thrown = thrownBy(source);
  const names = Object.keys(tasks).map((name) => cut(printable(name), 40));
  const width = names.reduce((most, name) => Math.max(most, Array.from(name).length), 0);
  const states = Object.entries(tasks).flatMap(([name, task], index) => {
    const [first = "", ...rest] = endLines(task, thrown(name), source.file, " ".repeat(width + 2 * gap.length));
    return [`${gap}${padded(names[index] ?? "", width)}${gap}${first}`.trimEnd(), ...rest];
  });
  return ["", `${counted(steps, "step")}:`, ...states, ...(why === undefined ? [] : ["", printable(why)])];
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
