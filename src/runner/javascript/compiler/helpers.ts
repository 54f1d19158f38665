/**
 * Functions that transformed code calls. They stay in the runner and are not copied into the user's files, so that their frames and
 * variables do not appear among the user's.
 */
import checkInRHS from "@babel/runtime/helpers/checkInRHS";
import classNameTDZError from "@babel/runtime/helpers/classNameTDZError";
import identity from "@babel/runtime/helpers/identity";
import interopRequireDefault from "@babel/runtime/helpers/interopRequireDefault";
import interopRequireWildcard from "@babel/runtime/helpers/interopRequireWildcard";
import readOnlyError from "@babel/runtime/helpers/readOnlyError";
import setFunctionName from "@babel/runtime/helpers/setFunctionName";
import superPropGet from "@babel/runtime/helpers/superPropGet";
import superPropSet from "@babel/runtime/helpers/superPropSet";
import toPropertyKey from "@babel/runtime/helpers/toPropertyKey";
import * as t from "@babel/types";
import { applyDecs2311 } from "./decorating";
import { usingCtx } from "./disposal";

type Decorator = (...args: unknown[]) => unknown;

/** Applies decorators of the kind of `experimentalDecorators`, like `__decorate` of the TypeScript compiler. */
function decorate(decorators: readonly Decorator[], target: object, key?: PropertyKey, kind?: null): unknown {
  const isMember = key !== undefined;
  const { decorate: byReflect } = Reflect as { decorate?: Decorator };
  const own = isMember && kind === null ? Object.getOwnPropertyDescriptor(target, key) : undefined;
  let result: unknown = isMember ? own : target;
  if (typeof byReflect === "function") {
    result = isMember ? byReflect(decorators, target, key, own) : byReflect(decorators, target);
  } else {
    for (const decorator of [...decorators].reverse()) {
      if (decorator) result = (isMember ? decorator(target, key, result) : decorator(result)) || result;
    }
  }
  if (isMember && result) Object.defineProperty(target, key, result as PropertyDescriptor);
  return result;
}

/** Converts a parameter decorator to a decorator of its function. */
function parameter(index: number, decorator: Decorator): Decorator {
  return (target, key) => {
    decorator(target, key, index);
  };
}

/** A decorator that records type metadata, if a library provides `Reflect.metadata`; otherwise undefined. */
function metadata(key: string, value: unknown): unknown {
  const { metadata: byReflect } = Reflect as { metadata?: (key: string, value: unknown) => unknown };
  return typeof byReflect === "function" ? byReflect(key, value) : undefined;
}

/** Adds an enum member, with the reverse mapping from number to name. */
function enumMember(target: Record<string, unknown>, name: string, value: unknown): void {
  target[name] = value;
  if (typeof value !== "string") target[String(value)] = name;
}

function defineField(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { enumerable: true, configurable: true, writable: true, value });
}

const helpers = {
  applyDecs2311,
  checkInRHS,
  classNameTDZError,
  decorate,
  defineField,
  enumMember,
  identity,
  interopRequireDefault,
  interopRequireWildcard,
  metadata,
  parameter,
  readOnlyError,
  setFunctionName,
  superPropGet,
  superPropSet,
  toPropertyKey,
  usingCtx,
};

/** How transformed code, which sees only globals, gets access to the helpers. */
const sharedName = "yieldpoint.helpers";
const localName = "yieldpoint$helpers";

Object.defineProperty(globalThis, Symbol.for(sharedName), { value: helpers, configurable: true });

/** The first statement of a file that calls helpers. */
export function importHelpers(): t.Statement {
  const symbol = t.callExpression(t.memberExpression(t.identifier("Symbol"), t.identifier("for")), [t.stringLiteral(sharedName)]);
  const value = t.memberExpression(t.identifier("globalThis"), symbol, true);
  return t.variableDeclaration("const", [t.variableDeclarator(t.identifier(localName), value)]);
}

/** A reference to a helper. */
export function helper(name: string): t.MemberExpression {
  if (!(name in helpers)) throw new Error(`There is no helper ${name}.`);
  return t.memberExpression(t.identifier(localName), t.identifier(name));
}
