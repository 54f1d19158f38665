/**
 * A set of disposables that belong together, and a slot for the current one.
 */
import type { Disposable } from "vscode";

/** Disposes of all its members together; a member added afterwards is disposed of immediately. */
export class Disposables implements Disposable {
  #items: Disposable[] | undefined = [];

  add<T extends Disposable>(item: T): T {
    if (this.#items) this.#items.push(item);
    else item.dispose();
    return item;
  }

  dispose(): void {
    const items = this.#items ?? [];
    this.#items = undefined;
    for (const item of items.reverse()) item.dispose();
  }
}
