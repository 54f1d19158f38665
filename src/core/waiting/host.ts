/** What the engine needs from its runner: the language's values, the clock, and the tasks' names. */
import type { TaskId } from "../task";
import { type MessageKind, messageText } from "./messages";

export interface Host<V> {
  /** The result of a request that has no result: `undefined`, `None`. */
  readonly nothing: V;
  /** The result of taking from a closed and empty channel. */
  readonly closed: V;
  /** The time in milliseconds, real or virtual. */
  now(): number;
  /** The result of `any`. */
  pair(index: number, value: V): V;
  /** The result of `all`; the engine does not use the list again. */
  list(values: readonly V[]): V;
  /** What such a pair or list consists of. */
  contents(pairOrList: V): readonly unknown[];
  /** Makes the error that is thrown in a task. */
  error(kind: MessageKind, message: string): V;
  nameOf(task: TaskId): string;
  /** A value as it appears in a message. */
  show(value: V): string;
  /**
   * Makes a task from a generator that a task has spawned, and announces it.
   *
   * @returns its number, and the handle that the parent gets
   * @throws the error that is thrown in the parent
   */
  spawn(parent: TaskId, body: V): { readonly task: TaskId; readonly handle: V };
}

/** Makes the error for one of the messages. */
export function messageOf<V>(host: Host<V>, kind: MessageKind, words: Readonly<Record<string, string>> = {}): V {
  return host.error(kind, messageText(kind, words));
}
