// The parameters of a function as written, and which of them a call must provide.

import type { SyntaxNode } from "@lezer/common";

/** A parameter without its annotation and default. */
export interface Parameter {
  /** `rest`, `*rest`, `**options`. */
  text: string;
  required: boolean;
  /** Whether it follows a `*`, so that a call must name it. */
  keywordOnly: boolean;
}

/** The parameters in a list, without the markers `/` and `*`. */
export function parametersOf(list: SyntaxNode, text: string): Parameter[] {
  const parameters: Parameter[] = [];
  let current: Parameter | undefined;
  let stars = "";
  let keywordOnly = false;
  for (let node = list.firstChild; node; node = node.nextSibling) {
    if (node.name === ",") {
      current = undefined;
      stars = "";
    } else if (node.name === "*" || node.name === "**") {
      stars = node.name;
      keywordOnly = true;
    } else if (!current && node.name === "VariableName") {
      current = { text: stars + text.slice(node.from, node.to), required: stars === "", keywordOnly };
      parameters.push(current);
    } else if (current && node.name === "AssignOp") {
      current.required = false;
    }
  }
  return parameters;
}

/** The parameters without the receiver, the instance or class that a bound call passes. */
export function withoutReceiver(parameters: readonly Parameter[]): Parameter[] {
  const [first, ...rest] = parameters;
  return first && !first.keywordOnly ? rest : [...parameters];
}

/** The arguments of a call, with the names of required parameters. */
export function requiredArguments(parameters: readonly Parameter[]): string {
  return parameters
    .filter(({ required }) => required)
    .map(({ text, keywordOnly }) => (keywordOnly ? `${text}=${text}` : text))
    .join(", ");
}
