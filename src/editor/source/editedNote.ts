/**
 * Says beside an edit why the marks of the tasks are gone: they belong to the text that ran, which is not the one that is shown.
 */
import {
  DecorationRangeBehavior,
  type Disposable,
  Range,
  type TextDocument,
  type TextDocumentChangeEvent,
  ThemeColor,
  window,
  workspace,
} from "vscode";
import { Disposables } from "../disposables";
import type { Sessions } from "../session/sessions";
import { settings } from "../settings";
import { shows, textThatRan } from "./fileThatRan";

const note = "Edited: the marks of the tasks are hidden until this is undone, or the session is restarted";

export class EditedNote implements Disposable {
  readonly #disposables = new Disposables();
  readonly #type = this.#disposables.add(
    window.createTextEditorDecorationType({
      rangeBehavior: DecorationRangeBehavior.ClosedClosed,
      after: {
        contentText: `  ${note}`,
        color: new ThemeColor("editorCodeLens.foreground"),
        fontStyle: "italic",
        margin: "0 0 0 1em",
      },
    }),
  );
  /** The line of the first edit, in each document that shows another text than the one that ran. */
  readonly #lines = new Map<TextDocument, number>();

  constructor(readonly sessions: Sessions) {
    this.#disposables.add(workspace.onDidChangeTextDocument((event) => this.#edited(event)));
    this.#disposables.add(workspace.onDidCloseTextDocument((document) => this.#lines.delete(document)));
    this.#disposables.add(window.onDidChangeVisibleTextEditors(() => this.#draw()));
    this.#disposables.add(sessions.onDidChangeCalmly(() => this.#sessionChanged()));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #edited({ document, contentChanges: [first] }: TextDocumentChangeEvent): void {
    if (!first || this.#lines.has(document) !== this.#isAsItRan(document)) return;
    if (!this.#lines.delete(document)) this.#lines.set(document, first.range.start.line);
    this.#draw();
  }

  #sessionChanged(): void {
    const over = [...this.#lines.keys()].filter((document) => this.#isAsItRan(document));
    for (const document of over) this.#lines.delete(document);
    if (over.length > 0) this.#draw();
  }

  /** Also true for a document that no mark could be in. */
  #isAsItRan(document: TextDocument): boolean {
    const { active } = this.sessions;
    if (!active || !settings.marks() || document.uri.scheme !== "file") return true;
    const ran = textThatRan(document.fileName, active);
    return ran === undefined || shows(document, ran);
  }

  #draw(): void {
    for (const editor of window.visibleTextEditors) {
      const line = this.#lines.get(editor.document);
      const end =
        line === undefined ? undefined : editor.document.lineAt(Math.min(line, editor.document.lineCount - 1)).range.end;
      editor.setDecorations(this.#type, end ? [new Range(end, end)] : []);
    }
  }
}
