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
  type TextEditorDecorationType,
  ThemeColor,
  window,
  workspace,
} from "vscode";
import type { View } from "../../protocol/panel";
import { isLost } from "../../protocol/waitView";
import { viewOf } from "../../session/view/view";
import type { Viewed } from "../../session/view/viewed";
import { Disposables } from "../disposables";
import type { Sessions } from "../session/sessions";
import { settings } from "../settings";
import { fileThatRan, shows, textThatRan } from "./fileThatRan";
import { colours, hoverOver, type Mark, marksByLine, mostNamed, textsAfter } from "./lineMarks";
import { isSameFile } from "./sameFile";
import { schedulerMark } from "./schedulerMark";
import { sourcesOf } from "./sourcesOf";

export class Marks implements Disposable {
  readonly #disposables = new Disposables();
  /** The marks set in each editor, by type. Setting the same marks again costs the editor as much as new ones, so it is avoided. */
  readonly #standing = new WeakMap<TextEditor, readonly string[]>();
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
  /** Of places in each colour, of the texts after a line from left to right, and of lines with tasks in a deadlock. */
  readonly #types = [
    ...Array.from({ length: colours }, (_, index) => decorationType(index)),
    ...inOrder(Array.from({ length: mostNamed + 1 }, textType)),
    window.createTextEditorDecorationType({
      rangeBehavior: DecorationRangeBehavior.ClosedClosed,
      isWholeLine: true,
      backgroundColor: new ThemeColor("inputValidation.errorBackground"),
      overviewRulerColor: new ThemeColor("errorForeground"),
      overviewRulerLane: OverviewRulerLane.Full,
    }),
  ].map((type) => this.#disposables.add(type));

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
    const { current } = this.sessions;
    // A document without changes of its own is as it is on disk, where something else may have changed it.
    if (!document.isDirty && current?.differs(document.fileName) === this.#isAsItRan(document)) this.#saved(document);
    for (const editor of window.visibleTextEditors) if (editor.document === document) this.#standing.set(editor, []);
    this.#draw();
  }

  #saved(document: TextDocument): void {
    const { current, restored } = this.sessions;
    if (!this.#isSource(document)) return;
    restored?.markStale();
    current?.saved(document.fileName, this.#isAsItRan(document));
  }

  #isAsItRan(document: TextDocument): boolean {
    const { current } = this.sessions;
    const ran = current && textThatRan(document.fileName, current);
    return ran !== undefined && shows(document, ran);
  }

  #isSource(document: TextDocument): boolean {
    const { viewed } = this.sessions;
    return viewed !== undefined && sourcesOf(viewed).some((file) => isSameFile(file, document.fileName));
  }

  #draw(): void {
    const active = settings.marks() ? this.sessions.active : undefined;
    const view = active && viewOf(active);
    for (const editor of window.visibleTextEditors) {
      const { document } = editor;
      const file = active && fileThatRan(document, active);
      const isShown = active && view && file !== undefined;
      const lines = isShown ? marksByLine(file, view).filter(([mark]) => mark && mark.line < document.lineCount) : [];
      const drawn = this.#types.map((): DecorationOptions[] => []);
      if (isShown) for (const marks of lines) draw(document, marks, active, view, drawn);
      this.#apply(editor, drawn, isShown ? schedulerMark(document, file, view) : []);
    }
  }

  #apply(editor: TextEditor, drawn: readonly DecorationOptions[][], scheduler: DecorationOptions[]): void {
    const standing = this.#standing.get(editor);
    const texts = [...this.#types, this.#scheduler].map((type, index) => {
      const options = drawn[index] ?? scheduler;
      const text = JSON.stringify(options);
      if (text !== (standing ? standing[index] : "[]")) editor.setDecorations(type, options);
      return text;
    });
    this.#standing.set(editor, texts);
  }
}

/** Adds the marks of a line. Each place is underlined, and the texts follow after the end of the line, so that the code stays readable. */
function draw(document: TextDocument, marks: readonly Mark[], viewed: Viewed, view: View, drawn: DecorationOptions[][]): void {
  const hoverMessage = hoverOver(marks, viewed, view);
  const columns = new Set<number>();
  for (const { task, line, column } of marks) {
    if (columns.has(column)) continue;
    columns.add(column);
    const place = new Position(line, column);
    const range = document.getWordRangeAtPosition(place) ?? new Range(place, place);
    drawn[task.id % colours]?.push({ range, hoverMessage });
  }
  const { range } = document.lineAt(marks[0]?.line ?? 0);
  const end = new Range(range.end, range.end);
  for (const [index, after] of textsAfter(marks, viewed, view).entries()) {
    drawn[colours + index]?.push({ range: end, hoverMessage, renderOptions: { after } });
  }
  if (marks.some(({ task }) => isLost(view.waiting, task.id))) drawn.at(-1)?.push({ range });
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
  });
}

function textType(): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    after: { margin: "0 0 0 1em" },
  });
}

/** The editor puts the texts at one place in the order of the names of their types, which end in numbers without leading zeros. */
function inOrder(types: TextEditorDecorationType[]): TextEditorDecorationType[] {
  return types.sort((one, other) => (one.key < other.key ? -1 : 1));
}
