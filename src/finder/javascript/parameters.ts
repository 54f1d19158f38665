// The parameters of a function as written, and which of them a call must provide.

import type { SyntaxNode } from "@lezer/common";

/** A parameter without its type and default. */
export interface Parameter {
  text: string;
  required: boolean;
}

const PATTERNS = new Set(["VariableDefinition", "ObjectPattern", "ArrayPattern"]);

/** The parameters in a list, without TypeScript's `this`. */
export function parametersOf(list: SyntaxNode, text: string): Parameter[] {
  const parameters: Parameter[] = [];
  let current: Parameter | undefined;
  let rest = "";
  for (let node = list.firstChild; node; node = node.nextSibling) {
    if (node.name === ",") {
      current = undefined;
      rest = "";
    } else if (node.name === "Spread") {
      rest = "...";
    } else if (!current && PATTERNS.has(node.name)) {
      current = { text: rest + patternText(node, text), required: rest === "" };
      parameters.push(current);
    } else if (current && (node.name === "Equals" || node.name === "Optional")) {
      current.required = false;
    }
  }
  return parameters;
}

/**
 * The arguments of a call, with the names of required parameters. An optional parameter before a required one is `undefined`, so that
 * the others keep their positions.
 */
export function requiredArguments(parameters: readonly Parameter[]): string {
  const last = parameters.findLastIndex(({ required }) => required);
  return parameters
    .slice(0, last + 1)
    .map(({ text, required }) => (required ? text : "undefined"))
    .join(", ");
}

/** A pattern on one line and without comments, so that it fits in an input box. */
function patternText(node: SyntaxNode, text: string): string {
  let kept = "";
  let from = node.from;
  node.toTree().iterate({
    enter(inner) {
      if (!inner.type.isSkipped) return;
      kept += text.slice(from, node.from + inner.from);
      from = node.from + inner.to;
    },
  });
  return (kept + text.slice(from, node.to)).replace(/\s*[\r\n]\s*/g, " ");
}
