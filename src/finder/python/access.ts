// How a function is reached from the module's own scope: the expression for a call, and the name that people read.

import type { GeneratorKind } from "../generators";
import type { Binding } from "./decorators";
import { type Parameter, requiredArguments } from "./parameters";

/** Where a definition stands: the module, or a class with what its instances are made of. */
export interface Scope {
  /** As people read it, "Outer.Inner"; empty for the module. */
  name: string;
  /** The class as an expression; empty for the module. */
  expression: string;
  /** The innermost class's own name. */
  className: string;
  constructorParameters: readonly Parameter[];
}

export const moduleScope: Scope = { name: "", expression: "", className: "", constructorParameters: [] };

/** A function's body: what is defined in it cannot be reached from outside. */
export const localScope: Scope = { ...moduleScope };

/** The scope of a class within another. */
export function classScope(name: string, outer: Scope, constructorParameters: readonly Parameter[]): Scope {
  return {
    name: readName(name, outer),
    expression: dotted(outer.expression, mangled(name, outer)),
    className: name,
    constructorParameters,
  };
}

/** A definition's name with its classes. */
export function readName(name: string, scope: Scope): string {
  return dotted(scope.name, name);
}

/** Whether reaching a function goes through a new instance. */
export function needsInstance(scope: Scope, binding: Binding): boolean {
  return scope.expression !== "" && (binding === "plain" || binding === "property");
}

/** Where decorators of classes stand on a module's function they change nothing. */
export function kindIn(scope: Scope, binding: Binding): GeneratorKind {
  if (scope.expression === "") return "function";
  return needsInstance(scope, binding) ? "method" : "static";
}

/** The function as an expression, before its parentheses. */
export function reached(name: string, scope: Scope, binding: Binding): string {
  const made = needsInstance(scope, binding) ? `(${requiredArguments(scope.constructorParameters)})` : "";
  return dotted(scope.expression + made, mangled(name, scope));
}

/** From outside its class, Python knows `__name` as `_Class__name`. */
function mangled(name: string, { className }: Scope): string {
  const owner = className.replace(/^_+/, "");
  return owner && name.startsWith("__") && !name.endsWith("__") ? `_${owner}${name}` : name;
}

function dotted(owner: string, name: string): string {
  return owner === "" ? name : `${owner}.${name}`;
}
