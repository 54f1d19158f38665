// What decorators do to a generator: how it is reached, and whether a call still gives one.

import type { SyntaxNode } from "@lezer/common";

/**
 * How a decorated function is reached: "plain" like one without decorators, "static" and "class" through the class,
 * "property" by its name alone. "none": what is reached gives no generator.
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
 * What the decorators of a function make of it, known by their last names alone: `@contextlib.contextmanager` gives a
 * context manager, so that function gets no lens, and neither does a property's setter, nor a fixture of pytest, which must not
 * be called. Other decorators are taken to
 * hand on a generator.
 */
export function bindingOf(decorators: readonly SyntaxNode[], text: string): Binding {
  const bindings = decorators.map((decorator) => BINDINGS.get(lastName(decorator, text)) ?? "plain");
  if (bindings.includes("none")) return "none";
  return bindings.find((binding) => binding !== "plain") ?? "plain";
}

/**
 * Whether a function leaves what its name stands for in place and only adds to it, as in `@size.setter` above another `size`,
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
