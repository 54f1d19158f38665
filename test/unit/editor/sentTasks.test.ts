/**
 * The tasks of a view on their way to the page: only those that differ are sent, and the page has all of them.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import * as v from "valibot";
import { SentTasks } from "../../../src/editor/webview/sentTasks";
import { HeldTasks } from "../../../src/panel/model/heldTasks";
import { type TaskRow, ToPanel, type View, type ViewMessage } from "../../../src/protocol/panel";
import { view } from "../../panel/recorded";

function rowsOf(steps: readonly number[], first = 0): TaskRow[] {
  return steps.map((count, at) => ({
    ...{ id: first + at, name: `task ${at}`, call: "task()", state: "ready" as const, stack: [], steps: count, micros: 0 },
  }));
}

const shown = (tasks: TaskRow[]): View => view(3, { tasks });

/** What arrives at the page: what was sent, as JSON. */
const sent = (message: unknown) => v.parse(ToPanel, JSON.parse(JSON.stringify(message))) as ViewMessage;

describe("the tasks that a page is sent", () => {
  it("are all in the first view, and later those that differ", () => {
    const tasks = new SentTasks();
    const messages = [[1, 1, 1], [1, 2, 1], [1, 2, 1], [1], [1, 2]].map((steps) => sent(tasks.message(shown(rowsOf(steps)))));
    assert.deepEqual(
      messages.map(({ view, number, of }) => [view.tasks.map(({ id }) => id), number, of]),
      [
        [[0, 1, 2], 1, undefined],
        [[1], 2, 3],
        [[], 3, 3],
        [[], 4, 1],
        [[1], 5, 2],
      ],
    );
  });

  it("are all in the next view when the page has begun anew, and when tasks have other numbers", () => {
    const tasks = new SentTasks();
    tasks.message(shown(rowsOf([1, 1])));
    tasks.forget();
    const views = [rowsOf([1, 1]), rowsOf([1, 1], 5), rowsOf([1, 1]), rowsOf([1, 2])].map((rows) => tasks.message(shown(rows)));
    assert.deepEqual(
      views.map(({ view, of }) => [view.tasks.length, of]),
      [
        [2, undefined],
        [2, undefined],
        [2, undefined],
        [1, 2],
      ],
    );
  });

  it("are complete on the page after each view, and never wrong if views get lost", () => {
    const steps = fc.array(fc.nat({ max: 2 }), { maxLength: 6 });
    const event = fc.record({ steps, isLost: fc.boolean(), begins: fc.boolean() });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const sending = new SentTasks();
        const held = new HeldTasks();
        let isMissing = false;
        for (const { steps, isLost, begins } of events) {
          if (begins) sending.forget();
          const whole = shown(rowsOf(steps));
          const message = sent(sending.message(whole));
          if (isLost) {
            isMissing = true;
            continue;
          }
          isMissing &&= message.of !== undefined;
          assert.deepEqual(held.complete(message), isMissing ? undefined : sent({ type: "view", view: whole }).view);
        }
      }),
    );
  });
});
