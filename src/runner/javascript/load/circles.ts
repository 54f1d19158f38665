/**
 * Errors during loading that are caused by circular imports: a module used another one that was not completely loaded.
 */
import { basename } from "node:path";
import { errorMessage, isError } from "../engine/errors";
import { weakMap } from "../engine/intrinsics";
import { type UserFiles, userFrames } from "../values/failures";

/** An import of a module that is not completely loaded. */
interface Unfinished {
  /** The file that imports it. */
  readonly from: string;
  readonly file: string;
}

/** V8's messages for variables without a value. */
const noValue =
  /before initialization$|\bundefined\b|is not (?:a function|a constructor|iterable)|^Right-hand side of 'instanceof'/;

const explained = weakMap<Unfinished>();

/** The circular imports of one instance of the modules. */
export class Circles {
  readonly #unfinished: Unfinished[] = [];

  constructor(readonly files: UserFiles) {}

  /** Records an import. */
  note(from: string, { file, module }: { readonly file: string; readonly module: { readonly loaded: boolean } }): void {
    if (!module.loaded) this.#unfinished.push({ from, file });
  }

  /** Records which circular import caused an error that ended the loading, if any did. */
  explain(error: unknown): void {
    if (this.#unfinished.length === 0 || !isError(error) || !noValue.test(errorMessage(error) ?? "")) return;
    const files = userFrames(error, this.files).map(({ file }) => file);
    const circle = this.#unfinished.findLast(({ from }) => files.includes(from));
    if (circle) explained.set(error, circle);
  }
}

/** The remedy for an error that was caused by a circular import; undefined for other errors. */
export function circleRemedy(error: unknown): string | undefined {
  const circle = isError(error) ? explained.get(error) : undefined;
  if (!circle) return undefined;
  const [from, file] = [basename(circle.from), basename(circle.file)];
  return `The imports are circular: ${from} imports ${file}, which was not loaded to its end, since it imports ${from}, itself or through others. What ${file} defines later has no value yet: use it in a function that is called later, or move it to a module that both import.`;
}
