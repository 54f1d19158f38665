/**
 * Changes one place in the text of a JSON file with comments, and leaves everything else as written. The edits of the parser library
 * reformat the lines around them, comments included, so they are used only to remove a property.
 */
import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  modify,
  type Node,
  parseTree,
  stripComments,
} from "jsonc-parser";

/** The value at a path; undefined if there is none. */
export function valueAt(text: string, path: JSONPath): unknown {
  const node = nodeAt(text, path);
  return node && getNodeValue(node);
}

/** Replaces the value at a path, which must exist. @returns the new text */
export function withValue(text: string, path: JSONPath, value: unknown): string {
  const { offset = text.length, length = 0 } = nodeAt(text, path) ?? {};
  return text.slice(0, offset) + inOneLine(value) + text.slice(offset + length);
}

/** Removes the property at a path. @returns the new text */
export function withoutProperty(text: string, path: JSONPath): string {
  return applyEdits(text, modify(text, path, undefined, {}));
}

/** Appends a property to an object on a line of its own, with a line for each property of an object value. @returns the new text */
export function withProperty(text: string, path: JSONPath, key: string, value: unknown): string {
  const object = nodeAt(text, path);
  if (object?.type !== "object") return text;
  const unit = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const close = object.offset + object.length - 1;
  const indent = unit.repeat(path.length);
  const property = `${indent}${unit}${JSON.stringify(key)}: ${inLines(value, `${indent}${unit}`, unit, eol)}`;
  const last = object.children?.at(-1);
  const lastEnd = last ? last.offset + last.length : close;
  const hasComma = stripComments(text, " ").slice(lastEnd, close).includes(",");
  const comma = last && !hasComma ? "," : "";
  const line = lineStart(text, close);
  const isAlone = line > object.offset && text.slice(line, close).trim() === "";
  const at = isAlone ? line : Math.max(lastEnd, text.slice(0, close).trimEnd().length);
  const end = `${hasComma ? "," : ""}${eol}`;
  const added = isAlone ? `${property}${end}` : `${eol}${property}${end}${indent}`;
  return text.slice(0, lastEnd) + comma + text.slice(lastEnd, at) + added + text.slice(isAlone ? at : close);
}

function inLines(value: unknown, indent: string, unit: string, eol: string): string {
  const isPlainObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries = isPlainObject ? Object.entries(value) : [];
  if (entries.length === 0) return inOneLine(value);
  const lines = entries.map(([key, each]) => `${indent}${unit}${JSON.stringify(key)}: ${inOneLine(each)}`);
  return `{${eol}${lines.join(`,${eol}`)}${eol}${indent}}`;
}

function inOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inOneLine(each)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

function nodeAt(text: string, path: JSONPath): Node | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && findNodeAtLocation(root, path);
}
