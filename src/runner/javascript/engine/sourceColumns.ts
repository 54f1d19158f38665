/**
 * Positions in stacks. The lines of the code that runs are those of the source, its columns are not. Functions that wait for a promise are an
 * exception: in an observed program, all their `await`s are after their code.
 */

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Code {
  /** The column in the source of a column in the code, or 0 if it is not known. Columns count from 1. */
  columnOf(file: string, line: number, column: number): number;
  /** The same for what begins at a position, and may be on another line in the source. */
  placeOf(file: string, line: number, column: number): Place | undefined;
}

let running: Code | undefined;

/** Must be called when other code begins to run: from now on, stacks have the columns of its source. */
export function mapColumns(code: Code): void {
  running = code;
}

export function columnAt(file: string, line: number, column: number): number {
  return running?.columnOf(file, line, column) ?? 0;
}

/** A frame with the position in the source. */
export function atSource(frame: NodeJS.CallSite): NodeJS.CallSite {
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (!file || line === null || column === null || frame.isEval()) return frame;
  const known = frame.isAsync() ? running?.placeOf(file, line, column) : undefined;
  const there = known ?? { line, column: columnAt(file, line, column) || column };
  return there.line === line && there.column === column ? frame : moved(frame, there);
}

/** The methods of a frame only accept the frame itself. */
function moved(frame: NodeJS.CallSite, { line, column }: Place): NodeJS.CallSite {
  const prototype = Object.getPrototypeOf(frame) as Record<string, () => unknown>;
  const methods = Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== "constructor")
    .map((name) => [name, { value: () => prototype[name]?.call(frame) }]);
  const text = String(frame).replace(/:\d+:\d+(\)?)$/, `:${line}:${column}$1`);
  const place = { getLineNumber: { value: () => line }, getColumnNumber: { value: () => column } };
  const own = { ...place, toString: { value: () => text } };
  return Object.create(prototype, { ...Object.fromEntries(methods), ...own }) as NodeJS.CallSite;
}
