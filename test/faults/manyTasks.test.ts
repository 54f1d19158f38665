/**
 * A session with ten thousand tasks, each of which another one spawns: it is run to its end, and its past is shown and exported.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { SentTasks } from "../../src/editor/webview/sentTasks";
import { exportedPieces } from "../../src/session/view/export";
import { rowsOf, viewOf } from "../../src/session/view/view";
import { folderWith, removeFolders } from "../runner/folder";
import { sessionOn, stopAll } from "../session/sessions";

const many = 10_000;

const programs = {
  "program.cjs": `
const { spawn } = require("cotasks");

function* works(n) {
  yield n;
  yield n + 1;
  return n;
}

function* main(count) {
  for (let n = 0; n < count; n += 1) yield spawn(works(n));
}
`,
  "program.py": `
from cotasks import spawn


def works(n):
    yield n
    yield n + 1
    return n


def main(count):
    for n in range(count):
        yield spawn(works(n))
`,
};

for (const [name, program] of Object.entries(programs)) {
  describe(`ten thousand tasks of ${name}`, () => {
    afterEach(() => {
      stopAll();
      removeFolders();
    });

    it("are run, shown and exported, and of each view only what has changed is sent", async () => {
      const session = await sessionOn(join(folderWith({ [name]: program }), name), { until: "all" });
      await session.open();
      await session.add(`main(${many})`);
      await session.go(3 * many);
      const sent = new SentTasks();
      assert.ok(sent.message(viewOf(session)).view.tasks.length > many / 2);
      for (let steps = 0; steps < 5; steps += 1) {
        await session.step();
        // Beside the task that ran, those whose places are looked up in advance.
        const { tasks } = sent.message(viewOf(session)).view;
        assert.ok(tasks.length <= 100, `${tasks.length} tasks`);
      }
      await session.go(Number.POSITIVE_INFINITY);
      assert.equal(session.status, "finished");
      assert.ok(session.run.tasks.every(({ state }) => state === "returned"));

      const { head } = session;
      const lines = new Map<string, Set<number | undefined>>();
      for (let from = 1; from <= head; from += 1_000) {
        for (const { task, event, point } of rowsOf(session, from, 1_000)) {
          const kind = `${task === 0 ? "main" : "works"} ${event}`;
          lines.set(kind, (lines.get(kind) ?? new Set()).add(point?.line));
        }
      }
      const python = name.endsWith(".py");
      assert.deepEqual(Object.fromEntries([...lines].map(([kind, all]) => [kind, [...all]])), {
        "main yielded": [python ? 13 : 11],
        "works yielded": python ? [6, 7] : [5, 6],
        "works returned": [undefined],
        "main returned": [undefined],
      });

      session.select(1);
      assert.equal(viewOf(session).tasks.length, 1 + 1);
      session.select(head - 1);
      assert.equal(viewOf(session).tasks.filter(({ state }) => state !== "returned").length, 1);

      for (const format of ["text", "jsonl", "chrome", "svg"] as const) {
        let length = 0;
        for await (const { text } of exportedPieces(session, format)) length += text.length;
        assert.ok(length > many, `${format}: ${length}`);
      }
    });
  });
}
