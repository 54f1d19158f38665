/**
 * The marks of one line of a source: the tasks that are suspended there, or threw there. The one that runs next is first, and a few have their
 * values after the line; the hover lists them all, up to a limit.
 */
import { MarkdownString, ThemeColor } from "vscode";
import type { TaskRow, View } from "../../protocol/panel";
import { isLost } from "../../protocol/waitView";
import { gotIn } from "../../session/view/got";
import type { Viewed } from "../../session/view/viewed";
import { isSameFile } from "./sameFile";
import { shownText } from "./shownText";
import { inWords, waitLines } from "./waitHover";

/** The number of colours before they repeat; it is the same in the panel. */
export const colours = 12;

/** The maximum number of tasks whose values are after a line. */
export const mostNamed = 3;

/** The maximum number of tasks in the hover, and of those whose waits it tells. */
const mostListed = 20;
const mostWaits = 5;

/** The maximum numbers of characters of a task's name, and of a value. */
const mostOfName = 60;
const mostOfValue = 60;
const mostOfWait = 1_000;

/** A mark of a task; line and column count from 0. */
export interface Mark {
  readonly task: TaskRow;
  readonly line: number;
  readonly column: number;
}

/** The marks in a file by line; in each line, the task that runs next is first, and those that threw come before the others. */
export function marksByLine(file: string, view: View): Mark[][] {
  const byLine = new Map<number, Mark[]>();
  for (const task of view.tasks) {
    // A task of an observed program may be suspended deep within a library.
    const own = view.observed && task.stack.find((each) => isSameFile(each.file, file));
    const point = task.threwAt ?? (own || task.stack[0]);
    if (!point || !isSameFile(point.file, file)) continue;
    const mark = { task, line: point.line - 1, column: Math.max(0, point.column - 1) };
    const marks = byLine.get(mark.line);
    if (marks) marks.push(mark);
    else byLine.set(mark.line, [mark]);
  }
  const rank = ({ id, threwAt }: TaskRow) => (id === view.next ? 0 : threwAt ? 1 : 2);
  return [...byLine.values()].map((marks) => marks.sort((one, other) => rank(one.task) - rank(other.task)));
}

/** A text after a line, with its colour. */
export interface MarkText {
  readonly contentText: string;
  readonly color: ThemeColor;
}

/** The texts after a line: one for each of the first tasks, and how many more there are. */
export function textsAfter(marks: readonly Mark[], viewed: Viewed, view: View): MarkText[] {
  const texts = marks.slice(0, mostNamed).map(({ task }) => ({
    contentText: `  ${rowOf(task, viewed, view)}`,
    color: new ThemeColor(isLost(view.waiting, task.id) ? "errorForeground" : `yieldpoint.task${(task.id % colours) + 1}`),
  }));
  const more = marks.length - texts.length;
  if (more === 0) return texts;
  return [...texts, { contentText: `  +${more.toLocaleString("en")}`, color: new ThemeColor("editorCodeLens.foreground") }];
}

/** What the hover says of a line: what each task gave last, what it got before, and what it waits for. */
export function hoverOver(marks: readonly Mark[], viewed: Viewed, view: View): MarkdownString {
  const [first] = marks;
  const isOne = marks.length === 1 && first?.task.waits !== undefined;
  const rows = isOne ? [] : marks.slice(0, mostListed).map(({ task }) => rowOf(task, viewed, view));
  const more = isOne ? 0 : marks.length - rows.length;
  const waiting = marks.filter(({ task }) => task.waits).slice(0, mostWaits);
  const waits = waiting.flatMap(({ task }) => waitLines(view, task)).map((line) => shownText(line, mostOfWait));
  // Names and values come from the user, so they are shown as code, and not parsed.
  return new MarkdownString().appendCodeblock(
    [...rows, ...(more > 0 ? [`and ${more.toLocaleString("en")} more`] : []), ...waits].join("\n"),
    "text",
  );
}

/** `▶ counter: 3`, or `▶ counter: gave 3 · got "go"` */
function rowOf(task: TaskRow, viewed: Viewed, view: View): string {
  const name = `${signOf(task, view)} ${shownText(task.name, mostOfName)}`;
  if (task.waits) return `${name} ${shownText(inWords(view, task.waits.sentence), mostOfValue)}`;
  if (task.value === undefined) return `${name}: ${withoutValue(task)}`;
  const value = shownText(task.value, mostOfValue);
  const got = task.threwAt ? undefined : gotIn(viewed, task.id);
  return `${name}: ${got === undefined ? value : `gave ${value} · got ${shownText(got, mostOfValue)}`}`;
}

function signOf({ id, threwAt, waits }: TaskRow, { next }: View): string {
  if (threwAt) return "✗";
  if (waits) return "◌";
  return id === next ? "▶" : "●";
}

/** A generator that the user's code resumed before it became a task has not yielded a value as a task. */
function withoutValue({ state }: TaskRow): string {
  return state === "created" ? "not started" : "not resumed as a task yet";
}
