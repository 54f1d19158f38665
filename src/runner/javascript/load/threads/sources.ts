/**
 * The texts of functions and classes as their files have them. Each ends with a statement that has its number, by which
 * `Function.prototype.toString` finds the text.
 */
import { apply, defineProperty } from "../../engine/intrinsics";
import type { Node } from "../babel";
import { text } from "../syntax";

/** The beginning of the text of that statement: whether the code of the function is that of a generator in it. */
const ending = { driven: "yieldpoint$driven", plain: "yieldpoint$source" } as const;
const end = /"yieldpoint\$(driven|source)(\d+)";?\s*\}(?:\s*\})?$/;
/** So much of a text is looked at. */
const longestEnd = 80;

const native = Function.prototype.toString;
const { exec } = RegExp.prototype;
const { slice } = String.prototype;

const sources: string[] = [];

/** The last statement of a function or class. @param code the text of the file */
export function endOf({ start, end: after, static: isStatic }: Node, code: string, kind: keyof typeof ending): Node[] {
  if (start === undefined) return [];
  const source = code.slice(start, after);
  const number = sources.push(isStatic ? source.replace(/^static\s+/, "") : source) - 1;
  return [{ type: "ExpressionStatement", expression: text(ending[kind] + number) }];
}

/** Whether the code of a function is that of a generator in it. */
export function isDriven(fn: object): boolean {
  return found(apply(native, fn, []) as string)?.[1] === "driven";
}

function found(compiled: string): RegExpExecArray | null {
  return apply(exec, end, [apply(slice, compiled, [-longestEnd])]) as RegExpExecArray | null;
}

let isPatched = false;

/** From now on, `toString` of functions gives the text that the source has. */
export function keepSources(): void {
  if (isPatched) return;
  isPatched = true;
  const patched = {
    toString(this: unknown): string {
      if (this === patched.toString) return apply(native, native, []) as string;
      const compiled = apply(native, this, []) as string;
      const number = found(compiled)?.[2];
      return number === undefined ? compiled : (sources[Number(number)] as string);
    },
  };
  defineProperty(Function.prototype, "toString", { value: patched.toString, writable: true, configurable: true });
}
