/**
 * Evaluates expressions in a module's own scope, where unexported functions, variables and imports are visible.
 */

import { threadName } from "../engine/stackTraces";
import { names } from "./pointMarks";
import { type ThreadCall, threadCall } from "./threads/callExpression";
import { transformExpression } from "./transform";

const bindable = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const reserved = new Set(["this", "arguments", "eval"]);

/** The maximum number of cached compiled expressions, and their maximum length. A thousand tasks often use the same call. */
const mostCompiled = 64;
const longestKept = 4_096;

type Body = (...values: unknown[]) => unknown;

/** The variables of a suspended generator. */
export interface Locals {
  readonly receiver: unknown;
  readonly variables: ReadonlyMap<string, unknown>;
}

export class ModuleScope {
  /** Compiled code by its source text, the most recently used last. Values are passed as arguments, so the text is a sufficient key. */
  readonly #compiled = new Map<string, Body>();

  /**
   * @param file determines the dialect of expressions
   * @param evaluate a direct eval inside the module
   * @param imports the module's imports, under the names in its source
   * @param elided the imports that the module does not need, and that were therefore not loaded
   */
  constructor(
    readonly file: string,
    readonly evaluate: (source: string) => unknown,
    readonly imports: Record<string, () => unknown>,
    readonly elided: Record<string, () => unknown> = {},
  ) {}

  /**
   * Compiles an expression. The returned function evaluates it.
   *
   * @param locals variables that hide those of the module
   * @throws SyntaxError
   */
  prepare(expression: string, locals?: Locals): () => unknown {
    const bound = this.#bound(locals, expression);
    const header = locals ? `(function (${[...bound.keys()]})` : `((${[...bound.keys()]}) =>`;
    const body = this.#bodyFor(header, expression);
    return () => Reflect.apply(body, locals?.receiver, [...bound.values()]);
  }

  /**
   * Compiles an expression that is evaluated many times with different arguments.
   *
   * @throws SyntaxError
   */
  prepareOften(expression: string, ...parameters: string[]): (...values: unknown[]) => unknown {
    const imports = Object.entries(this.#readable(expression)).filter(([name]) => !parameters.includes(name));
    const header = [...imports.map(([name]) => name), ...parameters];
    const body = this.evaluate(`((${header}) => ${bodyOf(transformExpression(expression, this.file).code)})`) as Body;
    if (imports.length === 0) return body;
    return (...values) => body(...imports.map(([, read]) => readOrNothing(read)), ...values);
  }

  /**
   * Compiles an expression that is evaluated many times with different locals and arguments. Locals with the same names share compiled
   * code.
   *
   * @throws SyntaxError
   */
  prepareOftenWithLocals(expression: string, ...parameters: string[]): (locals: Locals, ...values: unknown[]) => unknown {
    const body = bodyOf(transformExpression(expression, this.file).code);
    const compiled = new Map<string, Body>();
    return (locals, ...values) => {
      const bound = this.#bound(locals, expression);
      for (const [index, name] of parameters.entries()) bound.set(name, values[index]);
      const header = [...bound.keys()].join();
      const known = compiled.get(header) ?? (this.evaluate(`(function (${header}) ${body})`) as Body);
      compiled.set(header, known);
      return Reflect.apply(known, locals.receiver, [...bound.values()]);
    };
  }

  /**
   * Compiles the call of a thread. `begin` gives its generator, which makes the call when it is first resumed.
   *
   * @throws SyntaxError; RequestError with code `call` if the expression is no call
   */
  prepareThread(expression: string): ThreadCall & { begin(): object } {
    const made = threadCall(expression, this.file);
    const bound = this.#bound(undefined, expression);
    const body = this.evaluate(`(function* ${threadName}(${[...bound.keys()]}) ${bodyOf(made.code)})`) as Body;
    return { ...made, begin: () => body(...bound.values()) as object };
  }

  #bodyFor(header: string, expression: string): Body {
    const text = `${header} ${expression}`;
    const known = this.#compiled.get(text);
    const body = known ?? (this.evaluate(`${header} ${bodyOf(transformExpression(expression, this.file).code)})`) as Body);
    if (text.length > longestKept) return body;
    this.#compiled.delete(text);
    this.#compiled.set(text, body);
    if (this.#compiled.size > mostCompiled) this.#compiled.delete(this.#compiled.keys().next().value as string);
    return body;
  }

  /** Values that an eval does not see under their names in the source: imports, which the compiler renames, and locals. */
  #bound(locals: Locals | undefined, expression: string): Map<string, unknown> {
    const bound = new Map(Object.entries(this.#readable(expression)).map(([name, read]) => [name, readOrNothing(read)]));
    for (const [name, value] of locals?.variables ?? []) if (isBindable(name)) bound.set(name, value);
    return bound;
  }

  /** The imports that an expression can use. Elided ones are included only if mentioned, since reading one loads its module. */
  #readable(expression: string): Record<string, () => unknown> {
    const mentioned = Object.entries(this.elided).filter(([name]) => expression.includes(name));
    return { ...Object.fromEntries(mentioned), ...this.imports };
  }
}

/** The body of a function that returns the value of a transformed expression. */
function bodyOf(code: string): string {
  return `{ ${code}\nreturn ${names.value}; }`;
}

function isBindable(name: string): boolean {
  return bindable.test(name) && !reserved.has(name) && !name.startsWith("yieldpoint$");
}

/** Reads an import. In an import cycle, it may have no value yet. */
function readOrNothing(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
