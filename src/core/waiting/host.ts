/** What the engine needs of the runner around it: how values look in the language, the clock, the tasks' names. */
import type { TaskId } from "../task";
import { type MessageKind, messageText } from "./messages";

export interface Host<V> {
  /** What a request gives that has nothing to give: `undefined`, `None`. */
  readonly nothing: V;
  /** What taking from a closed and empty channel gives. */
  readonly closed: V;
  /** The time in milliseconds, real or virtual. */
  now(): number;
  /** What `any` gives. */
  pair(index: number, value: V): V;
  /** What `all` gives; the list is not used again. */
  list(values: readonly V[]): V;
  /** The error that is thrown in a task. */
  error(kind: MessageKind, message: string): V;
  nameOf(task: TaskId): string;
  /**
   * Makes a task of a generator that a task has spawned, and announces it.
   *
   * @returns its number, and the handle that the task gets
   * @throws the error that is thrown in the task
   */
  spawn(parent: TaskId, body: V): { readonly task: TaskId; readonly handle: V };
}

/** The error for one of the messages. */
export function messageOf<V>(host: Host<V>, kind: MessageKind, words: Readonly<Record<string, string>> = {}): V {
  return host.error(kind, messageText(kind, words));
}
