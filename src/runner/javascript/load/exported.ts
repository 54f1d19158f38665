/** What can be seen of a module that was loaded. */
import { types } from "node:util";
import { Bindings, entriesOfNamespace } from "../engine/bindings";
import { badRequest } from "../values/failures";
import type { LoadedModule } from "./modules";
import type { ModuleScope } from "./scope";

/** The names of the generator functions that a module exports. Does not run getters. */
export function exportedGenerators({ module: { exports }, bindings }: LoadedModule): string[] {
  const entries = bindings && entriesOfNamespace(Bindings.namespaceOf(bindings) as object);
  if (entries) return entries.filter(({ value }) => types.isGeneratorFunction(value)).map(({ name }) => name);
  if (typeof exports !== "object" && typeof exports !== "function") return [];
  if (exports === null || types.isProxy(exports)) return [];
  const isModule = "__esModule" in exports;
  return Object.entries(Object.getOwnPropertyDescriptors(exports)).flatMap(([name, descriptor]) => {
    const value = descriptor.get && isModule ? Reflect.apply(descriptor.get, exports, []) : descriptor.value;
    return types.isGeneratorFunction(value) ? [name] : [];
  });
}

/** Where expressions are evaluated as in the module's own code. @throws RequestError if the module has ended before */
export function scopeOf({ scope }: LoadedModule): ModuleScope {
  if (!scope) throw badRequest("The module ended before its scope could be opened.");
  return scope;
}
