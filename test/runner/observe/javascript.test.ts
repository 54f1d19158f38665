/** What is a task in JavaScript: what a call resumes, but not what is iterated over. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { endAll } from "../starting";
import { alone, drivers, goOn, observe, observeFile, observersOf, shown, toTheEnd, trace } from "./observing";

const library = `"use strict";
function* own() { yield 1; }
module.exports = function run(tasks) {
  for (const value of own()) void value;
  const helper = own();
  helper.next();
  for (const task of tasks) step(task);
};
function step(task) { while (!task.next("sent").done); }
`;

const usingLibrary = `const run = require("driver");
function* child() { yield "child"; return 1; }
function* task(name) { const own = yield name; return own; }
run([task("a"), child()]);
`;

for (const runner of observersOf("javascript")) {
  describe("javascript runner, the tasks of an observed program", () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    it("are not what loops, spread, destructuring and built-in functions iterate over", async () => {
      const client = await observe(runner, "iterating");
      await toTheEnd(client);
      assert.deepEqual(trace(client), [
        "outer/0 yielded 1",
        "outer/0 yielded 0",
        "outer/0 yielded 1",
        "outer/0 returned 7",
        "values/1 yielded 0",
        "values/1 returned undefined",
        "values/2 yielded 0",
        "values/2 returned undefined",
        "values/3 yielded 0",
      ]);
    });

    it("are known by their calls in all forms, even after a call that resumed something else, and no message of an error shows it", async () => {
      const client = await observe(runner, "resuming");
      const ending = await toTheEnd(client);
      assert.deepEqual(shown(runner, ending), shown(runner, alone(runner, "resuming")));
      assert.deepEqual(
        trace(client).map((step, at) => `${step} by ${drivers(client)[at]}`),
        [
          "count/0 yielded 0 by (module):6",
          "count/0 yielded 1 by next:2",
          "count/0 yielded 2 by (module):9",
          "count/0 returned 3 by (module):9",
          // The loop over the task follows a call of `next` on another iterator.
          "count/1 yielded 0 by next:2",
          "count/2 yielded 0 by (module):14",
          "count/2 yielded 1 by (module):15",
          "count/3 yielded 0 by Steps.next:17",
          "count/3 returned 1 by Steps.run:17",
          "count/4 yielded 0 by (anonymous):26",
          "count/5 yielded 0 by (anonymous):27",
        ],
      );
    });

    it("are closed by a call alone", async () => {
      const client = await observe(runner, "closing");
      await toTheEnd(client);
      assert.deepEqual(trace(client), [
        "guarded/0 yielded 1",
        "guarded/0 closed 5",
        "guarded/1 yielded 1",
        'guarded/1 yielded "into"',
      ]);
    });

    it("may be resumed by a library, whose own generators are none", async () => {
      const folder = folderWith({ "node_modules/driver/index.js": library, "program.cjs": usingLibrary });
      const client = await observeFile(runner, join(folder, "program.cjs"));
      await toTheEnd(client);
      assert.deepEqual(trace(client), [
        'task/0 yielded "a"',
        'task/0 returned "sent"',
        'child/1 yielded "child"',
        "child/1 returned 1",
      ]);
      assert.deepEqual(new Set(drivers(client)), new Set(["(module):4"]));
    });

    it("are resumed by timers, too: a pause in between holds the program", async () => {
      const client = await observe(runner, "timers");
      assert.deepEqual(await goOn(client, 2), { ran: 2, stopped: "completed" });
      const answer = goOn(client, 1_000);
      await client.until(() => (client.steps.length >= 3 ? true : undefined));
      await client.ask("pause", {});
      const { stopped } = await answer;
      assert.equal(stopped, "paused");
      const { length } = client.steps;
      assert.equal((await client.ask("evaluate", { expression: "1 + 1" })).text, "2");
      assert.deepEqual(await client.ask("remaining", {}), { remaining: ["1 timer"] });
      assert.equal(client.steps.length, length);
      assert.equal((await toTheEnd(client)).code, 0);
      assert.equal(client.steps.length, 6);
      assert.ok(drivers(client).every((driver) => driver.endsWith(":3")));
    });
  });
}
