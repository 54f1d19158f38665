/**
 * The hover over a variable: its value in every task that is suspended in the function around it, at the step that is shown.
 */
import { type Disposable, Hover, languages, MarkdownString, type Position, Range, type TextDocument } from "vscode";
import { functionAt } from "../../finder";
import { type ValuesThere, valuesThere } from "../../session/view/valuesThere";
import type { Sessions } from "../session/sessions";
import { fileThatRan } from "./fileThatRan";
import { taskDocuments } from "./lenses";
import { recordedDocuments } from "./recordedSources";
import { isSameFile } from "./sameFile";
import { shownText } from "./shownText";
import { offsetOf, variablesOf } from "./variablesOf";

/** The maximum numbers of characters of a task's name, and of a value. */
const mostOfName = 60;
const mostOfValue = 200;

/** Shows the values. */
export function offerValues(sessions: Sessions): Disposable {
  return languages.registerHoverProvider([...taskDocuments, recordedDocuments], {
    provideHover: (document, position) => hoverAt(sessions, document, position),
  });
}

function hoverAt(sessions: Sessions, document: TextDocument, position: Position): Hover | undefined {
  const viewed = sessions.active;
  if (!viewed || viewed.shownStatus === "running") return undefined;
  const file = fileThatRan(document, viewed);
  if (file === undefined) return undefined;
  const variables = variablesOf(document);
  const variable = variables?.at(document.offsetAt(position));
  if (!variables || !variable) return undefined;
  const { name, from, to, scope } = variable;
  const values = valuesThere(viewed, name, (at) => {
    if (!isSameFile(at.file, file)) return undefined;
    const offset = offsetOf(document, at);
    const code = functionAt(variables.functions, offset, at.function);
    const isAround = code !== undefined && code.from <= from && from < code.to;
    // A block further inside may have a variable of the same name, and one further outside does not have it at all.
    return isAround && variables.scopeOf(name, Math.max(offset, code.from)) === scope ? code.from : undefined;
  });
  const text = textOf(name, values);
  return text && new Hover(text, new Range(document.positionAt(from), document.positionAt(to)));
}

function textOf(variable: string, { rows, more }: ValuesThere): MarkdownString | undefined {
  if (rows.length + more === 0) return undefined;
  const hover = new MarkdownString();
  const count = more.toLocaleString("en");
  const tasks = more === 1 ? "task" : "tasks";
  if (rows.length === 0)
    return hover.appendText(`The value of ${variable} was not captured in the ${count} ${tasks} suspended here.`);
  // Values come from the user, so they are shown as code, and not parsed.
  const lines = rows.map(({ task, value }) => `${shownText(task, mostOfName)}: ${variable} = ${shownText(value, mostOfValue)}`);
  return hover.appendCodeblock([...lines, ...(more > 0 ? [`and ${count} more ${tasks}`] : [])].join("\n"), "text");
}
