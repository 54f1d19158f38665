/**
 * Evaluation inside a module's own scope, where unexported functions, variables and imports are known by their names.
 */

import { names } from "./marks";
import { transformExpression } from "./transform";

const bindable = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const reserved = new Set(["this", "arguments", "eval"]);

/** The variables of a suspended generator. */
export interface Locals {
  readonly receiver: unknown;
  readonly variables: ReadonlyMap<string, unknown>;
}

export class ModuleScope {
  /**
   * @param file gives the dialect of what is evaluated
   * @param evaluate a direct eval inside the module
   * @param imports what the module imports, under the names that its source uses
   */
  constructor(
    readonly file: string,
    readonly evaluate: (source: string) => unknown,
    readonly imports: Record<string, () => unknown>,
  ) {}

  /**
   * Prepares an expression; the function that comes back evaluates it.
   *
   * @param locals variables that the expression sees before those of the module
   * @throws SyntaxError
   */
  prepare(expression: string, locals?: Locals): () => unknown {
    const bound = this.#importedValues();
    for (const [name, value] of locals?.variables ?? []) if (isBindable(name)) bound.set(name, value);
    const code = transformExpression(expression, this.file);
    const header = locals ? `(function (${[...bound.keys()]})` : `((${[...bound.keys()]}) =>`;
    const body = this.evaluate(`${header} { ${code}\nreturn ${names.value}; })`) as (...values: unknown[]) => unknown;
    return () => Reflect.apply(body, locals?.receiver, [...bound.values()]);
  }

  #importedValues(): Map<string, unknown> {
    return new Map(Object.entries(this.imports).map(([name, read]) => [name, readOrNothing(read)]));
  }
}

function isBindable(name: string): boolean {
  return bindable.test(name) && !reserved.has(name) && !name.startsWith("yieldpoint$");
}

/** In a circle of imports a name may have no value yet. */
function readOrNothing(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
