/**
 * The functions and variables of each document, which is parsed once for each of its versions.
 */
import { Position, type TextDocument } from "vscode";
import { languageOf, Variables } from "../../finder";

const known = new WeakMap<TextDocument, { readonly version: number; readonly variables: Variables | undefined }>();

/** Undefined for a document in another language. */
export function variablesOf(document: TextDocument): Variables | undefined {
  const { version, fileName } = document;
  const before = known.get(document);
  if (before?.version === version) return before.variables;
  const language = languageOf(fileName);
  const variables = language && new Variables(document.getText(), language);
  known.set(document, { version, variables });
  return variables;
}

/** The offset of a place in a document, whose line and column count from 1. */
export function offsetOf(document: TextDocument, { line, column }: { readonly line: number; readonly column: number }): number {
  return document.offsetAt(new Position(line - 1, Math.max(0, column - 1)));
}
