// The parameters of a function as written, and which of them a call must give.

import type { SyntaxNode } from "@lezer/common";

/** One parameter without its annotation and default. */
export interface Parameter {
  /** `rest`, `*rest`, `**options`. */
  text: string;
  required: boolean;
  /** Behind a `*`: a call has to name it. */
  keywordOnly: boolean;
}

/** The parameters of a parameter list; the marks `/` and `*` are none. */
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

/** What a bound call gives itself, the instance or the class, is left out. */
export function withoutReceiver(parameters: readonly Parameter[]): Parameter[] {
  const [first, ...rest] = parameters;
  return first && !first.keywordOnly ? rest : [...parameters];
}

/** The arguments of a call that gives what is required by the parameters' own names. */
export function requiredArguments(parameters: readonly Parameter[]): string {
  return parameters
    .filter(({ required }) => required)
    .map(({ text, keywordOnly }) => (keywordOnly ? `${text}=${text}` : text))
    .join(", ");
}
