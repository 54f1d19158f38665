/** Tasks of programs whose tasks are threads. */
import { types } from "node:util";
import { entriesOfNamespace } from "../engine/bindings";
import { isAsyncGenerator } from "../engine/intrinsics";
import { inheritedData } from "../engine/names";
import type { ModuleScope } from "../load/scope";
import { Thread } from "../load/threads/thread";
import { RequestError } from "../values/failures";

export interface BegunThread {
  /** A thread; for the call of an async generator function, what the call has given. */
  readonly task: unknown;
  /** The function that the thread calls, if names lead to it. */
  readonly fn?: object | undefined;
}

/**
 * Compiles the call of a thread. The returned function evaluates what is called, as far as that runs no code of the user's.
 *
 * @throws SyntaxError; RequestError with code `call` if the thread could not call anything
 */
export function preparedThread(scope: ModuleScope, expression: string): () => BegunThread {
  const { path, callee, begin } = scope.prepareThread(expression);
  return () => {
    const fn = path && found(scope, path);
    if (path?.length === 1 && typeof fn !== "function") throw notCallable(callee);
    if (typeof fn !== "function") return { task: Thread.ofCall(begin(), callee) };
    const isAsync = types.isAsyncFunction(fn) && types.isGeneratorFunction(fn);
    return { task: isAsync ? scope.prepare(expression)() : Thread.ofCall(begin(), callee), fn };
  };
}

/** What a task spawns: a thread, if it is a generator. */
export function threadFrom(given: unknown): unknown {
  return types.isGeneratorObject(given) && !isAsyncGenerator(given) ? Thread.ofGenerator(given) : given;
}

/** What a path of names leads to, without getters. */
function found(scope: ModuleScope, [first = "", ...keys]: readonly string[]): unknown {
  let at = scope.prepare(first)();
  for (const key of keys) {
    if ((typeof at !== "object" && typeof at !== "function") || at === null) return undefined;
    const exported = entriesOfNamespace(at);
    at = exported ? exported.find(({ name }) => name === key)?.value : inheritedData(at, key);
  }
  return at;
}

function notCallable(callee: string): RequestError {
  return new RequestError({
    code: "call",
    message: `${callee} is not a function.`,
    remedy: "Write a call of a function, as in add().",
  });
}
