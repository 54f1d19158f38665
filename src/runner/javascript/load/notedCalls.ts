/**
 * Calls in the source that may resume a generator. In an observed program, each tells where it is just before it is made, which takes far
 * less time than a stack.
 */

/** A call in the source. */
export interface NotedCall {
  /** Counted across all files, from 0. */
  readonly number: number;
  readonly file: string;
  readonly line: number;
}

let count = 0;
let noted: NotedCall | undefined;
/** What the method is called on; null if that is not known. */
let receiver: unknown;

/** A marked call is preceded by `call(number, receiver)`, or has `call(number, receiver, value)` as its argument. @param lines by number */
export function noteCallAt(file: string, lines: readonly number[]): (number: number, on: unknown, value: unknown) => unknown {
  const calls = lines.map((line) => ({ number: count++, file, line }));
  return (number, on, value) => {
    noted = calls[number];
    receiver = on;
    return value;
  };
}

/**
 * The call that was noted and not taken yet. It may have called something else than the generator that is resumed now.
 *
 * @param isLikely whether a call counts whose receiver is not known
 */
export function takeCall(generator: unknown, isLikely: boolean): NotedCall | undefined {
  const taken = receiver === generator || (isLikely && receiver === null) ? noted : undefined;
  forgetCall();
  return taken;
}

export function forgetCall(): void {
  noted = undefined;
  receiver = undefined;
}
