/**
 * Values at the ends of lines, as in the debugger: what the variables named there have in the frames of the task that the panel shows, as
 * they are at the step that is shown.
 */
import {
  type DecorationOptions,
  type Disposable,
  Range,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  window,
  workspace,
} from "vscode";
import { functionAt } from "../../finder";
import type { MarkedFrame } from "../../protocol/stepDetail";
import { detailOf } from "../../session/view/detail";
import { Disposables } from "../disposables";
import type { Sessions } from "../session/sessions";
import { section, settings } from "../settings";
import { fileThatRan } from "./fileThatRan";
import { isSameFile } from "./sameFile";
import { shownText } from "./shownText";
import { offsetOf, variablesOf } from "./variablesOf";

/** The maximum numbers of characters of a value, and of all values of a line. */
const mostOfValue = 40;
const mostOfLine = 160;

export class InlineValues implements Disposable {
  readonly #disposables = new Disposables();
  /** What each editor shows. Setting the same again costs as much as something new. */
  readonly #standing = new WeakMap<TextEditor, string>();
  readonly #type = this.#disposables.add(
    window.createTextEditorDecorationType({
      after: {
        color: new ThemeColor("editor.inlineValuesForeground"),
        backgroundColor: new ThemeColor("editor.inlineValuesBackground"),
        margin: "0 0 0 1em",
      },
    }),
  );

  constructor(readonly sessions: Sessions) {
    this.#disposables.add(sessions.onDidChangeCalmly(() => this.#draw()));
    this.#disposables.add(window.onDidChangeVisibleTextEditors(() => this.#draw()));
    this.#disposables.add(workspace.onDidChangeTextDocument(() => this.#draw()));
    this.#disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) this.#draw();
      }),
    );
    this.#draw();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #draw(): void {
    const viewed = settings.inlineValues() ? this.sessions.active : undefined;
    const isRacing = viewed?.shownStatus === "running" && viewed.speed === undefined;
    const frames = viewed && !isRacing ? detailOf(viewed).frames : [];
    for (const editor of window.visibleTextEditors) {
      const file = viewed && frames.length > 0 ? fileThatRan(editor.document, viewed) : undefined;
      const own = file === undefined ? [] : frames.filter((frame) => isSameFile(frame.file, file));
      const drawn = valuesIn(editor.document, own, frames.at(-1));
      const text = JSON.stringify(drawn);
      if (text === (this.#standing.get(editor) ?? "[]")) continue;
      this.#standing.set(editor, text);
      editor.setDecorations(this.#type, drawn);
    }
  }
}

/**
 * The values of each line of the frames' functions, up to the line where a frame is suspended. On the line of the innermost one is the mark
 * of the task, with what it yielded, which values would push out of sight.
 */
function valuesIn(document: TextDocument, frames: readonly MarkedFrame[], innermost?: MarkedFrame): DecorationOptions[] {
  if (frames.length === 0) return [];
  const all = variablesOf(document)?.functions ?? [];
  // Of several frames of a function, the innermost one, which is the last, is shown.
  const byCode = new Map(
    frames.flatMap((frame) => {
      const code = functionAt(all, offsetOf(document, frame), frame.function);
      return code ? [[code, frame] as const] : [];
    }),
  );
  const byLine = new Map<number, Map<string, string>>();
  for (const [{ named }, frame] of byCode) {
    const { locals } = frame;
    const last = frame === innermost ? frame.line - 1 : frame.line;
    const values = new Map(
      locals.flatMap(({ name, value, change }) => (change === "removed" ? [] : [[name, value.text] as const])),
    );
    for (const { name, from } of named) {
      const { line } = document.positionAt(from);
      const value = values.get(name);
      if (value === undefined || line >= last) continue;
      byLine.set(line, (byLine.get(line) ?? new Map()).set(name, value));
    }
  }
  return [...byLine].map(([line, values]) => {
    const { end } = document.lineAt(line).range;
    const text = [...values].map(([name, value]) => `${name} = ${shownText(value, mostOfValue)}`).join(", ");
    return { range: new Range(end, end), renderOptions: { after: { contentText: shownText(text, mostOfLine) } } };
  });
}
