/**
 * The tasks that a page has: of the many in a view, only those are sent that differ from what was sent last.
 */
import type { TaskRow, View, ViewMessage } from "../../protocol/panel";

export class SentTasks {
  /** Each task as it was sent, as text. Undefined while it is not known what the page has. */
  #sent: string[] | undefined;
  #number = 0;

  /** What the page has is not known any longer: the next view has all tasks. */
  forget(): void {
    this.#sent = undefined;
  }

  /** The message with a view. It must be sent, since the next one builds on it. */
  message(view: View): ViewMessage {
    const before = this.#sent;
    const texts = view.tasks.map((task) => JSON.stringify(task));
    this.#sent = isNumbered(view.tasks) ? texts : undefined;
    this.#number += 1;
    const message = { type: "view", view, number: this.#number } as const;
    if (!before || !this.#sent) return message;
    const tasks = view.tasks.filter((_, at) => texts[at] !== before[at]);
    return { ...message, view: { ...view, tasks }, of: texts.length };
  }
}

/** Whether the tasks are those with the first numbers, so that a page knows what it has by how many they are. */
function isNumbered(tasks: readonly TaskRow[]): boolean {
  return tasks.every(({ id }, at) => id === at);
}
