/**
 * What a program gets when it imports a module as a whole, or requires it.
 */
import wildcardOf from "@babel/runtime/helpers/interopRequireWildcard";
import { Bindings } from "../engine/bindings";

/** The value of `import(…)` and of `import * as`, from the exports of any module. */
export function namespaceOf(exports: unknown): unknown {
  return Bindings.namespaceOf(exports) ?? wildcardOf(exports as never);
}

/** The value of `require`, from the exports of any module. */
export function requiredOf(exports: unknown): unknown {
  return Bindings.requiredOf(exports) ?? exports;
}
