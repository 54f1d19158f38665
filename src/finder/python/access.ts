// How a function is reached from the module's own scope: the expression for a call, and the displayed name.

import type { GeneratorKind } from "../generators";
import type { Binding } from "./decorators";
import type { Instance } from "./instances";

/** Where a definition is: in the module, or in a class, with how to get an instance. */
export interface Scope {
  /** The displayed name, "Outer.Inner"; empty for the module. */
  name: string;
  /** The class as an expression; empty for the module. */
  expression: string;
  /** The innermost class's own name. */
  className: string;
  /** An instance on which a method can be called; undefined where there is none. */
  instanceFor(method: string): Instance | undefined;
}

export const moduleScope: Scope = { name: "", expression: "", className: "", instanceFor: () => undefined };

/** The body of a function. Definitions in it cannot be reached from outside. */
export const localScope: Scope = { ...moduleScope };

/** The scope of a nested class. */
export function classScope(
  name: string,
  outer: Scope,
  instanceFor: (expression: string, method: string) => Instance | undefined,
): Scope {
  const expression = dotted(outer.expression, mangled(name, outer));
  return { name: readName(name, outer), expression, className: name, instanceFor: (method) => instanceFor(expression, method) };
}

/** A definition's name, with its classes. */
export function readName(name: string, scope: Scope): string {
  return dotted(scope.name, name);
}

/** Whether reaching a function requires a new instance. */
export function needsInstance(scope: Scope, binding: Binding): boolean {
  return scope.expression !== "" && (binding === "plain" || binding === "property");
}

/** The kind of a function. On a function of the module, decorators for methods have no effect. */
export function kindIn(scope: Scope, binding: Binding): GeneratorKind {
  if (scope.expression === "") return "function";
  return needsInstance(scope, binding) ? "method" : "static";
}

/**
 * The expression for the function, without the parentheses of the call.
 *
 * @param instance the instance on which it is called, if it needs one
 */
export function reached(name: string, scope: Scope, instance: Instance | undefined): string {
  return dotted(instance?.expression ?? scope.expression, mangled(name, scope));
}

/** The mangled name: from outside its class, `__name` is `_Class__name` in Python. */
function mangled(name: string, { className }: Scope): string {
  const owner = className.replace(/^_+/, "");
  return owner && name.startsWith("__") && !name.endsWith("__") ? `_${owner}${name}` : name;
}

function dotted(owner: string, name: string): string {
  return owner === "" ? name : `${owner}.${name}`;
}
