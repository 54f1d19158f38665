/**
 * Watches: expressions that are evaluated whenever the run rests.
 */
import { formatWatch, parseWatch } from "../../core/watchText";

/** The watched expressions of a session. They are kept by a restart. */
export class Watches {
  #list: readonly string[] = [];
  readonly #stopped = new Set<string>();

  /** @param changed called after every change */
  constructor(readonly changed: () => void) {}

  /** The expressions, in the order in which they were added. */
  get list(): readonly string[] {
    return this.#list;
  }

  /** The expressions that are evaluated: all except those that were stopped. */
  get active(): readonly string[] {
    return this.#list.filter((expression) => !this.#stopped.has(expression));
  }

  /** The expressions that need no scheduler of the program's own. */
  get ofTasks(): readonly string[] {
    return this.#list.filter((expression) => !parseWatch(expression).isOfScheduler);
  }

  /** Whether an expression is skipped because its evaluation did not end. */
  isStopped(expression: string): boolean {
    return this.#stopped.has(expression);
  }

  /** Adds an expression in the file's language, as `watchText.ts` has it. If it is already watched, it keeps its place, and is evaluated again if it was stopped. */
  add(expression: string): void {
    const wanted = formatWatch(parseWatch(expression));
    if (this.#list.includes(wanted)) this.retry(wanted);
    if (wanted === "" || this.#list.includes(wanted)) return;
    this.#list = [...this.#list, wanted];
    this.changed();
  }

  remove(expression: string): void {
    this.#stopped.delete(expression);
    this.#list = this.#list.filter((each) => each !== expression);
    this.changed();
  }

  /** Skips an expression from now on, because its evaluation did not end and every step would wait for it. */
  stop(expression: string): void {
    if (this.#list.includes(expression)) this.#stopped.add(expression);
  }

  /** Evaluates a stopped expression again. */
  retry(expression: string): void {
    if (this.#stopped.delete(expression)) this.changed();
  }
}
