// The effect of decorators on a generator: how it is reached, and whether a call still returns a generator.

import type { SyntaxNode } from "@lezer/common";

/**
 * How a decorated function is reached: "plain" like one without decorators, "static" and "class" through the class,
 * "property" by its name alone. "none" means that a call does not return a generator.
 */
export type Binding = "plain" | "static" | "class" | "property" | "none";

const BINDINGS = new Map<string, Binding>([
  ["staticmethod", "static"],
  ["classmethod", "class"],
  ["property", "property"],
  ["cached_property", "property"],
  ["getter", "property"],
  ["setter", "none"],
  ["deleter", "none"],
  ["contextmanager", "none"],
  ["asynccontextmanager", "none"],
  ["fixture", "none"],
]);

/**
 * The effect of a function's decorators, which are recognized only by their last names. `@contextlib.contextmanager` returns a context
 * manager, so such a function gets no lens. Neither do the setter of a property and a pytest fixture, which must not be called. Other
 * decorators are assumed to return a generator.
 */
export function bindingOf(decorators: readonly SyntaxNode[], text: string): Binding {
  const bindings = decorators.map((decorator) => BINDINGS.get(lastName(decorator, text)) ?? "plain");
  if (bindings.includes("none")) return "none";
  return bindings.find((binding) => binding !== "plain") ?? "plain";
}

/**
 * Whether a function does not replace the previous value of its name, but only extends it, as in `@size.setter` above another `size`,
 * or `@shown.register` above another `shown`.
 */
export function addsTo(name: string, decorators: readonly SyntaxNode[], text: string): boolean {
  return decorators.some((decorator) => {
    const [first, ...others] = decorator.getChildren("VariableName").map(({ from, to }) => text.slice(from, to));
    return first === name && others.length > 0 && others.at(-1) !== "getter";
  });
}

function lastName(decorator: SyntaxNode, text: string): string {
  const last = decorator.getChildren("VariableName").at(-1);
  return last ? text.slice(last.from, last.to) : "";
}
