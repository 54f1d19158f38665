/**
 * Marks in the source: where every task is suspended, in the task's colour, with the last yielded value, or where it threw.
 */
import {
  type DecorationOptions,
  DecorationRangeBehavior,
  type Disposable,
  OverviewRulerLane,
  Position,
  Range,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  window,
  workspace,
} from "vscode";
import type { TaskRow, View } from "../../protocol/panel";
import { isLost } from "../../protocol/waitView";
import { viewOf } from "../../session/view/view";
import { Disposables } from "../disposables";
import type { Sessions } from "../session/sessions";
import { settings } from "../settings";
import { fileThatRan, shownInSource } from "./fileThatRan";
import { isSameFile } from "./sameFile";
import { schedulerMark } from "./schedulerMark";
import { shownText } from "./shownText";
import { sourcesOf } from "./sourcesOf";
import { inWords, waitHover } from "./waitHover";

/** The number of colours before they repeat; it is the same in the panel. */
const colours = 12;

/** The maximum number of characters of a value shown after a line. */
const maxValueCharacters = 60;

/** No marks of any colour, no deadlocks, and no scheduler: the state of a new editor. */
const nothing = Array.from({ length: colours + 2 }, () => "[]");

export class Marks implements Disposable {
  readonly #disposables = new Disposables();
  /**
   * The marks set in each editor, by colour number. Setting the same marks again costs the editor as much as new ones, so it is avoided.
   */
  readonly #standing = new WeakMap<TextEditor, readonly string[]>();
  /** Drawn over the marks of tasks in a deadlock. */
  readonly #lost = this.#disposables.add(
    window.createTextEditorDecorationType({
      rangeBehavior: DecorationRangeBehavior.ClosedClosed,
      isWholeLine: true,
      backgroundColor: new ThemeColor("inputValidation.errorBackground"),
      overviewRulerColor: new ThemeColor("errorForeground"),
      overviewRulerLane: OverviewRulerLane.Full,
    }),
  );
  /** An observed program's own scheduler. */
  readonly #scheduler = this.#disposables.add(
    window.createTextEditorDecorationType({
      rangeBehavior: DecorationRangeBehavior.ClosedClosed,
      overviewRulerColor: new ThemeColor("editorCodeLens.foreground"),
      overviewRulerLane: OverviewRulerLane.Center,
      borderColor: new ThemeColor("editorCodeLens.foreground"),
      borderStyle: "dotted",
      borderWidth: "0 0 2px 0",
      after: { color: new ThemeColor("editorCodeLens.foreground"), margin: "0 0 0 1em" },
    }),
  );
  readonly #types = Array.from({ length: colours }, (_, index) => this.#disposables.add(decorationType(index)));

  constructor(readonly sessions: Sessions) {
    this.#disposables.add(sessions.onDidChangeCalmly(() => this.#draw()));
    this.#disposables.add(window.onDidChangeVisibleTextEditors(() => this.#draw()));
    this.#disposables.add(workspace.onDidChangeTextDocument(({ document }) => this.#edited(document)));
    this.#disposables.add(workspace.onDidSaveTextDocument((document) => this.#saved(document)));
    this.#draw();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** VS Code moves marks along with edited text, so their positions are not known any more. */
  #edited(document: TextDocument): void {
    if (!this.#isSource(document)) return;
    for (const editor of window.visibleTextEditors) if (editor.document === document) this.#standing.set(editor, []);
    this.#draw();
  }

  #saved(document: TextDocument): void {
    if (this.#isSource(document)) this.#shown?.markStale();
  }

  get #shown() {
    return this.sessions.current ?? this.sessions.restored;
  }

  #isSource(document: TextDocument): boolean {
    const shown = this.#shown;
    return shown !== undefined && sourcesOf(shown).some((file) => isSameFile(file, document.fileName));
  }

  #draw(): void {
    const active = settings.marks() ? shownInSource(this.sessions) : undefined;
    const view = active && viewOf(active);
    for (const editor of window.visibleTextEditors) {
      const file = active && view ? fileThatRan(editor.document, active) : undefined;
      if (view && file !== undefined) {
        this.#apply(editor, marksIn(editor.document, file, view), schedulerMark(editor.document, file, view));
      } else this.#apply(editor, [], []);
    }
  }

  #apply(editor: TextEditor, marks: readonly Mark[], scheduler: DecorationOptions[]): void {
    const standing = this.#standing.get(editor) ?? nothing;
    const drawn = this.#types.map((type, index) => {
      const ours = marks.filter(({ task }) => task.id % colours === index);
      const options = ours.flatMap((mark) => optionsOf(editor.document, mark));
      const text = JSON.stringify(options);
      if (text !== standing[index]) editor.setDecorations(type, options);
      return text;
    });
    const lost = marks.filter(({ view, task }) => isLost(view.waiting, task.id)).map(({ line }) => new Range(line, 0, line, 0));
    const text = JSON.stringify(lost);
    if (text !== standing[colours]) editor.setDecorations(this.#lost, lost);
    const schedulerText = JSON.stringify(scheduler);
    if (schedulerText !== standing[colours + 1]) editor.setDecorations(this.#scheduler, scheduler);
    this.#standing.set(editor, [...drawn, text, schedulerText]);
  }
}

interface Mark {
  readonly view: View;
  readonly task: TaskRow;
  readonly line: number;
  readonly column: number;
  readonly isNext: boolean;
}

function marksIn(document: TextDocument, file: string, view: View): Mark[] {
  return view.tasks.flatMap((task) => {
    // A task of an observed program may be suspended deep within a library.
    const own = view.observed && task.stack.find((each) => isSameFile(each.file, file));
    const point = task.threwAt ?? (own || task.stack[0]);
    if (!point || point.line > document.lineCount || !isSameFile(point.file, file)) return [];
    return [{ view, task, line: point.line - 1, column: Math.max(0, point.column - 1), isNext: view.next === task.id }];
  });
}

/** The place is underlined, and the text follows after the end of the line, so that the code stays readable. */
function optionsOf(document: TextDocument, { view, task, line, column, isNext }: Mark): DecorationOptions[] {
  const value = textOf(view, task);
  const isForEver = isLost(view.waiting, task.id);
  const hoverMessage = task.waits ? { hoverMessage: waitHover(view, task) } : {};
  const place = new Position(line, column);
  const { end } = document.lineAt(line).range;
  return [
    { range: document.getWordRangeAtPosition(place) ?? new Range(place, place), ...hoverMessage },
    {
      range: new Range(end, end),
      ...hoverMessage,
      renderOptions: {
        after: {
          contentText: `  ${signOf(task, isNext)} ${task.name}${task.waits ? " " : ": "}${value}`,
          ...(isForEver ? { color: new ThemeColor("errorForeground") } : {}),
        },
      },
    },
  ];
}

function signOf({ threwAt, waits }: TaskRow, isNext: boolean): string {
  if (threwAt) return "✗";
  if (waits) return "◌";
  return isNext ? "▶" : "●";
}

function textOf(view: View, task: TaskRow): string {
  if (task.waits) return shownText(inWords(view, task.waits.sentence), maxValueCharacters);
  return task.value === undefined ? withoutValue(task) : shownText(task.value, maxValueCharacters);
}

/** A generator that the user's code resumed before it became a task has not yielded a value as a task. */
function withoutValue({ state }: View["tasks"][number]): string {
  return state === "created" ? "not started" : "not resumed as a task yet";
}

function decorationType(index: number) {
  const color = new ThemeColor(`yieldpoint.task${index + 1}`);
  return window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    overviewRulerColor: color,
    overviewRulerLane: OverviewRulerLane.Left,
    borderColor: color,
    borderStyle: "solid",
    borderWidth: "0 0 2px 0",
    after: { color, margin: "0 0 0 1em" },
  });
}
