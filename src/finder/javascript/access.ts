// How a value is reached from the module's own scope: the expression for a call, and the displayed name.

import type { SyntaxNode } from "@lezer/common";
import type { GeneratorKind } from "../generators";
import { childOf, parts } from "../nodes";
import { type Parameter, requiredArguments } from "./parameters";
import { unwrapped } from "./syntax";

/** A way to reach a value. The name is empty for the module's exports, so that members are displayed without a prefix. */
export interface Access {
  name: string;
  expression: string;
  kind: GeneratorKind;
  /** Whether the expression itself needs arguments, because it creates an instance. */
  needsArguments: boolean;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** A variable of the scope. */
export function variable(name: string): Access {
  return {
    name,
    expression: name,
    kind: "function",
    needsArguments: false,
  };
}

/** The default export of an ES module, in the form of the evaluated module. */
export const defaultExport: Access = {
  name: "default",
  expression: "exports.default",
  kind: "default",
  needsArguments: false,
};

/** A member by its key, `.run` or `["my name"]`. */
export function member(of: Access, key: string, kind: GeneratorKind = "member"): Access {
  const name = of.name === "" ? key.replace(/^\./, "") : of.name + key;
  return { ...of, name, expression: of.expression + key, kind };
}

/** A new instance of a class, with the required arguments of its constructor. */
export function instance(of: Access, constructorParameters: readonly Parameter[]): Access {
  return {
    ...of,
    expression: `new ${of.expression}(${requiredArguments(constructorParameters)})`,
    needsArguments: of.needsArguments || constructorParameters.some(({ required }) => required),
  };
}

/** The target of an assignment; undefined if it is not a plain chain of names. */
export function target(node: SyntaxNode, text: string): Access | undefined {
  const written = text.slice(node.from, node.to);
  if (written === "exports" || written === "module.exports") {
    return { ...variable(""), expression: written, kind: "default" };
  }
  if (node.name === "VariableName") return variable(written);
  if (node.name !== "MemberExpression" || !node.firstChild) return undefined;
  const of = target(node.firstChild, text);
  const key = keyOf(node, text);
  if (!of || !key) return undefined;
  return member(of, key, of.name === "" ? "function" : "member");
}

/** The target of a `delete`; undefined for other expressions, and if it is not a plain chain of names. */
export function deletedBy(expression: SyntaxNode, text: string): Access | undefined {
  const operand = childOf(expression, "delete") && parts(expression).at(-1);
  return operand ? target(unwrapped(operand), text) : undefined;
}

/**
 * The key of a class member, property or member expression, as it is written after its object. Undefined for private names, and for
 * computed keys that may have a different value each time.
 */
export function keyOf(node: SyntaxNode, text: string): string | undefined {
  const children = parts(node);
  for (const [index, child] of children.entries()) {
    const written = text.slice(child.from, child.to);
    switch (child.name) {
      case "PropertyDefinition":
      case "PropertyName":
        return `.${written}`;
      case "String":
        return quotedKey(written);
      case "Number":
        return `[${written}]`;
      case "[":
        return computedKey(children[index + 1], text);
      case "Spread":
      case "PrivatePropertyDefinition":
      case "PrivatePropertyName":
        return undefined;
    }
  }
  return undefined;
}

function computedKey(node: SyntaxNode | undefined, text: string): string | undefined {
  if (!node || !isSteady(node)) return undefined;
  const written = text.slice(node.from, node.to);
  return node.name === "String" ? quotedKey(written) : `[${written}]`;
}

function quotedKey(written: string): string {
  const key = written.slice(1, -1);
  return IDENTIFIER.test(key) ? `.${key}` : `[${written}]`;
}

function isSteady(node: SyntaxNode): boolean {
  if (node.name === "MemberExpression") {
    const [object, open, key] = parts(node);
    const steadyKey = open?.name !== "[" || (key && isSteady(key));
    return Boolean(object && isSteady(object) && steadyKey);
  }
  return ["VariableName", "String", "Number"].includes(node.name);
}
