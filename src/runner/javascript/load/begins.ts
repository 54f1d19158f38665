/**
 * The beginnings of generators, of which only an observed program tells.
 */
import type { YieldPoint } from "../../../core/trace/trace";
import type { GeneratorSource } from "./instrument";

let told: ((at: YieldPoint) => void) | undefined;

/** From now on, calls back whenever a generator begins, when it is resumed for the first time. */
export function whenBegun(tell: (at: YieldPoint) => void): void {
  told = tell;
}

/** The body of a generator function begins with `begin(number)`. @param functions those of the file, by number */
export function beginAt(file: string, functions: readonly GeneratorSource[]): (number: number) => void {
  return (number) => {
    const { name, line, column } = functions[number] as GeneratorSource;
    told?.({ file, line, column, function: name });
  };
}
