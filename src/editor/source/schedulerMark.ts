/**
 * The mark of an observed program's own scheduler: the line that has resumed the task of the step, with its variables in the hover.
 */
import { type DecorationOptions, MarkdownString, Range, type TextDocument } from "vscode";
import type { View } from "../../protocol/panel";
import { isSameFile } from "./sameFile";
import { shownText } from "./shownText";

/** The maximum number of variables in the hover. */
const mostVariables = 20;
/** The maximum number of characters of a line. */
const mostOfLine = 500;

/**
 * The mark in a document, if the scheduler stands there.
 *
 * @param file the file whose text the document shows
 */
export function schedulerMark(document: TextDocument, file: string, view: View): DecorationOptions[] {
  const { now, detail } = view;
  const at = now?.resumedBy;
  if (!at || at.line < 1 || at.line > document.lineCount || !isSameFile(at.file, file)) return [];
  const { range, firstNonWhitespaceCharacterIndex: first } = document.lineAt(at.line - 1);
  const task = view.tasks.find(({ id }) => id === now.task)?.name ?? "";
  const scheduler = detail?.step === now.step ? detail.resumedBy?.at(-1) : undefined;
  const locals = scheduler?.locals.filter(({ change }) => change !== "removed").slice(0, mostVariables) ?? [];
  const lines = [
    `${at.function} has resumed ${task} in step ${now.step}.`,
    ...locals.map(({ name, value }) => `${name} = ${value.text}`),
  ];
  // Names and values come from the user, so they are shown as code, and not parsed.
  const hoverMessage = new MarkdownString().appendCodeblock(lines.map((line) => shownText(line, mostOfLine)).join("\n"), "text");
  return [
    { range: new Range(range.start.translate(0, first), range.end), hoverMessage },
    {
      range: new Range(range.end, range.end),
      hoverMessage,
      renderOptions: { after: { contentText: `  ⟲ ${shownText(`${at.function} resumed ${task}`, mostOfLine)}` } },
    },
  ];
}
