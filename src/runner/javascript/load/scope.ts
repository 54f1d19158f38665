/**
 * Evaluates expressions inside a module's own scope, where unexported functions, variables and imports are visible.
 */

import { names } from "./pointMarks";
import { transformExpression } from "./transform";

const bindable = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const reserved = new Set(["this", "arguments", "eval"]);

/** How many expressions stay compiled, and their maximum length in characters: a thousand tasks often come from the same call. */
const mostCompiled = 64;
const longestKept = 4_096;

type Body = (...values: unknown[]) => unknown;

/** The variables of a suspended generator. */
export interface Locals {
  readonly receiver: unknown;
  readonly variables: ReadonlyMap<string, unknown>;
}

export class ModuleScope {
  /** By the texts they were made from, the one used last at the end. They depend on nothing else: values are arguments. */
  readonly #compiled = new Map<string, Body>();

  /**
   * @param file gives the dialect of what is evaluated
   * @param evaluate a direct eval inside the module
   * @param imports what the module imports, under the names that its source uses
   * @param elided the imports that it does not need, and so did not load
   */
  constructor(
    readonly file: string,
    readonly evaluate: (source: string) => unknown,
    readonly imports: Record<string, () => unknown>,
    readonly elided: Record<string, () => unknown> = {},
  ) {}

  /**
   * Prepares an expression; the function that comes back evaluates it.
   *
   * @param locals variables that the expression sees before those of the module
   * @throws SyntaxError
   */
  prepare(expression: string, locals?: Locals): () => unknown {
    const bound = this.#bound(locals, expression);
    const header = locals ? `(function (${[...bound.keys()]})` : `((${[...bound.keys()]}) =>`;
    const body = this.#bodyFor(header, expression);
    return () => Reflect.apply(body, locals?.receiver, [...bound.values()]);
  }

  /**
   * Compiles an expression that is evaluated many times, with other values of the parameters each time.
   *
   * @throws SyntaxError
   */
  prepareOften(expression: string, ...parameters: string[]): (...values: unknown[]) => unknown {
    const imports = Object.entries(this.#readable(expression)).filter(([name]) => !parameters.includes(name));
    const header = [...imports.map(([name]) => name), ...parameters];
    const body = this.evaluate(`((${header}) => ${bodyOf(transformExpression(expression, this.file))})`) as Body;
    if (imports.length === 0) return body;
    return (...values) => body(...imports.map(([, read]) => readOrNothing(read)), ...values);
  }

  /**
   * The same for an expression that sees locals too, other ones each time. Locals of the same names share compiled code.
   *
   * @throws SyntaxError
   */
  prepareOftenWithLocals(expression: string, ...parameters: string[]): (locals: Locals, ...values: unknown[]) => unknown {
    const body = bodyOf(transformExpression(expression, this.file));
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

  #bodyFor(header: string, expression: string): Body {
    const text = `${header} ${expression}`;
    const known = this.#compiled.get(text);
    const body = known ?? (this.evaluate(`${header} ${bodyOf(transformExpression(expression, this.file))})`) as Body);
    if (text.length > longestKept) return body;
    this.#compiled.delete(text);
    this.#compiled.set(text, body);
    if (this.#compiled.size > mostCompiled) this.#compiled.delete(this.#compiled.keys().next().value as string);
    return body;
  }

  /** Names that the expression could not see by itself: imports, which the transformation renames, and locals. */
  #bound(locals: Locals | undefined, expression: string): Map<string, unknown> {
    const bound = new Map(Object.entries(this.#readable(expression)).map(([name, read]) => [name, readOrNothing(read)]));
    for (const [name, value] of locals?.variables ?? []) if (isBindable(name)) bound.set(name, value);
    return bound;
  }

  /** Reading an import that the module does not need would load the imported module. */
  #readable(expression: string): Record<string, () => unknown> {
    const mentioned = Object.entries(this.elided).filter(([name]) => expression.includes(name));
    return { ...Object.fromEntries(mentioned), ...this.imports };
  }
}

/** The body of a function that gives the value of a transformed expression. */
function bodyOf(code: string): string {
  return `{ ${code}\nreturn ${names.value}; }`;
}

function isBindable(name: string): boolean {
  return bindable.test(name) && !reserved.has(name) && !name.startsWith("yieldpoint$");
}

/** In an import cycle a name may have no value yet. */
function readOrNothing(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
