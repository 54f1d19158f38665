/**
 * Columns in stacks. The lines of the code that runs are those of the source, its columns are not.
 */

interface Code {
  /** The column in the source of a column in the code, or 0 if it is not known. Columns count from 1. */
  columnOf(file: string, line: number, column: number): number;
}

let running: Code | undefined;

/** Must be called when other code begins to run: from now on, stacks have the columns of its source. */
export function mapColumns(code: Code): void {
  running = code;
}

export function columnAt(file: string, line: number, column: number): number {
  return running?.columnOf(file, line, column) ?? 0;
}

/** A frame with the column in the source. */
export function atSource(frame: NodeJS.CallSite): NodeJS.CallSite {
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (!file || line === null || column === null || frame.isEval()) return frame;
  const there = columnAt(file, line, column);
  return there === 0 || there === column ? frame : moved(frame, there);
}

/** The methods of a frame only accept the frame itself. */
function moved(frame: NodeJS.CallSite, column: number): NodeJS.CallSite {
  const prototype = Object.getPrototypeOf(frame) as Record<string, () => unknown>;
  const methods = Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== "constructor")
    .map((name) => [name, { value: () => prototype[name]?.call(frame) }]);
  const text = String(frame).replace(/:\d+(\)?)$/, `:${column}$1`);
  const own = { getColumnNumber: { value: () => column }, toString: { value: () => text } };
  return Object.create(prototype, { ...Object.fromEntries(methods), ...own }) as NodeJS.CallSite;
}
